"""kill -9 at each step of a broadcast: nobody is written to twice, nor left out but where no platform can tell."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliver import AT_ONCE
from core.domain.audience import Audience
from core.domain.events import WroteDirectly
from core.domain.message import Reply
from core.domain.outgoing import Lane
from core.domain.pushes import Topic
from core.engine.settle import settle
from core.kit import Context, Texts
from core.kit.broadcasts import broadcast
from core.store.tasks import LEASE
from tests.reliability.broadcast_worker import STEPS, runner
from tests.world import World
from tests.world.stores import opened

PEOPLE = tuple(f"p{number}" for number in range(10))
HELD = AT_ONCE[Lane.PUSH]  # on their way at once


async def planned(url: str) -> World:
    """Let a broadcast to ten people be written down, and return the world in which it is."""
    async with opened(url) as store:
        return await _planned(World(store))


async def _planned(world: World) -> World:
    await world.open()
    for who in PEOPLE:
        await world.join(who)
        await world.happen(WroteDirectly, who, space="direct", direct=True, room=None)
    await world.engine.due()
    await world.deliver()
    community = await world.community()
    async with world.store.begin() as unit:
        context = Context(unit, world.clock.now(), community, Texts("en"))
        assert await broadcast(context, "news", Topic.CONTENT, Audience(), {"en": Reply("A new column is out.")})
        await settle(unit, context, world.engine.registry)
    return world


@pytest.mark.parametrize("idempotent", [True, False])
@pytest.mark.parametrize("step", STEPS)
async def test_nobody_is_written_to_twice(database_url: str, tmp_path: Path, step: str, idempotent: bool) -> None:
    now, log = (await planned(database_url)).clock.now(), tmp_path / "shown"
    with runner(database_url, now, log, idempotent=idempotent, stop=step) as (process, pipe):
        assert pipe.poll(60)
        assert pipe.recv() == step
        process.kill()
        process.join()
    for later in (1, 2):
        at = now + later * (LEASE + timedelta(seconds=1))
        with runner(database_url, at, log, idempotent=idempotent) as (process, _):
            process.join(300)
            assert process.exitcode == 0
    shown = Counter(line.split()[1] for line in log.read_text("utf-8").splitlines())
    assert set(shown.values()) == {1}
    assert set(shown) <= set(PEOPLE)
    # What was claimed may have arrived: where nothing tells that apart, it is rather lost than said twice.
    lost = 0 if idempotent else {"claimed": HELD, "performed": HELD - 1, "settled": HELD - 1}.get(step, 0)
    assert len(PEOPLE) - len(shown) == lost
