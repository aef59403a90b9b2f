"""What may be told of small groups: counts rounded, those under five not told apart, and none found by subtraction.

A count is told as a cell: 0 for fewer than five, else the nearest multiple of five (deterministic, as HESA's standard
rounding methodology is), None where it is hidden. Whatever else is told must be worked out from cells alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEWEST = 5  # people, below whom no count is told
BASE = 5  # to which counts are rounded
MIDDLE = 2.0  # what a count under five stands for in sums
LEFT = 3  # values that a count under five must still be able to have
Cell = int | None
Span = tuple[float, float]
Place = tuple[int, int, int]  # the table, the row and the column; see `_Audit`


@dataclass(frozen=True, slots=True)
class Released:
    """What is told: `count` of all, the `totals` of each row, and tables of the same rows by other columns."""

    count: Cell
    totals: tuple[Cell, ...]
    tables: tuple[tuple[tuple[Cell, ...], ...], ...]


def cell(count: int) -> int:
    """Return how a count is told."""
    return 0 if count < FEWEST else BASE * round(count / BASE)


def stands_for(told: int) -> float:
    """Return the count that a cell stands for in sums."""
    return MIDDLE if told == 0 else float(told)


def span(told: Cell) -> Span:
    """Return between which counts, both included, a cell may lie."""
    if told is None:
        return 0.0, math.inf
    if told == 0:
        return 0.0, FEWEST - 1.0
    return max(told - BASE // 2, FEWEST), told + BASE // 2


def protect(totals: Sequence[int], tables: Sequence[Sequence[Sequence[int]]]) -> Released:
    """Return what may be told of people in rows (what they answered), and of these by column in each table.

    A table has a row for each total, and may leave people out. Counts under five are told as such (primary
    suppression). Where sums of what else is told would leave one of them fewer than three values, the smallest count
    beside it is hidden, until none is left so (complementary suppression; Willenborg, de Waal 2001). Raise ValueError
    for a table of other rows, or one whose row is more than its total.
    """
    for table in tables:
        if len(table) != len(totals) or any(sum(row) > total for row, total in zip(table, totals, strict=True)):
            raise ValueError("a table must have its totals' rows, and no more people than they have")
    audit = _Audit(totals, tables)
    while (found := audit.found_out()) is not None:
        audit.hide_beside(found)
    told = audit.told
    return Released(
        told[_ALL],
        tuple(told[_TOTALS, row, 0] for row in range(len(totals))),
        tuple(
            tuple(tuple(told[at, r, c] for c in range(len(row))) for r, row in enumerate(table))
            for at, table in enumerate(tables)
        ),
    )


_TOTALS, _EVERY = -1, -2
_ALL: Place = (_EVERY, 0, 0)


class _Audit:
    """What somebody could work out who knows all that is told: sums form a tree, so that bounds by sums are exact."""

    def __init__(self, totals: Sequence[int], tables: Sequence[Sequence[Sequence[int]]]) -> None:
        self.counts: dict[Place, int] = {_ALL: sum(totals)}
        self.counts |= {(_TOTALS, row, 0): total for row, total in enumerate(totals)}
        rows: list[Place] = [(_TOTALS, row, 0) for row in range(len(totals))]
        self.sums: list[tuple[Place, list[Place]]] = [(_ALL, rows)] if rows else []
        self.told: dict[Place, Cell] = {}
        for at, table in enumerate(tables):
            covers = all(sum(row) == total for row, total in zip(table, totals, strict=True))
            for r, row in enumerate(table):
                parts: list[Place] = [(at, r, c) for c in range(len(row))]
                self.counts |= dict(zip(parts, row, strict=True))
                if not covers:
                    rest = (at, r, len(row))  # who stands in no column, which is never told
                    self.counts[rest], self.told[rest] = totals[r] - sum(row), None
                    parts.append(rest)
                if row:
                    self.sums.append(((_TOTALS, r, 0), parts))
        for place, count in self.counts.items():
            self.told.setdefault(place, cell(count))

    def found_out(self) -> Place | None:
        """Return a count under five of which too much can be worked out, None where there is none."""
        bounds = self._bounds()
        for place, (low, high) in bounds.items():
            if self.counts[place] < FEWEST and high - low + 1 < LEFT:
                return place
        return None

    def hide_beside(self, place: Place) -> None:
        """Hide the smallest told count that stands in a sum with this one."""
        near = [each for each in self._beside(place) if self.told[each]]
        if not near:  # nothing but counts under five: the sums of those that are hidden already did it
            near = [each for each, told in self.told.items() if told]
        self.told[min(near, key=lambda each: (self.counts[each], each))] = None

    def _beside(self, place: Place) -> Iterator[Place]:
        for whole, parts in self.sums:
            if place == whole or place in parts:
                yield from (each for each in (whole, *parts) if each != place)

    def _bounds(self) -> dict[Place, Span]:
        bounds = {place: span(told) for place, told in self.told.items()}
        moved = True
        while moved:
            moved = False
            for whole, parts in self.sums:
                moved |= _narrow(bounds, whole, parts)
        return bounds


def _narrow(bounds: dict[Place, Span], whole: Place, parts: Sequence[Place]) -> bool:
    """Narrow the bounds of a sum and its parts by each other; say whether any moved."""
    before = [bounds[each] for each in (whole, *parts)]
    low, high = sum(bounds[each][0] for each in parts), sum(bounds[each][1] for each in parts)
    bounds[whole] = max(bounds[whole][0], low), min(bounds[whole][1], high)
    for each in parts:
        mine = bounds[each]
        others_low = sum(bounds[other][0] for other in parts if other != each)
        others_high = sum(bounds[other][1] for other in parts if other != each)
        bounds[each] = max(mine[0], bounds[whole][0] - others_high), min(mine[1], bounds[whole][1] - others_low)
    return before != [bounds[each] for each in (whole, *parts)]
