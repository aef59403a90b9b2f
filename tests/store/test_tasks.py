"""Tasks in the store: claimed once, settled by whoever has the claim, let go after three tries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.community import Settings
from core.domain.schedule import Daily, Every, Monthly, Once, Schedule, Weekly, schedule_from_json, schedule_to_json
from core.domain.tasks import NEWS, Lane, Task
from core.store.tasks import LEASE, PAUSE, Lost
from core.store.unit import Store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAILY = Task(action="daily", community_id=1, slot="2026-03-02", due_at=NOW)


@pytest.fixture
async def home(store: Store) -> Store:
    """Give a database with one community, whose plan is made."""
    async with store.begin() as unit:
        await unit.communities.add("Home", Settings(), NOW)
        for each in await unit.tasks.claim(Lane.NEWS, NOW, 9):
            await unit.tasks.settle(each)
    return store


async def test_a_slot_is_written_once_and_claimed_once(home: Store) -> None:
    async with home.begin() as unit:
        assert await unit.tasks.add([DAILY]) == {1}
        assert await unit.tasks.add([DAILY]) == set()
        assert await unit.tasks.look(NOW - timedelta(seconds=1)) == set()
        assert await unit.tasks.look(NOW) == {Lane.LIGHT}
        (mine,) = await unit.tasks.claim(Lane.LIGHT, NOW, 9)
        assert await unit.tasks.claim(Lane.LIGHT, NOW, 9) == []
        await unit.tasks.settle(mine)
        assert await unit.tasks.add([DAILY]) == set()
        assert await unit.tasks.look(NOW + LEASE + PAUSE) == set()


async def test_a_claim_that_was_taken_over_settles_nothing(home: Store) -> None:
    async with home.begin() as unit:
        await unit.tasks.add([DAILY])
        (first,) = await unit.tasks.claim(Lane.LIGHT, NOW, 9)
        await unit.tasks.renew(first, NOW + LEASE / 2)
        assert await unit.tasks.claim(Lane.LIGHT, NOW + LEASE, 9) == []
        (second,) = await unit.tasks.claim(Lane.LIGHT, NOW + 2 * LEASE, 9)
        for settle in (unit.tasks.settle(first), unit.tasks.fail(first, "why"), unit.tasks.go_on(first, {}, NOW)):
            with pytest.raises(Lost):
                await settle
        assert second.attempts == 2
        await unit.tasks.settle(second)


async def test_a_claim_from_before_a_step_settles_nothing_of_the_next(home: Store) -> None:
    async with home.begin() as unit:
        await unit.tasks.add([DAILY])
        (first,) = await unit.tasks.claim(Lane.LIGHT, NOW, 9)
        (second,) = await unit.tasks.claim(Lane.LIGHT, NOW + 2 * LEASE, 9)
        await unit.tasks.go_on(second, {"step": 1}, NOW)
        (third,) = await unit.tasks.claim(Lane.LIGHT, NOW + 2 * LEASE, 9)
        assert (third.attempts, third.progress) == (1, {"step": 1})
        await unit.tasks.release(first)
        for settle in (unit.tasks.settle(first), unit.tasks.go_on(first, {"step": 1}, NOW)):
            with pytest.raises(Lost):
                await settle
        assert await unit.tasks.look(NOW + 2 * LEASE) == set()
        await unit.tasks.settle(third)


async def test_the_oldest_are_claimed_and_no_more_than_asked_for(home: Store) -> None:
    late, early = (replace(DAILY, slot=slot, due_at=NOW - timedelta(hours=ago)) for slot, ago in (("a", 1), ("b", 2)))
    async with home.begin() as unit:
        await unit.tasks.add([late, early, replace(DAILY, slot="heavy", lane=Lane.HEAVY)])
        assert [each.slot for each in await unit.tasks.claim(Lane.LIGHT, NOW, 1)] == ["b"]
        assert [each.slot for each in await unit.tasks.claim(Lane.LIGHT, NOW, 9)] == ["a"]


async def test_news_waits_once_and_is_free_again_when_it_was_seen_or_given_up(home: Store) -> None:
    async with home.begin() as unit:
        for end in (unit.tasks.settle, lambda task: unit.tasks.fail(task, "why")):
            assert await unit.tasks.want(NEWS, [1], NOW) == {1}
            assert await unit.tasks.want(NEWS, [1], NOW) == set()
            (mine,) = await unit.tasks.claim(Lane.NEWS, NOW, 9)
            await end(mine)
        assert [(each.action, each.why) for each in await unit.tasks.failed()] == [(NEWS, "why")]
        assert await unit.tasks.want(NEWS, [1], NOW) == {1}
        await unit.tasks.retry()
        assert await unit.tasks.counts() == {"waiting": 1, "failed": 1}


async def test_what_was_given_up_is_tried_again_when_an_owner_says_so(home: Store) -> None:
    async with home.begin() as unit:
        await unit.tasks.add([DAILY])
        (mine,) = await unit.tasks.claim(Lane.LIGHT, NOW, 9)
        await unit.tasks.fail(mine, "why")
        assert await unit.tasks.claim(Lane.LIGHT, NOW, 9) == []
        await unit.tasks.retry()
        assert [each.attempts for each in await unit.tasks.claim(Lane.LIGHT, NOW, 9)] == [1]


async def test_what_is_cancelled_waits_no_more_and_what_is_under_way_comes_no_more(home: Store) -> None:
    weekly = replace(DAILY, subject="quiz", schedule=Weekly("mon 09:00"))
    async with home.begin() as unit:
        await unit.tasks.add([weekly, replace(weekly, subject="other")])
        assert await unit.tasks.cancel("daily", 1, "quiz", NOW) == 1
        (other,) = await unit.tasks.claim(Lane.LIGHT, NOW, 9)
        assert await unit.tasks.cancel("daily", 1, "other", NOW) == 0
        assert (await unit.tasks.settle(other)).schedule is None


async def test_what_was_settled_long_ago_goes(home: Store) -> None:
    async with home.begin() as unit:
        await unit.tasks.add([DAILY, replace(DAILY, slot="later", due_at=NOW + timedelta(days=9))])
        for each in await unit.tasks.claim(Lane.LIGHT, NOW, 9):
            await unit.tasks.settle(each)
        await unit.tasks.prune(NOW, NOW)
        assert await unit.tasks.add([DAILY]) == set()
        await unit.tasks.prune(NOW + timedelta(days=1), NOW)
        assert await unit.tasks.add([DAILY]) == {1}
        assert await unit.tasks.counts() == {"waiting": 2, "failed": 0}


@pytest.mark.parametrize(
    "schedule", [Daily("09:00"), Weekly("mon,thu 09:00", 2), Monthly("-1 09:00"), Once("2026-12-24 18:00"), Every(60)]
)
def test_a_schedule_is_the_same_when_it_was_written_down(schedule: Schedule) -> None:
    assert schedule_from_json(schedule_to_json(schedule)) == schedule


async def test_what_is_given_back_was_never_tried(home: Store) -> None:
    async with home.begin() as unit:
        await unit.tasks.add([DAILY])
        for _ in range(3):
            (mine,) = await unit.tasks.claim(Lane.LIGHT, NOW, 9)
            assert mine.attempts == 1
            await unit.tasks.release(mine)
