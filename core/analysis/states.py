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

from core.analysis.state_rules import Flags, History, Thresholds
from core.analysis.ties import Ints

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
        for name, flags in History(thresholds, *by_window, joined[low:high]).all():
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
