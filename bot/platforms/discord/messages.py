"""Payloads of messages and reactions, in the words of the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.platforms.discord.known import DELETED_USER, NAME, Known, Payload, Reader
from core.domain.bridges import spoken_in, worn_by
from core.domain.events import (
    Event,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCleared,
    WroteDirectly,
    burst,
    message_key,
)
from core.domain.memberships import MembershipPaid
from core.domain.people import Person
from core.engine.inquiry import DIRECT

DEFAULT_MESSAGE, REPLY, SUBSCRIBED = 0, 19, 25
MONTH = timedelta(days=31)  # after which Discord renews the subscription of a role, at most
FORWARD = 1  # a reference that is no answer: what somebody else wrote, passed on


def message_sent(data: Payload, space: str | None, known: Known) -> MessageSent | None:
    """Return a message of a server as an event; None for Kith's own, system messages and direct ones."""
    guild = data.get("guild_id") or space
    if guild is None or data["type"] not in (DEFAULT_MESSAGE, REPLY) or data["author"]["id"] == known.bot_id:
        return None
    parent = data.get("referenced_message")
    parent_id = (data.get("message_reference") or {}).get("message_id")
    reply = data["type"] == REPLY
    gone = reply and "referenced_message" in data and parent is None
    author = writer(data, guild, known)
    spoken = spoken_in(data["content"][:120])
    if data.get("webhook_id") and author is not None:
        spoken = spoken or worn_by(author)
    return MessageSent(
        platform=NAME,
        key=message_key(data["id"]),
        space=str(guild),
        room=str(data["channel_id"]),
        at=datetime.fromisoformat(data["timestamp"]),
        actor=author,
        reply=reply,
        reply_to=None if gone or not reply else parent_id,
        reply_author=_somebody(known, guild, parent["author"]) if reply and parent else None,
        mentions=tuple(_mentioned(data, parent if reply else None, str(guild), known)),
        length=len(data["content"]),
        spoken=spoken,
    )


def membership_paid(data: Payload, space: str | None, known: Known) -> MembershipPaid | None:
    """Return what a message of Discord's own says of a subscribed role, None for any other message."""
    guild = data.get("guild_id") or space
    if guild is None or data["type"] != SUBSCRIBED:
        return None
    told, at = data["role_subscription_data"], datetime.fromisoformat(data["timestamp"])
    return MembershipPaid(
        platform=NAME,
        key=f"paid:{data['id']}",
        space=str(guild),
        at=at,
        actor=writer(data, guild, known),
        until=at + MONTH,
        role=known.listings.get(str(told["role_subscription_listing_id"]), ""),
        tier=str(told["tier_name"])[:100],
        again=bool(told["is_renewal"]),
    )


def told(data: Payload, space: str | None, known: Known) -> list[Event]:
    """Return what a message of a server's room says, be it new or fetched later."""
    found = (message_sent(data, space, known), membership_paid(data, space, known))
    return [each for each in found if each is not None]


def writer(data: Payload, guild: str | None, known: Known) -> Person | None:
    """Return who wrote a message, a webhook as a bot; None for what stands for everybody who deleted their account."""
    author = _somebody(known, guild, data["author"], data.get("member"))
    if data.get("webhook_id") and author is not None:
        return Person(author.id, author.name, author.username, bot=True)
    return author


def _somebody(known: Known, guild: str | None, user: Payload, member: Payload | None = None) -> Person | None:
    """Return who wrote, None for what stands for everybody who deleted their account."""
    return None if str(user["id"]) == DELETED_USER else known.person(guild, user, member)


def _mentioned(data: Payload, parent: Payload | None, guild: str, known: Known) -> Iterable[Person]:
    content = data["content"]
    for user in data["mentions"]:
        # A reply that pings lists its parent's writer too; only what the text names is a mention.
        named = f"<@{user['id']}>" in content or f"<@!{user['id']}>" in content
        answered = parent is not None and parent["author"]["id"] == user["id"]
        person = _somebody(known, guild, user, user.get("member"))
        if person is not None and (named or (not content and not answered)):
            yield person


def _created(data: Payload, known: Known, _: datetime) -> list[Event]:
    return told(data, None, known) or _written_directly(data, known)


