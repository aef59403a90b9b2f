"""Where everybody stands on the map of a community: near those whom they talk with, circles apart.

The way is chosen for pictures that people read: circles get discs whose area follows their size, discs that
talk with each other come near without overlapping, members stand in the disc of their circle with the
important ones in the middle, and each is drawn towards those they have ties with, so that who stands
between two discs bridges them. Everything is computed from the ties alone: the same ties give the same map.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from core.domain.pictures import NetworkMap, PlacedCircle, PlacedMember

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_PEOPLE = 300
MOST_DOTS = 8_000  # of the cloud: with more, every second member or fewer has one
_MOST_DISCS = 40
_TIES_EACH = 3  # drawn ties for each person, on average
_SEED = 7
_FILLED = 0.38  # share of the map that the discs cover
_BETWEEN = 0.05  # room between two discs, for the name of one
_PULL = 0.3  # how far a member leaves their place towards those whom they talk with
_EM = 24 / 1088  # a letter's height as a share of the map's side
_MARK, _GROWTH = 0.011, 0.034  # breadth of the least mark, and what the greatest has more
_GAP = 0.008  # between two marks
_LINE = 1.4 * _EM
_LONGEST = 12.5  # a longer name (in ems) is cut when drawn
_LETTERED = 0.3  # share of the map that names may take before marks alone are kept apart
_ROUNDS = 200
_STRIDE = 0.02  # how far somebody moves at once
_AROUND = 0.02  # how far from each other two may be, more than what they fill, to be looked at again soon
_HOMEWARD = 0.02  # share of the way back that a turn takes at first
_FIRM = 5.0  # how much harder those with a name are to push
_GOLDEN = np.pi * (3 - np.sqrt(5))  # turning by this angle never repeats
_DUST = 0.485  # how far from the middle those stand who have no ties


def network_map(
    matrix: sp.csr_array,
    circle: Ints,
    importance: Floats,
    names: Sequence[str],
    circle_labels: Mapping[int, str],
    *,
    title: str,
    foot: str,
) -> NetworkMap:
    """Return the map of `n` members: the most important as people, the rest as a cloud.

    `matrix` (n × n) holds tie weights, `circle` a circle's number or -1, `importance` any measure that
    grows, `names` what may be shown ("" for those who may not be named). The largest circle comes first,
    and so gets the accent unless the caller gives circles other colours.
    """
    order, place = _by_size(circle)
    most = np.argsort(-importance, kind="stable")[:MOST_PEOPLE]
    at = arrange(matrix, circle, importance, {int(i): names[i] for i in most})
    highest = float(importance.max(initial=0.0)) or 1.0
    people = tuple(
        PlacedMember(
            name=names[i],
            x=round(float(at[i, 0]), 4),
            y=round(float(at[i, 1]), 4),
            size=round(float(importance[i]) / highest, 4),
            circle=place.get(int(circle[i]), -1),
        )
        for i in most
    )
    rest = np.setdiff1d(np.arange(len(circle)), most)
    rest = rest[:: -(-len(rest) // MOST_DOTS) or 1]
    cloud = tuple((round(float(at[i, 0]), 3), round(float(at[i, 1]), 3), place.get(int(circle[i]), -1)) for i in rest)
    sizes = {int(each): int(np.count_nonzero(circle == each)) for each in order}
    circles = tuple(
        PlacedCircle(label=circle_labels.get(each, ""), members=sizes[each], colour=i) for i, each in enumerate(order)
    )
    ties = _strongest(_both_ways(matrix)[most][:, most])
    return NetworkMap(title=title, foot=foot, people=people, ties=ties, cloud=cloud, circles=circles)


def arrange(matrix: sp.csr_array, circle: Ints, importance: Floats, labels: Mapping[int, str]) -> Floats:
    """Return a place (n × 2, from 0 to 1) for every member; those with `labels` get room, the first first.

    A label may be empty: then its mark alone is kept apart from others.
    """
    n = len(circle)
    if n == 0:
        return np.zeros((0, 2))
    if n == 1:
        return np.full((1, 2), 0.5)
    ties = _both_ways(matrix)
    tied = np.diff(ties.indptr) > 0
    group = _groups(circle, tied)
    named = np.zeros(n, bool)
    named[list(labels)] = True
    at = _homes(ties, group, importance, named)
    at = _drawn_together(at, ties, group)
    at = _fill(at, tied)
    at[~tied] = _dust(int(np.count_nonzero(~tied)))
    if labels:
        at = _apart(at, importance, labels)
    return np.clip(at, 0.01, 0.99)


def _both_ways(matrix: sp.csr_array) -> sp.csr_array:
    ties = sp.csr_array(matrix + matrix.T)
    ties.setdiag(0)
    ties.eliminate_zeros()
    ties.sort_indices()
    return ties


def _by_size(circle: Ints) -> tuple[list[int], dict[int, int]]:
    ids, counts = np.unique(circle[circle >= 0], return_counts=True)
    order = [int(ids[i]) for i in np.lexsort((ids, -counts))]
    return order, {each: i for i, each in enumerate(order)}


def _strongest(ties: sp.csr_array) -> tuple[tuple[int, int, float], ...]:
    half = sp.coo_array(sp.triu(ties, 1))
    if not half.nnz:
        return ()
    row, column = half.coords
    kept = np.lexsort((column, row, -half.data))[: _TIES_EACH * ties.shape[0]]
    strength = np.sqrt(half.data[kept] / half.data.max())
    found = zip(row[kept].tolist(), column[kept].tolist(), strength.round(3).tolist(), strict=True)
    return tuple((one, other, weight) for one, other, weight in found)


def _groups(circle: Ints, tied: npt.NDArray[np.bool_]) -> Ints:
    """Return which disc each member stands in; -1 for those whose circle is too small for its own."""
    order, _ = _by_size(np.where(tied, circle, -1))
    if not order:
        return np.where(tied, 0, -1)
    group = np.full(len(circle), -1, np.int64)
    for i, each in enumerate(order[:_MOST_DISCS]):
        group[(circle == each) & tied] = i
    return group


def _homes(ties: sp.csr_array, group: Ints, importance: Floats, named: npt.NDArray[np.bool_]) -> Floats:
    random = np.random.default_rng(_SEED)
    n, discs = len(group), int(group.max(initial=-1)) + 1
    at = np.full((n, 2), 0.5)
    if not discs:
        return at
    inside = group >= 0
    counted = np.bincount(group[inside], minlength=discs).astype(float)
    lettered = np.bincount(group[inside & named], minlength=discs).astype(float)
    # Names need room as well as people do.
    weight = counted / counted.sum() + lettered / max(lettered.sum(), 1.0)
    radius = np.sqrt(_FILLED * weight / weight.sum() / np.pi)
    who = np.flatnonzero(inside)
    member = sp.csr_array((np.ones(len(who)), (who, group[inside])), (n, discs))
    centre = _centres((member.T @ ties @ member).toarray(), radius)
    turn, golden = random.uniform(0, 2 * np.pi, n), _GOLDEN * np.arange(n)
    for disc in range(discs):
        of_disc = np.flatnonzero(group == disc)
        for kept, angles in ((named[of_disc], golden), (~named[of_disc], turn)):
            # Names are spread over the disc by themselves, evenly; the cloud behind them by chance.
            ranked = of_disc[kept][np.argsort(-importance[of_disc[kept]], kind="stable")]
            away = radius[disc] * np.sqrt((np.arange(len(ranked)) + 0.5) / max(len(ranked), 1))
            angle = angles[: len(ranked)] if angles is golden else angles[ranked]
            at[ranked] = centre[disc] + away[:, None] * np.c_[np.cos(angle), np.sin(angle)]
    return at


def _centres(between: Floats, radius: Floats) -> Floats:
    """Return the middles of the discs: those with ties attract each other, those that overlap push."""
    discs = len(radius)
    i = np.arange(discs)
    at = (0.42 * np.sqrt(i / discs))[:, None] * np.c_[np.cos(_GOLDEN * i), np.sin(_GOLDEN * i)]
    np.fill_diagonal(between, 0)
    size = np.sqrt(np.maximum(between.sum(0), 1e-12))
    pull = between / np.outer(size, size)
    apart = radius[:, None] + radius[None, :] + _BETWEEN
    for step in range(400):
        gap = at[:, None] - at[None, :]
        far = np.sqrt((gap**2).sum(2)) + 1e-9
        towards = gap / far[:, :, None]
        force = pull * np.maximum(far - apart, 0) - 4 * np.maximum(apart - far, 0)
        np.fill_diagonal(force, 0)
        move = -(force[:, :, None] * towards).sum(1) - 0.02 * at
        at = at + move * 0.12 * (1 - step / 500)
    return np.asarray(at, np.float64)


def _drawn_together(at: Floats, ties: sp.csr_array, group: Ints) -> Floats:
    strength = np.asarray(ties.sum(1)).ravel()
    share = sp.diags_array(1 / np.maximum(strength, 1e-12)) @ ties
    home = at
    own = np.where(group >= 0, _PULL, 1.0)[:, None]  # who has no disc stands where their ties are
    for _ in range(4):
        mean = share @ at
        at = np.where(strength[:, None] > 0, (1 - own) * home + own * mean, home)
    # Members who talk with the same people alone would stand on one spot.
    strewn = np.random.default_rng(_SEED + 1).normal(0, 0.012, at.shape)
    return np.where(group[:, None] < 0, at + strewn, at)


def _fill(at: Floats, tied: npt.NDArray[np.bool_]) -> Floats:
    if not tied.any():
        return at
    low, high = at[tied].min(0), at[tied].max(0)
    return np.asarray(0.08 + 0.84 * (at - low) / np.maximum(high - low, 1e-9))


def _dust(count: int) -> Floats:
    random = np.random.default_rng(_SEED + 2)
    turn = random.uniform(0, 2 * np.pi, count)
    away = _DUST - np.abs(random.normal(0, 0.008, count))
    return np.asarray(0.5 + away[:, None] * np.c_[np.cos(turn), np.sin(turn)])


def _apart(at: Floats, importance: Floats, labels: Mapping[int, str]) -> Floats:
    """Move those with labels until marks and names stand apart, as far as there is room.

    Where there isn't room for all, the first labels get theirs and of the others only the marks part. Each pushes
    along the line between the two, as ellipses do: boxes would line marks up along their edges.
    """
    who = np.fromiter(labels, np.int64)
    mark = _MARK + _GROWTH * np.sqrt(importance[who] / max(float(importance.max()), 1e-12))
    wide = np.array([min(_ems(label), _LONGEST) * _EM for label in labels.values()])
    roomy = (wide > 0) & (np.cumsum((wide + mark) * _LINE) < _LETTERED)
    reach = np.c_[mark + np.where(roomy, wide, 0.0), np.maximum(mark, np.where(roomy, _LINE, 0.0))] / 2
    # The mark stands at the left end of what it fills with its name.
    aside = np.c_[np.where(roomy, wide, 0.0) / 2, np.zeros(len(who))]
    home = at[who] + aside
    here = home + np.random.default_rng(_SEED + 3).normal(0, 1e-4, home.shape)  # nobody on one spot
    # Whoever has a name written stays where they are, and marks without one make way.
    firm = np.where(roomy, _FIRM, 1.0)
    # Side by side, not as pairs: sums over two numbers each take most of the time.
    wide_both, high_both = (np.add.outer(side, side) + _GAP for side in reach.T)
    looked = np.full_like(here, np.inf)
    for turn in range(_ROUNDS):
        if not np.abs(here - looked).max() < _AROUND:
            looked = here
            pair = _around(here, wide_both, high_both)
            wide, high = wide_both[pair], high_both[pair]
        right, up = (side[pair[0]] - side[pair[1]] for side in here.T)
        near = np.square(right / wide) + np.square(up / high)
        met = near < 1
        if not met.any():
            break
        a, b = (end[met] for end in pair)
        over = (1 / np.maximum(np.sqrt(near[met]), 0.05) - 1)[:, None] * np.c_[right[met], up[met]]
        push = 0.6 * over / (firm[a] + firm[b])[:, None]
        move = np.zeros_like(here)
        np.add.at(move, a, push * firm[b][:, None])
        np.add.at(move, b, -push * firm[a][:, None])
        move = np.clip(move, -_STRIDE, _STRIDE)
        # At first everybody is drawn home a little, so that circles stay together.
        back = _HOMEWARD * max(1 - 2 * turn / _ROUNDS, 0)
        here = np.clip(here + move + back * (home - here), 0.01 + reach, 0.99 - reach)
    at = at.copy()
    at[who] = here - aside
    return at


def _around(here: Floats, wide: Floats, high: Floats) -> tuple[Ints, Ints]:
    """Return the pairs that can meet before one of them has moved by `_AROUND`."""
    right, up = (np.abs(np.subtract.outer(side, side)) for side in here.T)
    one, other = np.nonzero(np.triu((right < wide + 2 * _AROUND) & (up < high + 2 * _AROUND), 1))
    return one, other


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55 for char in text)
