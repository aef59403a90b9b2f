"""Gateway payloads, as Discord documents them (v10), in the words of the core.

Pure: what a payload means depends on it and on the few facts in `Known`. Raw payloads rather than
discord.py's objects, because a payload can be put aside and tried again, comes the same from the gateway and
from the history, and needs no cache.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from core.domain.bridges import spoken_in, worn_by
from core.domain.events import (
    ButtonPressed,
    CommandCalled,
    Event,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCleared,
    RoomDeleted,
    RoomNamed,
    RoomsListed,
    SpaceClosed,
    SpaceOpened,
    VoiceLeft,
    WroteDirectly,
    burst,
    message_key,
)
from core.domain.people import Person, Rights
from core.engine.accept import DIRECT

NAME = "discord"
Payload = Mapping[str, Any]

DEFAULT_MESSAGE, REPLY = 0, 19
THREADS = (10, 11, 12)  # types of channels: threads of news, public ones, private ones
FORWARD = 1  # a reference that is no answer: what somebody else wrote, passed on
COMMAND, COMPONENT = 2, 3
USER_OPTION = 6

ADMINISTRATOR = 1 << 3
MANAGE_SERVER = 1 << 5
TIME_OUT_MEMBERS = 1 << 40
#: What a person must hold in a server to count as more than a member; administrators hold everything.
NEEDED = {Rights.MODERATOR: TIME_OUT_MEMBERS, Rights.OWNER: MANAGE_SERVER}

#: Discord's own account that messages of deleted accounts are shown under.
DELETED_USER = "456226577798135808"
NAMES_KEPT = 50_000
_EPOCH_MS = 1_420_070_400_000
_TIME_SHIFT = 22


@dataclass(slots=True)
class Known:
    """What must be remembered between payloads to read the next one."""

    bot_id: str = ""
    owners: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, tuple[str, str | None]] = field(default_factory=dict)  # name, and the room that each is in
    pending: set[tuple[str, str]] = field(default_factory=set)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    quiet: dict[str, str | None] = field(default_factory=dict)  # the room of each server for who is away
    voice: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)  # who is where, since when
    reactions: Iterator[int] = field(default_factory=count)  # numbers that tell one from another of the same moment

    def person(self, guild: str | None, user: Payload, member: Payload | None = None) -> Person:
        """Return a user as a person, called what the server calls them.

        Payloads without `member` don't say that: then it is what the server called them last, from memory.
        """
        place = (guild or "", str(user["id"]))
        if member is not None:
            if len(self.names) >= NAMES_KEPT:
                self.names.clear()
            self.names[place] = member.get("nick") or user.get("global_name") or user.get("username") or ""
        name = self.names.get(place) or user.get("global_name") or user.get("username") or ""
        return Person(str(user["id"]), name, user.get("username"), bool(user.get("bot")), remembered=member is None)


def translate(name: str, data: Payload, known: Known, now: datetime) -> list[Event]:
    """Return what the dispatch `name` tells the core, nothing where it doesn't matter.

    Raises KeyError, TypeError or ValueError for a payload that isn't what Discord documents.
    """
    reader = _READERS.get(name)
    return [] if reader is None else reader(data, known, now)


def put_aside(name: str, data: Any, known: Known, now: datetime) -> dict[str, Any]:
    """Return what `again` needs to read the dispatch `name`, which came at `now` and can't be read."""
    guild = data.get("guild_id") if isinstance(data, Mapping) else None
    return {"name": name, "data": data, "bot": known.bot_id, "owner": known.owners.get(str(guild)), "at": now}


def again(raw: Payload) -> list[Event]:
    """Translate what was put aside, with nothing known of what came before it; raise as `translate` does."""
    known = Known(raw["bot"])
    if raw["owner"] is not None:
        known.owners[raw["data"]["guild_id"]] = raw["owner"]
    return translate(raw["name"], raw["data"], known, raw["at"])


def snowflake_time(snowflake: str | int) -> datetime:
    """Return the moment in which Discord made an id."""
    return datetime.fromtimestamp(((int(snowflake) >> _TIME_SHIFT) + _EPOCH_MS) / 1000, UTC)


