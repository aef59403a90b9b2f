"""Segments: who of a community is alike in how lately and how often they come, and in what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SEGMENTS = "segments"  # the kind of their snapshots
FEWEST = 30  # people among whom groups are looked for
YEAR = 365  # days of which somebody must have come on one, and of which value is summed up
QUARTER = 90  # days on which frequency is counted
AWAY = 30  # days without coming from which on somebody isn't about
NEW = 30  # days for which a face is new
REGULAR = 12  # days of a quarter: about one a week


class Worth(StrEnum):
    """What value is made of: the first that the books hold of enough people."""

    MONEY = "money"  # in minor units of one currency
    PAYMENTS = "payments"  # how many, where currencies can't be added
    SPENT = "spent"  # points
    EARNED = "earned"  # points


BOUGHT = (Worth.MONEY, Worth.PAYMENTS, Worth.SPENT)


class Segment(StrEnum):
    """A segment by its name, which says where its median member lies and so means the same every month."""

    NEW = "new"
    REGULAR_BUYERS = "regular_buyers"
    REGULARS = "regulars"
    QUIET_BUYERS = "quiet_buyers"
    OCCASIONAL = "occasional"
    DRIFTING = "drifting"
    LOST_BUYERS = "lost_buyers"
    GONE_QUIET = "gone_quiet"


def segment_of(*, recency: float, frequency: float, tenure: float, bought: bool) -> Segment:
    """Return the name of a group by its median member.

    They came last `recency` days ago, on `frequency` days of a quarter, are known for `tenure` days, and `bought`.
    """
    if recency > QUARTER:
        return Segment.LOST_BUYERS if bought else Segment.GONE_QUIET
    if recency > AWAY:
        return Segment.DRIFTING
    if tenure <= NEW:
        return Segment.NEW
    if frequency >= REGULAR:
        return Segment.REGULAR_BUYERS if bought else Segment.REGULARS
    return Segment.QUIET_BUYERS if bought else Segment.OCCASIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """In which segment a member is in a month, such as 2026-11, by which figures."""

    member_id: int
    month: str
    segment: str
    recency: int
    frequency: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFigures:
    """How many a segment has, its medians, and how surely it is found again (0 to 1)."""

    segment: Segment
    size: int
    recency: float
    frequency: float
    value: float
    stability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How many went from one segment to another."""

    before: Segment
    now: Segment
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsResult:
    """What a week found of `people` who came within a year, until a UTC day; no segments where no groups are stable.

    `moved` compares with the month `before`, which is empty where nothing is known of it. `aside` are the columns
    (recency, frequency, value) that don't tell segments apart, by which nobody was put into one.
    """

    until: int
    month: str
    people: int
    worth: Worth | None = None
    currency: str = ""
    segments: tuple[SegmentFigures, ...] = ()
    before: str = ""
    moved: tuple[Move, ...] = ()
    aside: tuple[str, ...] = ()
