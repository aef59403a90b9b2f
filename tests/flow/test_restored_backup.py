"""A backup from before an erasure, put back: the journal beside the database keeps the promise."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.journal import ErasureJournal
from core.domain.events import MessageSent
from core.domain.people import Person
from core.engine.erasures import keep_erasures
from core.engine.seal import Sealer
from core.store.tables import PERSONAL
from core.store.tables.erasures import EVERYWHERE
from core.store.unit import Store
from tests.world import World
from tests.world.world import KEY


def put(path: Path, content: bytes) -> None:
    """Let the database at `path` be `content`, as restoring a backup does."""
    for leftover in path.parent.glob(f"{path.name}-*"):
        leftover.unlink()
    path.write_bytes(content)


async def kept(world: World) -> str:
    async with world.store.read() as unit:
        rows = [str(row) for entry in PERSONAL.values() for row in await unit.connection.execute(entry.table.select())]
    return "\n".join(rows).lower()


async def test_a_restored_database_forgets_again(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "kith.db"
    put(path, await asyncio.to_thread(sqlite_template.read_bytes))
    journal, sealer = ErasureJournal(tmp_path / "erasures.txt"), Sealer([KEY])
    store = Store(f"sqlite:///{path}")
    world = World(store)
    await world.open()
    message = await world.say("annabel", "hello")
    await world.say("li", "so", reply_to=message)
    await world.advance(hours=1)
    before = await world.member("annabel")
    assert await keep_erasures(store, journal, sealer.hash, world.clock.now()) == 0
    await store.close()
    backup = path.read_bytes()

    store = Store(f"sqlite:///{path}")
    other = World(store)
    other.clock.advance(timedelta(hours=2))
    await other.say("annabel", "/forgetme")
    await other.press("annabel", "Erase everything")
    assert await keep_erasures(store, journal, sealer.hash, other.clock.now()) == 0
    await store.close()
    assert "annabel" not in (tmp_path / "erasures.txt").read_text()

    put(path, backup)
    store = Store(f"sqlite:///{path}")
    restored = World(store)
    restored.clock.advance(timedelta(hours=3))
    assert "annabel" in await kept(restored)
    assert await keep_erasures(store, journal, sealer.hash, restored.clock.now()) == 1
    assert "annabel" not in await kept(restored)
    async with store.read() as unit:
        gone = await unit.members.get(before.id)
        assert (await unit.ledger.sums(gone.community_id))[gone.id] == gone.balance
    assert gone.erased_at is not None
    # Once is enough, and the old message is not taken in again.
    assert await keep_erasures(store, journal, sealer.hash, restored.clock.now()) == 0
    ana, at = Person("annabel", "Annabel"), restored.clock.now() - timedelta(hours=3)
    await restored.hand_in(MessageSent(platform="fake", key="m:old", space="home", at=at, actor=ana, length=5))
    assert "annabel" not in await kept(restored)
    await store.close()


def test_a_line_cut_short_is_left_out_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "erasures.txt"
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    journal = ErasureJournal(path)
    journal.add({("a" * 64, EVERYWHERE): at})
    with path.open("a") as file:
        file.write("\n" + "b" * 64 + " 12 2026-03-0")
    journal.add({("c" * 64, 12): at})
    assert journal.read() == {("a" * 64, EVERYWHERE): at, ("c" * 64, 12): at}


def test_a_line_without_a_community_holds_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "erasures.txt"
    path.write_text(f"\n{'a' * 64} 2026-03-02T09:00:00+00:00.")
    assert ErasureJournal(path).read() == {("a" * 64, EVERYWHERE): datetime(2026, 3, 2, 9, tzinfo=UTC)}


async def test_a_restored_database_forgets_where_it_was_asked_alone(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "kith.db"
    put(path, await asyncio.to_thread(sqlite_template.read_bytes))
    journal, sealer = ErasureJournal(tmp_path / "erasures.txt"), Sealer([KEY])
    store = Store(f"sqlite:///{path}")
    world = World(store)
    await world.open()
    await world.open("annex", "Annex")
    for space in ("home", "annex"):
        await world.say("annabel", "hello", space=space)
    await store.close()
    backup = path.read_bytes()

    store = Store(f"sqlite:///{path}")
    other = World(store)
    other.clock.advance(timedelta(hours=2))
    await other.say("annabel", "/forgetme")
    await other.press("annabel", "Erase me here")
    await keep_erasures(store, journal, sealer.hash, other.clock.now())
    await store.close()

    put(path, backup)
    store = Store(f"sqlite:///{path}")
    restored = World(store)
    restored.clock.advance(timedelta(hours=3))
    assert await keep_erasures(store, journal, sealer.hash, restored.clock.now()) == 1
    there = await restored.member("annabel", "annex")
    assert (there.name, there.erased_at) == ("Annabel", None)
    home, annex = await restored.community(), await restored.community("annex")
    async with store.read() as unit:
        assert [m.name for m in await unit.members.all(home.id) if m.name] == []
        assert [m.name for m in await unit.members.all(annex.id) if m.name] == ["Annabel"]
    await store.close()
