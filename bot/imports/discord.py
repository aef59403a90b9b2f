"""Reads what DiscordChatExporter writes as JSON: one file for a channel or thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.imports.documents import Document, Path_, Plan
from bot.imports.exports import Watch, mark, moment, read_each, times
from bot.platforms.discord.known import DELETED_USER
from core.domain.bridges import spoken_in, worn_by
from core.domain.errors import BadInput
from core.domain.events import Event, MemberJoined, MessageSent, ReactionAdded, ReactionsCounted, Spoken, message_key
from core.domain.history import Chapter, Record
from core.domain.people import Person, tidy_name

PLATFORM = "discord"
_DIRECT = "0"  # the guild that the exporter gives to direct messages
# The exporter writes kinds that it has no name for as Discord's numbers.
_KINDS = {"0": "Default", "19": "Reply", "7": "GuildMemberJoin"}
_WRITTEN = frozenset({"Default", "Reply"})
_HEADS = frozenset({("guild",), ("channel",)})
_ENTERED = frozenset({(), ("messages",)})


def read(path: Path, watch: Watch = lambda done, total: None) -> Iterator[Chapter | Record]:
    """Yield what the export at `path` tells: a file, packed or not, or those of a folder or a zip.

    Raise BadInput, with file and place, for what can't be read.
    """
    yield from read_each(path, watch, lambda name, stream: _Export(Document(name, stream)).records())


def _plan(path: Path_) -> Plan:
    if path in _ENTERED:
        return Plan.ENTER
    return Plan.TAKE if path in _HEADS or path == ("messages", "*") else Plan.SKIP


class _Export:
    """One file: a channel or thread."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._heads: dict[str, dict[str, Any]] = {}
        self._shared: dict[str, Any] = {}
        self._direct = False

    def records(self) -> Iterator[Chapter | Record]:
        for path, value in self._document.walk(self._planned):
            if path in _HEADS and isinstance(value, dict):
                self._heads[path[0]] = value
                if len(self._heads) == len(_HEADS):
                    yield from self._open()
            elif path == ("messages", "*"):
                if not isinstance(value, dict):
                    raise BadInput("import-broken", file=self._document.name, byte=self._document.place)
                yield Record(skipped=("direct_message",)) if self._direct else self._message(value)
        if not self._shared:
            raise self._wrong_kind()

    def _planned(self, path: Path_) -> Plan:
        if path == ("messages",) and not self._shared:
            raise self._wrong_kind()
        return _plan(path)

    def _wrong_kind(self) -> BadInput:
        return BadInput("import-wrong-kind", file=self._document.name, kind="DiscordChatExporter (JSON)")

    def _open(self) -> Iterator[Chapter]:
        guild, channel = (_id(self._heads[name]) for name in ("guild", "channel"))
        if guild is None or channel is None:
            raise self._wrong_kind()
        self._shared = {"platform": PLATFORM, "space": guild, "room": channel}
        self._direct = guild == _DIRECT
        if not self._direct:
            title = tidy_name(str(self._heads["guild"].get("name") or guild))
            name = tidy_name(str(self._heads["channel"].get("name") or ""))
            # Of a thread this is its channel.
            yield Chapter(guild, title, "server", channel, name, _id(self._heads["channel"], "categoryId"))

    def _message(self, raw: Mapping[str, Any]) -> Record:
        number, at = _id(raw), _time(raw.get("timestamp"))
        if number is None or at is None:
            return Record(skipped=("incomplete",))
        kind = str(raw.get("type"))
        kind = _KINDS.get(kind, kind)
        author = _person(raw.get("author"))
        shared = {**self._shared, "at": at}
        key = message_key(number)
        if kind not in _WRITTEN:
            if kind == "GuildMemberJoin" and author is not None:
                return Record((MemberJoined(key=key, actor=author, **shared),), system=True)
            return Record((Event(key=key, **shared),), system=True)
        parent = _id(_dict(raw.get("reference")), "messageId") if kind == "Reply" else None
        sent = MessageSent(
            key=key,
            actor=author,
            reply=kind == "Reply",
            reply_to=parent,
            mentions=tuple(person for each in _list(raw.get("mentions")) if (person := _person(each))),
            length=len(str(raw.get("content") or "")),
            spoken=spoken_in(str(raw.get("content") or "")[:120]) or _worn(raw.get("author"), author),
            **shared,
        )
        return Record((sent, *_reactions(raw, number, author, shared)))


def _reactions(
    raw: Mapping[str, Any], number: str, author: Person | None, shared: dict[str, Any]
) -> Iterator[ReactionAdded | ReactionsCounted]:
    """Yield reactions: by person where the exporter asked who they are from, else counted."""
    unnamed = 0
    for reaction in map(_dict, _list(raw.get("reactions"))):
        emoji = _dict(reaction.get("emoji"))
        emoji_mark = mark(emoji.get("id") or emoji.get("name"))
        people = {person.id: person for each in _list(reaction.get("users")) if (person := _person(each))}
        for person in people.values():
            key = f"r+:{number}:{person.id}:{emoji_mark}"
            yield ReactionAdded(key=key, actor=person, message=number, emoji=emoji_mark, author=author, **shared)
        unnamed += max(times(reaction.get("count")) - len(people), 0)
    if unnamed:
        yield ReactionsCounted(key=f"rc:{number}", message=number, count=unnamed, author=author, **shared)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _id(raw: Mapping[str, Any], name: str = "id") -> str | None:
    """Return the id of a thing: a text, since it is above 2^53, or a whole number."""
    value = str(raw.get(name))
    return value if value.isascii() and value.isdecimal() and len(value) <= 20 else None


def _time(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment(at if at.tzinfo else at.replace(tzinfo=UTC))


def _person(raw: Any) -> Person | None:
    """Return a person as the server calls them."""
    user = _dict(raw)
    found = _id(user)
    if found is None or found == DELETED_USER:
        return None
    handle = str(user.get("name") or "")
    return _named(found, str(user.get("nickname") or handle), handle, bool(user.get("isBot")))


def _worn(raw: Any, author: Person | None) -> Spoken | None:
    """Return for whom a webhook speaks: the exporter tells it from a bot by its lack of a discriminator."""
    webhook = author is not None and author.bot and _dict(raw).get("discriminator") == "0000"
    return worn_by(author) if webhook and author is not None else None


@lru_cache(maxsize=10_000)  # whoever writes once writes again, and tidying names costs more than all else here
def _named(found: str, name: str, handle: str, bot: bool) -> Person:
    return Person(found, tidy_name(name), tidy_name(handle) or None, bot)
