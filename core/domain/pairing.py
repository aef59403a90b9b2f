"""Who meets whom: pairs, one of three where the number is odd, of people who didn't meet lately."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

AGAIN = 1_000  # what it costs that two meet again; that they are of one circle costs 1
EXACT = 10  # people of whom every way to pair them is looked at
ROUNDS = 20  # of swaps

Met = Mapping[int, AbstractSet[int]]
Pair = tuple[int, int]
Cost = Callable[[int, int], int]


def groups(people: Sequence[int], met: Met, circles: Mapping[int, int], seed: str) -> list[tuple[int, ...]]:
    """Return pairs of people, the last of three where their number is odd; a single one is in none.

    Nobody is with whom they `met` as long as that can be had (exactly so for up to ten people, else as far as swaps
    between pairs lead), and people of other circles come first. `seed` draws among what is equally good.
    """
    order = sorted(people, key=lambda each: hashlib.blake2b(f"{seed}:{each}".encode()).digest())
    odd = order.pop() if len(order) % 2 else None

    def cost(one: int, other: int) -> int:
        if other in met.get(one, ()) or one in met.get(other, ()):
            return AGAIN
        return int(circles.get(one, 0) != 0 and circles.get(one, 0) == circles.get(other, 0))

    if len(order) <= EXACT:
        pairs = min(_every(order), key=lambda some: sum(cost(*pair) for pair in some))
    else:
        pairs = [(order[at], order[at + 1]) for at in range(0, len(order), 2)]
        _swap(pairs, cost)
    made: list[tuple[int, ...]] = list(pairs)
    if odd is not None and made:
        third = odd
        best = min(made, key=lambda pair: sum(cost(third, each) for each in pair))
        made.remove(best)
        made.append((*best, third))
    return made


def _every(people: Sequence[int]) -> Iterator[list[Pair]]:
    if not people:
        yield []
        return
    first, *others = people
    for at, other in enumerate(others):
        for rest in _every([*others[:at], *others[at + 1 :]]):
            yield [(first, other), *rest]


def _swap(pairs: list[Pair], cost: Cost) -> None:
    """Swap partners between pairs as long as that makes them better."""
    for _ in range(ROUNDS):
        if not sum(_swap_one(pairs, at, cost) for at in range(len(pairs)) if cost(*pairs[at])):
            return


def _swap_one(pairs: list[Pair], at: int, cost: Cost) -> bool:
    """Swap partners of one pair with those of the pair where that is best, and say whether any is better."""
    (a, b), best = pairs[at], (0, 0, pairs[at], pairs[at])
    for other, (c, d) in enumerate(pairs):
        if other == at:
            continue
        now = cost(a, b) + cost(c, d)
        for one, two in (((a, c), (b, d)), ((a, d), (c, b))):
            gain = now - cost(*one) - cost(*two)
            if gain > best[0]:
                best = (gain, other, one, two)
    gain, other, one, two = best
    if gain:
        pairs[at], pairs[other] = one, two
    return gain > 0
