"""Circles: groups that the ties form, found by Leiden, with names that last from week to week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from scipy.sparse import csgraph

from core.analysis.measures import modularity
from core.analysis.projection import Projection, leiden
from core.analysis.ties import Floats, Ints

SEED = 1
ITERATIONS = 3
ITERATIONS_LARGE = 2  # a third adds 0.001 of modularity to 100,000 members, and half the time
LARGE = 500_000  # pairs with a tie, from which it is two
TRIES = 5  # for small communities, where chance weighs more and a try costs milliseconds
SMALL = 20_000  # pairs with a tie, up to which there are several tries
ALIKE = 0.3  # the share of members in common (Jaccard) from which two circles are the same
DENSE = 2_000  # parts up to which the weights between them are summed in a square
_NO_GAIN = 1e-12


@dataclass(frozen=True, eq=False)
class Circle:
    """A group that the ties form; `members` are positions in the ties."""

    id: int
    members: Ints
    cohesion: float  # share of the members' tie weight that stays among them

    @property
    def size(self) -> int:
        """Return how many members it has."""
        return len(self.members)


@dataclass(frozen=True)
class Changes:
    """What became of last week's circles, by their ids."""

    born: tuple[int, ...] = ()
    died: tuple[int, ...] = ()
    merged: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # circle -> those that went into it
    split: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # last week's circle -> its parts


def partition(undirected: sp.csr_array, projection: Projection, *, seed: int = SEED) -> Ints:
    """Return each member's part, -1 without ties: Leiden on the summed weights of both directions.

    The same ties give the same parts. In small communities the best of several tries by modularity; parts
    that hang together only through others are taken apart.
    """
    label = np.full(undirected.shape[0], -1, np.int64)
    if not len(projection.member):
        return label
    if undirected.nnz // 2 > SMALL:
        rounds = ITERATIONS if undirected.nnz // 2 < LARGE else ITERATIONS_LARGE
        label[projection.member] = leiden(projection, seed=seed, iterations=rounds)
        return _hanging_together(undirected, label)
    best = -np.inf
    for number in range(TRIES):
        tried = label.copy()
        tried[projection.member] = leiden(projection, seed=seed + number, iterations=ITERATIONS)
        quality = modularity(undirected, tried) or 0.0
        # A later try wins only where it is really better, not by the last bit of a sum.
        if quality > best + 1e-9:
            best, found = quality, tried
    return _hanging_together(undirected, found)


def repartition(undirected: sp.csr_array, label: Ints, touched: Ints, *, rounds: int = 12) -> Ints:
    """Return yesterday's parts brought up to date, looking only where ties changed.

    `label` is yesterday's part of each member, -1 for the new. Members touched by new ties, then the
    neighbours of whoever moved, go to the part that raises modularity most; then whole parts may join. After
    Sahu, "DF Leiden" (2024); the gain is that of Blondel et al. (2008).
    """
    tied = np.diff(undirected.indptr) > 0
    label = np.where(tied, label, -1)
    new = np.flatnonzero(tied & (label < 0))
    label[new] = label.max(initial=-1) + 1 + np.arange(len(new))
    label = _moved(undirected, label, np.union1d(touched[tied[touched]], new), rounds)
    label = _joined(undirected, label, rounds)
    return _hanging_together(undirected, label)


def _moved(undirected: sp.csr_array, label: Ints, frontier: Ints, rounds: int) -> Ints:
    """Move members of the frontier to the part with the largest gain, half of them at a time."""
    strength = np.asarray(undirected.sum(axis=1), np.float64).ravel()
    total = float(strength.sum())
    for turn in range(rounds):
        if not len(frontier) or total == 0:
            break
        # All at once, two neighbours would change places for ever.
        acting = frontier[(frontier + turn) % 2 == 0]
        target, gain = _best(undirected, label, acting, strength, total)
        moving = gain > _NO_GAIN * total
        movers = acting[moving]
        label[movers] = target[moving]
        waiting = frontier[(frontier + turn) % 2 == 1]
        around = undirected[movers].indices if len(movers) else np.empty(0, np.int64)
        frontier = np.union1d(waiting, around) if turn + 1 < rounds else frontier
    return label


