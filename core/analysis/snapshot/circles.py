"""Circles through time: the ids they keep, what became of last week's, and where their people write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

from core.analysis import measures
from core.analysis.carried import Ground
from core.analysis.circles import Changes, Circle, circles_of, partition, renamed
from core.analysis.network import TIES_NEEDED
from core.analysis.projection import Projection
from core.analysis.snapshot.run import DECIMALS, Run, matrix_of
from core.analysis.ties import HALF_LIFE, Ties

ROOMS = 3  # rooms named for a circle


def lasting(run: Run) -> tuple[list[Circle], Changes, dict[int, int], dict[int, int]]:
    """Return circles under the ids that they had before, last week's changes, births, and last week's sizes."""
    known, network, until = run.known, run.network, run.until
    place = {member: i for i, member in enumerate(run.ground.members.tolist())}
    if known.yesterday is None:
        # Nothing was written down yet: what was a week ago is worked out from the ties of then.
        earlier = _circles_until(run, until - 7)
        circles, changes = renamed(network.circles, earlier)
        old = {circle.id: circle.size for circle in earlier}
        lives = {circle.id: until - 7 if circle.id in old else until for circle in circles}
        return circles, changes, lives, old
    circles, _ = renamed(network.circles, _of(known.yesterday, place), next_id=next_number(known.yesterday))
    lives = {each["id"]: each["born"] for each in known.yesterday["circles"]}
    week = known.last_week or known.yesterday
    again, changes = renamed(network.circles, _of(week, place))
    said = {other.id: circle.id for other, circle in zip(again, circles, strict=True)}
    sizes = {each["id"]: each["size"] for each in week["circles"]}
    lives = {circle.id: lives.get(circle.id, until) for circle in circles}
    return circles, _translated(changes, said), lives, sizes


def _circles_until(run: Run, until: int) -> list[Circle]:
    matrix = matrix_of(run, lambda day: day <= until, until)
    ties = Ties(run.network.ties.names, matrix, float(until), HALF_LIFE)
    if ties.matrix.nnz < TIES_NEEDED:
        return []
    part = partition(ties.undirected, Projection.of(ties.undirected))
    return circles_of(ties.undirected, part, measures.pagerank(ties.matrix))[0]


def _translated(changes: Changes, said: Mapping[int, int]) -> Changes:
    return Changes(
        tuple(said[each] for each in changes.born),
        changes.died,
        {said[into]: of for into, of in changes.merged.items()},
        {of: tuple(said[each] for each in into) for of, into in changes.split.items()},
    )


def _of(snapshot: Mapping[str, Any], place: dict[int, int]) -> list[Circle]:
    """Return a snapshot's circles, members by their present place; who is gone gets a place behind the last."""
    members: dict[int, list[int]] = defaultdict(list)
    for i, (member, circle) in enumerate(zip(snapshot["members"], snapshot["circle"], strict=True)):
        if circle:
            members[circle].append(place.get(member, len(place) + i))
    return [
        Circle(each["id"], np.array(members[each["id"]], np.int64), each["cohesion"])
        for each in snapshot["circles"]
        if members[each["id"]]
    ]


def next_number(snapshot: Mapping[str, Any] | None) -> int:
    """Return the id that the next new circle gets."""
    return int(snapshot["next_circle"]) if snapshot else 1


def circles_as_data(
    run: Run, circles: Sequence[Circle], born: Mapping[int, int], sizes: Mapping[int, int]
) -> list[dict[str, Any]]:
    """Return what is told of each circle; `born` and `sizes` are by its id."""
    rooms = _most_used(run.ground, circles)
    return [
        {
            "id": circle.id,
            "size": circle.size,
            "before": sizes.get(circle.id),
            "cohesion": round(circle.cohesion, DECIMALS),
            "born": born[circle.id],
            "rooms": used,
        }
        for circle, used in zip(circles, rooms, strict=True)
    ]


def _most_used(ground: Ground, circles: Sequence[Circle]) -> list[list[int]]:
    """Return the rooms where each circle's people write most, everyone counting alike however much they write."""
    said = np.asarray(ground.wrote.sum(axis=1), np.float64).ravel()
    share = sp.diags_array(np.divide(1.0, said, out=np.zeros(len(said)), where=said > 0)) @ ground.wrote
    column = np.repeat(np.arange(len(circles)), [circle.size for circle in circles])
    row = np.concatenate([circle.members for circle in circles]) if circles else np.empty(0, np.int64)
    belongs = sp.csr_array(sp.coo_array((np.ones(len(row)), (column, row)), shape=(len(circles), len(said))))
    sums = sp.csr_array(belongs @ share)
    found = []
    for start, end in zip(sums.indptr[:-1].tolist(), sums.indptr[1:].tolist(), strict=True):
        room, weight = ground.rooms[sums.indices[start:end]], sums.data[start:end]
        found.append(room[np.lexsort((room, -np.round(weight, 9)))][:ROOMS].tolist())
    return found


def changes_as_data(changes: Changes) -> dict[str, Any]:
    """Return what became of the circles of a week ago, as JSON takes it."""
    return {
        "born": list(changes.born),
        "died": list(changes.died),
        "merged": [[into, list(of)] for into, of in changes.merged.items()],
        "split": [[of, list(into)] for of, into in changes.split.items()],
    }
