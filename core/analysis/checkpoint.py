"""What a day's analysis leaves to the next: the ties in compressed form, and the figures to start from.

The ties are a sum over rows, and fading is one factor for all: a day's rows are added to what is there, and nothing is
read or counted again. Circles and PageRank start from yesterday's.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import scipy.sparse as sp

from core.analysis.ties import HALF_LIFE, Floats, Ints, Ties, fading, summed
from core.domain.network import WINDOW, NetworkInput, Talk, TieRows

ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Ground:
    """All that figures are made of, up to the day `until`; people are places in `members`.

    `ties` are faded to `until`, `before` are those of four weeks earlier, faded to then. `window` counts what was said
    in the four weeks between. `wrote` counts messages by member and place in `rooms`. Who addressed a newcomer first,
    and when, is in `by` (-1 for nobody) and `answered`.
    """

    members: Ints
    until: int
    ties: sp.csr_array
    before: sp.csr_array
    window: sp.csr_array
    wrote: sp.csr_array
    rooms: Ints
    first_wrote: Floats
    answered: Floats
    by: Ints

    @classmethod
    def nothing(cls, until: int) -> Ground:
        """Return the ground of a community of which nothing is known."""
        none, ints, floats = sp.csr_array((0, 0)), np.empty(0, np.int64), np.empty(0)
        return cls(ints, until, none, none, none, none, ints, floats, floats, ints)

    @property
    def graph(self) -> Ties:
        """Return the ties as a graph."""
        return Ties([str(each) for each in self.members.tolist()], self.ties, float(self.until), HALF_LIFE)


@dataclass(frozen=True, eq=False)
class Figures:
    """Yesterday's figures, in the order of yesterday's members."""

    pagerank: Floats
    bridging: Floats
    bridging_made: Floats  # error, doubt and day of the sampling; the day is NaN where none is known
    clustering: Floats
    part: Ints
    earlier: Floats  # PageRank of four weeks before


def packed(ground: Ground, figures: Figures) -> bytes:
    """Return both as bytes."""
    arrays: dict[str, Any] = {}
    for one in (ground, figures):
        for name in (each.name for each in fields(one)):
            value = getattr(one, name)
            if isinstance(value, sp.csr_array):
                arrays |= {f"{name}.data": value.data, f"{name}.indices": value.indices, f"{name}.indptr": value.indptr}
                arrays[f"{name}.shape"] = np.array(value.shape)
            else:
                arrays[name] = np.asarray(value)
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def unpacked(content: bytes) -> tuple[Ground, Figures]:
    """Read what `packed` wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        read = {name: arrays[name] for name in arrays.files}
    return Ground(**_values(read, Ground)), Figures(**_values(read, Figures))


def _values(read: Mapping[str, Any], kind: type) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in (each.name for each in fields(kind)):
        if f"{name}.data" in read:
            parts = tuple(read[f"{name}.{part}"] for part in ("data", "indices", "indptr"))
            values[name] = sp.csr_array(parts, shape=tuple(read[f"{name}.shape"].tolist()))
        else:
            values[name] = int(read[name]) if name == "until" else read[name]
    return values


def brought_up(ground: Ground | None, known: NetworkInput) -> Ground:
    """Return the ground with what is known since; with all there is, where there was none.

    Everybody keeps their place, and who is new comes after them.
    """
    was = ground or Ground.nothing(known.until)
    until = known.until
    people = np.asarray(known.people, np.int64)
    rows, leaving, talk = known.ties, known.leaving, known.talk
    wrote = _of(talk.first, people)
    here = _among(rows, people)
    found = np.union1d(np.concatenate([here.source, here.target]), wrote)
    members = np.concatenate([was.members, np.setdiff1d(found, was.members)])
    size, places = len(members), _Places(members)
    new, gone = places.rows(here), places.rows(_among(leaving, people))
    recent = new.day > was.until - WINDOW
    left = float(fading(until - was.until, HALF_LIFE))
    window = sp.csr_array(_grown(was.window, size) + _summed(new, recent, size) - _summed(gone, None, size))
    window.eliminate_zeros()
    before = sp.csr_array(
        _grown(was.before, size) * left
        + _summed(new, ~recent, size, until - WINDOW)
        + _summed(gone, None, size, until - WINDOW)
    )
    first = np.concatenate([was.first_wrote, np.full(size - len(was.members), np.nan)])
    at, inside = np.asarray(talk.first_at, np.float64), np.isin(np.asarray(talk.first, np.int64), members)
    who = places.of(np.asarray(talk.first, np.int64)[inside])
    first[who] = np.fmin(first[who], at[inside])
    rooms, written = _written(was, talk, places, size)
    joined = joined_of(known, members)
    answered, by = _answers(was, talk, places, joined, first)
    ties = sp.csr_array(_grown(was.ties, size) * left + _summed(new, None, size, until))
    for each in (ties, before):
        _without_ended(each, new)
    return Ground(members, until, ties, before, window, written, rooms, first, answered, by)


def summed_rows(
    known: NetworkInput, members: Ints, chosen: Callable[[Ints], Any], until: int | None = None
) -> sp.csr_array:
    """Return what the rows of the days that are `chosen` sum to, by places of `members`; faded if `until` is given."""
    some = _among(known.ties, np.asarray(known.people, np.int64))
    return _summed(_Places(members).rows(some), chosen(some.day), len(members), until)


