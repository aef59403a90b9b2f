"""What is kept on the disk: its owner's alone, and without what was erased."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bot.keys import open_sealer
from bot.settings import Settings
from core.domain.people import Person
from core.store.unit import Store
from migrations import upgrade
from tests.world import World


def open_to_others(folder: Path) -> list[str]:
    return [
        each.name
        for each in [folder, *folder.iterdir()]
        if stat.S_IMODE(each.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
    ]


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


async def used(folder: Path) -> None:
    """Use what is kept in a folder, as `kith run` does."""
    url = f"sqlite:///{folder / 'kith.db'}"
    upgrade(url)
    open_sealer(Settings(data_dir=folder))
    store = Store(url)
    world = World(store)
    await world.open()
    await world.say("ana", "hello")
    assert {"kith.db", "kith.db-wal", "kith.key"} <= names_in(folder)
    assert open_to_others(folder) == []
    await store.close()


async def test_what_is_made_is_the_owner_s_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        await used(tmp_path / "data")
    finally:
        os.umask(old)


async def test_what_was_open_is_shut(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    await used(folder)
    for each in [*folder.iterdir(), folder]:
        each.chmod(0o755)
    await used(folder)


def test_a_folder_that_is_somebody_else_s_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "letter.txt").write_text("hello")
    upgrade(f"sqlite:///{tmp_path}/community.db")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "community.db").stat().st_mode) == 0o600


async def test_who_is_erased_is_in_no_file_any_more(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kith.db'}"
    upgrade(url)
    store = Store(url)
    world = World(store)
    await world.open()
    marked = Person("quetzalcoatl-1", "Quetzalcoatl", "quetzalcoatl_2")
    await world.say(marked, "hello")
    await world.say("ben", "hello")
    await world.say(marked, "/points")
    await world.say("ben", "hello")
    await world.engine.due()

    def found() -> list[str]:
        return [each.name for each in tmp_path.iterdir() if b"quetzalcoatl" in each.read_bytes().lower()]

    assert found()
    await world.say(marked, "/forgetme")
    await world.press(marked, world.sent[-1].outgoing.buttons[0][0].label)
    await world.engine.due()
    assert found() == []
    await store.close()
    assert found() == []