def _best(undirected: sp.csr_array, label: Ints, acting: Ints, strength: Floats, total: float) -> tuple[Ints, Floats]:
    """Return for each acting member the part to gain most modularity in, and the gain over staying."""
    parts = int(label.max(initial=-1)) + 1
    known = label >= 0
    sums = np.bincount(label[known], weights=strength[known], minlength=parts)
    rows = undirected[acting]
    towards = sp.csr_array((rows.data, np.maximum(label[rows.indices], 0), rows.indptr), shape=(len(acting), parts))
    towards.sum_duplicates()
    row = np.repeat(np.arange(len(acting)), np.diff(towards.indptr))
    own, mine = label[acting], strength[acting]
    home = towards.indices == own[row]
    others = sums[towards.indices] - np.where(home, mine[row], 0.0)
    worth = towards.data - mine[row] * others / total
    staying = np.zeros(len(acting)) - mine * (sums[own] - mine) / total
    staying[row[home]] = worth[home]
    order = np.lexsort((towards.indices, -worth, row))
    first = np.searchsorted(row[order], np.arange(len(acting)))
    filled = np.diff(towards.indptr) > 0
    target, gain = own.copy(), np.zeros(len(acting))
    chosen = order[first[filled]]
    target[filled], gain[filled] = towards.indices[chosen], worth[chosen] - staying[filled]
    return target, gain


def _joined(undirected: sp.csr_array, label: Ints, rounds: int) -> Ints:
    """Let whole parts join where that raises modularity: the same moves on the graph of parts."""
    between = _between(undirected, label)
    parts = between.shape[0]
    return np.where(label >= 0, _moved_parts(between, np.arange(parts), rounds)[np.maximum(label, 0)], -1)


def _moved_parts(between: sp.csr_array, label: Ints, rounds: int) -> Ints:
    strength = np.asarray(between.sum(axis=1), np.float64).ravel()
    total = float(strength.sum())
    for turn in range(rounds):
        acting = np.flatnonzero((np.arange(len(label)) + turn) % 2 == 0)
        acting = acting[strength[acting] > 0]
        if not len(acting) or total == 0:
            break
        target, gain = _best(_without_diagonal(between), label, acting, strength, total)
        moving = gain > _NO_GAIN * total
        if turn and not moving.any():
            break
        label[acting[moving]] = target[moving]
    return label


def _between(undirected: sp.csr_array, label: Ints) -> sp.csr_array:
    """Return the weight between each two parts; on the diagonal what lies inside, both ways counted."""
    row = np.repeat(label, np.diff(undirected.indptr))
    column = label[undirected.indices]
    parts = int(label.max(initial=-1)) + 1
    if parts <= DENSE:
        sums = np.bincount(row * parts + column, weights=undirected.data, minlength=parts * parts)
        return sp.csr_array(sums.reshape(parts, parts))
    matrix = sp.csr_array(sp.coo_array((undirected.data, (row, column)), shape=(parts, parts)))
    matrix.sum_duplicates()
    return matrix


def _without_diagonal(matrix: sp.csr_array) -> sp.csr_array:
    entries = matrix.tocoo()
    keep = entries.row != entries.col
    return sp.csr_array(sp.coo_array((entries.data[keep], (entries.row[keep], entries.col[keep])), shape=matrix.shape))


def _hanging_together(undirected: sp.csr_array, label: Ints) -> Ints:
    """Take apart what is in one part and not joined by ties inside it; number the parts without gaps."""
    inside = np.repeat(label, np.diff(undirected.indptr)) == label[undirected.indices]
    starts = np.concatenate([[0], np.cumsum(inside)])[undirected.indptr]
    entries = (np.ones(int(starts[-1]), np.int8), undirected.indices[inside], starts)
    within = sp.csr_array(entries, shape=undirected.shape)
    piece = csgraph.connected_components(within, directed=False)[1]
    tied = label >= 0
    result = np.full(len(label), -1, np.int64)
    result[tied] = np.unique(piece[tied], return_inverse=True)[1]
    return result


