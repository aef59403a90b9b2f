"""What the analysis of a community is given: plain data, so that it can go to another process."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from core.domain.network_result import Baseline

WINDOW = 28  # days that the figures of a community's health look back
NEWCOMER = 30  # days since somebody came, for whom they count as new


def _ints() -> array[int]:
    return array("q")


def _floats() -> array[float]:
    return array("d")


@dataclass(frozen=True, slots=True)
class TieRows:
    """Who addressed whom on which day and how often: one entry a row, people by the ids of members."""

    source: array[int] = field(default_factory=_ints)
    target: array[int] = field(default_factory=_ints)
    day: array[int] = field(default_factory=_ints)
    weight: array[float] = field(default_factory=_floats)

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class Talk:
    """What else is known of a time: replies and mentions (`source`, `target`, `at`), who first wrote, who wrote where.

    Times are days since 1970. `wrote` are (member, room, messages) in three columns, `first` (member, time) in two.
    """

    source: array[int] = field(default_factory=_ints)
    target: array[int] = field(default_factory=_ints)
    at: array[float] = field(default_factory=_floats)
    first: array[int] = field(default_factory=_ints)
    first_at: array[float] = field(default_factory=_floats)
    wrote: array[int] = field(default_factory=_ints)
    wrote_room: array[int] = field(default_factory=_ints)
    wrote_messages: array[float] = field(default_factory=_floats)


@dataclass(frozen=True, slots=True)
class NetworkInput:
    """A community's people and their ties; people are ids of members, days and times count from 1970.

    `people` are those who have a part in it, the oldest first; `labels` says what each may be called on the map ("" for
    those who may not be named), `named` about whom figures by name are wanted, `joined` when each came (NaN: unknown).

    `ties` and `talk` are all there is, or, with `checkpoint`, what came since the run that left it; `leaving` are
    then the ties of the days that have passed out of the last four weeks since.
    """

    today: int
    until: int  # the newest day that is counted
    people: array[int] = field(default_factory=_ints)
    labels: list[str] = field(default_factory=list)
    named: array[int] = field(default_factory=_ints)
    joined: array[float] = field(default_factory=_floats)
    ties: TieRows = field(default_factory=TieRows)
    talk: Talk = field(default_factory=Talk)
    leaving: TieRows = field(default_factory=TieRows)
    checkpoint: bytes | None = None
    yesterday: Baseline | None = None  # the circles of the newest earlier snapshot
    last_week: Baseline | None = None  # those of the one a week or more before this