def _written_directly(data: Payload, known: Known) -> list[Event]:
    """Return what a person wrote to Kith alone; what a bot wrote or somebody passed on asks nothing."""
    passed_on = (data.get("message_reference") or {}).get("type") == FORWARD
    if data.get("guild_id") or data["type"] not in (DEFAULT_MESSAGE, REPLY) or passed_on:
        return []
    author = data["author"]
    if author.get("bot") or data.get("webhook_id") or author["id"] == known.bot_id:
        return []
    return [
        WroteDirectly(
            platform=NAME,
            key=message_key(data["id"]),
            space=DIRECT,
            at=datetime.fromisoformat(data["timestamp"]),
            actor=known.person(None, author),
            direct=True,
        )
    ]


def _updated(data: Payload, known: Known, _: datetime) -> list[Event]:
    # A link that unfolds is an update too, without an edit.
    edited, author = data.get("edited_timestamp"), data.get("author")
    if edited is None or "guild_id" not in data or (author and author["id"] == known.bot_id):
        return []
    return [
        MessageEdited(
            platform=NAME,
            key=f"e:{data['id']}:{edited}",
            space=data["guild_id"],
            room=data["channel_id"],
            at=datetime.fromisoformat(edited),
            actor=known.person(data["guild_id"], author, data.get("member")) if author else None,
            message=data["id"],
        )
    ]


def _deleted(data: Payload, _: Known, now: datetime) -> list[Event]:
    if "guild_id" not in data:
        return []
    return [
        MessageDeleted(
            platform=NAME,
            key=f"d:{message}",
            space=data["guild_id"],
            room=data["channel_id"],
            at=now,
            message=message,
        )
        for message in data.get("ids") or [data["id"]]
    ]


def _reaction(data: Payload, sign: str, known: Known, now: datetime) -> dict[str, Any] | None:
    if "guild_id" not in data or data["user_id"] == known.bot_id:
        return None
    emoji = _emoji(data)
    return {
        **_reactions_at(data),
        # Discord numbers none: the same may come, go and come back. What comes twice, the core knows by its state.
        "key": f"r{sign}:{data['message_id']}:{data['user_id']}:{emoji}:{now.timestamp():.3f}:{next(known.reactions)}",
        "at": now,
        "emoji": burst(emoji) if data.get("burst") else emoji,
    }


def _reactions_at(data: Payload) -> dict[str, Any]:
    return {
        "platform": NAME,
        "space": data["guild_id"],
        "room": data["channel_id"],
        "message": data["message_id"],
    }


def _emoji(data: Payload) -> str:
    """Return an emoji's id or, of one that isn't a server's own, the emoji itself."""
    return str(data["emoji"]["id"] or data["emoji"]["name"])[:32]


def _reacted(data: Payload, known: Known, now: datetime) -> list[Event]:
    shared = _reaction(data, "+", known, now)
    if shared is None:
        return []
    member = data.get("member")
    actor = known.person(data["guild_id"], member["user"] if member else {"id": data["user_id"]}, member)
    author = data.get("message_author_id")
    writer = known.person(data["guild_id"], {"id": author}) if author else None
    return [ReactionAdded(**shared, actor=actor, author=writer)]


def _unreacted(data: Payload, known: Known, now: datetime) -> list[Event]:
    shared = _reaction(data, "-", known, now)
    if shared is None:
        return []
    return [ReactionRemoved(**shared, actor=known.person(data["guild_id"], {"id": data["user_id"]}))]


def _reactions_cleared(data: Payload, known: Known, now: datetime) -> list[Event]:
    """Read that a moderator took away all reactions to a message, or all of one emoji."""
    if "guild_id" not in data:
        return []
    emoji = _emoji(data) if "emoji" in data else None
    key = f"r0:{data['message_id']}:{emoji or ''}:{now.timestamp():.3f}:{next(known.reactions)}"
    return [ReactionsCleared(**_reactions_at(data), key=key, at=now, emoji=emoji)]


READERS: Mapping[str, Reader] = {
    "MESSAGE_CREATE": _created,
    "MESSAGE_UPDATE": _updated,
    "MESSAGE_DELETE": _deleted,
    "MESSAGE_DELETE_BULK": _deleted,
    "MESSAGE_REACTION_ADD": _reacted,
    "MESSAGE_REACTION_REMOVE": _unreacted,
    "MESSAGE_REACTION_REMOVE_ALL": _reactions_cleared,
    "MESSAGE_REACTION_REMOVE_EMOJI": _reactions_cleared,
}
