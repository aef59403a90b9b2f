"""From Telegram's updates to events; knows no network and no database."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.platforms.telegram import forms
from core.domain.bridges import spoken_in
from core.domain.clock import Clock, ManualClock
from core.domain.events import (
    ButtonPressed,
    CommandCalled,
    Event,
    MemberJoined,
    MemberLeft,
    MessageEdited,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCounted,
    RoomNamed,
    SpaceClosed,
    SpaceMigrated,
    SpaceOpened,
    WroteDirectly,
    message_key,
)
from core.domain.people import Person, Rights

Json = dict[str, Any]

PLATFORM = "telegram"
DIRECT = "direct"
#: Asked for at each start: what is left out keeps an earlier setting, and the last four come only by name.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_join_request",
    "poll",
    "poll_answer",
    "pre_checkout_query",
    "shipping_query",
    "chat_boost",
    "removed_chat_boost",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
)
#: The accounts that stand for administrators who hide, for channels that write in groups, and for Telegram itself.
ANONYMOUS_ADMIN = 1087968824
CHANNEL_BOT = 136817688
SERVICE = 777000
_PRESENT = frozenset({"creator", "administrator", "member"})
_CONTENT = frozenset(
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
_PASSED_ON = frozenset({"forward_origin", "forward_date", "is_automatic_forward", "via_bot"})
_QUOTED = frozenset({"blockquote", "expandable_blockquote", "code", "pre"})
_HANDLES_KEPT = 50_000


class Untranslatable(ValueError):
    """Say that an update is none that Telegram describes."""


class _Handles:
    """Who has which handle, as last seen: one person a handle, one handle a person."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, Person] = OrderedDict()
        self._held: dict[str, str] = {}

    def note(self, person: Person) -> None:
        """Let a handle lead to whoever has it now; the one that they had before is free."""
        self._let_go(person.id)
        if not person.username:
            return
        handle = person.username.casefold()
        if handle in self._owners:
            self._let_go(self._owners[handle].id)
        self._owners[handle], self._held[person.id] = person, handle
        if len(self._owners) > _HANDLES_KEPT:
            self._let_go(next(iter(self._owners.values())).id)

    def find(self, word: str) -> Person | None:
        """Return whom `@handle` names, from memory."""
        found = self._owners.get(word.removeprefix("@").casefold())
        return None if found is None else replace(found, remembered=True)

    def _let_go(self, person: str) -> None:
        handle = self._held.pop(person, None)
        if handle is not None:
            del self._owners[handle]


