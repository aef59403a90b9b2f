"""What can be said of people without naming any: figures of groups, none of fewer than five."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from core.analysis.measures import ones
from core.analysis.snapshot.people import MEETING
from core.analysis.snapshot.run import Run, short
from core.domain.network_result import ENOUGH, Between, RoomPeople, Unnamed, UnnamedBridges, UnnamedWaiting

FIRST = 10  # bridges taken together
SHOWN = 3  # pairs of circles, and rooms
COMMON = 3  # people whom two know who could be connected


def unnamed(run: Run, circle: Any, waiting: Any) -> Unnamed:
    """Return bridges between circles, what hangs on them, how long and where newcomers wait, and who could meet.

    `circle` is each member's circle (0: none), `waiting` the places of the newcomers without an answer.
    """
    return Unnamed(bridges=_bridges(run, circle), waiting=_waiting(run, waiting), pairs=_pairs(run))


def _bridges(run: Run, circle: Any) -> UnnamedBridges | None:
    ties = ones(run.network.ties.undirected)
    column = sp.csr_array(
        (np.ones(len(circle)), (np.arange(len(circle)), circle)), shape=(len(circle), circle.max(initial=0) + 1)
    )
    reached = sp.csr_array((ties @ column)[:, 1:])
    reached.data[:] = 1
    bridging = np.asarray(reached.sum(axis=1)).ravel() > 1
    if np.count_nonzero(bridging) < ENOUGH:
        return None
    some = sp.csr_array(reached[np.flatnonzero(bridging)])
    both = sp.coo_array(sp.triu(some.T @ some, k=1))
    between = sorted(zip(both.data.tolist(), both.row.tolist(), both.col.tolist(), strict=True), reverse=True)
    return UnnamedBridges(
        people=int(np.count_nonzero(bridging)),
        between=tuple(Between(one + 1, two + 1, int(n)) for n, one, two in between[:SHOWN] if n >= ENOUGH),
        share=_share(run, bridging),
    )


def _share(run: Run, bridging: Any) -> float | None:
    """Return the share of all tie weight at the first ten bridges together, None where there are fewer."""
    first = np.argsort(-np.where(bridging, run.network.bridging.value, -1.0), kind="stable")[:FIRST]
    if np.count_nonzero(bridging) < FIRST:
        return None
    undirected = run.network.ties.undirected
    rest = np.setdiff1d(np.arange(undirected.shape[0]), first)
    return short(float(1.0 - undirected[rest][:, rest].sum() / undirected.sum()))


def _waiting(run: Run, waiting: Any) -> UnnamedWaiting | None:
    if len(waiting) < ENOUGH:
        return None
    days = run.until + 1 - float(np.median(run.arrivals.first_wrote[waiting]))
    people = np.diff(sp.csc_array(run.ground.wrote[waiting]).indptr)
    most = np.argsort(-people, kind="stable")[:SHOWN]
    rooms = tuple(RoomPeople(int(run.ground.rooms[i]), int(people[i])) for i in most if people[i] >= ENOUGH)
    return UnnamedWaiting(days=max(int(days), 1), rooms=rooms)


def _pairs(run: Run) -> int:
    """Return how many of the most important people know three others in common and have no tie; 0 for under five."""
    chosen = np.argsort(-run.network.pagerank, kind="stable")[:MEETING]
    ties = ones(run.network.ties.undirected)[chosen]
    common = sp.coo_array(sp.triu(ties @ ties.T, k=1))
    near = common.data >= COMMON
    if not near.any():
        return 0
    tied = np.asarray(ties[common.row[near], chosen[common.col[near]]]).ravel()
    count = int(np.count_nonzero(tied == 0))
    return count if count >= ENOUGH else 0
