"""The whole through time: health week by week, and who came and waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import scipy.sparse as sp

from core.analysis.checkpoint import among_themselves
from core.analysis.circles import partition
from core.analysis.health import Arrivals, health, most_unusual, welcome
from core.analysis.network import TIES_NEEDED, rounded
from core.analysis.projection import Projection
from core.analysis.snapshot.run import DECIMALS, Run, matrix_of
from core.analysis.ties import Ints
from core.domain.network import NEWCOMER, WINDOW
from core.domain.network_result import Change, Health, Newcomers, Waiting, Week

WEEKS = 12


def weeks_of(run: Run) -> tuple[Week, ...]:
    """Return the whole's figures of the 28 days to each week's end, oldest first; finished weeks stay as they were."""
    known, until = run.known, run.until
    earlier = {week.day: week for week in known.yesterday.weeks[:-1]} if known.yesterday else {}
    first = min(known.ties.day, default=until) if known.checkpoint is None else min(earlier, default=until)
    past = [
        earlier.get(day) or _week(matrix_of(run, _window_to(day), None), run.arrivals, day)
        for day in reversed(week_ends(until))
        if day >= first
    ]
    return *past, _week(run.ground.window, run.arrivals, until)


def _window_to(end: int) -> Callable[[Ints], Any]:
    return lambda day: (day > end - WINDOW) & (day <= end)


def week_ends(until: int) -> list[int]:
    """Return the last days of the finished weeks that the trend tells of, the newest first."""
    sunday = until - (until + 4) % 7  # day 0 was a Thursday
    return [sunday - 7 * back for back in range(WEEKS) if sunday - 7 * back < until][: WEEKS - 1]


def _week(window: sp.csr_array, arrivals: Arrivals, day: int) -> Week:
    """Return the figures of four weeks."""
    ties = among_themselves(window)
    part = None
    if ties.matrix.nnz >= TIES_NEEDED:
        part = partition(ties.undirected, Projection.of(ties.undirected))
    # Who came within the last week may still be answered: they don't count yet.
    came = welcome(arrivals, day + 1 - 7 - WINDOW, day + 1 - 7)
    whole, wrote = asdict(health(ties, part)), int(came.wrote.sum())
    return rounded(Week(day=day, newcomers=wrote, answered=came.share, wait=came.median_wait, **whole), DECIMALS)


def changed(weeks: Sequence[Week]) -> tuple[Change, ...]:
    """Return what is most unusual in the newest of these weeks, against the weeks before."""
    names = *(each.name for each in fields(Health)), "answered"
    figures = [{name: getattr(week, name) for name in names} for week in weeks]
    return tuple(rounded(each, DECIMALS) for each in most_unusual(figures))


def newcomers(run: Run) -> Newcomers:
    """Return who came in the last 30 days, who of them wrote, and who has had no answer yet, the newest first."""
    arrivals, since, end = run.arrivals, run.until + 1 - NEWCOMER, run.until + 1
    came = welcome(arrivals, since, end, within=float(NEWCOMER))
    joined = np.asarray(run.known.joined, np.float64)
    silent = ~np.isin(np.asarray(run.known.people, np.int64), run.ground.members)
    silent &= (joined >= since) & (joined < end)
    waiting = came.unanswered[np.argsort(-arrivals.first_wrote[came.unanswered], kind="stable")]
    return Newcomers(
        came=len(came.newcomer) + int(np.count_nonzero(silent)),
        wrote=int(came.wrote.sum()),
        unanswered=tuple(Waiting(int(i), round(float(arrivals.first_wrote[i]), 3)) for i in waiting),
    )