def snowflake_of(moment: datetime) -> str:
    """Return the least id that Discord can have made at a moment."""
    return str((int(moment.timestamp() * 1000) - _EPOCH_MS) << _TIME_SHIFT)


def message_sent(data: Payload, space: str | None, known: Known) -> MessageSent | None:
    """Return a message of a server as an event; None for Kith's own, system messages and direct ones."""
    guild = data.get("guild_id") or space
    if guild is None or data["type"] not in (DEFAULT_MESSAGE, REPLY) or data["author"]["id"] == known.bot_id:
        return None
    parent = data.get("referenced_message")
    parent_id = (data.get("message_reference") or {}).get("message_id")
    reply = data["type"] == REPLY
    gone = reply and "referenced_message" in data and parent is None
    author = _somebody(known, guild, data["author"], data.get("member"))
    spoken = spoken_in(data["content"][:120])
    if data.get("webhook_id") and author is not None:
        author = Person(author.id, author.name, author.username, bot=True)
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


def _somebody(known: Known, guild: str | None, user: Payload, member: Payload | None = None) -> Person | None:
    """Return who wrote, None for what stands for everybody who deleted their account."""
    return None if str(user["id"]) == DELETED_USER else known.person(guild, user, member)


def rights(permissions: int, *, owner: bool) -> Rights:
    """Return what a person's permissions in a server amount to."""
    if owner or permissions & (ADMINISTRATOR | MANAGE_SERVER):
        return Rights.OWNER
    return Rights.MODERATOR if permissions & TIME_OUT_MEMBERS else Rights.MEMBER


@dataclass(frozen=True, slots=True)
class Handle:
    """What answering an interaction takes; the token is good for 15 minutes.

    `component` is true for a pressed button, whose message may be changed in place.
    """

    id: str
    application: str
    token: str
    component: bool = False

    def __str__(self) -> str:
        return json.dumps([self.id, self.application, self.token, self.component])

    @classmethod
    def parse(cls, text: str) -> Handle:
        """Read what `str` wrote."""
        return cls(*json.loads(text))


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
    sent = message_sent(data, None, known)
    if sent is None:
        return _written_directly(data, known)
    return [sent]


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


def _came(data: Payload, known: Known, now: datetime) -> list[Event]:
    pair = (data["guild_id"], data["user"]["id"])
    if data.get("pending"):
        known.pending.add(pair)
        return []
    known.pending.discard(pair)
    return [_joined(data, known, now)]


def _member_changed(data: Payload, known: Known, now: datetime) -> list[Event]:
    pair = (data["guild_id"], data["user"]["id"])
    known.person(data["guild_id"], data["user"], data)
    if data.get("pending"):
        known.pending.add(pair)
    elif pair in known.pending:
        known.pending.discard(pair)
        return [_joined(data, known, now)]
    return []


def _joined(data: Payload, known: Known, now: datetime) -> MemberJoined:
    user = data["user"]
    return MemberJoined(
        platform=NAME,
        key=f"j:{data['guild_id']}:{user['id']}:{data['joined_at']}",
        space=data["guild_id"],
        at=now,
        actor=known.person(data["guild_id"], user, data),
    )


def _members_listed(data: Payload, known: Known, _: datetime) -> list[Event]:
    for member in data["members"]:
        if member.get("pending"):
            known.pending.add((data["guild_id"], member["user"]["id"]))
    return []


def _went(data: Payload, known: Known, now: datetime) -> list[Event]:
    user = data["user"]
    pair = (data["guild_id"], user["id"])
    if pair in known.pending:
        known.pending.discard(pair)
        return []
    if user["id"] == known.bot_id:
        return []
    # Discord gives a leave no id; two of one person in a minute are one.
    return [
        *_moved(data["guild_id"], known.person(data["guild_id"], user), None, known, now),
        MemberLeft(
            platform=NAME,
            key=f"l:{data['guild_id']}:{user['id']}:{int(now.timestamp()) // 60}",
            space=data["guild_id"],
            at=now,
            actor=known.person(data["guild_id"], user),
        ),
    ]


