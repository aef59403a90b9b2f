"""Two platforms in one batch: each one's events keep their order, and are loaded and written together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.engine.batch import Batch
from core.store.unit import Store
from tests.reliability.story import batch, opening
from tests.world import World
from tests.world.platform import FakePlatform


async def test_events_of_two_platforms_by_turns_are_two_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(store, FakePlatform("fake"), FakePlatform("other"))
    await world.hand_in(*opening())
    events = [
        replace(event, platform=platform)
        for number in range(4)
        for event in batch(number)
        for platform in ("other", "fake")
    ]
    loaded: list[list[tuple[str, str]]] = []
    load = Batch.load

    async def noted(self: Batch, some):  # type: ignore[no-untyped-def]
        loaded.append([(event.platform, event.key) for event in some])
        return await load(self, some)

    monkeypatch.setattr(Batch, "load", noted)
    await world.hand_in(*events)
    told = [event.key for number in range(4) for event in batch(number)]
    assert loaded == [[(platform, key) for key in told] for platform in ("fake", "other")]
    async with store.read() as unit:
        assert await unit.parked.all() == []
