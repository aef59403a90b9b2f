"""Whatever is handed in again, in whatever order and batches: the books are those of the first time."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.store.unit import Store
from tests.reliability.books import assert_adds_up, books, difference
from tests.reliability.story import batch, opening
from tests.world import World

NUMBERS = range(6)
EVENTS = [event for number in NUMBERS for event in batch(number)]
quick = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(
    order=st.permutations(EVENTS),
    cuts=st.sets(st.integers(1, len(EVENTS) - 1), max_size=6),
    doubled=st.lists(st.integers(0, len(EVENTS) - 1), max_size=5),
)
async def test_what_comes_again_in_any_order_and_batches_changes_nothing(
    store: Store, order: list[object], cuts: set[int], doubled: list[int]
) -> None:
    world = World(store)
    await world.hand_in(*opening())
    await world.hand_in(*EVENTS)
    before = books(store.url)
    again = [*order, *(order[place] for place in doubled)]
    for start, end in pairwise([0, *sorted(cuts), len(again)]):
        await world.hand_in(*again[start:end])  # type: ignore[arg-type]
    assert difference(books(store.url), before) == {}
    assert_adds_up(store.url)