def circles_of(undirected: sp.csr_array, label: Ints, importance: Floats) -> tuple[list[Circle], Ints]:
    """Return the circles, largest first with ids from 1, and each member's circle id (0: none).

    Cohesion is the share of the members' tie weight that stays inside: one minus the conductance of Kannan,
    Vempala and Vetta (2004), by the circle's own weight. Among circles of one size the one with the more
    important member comes first, so that ids don't depend on names.
    """
    parts = int(label.max(initial=-1)) + 1
    between = _between(undirected, label) if parts else sp.csr_array((0, 0))
    strength = np.asarray(between.sum(axis=1), np.float64).ravel()
    inside = np.asarray(between.diagonal(), np.float64)
    members = np.split(*_grouped(label, parts)) if parts else []
    leading = [float(np.round(importance[group].max() * len(label), 9)) for group in members]
    order = sorted(range(parts), key=lambda part: (-len(members[part]), -leading[part]))
    number = np.zeros(parts + 1, np.int64)
    number[order] = np.arange(1, parts + 1)
    circles = [Circle(i, members[part], float(inside[part] / strength[part])) for i, part in enumerate(order, 1)]
    return circles, number[label]


def _grouped(label: Ints, parts: int) -> tuple[Ints, Ints]:
    order = np.argsort(label, kind="stable")
    order = order[label[order] >= 0]
    return order, np.cumsum(np.bincount(label[order], minlength=parts))[:-1]


def renamed(
    circles: Sequence[Circle], before: Sequence[Circle], *, next_id: int | None = None
) -> tuple[list[Circle], Changes]:
    """Give today's circles the ids of last week's that they continue, and say what else happened.

    Two circles are the same where at least 30 % of their members are common (Jaccard) and each is the other's
    best match: Greene, Doyle and Cunningham (2010). A circle that holds most members of two or more old ones
    is their merger; an old one that gave most members of two or more new ones was split. Members are matched
    by position, so that both must come from the same order of names.
    """
    common = _common(circles, before)
    kept = _continued(circles, before, common)
    fresh = next_id if next_id is not None else max((circle.id for circle in before), default=0) + 1
    named: list[Circle] = []
    born: list[int] = []
    for i, circle in enumerate(circles):
        if i in kept:
            named.append(Circle(before[kept[i]].id, circle.members, circle.cohesion))
            continue
        named.append(Circle(fresh, circle.members, circle.cohesion))
        born.append(fresh)
        fresh += 1
    sources: dict[int, list[int]] = {}
    parts: dict[int, list[int]] = {}
    for (i, j), count in common.items():
        if 2 * count > before[j].size:
            sources.setdefault(named[i].id, []).append(before[j].id)
        if 2 * count > circles[i].size:
            parts.setdefault(before[j].id, []).append(named[i].id)
    merged = {id_: tuple(sorted(of)) for id_, of in sources.items() if len(of) > 1}
    split = {id_: tuple(sorted(into)) for id_, into in parts.items() if len(into) > 1}
    gone = {circle.id for circle in before} - {circle.id for circle in named}
    absorbed = {id_ for of in merged.values() for id_ in of}
    pieces = {id_ for into in split.values() for id_ in into}
    changes = Changes(
        tuple(id_ for id_ in born if id_ not in pieces and id_ not in merged),
        tuple(sorted(gone - absorbed - set(split))),
        merged,
        split,
    )
    return named, changes


def _common(circles: Sequence[Circle], before: Sequence[Circle]) -> dict[tuple[int, int], int]:
    """Return how many members each two circles share, where they share any."""
    size = 1 + max((int(circle.members.max()) for circle in (*circles, *before) if circle.size), default=-1)
    now, then = _membership(circles, size), _membership(before, size)
    shared = sp.coo_array(now @ then.T)
    counts = zip(shared.row.tolist(), shared.col.tolist(), shared.data.tolist(), strict=True)
    return {(i, j): int(count) for i, j, count in counts}


def _membership(circles: Sequence[Circle], size: int) -> sp.csr_array:
    row = np.repeat(np.arange(len(circles)), [circle.size for circle in circles])
    column = np.concatenate([circle.members for circle in circles]) if circles else np.empty(0, np.int64)
    return sp.csr_array(sp.coo_array((np.ones(len(column)), (row, column)), shape=(len(circles), size)))


def _continued(
    circles: Sequence[Circle], before: Sequence[Circle], common: Mapping[tuple[int, int], int]
) -> dict[int, int]:
    """Return which old circle each new one continues: the closest pairs first, each circle once."""
    alike = {(i, j): count / (circles[i].size + before[j].size - count) for (i, j), count in common.items()}
    kept: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), likeness in sorted(alike.items(), key=lambda item: (-item[1], item[0])):
        if likeness >= ALIKE and i not in kept and j not in taken:
            kept[i] = j
            taken.add(j)
    return kept
