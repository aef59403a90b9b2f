"""What is recommended: why, to whom, and never again what isn't wanted."""

from __future__ import annotations

import pytest

from core.domain.catalogue import Item, item_key
from core.domain.people import Rights
from core.store.unit import Store
from tests.world import World
from tests.world.again import again

TOPICS = ("pandas", "statistics", "writing")


@pytest.fixture
async def shelf(store: Store) -> World:
    """Give a community with 18 items of three topics, of which eight people opened some of two."""
    return await again(store, read)


async def read(world: World) -> None:
    await world.open()
    world.moderator("mod", Rights.MODERATOR)
    await world.say("mod", "hello")
    here = await world.community()
    items = [
        Item(title=f"On {topic} {number}", key=item_key("", f"{topic} {number}"), topics=(topic,))
        for number in range(6)
        for topic in TOPICS
    ]
    async with world.store.begin() as unit:
        await unit.catalogue.put(here.id, items, world.clock.now())
    for number in range(8):
        who = f"reader{number}"
        await world.say(who, "/consent personal")
        topic = TOPICS[number % 2]
        for at in range(4 if number % 3 else 3):
            await world.say(who, f"/search on {topic} {at}")
            await world.press(who, f"On {topic} {at}")
            await world.press(who, "Open")
    await world.advance(days=1)


def titles(world: World) -> list[str]:
    return [line.split(" (")[0].lstrip("•▸🔒✓ ") for line in world.last.splitlines() if line[:1] in "•▸🔒✓"]


async def test_what_others_with_the_same_liking_read_comes_first(shelf: World) -> None:
    await shelf.say("reader0", "/recommend")
    assert titles(shelf)[0] == "On pandas 3"
    assert "↳ those who like On pandas" in shelf.last or "↳ it is about the same as On pandas" in shelf.last
    opened = {f"On pandas {number}" for number in range(3)}
    assert len(titles(shelf)) == 5
    assert not opened & set(titles(shelf))


async def test_what_is_not_wanted_never_comes_back(shelf: World) -> None:
    await shelf.say("reader0", "/recommend")
    first = titles(shelf)[0]
    await shelf.press("reader0", first)
    await shelf.press("reader0", "Not for me")
    for _ in range(2):
        await shelf.say("reader0", "/recommend")
        assert first not in titles(shelf)
        await shelf.advance(days=1)
    await shelf.say("reader0", "/interests pandas")
    await shelf.press("reader0", "✗ pandas")
    await shelf.say("reader0", "/recommend")
    assert titles(shelf)
    assert not [each for each in titles(shelf) if "pandas" in each]


async def test_a_newcomer_gets_the_topics_they_chose_and_who_chose_none_what_many_open(shelf: World) -> None:
    await shelf.say("ana", "/consent personal")
    await shelf.say("ana", "/interests writing")
    await shelf.say("ana", "/recommend")
    assert titles(shelf)[:2] == ["On writing 5", "On writing 4"]
    assert "↳ you want to hear of writing" in shelf.last
    await shelf.say("bo", "/recommend")
    assert shelf.last.startswith("What is read and watched here")
    assert "/consent personal" in shelf.last


async def test_nothing_about_who_only_counts_is_worked_out(shelf: World) -> None:
    member = await shelf.member("reader0")
    async with shelf.store.read() as unit:
        assert await unit.uses.suggested(member.id)
    await shelf.say("reader0", "/consent counted")
    await shelf.advance(days=1)
    async with shelf.store.read() as unit:
        assert await unit.uses.suggested(member.id) == []
    await shelf.say("reader0", "/recommend")
    assert shelf.last.startswith("What is read and watched here")


async def test_an_empty_catalogue_and_one_that_was_seen_whole_say_so(world: World) -> None:
    await world.say("ana", "/recommend")
    assert world.last == "Nothing is published here yet."
    here = await world.community()
    async with world.store.begin() as unit:
        await unit.catalogue.put(here.id, [Item(title="One", key="one")], world.clock.now())
    await world.say("ana", "/search one")
    await world.press("ana", "One")
    await world.press("ana", "Open")
    await world.say("ana", "/recommend")
    assert world.last.startswith("You have seen everything")


async def test_picks_come_weekly_to_those_who_want_them_and_never_the_same_twice_in_a_row(shelf: World) -> None:
    await shelf.say("reader0", "/recommend")
    assert "once a week" in shelf.last
    await shelf.press("reader0", "Yes, once a week")
    assert "open the chat with me" in shelf.last
    await shelf.say("reader0", "/start", space="direct", direct=True)
    await shelf.say("reader0", "/recommend")
    assert "once a week" not in shelf.last
    await shelf.say("reader1", "/recommend")  # asked, and says nothing
    picked: list[list[str]] = []
    for _ in range(2):
        before = len(shelf.sent)
        await shelf.advance(days=7 if picked else 5)
        told = [each for each in shelf.sent[before:] if each.outgoing.text.startswith("**A few picks")]
        assert [each.outgoing.to for each in told] == ["reader0"]
        picked.append([line.split("**")[1] for line in told[0].outgoing.text.splitlines() if line[:1] == "•"])
    assert all(len(each) == 3 for each in picked)
    assert not set(picked[0]) & set(picked[1])
    await shelf.press("reader0", "No picks any more")
    async with shelf.store.read() as unit:
        assert await unit.picks.wanting((await shelf.community()).id, 0, 10) == {}


async def test_no_picks_for_who_only_counts(shelf: World) -> None:
    await shelf.say("ana", "/consent counted")
    await shelf.say("ana", "/recommend")
    assert "once a week" not in shelf.last
    await shelf.say("reader0", "/recommend")
    await shelf.press("reader0", "Yes, once a week")
    await shelf.say("reader0", "/start", space="direct", direct=True)
    await shelf.say("reader0", "/consent counted")
    before = len(shelf.sent)
    await shelf.advance(days=7)
    assert shelf.sent[before:] == []


async def test_of_a_course_in_turn_the_next_lesson_alone_is_recommended(world: World) -> None:
    await world.say("ana", "/consent personal")
    here = await world.community()
    lessons = [
        Item(title=f"Lesson {at}", key=f"l{at}", topics=("pandas",), series="Pandas", place=at, in_turn=True)
        for at in (1, 2, 3)
    ]
    async with world.store.begin() as unit:
        await unit.catalogue.put(here.id, lessons, world.clock.now())
    await world.say("ana", "/recommend")
    assert titles(world) == ["Lesson 1"]
    await world.press("ana", "Lesson 1")
    await world.press("ana", "Open")
    await world.press("ana", "I’m through")
    await world.say("ana", "/recommend")
    assert titles(world) == ["Lesson 2"]
