"""What members are over time: newly active, consistently active, paused, disengaged and so on.

A window of days moves on by one day, and each member is in some of the states in each window. The states and
their thresholds are those of the field's reference, TogetherCrew's engagement assessment (tc-core-analyzer-lib
1.3.1): the same interactions give the same sets. Where its rule is not the obvious one, the rule's docstring
says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core.analysis.ties import Ints

Flags = npt.NDArray[np.bool_]  # windows x members
Narrow = npt.NDArray[np.int32]

STATES = (
    "joined",
    "active",
    "connected",
    "consistently_active",
    "vital",
    "newly_active",
    "still_active",
    "dropped",
    "paused",
    "unpaused",
    "returned",
    "newly_disengaged",
    "disengaged",
    "disengaged_in_past",
    "disengaged_were_vital",
    "disengaged_were_consistently_active",
    "disengaged_were_newly_active",
    "lurker",
    "about_to_disengage",
)
_BIT = {name: np.uint32(1 << i) for i, name in enumerate(STATES)}
_CELLS = 1 << 22  # rows x days looked at together, which bounds the memory


@dataclass(frozen=True)
class Thresholds:
    """From when on a member is what; a *period* is one window length, periods back don't overlap."""

    window: int = 7  # days in a window
    interactions: int = 1  # interactions in a window, given and got, to be active
    people: int = 1  # ties in a window, given and got, to be active; one both ways counts twice
    tie_strength: int = 5  # interactions in a window for a tie to count for connected
    strong_ties: int = 5  # such ties, given and got, of which a connected member has *more*
    consistent_periods: int = 4  # periods looked at for consistently active
    consistent_times: int = 3  # of them active
    vital_periods: int = 4  # periods looked at for vital
    vital_times: int = 3  # of them connected
    still_periods: int = 2  # periods since newly active, looked at for still active
    still_times: int = 2  # of them active
    dropped_periods: int = 2  # periods looked back for newly active
    dropped_idle: int = 1  # periods without activity since
    paused_periods: int = 1  # periods paused before a member is disengaged

    def __post_init__(self) -> None:
        if min(vars(self).values()) < 1:
            raise ValueError("every threshold is at least 1")


@dataclass(frozen=True, eq=False)
class Interactions:
    """Who did how much towards whom on which day, one entry a row; days count from 0.

    A row whose source is its target is something done towards nobody, such as a message on its own. `joined`
    is the day each member joined, -1 where nothing says it.
    """

    names: Sequence[str]
    days: int
    day: Ints
    source: Ints
    target: Ints
    count: Ints
    kind: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    kinds: Sequence[str] = ()
    joined: Ints = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass(frozen=True, eq=False)
class States:
    """The states of each member in each window; window i has the days i to i + length - 1."""

    names: Sequence[str]
    thresholds: Thresholds
    bits: npt.NDArray[np.uint32]  # windows x members, one bit a state

    def __len__(self) -> int:
        return len(self.bits)

    def of(self, state: str) -> Flags:
        """Return who is in `state`, windows x members."""
        return np.asarray(self.bits & _BIT[state] != 0, np.bool_)

    def members(self, state: str, window: int) -> list[str]:
        """Return the names in `state` in a window."""
        return [self.names[i] for i in np.flatnonzero(self.bits[window] & _BIT[state]).tolist()]

    def counts(self, state: str) -> Ints:
        """Return how many members are in `state`, by window."""
        return np.asarray(np.count_nonzero(self.of(state), axis=1), np.int64)


def states(
    interactions: Interactions,
    thresholds: Thresholds | None = None,
    *,
    only_given: Sequence[str] = (),
    only_got: Sequence[str] = (),
) -> States:
    """Return the states of each member in each window of the interactions' days.

    Of kinds in `only_given` what a member got does not count towards `interactions`, of those in `only_got`
    what it gave; ties count for both ends all the same.
    """
    thresholds = thresholds or Thresholds()
    windows = max(interactions.days - thresholds.window + 1, 0)
    size = len(interactions.names)
    bits = np.zeros((windows, size), np.uint32)
    joined = _joins(interactions, thresholds.window)
    ends = _ends(interactions, only_given, only_got)
    for low, high in _blocks(ends, size, max(interactions.days, 1)) if windows else ():
        active, connected = _presence(ends, (low, high), interactions.days, thresholds)
        # By windows from here on: the rules look back in time.
        by_window = np.ascontiguousarray(active.T), np.ascontiguousarray(connected.T)
        block = np.zeros((windows, high - low), np.uint32)
        for name, flags in _History(thresholds, *by_window, joined[low:high]).all():
            np.bitwise_or(block, _BIT[name], out=block, where=flags)
        bits[:, low:high] = block
    return States(interactions.names, thresholds, bits)


