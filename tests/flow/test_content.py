"""/content and what is like an item: figures of members, each counted once, of those who agreed to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.catalogue import Item, alike, item_key
from core.domain.events import MemberJoined
from core.domain.people import Rights
from core.domain.pictures import Funnel
from core.domain.plans import Payment, PaymentKind
from core.kit.purchases import sold_alone
from tests.world import World


@pytest.fixture
async def shelf(world: World) -> World:
    """Give a community with five items, of which some people opened some."""
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
    return world


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
        item = (await unit.catalogue.called(here.id, "PANDAS")) or pytest.fail("no such item")
        plan = await sold_alone(unit, here.id, item, now)
        for number in range(3):
            account = (await unit.members.find("fake", {here.id: [f"p{number}"]}))[here.id, f"p{number}"].id
            paid = Payment(key=f"k{number}", kind=PaymentKind.PAID, at=now, plan_id=plan.id, amount=9, currency="EUR")
            await unit.payments.book(here.id, paid.key, paid, now, account_id=account)
        for number, amount in ((1, 5), (2, None)):
            back = Payment(key=f"b{number}", kind=PaymentKind.REFUNDED, at=now, amount=amount, refunds=f"k{number}")
            await unit.payments.book(here.id, f"k{number}", back, now, account_id=None)
        await unit.uses.note(here.id, account, item.id, opened_at=now)
    await shelf.say("mod", "/content Pandas")
    assert "bought by 2." in shelf.last
    assert "Came through Newsletter: opened by 5, finished by 1, bought by 2" in shelf.last
    async with shelf.store.read() as unit:
        reach = await unit.uses.reach(here.id, item.id)
    assert {source: each["bought"] for (_, source), each in reach.items()} == {"Newsletter": 2}


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
