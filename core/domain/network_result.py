"""What the analysis of a community finds.

It is written down as plain data, pairs and rows as lists; a field that is added has a default, so that what was written
before is still read. `at` is a person's place in `members`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

CIRCLES = "circles"  # as what a Baseline is kept
ENOUGH = 5  # people below whom a figure could give one of them away


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Figures of the whole; None where there is too little to say."""

    nodes: int
    ties: int
    weight: float
    reciprocity: float | None  # share of ties that are answered
    components: int
    modularity: float | None
    decentralisation: float | None  # 0 all hangs on one person, 1 on nobody more than others
    fragmentation: float | None  # share of pairs whom no chain of ties joins
    gini: float | None  # of what members address to others: 0 all alike, 1 one does it all


@dataclass(frozen=True, slots=True, kw_only=True)
class Week(Health):
    """Figures of the four weeks up to a day, and how newcomers were received; `wait` is in days."""

    day: int
    newcomers: int
    answered: float | None
    wait: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How far a figure of the newest week lies from the weeks before."""

    figure: str
    before: float  # mean of the earlier weeks
    now: float
    strength: float  # in standard deviations of the earlier weeks, with its sign


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleFigures:
    """A circle: `before` is its size a week ago, `born` a day, `people` the places of those by whom it is known."""

    id: int
    size: int
    cohesion: float
    born: int
    before: int | None = None
    rooms: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    colour: int | None = None

    @property
    def few(self) -> bool:
        """Say whether a figure about the circle could give one of its people away."""
        return self.size < ENOUGH


class Merger(NamedTuple):
    """Into which circle others went, itself among them."""

    into: int
    of: tuple[int, ...]


class Split(NamedTuple):
    """Into which circles one came apart."""

    of: int
    into: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleChanges:
    """What became of the circles of a week ago, by their ids."""

    born: tuple[int, ...]
    died: tuple[int, ...]
    merged: tuple[Merger, ...]
    split: tuple[Split, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """Whom many addressed."""

    at: int
    people: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgePerson:
    """Who joins circles."""

    at: int
    circles: int
    participation: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcomer:
    """Who answered newcomers first; `days` is the median wait."""

    at: int
    newcomers: int
    share: float
    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rising:
    """Whose share of attention grew."""

    at: int
    people: int
    before: float
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPeople:
    """Who stands out, of those about whom figures by name are wanted."""

    hubs: tuple[Hub, ...] = ()
    bridges: tuple[BridgePerson, ...] = ()
    welcomers: tuple[Welcomer, ...] = ()
    rising: tuple[Rising, ...] = ()


class Share(NamedTuple):
    """A person, and a share."""

    at: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What would be lost with a person: a share of all ties, those cut off, and who could step in for how much."""

    at: int
    share: float
    cut_off: tuple[int, ...] = ()
    successors: tuple[Share, ...] = ()


class Waiting(NamedTuple):
    """A newcomer without an answer, and when they first wrote, in days since 1970."""

    at: int
    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers:
    """Who came in the last 30 days: how many, how many of them wrote, and who has had no answer, the newest first."""

    came: int = 0
    wrote: int = 0
    unanswered: tuple[Waiting, ...] = ()


class Between(NamedTuple):
    """How many people join two circles, by the circles' ids."""

    one: int
    other: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnnamedBridges:
    """How many people join circles, between which most do, and the share of ties at the first ten together."""

    people: int
    between: tuple[Between, ...] = ()
    share: float | None = None


class RoomPeople(NamedTuple):
    """How many people write in a room, by its id."""

    room: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnnamedWaiting:
    """How long newcomers have waited, the median in days, and in which rooms."""

    days: int
    rooms: tuple[RoomPeople, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """What can be said without names; nothing in a snapshot of an earlier version."""

    bridges: UnnamedBridges | None = None
    waiting: UnnamedWaiting | None = None
    pairs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two who ought to meet: through whom, and how alike their rooms are."""

    one: int
    other: int
    through: tuple[int, ...]
    alike: float


class Place(NamedTuple):
    """Where a person stands on the map; `circle` is a place in the map's circles."""

    at: int
    x: float
    y: float
    size: float
    circle: int


class CircleSize(NamedTuple):
    """A circle on the map, by its id."""

    id: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """Where everybody stands; `ties` are (one, other, strength) by places in `people`, `cloud` (x, y, circle)."""

    people: tuple[Place, ...] = ()
    ties: tuple[tuple[int, int, float], ...] = ()
    cloud: tuple[tuple[float, float, int], ...] = ()
    circles: tuple[CircleSize, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TooFew:
    """How many ties there are, and how many it takes to tell circles."""

    ties: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What stood in the way of a result."""

    too_few_ties: TooFew | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How bridging was found."""

    method: str
    error: float
    doubt: float
    day: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeWith:
    """What made figures, besides the ties."""

    weight: str
    half_life: float | None
    day: float | None
    damping: float
    seed: int
    ties_needed: int
    bridging: Sampling


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters(MadeWith):
    """What made a snapshot: `window` and `newcomer` are days."""

    window: int
    newcomer: int


class Most(NamedTuple):
    """Whom most people addressed, and how many that were."""

    at: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkResult:
    """What commands say of a community's ties on the newest day that was counted.

    `members` are the ids of those whom it speaks of, None for who was erased since. Health is of all ties, its trend of
    the 28 days before each week's end.
    """

    until: int
    people: int
    named: int
    tied: int
    hub: Most | None
    bridge: Share | None
    circles: tuple[CircleFigures, ...]
    changes: CircleChanges
    health: Health
    weeks: tuple[Week, ...]
    changed: tuple[Change, ...]
    key: KeyPeople
    risk: tuple[Risk, ...]
    newcomers: Newcomers
    connect: tuple[Pair, ...]
    map: Map
    notes: Notes
    parameters: Parameters
    members: tuple[int | None, ...]
    unnamed: Unnamed = Unnamed()
    wrote: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What snapshots to come compare theirs with: who was in which circle (0: none), by the circle's id."""

    until: int
    members: tuple[int | None, ...]
    circle: tuple[int, ...]
    circles: tuple[CircleFigures, ...]
    next_circle: int
    weeks: tuple[Week, ...]
    since: int | None = None  # the day of the oldest tie of which the ages of circles tell


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFigures:
    """Figures of everybody, in the order of the baseline's members."""

    pagerank: tuple[float, ...]
    in_degree: tuple[int, ...]
    out_degree: tuple[int, ...]
    bridging: tuple[float, ...]
    core: tuple[int, ...]
    clustering: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a run found: what is said, what later runs compare with, and what the next goes on from.

    `figures` are there where everybody's were asked for.
    """

    result: NetworkResult
    baseline: Baseline
    checkpoint: bytes = b""
    figures: MemberFigures | None = None