@dataclass(frozen=True, eq=False)
class _End:
    """The rows from one end, source or target: sorted by that member, then by the other, then by day."""

    member: Narrow
    other: Narrow
    day: Narrow
    count: Narrow
    counted: Narrow  # what of the count goes towards the member's interactions
    starts: Ints  # place of each member's first row, and the end

    def of(self, low: int, high: int) -> _End:
        """Return the rows of some members, who are numbered from 0."""
        rows = slice(self.starts[low], self.starts[high])
        columns = self.other[rows], self.day[rows], self.count[rows], self.counted[rows]
        return _End(self.member[rows] - np.int32(low), *columns, self.starts[low : high + 1])


def _ends(given: Interactions, only_given: Sequence[str], only_got: Sequence[str]) -> tuple[_End, _End]:
    names = np.array([*given.kinds, ""])
    kind = given.kind if len(given.kind) else np.full(len(given.day), -1)
    # As in the reference, a kind in both lists counts at both ends.
    at_source = ~np.isin(names, only_got) | np.isin(names, only_given)
    at_target = ~np.isin(names, only_given) | np.isin(names, only_got)
    size, days, rows = len(given.names), given.days, np.flatnonzero(given.count)

    def sorted_by(member: Ints, other: Ints, counted: Flags) -> _End:
        order = rows[np.argsort((member[rows] * size + other[rows]) * days + given.day[rows])]
        # Half the width is enough, and these are the largest arrays there are.
        count = given.count[order].astype(np.int32)
        parts = member[order].astype(np.int32), other[order].astype(np.int32), given.day[order].astype(np.int32)
        starts = np.concatenate([[0], np.cumsum(np.bincount(parts[0], minlength=size))])
        return _End(*parts, count, count * counted[kind[order]], starts)

    return sorted_by(given.source, given.target, at_source), sorted_by(given.target, given.source, at_target)


