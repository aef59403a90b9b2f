"""/content and what is like an item: figures of members, each counted once, of those who agreed to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.catalogue import Item, alike, item_key
from core.domain.events import MemberJoined
from core.domain.people import Rights
from core.domain.pictures import Funnel
from core.domain.plans import Payment, PaymentKind, Plan
from core.kit.purchases import sold_alone
from core.store.unit import Store
from tests.world import World
from tests.world.again import again

PEOPLE = [f"p{number}" for number in range(6)]


@pytest.fixture
async def shelf(store: Store) -> World:
    """Give a community with five items, of which some people opened some."""
    return await again(store, stocked)


async def stocked(world: World) -> None:
    await world.open()
    world.moderator("mod", Rights.MODERATOR)
    await world.say("mod", "hello")
    here = await world.community()
    names = {"Pandas": ("Data",), "Numbers": ("Data",), "Writing": ("Words",), "Ink": (), "Paper": ("words", "Data")}
    items = [Item(title=name, key=item_key("", name), topics=topics) for name, topics in names.items()]
    async with world.store.begin() as unit:
        await unit.catalogue.put(here.id, items, world.clock.now())
    for who in range(5):
        await world.happen(MemberJoined, f"p{who}", source="Newsletter")
    await world.happen(MemberJoined, "p0", source="Poster", at=world.clock.now() + timedelta(hours=1))
    for who in range(6):
        await world.say(f"p{who}", "/consent personal")
        for title in ("Pandas", "Ink") if who < 5 else ("Writing",):
            await world.say(f"p{who}", f"/search {title}")
            await world.press(f"p{who}", title)
            await world.press(f"p{who}", "Open")
    await world.say("p0", "/search Pandas")
    await world.press("p0", "Pandas")
    await world.press("p0", "I’m through")
    await world.press("p0", "4 ★")


async def test_moderators_see_how_far_members_come_with_an_item_and_with_all(shelf: World) -> None:
    await shelf.say("p0", "/content Pandas")
    assert "moderators" in shelf.last
    await shelf.say("mod", "/content Pandas")
    picture = shelf.sent[-1].outgoing.picture
    assert isinstance(picture, Funnel)
    assert [(each.label, each.value) for each in picture.stages] == [
        ("Opened by", 5),
        ("Finished by", 1),
        ("Rated by", 1),
    ]
    assert picture.title == "20 % of those who opened “Pandas” finished it"
    assert "Newcomer: opened by 5" in shelf.last
    await shelf.say("mod", "/content")
    assert [each.value for each in shelf.sent[-1].outgoing.picture.stages] == [6, 1, 1]  # type: ignore[union-attr]
    await shelf.press("mod", "Came through Newsletter")
    picture = shelf.sent[-1].outgoing.picture
    assert isinstance(picture, Funnel)
    assert [each.value for each in picture.stages] == [5, 1, 1]
    assert picture.foot.startswith("Came through Newsletter · ")
    await shelf.say("mod", "/content Numbers")
    assert shelf.last == "Nobody was shown or opened Numbers yet."
    await shelf.say("mod", "/chart catalogue_funnel")
    assert isinstance(shelf.sent[-1].outgoing.picture, Funnel)


async def test_what_was_recommended_is_counted_once(shelf: World) -> None:
    for _ in range(2):
        await shelf.say("p5", "/recommend")
    here = await shelf.community()
    async with shelf.store.read() as unit:
        reach = await unit.uses.reach(here.id)
    assert sum(each["shown"] for each in reach.values()) == 1


async def test_bought_is_what_was_paid_for_with_points_or_alone_and_not_taken_back(shelf: World) -> None:
    here, now = await shelf.community(), shelf.clock.now()
    async with shelf.store.begin() as unit:
        items = {each.title: each for each in await unit.catalogue.all(here.id)}
        alone = {title: (await sold_alone(unit, here.id, items[title], now)).id for title in ("Pandas", "Numbers")}
        alone["Pro"] = await unit.plans.add(here.id, Plan(name="Pro"), now)
        of = {who: each.id for (_, who), each in (await unit.members.find("fake", {here.id: PEOPLE})).items()}
        told = [
            ("p0", "Pandas", PaymentKind.PAID, ()),
            ("p1", "Pandas", PaymentKind.RENEWED, (5,)),  # given back in part
            ("p2", "Pandas", PaymentKind.PAID, (None,)),
            ("p3", "Pandas", PaymentKind.PAID, (9,)),
            ("p4", "Pandas", PaymentKind.TRIAL, ()),
            ("p4", "Numbers", PaymentKind.PAID, ()),
            ("p5", "Pro", PaymentKind.PAID, ()),
        ]
        for number, (who, what, kind, backs) in enumerate(told):
            paid = Payment(key=f"k{number}", kind=kind, at=now, plan_id=alone[what], amount=9, currency="EUR")
            await unit.payments.book(here.id, paid.key, paid, now, account_id=of[who])
            for amount in backs:
                back = Payment(key=f"b{number}", kind=PaymentKind.REFUNDED, at=now, amount=amount, refunds=paid.key)
                await unit.payments.book(here.id, paid.key, back, now, account_id=None)
        await unit.catalogue.save(replace(items["Ink"], price=3))
        await unit.catalogue.save(replace(items["Pandas"], price=3))
    for who in ("p4", "p5"):
        await shelf.say("mod", f"/grant @{who} 100 for a start")
        await shelf.say(who, f"/search #{items['Ink'].id}")
        await shelf.press(who, "Get it for 3 points")
        await shelf.press(who, "Yes, for 3 points")
    await shelf.say("mod", "/history p5")
    entry = next(line for line in shelf.last.splitlines() if "Ink" in line).split("#")[1].split(" ")[0]
    await shelf.say("mod", f"/undo {entry}")
    for said, bought in (("/content Pandas", 2), ("/content Numbers", 1), ("/content Ink", 1), ("/content", 3)):
        await shelf.say("mod", said)
        assert f"bought by {bought}." in shelf.last, said
    await shelf.say("mod", "/content Pandas")
    assert "Came through Newsletter: opened by 5, finished by 1, bought by 2" in shelf.last


async def opened_by(world: World, title: str, sources: dict[str, int]) -> None:
    """Let so many new people who came through each source, or nobody knows how, open an item."""
    people = {f"{source or 'who'}{number}": source for source, count in sources.items() for number in range(count)}
    for who, source in people.items():
        await world.happen(MemberJoined, who, source=source or None)
    here = await world.community()
    async with world.store.begin() as unit:
        item = (await unit.catalogue.called(here.id, title)) or pytest.fail("no such item")
        for account in (await unit.members.find("fake", {here.id: people})).values():
            await unit.uses.note(here.id, account.id, item.id, opened_at=world.clock.now())


async def test_the_tiers_and_the_five_largest_sources_are_told_apart_and_shown_by_a_button(shelf: World) -> None:
    sources = {"Few": 4, "Ash": 5, "Beech": 6, "Cedar": 7, "Dogwood": 8, "Elm": 9, "Fir": 10, "": 5}
    await opened_by(shelf, "Numbers", sources)
    await shelf.happen(MemberJoined, "who0", source="Fir", at=shelf.clock.now() + timedelta(hours=1))
    await shelf.say("mod", "/content Numbers")
    assert [line.removesuffix(", finished by 0, bought by 0") for line in shelf.last.splitlines()[2:]] == [
        "Newcomer: opened by 54",
        "Came through Fir: opened by 11",
        *(f"Came through {name}: opened by {sources[name]}" for name in ("Elm", "Dogwood", "Cedar", "Beech")),
    ]
    labels = [each.label for row in shelf.sent[-1].outgoing.buttons for each in row]
    assert (labels[0], labels[1], labels[5:]) == ("Newcomer", "Came through Fir", ["Came through Beech", "Look at it"])
    for label, count in (("Came through Elm", 9), ("Newcomer", 54)):
        await shelf.press("mod", label)
        picture = shelf.sent[-1].outgoing.picture
        assert isinstance(picture, Funnel)
        assert (picture.stages[0].value, "“Numbers”" in picture.title) == (count, True)


async def test_a_tier_that_is_all_there_is_has_no_button_and_one_of_few_says_nothing(shelf: World) -> None:
    await opened_by(shelf, "Paper", {"": 5})
    await shelf.say("mod", "/content Paper")
    assert [each.label for row in shelf.sent[-1].outgoing.buttons for each in row] == ["Look at it"]
    await shelf.say("mod", "/content Pandas")
    here = await shelf.community()
    async with shelf.store.begin() as unit:
        account = (await unit.members.find("fake", {here.id: ["p1"]}))[here.id, "p1"]
        (item,) = [each for each in await unit.catalogue.all(here.id) if each.title == "Pandas"]
        await unit.uses.take_back([account.id], item.id, "opened_at")
    await shelf.press("mod", "Came through Newsletter")
    assert shelf.last == "Fewer than five people of them opened something, so I don’t tell them apart."


async def test_the_picture_begins_with_whom_it_was_recommended_where_these_are_as_many(shelf: World) -> None:
    here = await shelf.community()
    async with shelf.store.begin() as unit:
        (item,) = [each for each in await unit.catalogue.all(here.id) if each.title == "Pandas"]
        for account in (await unit.members.find("fake", {here.id: PEOPLE[:5]})).values():
            await unit.uses.note_shown(here.id, account.id, [item.id], shelf.clock.now())
    await shelf.say("mod", "/content Pandas")
    picture = shelf.sent[-1].outgoing.picture
    assert isinstance(picture, Funnel)
    assert [each.label for each in picture.stages][:2] == ["Recommended to", "Opened by"]


async def test_figures_are_of_one_community(shelf: World) -> None:
    await shelf.open("elsewhere")
    other, here = await shelf.community("elsewhere"), await shelf.community()
    await shelf.say("zoe", "hello", space="elsewhere")
    async with shelf.store.begin() as unit:
        zoe = (await unit.members.find("fake", {other.id: ["zoe"]}))[other.id, "zoe"]
        await unit.uses.note(other.id, zoe.id, 1, opened_at=shelf.clock.now())
        reach = await unit.uses.reach(here.id)
    assert sum(each["opened"] for each in reach.values()) == 6


async def test_what_is_like_an_item_is_of_its_topics_and_opened_by_the_same_people(shelf: World) -> None:
    await shelf.say("ana", "/search Pandas")
    await shelf.press("ana", "Pandas")
    await shelf.press("ana", "More like this")
    assert [line.split(" (")[0] for line in shelf.last.splitlines()[1:]] == ["• Ink", "• Numbers", "• Paper"]
    await shelf.say("ana", "/search Writing")
    await shelf.press("ana", "Writing")
    await shelf.press("ana", "More like this")
    assert [line.split(" (")[0] for line in shelf.last.splitlines()[1:]] == ["• Paper"]


def test_few_who_opened_both_say_little() -> None:
    assert alike({"a"}, {"a"}, 0, 9, 9) == pytest.approx(0.2)
    assert alike(set(), set(), 1, 1, 1) < 0.1 < alike(set(), set(), 50, 50, 50)
    assert alike(set(), set(), 0, 0, 0) == 0.0
