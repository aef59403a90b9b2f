"""A largest matching: as many pairs as can be had of people of whom not everybody fits everybody (Edmonds 1965)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

Fits = Callable[[int, int], bool]


def enlarge(people: Sequence[int], fits: Fits, partner: dict[int, int]) -> None:
    """Make the matching `partner` (who is with whom, both ways round) as large as it can be, by augmenting paths.

    Whoever is in it stays in it, be it with another. Takes O(n²) for each person that is free (Gabow 1976).
    """
    search = _Search(people, fits, partner)
    for person in people:
        if person not in partner:
            search.augment(person)


class _Search:
    """A search for an augmenting path, in which an odd cycle counts as one: its `base`."""

    def __init__(self, people: Sequence[int], fits: Fits, partner: dict[int, int]) -> None:
        self._people, self._fits, self._partner = people, fits, partner
        self._others: dict[int, list[int]] = {}
        self._base: dict[int, int] = {}
        self._parent: dict[int, int] = {}

    def augment(self, root: int) -> bool:
        """Give a free person a partner, if need be by giving others another."""
        last = self._path_from(root)
        if last is None:
            return False
        while last is not None:
            before = self._parent[last]
            after = self._partner.get(before)
            self._partner[last], self._partner[before] = before, last
            last = after
        return True

    def _neighbours(self, person: int) -> list[int]:
        if person not in self._others:
            self._others[person] = [each for each in self._people if each != person and self._fits(person, each)]
        return self._others[person]

    def _path_from(self, root: int) -> int | None:
        """Return the free person at whom a path ends, None where there is none."""
        self._base = {each: each for each in self._people}
        self._parent = {}
        even, queue = {root}, deque([root])
        while queue:
            here = queue.popleft()
            for other in self._neighbours(here):
                if self._base[here] == self._base[other] or self._partner.get(here) == other:
                    continue
                if other == root or self._partner.get(other) in self._parent:
                    queue += self._contract(here, other, even)
                elif other not in self._parent:
                    self._parent[other] = here
                    if other not in self._partner:
                        return other
                    even.add(self._partner[other])
                    queue.append(self._partner[other])
        return None

    def _contract(self, one: int, other: int, even: set[int]) -> list[int]:
        """Make an odd cycle one, and return those in it that are looked at from now on."""
        base = self._meeting(one, other)
        cycle: set[int] = set()
        self._mark(one, base, other, cycle)
        self._mark(other, base, one, cycle)
        fresh = []
        for each in self._people:
            if self._base[each] in cycle:
                self._base[each] = base
                if each not in even:
                    even.add(each)
                    fresh.append(each)
        return fresh

    def _meeting(self, one: int, other: int) -> int:
        """Return where the ways of two back to the root meet."""
        seen = set()
        here = one
        while True:
            here = self._base[here]
            seen.add(here)
            if here not in self._partner or self._partner[here] not in self._parent:
                break
            here = self._parent[self._partner[here]]
        here = other
        while self._base[here] not in seen:
            here = self._parent[self._partner[self._base[here]]]
        return self._base[here]

    def _mark(self, here: int, base: int, child: int, cycle: set[int]) -> None:
        while self._base[here] != base:
            cycle |= {self._base[here], self._base[self._partner[here]]}
            self._parent[here] = child
            child = self._partner[here]
            here = self._parent[self._partner[here]]
