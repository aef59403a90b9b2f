"""The catalogue: published by form, found, opened, kept, finished, got for points, and never recommended again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from core.domain.catalogue import Item, ItemKind, item_key
from core.domain.events import FormSent
from core.domain.kinds import Kind
from core.domain.people import Rights
from core.domain.pictures import Certificate
from core.files.items import read_items
from tests.world import World


@pytest.fixture
async def shelf(world: World) -> World:
    """Give a community with four items, in both languages."""
    world.moderator("mod", Rights.MODERATOR)
    await world.say("ana", "hello")
    here = await world.community()
    items = [
        made("Pandas in practice", "https://a.example/(1)", ("pandas", "Data"), kind=ItemKind.COURSE),
        made("Statistics without tears", "https://a.example/2", ("Statistics",), author="Li Wei", price=30),
        made("数据分析入门", "https://a.example/3", ("数据",), description="从零开始学 pandas"),
        made("The core papers", "https://a.example/4", ("Data",), tier=3, description="The first\nsecond and third"),
    ]
    async with world.store.begin() as unit:
        await unit.catalogue.put(here.id, items, world.clock.now())
    return world


def made(title: str, link: str, topics: tuple[str, ...], **more: Any) -> Item:
    return Item(title=title, key=item_key(link, title), link=link, topics=topics, **more)


def labels(world: World) -> list[str]:
    return [button.label for row in world.sent[-1].outgoing.buttons for button in row]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("pandas", "Pandas in practice"),
        ("PANDA", "Pandas in practice"),
        ("statistcs", "Statistics without tears"),
        ("li wei", "Statistics without tears"),
        ("数据分析", "数据分析入门"),
        ("分析", "数据分析入门"),
        ("papers core", "The core papers"),
        ("second", "The core papers"),
    ],
)
async def test_what_is_there_is_found_in_both_languages_and_misspelt(shelf: World, words: str, first: str) -> None:
    await shelf.say("ana", f"/search {words}")
    assert shelf.last.splitlines()[1].split("**")[0].lstrip("•🔒 ").startswith(first)


async def test_nothing_that_is_not_shown_is_found(shelf: World) -> None:
    here = await shelf.community()
    async with shelf.store.begin() as unit:
        for each in await unit.catalogue.all(here.id):
            await unit.catalogue.save(replace(each, expires_at=shelf.clock.now() + timedelta(hours=1)))
    await shelf.say("ana", "/search pandas")
    assert "Pandas in practice" in shelf.last
    await shelf.advance(hours=2)
    for words in ("/search pandas", "/browse", "/browse pandas"):
        await shelf.say("ana", words)
        assert "Pandas in practice" not in shelf.last


async def test_an_item_is_rated_by_its_name(shelf: World) -> None:
    await shelf.say("ana", "/rate Pandas in practice 4")
    assert shelf.last == "Thank you: ★★★★ for Pandas in practice."
    await shelf.say("ana", "/rate 数据分析入门")
    assert "How good is “数据分析入门”?" in shelf.last
    await shelf.press("ana", "2 ★")
    assert "★★ for 数据分析入门" in shelf.last
    await shelf.say("ana", "/rate The core papers 5")
    assert "The core papers" in shelf.last
    assert "Thank you" not in shelf.last
    await shelf.say("ana", "/rate Pandas in practice 9")
    assert "Thank you" not in shelf.last
    member = await shelf.member("ana")
    async with shelf.store.read() as unit:
        accounts = [each.id for each in await unit.members.accounts_of([member.id])]
        assert sorted(each.rating or 0 for each in (await unit.uses.of(accounts)).values()) == [2, 4]


async def test_an_item_is_opened_once_finished_and_rated(shelf: World) -> None:
    await shelf.say("ana", "/browse pandas")
    await shelf.press("ana", "Pandas in practice")
    assert shelf.last.startswith("Pandas in practice\nCourse · pandas, Data")
    for _ in range(2):
        await shelf.press("ana", "Open")
        assert "https://a.example/(1)" in shelf.sent[-1].outgoing.text.replace("\\", "")
        await shelf.say("ana", "/search #1")
    await shelf.press("ana", "I’m through")
    await shelf.press("ana", "5 ★")
    await shelf.say("ana", "/library")
    assert shelf.last.startswith("Finished (1)\n✓ Pandas in practice")
    here = await shelf.community()
    async with shelf.store.read() as unit:
        for kind in (Kind.OPENED, Kind.FINISHED, Kind.RATED):
            assert await unit.interactions.count_about(here.id, kind, "item:1") == 1, kind


async def test_what_costs_points_is_paid_once_and_paid_again_after_it_was_undone(shelf: World) -> None:
    await shelf.say("ana", "/search statistics")
    await shelf.press("ana", "Statistics without tears")
    assert "30 points; you have" in shelf.last
    await shelf.press("ana", "Get it for 30 points")
    assert "short" in shelf.last
    await shelf.say("mod", "/grant @ana 100 for a start")
    for _ in range(2):
        await shelf.press("ana", "Get it for 30 points")
        if "short" not in shelf.last and "already" not in shelf.last:
            await shelf.press("ana", "Yes, for 30 points")
    assert "already" in shelf.last
    before = (await shelf.member("ana")).balance
    await shelf.say("mod", "/history ana")
    entry = next(line for line in shelf.last.splitlines() if "Statistics" in line).split("#")[1].split(" ")[0]
    await shelf.say("mod", f"/undo {entry}")
    assert (await shelf.member("ana")).balance == before + 30
    await shelf.say("ana", "/search #2")
    await shelf.press("ana", "Get it for 30 points")
    await shelf.press("ana", "Yes, for 30 points")
    assert (await shelf.member("ana")).balance == before
    await shelf.say("ana", "/library")
    assert shelf.last.startswith("Yours (1)\n")


async def test_who_may_not_open_it_is_told_what_is_missing_and_gets_no_link(shelf: World) -> None:
    await shelf.say("ana", "/search papers")
    assert "🔒" in shelf.last
    await shelf.press("ana", "The core papers")
    assert "For Core and above" in shelf.last
    assert "Open" not in labels(shelf)


async def test_who_is_left_out_reads_and_leaves_no_trace(shelf: World) -> None:
    await shelf.say("ana", "/consent out")
    await shelf.press("ana", "Yes, leave me out")
    await shelf.say("ana", "/search #1")
    assert labels(shelf) == ["Open", "More like this"]
    await shelf.press("ana", "Open")
    assert "Here it is" in shelf.last
    here = await shelf.community()
    async with shelf.store.read() as unit:
        assert await unit.interactions.count_about(here.id, Kind.OPENED, "item:1") == 0
        assert await unit.uses.of([(await unit.members.accounts_of([(await shelf.member("ana")).id]))[0].id]) == {}


async def test_topics_are_chosen_refused_and_taken_off(shelf: World) -> None:
    await shelf.say("ana", "/interests Rust, 数据")
    assert shelf.last == "You want to hear of Rust, 数据."
    await shelf.press("ana", "+ pandas")
    assert "pandas" in shelf.last
    await shelf.press("ana", "✗ Rust")
    assert shelf.last.splitlines()[1] == "Nothing of Rust."
    await shelf.press("ana", "− Rust")
    assert "Rust" not in shelf.last
    await shelf.say("ana", "/interests ,")
    assert shelf.last.startswith("Name a topic")


async def send(world: World, who: str, label: str, **values: str) -> None:
    """Let somebody open the form of the newest button so labelled and send it."""
    sent = world.sent[-1]
    token = next(b.token for row in sent.outgoing.buttons for b in row if b.label == label)
    where = {"space": sent.outgoing.space, "room": sent.outgoing.room, "message": sent.id}
    await world.happen(FormSent, who, token=token, values=values, **where)


async def test_a_moderator_publishes_looks_first_changes_and_retires(shelf: World) -> None:
    shelf.engine.dialogs = frozenset({"fake"})
    await shelf.say("mod", "/publish")
    given = {
        "title": " The  *long* run ",
        "kind": "book",
        "link": "https://b.example/run",
        "description": "",
        "topics": "running, health",
    }
    await send(shelf, "mod", "Publish something", **given)
    assert shelf.last.splitlines()[:3] == [
        "This is what members see:",
        "The *long* run",
        "Book · running, health",
    ]
    await shelf.say("ana", "/search running")
    assert shelf.last.startswith("Nothing here is about")
    await shelf.press("mod", "Publish")
    await shelf.say("ana", "/search running")
    assert "The *long* run" in shelf.last
    await shelf.say("mod", "/catalogue The *long* run")
    await send(shelf, "mod", "Change", **{**given, "title": "The short run"})
    terms = {"tier": "0", "price": "5", "depth": "any", "author": "Bo", "shown_from": ""}
    await send(shelf, "mod", "For whom, price, day", **terms)
    assert "5 points" in shelf.last
    await shelf.say("ana", "/search short")
    assert "The short run" in shelf.last
    await shelf.say("mod", "/catalogue the short run")
    await shelf.press("mod", "Retire")
    await shelf.say("ana", "/search short")
    assert shelf.last.startswith("Nothing here is about")
    await shelf.say("mod", "/publish")
    await send(shelf, "mod", "Publish something", **{**given, "link": "javascript:alert(1)"})
    assert shelf.last.startswith("“javascript:alert(1)” is no link.")


async def test_what_a_file_does_not_speak_of_stays(shelf: World, tmp_path: Path) -> None:
    here = await shelf.community()
    file = tmp_path / "items.csv"
    async with shelf.store.begin() as unit:
        for text in ("title,tier,price,in_turn\nOne,2,30,yes\n", "title,description\nOne,About it\n"):
            file.write_text(text, "utf-8")
            for says, some in read_items(file).parts():
                await unit.catalogue.put(here.id, some, shelf.clock.now(), says)
        (item,) = (await unit.catalogue.keyed(here.id, ["title:one"])).values()
    assert (item.tier, item.price, item.in_turn, item.description) == (2, 30, True, "About it")


async def test_many_items_come_and_change_by_as_many_statements_as_a_few(shelf: World) -> None:
    here, asked = await shelf.community(), list[int]()
    event.listen(shelf.store._engine.sync_engine, "before_cursor_execute", lambda *_: asked.append(1))
    counted = []
    async with shelf.store.begin() as unit:
        for size in (2, 300):
            first = [made(f"Walk {at}", f"https://w.example/{size}/{at}", ("Woods",)) for at in range(size)]
            later = [replace(each, title=f"Swim {at}", topics=("Lake", "Sea")) for at, each in enumerate(first)]
            for some, said in ((first, (size, 0)), (first, (0, 0)), (later, (0, size))):
                asked.clear()
                assert await unit.catalogue.put(here.id, some, shelf.clock.now()) == said
                counted.append(len(asked))
        assert counted[:3] == counted[3:]
        kept = await unit.catalogue.keyed(here.id, [each.key for each in later])
        assert [kept[each.key].title for each in later] == [each.title for each in later]
        for words, found in (("walk", 0), ("woods", 0), ("swim", 302), ("lake", 302)):
            assert len(await unit.catalogue.search(here.id, shelf.clock.now(), words, 1_000)) == found
        assert await unit.catalogue.count_shown(here.id, shelf.clock.now(), topic="Sea") == 302


async def test_a_course_is_gone_through_in_turn_to_its_certificate(shelf: World) -> None:
    here = await shelf.community()
    lessons = [
        made(f"Lesson {at}", f"https://c.example/{at}", (), series="Pandas", place=at, in_turn=True) for at in (1, 2, 3)
    ]
    async with shelf.store.begin() as unit:
        await unit.catalogue.put(here.id, lessons, shelf.clock.now())
    await shelf.say("ana", "/search lesson 2")
    await shelf.press("ana", "Lesson 2")
    assert "Pandas: 3 parts" in shelf.last
    assert "It opens once you are through with Lesson 1." in shelf.last
    await shelf.press("ana", "Open")
    assert shelf.last == "“Lesson 2” opens once you are through with “Lesson 1”."
    await shelf.say("ana", "/search lesson 1")
    await shelf.press("ana", "Lesson 1")
    await shelf.press("ana", "Open")
    await shelf.press("ana", "I’m through")
    assert "Pandas: 1 of 3 done" in shelf.last
    await shelf.press("ana", "Go on: Lesson 2")
    await shelf.press("ana", "Open")
    await shelf.say("ana", "/library")
    assert shelf.last.startswith("Pandas: 1 of 3 done")
    await shelf.press("ana", "Go on: Lesson 2")
    await shelf.press("ana", "I’m through")
    await shelf.press("ana", "Go on: Lesson 3")
    await shelf.press("ana", "Open")
    await shelf.press("ana", "I’m through")
    assert "Pandas" in str(shelf.sent[-1].outgoing.picture)
    await shelf.say("ana", "/library")
    await shelf.press("ana", "Certificate: Pandas")
    shown = shelf.sent[-1].outgoing.picture
    assert isinstance(shown, Certificate)
    assert shown.foot.endswith(" 2026")  # it is kept for longer than a year


async def test_a_moderator_puts_an_item_into_a_series(shelf: World) -> None:
    shelf.engine.dialogs = frozenset({"fake"})
    for number in (1, 4):
        await shelf.say("mod", f"/catalogue #{number}")
        await send(shelf, "mod", "Series", series=" Data  ", place="0", in_turn="yes")
    assert "part 2 of Data" in shelf.last
    await send(shelf, "mod", "Series", series="", place="2", in_turn="yes")
    assert "part" not in shelf.last
