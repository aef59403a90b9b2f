"""Reads what Telegram Desktop exports: `result.json`, of one chat or of a whole account."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.imports.documents import BEGIN, Document, Path_, Plan, Stream
from bot.imports.exports import Watch, mark, moment, read_each, times, whole
from bot.platforms.telegram.fields import ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE
from core.domain.bridges import spoken_in
from core.domain.errors import BadInput
from core.domain.events import (
    Event,
    MemberJoined,
    MemberLeft,
    MessageSent,
    ReactionAdded,
    ReactionsCounted,
    message_key,
)
from core.domain.history import Chapter, Record
from core.domain.people import Person, tidy_name

PLATFORM = "telegram"
_CHANNEL_SHIFT = 10**12  # the Bot API calls channel and supergroup n −10¹² − n, and basic group n −n
# Before 2021 the exporter wrote the kind of a peer above the 32 bits of its number: 1 a user, 2 a chat or channel.
_KIND_SHIFT, _KIND_MASK, _CHAT_KIND = 32, 0xFFFF_FFFF, 2
_NOBODY = frozenset(map(str, (ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE)))
_JOINS = frozenset({"join_group_by_link", "join_group_by_request"})
_ROOMS_KEPT = 200_000
_CHATS = ((), ("chats", "list", "*"), ("left_chats", "list", "*"))
_MESSAGES = frozenset((*chat, "messages", "*") for chat in _CHATS)
_ENTERED = frozenset(
    {*_CHATS, *((*chat, "messages") for chat in _CHATS)}
    | {path for kind in ("chats", "left_chats") for path in ((kind,), (kind, "list"))}
)
_HEADS = frozenset((*chat, name) for chat in _CHATS for name in ("name", "type", "id"))


def read(
    path: Path, zone: str = "UTC", chats: Collection[str] = (), watch: Watch = lambda done, total: None
) -> Iterator[Chapter | Record]:
    """Yield what the export at `path` tells: a file, packed or not, a folder or a zip.

    `zone` is where it was exported: old files give local time alone. `chats` names those to take, all groups and
    channels if empty. Raise BadInput, with file and place, for what can't be read.
    """
    taken, found = 0, []
    wanted = frozenset(each.casefold() for each in chats)

    def one(name: str, stream: Stream) -> Iterator[Chapter | Record]:
        nonlocal taken
        export = _Export(Document(name, stream), ZoneInfo(zone), wanted)
        yield from export.records()
        if not export.found:
            raise BadInput("import-wrong-kind", file=name, kind="Telegram Desktop")
        found.extend(export.found)
        taken += export.taken

    yield from read_each(path, watch, one)
    if not taken:
        raise BadInput("import-no-chat", file=str(path), seen=tuple(found[:10]))


@dataclass(slots=True)
class _Chat:
    """The chat that is being read."""

    name: str = ""
    kind: str = ""
    id: int | None = None
    here: bool = False  # whether its messages are wanted
    topics: set[int] = field(default_factory=set)
    rooms: OrderedDict[int, str] = field(default_factory=OrderedDict)  # of late messages: the topic each stands in

    @property
    def space(self) -> str:
        if self.id is None:
            raise LookupError("a chat without id")
        return str(-_CHANNEL_SHIFT - self.id if _is_channel(self.kind) else -self.id)

    def place(self, message: int, room: str) -> None:
        """Remember that a message stands in a topic."""
        self.rooms[message] = room
        if len(self.rooms) > _ROOMS_KEPT:
            self.rooms.popitem(last=False)


def _is_channel(kind: str) -> bool:
    return kind.endswith(("supergroup", "channel"))


class _Export:
    """One file."""

    def __init__(self, document: Document, zone: ZoneInfo, chats: frozenset[str]) -> None:
        self._document, self._zone, self._wanted = document, zone, chats
        self._chat = _Chat()
        self._passed: list[str] = []  # why chats were passed over
        self.found: list[str] = []
        self.taken = 0

    def records(self) -> Iterator[Chapter | Record]:
        for path, value in self._document.walk(self._plan):
            yield from self._passed_over()
            if value is BEGIN and path in _CHATS:
                self._chat = _Chat()
            elif path in _HEADS:
                self._head(path[-1], value)
            elif path[-1:] == ("messages",):
                raise self._broken()
            elif path in _MESSAGES:
                if not self._chat.here:
                    yield from self._open()
                if not isinstance(value, dict):
                    raise self._broken()
                yield from self._message(value)
        yield from self._passed_over()

    def _passed_over(self) -> Iterator[Record]:
        reasons, self._passed = self._passed, []
        yield from (Record(skipped=(reason,)) for reason in reasons)

    def _plan(self, path: Path_) -> Plan:
        if path[-1:] == ("messages",) and path in _ENTERED:
            return self._plan_messages()
        if path in _ENTERED:
            return Plan.ENTER
        return Plan.TAKE if path in _HEADS or path in _MESSAGES else Plan.SKIP

    def _plan_messages(self) -> Plan:
        chat = self._chat
        if chat.id is None or not chat.kind:
            raise BadInput("import-wrong-kind", file=self._document.name, kind="Telegram Desktop")
        self.found.append(chat.name or str(chat.id))
        return Plan.ENTER if self._is_wanted(chat) else Plan.SKIP

    def _is_wanted(self, chat: _Chat) -> bool:
        """Say whether a chat is a community's: never somebody's direct chats."""
        group = _is_channel(chat.kind) or chat.kind.endswith("group")
        named = {chat.name.casefold(), str(chat.id)} | ({chat.space} if group else set())
        if group and (not self._wanted or named & self._wanted):
            self.taken += 1
            return True
        self._passed.append("other_chat" if group else "private_chat")
        return False

    def _head(self, name: str, value: Any) -> None:
        if name == "id":
            self._chat.id = whole(value)
        elif name == "name":
            self._chat.name = tidy_name(str(value or ""))
        elif name == "type":
            self._chat.kind = str(value)

    def _broken(self) -> BadInput:
        return BadInput("import-broken", file=self._document.name, byte=self._document.place)

    def _open(self) -> Iterator[Chapter]:
        chat = self._chat
        chat.here = True
        kind = "channel" if chat.kind.endswith("_channel") else "group"
        yield Chapter(chat.space, chat.name or chat.space, kind)

    def _message(self, raw: dict[str, Any]) -> Iterator[Chapter | Record]:
        number, kind = whole(raw.get("id")), raw.get("type")
        at = self._time(raw)
        if kind == "unsupported":
            yield Record(skipped=("unsupported",))
        elif number is None or at is None:
            yield Record(skipped=("incomplete",))
        elif kind == "message":
            yield self._written(raw, number, at)
        else:
            yield from self._service(raw, number, at)

    def _time(self, raw: dict[str, Any]) -> datetime | None:
        try:
            if "date_unixtime" in raw:
                return moment(datetime.fromtimestamp(int(raw["date_unixtime"]), UTC))
            local = datetime.fromisoformat(raw["date"])
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            return None
        return moment(local if local.tzinfo else local.replace(tzinfo=self._zone))

    def _written(self, raw: dict[str, Any], number: int, at: datetime) -> Record:
        chat = self._chat
        parent, room = self._parent(raw), None
        if parent is not None and parent in chat.topics:
            parent, room = None, str(parent)
        elif parent is not None:
            room = chat.rooms.get(parent)
        if room is not None:
            chat.place(number, room)
        mentions, handles = _mentions(raw)
        sent = MessageSent(
            platform=PLATFORM,
            key=message_key(f"{chat.space}:{number}"),
            space=chat.space,
            at=at,
            actor=_person(raw.get("from_id"), raw.get("from")),
            room=room,
            reply_to=None if parent is None else f"{chat.space}:{parent}",
            mentions=mentions,
            spoken=spoken_in(_beginning(raw.get("text"))),
        )
        return Record((sent, *self._reactions(raw, sent)), skipped=("mention_by_handle",) * handles)

    def _reactions(self, raw: dict[str, Any], sent: MessageSent) -> Iterator[ReactionAdded | ReactionsCounted]:
        """Yield reactions: of the late ones the exporter names the people, the others it counts."""
        message = sent.key.removeprefix(message_key(""))
        shared: dict[str, Any] = {"platform": PLATFORM, "space": sent.space, "room": sent.room, "message": message}
        unnamed = 0
        for reaction in _dicts(raw.get("reactions")):
            emoji = mark(reaction.get("emoji") or reaction.get("document_id") or reaction.get("type"))
            people: set[str] = set()
            for each in _dicts(reaction.get("recent")):
                person = _person(each.get("from_id"), each.get("from"))
                if person is None or person.id in people:
                    continue
                people.add(person.id)
                key, at = f"r+:{message}:{person.id}:{emoji}", self._time(each) or sent.at
                yield ReactionAdded(key=key, at=at, actor=person, emoji=emoji, author=sent.actor, **shared)
            unnamed += max(times(reaction.get("count")) - len(people), 0)
        if unnamed:
            key = f"rc:{message}"
            yield ReactionsCounted(key=key, at=sent.at, count=unnamed, author=sent.actor, **shared)

    def _parent(self, raw: dict[str, Any]) -> int | None:
        """Return the message of this chat that is answered; one of another chat is none."""
        peer = raw.get("reply_to_peer_id")
        if peer is not None and _peer(peer) != self._chat.space:
            return None
        return whole(raw.get("reply_to_message_id"))

    def _service(self, raw: dict[str, Any], number: int, at: datetime) -> Iterator[Chapter | Record]:
        chat, action = self._chat, raw.get("action")
        shared: dict[str, Any] = {"platform": PLATFORM, "space": chat.space, "at": at}
        if action == "topic_created":
            chat.topics.add(number)
            yield Chapter(chat.space, chat.name, room=str(number), room_name=tidy_name(str(raw.get("title") or "")))
        actor = _person(raw.get("actor_id"), raw.get("actor"))
        members = raw.get("members")
        named = members if isinstance(members, list) else []
        alone = actor is not None and named == [raw.get("actor")]
        if actor is not None and (str(action) in _JOINS or (action == "invite_members" and alone)):
            joined = MemberJoined(key=self._move_key("j", actor, at), actor=actor, **shared)
            yield Record((joined,), system=True)
        elif actor is not None and action == "remove_members" and alone:
            left = MemberLeft(key=self._move_key("l", actor, at), actor=actor, **shared)
            yield Record((left,), system=True)
        else:
            unnamed = len(named) if action in ("invite_members", "remove_members") else 0
            event = Event(key=message_key(f"{chat.space}:{number}"), **shared)
            yield Record((event,), system=True, skipped=("member_without_id",) * unnamed)

    def _move_key(self, kind: str, actor: Person, at: datetime) -> str:
        """Return the key that the bot gives the same move when it sees it."""
        return f"{kind}:{self._chat.space}:{actor.id}:{int(at.timestamp())}"


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def _peer(value: Any) -> str | None:
    """Return the Bot API's id of `user1`, `channel1`, `chat1` or, in old files, a bare number with its kind above."""
    text = str(value)
    number = whole(value) or 0
    if 0 < number >> _KIND_SHIFT <= _CHAT_KIND:
        kind, number = number >> _KIND_SHIFT, number & _KIND_MASK
        return str(-_CHANNEL_SHIFT - number if kind == _CHAT_KIND else number)
    for prefix in ("user", "channel", "chat", ""):
        digits = text.removeprefix(prefix)
        if text.startswith(prefix) and digits.isascii() and digits.isdecimal() and len(digits) < 19:
            if prefix == "channel":
                return str(-_CHANNEL_SHIFT - int(digits))
            return f"-{digits}" if prefix == "chat" else digits
    return None


