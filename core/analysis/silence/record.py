"""How true lists were: what became of those who were named, month by month."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.analysis.silence.features import regulars
from core.analysis.silence.foretell import foretell, month_starts
from core.analysis.silence.past import Ints, Past
from core.domain.silence import HORIZON, LATELY, Kept, Month

REPLAYED = 24  # months that are replayed at most


def record(past: Past, kept: Iterable[Kept] = (), before: Iterable[Month] = ()) -> tuple[Month, ...]:
    """Return what became of the lists that were kept, and of those that Kith would have made in earlier months.

    A month that is replayed is learned from what came before it alone. `before` are months that were replayed earlier,
    which hold while what they were learned and judged from is as much as it was.
    """
    found = [_kept(past, each) for each in kept if each.cutoff + HORIZON <= past.until]
    first_kept = min((each.cutoff for each in kept), default=past.until)
    known = {each.cutoff: each for each in before}
    for day in month_starts(past.first + LATELY, past.until - HORIZON)[-REPLAYED:]:
        # A list that was kept stands for its month.
        if day + 31 > first_kept:
            continue
        rows = _amounts(past, day)
        there = known.get(day)
        found.append(there if there is not None and there.rows == rows else _replayed(past, day, rows))
    return tuple(sorted((each for each in found if each.named + each.rest), key=lambda month: month.cutoff))


def _replayed(past: Past, day: int, rows: tuple[int, int]) -> Month:
    found = foretell(past.before(day))
    people = found.known.people
    return _month(past, day, found.model is not None, people, people[found.named], np.empty(0, np.int64), rows)


def _kept(past: Past, kept: Kept) -> Month:
    named, written = (np.array(part, np.int64) for part in (kept.named, kept.written))
    return _month(past, kept.cutoff, kept.by_model, regulars(past, kept.cutoff), named, written, None)


def _month(
    past: Past, day: int, by_model: bool, people: Ints, named: Ints, written: Ints, rows: tuple[int, int] | None
) -> Month:
    silent = past.silent(day)
    rest = np.setdiff1d(people, named)
    reached = np.intersect1d(named, written)
    alone = np.setdiff1d(named, reached)
    return Month(
        cutoff=day,
        by_model=by_model,
        replayed=rows is not None,
        named=len(alone) + len(reached),
        silent=int(silent[alone].sum()),
        written=len(reached),
        written_silent=int(silent[reached].sum()),
        rest=len(rest),
        rest_silent=int(silent[rest].sum()),
        rows=rows or (0, 0),
    )


def _amounts(past: Past, day: int) -> tuple[int, int]:
    """Return how many days of activity there are before a day, and in the 30 from it on."""
    before = len(past.before(day).days.day)
    return before, len(past.before(day + HORIZON).days.day) - before
