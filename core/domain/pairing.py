"""Who meets whom: pairs, and threes where the number is odd, of people who didn't meet lately."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from core.domain.matching import enlarge

NEVER = 1_000_000  # what it costs that two meet who don't want to
AGAIN = 1_000  # that two meet again; that they are of one circle costs 1
EXACT = 10  # people of whom every way to pair them is looked at
ROUNDS = 20  # of swaps

Met = Mapping[int, AbstractSet[int]]
Pair = tuple[int, int]
Cost = Callable[[int, int], int]


def groups(
    people: Sequence[int], met: Met, circles: Mapping[int, int], seed: str, apart: AbstractSet[Pair] = frozenset()
) -> list[tuple[int, ...]]:
    """Return pairs of people, one of three where their number is odd; a single one is in none.

    Nobody is with whom they are to be kept `apart` from, either way round, be they in no group for it. Of an even
    number nobody is with whom they `met` where all can be paired so, which is exact; people of other circles come
    first, and who is the third of an odd number is good, as far as swaps between pairs lead (exact for up to ten).
    `seed` draws among what is equally good.
    """
    order = sorted(people, key=lambda each: hashlib.blake2b(f"{seed}:{each}".encode()).digest())

    def cost(one: int, other: int) -> int:
        if (one, other) in apart or (other, one) in apart:
            return NEVER
        if other in met.get(one, ()) or one in met.get(other, ()):
            return AGAIN
        return int(circles.get(one, 0) != 0 and circles.get(one, 0) == circles.get(other, 0))

    if len(order) <= EXACT:
        pairs = min(_ways(order), key=lambda some: sum(cost(*pair) for pair in some) + _third(some, order, cost))
        pairs = [pair for pair in pairs if cost(*pair) < NEVER]
    else:
        pairs = _many(order, cost)
    return _with_the_rest(pairs, order, cost)


def _many(order: Sequence[int], cost: Cost) -> list[Pair]:
    """Return pairs of many people: swaps find nearly all in no time, paths of swaps the rest."""
    pairs = [(order[at], order[at + 1]) for at in range(0, len(order) - 1, 2)]
    _swap(pairs, cost)
    if all(cost(*pair) < AGAIN for pair in pairs):
        return pairs
    partner: dict[int, int] = {}
    for limit in (AGAIN, NEVER):
        for one, other in pairs:
            if one not in partner and other not in partner and cost(one, other) < limit:
                partner[one], partner[other] = other, one
        enlarge(order, lambda one, other, below=limit: cost(one, other) < below, partner)  # type: ignore[misc]
    place = {each: at for at, each in enumerate(order)}
    pairs = [(each, partner[each]) for each in order if each in partner and place[each] < place[partner[each]]]
    _swap(pairs, cost)
    return pairs


def _with_the_rest(pairs: Sequence[Pair], order: Sequence[int], cost: Cost) -> list[tuple[int, ...]]:
    """Return the pairs, with whoever is left over as a third where that is best and nobody minds."""
    made: list[tuple[int, ...]] = list(pairs)
    there = {each for pair in pairs for each in pair}
    for left in (each for each in order if each not in there):
        of_two = [pair for pair in made if len(pair) == 2]
        best = min(of_two, key=lambda pair: sum(cost(left, each) for each in pair), default=None)
        if best is not None and sum(cost(left, each) for each in best) < NEVER:
            made.remove(best)
            made.append((*best, left))
    return made


def _ways(order: Sequence[int]) -> Iterator[list[Pair]]:
    """Yield every way to pair people, one of whom is left over where their number is odd."""
    if len(order) % 2 == 0:
        yield from _every(order)
        return
    for at in range(len(order)):
        yield from _every([*order[:at], *order[at + 1 :]])


def _third(pairs: Sequence[Pair], order: Sequence[int], cost: Cost) -> int:
    """Return what it costs at least that whoever is left over joins a pair."""
    left = set(order).difference(*pairs)
    return sum(min((cost(one, a) + cost(one, b) for a, b in pairs), default=0) for one in left)


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