def _voice(data: Payload, known: Known, now: datetime) -> list[Event]:
    if "guild_id" not in data:
        return []
    guild, member = data["guild_id"], data.get("member")
    actor = known.person(guild, member["user"] if member else {"id": data["user_id"]}, member)
    return _moved(guild, actor, _with_others(data, guild, known), known, now)


def _with_others(state: Payload, guild: str, known: Known) -> str | None:
    """Return the voice room that somebody is in; None for who is deafened or away: they are with nobody."""
    if state["deaf"] or state["self_deaf"] or state["channel_id"] == known.quiet.get(guild):
        return None
    room: str | None = state["channel_id"]
    return room


def _moved(guild: str, actor: Person, room: str | None, known: Known, now: datetime) -> list[Event]:
    """Note the voice room that somebody is in now; return the stay that ended with it, if it took a minute."""
    before = known.voice.get((guild, actor.id))
    if actor.bot or (before is not None and before[0] == room):
        return []
    known.voice.pop((guild, actor.id), None)
    if room is not None:
        known.voice[guild, actor.id] = (room, now)
    if before is None or now - before[1] < timedelta(minutes=1):
        return []
    key = f"v:{guild}:{actor.id}:{int(now.timestamp()) // 60}"  # a person's stays end in different minutes
    return [VoiceLeft(platform=NAME, key=key, space=guild, room=before[0], at=now, actor=actor, since=before[1])]


def _voices_known(data: Payload, known: Known, now: datetime) -> None:
    """Begin anew with who is in a server's voice rooms: what a stay was before is lost, as a gap is."""
    guild = data["id"]
    known.voice = {place: stay for place, stay in known.voice.items() if place[0] != guild}
    members = {member["user"]["id"]: member for member in data.get("members", ())}
    for state in data["voice_states"]:
        member = members.get(state["user_id"])
        actor = known.person(guild, member["user"] if member else {"id": state["user_id"]}, member)
        _moved(guild, actor, _with_others(state, guild, known), known, now)


def _space_known(data: Payload, known: Known, now: datetime) -> list[Event]:
    if data.get("unavailable"):
        return []
    space, title = data["id"], data["name"]
    known.quiet[space] = data.get("afk_channel_id")
    if "voice_states" in data:
        _voices_known(data, known, now)
    known.owners[space] = data["owner_id"]
    news: list[Event] = []
    if known.titles.get(space) != title:
        known.titles[space] = title
        news.append(
            SpaceOpened(
                platform=NAME,
                key=f"s:{space}:{_mark(title)}:{now.isoformat()}",
                space=space,
                at=now,
                title=title,
                kind="server",
            )
        )
    for channel in [*data.get("channels", ()), *data.get("threads", ())]:
        news += _room_named({**channel, "guild_id": space}, known, now)
    if data.get("channels"):
        rooms = frozenset(channel["id"] for channel in data["channels"])
        news.append(RoomsListed(platform=NAME, key=f"nl:{space}:{now.isoformat()}", space=space, at=now, rooms=rooms))
    return news


def _space_gone(data: Payload, known: Known, now: datetime) -> list[Event]:
    known.voice = {place: stay for place, stay in known.voice.items() if place[0] != data["id"]}
    if data.get("unavailable"):
        return []
    known.titles.pop(data["id"], None)
    return [SpaceClosed(platform=NAME, key=f"x:{data['id']}:{now.isoformat()}", space=data["id"], at=now)]


def _room_named(data: Payload, known: Known, now: datetime) -> list[Event]:
    room, name = data["id"], data.get("name")
    parent = data.get("parent_id")
    if not name or "guild_id" not in data or known.rooms.get(room) == (name, parent):
        return []
    # The same at every start is one event; a name that comes back is another.
    when = f":{now.isoformat()}" if room in known.rooms else ""
    known.rooms[room] = (name, parent)
    key = f"n:{room}:{_mark(name if parent is None else f'{parent}/{name}')}{when}"
    thread = data.get("type") in THREADS
    return [
        RoomNamed(
            platform=NAME,
            key=key,
            space=data["guild_id"],
            room=room,
            at=now,
            name=name,
            parent=parent,
            thread=thread,
        )
    ]


