"""`kith forget`: an owner erases somebody who asked, and the audit log says so without a name."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from core.domain.people import Rights
from core.store.unit import Store
from tests.world import World
from tests.world.command_line import plain_environment, run_here


class Forget:
    """The command, on the database of a world."""

    def __init__(self, url: str, folder: Path) -> None:
        self.journal = folder / "erasures.txt"
        self._environment = plain_environment(KITH_DATABASE_URL=url, KITH_DATA_DIR=str(folder))

    def __call__(self, *words: str) -> CompletedProcess[str]:
        return run_here("forget", *words, environment=self._environment)


@pytest.fixture
async def world(database_url: str) -> World:
    made = World(Store(database_url))
    await made.open()
    await made.open("annex", "Annex")
    made.moderator("olga", Rights.OWNER)
    for space in ("home", "annex"):
        for who in ("annabel", "olga"):
            await made.say(who, "hello", space=space)
    return made


@pytest.fixture
def forget(database_url: str, tmp_path: Path) -> Forget:
    return Forget(database_url, tmp_path)


async def names(world: World, space: str) -> list[str]:
    community = await world.community(space)
    async with world.store.read() as unit:
        return [member.name for member in await unit.members.all(community.id) if member.name]


async def test_it_says_whom_it_would_erase_and_erases_there(world: World, forget: Forget) -> None:
    asked = forget("Annabel", "--community", "Data Kitchen")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.startswith("would be erased: Annabel (#")
    assert await names(world, "home") == ["Annabel", "Olga"]
    done = forget("fake:annabel", "--community", "Data Kitchen", "--yes", "--json")
    assert (done.returncode, done.stderr, json.loads(done.stdout)["erased"]) == (0, "", True)
    assert (await names(world, "home"), await names(world, "annex")) == (["Olga"], ["Annabel", "Olga"])
    assert len(forget.journal.read_text().split()) == 3  # who, where, when
    await world.say("olga", "/audit")
    assert "On the command line, somebody was erased at their request" in world.last
    assert "Annabel" not in world.last
    await world.store.close()


async def test_everywhere_is_everywhere(world: World, forget: Forget) -> None:
    assert forget("@annabel", "--community", "Annex", "--everywhere", "--yes").returncode == 0
    assert (await names(world, "home"), await names(world, "annex")) == (["Olga"], ["Olga"])
    await world.store.close()


async def test_whom_it_does_not_know_it_says_in_one_line(world: World, forget: Forget) -> None:
    elsewhere = (await world.member("annabel", "annex")).id
    for given in ("nobody", "#999", f"#{elsewhere}", "fake:x", "#²", ":"):
        refused = forget(given, "--community", "Data Kitchen", "--yes")
        assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1), refused.stderr
    assert await names(world, "home") == ["Annabel", "Olga"]
    await world.store.close()