@dataclass(slots=True)
class Translator:
    """Translate the updates of the bot `me` (id) with the handle `username`.

    `commands` are the names that Kith answers: in a group, any other without @handle is somebody else's.
    """

    me: int
    username: str
    clock: Clock
    commands: Collection[str] = ()
    _handles: _Handles = field(default_factory=_Handles)
    _opened: set[tuple[int, str]] = field(default_factory=set)
    _topics: set[tuple[str, str]] = field(default_factory=set)  # spaces and rooms whose names were told

    def translate(self, update: Json) -> list[Event]:
        """Return the events of one update, none where it says nothing to Kith; raise Untranslatable."""
        try:
            return list(self._events(update))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as error:
            raise Untranslatable(f"{type(error).__name__}: {error}") from error

    def put_aside(self, update: Any) -> Json:
        """Return what `again` needs to read an update that can't be read."""
        return {"update": update, "me": self.me, "username": self.username, "at": self.clock.now()}

    def _events(self, update: Json) -> Iterator[Event]:
        number = _whole(update["update_id"])
        key = f"u:{self.me}:{number}"
        for kind, handler in (
            ("message", self._message),
            ("edited_message", self._edited),
            ("channel_post", self._post),
            ("callback_query", self._pressed),
            ("message_reaction", self._reaction),
            ("message_reaction_count", self._reaction_count),
            ("chat_member", self._member),
            ("my_chat_member", self._own_member),
        ):
            if kind in update:
                yield from handler(update[kind], key)

    # --- messages ----------------------------------------------------------------------

    def _message(self, message: Json, key: str) -> Iterator[Event]:
        chat, at = message["chat"], _time(message["date"])
        if chat["type"] == "private":
            yield from self._direct(message, at)
            return
        yield from self._seen(chat, at)
        if "migrate_to_chat_id" in message or "migrate_from_chat_id" in message:
            yield self._migrated(message, at)
            return
        yield from self._service(message, key, at)
        yield from self._topic_of(message, at)
        if not _CONTENT & message.keys():
            return
        called = self._command(message, at)
        if called == "elsewhere":
            return
        yield called if isinstance(called, CommandCalled) else self._sent(message, at)

    def _sent(self, message: Json, at: datetime) -> MessageSent:
        parent = _parent(message)
        number = _id(message)
        text = message.get("text") or message.get("caption") or ""
        return MessageSent(
            platform=PLATFORM,
            key=message_key(number),
            space=_space(message["chat"]),
            at=at,
            actor=self._author(message),
            room=_room(message),
            reply_to=_id(parent) if parent else None,
            reply_author=self._author(parent) if parent else None,
            mentions=tuple({person.id: person for _, person in self._mentions(message)}.values()),
            length=len(text),
            spoken=spoken_in(text[:120]),
        )

    def _direct(self, message: Json, at: datetime) -> Iterator[Event]:
        """Whatever people write to Kith alone is answered, unless it is somebody else's words."""
        theirs = message["from"].get("is_bot") or _PASSED_ON & message.keys()
        if theirs or not _CONTENT & message.keys():
            return
        shared: dict[str, Any] = {
            "platform": PLATFORM,
            "key": message_key(_id(message)),
            "space": DIRECT,
            "at": at,
            "actor": self._person(message["from"]),
            "direct": True,
            "reply_handle": f"m:{_id(message)}",
            "locale": message["from"].get("language_code"),
        }
        shared["mentions"] = dict(self._mentions(message))
        called = _called(message)
        if called is None:
            yield WroteDirectly(**shared, text=_clean(forms.answer(message)))
            return
        name, text = called[0].partition("@")[0], called[1]
        if forms.resumed(name, text):
            yield WroteDirectly(**shared)
            return
        # What stands after /start is a link's, not the person's.
        words = "" if name == "start" else text
        yield CommandCalled(**shared, name=name, text=words)

    def _command(self, message: Json, at: datetime) -> CommandCalled | str | None:
        """Return the command that a group's message calls, "elsewhere" for another bot's, None for none."""
        found = _called(message)
        if found is None:
            return None
        name, _, handle = found[0].partition("@")
        mine = handle.casefold() == self.username.casefold() if handle else name in self.commands
        if not mine:
            return "elsewhere"
        parent = _parent(message)
        author = self._author(message)
        return CommandCalled(
            platform=PLATFORM,
            key=message_key(_id(message)),
            space=_space(message["chat"]),
            at=at,
            actor=author,
            room=_room(message),
            rights=None if author and not author.bot else Rights.MEMBER,
            anonymous=_anonymous(message),
            reply_handle=f"m:{_id(message)}",
            locale=message["from"].get("language_code") if "from" in message else None,
            name=name,
            text="" if name == "start" else found[1],
            mentions=dict(self._mentions(message)),
            reply_author=self._author(parent) if parent else None,
        )

    def _service(self, message: Json, key: str, at: datetime) -> Iterator[Event]:
        chat = message["chat"]
        space = _space(chat)
        for user in message.get("new_chat_members", ()):
            if user["id"] != self.me:
                yield MemberJoined(
                    platform=PLATFORM,
                    key=_move_key("j", chat, user, at),
                    space=space,
                    at=at,
                    actor=self._person(user),
                )
        if (left := message.get("left_chat_member")) and left["id"] != self.me:
            removed = message["from"]["id"] != left["id"]
            yield MemberLeft(
                platform=PLATFORM,
                key=_move_key("l", chat, left, at),
                space=space,
                at=at,
                actor=self._person(left),
                removed=removed,
            )
        if "new_chat_title" in message:
            yield self._space_opened(chat, f"{key}:title", at)
        for topic in ("forum_topic_created", "forum_topic_edited"):
            if name := message.get(topic, {}).get("name"):
                room = str(_whole(message["message_thread_id"]))
                self._topics.add((space, room))
                yield RoomNamed(platform=PLATFORM, key=f"{key}:topic", space=space, at=at, room=room, name=_clean(name))

    def _topic_of(self, message: Json, at: datetime) -> Iterator[Event]:
        """Tell, once, the name with which a topic was opened: messages in it carry that, and Kith may be younger."""
        room, space, opening = _room(message), _space(message["chat"]), message.get("reply_to_message") or {}
        name = opening.get("forum_topic_created", {}).get("name")
        if room is None or not name or (space, room) in self._topics:
            return
        self._topics.add((space, room))
        key = f"t:{space}:{room}"
        yield RoomNamed(platform=PLATFORM, key=key, space=space, at=at, room=room, name=_clean(name), first=True)

    def _migrated(self, message: Json, at: datetime) -> SpaceMigrated:
        """Both chats tell of the move; the key is the same, so it happens once."""
        here = _whole(message["chat"]["id"])
        old = _whole(message.get("migrate_from_chat_id", here))
        new = _whole(message.get("migrate_to_chat_id", here))
        return SpaceMigrated(platform=PLATFORM, key=f"g:{old}:{new}", space=str(old), at=at, to=str(new))

    def _edited(self, message: Json, _: str) -> Iterator[Event]:
        if message["chat"]["type"] == "private":
            return
        at = _time(message.get("edit_date", message["date"]))
        yield MessageEdited(
            platform=PLATFORM,
            key=f"e:{_id(message)}:{int(at.timestamp())}",
            space=_space(message["chat"]),
            at=at,
            actor=self._author(message),
            room=_room(message),
            message=_id(message),
        )

    def _post(self, message: Json, key: str) -> Iterator[Event]:
        at = _time(message["date"])
        yield from self._seen(message["chat"], at)
        if "new_chat_title" in message:
            yield self._space_opened(message["chat"], f"{key}:title", at)

    # --- buttons and reactions ---------------------------------------------------------

    def _pressed(self, query: Json, key: str) -> Iterator[Event]:
        message, token = query.get("message"), query.get("data")
        if message is None or token is None:
            return
        chat = message["chat"]
        direct = chat["type"] == "private"
        yield ButtonPressed(
            platform=PLATFORM,
            key=f"b:{query['id']}",
            space=DIRECT if direct else _space(chat),
            at=self.clock.now(),  # Telegram gives a press no time
            actor=self._person(query["from"]),
            room=_room(message),
            direct=direct,
            reply_handle=f"q:{query['id']}",
            locale=query["from"].get("language_code"),
            token=_clean(str(token))[:64],
            message=_id(message),
        )

    def _reaction(self, change: Json, key: str) -> Iterator[Event]:
        chat, at = change["chat"], _time(change["date"])
        if "user" not in change or chat["type"] == "private":
            return  # an anonymous administrator's: nobody's
        old = [_emoji(each) for each in change["old_reaction"]]
        new = [_emoji(each) for each in change["new_reaction"]]
        message = f"{_whole(chat['id'])}:{_whole(change['message_id'])}"
        actor = self._person(change["user"])
        for emoji in new:
            if emoji not in old:
                yield ReactionAdded(
                    platform=PLATFORM,
                    key=f"{key}:+{emoji}",
                    space=_space(chat),
                    at=at,
                    actor=actor,
                    message=message,
                    emoji=emoji,
                    whole=tuple(new),
                )
        for emoji in old:
            if emoji not in new:
                yield ReactionRemoved(
                    platform=PLATFORM,
                    key=f"{key}:-{emoji}",
                    space=_space(chat),
                    at=at,
                    actor=actor,
                    message=message,
                    emoji=emoji,
                    whole=tuple(new),
                )

    @staticmethod
    def _reaction_count(change: Json, key: str) -> Iterator[Event]:
        chat = change["chat"]
        yield ReactionsCounted(
            platform=PLATFORM,
            key=key,
            space=_space(chat),
            at=_time(change["date"]),
            message=f"{_whole(chat['id'])}:{_whole(change['message_id'])}",
            count=sum(_whole(each["total_count"]) for each in change["reactions"]),
        )

    # --- coming and going --------------------------------------------------------------

    def _member(self, change: Json, _: str) -> Iterator[Event]:
        chat, at = change["chat"], _time(change["date"])
        user = change["new_chat_member"]["user"]
        was, now = is_present(change["old_chat_member"]), is_present(change["new_chat_member"])
        if was == now:
            return
        yield from self._seen(chat, at)
        if now:
            link = change.get("invite_link") or {}
            source = link.get("name") or link.get("invite_link")
            yield MemberJoined(
                platform=PLATFORM,
                key=_move_key("j", chat, user, at),
                space=_space(chat),
                at=at,
                actor=self._person(user),
                source=_clean(source) if source else None,
            )
        else:
            yield MemberLeft(
                platform=PLATFORM,
                key=_move_key("l", chat, user, at),
                space=_space(chat),
                at=at,
                actor=self._person(user),
                removed=change["from"]["id"] != user["id"],
            )

    def _own_member(self, change: Json, key: str) -> Iterator[Event]:
        chat, at = change["chat"], _time(change["date"])
        if chat["type"] == "private":
            return  # whoever blocks Kith is met again as Forbidden
        if is_present(change["new_chat_member"]):
            self._opened.add((chat["id"], chat.get("title", "")))
            yield self._space_opened(chat, key, at)
        else:
            yield SpaceClosed(platform=PLATFORM, key=key, space=_space(chat), at=at)

    def _seen(self, chat: Json, at: datetime) -> Iterator[Event]:
        """Tell the name of a chat that this process meets for the first time; the store knows repetitions."""
        mark = (_whole(chat["id"]), str(chat.get("title", "")))
        if mark not in self._opened:
            self._opened.add(mark)
            yield self._space_opened(chat, f"o:{mark[0]}:{zlib.crc32(mark[1].encode('utf-8', 'replace'))}", at)

    @staticmethod
    def _space_opened(chat: Json, key: str, at: datetime) -> SpaceOpened:
        kind = "channel" if chat["type"] == "channel" else "group"
        title = _clean(str(chat.get("title") or chat["id"]))
        return SpaceOpened(platform=PLATFORM, key=key, space=_space(chat), at=at, title=title, kind=kind)

    # --- who ---------------------------------------------------------------------------

    def _author(self, message: Json) -> Person | None:
        """Return who wrote: a person, or the chat in whose name it was written, which counts as no person."""
        if chat := message.get("sender_chat"):
            return Person(str(_whole(chat["id"])), _clean(chat.get("title", "")), chat.get("username"), bot=True)
        return self._person(message["from"]) if "from" in message else None

    def _person(self, user: Json) -> Person:
        name = " ".join(part for part in (user["first_name"], user.get("last_name")) if part)
        person = Person(str(_whole(user["id"])), _clean(name), user.get("username"), bool(user.get("is_bot")))
        self._handles.note(person)
        return person

    def _mentions(self, message: Json) -> Iterator[tuple[str, Person]]:
        """Yield whom a text names, with the words that do; a handle tells only if its owner was seen."""
        text = message.get("text") or message.get("caption") or ""
        for entity in message.get("entities") or message.get("caption_entities") or ():
            if entity["type"] not in ("mention", "text_mention"):
                continue
            words = _slice(text, entity)
            if entity["type"] == "text_mention":
                yield words, self._person(entity["user"])
            elif person := self._handles.find(words):
                yield words, person