def _room_gone(data: Payload, known: Known, now: datetime) -> list[Event]:
    if "guild_id" not in data:
        return []
    room = data["id"]
    known.rooms.pop(room, None)
    return [RoomDeleted(platform=NAME, key=f"nx:{room}", space=data["guild_id"], room=room, at=now)]


def _threads_listed(data: Payload, known: Known, now: datetime) -> list[Event]:
    """Learn of the threads of channels that Kith was let into."""
    listed = ({**thread, "guild_id": data["guild_id"]} for thread in data["threads"])
    return [event for thread in listed for event in _room_named(thread, known, now)]


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _interaction(data: Payload, known: Known, _: datetime) -> list[Event]:
    kind = data["type"]
    if kind not in (COMMAND, COMPONENT):
        return []
    member = data.get("member")
    user = member["user"] if member else data["user"]
    guild = data.get("guild_id")
    room = str(data["channel_id"])
    shared: dict[str, Any] = {
        "platform": NAME,
        "key": f"i:{data['id']}",
        "space": guild or DIRECT,
        "room": room if guild else None,
        "at": snowflake_time(data["id"]),
        "actor": known.person(guild, user, member),
        "rights": _rights(data, user, known),
        "direct": guild is None,
        "reply_handle": str(Handle(data["id"], data["application_id"], data["token"], component=kind == COMPONENT)),
        "locale": data.get("locale"),
    }
    inner = data["data"]
    if kind == COMPONENT:
        shown = (data.get("message") or {}).get("id")
        return [ButtonPressed(**shared, token=inner["custom_id"], message=shown)]
    options, mentions = _options(inner, guild, known)
    return [CommandCalled(**shared, name=inner["name"], options=options, mentions=mentions)]


def _rights(data: Payload, user: Payload, known: Known) -> Rights | None:
    """Return what the caller may do in the server; None in a direct chat, which doesn't say it."""
    member, guild = data.get("member"), data.get("guild_id")
    if member is None or guild is None:
        return None
    return rights(int(member["permissions"]), owner=known.owners.get(guild) == user["id"])


def _options(inner: Payload, guild: str | None, known: Known) -> tuple[dict[str, str], dict[str, Person]]:
    resolved = inner.get("resolved") or {}
    options: dict[str, str] = {}
    mentions: dict[str, Person] = {}
    for option in inner.get("options") or ():
        value = str(option["value"])
        if option["type"] == USER_OPTION:
            user = resolved["users"][value]
            value = f"<@{value}>"
            mentions[value] = known.person(guild, user, (resolved.get("members") or {}).get(user["id"]))
        options[option["name"]] = value
    return options, mentions


_READERS: dict[str, Callable[[Payload, Known, datetime], list[Event]]] = {
    "MESSAGE_CREATE": _created,
    "MESSAGE_UPDATE": _updated,
    "MESSAGE_DELETE": _deleted,
    "MESSAGE_DELETE_BULK": _deleted,
    "MESSAGE_REACTION_ADD": _reacted,
    "MESSAGE_REACTION_REMOVE": _unreacted,
    "MESSAGE_REACTION_REMOVE_ALL": _reactions_cleared,
    "MESSAGE_REACTION_REMOVE_EMOJI": _reactions_cleared,
    "GUILD_MEMBER_ADD": _came,
    "GUILD_MEMBER_UPDATE": _member_changed,
    "GUILD_MEMBER_REMOVE": _went,
    "GUILD_MEMBERS_CHUNK": _members_listed,
    "VOICE_STATE_UPDATE": _voice,
    "GUILD_CREATE": _space_known,
    "GUILD_UPDATE": _space_known,
    "GUILD_DELETE": _space_gone,
    "CHANNEL_CREATE": _room_named,
    "CHANNEL_UPDATE": _room_named,
    "CHANNEL_DELETE": _room_gone,
    "THREAD_CREATE": _room_named,
    "THREAD_UPDATE": _room_named,
    "THREAD_DELETE": _room_gone,
    "THREAD_LIST_SYNC": _threads_listed,
    "INTERACTION_CREATE": _interaction,
}
