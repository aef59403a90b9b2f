"""While a history is staged, everything that tells of a community says what it says where there is none."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from bot.cli import activities, network, report, stats
from bot.web.health import Health
from core.domain.events import CommandCalled
from core.domain.people import Rights
from core.engine import history
from core.engine.history import import_history
from core.engine.registry import discover
from core.store import stages
from core.store.plain import to_plain
from core.store.unit import Store
from tests.flow.test_import_stages import Watched, copied, settled
from tests.world import World
from tests.world.stores import opened
from tests.world.talk import told

COMMANDS = sorted(discover().commands)
_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")  # by which communities join: another each time


class Enough(BaseException):
    """End the import as kill -9 does: nothing runs after it."""


@pytest.fixture
async def other(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    """Give a second world to compare with, in which nothing is staged."""
    async with opened(copied(sqlite_template, tmp_path / "other.db")) as store:
        world = World(store)
        await settled(world)
        yield world


async def said(world: World) -> dict[str, Any]:
    """Return what the command line and the figures for Prometheus say, and every command, in one room and directly."""
    store, name = world.store, "Data Kitchen"
    page = await report.told(store, name, "en")
    _, found_now = await network.current(store, name, world.clock.now())
    figures = await Health(world.house).metrics(Request({"type": "http"}))
    found: dict[str, Any] = {
        "kith stats": await stats.figures(store, name),
        "kith network": to_plain(found_now.result),
        "kith report": [(part, reply) for part, _, reply in page.parts],
        "kith activities": await activities.figures(store, name, world.clock),
        "/metrics": bytes(figures.body).replace(b"postgresql", b"sqlite"),  # it says which it is
    }
    world.moderator("olga", Rights.OWNER)
    for command in COMMANDS:
        for direct in (False, True):
            before = len(world.sent)
            await world.happen(CommandCalled, "olga", key=f"{command}:{direct}", name=command, direct=direct)
            found[f"/{command}", direct] = [
                (_CODE.sub("code", sent.outgoing.text), sent.outgoing.picture) for sent in world.sent[before:]
            ]
    return found


async def test_everything_says_what_it_says_where_nothing_is_staged(
    store: Store, database_url: str, other: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(store)
    await settled(world)
    monkeypatch.setattr(history, "EVENTS", 8)
    monkeypatch.setattr(stages, "ROWS", 20)
    expected = await said(other)

    async def look(step: int) -> None:
        if step == 16:  # people, rooms, interactions and roll-ups are staged
            found = await said(world)
            assert {about: what for about, what in found.items() if what != expected[about]} == {}
            raise Enough

    staging = Watched(database_url, look)
    with pytest.raises(Enough):
        await import_history(
            staging, lambda *_: "", "fake", "Data Kitchen", told(), path="x", now=world.clock.now(), with_points=True
        )
    await staging.close()