def _person(peer: Any, name: Any) -> Person | None:
    """Return who wrote; what a chat writes in its own name counts as no person, a deleted account has no name.

    The accounts that Telegram puts in front of hidden administrators, channels and itself are nobody.
    """
    found = _peer(peer)
    if found is None or found in _NOBODY:
        return None
    return _named(found, str(name or ""))


@lru_cache(maxsize=10_000)  # whoever writes once writes again
def _named(found: str, name: str) -> Person:
    return Person(found, tidy_name(name), bot=found.startswith("-"))


def _beginning(text: Any) -> str:
    """Return how a text begins: a name in angle brackets ends within what is read here."""
    if isinstance(text, str):
        return text[:120]
    pieces = text[:4] if isinstance(text, list) else ()
    said = (each.get("text") if isinstance(each, dict) else each for each in pieces)
    return "".join(str(each or "")[:120] for each in said)[:120]


def _mentions(raw: dict[str, Any]) -> tuple[tuple[Person, ...], int]:
    """Return the people whom a text names by id, and how many it names by handle, which tells nobody's id."""
    people: dict[str, Person] = {}
    handles = 0
    for entity in _dicts(raw.get("text_entities") or raw.get("text")):
        kind = entity.get("type")
        if kind == "mention_name" and (person := _person(entity.get("user_id"), entity.get("text"))):
            people.setdefault(person.id, person)
        elif kind in ("mention", "mention_name"):
            handles += 1
    return tuple(people.values()), handles