def _blocks(ends: tuple[_End, _End], size: int, days: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of members with about as many cells, rows x days and members x days, as fit together."""
    rows = sum(np.diff(end.starts) for end in ends)
    filled = np.cumsum(np.maximum(rows, 1))
    low = 0
    while low < size:
        before = int(filled[low - 1]) if low else 0
        high = int(np.searchsorted(filled, before + max(_CELLS // days, 1), side="right"))
        high = max(high, low + 1)
        yield low, high
        low = high


def _presence(
    ends: tuple[_End, _End], block: tuple[int, int], days: int, thresholds: Thresholds
) -> tuple[Flags, Flags]:
    """Return which of the block's members are active and which connected, members x windows.

    Active: enough interactions and enough ties. A row towards nobody is given and got, and counts twice in
    both. Connected: *more than* `strong_ties` ties of enough strength, given and got. So in the reference.
    """
    low, high = block
    windows = days - thresholds.window + 1
    amount = np.zeros((high - low) * days)
    people = np.zeros((high - low, windows), np.int64)
    strong = np.zeros((high - low, windows), np.int32)
    for end in ends:
        part = end.of(low, high)
        if not len(part.member):
            continue
        amount += np.bincount(part.member * days + part.day, weights=part.counted, minlength=len(amount))
        first = np.concatenate([[True], (np.diff(part.member) != 0) | (np.diff(part.other) != 0)])
        people += _ties_in_windows(part, first, people.shape, thresholds.window)
        _add_strong(strong, part, first, (low, days), thresholds)
    total = _rolled(amount.reshape(high - low, days), thresholds.window)
    return (total >= thresholds.interactions) & (people >= thresholds.people), strong > thresholds.strong_ties


def _ties_in_windows(part: _End, first: Flags, shape: tuple[int, int], window: int) -> Ints:
    """Return how many others each member has a row with, members x windows.

    A row shows in the windows that have its day; each pair's rows, by day, add only the windows that the one
    before does not reach, and each such stretch is one step up at its start and one down after its end.
    """
    size, windows = shape
    until = np.minimum(part.day, windows - 1)
    reached = np.concatenate([[-1], until[:-1]])
    reached[first] = -1
    since = np.maximum(part.day - window + 1, reached + 1)
    new = since <= until
    member, since, until = part.member[new], since[new], until[new]
    width, cells = windows + 1, size * (windows + 1)
    steps = np.bincount(member * width + since, minlength=cells)
    steps -= np.bincount(member * width + until + 1, minlength=cells)
    return np.asarray(np.cumsum(steps.reshape(size, width), axis=1)[:, :windows], np.int64)


def _add_strong(
    strong: npt.NDArray[np.int32], part: _End, first: Flags, at: tuple[int, int], thresholds: Thresholds
) -> None:
    """Add each member's ties of enough strength, members x windows; few pairs can have one at all."""
    low, days = at
    pair = np.cumsum(first) - 1
    able = np.bincount(pair, weights=part.count) >= thresholds.tie_strength
    able &= part.member[first] + low != part.other[first]
    rows = np.flatnonzero(able[pair])
    if not len(rows):
        return
    number = (np.cumsum(able) - 1)[pair[rows]]
    sums = _by_day(number, part.day[rows], part.count[rows], days)
    firm = _rolled(sums, thresholds.window) >= thresholds.tie_strength
    whose = part.member[first][able]
    starts = np.flatnonzero(np.concatenate([[True], np.diff(whose) != 0]))
    strong[whose[starts]] += np.add.reduceat(firm.astype(np.int32), starts, axis=0)


def _by_day(row: Ints, day: Narrow, count: Narrow, days: int) -> npt.NDArray[np.float64]:
    size = int(row[-1]) + 1
    sums = np.bincount(row * days + day, weights=count, minlength=size * days)
    return np.asarray(sums.reshape(size, days), np.float64)


def _rolled(by_day: npt.NDArray[np.float64], window: int) -> npt.NDArray[np.float64]:
    """Return sums over the days of each window: anything x days to anything x windows."""
    total = np.cumsum(by_day, axis=1)
    total[:, window:] -= total[:, :-window].copy()
    return np.asarray(total[:, window - 1 :], np.float64)


def _joins(given: Interactions, window: int) -> Ints:
    """Return the window in which each member joined, -1 for none: the first to have the day as its newest."""
    if not len(given.joined):
        return np.full(len(given.names), -1, np.int64)
    return np.where(given.joined < 0, -1, np.maximum(given.joined - window + 1, 0))


@dataclass(frozen=True, eq=False)
class _History:
    """The rules, each for all windows of some members at once; flags are windows x members."""

    thresholds: Thresholds
    active: Flags
    connected: Flags
    joined_at: Ints

    def all(self) -> Iterator[tuple[str, Flags]]:
        """Yield each state with who is in it."""
        chain = self._chain()
        newly, consistent, vital = chain["newly_active"], self._consistent(), self._vital()
        yield "active", self.active
        yield "connected", self.connected
        yield "consistently_active", consistent
        yield "vital", vital
        yield "still_active", self._still(newly)
        yield "dropped", self._dropped(newly)
        yield from chain.items()
        yield from self._before(chain["newly_disengaged"], newly, consistent, vital)
        yield "about_to_disengage", chain["paused"] & ~consistent
        joined = np.arange(len(self.active))[:, None] == self.joined_at
        yield "joined", joined
        yield "lurker", self._lurkers(joined, newly)

    def _consistent(self) -> Flags:
        """Return who was active in enough of the last periods, once there were enough periods."""
        rule = self.thresholds
        times = _times(self.active, rule.consistent_periods, rule.window)
        return _from((times >= rule.consistent_times), (rule.consistent_times - 1) * rule.window)

    def _vital(self) -> Flags:
        """Return who was connected in enough of the last periods; it takes one period more than consistent."""
        rule = self.thresholds
        times = _times(self.connected, rule.vital_periods, rule.window)
        return _from((times >= rule.vital_times), rule.vital_times * rule.window)

    def _still(self, newly: Flags) -> Flags:
        """Return who was newly active some periods ago and has been active often enough since."""
        rule = self.thresholds
        lag = rule.still_periods * rule.window
        often = _times(self.active, rule.still_periods, rule.window) >= rule.still_times
        return often & _shifted(newly, lag)

    def _dropped(self, newly: Flags) -> Flags:
        """Return who was newly active and then not active.

        The reference looks for newly active from the window of yesterday back, for active from today's.
        """
        rule = self.thresholds
        came = _times(_shifted(newly, 1), rule.dropped_periods, rule.window) > 0
        idle = _times(self.active, rule.dropped_idle, rule.window) == 0
        return _from(came & idle, rule.dropped_periods * rule.window)

    def _chain(self) -> dict[str, Flags]:
        """Return the states that follow from those one period ago, a period's windows at a time."""
        names = ("newly_active", "paused", "unpaused", "returned", "newly_disengaged", "disengaged")
        now = {name: np.zeros_like(self.active) for name in (*names, "disengaged_in_past")}
        step = self.thresholds.window
        now["newly_active"][:step] = self.active[:step]
        for start in range(step, len(self.active), step):
            here = slice(start, min(start + step, len(self.active)))
            self._step(now, here, slice(here.start - step, here.stop - step))
        return now

    def _step(self, now: dict[str, Flags], here: slice, ago: slice) -> None:
        active, was = self.active[here], {name: flags[ago] for name, flags in now.items()}
        away = was["paused"] | was["disengaged"] | was["unpaused"] | self.active[ago]
        now["newly_active"][here] = active & ~away
        now["unpaused"][here] = was["paused"] & active
        now["returned"][here] = was["disengaged"] & active
        paused = ((self.active[ago] & ~active) | was["paused"]) & ~now["unpaused"][here]
        gone = paused & self._long_paused(now["paused"], here)
        now["newly_disengaged"][here] = gone
        now["disengaged"][here] = (gone | was["disengaged"]) & ~now["returned"][here]
        now["disengaged_in_past"][here] = now["disengaged"][here] & ~gone
        now["paused"][here] = paused & ~now["disengaged"][here]

    def _long_paused(self, paused: Flags, here: slice) -> Flags:
        """Return who was paused in each of the last periods before this one."""
        step = self.thresholds.window
        result = np.ones_like(paused[here])
        for back in range(1, self.thresholds.paused_periods + 1):
            start = here.start - back * step
            result &= paused[start : start + len(result)] if start >= 0 else False
        return result

    def _before(self, gone: Flags, newly: Flags, consistent: Flags, vital: Flags) -> Iterator[tuple[str, Flags]]:
        """Yield what the newly disengaged were before they paused: each is counted once, in this order."""
        lag = (self.thresholds.paused_periods + 1) * self.thresholds.window
        rest = gone
        for name, were in (("vital", vital), ("consistently_active", consistent), ("newly_active", newly)):
            found = rest & _shifted(were, lag)
            yield f"disengaged_were_{name}", found
            rest = rest & ~found

    @staticmethod
    def _lurkers(joined: Flags, newly: Flags) -> Flags:
        """Return who joined and has not been newly active since."""
        window = np.arange(1, len(joined) + 1)[:, None]
        last_joined = np.maximum.accumulate(np.where(joined, window, 0), axis=0)
        last_newly = np.maximum.accumulate(np.where(newly, window, 0), axis=0)
        return np.asarray(last_joined > last_newly, np.bool_)


def _shifted(flags: Flags, windows: int) -> Flags:
    """Return the flags of so many windows before, false where there are none."""
    result = np.zeros_like(flags)
    if windows < len(flags):
        result[windows:] = flags[: len(flags) - windows]
    return result


def _times(flags: Flags, periods: int, window: int) -> npt.NDArray[np.int16]:
    """Return in how many of the last periods, this one included, the flag was set."""
    times = np.zeros(flags.shape, np.int16)
    for back in range(periods):
        times += _shifted(flags, back * window)
    return times


def _from(flags: Flags, window: int) -> Flags:
    """Return the flags with those before a window cleared."""
    flags[:window] = False
    return flags
