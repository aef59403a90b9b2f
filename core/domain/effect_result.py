"""What was found out about activities: how much each changed, how sure that is, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.domain.effects import Design, Gain, Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was known on a day (UTC days since 1970): the estimate, and the interval that holds on any day."""

    day: int
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How much an activity changed: as a share (a holdout), people a day (a switchback); or what goes along with it.

    That is a share of weeks, of those who take part beside others like them, and no effect (a difference).

    `asked` and `held_out` count rows of person and run whose week is over, `waiting` those whose isn't; of a switchback
    they are blocks, of a difference people. `low` and `high` hold on any day, None where nothing bounds them yet;
    `fixed_low` and `fixed_high` hold at the planned end alone, of what came up to it; `e` is the evidence against no
    effect. `seen` is the smallest difference that could be seen, `weeks` how many more it would take until one of ten
    points could. `balanced` says that the arms are as big as the draw was to make them, `felt` that those held out seem
    to have felt what others got.
    """

    activity: int
    design: Design
    metric: Metric | Gain
    asked: int
    held_out: int
    runs: int
    waiting: int
    until: int
    estimate: float
    low: float | None
    high: float | None
    seen: float
    base: float = 0.0
    e: float = 1.0
    enough: bool = False
    weeks: int | None = None
    balanced: bool = True
    felt: bool = False
    planned_end: int | None = None
    fixed_low: float | None = None
    fixed_high: float | None = None
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectsResult:
    """What is known of every activity that measures something; `harmful` are those that are believed to do harm."""

    measured: tuple[Measured, ...] = ()
    harmful: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a season's trial decided before its start, as the comparison needs it."""

    season: int
    began: int
    share: float
    planned: int
    theta: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldoutInput:
    """Rows of person and run: who, in which run and season, held out or not, when their week was over, what came of it.

    An outcome is NaN while it isn't known. `seasons` are the trials, the first first.
    """

    activity: int
    metric: Metric | Gain
    today: int
    seasons: tuple[Planned, ...]
    member: tuple[int, ...]
    run: tuple[int, ...]
    season: tuple[int, ...]
    held_out: tuple[bool, ...]
    closed: tuple[int, ...]
    before: tuple[float, ...]
    outcome: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchbackInput:
    """Days from the first block on, one outcome each, and whether each whole block had the activity."""

    activity: int
    metric: Metric
    today: int
    length: int
    wash_out: int
    days: tuple[float, ...]
    active: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceInput:
    """In which weeks before and after an activity's start each member was active, and since which they take part.

    Weeks are numbered from the first one, `start` is the first with the activity; who never took part has None.
    """

    activity: int
    metric: Metric
    today: int
    start: int
    weeks: int
    since: tuple[int | None, ...]
    active: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectsInput:
    """All that a night's comparison is given, in plain data; `ties` are who addressed whom how often lately."""

    holdouts: tuple[HoldoutInput, ...]
    switchbacks: tuple[SwitchbackInput, ...]
    differences: tuple[DifferenceInput, ...] = ()
    ties: tuple[tuple[int, int, float], ...]