def joined_of(known: NetworkInput, members: Ints) -> Floats:
    """Return when each member came."""
    return np.asarray(known.joined, np.float64)[_Places(np.asarray(known.people, np.int64)).of(members)]


def _of(ids: Any, people: Ints) -> Ints:
    given = np.unique(np.asarray(ids, np.int64))
    return np.asarray(given[np.isin(given, people)], np.int64)


@dataclass(frozen=True, eq=False)
class _Rows:
    source: Ints
    target: Ints
    day: Ints
    weight: Floats


def _among(rows: TieRows, people: Ints) -> _Rows:
    """Return the rows of which both ends have a part in it."""
    columns = [np.asarray(each, np.int64) for each in (rows.source, rows.target, rows.day)]
    both = np.isin(columns[0], people) & np.isin(columns[1], people)
    source, target, day = (each[both] for each in columns)
    return _Rows(source, target, day, np.asarray(rows.weight, np.float64)[both])


class _Places:
    """Finds the places of ids."""

    def __init__(self, ids: Ints) -> None:
        self._order = np.argsort(ids, kind="stable")
        self._sorted = ids[self._order]

    def of(self, ids: Ints) -> Ints:
        return np.asarray(self._order[np.searchsorted(self._sorted, ids)], np.int64)

    def has(self, ids: Ints) -> Any:
        return np.isin(ids, self._sorted)

    def rows(self, rows: _Rows) -> _Rows:
        inside = self.has(rows.source) & self.has(rows.target)
        return _Rows(self.of(rows.source[inside]), self.of(rows.target[inside]), rows.day[inside], rows.weight[inside])


def _summed(rows: _Rows, chosen: Any, size: int, until: float | None = None) -> sp.csr_array:
    """Return what rows sum to, faded to `until` if that is given."""
    source, target, weight = rows.source, rows.target, rows.weight
    if until is not None:
        weight = weight * fading(until - rows.day, HALF_LIFE)
    if chosen is not None:
        source, target, weight = source[chosen], target[chosen], weight[chosen]
    return summed(source, target, weight, size)


def _grown(matrix: sp.csr_array, size: int, columns: int | None = None) -> sp.csr_array:
    ends = np.concatenate([matrix.indptr, np.full(size + 1 - len(matrix.indptr), matrix.indptr[-1])])
    return sp.csr_array((matrix.data, matrix.indices, ends), shape=(size, size if columns is None else columns))


def _without_ended(matrix: sp.csr_array, rows: _Rows) -> None:
    """Leave out the ties that rows ended: what rounding leaves of a sum that is nothing."""
    gone = rows.weight < 0
    for source, target in {*zip(rows.source[gone].tolist(), rows.target[gone].tolist(), strict=True)}:
        place = slice(matrix.indptr[source], matrix.indptr[source + 1])
        ended = (matrix.indices[place] == target) & (matrix.data[place] < ROUNDING)
        matrix.data[place][ended] = 0.0
    if gone.any():
        matrix.eliminate_zeros()


def _written(was: Ground, talk: Talk, places: _Places, size: int) -> tuple[Ints, sp.csr_array]:
    who, room = np.asarray(talk.wrote, np.int64), np.asarray(talk.wrote_room, np.int64)
    inside = places.has(who)
    who, room, said = places.of(who[inside]), room[inside], np.asarray(talk.wrote_messages, np.float64)[inside]
    rooms = np.concatenate([was.rooms, np.setdiff1d(room, was.rooms)])
    new = sp.coo_array((said, (who, _Places(rooms).of(room))), shape=(size, len(rooms)))
    return rooms, sp.csr_array(_grown(was.wrote, size, len(rooms)) + sp.csr_array(new))


def _answers(was: Ground, talk: Talk, places: _Places, joined: Floats, first: Floats) -> tuple[Floats, Ints]:
    """Return when each member was first answered, and by whom: after their first message, or after joining.

    Where a first message comes in late, answers that were there before it are found by the next run over everything.
    """
    source, target = np.asarray(talk.source, np.int64), np.asarray(talk.target, np.int64)
    inside = places.has(source) & places.has(target) & (source != target)
    told = np.flatnonzero(was.by >= 0)
    source = np.concatenate([was.by[told], places.of(source[inside])])
    target = np.concatenate([told, places.of(target[inside])])
    at = np.concatenate([was.answered[told], np.asarray(talk.at, np.float64)[inside]])
    start = np.where(np.isnan(first), joined, np.fmax(first, joined))
    later = np.flatnonzero(at >= start[target])
    later = later[np.lexsort((source[later], at[later]))]
    who, place = np.unique(target[later], return_index=True)
    answered, by = np.full(len(joined), np.nan), np.full(len(joined), -1, np.int64)
    answered[who], by[who] = at[later[place]], source[later[place]]
    return answered, by


def among_themselves(matrix: sp.csr_array) -> Ties:
    """Return the ties of a matrix among those who have one."""
    seen = np.diff(matrix.indptr) > 0
    seen[matrix.indices] = True
    who = np.flatnonzero(seen)
    place = np.cumsum(seen) - 1
    # The rows left out are empty: the ends of those that stay are where they were.
    entries = (matrix.data, place[matrix.indices], matrix.indptr[np.concatenate([who, [len(seen)]])])
    names = [str(each) for each in who.tolist()]
    return Ties(names, sp.csr_array(entries, shape=(len(who), len(who))))
