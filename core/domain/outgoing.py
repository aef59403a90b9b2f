"""A message on its way out, and how it is written down until it is sent."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, is_dataclass
from datetime import datetime
from enum import IntEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

from core.domain import pictures
from core.domain.message import Attachment, File, Invoice, Tag
from core.domain.pictures import Picture
from core.domain.polls import Question

ASKS = "form."  # how the token of a button begins that opens a form: a platform must know before anything is read


class Lane(IntEnum):
    """What goes out before what: somebody waits for an answer; nobody knows yet of what comes unasked."""

    ANSWER = 0
    CHANGE = 1  # roles, and what is changed, pinned or taken away again
    PUSH = 2


@dataclass(frozen=True, slots=True)
class SentButton:
    """A button as it goes out: its label, the token that comes back or the address it opens.

    `choice` and `invoice` are as in Button.
    """

    label: str
    token: str = ""
    url: str | None = None
    choice: str = ""
    invoice: Invoice | None = None

    def to_json(self) -> list[Any]:
        """Return plain data that `from_json` reads back."""
        plain = [self.label, self.token, self.url, self.choice]
        return plain if self.invoice is None else [*plain, list(astuple(self.invoice))]

    @classmethod
    def from_json(cls, data: Sequence[Any]) -> SentButton:
        """Read what `to_json` wrote."""
        label, token, url, choice, *more = data
        return cls(label, token, url, choice, Invoice(*more[0]) if more else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message to a chat.

    `space` and `room` say where it belongs, `to` is the external id of the person whom it is for. `private` wants only
    them to see it: where the platform can't, it goes to their direct chat, and `fallback` to the room if that is shut.
    A direct message has `private` and no `reply_handle`. `replaces` names the message to change instead of a new one.
    A message in a room goes away `delete_after` seconds after it was sent, where that isn't 0. A `silent` one makes no
    sound. `locale` is the language of the text. One that `asks` waits for what the person writes next: it goes to their
    direct chat, also where the room could show it to them alone. `title` and `tag` are as in Reply. Answers that are
    `apart` wait in a room for none but those to the same person.
    """

    text: str
    platform: str
    space: str | None = None
    room: str | None = None
    to: str | None = None
    private: bool = False
    direct: bool = False
    buttons: tuple[tuple[SentButton, ...], ...] = ()
    picture: Picture | None = None
    file: File | None = None
    attachment: Attachment | None = None
    reply_handle: str | None = None
    replaces: str | None = None
    fallback: str | None = None
    delete_after: int = 0
    silent: bool = False
    locale: str = "en"
    asks: bool = False
    title: str = ""
    tag: Tag | None = None
    apart: bool = False

    @property
    def chat(self) -> str:
        """Return what keeps its own order: a direct chat, or a room; a limit in one holds no other."""
        if self.private and self.to:
            return f"@{self.to}"
        room = f"{self.space}" if self.room is None else f"{self.space}/{self.room}"
        # What changes a message that several press goes after what changed it before.
        return f"{room}@{self.to}" if self.apart and self.to and self.replaces is None else room

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        data = {field.name: getattr(self, field.name) for field in fields(self)}
        data["buttons"] = [[button.to_json() for button in row] for row in self.buttons]
        data["picture"] = None if self.picture is None else _pack(self.picture)
        data["attachment"] = None if self.attachment is None else self.attachment.to_text()
        if self.file is not None:
            content = base64.b64encode(self.file.content).decode()
            data["file"] = [self.file.name, content, self.file.media_type]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Outgoing:
        """Read what `to_json` wrote."""
        given = dict(data)
        given["buttons"] = tuple(tuple(SentButton.from_json(button) for button in row) for row in data["buttons"])
        if data["picture"] is not None:
            given["picture"] = _unpack(getattr(pictures, data["picture"]["type"]), data["picture"])
        if data["file"] is not None:
            name, content, media_type = data["file"]
            given["file"] = File(name, base64.b64decode(content), media_type)
        if data.get("attachment") is not None:
            given["attachment"] = Attachment.from_text(data["attachment"])
        if data.get("tag") is not None:
            given["tag"] = Tag(data["tag"])
        return cls(**given)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain:
    """What is written down field by field."""

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(**data)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfRoom(_Plain):
    """What is done in a room, in its order."""

    platform: str
    space: str
    room: str | None

    @property
    def chat(self) -> str:
        """Return what keeps its own order: the room."""
        return self.space if self.room is None else f"{self.space}/{self.room}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChange(_Plain):
    """A role or title on its way: what a person in a space is given and loses, because their tier changed."""

    platform: str
    space: str
    to: str
    give: tuple[str, ...] = ()
    take: tuple[str, ...] = ()

    @property
    def chat(self) -> str:
        """Return what keeps its own order: a person's roles in a space."""
        return f"role:{self.space}:{self.to}"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(**{**data, "give": tuple(data["give"]), "take": tuple(data["take"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit(_OfRoom):
    """A change of what stands in a room: all of it is new, or where `content` is None its buttons go.

    `message` is the platform's id of it; None while it is written down: only once it was sent is it known.
    """

    content: Outgoing | None = None
    message: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        content = None if self.content is None else self.content.to_json()
        return {"platform": self.platform, "space": self.space, "room": self.room, "content": content}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        content = None if data["content"] is None else Outgoing.from_json(data["content"])
        return cls(platform=data["platform"], space=data["space"], room=data["room"], content=content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin(_OfRoom):
    """A message that is to stand at the top of its room, or no longer; `message` as in Edit."""

    pinned: bool = True
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll(_OfRoom):
    """A question for a room, which the platform asks by itself where it can; else `drawn` is sent, with its buttons.

    `until` is when it is closed, by Kith if the platform doesn't.
    """

    question: Question
    drawn: Outgoing
    until: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        until = None if self.until is None else self.until.isoformat()
        packed = {"question": self.question.to_json(), "drawn": self.drawn.to_json(), "until": until}
        return {"platform": self.platform, "space": self.space, "room": self.room, **packed}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        until = None if data["until"] is None else datetime.fromisoformat(data["until"])
        question, drawn = Question.from_json(data["question"]), Outgoing.from_json(data["drawn"])
        return cls(**{**data, "question": question, "drawn": drawn, "until": until})


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClose(_OfRoom):
    """A poll on which nobody is to vote any more; `message` as in Edit, `own` says that the platform asks it itself."""

    message: str | None = None
    own: bool = False

    def bare(self) -> Edit:
        """Return what closes one that is drawn with buttons: they go."""
        return Edit(platform=self.platform, space=self.space, room=self.room, message=self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledEvent(_Plain):
    """A run to come, for the calendar of a space where its platform has one; one that isn't `shown` goes from it.

    `event` is what the platform calls it, None while it is written down; `starts_at` and `ends_at` are in ISO 8601.
    """

    platform: str
    space: str
    mirror: int  # the row of it
    title: str
    place: str
    starts_at: str
    ends_at: str
    shown: bool = True
    event: str | None = None

    @property
    def chat(self) -> str:
        """Return what keeps its own order: this event alone."""
        return f"event:{self.mirror}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion(_Plain):
    """A message in a room that is to go away: `message` is the platform's id of it."""

    platform: str
    space: str | None
    room: str | None
    message: str

    @property
    def chat(self) -> str:
        """Return what keeps its own order: this alone, so that waiting for its time holds nothing up."""
        return f"gone:{self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund(_Plain):
    """Stars that a person is to get back: `charge` is what the platform calls their payment."""

    platform: str
    to: str
    charge: str

    @property
    def chat(self) -> str:
        """Return what keeps its own order: this alone."""
        return f"refund:{self.charge}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleQuestion(_Plain):
    """Who has a role of a space is asked: the answer is in the Receipt."""

    platform: str
    space: str
    role: str

    @property
    def chat(self) -> str:
        """Return what keeps its own order: the questions about a role."""
        return f"role?{self.space}:{self.role}"


# What a platform can be asked to do.
Action = Outgoing | Poll | PollClose | Edit | Pin | RoleChange | ScheduledEvent | Deletion | Refund | RoleQuestion


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a platform says of an action that got through: what it calls the message or event, and a poll of its own."""

    message: str | None = None
    poll: str | None = None
    people: frozenset[str] | None = None  # who has the role that was asked about, None where nobody knows


def _pack(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        packed = {name: _pack(getattr(value, name)) for name in _kinds(type(value))}
        return {"type": type(value).__name__, **packed}
    if isinstance(value, list | tuple):
        return [_pack(each) for each in value]
    # JSON has no word for what isn't a number, and PostgreSQL takes none: it is as unknown as what is None.
    return None if isinstance(value, float) and not math.isfinite(value) else value


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    """Return the types of a dataclass's fields: maps have thousands of values, which must not look them up each."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _unpack(kind: Any, value: Any) -> Any:
    if isinstance(value, dict):
        if get_origin(kind) in (Union, UnionType):
            kind = next(each for each in get_args(kind) if getattr(each, "__name__", "") == value["type"])
        # What was written before a field came has its default.
        return kind(**{name: _unpack(hint, value[name]) for name, hint in _kinds(kind).items() if name in value})
    return tuple(_items(kind, value)) if isinstance(value, list) else value


def _items(kind: Any, values: list[Any]) -> Iterable[Any]:
    """Return the items of a tuple, by its type."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(each for each in get_args(kind) if get_origin(each) is tuple)
    each = get_args(kind)
    if _is_plain(kind):
        return values
    if len(each) == 2 and each[1] is Ellipsis:
        return map(tuple, values) if _is_plain(each[0]) else (_unpack(each[0], item) for item in values)
    return (_unpack(part, item) for part, item in zip(each, values, strict=True))


@cache
def _is_plain(kind: Any) -> bool:
    """Say whether a type is a tuple of numbers and texts."""
    if get_origin(kind) is not tuple:
        return False
    parts = (get_args(part) if get_origin(part) in (Union, UnionType) else (part,) for part in get_args(kind))
    return all(each in {int, float, str, bool, NoneType, Ellipsis} for some in parts for each in some)
