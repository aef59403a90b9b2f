"""What recommenders learn from: who wanted which item when, and what the catalogue says of its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
BLOCK = 512  # columns whose products are worked out at once


@dataclass(frozen=True, kw_only=True)
class Signals:
    """Signals of members for items: one entry a member and item, numbered from 0.

    `day` is when, in days; `refused` are the pairs (n, 2) of a member and an item that is not for them.
    """

    member: Numbers
    item: Numbers
    day: Floats
    members: int
    items: int
    refused: Numbers | None = None

    def __len__(self) -> int:
        """Return how many signals there are."""
        return len(self.member)

    @cached_property
    def matrix(self) -> sp.csr_array:
        """Return members × items, 1 where there is a signal."""
        # Products take two thirds of the time with places of 32 bits.
        places = (self.member.astype(np.int32), self.item.astype(np.int32))
        matrix = sp.csr_array((np.ones(len(self), np.float32), places), shape=(self.members, self.items))
        matrix.data[:] = 1.0
        return matrix

    @cached_property
    def together(self) -> NDArray[np.float32]:
        """Return items × items: how many members want both, on the diagonal how many want one."""
        return crossed(self.matrix)

    @cached_property
    def closed(self) -> sp.csr_array:
        """Return members × items, not 0 where an item must not be recommended: wanted already, or refused."""
        if self.refused is None or not len(self.refused):
            return self.matrix
        pairs = (self.refused[:, 0], self.refused[:, 1])
        refused = sp.csr_array((np.ones(len(self.refused), np.float32), pairs), shape=self.matrix.shape)
        return sp.csr_array(self.matrix + refused)

    @cached_property
    def counts(self) -> Numbers:
        """Return how many signals each member gave."""
        return np.asarray(np.diff(self.matrix.indptr), np.int64)

    def of(self, member: int) -> Numbers:
        """Return the items that a member wants."""
        return row(self.matrix, member)

    def where(self, kept: Flags) -> Signals:
        """Return some of the signals, of the same members and items."""
        return Signals(
            member=self.member[kept],
            item=self.item[kept],
            day=self.day[kept],
            members=self.members,
            items=self.items,
            refused=self.refused,
        )


@dataclass(frozen=True, kw_only=True)
class Items:
    """What the catalogue says of its items, and which topics members chose.

    `texts` holds title and description; `topics` is items × topics and `chosen` members × topics, 1 where it is so;
    `published` is the day of each item, in the days of the signals.
    """

    texts: Sequence[str]
    topics: sp.csr_array | None = None
    topic_names: Sequence[str] = ()
    chosen: sp.csr_array | None = None
    published: Floats | None = None


def row(matrix: sp.csr_array, place: int) -> Numbers:
    """Return where a row is not 0, without the matrix that SciPy makes of a row, at a hundred times the cost."""
    start, end = matrix.indptr[place : place + 2]
    return np.asarray(matrix.indices[start:end], np.int64)


def crossed(matrix: sp.csr_array) -> NDArray[np.float32]:
    """Return columns × columns: the transpose times the matrix, each pair of columns multiplied once."""
    size = matrix.shape[1]
    columns = matrix.tocsc()
    found = np.empty((size, size), np.float32)
    for start in range(0, size, BLOCK):
        end = min(start + BLOCK, size)
        found[start:end, :end] = (sp.csr_array(columns[:, start:end].T) @ matrix[:, :end]).toarray()
        found[:start, start:end] = found[start:end, :start].T
    return found
