"""The fields of Telegram's updates, read one by one; whatever is none of Telegram's raises."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.platforms.telegram.addresses import Address

Json = dict[str, Any]

PLATFORM = "telegram"
DIRECT = "direct"
#: The accounts that stand for administrators who hide, for channels that write in groups, and for Telegram itself.
ANONYMOUS_ADMIN = 1087968824
CHANNEL_BOT = 136817688
SERVICE = 777000
_PRESENT = frozenset({"creator", "administrator", "member"})
CONTENT = frozenset(
    {
        *(
            "text",
            "caption",
            "animation",
            "audio",
            "document",
            "live_photo",
            "paid_media",
            "photo",
            "sticker",
        ),
        *("story", "video", "video_note", "voice", "checklist", "contact", "dice", "game", "poll"),
        *("venue", "location", "invoice", "giveaway"),
    }
)
#: What a message carries whose words somebody else wrote: passed on by hand or by Telegram, or made by an inline bot.
PASSED_ON = frozenset({"forward_origin", "forward_date", "is_automatic_forward", "via_bot"})
_QUOTED = frozenset({"blockquote", "expandable_blockquote", "code", "pre"})


def command_in(message: Json) -> tuple[str, str] | None:
    """Return the command at the start of a text, `name` or `name@handle`, and what follows it.

    Words that somebody else wrote call nothing, whoever shows them.
    """
    text = message.get("text", "")
    at_start = {each["type"]: each for each in message.get("entities") or () if each["offset"] == 0}
    first = at_start.get("bot_command")
    if first is None or PASSED_ON & message.keys() or _QUOTED & at_start.keys():
        return None
    command = covered(text, first)
    name, at, handle = command.removeprefix("/").partition("@")
    return name.lower() + at + handle, clean(text[len(command) :]).strip()


def is_anonymous(message: Json) -> bool:
    """Say whether an administrator of the group wrote in its name; a channel's writer proves nothing."""
    sender = message.get("sender_chat") or {}
    hidden = message.get("from", {}).get("id") == ANONYMOUS_ADMIN
    return hidden and bool(sender) and sender["id"] == message["chat"]["id"]


def parent_of(message: Json) -> Json | None:
    """Return the message that this one answers; a topic's opening, which plain ones there carry, is none."""
    parent: Json | None = message.get("reply_to_message")
    if parent is None or "forum_topic_created" in parent:
        return None
    return parent


def room_of(message: Json) -> str | None:
    """Return the topic in which a message stands, None for none."""
    return str(whole(message["message_thread_id"])) if message.get("is_topic_message") else None


def space_id(chat: Json) -> str:
    """Return the id of a chat as the core knows it."""
    return str(whole(chat["id"]))


def message_id(message: Json) -> str:
    """Return the platform-wide id of a message; see Address."""
    chat = whole(message["chat"]["id"])
    if not is_ephemeral(message):
        return str(Address(chat, whole(message["message_id"])))
    sender = message.get("from") or {"is_bot": True}
    person = message["receiver_user"] if sender["is_bot"] else sender
    return str(Address(chat, whole(message["ephemeral_message_id"]), whole(person["id"])))


def is_ephemeral(message: Json) -> bool:
    """Say whether a group shows a message to its writer and its reader alone."""
    return "ephemeral_message_id" in message


def move_key(kind: str, chat: Json, user: Json, at: datetime) -> str:
    """Return the key that a membership update and the service message of the same move share."""
    return f"{kind}:{whole(chat['id'])}:{whole(user['id'])}:{int(at.timestamp())}"


def is_present(member: Json) -> bool:
    """Say whether a ChatMember is in the chat."""
    return member["status"] in _PRESENT or (member["status"] == "restricted" and bool(member.get("is_member")))


def emoji_of(reaction: Json) -> str:
    """Return what tells a reaction from another."""
    return str(reaction.get("emoji") or reaction.get("custom_emoji_id") or reaction["type"])[:32]


def whole(value: Any) -> int:
    """Return a whole number; raise TypeError for anything else."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"no whole number: {type(value).__name__}")
    return value


def time_of(value: Any) -> datetime:
    """Return a time given in seconds since 1970."""
    return datetime.fromtimestamp(whole(value), UTC)


def clean(text: str) -> str:
    """Return `text` without what no database takes: halves of surrogate pairs, NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def covered(text: str, entity: Json) -> str:
    """Return the part of `text` that an entity covers; Telegram counts UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    start, length = whole(entity["offset"]), whole(entity["length"])
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
