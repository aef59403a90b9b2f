"""What a community does on a schedule: activities as moderators set them up, their runs, and what they are asked."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from core.domain.audience import Audience
from core.domain.errors import BadInput
from core.domain.people import folded
from core.domain.schedule import Schedule

EVERYBODY = Audience()
CHANGES = "changes"  # among an activity's settings: how often its schedule became another
MOVES = "moves"  # in a run's detail: how often it was moved
AT_ONCE = 50  # activities of a community that aren't stopped
FREEZE = 7  # runs in a row after which one may be missed again


class State(StrEnum):
    """Whether an activity runs; a draft was never started."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


class Phase(StrEnum):
    """How far a run is."""

    MOVED = "moved"  # begins at another time than its slot's
    OPEN = "open"
    OVER = "over"
    SKIPPED = "skipped"
    UNDONE = "undone"  # taken back by a moderator: nobody took part in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An activity as moderators set it up: of which `kind`, where, when, for whom.

    `number` is what people of the community call it by; `id` nobody sees. `settings` is what they gave, by the names
    of the kind's fields, as plain data. `account_id` is who set it up, and `trouble` the key of why it paused by
    itself, or empty.
    """

    id: int
    community_id: int
    kind: str
    space_id: int
    room_id: int | None
    schedule: Schedule
    created_at: datetime
    settings: Mapping[str, Any] = field(default_factory=dict)
    audience: Audience = EVERYBODY
    state: State = State.DRAFT
    account_id: int | None = None
    trouble: str = ""
    number: int = 0

    @property
    def subject(self) -> str:
        """Return what its tasks are about."""
        return f"activity:{self.id}"


@dataclass(slots=True, kw_only=True)
class Run:
    """One time of an activity; `values` are its settings as its kind reads them, `detail` what the run remembers.

    `due_at` is when it was to begin, `ends_at` when nobody can take part any more, None where nobody can anyway.
    """

    id: int
    activity: Activity
    slot: str
    due_at: datetime
    phase: Phase = Phase.OPEN
    began_at: datetime | None = None
    ends_at: datetime | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what its posts and those who took part are found by."""
        return run_name(self.id)


def run_name(run_id: int) -> str:
    """Return the name of the run with an id."""
    return f"run:{run_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(ABC):
    """Something that a kind of activity asks of whoever sets it up; `read` raises BadInput with what was expected.

    Its words are `activity-field-<name>`.
    """

    name: str
    default: Any = ""

    @abstractmethod
    def read(self, raw: str) -> Any:
        """Return the value that `raw` means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """Words in one piece; without a default they must be given."""

    limit: int = 500

    def read(self, raw: str) -> str:
        """Return the words; raise BadInput where there are none or too many."""
        text = raw.strip()
        if not text or len(text) > self.limit:
            raise BadInput("error-activity-text", limit=self.limit)
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Field):
    """Several texts, a line each, or with | between them; a `bank` may come as a table too, a row each."""

    default: tuple[str, ...] | None = ()
    limit: int = 300
    least: int = 1
    most: int = 500
    bank: bool = False
    columns: ClassVar[tuple[str, ...]] = ("question",)  # that a table must have

    def from_row(self, row: Mapping[str, str]) -> str:
        """Return the line that a row of a table means; raise BadInput where it means none."""
        text = " ".join(row["question"].split())
        if not text or "|" in text or len(text) > self.limit:
            raise BadInput("bank-question", limit=self.limit)
        return text

    def read(self, raw: str) -> list[str]:
        """Return the texts without repeats; raise BadInput where there are none, too many, or one is too long."""
        lines = dict.fromkeys(" ".join(each.split()) for each in raw.replace("|", "\n").splitlines())
        lines.pop("", None)
        if not self.least <= len(lines) <= self.most:
            raise BadInput("error-activity-lines", least=self.least, most=self.most)
        if long := next((each for each in lines if len(each) > self.limit), None):
            raise BadInput("error-activity-line-long", limit=self.limit, given=long[:40])
        return list(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Field):
    """A whole number, from `low` to `high`; `offers` are shown as buttons."""

    default: int = 0
    low: int = 0
    high: int = 100
    offers: tuple[int, ...] = ()

    def read(self, raw: str) -> int:
        """Return the number; raise BadInput for another."""
        text = raw.strip()
        if not (text.isdecimal() and self.low <= int(text[:9]) <= self.high and len(text) < 10):
            raise BadInput("error-activity-number", low=self.low, high=self.high)
        return int(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of some words; each has the key `activity-choice-<word>`."""

    options: tuple[str, ...] = ("no", "yes")
    default: str = "no"

    def read(self, raw: str) -> str:
        """Return the word; raise BadInput for another."""
        wanted = folded(raw)
        if wanted not in self.options:
            raise BadInput("error-activity-choice", options=self.options)
        return wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Text):
    """An address on the web."""

    def read(self, raw: str) -> str:
        """Return the address; raise BadInput for what is none."""
        return link(raw, self.limit)


def link(raw: str, limit: int = 500) -> str:
    """Return an address on the web as it was given; raise BadInput for what is none."""
    text = raw.strip()
    if len(text) > limit or not _LINK.fullmatch(text):
        raise BadInput("error-activity-link")
    return text


POINTS = Number(name="points", default=5, high=500, offers=(0, 5, 10, 20))
HOURS = Number(name="hours", default=12, low=1, high=24 * 28, offers=(1, 6, 12, 24, 72))
LEAD = Number(name="lead", default=24, high=24 * 28, offers=(1, 24, 48, 168))  # hours from a run's begin to its start
_LINK = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)


def starts_at(values: Mapping[str, Any], begin: datetime) -> datetime:
    """Return when what a run announces at its `begin` starts: at once, but for kinds that ask for a lead."""
    return begin + timedelta(hours=int(values.get(LEAD.name, 0)))


def streak(took: Sequence[bool]) -> int:
    """Return how many runs in a row somebody took part in, the newest first in `took`.

    One missed run doesn't end a streak, and another doesn't after seven in a row.
    """
    length, since = 0, FREEZE
    for there in reversed(took):
        if there:
            length, since = length + 1, since + 1
        elif length and since >= FREEZE:
            since = 0
        else:
            length, since = 0, FREEZE
    return length
