"""A study is one file and its words: found, run by the clock in the worker, kept, resumed, read, erased and joined."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fluent.runtime import FluentResource

import core.features
import core.studies
import tests.studies
from bot.worker import Worker
from core.domain.schedule import Daily
from core.engine import discover
from core.kit import texts
from core.kit.joining import take_in
from core.kit.studies import Study, study
from core.store.snapshots import Checkpoint
from tests.studies.chatter import Chatter, chatter, compute
from tests.world import World

WORDS = "command-chatter = Say who writes most\nchatter-line = { $name }: { $count }\n"


@pytest.fixture
def studied(world: World) -> Iterator[World]:
    for language in texts.LANGUAGES:
        texts._bundle(language).add_resource(FluentResource(WORDS))
    world.engine.registry = discover(core.features, core.studies, tests.studies)
    yield world
    texts._bundle.cache_clear()


async def kept(world: World) -> tuple[Chatter | None, Checkpoint | None]:
    community = await world.community()
    async with world.store.read() as unit:
        snapshot = await unit.snapshots.newest(community.id, "chatter", Chatter)
        return (None if snapshot is None else snapshot.result), await unit.snapshots.checkpoint(community.id, "chatter")


def test_a_study_is_found_and_scheduled() -> None:
    found = discover(core.features, core.studies, tests.studies).tasks
    assert found.keys() - discover().tasks.keys() == {"chatter_snapshot"}
    assert (found["chatter_snapshot"].heavy, found["chatter_snapshot"].every) == (True, Daily("04:00"))
    assert "network_snapshot" in discover().tasks
    assert isinstance(chatter, Study)


def test_a_kind_that_no_column_can_hold_is_refused_where_it_is_declared() -> None:
    with pytest.raises(ValueError, match="longer than 16"):
        study("a name of many words", Daily("04:00"), compute=compute, result=Chatter)


async def test_the_first_answer_comes_once_there_is_one(studied: World) -> None:
    await studied.say("ana", "/consent personal")
    await studied.say("ana", "good morning", room="r1")
    await studied.say("ana", "/chatter")
    assert studied.last == "I'm working it out. The answer comes in a moment."
    await studied.engine.due()
    await studied.deliver()
    assert studied.last == "Ana: 1"


async def test_where_there_is_nothing_it_says_so(studied: World) -> None:
    await studied.say("ana", "/chatter")
    await studied.engine.due()
    await studied.deliver()
    assert studied.last == "There is nothing to work out yet. Ask me again after some talk."
    assert await kept(studied) == (None, None)


async def test_it_runs_in_the_worker_and_goes_on_from_what_the_last_run_left(studied: World) -> None:
    for who in ("ana", "ben"):
        await studied.say(who, "/consent personal")
    for _ in range(3):
        await studied.say("ana", "more", room="r1")
    await studied.say("ben", "less", room="r1")
    studied.engine.executor = Worker()
    try:
        await studied.advance(days=1)
        found, left = await kept(studied)
        assert found is not None
        assert left is not None
        assert (found.messages, found.members[0]) == ((3, 1), (await studied.member("ana")).id)
        await studied.say("ben", "and more", room="r1")
        await studied.advance(days=1)
    finally:
        studied.engine.executor.shutdown()
    found, left = await kept(studied)
    assert found is not None
    assert left is not None
    assert (found.messages, found.anew) == ((3, 2), False)
    await studied.say("mod", "/chatter")
    assert studied.last == "Ana: 3\nBen: 2"


async def test_who_is_erased_is_nobody_in_it_and_it_is_counted_anew(studied: World) -> None:
    for who in ("ana", "ben"):
        await studied.say(who, "/consent personal")
        await studied.say(who, "hello", room="r1")
    await studied.advance(days=1)
    await studied.say("ana", "/forgetme")
    await studied.press("ana", "Erase everything")
    found, left = await kept(studied)
    assert found is not None
    assert (None in found.members, left) == (True, None)
    await studied.say("ben", "/chatter")
    assert sorted(studied.last.splitlines()) == ["?: 1", "Ben: 1"]
    await studied.advance(days=1)
    found, _ = await kept(studied)
    assert found is not None
    assert (found.members, found.messages) == (((await studied.member("ben")).id,), (1,))


async def test_what_was_left_ends_where_communities_join(studied: World) -> None:
    await studied.open("annex", "Annex")
    for space in ("home", "annex"):
        await studied.say("ana", "hello", room="r1", space=space)
    await studied.advance(days=1)
    home, annex = await studied.community(), await studied.community("annex")
    assert (await kept(studied))[1] is not None
    async with studied.store.begin() as unit:
        await take_in(unit, annex.id, home.id, studied.clock.now())
    found, left = await kept(studied)
    assert (found is not None, left) == (True, None)
    await studied.advance(days=1)
    found, left = await kept(studied)
    assert found is not None
    assert (found.messages, left is not None) == ((2,), True)