def again(raw: Json, commands: Collection[str]) -> list[Event]:
    """Translate what was put aside, with nothing known of what came before it; raise Untranslatable."""
    translator = Translator(raw["me"], raw["username"], ManualClock(raw["at"]), commands)
    return order(translator.translate(raw["update"]))


def space_of(update: Any) -> str | None:
    """Return the chat that an update is about, as far as it can be told of one that can't be read."""
    for part in update.values() if isinstance(update, dict) else ():
        about = part if isinstance(part, dict) else {}
        for place in (about, about.get("message")):
            chat = place.get("chat") if isinstance(place, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return str(chat["id"])
    return None


def order(events: Sequence[Event]) -> list[Event]:
    """Return `events` without repetitions, a join with its invite link before the bare notice of it."""
    best: dict[str, Event] = {}
    for event in events:
        known = best.get(event.key)
        if known is None or (getattr(event, "source", None) and not getattr(known, "source", None)):
            best[event.key] = event
    return list(best.values())


def _called(message: Json) -> tuple[str, str] | None:
    """Return the command at the start of a text, `name` or `name@handle`, and what follows it.

    Words that somebody else wrote call nothing, whoever shows them.
    """
    text = message.get("text", "")
    at_start = {each["type"]: each for each in message.get("entities") or () if each["offset"] == 0}
    first = at_start.get("bot_command")
    if first is None or _PASSED_ON & message.keys() or _QUOTED & at_start.keys():
        return None
    command = _slice(text, first)
    name, at, handle = command.removeprefix("/").partition("@")
    return name.lower() + at + handle, _clean(text[len(command) :]).strip()


def _anonymous(message: Json) -> bool:
    """Say whether an administrator of the group wrote in its name; a channel's writer proves nothing."""
    sender = message.get("sender_chat") or {}
    hidden = message.get("from", {}).get("id") == ANONYMOUS_ADMIN
    return hidden and bool(sender) and sender["id"] == message["chat"]["id"]


def _parent(message: Json) -> Json | None:
    """Return the message that this one answers; a topic's opening, which plain ones there carry, is none."""
    parent: Json | None = message.get("reply_to_message")
    if parent is None or "forum_topic_created" in parent:
        return None
    return parent


def _room(message: Json) -> str | None:
    return str(_whole(message["message_thread_id"])) if message.get("is_topic_message") else None


def _space(chat: Json) -> str:
    return str(_whole(chat["id"]))


def _id(message: Json) -> str:
    return f"{_whole(message['chat']['id'])}:{_whole(message['message_id'])}"


def _move_key(kind: str, chat: Json, user: Json, at: datetime) -> str:
    """Return the key that a membership update and the service message of the same move share."""
    return f"{kind}:{_whole(chat['id'])}:{_whole(user['id'])}:{int(at.timestamp())}"


def is_present(member: Json) -> bool:
    """Say whether a ChatMember is in the chat."""
    return member["status"] in _PRESENT or (member["status"] == "restricted" and bool(member.get("is_member")))


def _emoji(reaction: Json) -> str:
    return str(reaction.get("emoji") or reaction.get("custom_emoji_id") or reaction["type"])[:32]


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"no whole number: {type(value).__name__}")
    return value


def _time(value: Any) -> datetime:
    return datetime.fromtimestamp(_whole(value), UTC)


def _clean(text: str) -> str:
    """Return `text` without what no database takes: halves of surrogate pairs, NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _slice(text: str, entity: Json) -> str:
    """Return the part of `text` that an entity covers; Telegram counts UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    start, length = _whole(entity["offset"]), _whole(entity["length"])
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
