"""Circles through time: the ids, rooms, people and colours they keep, what became of last week's, and their ages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from core.analysis import measures
from core.analysis.checkpoint import Ground
from core.analysis.circles import Changes, Circle, circles_of, partition, renamed
from core.analysis.network import TIES_NEEDED
from core.analysis.projection import Projection
from core.analysis.snapshot.run import Run, matrix_of, short
from core.analysis.ties import HALF_LIFE, Ties
from core.domain.network import NetworkInput
from core.domain.network_result import Baseline, CircleChanges, CircleFigures, Merger, Split

ROOMS = 3  # rooms named for a circle
PEOPLE = 2  # people by whom it is known
LOOKED_BACK = 10_000_000  # pairs with a tie in all the weeks in which a circle is looked for: about ten seconds


def lasting(run: Run) -> tuple[list[Circle], Changes, dict[int, int], dict[int, int]]:
    """Return circles under the ids that they had before, last week's changes, births, and last week's sizes."""
    known, network, until = run.known, run.network, run.until
    place = {member: i for i, member in enumerate(run.ground.members.tolist())}
    if known.yesterday is None:
        # Nothing was written down yet: what was a week ago is worked out from the ties of then.
        circles = network.circles
        earlier, _ = renamed(_circles_until(run, until - 7), circles)
        again, changes = renamed(circles, earlier)
        old = {circle.id: circle.size for circle in earlier}
        lives = _looked_back(run, circles)
    else:
        circles, _ = renamed(network.circles, _of(known.yesterday, place), next_id=next_number(known.yesterday))
        week = known.last_week or known.yesterday
        again, changes = renamed(network.circles, _of(week, place))
        old = {each.id: each.size for each in week.circles}
        born = {each.id: each.born for each in known.yesterday.circles}
        lives = {circle.id: born.get(circle.id, until) for circle in circles}
        if _has_older(known):
            looked = _looked_back(run, circles)
            lives = {id_: min(day, looked[id_]) for id_, day in lives.items()}
    said = {other.id: circle.id for other, circle in zip(again, circles, strict=True)}
    return circles, _translated(changes, said), lives, old


def _has_older(known: NetworkInput) -> bool:
    """Say whether there are ties from before those of which the ages were told, as after an import."""
    if known.checkpoint or not known.ties.day:
        return False
    since = known.yesterday.since if known.yesterday else None
    return since is None or min(known.ties.day) < since


def told_since(known: NetworkInput) -> int | None:
    """Return the day of the oldest tie of which the ages of circles tell; None where that isn't known."""
    before = known.yesterday.since if known.yesterday else None
    if known.checkpoint or not known.ties.day:
        return before
    oldest = min(known.ties.day)
    return oldest if before is None else min(oldest, before)


def _looked_back(run: Run, circles: Sequence[Circle]) -> dict[int, int]:
    """Return since when each circle has been there: the oldest week to which it can be followed without a gap."""
    since = {circle.id: run.until for circle in circles}
    weeks = LOOKED_BACK // max(run.network.ties.undirected.nnz, 1)
    days = range(run.until - 7, min(run.known.ties.day, default=run.until) - 1, -7)
    followed = circles
    for day in days[:weeks]:
        # Each takes the id of the circle that came of it.
        earlier, _ = renamed(_circles_until(run, day), followed)
        followed = [circle for circle in earlier if circle.id in since]
        if not followed:
            break
        since.update({circle.id: day for circle in followed})
    return since


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


def _of(snapshot: Baseline, place: dict[int, int]) -> list[Circle]:
    """Return a snapshot's circles, members by their present place; who is gone gets a place behind the last."""
    members: dict[int, list[int]] = defaultdict(list)
    for i, (member, circle) in enumerate(zip(snapshot.members, snapshot.circle, strict=True)):
        if circle:
            gone = len(place) + i
            members[circle].append(gone if member is None else place.get(member, gone))
    return [
        Circle(each.id, np.array(members[each.id], np.int64), each.cohesion)
        for each in snapshot.circles
        if members[each.id]
    ]


def next_number(snapshot: Baseline | None) -> int:
    """Return the id that the next new circle gets."""
    return snapshot.next_circle if snapshot else 1


def figures_of(
    run: Run, circles: Sequence[Circle], born: Mapping[int, int], sizes: Mapping[int, int]
) -> tuple[CircleFigures, ...]:
    """Return what is told of each circle; `born` and `sizes` are by its id."""
    before = {each.id: each for each in run.known.yesterday.circles} if run.known.yesterday else {}
    rooms = _most_used(run.ground, circles)
    people = _best_known(run, circles, before)
    colours = _colours(circles, before)
    return tuple(
        CircleFigures(
            id=circle.id,
            size=circle.size,
            before=sizes.get(circle.id),
            cohesion=short(circle.cohesion),
            born=born[circle.id],
            rooms=tuple(_kept_first(used, before[circle.id].rooms[:1] if circle.id in before else ())),
            people=tuple(known),
            colour=colours.get(circle.id),
        )
        for circle, used, known in zip(circles, rooms, people, strict=True)
    )


def _kept_first(now: Sequence[int], before: Sequence[int]) -> list[int]:
    """Return what is there now, that which was there before in front: what a circle is called by lasts."""
    return [each for each in before if each in now] + [each for each in now if each not in before]


def _best_known(run: Run, circles: Sequence[Circle], before: Mapping[int, CircleFigures]) -> list[list[int]]:
    """Return the places of those by whom each circle is known: of those who may be named, the most important."""
    named = np.zeros(len(run.ground.members), bool)
    named[run.named] = True
    place = {member: i for i, member in enumerate(run.ground.members.tolist())}
    members = run.known.yesterday.members if run.known.yesterday else ()
    found = []
    for circle in circles:
        may = circle.members[named[circle.members]]
        ranked = may[np.argsort(-run.network.pagerank[may], kind="stable")].tolist()
        once = (members[at] for at in before[circle.id].people) if circle.id in before else ()
        kept = [place[each] for each in once if each is not None and place.get(each) in ranked]
        found.append(_kept_first(ranked, kept)[:PEOPLE])
    return found


def _colours(circles: Sequence[Circle], before: Mapping[int, CircleFigures]) -> dict[int, int]:
    """Return the number of each circle's colour: the one it had, for new ones the first that is free, by size.

    Pairs have none.
    """
    shown = sorted((circle for circle in circles if circle.size > 2), key=lambda each: -each.size)
    had = [before[circle.id] for circle in shown if circle.id in before]
    given = {circle.id: circle.colour for circle in had if circle.colour is not None}
    free = iter(sorted(set(range(len(shown) + len(given))).difference(given.values())))
    return {circle.id: given[circle.id] if circle.id in given else next(free) for circle in shown}


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


def changes_of(changes: Changes) -> CircleChanges:
    """Return what became of the circles of a week ago, as it is written down."""
    return CircleChanges(
        born=changes.born,
        died=changes.died,
        merged=tuple(Merger(into, tuple(of)) for into, of in changes.merged.items()),
        split=tuple(Split(of, tuple(into)) for of, into in changes.split.items()),
    )
