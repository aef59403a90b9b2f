"""What is found of who comes back, and what it is worked out from: plain data, kept by day."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.stays import DaysOf, Stays

OF = ("joined", "wrote")  # whose first day begins a stay: everybody's who joined, or that of the first message
EVENTS = ("present", "wrote", "took_part", "opened")  # what counts as coming back
PERIODS = ("week", "month")
KINDS = ("bounded", "rolling", "bracket")
DAYS = (1, 7, 30)
LATELY = 90  # days of comings that a funnel looks at, beside all there are
TRIED = 14  # days in which a newcomer writes, is answered and comes back, or doesn't
SILENT = 30  # days without a sign from which on somebody counts as silent


def _ints() -> array[int]:
    return array("q")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionInput:
    """A community's stays and what is told beside them; `today` has begun and doesn't count.

    `tiers` and `sources` are by the ids of members, as is the circle of `first_circles`, with the day since which they
    were in it; `leavings_since` is the day from which on leavings are told.
    """

    today: int
    stays: Stays
    took_part: DaysOf = field(default_factory=DaysOf)
    opened: DaysOf = field(default_factory=DaysOf)
    answered: DaysOf = field(default_factory=DaysOf)
    sources: Mapping[int, str] = field(default_factory=dict)
    tiers: Mapping[int, int] = field(default_factory=dict)
    first_circles: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    leavings_since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of some people, with the ends of its 95 % interval; no share where there is nobody."""

    count: int = 0
    of: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortTable:
    """Who came back, by the period in which their stay began (rows) and the days since then (columns).

    `starts` are first days of cohorts, `firsts` and `lasts` the first and last day on which somebody of it came.
    `back` counts people, row by row. `mean` is over cohorts for all of whom a column has ended.
    """

    of: str
    event: str
    by: str
    kind: str
    spans: tuple[tuple[int, int], ...] = ()
    starts: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    firsts: tuple[int, ...] = ()
    lasts: tuple[int, ...] = ()
    back: tuple[tuple[int, ...], ...] = ()
    mean: tuple[Share, ...] = ()

    def begun(self, row: int, column: int, until: int) -> bool:
        """Say whether somebody of a cohort has come to the days of a column."""
        return self.firsts[row] + self.spans[column][0] <= until

    def running(self, row: int, column: int, until: int) -> bool:
        """Say whether the days of a column have begun for some of a cohort and not ended for all."""
        return self.begun(row, column, until) and self.lasts[row] + self.spans[column][1] > until

    def shares(self, row: int, until: int) -> list[float | None]:
        """Return a cohort's shares, None where those days haven't begun."""
        return [self.share(row, column, until) for column in range(len(self.spans))]

    def share(self, row: int, column: int, until: int) -> float | None:
        """Return the share that came back, None where those days haven't begun."""
        return self.back[row][column] / self.sizes[row] if self.begun(row, column, until) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShare:
    """Who came back on a day after their first (bounded), or then or later (rolling)."""

    of: str
    event: str
    day: int
    bounded: Share
    rolling: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """Who of a group, by `what` (source, tier or circle) and its name, was there on their day 30 or later."""

    what: str
    name: str
    rolling: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long people stay: a Kaplan–Meier curve over days, at each on which somebody went, and the last.

    Those who `joined` go when they leave, those who `wrote` when they fall silent. `late` of the `people` came under
    observation after they had come; `unseen` had gone before, and `broken_dates` left before they came: these are left
    out. `broken` is as in `core.analysis.survival`, `median` the day by which half have gone, and its interval. On the
    day `watched` five or more were under observation for the last time.
    """

    of: str
    people: int = 0
    gone: int = 0
    late: int = 0
    unseen: int = 0
    broken_dates: int = 0
    broken: bool = False
    watched: int = 0
    days: tuple[int, ...] = ()
    at_risk: tuple[int, ...] = ()
    events: tuple[int, ...] = ()
    share: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    median: tuple[float | None, float | None, float | None] = (None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """From coming to the second week, of those who came at least two weeks before the end and since the day `since`.

    Each step counts those who took the ones before it too, all within two weeks of their first day. `written` and
    `heard` are the medians of the days from coming to the first message, and from there to the first answer.
    `back_unheard` counts those of `wrote` whom nobody answered and who came back all the same.
    """

    of: str
    lately: bool
    since: int
    came: int = 0
    wrote: int = 0
    answered: int = 0
    back: int = 0
    back_unheard: int = 0
    written: float | None = None
    heard: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionResult:
    """Everything that is found in a night; it names nobody.

    `since` is the first day of which the books hold a sign, `until` the last day, `people` those whom Kith serves.
    `joined` and `wrote` count whose coming or first message is in between. `early` came before and are in neither: what
    they did first is in no books; `ahead` joined after the end. `returned` is of whoever first wrote before the last
    month: who wrote in the calendar month after their first.
    """

    since: int
    until: int
    people: int
    joined: int
    wrote: int
    early: int = 0
    ahead: int = 0
    returned: Share = field(default_factory=Share)
    tables: tuple[CohortTable, ...] = ()
    days: tuple[DayShare, ...] = ()
    groups: tuple[GroupShare, ...] = ()
    stays: tuple[Stay, ...] = ()
    steps: tuple[Steps, ...] = ()

    def table(self, of: str, event: str, by: str, kind: str) -> CohortTable | None:
        """Return a table, None where nobody's stay begins so."""
        wanted = (of, event, by, kind)
        return next((each for each in self.tables if (each.of, each.event, each.by, each.kind) == wanted), None)

    def began(self) -> str:
        """Return how stays are told to begin: by joining where the books hold that of most who wrote or joined."""
        return "joined" if self.joined and self.joined >= self.wrote / 2 else "wrote"

    def stay(self, of: str) -> Stay:
        """Return how long people stay."""
        return next(each for each in self.stays if each.of == of)
