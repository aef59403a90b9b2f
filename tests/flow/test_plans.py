"""Plans: written by an owner, asked for by items, had by code, place or payment, once a person, on every platform."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.platforms.port import Unreachable
from core.domain.events import RolesTold
from core.domain.people import Account, Person, Rights
from core.domain.plans import Payment, PaymentKind, Plan, books
from tests.flow.test_catalogue import made, send
from tests.world import World
from tests.world.platform import FakePlatform

HOW = "Pay at https://shop.example/pro or www.shop.example. Or write to Li."
LINK = re.compile(r"https?:|www\.|shop\.example|t\.me")


@pytest.fixture
async def shop(world: World) -> World:
    """Give a community with a plan and an item that asks for it."""
    world.engine.dialogs = frozenset({"fake"})
    world.moderator("own", Rights.OWNER)
    await world.say("ana", "hello")
    here = await world.community()
    async with world.store.begin() as unit:
        plan = Plan(name="Pro", price="9 € a month", how=HOW, about="All courses.")
        plan_id = await unit.plans.add(here.id, plan, world.clock.now())
        item = replace(made("The long course", "https://a.example/1", ("data",)), plan_id=plan_id)
        await unit.catalogue.put(here.id, [item], world.clock.now())
    return world


async def account_of(world: World, who: str) -> Account:
    member = await world.member(who)
    async with world.store.read() as unit:
        return (await unit.members.accounts_of([member.id]))[0]


async def pay(world: World, who: str, key: str, **more: object) -> None:
    now = world.clock.now()
    here = await world.community()
    account = await account_of(world, who)
    async with world.store.begin() as unit:
        plan = (await unit.plans.all(here.id))[0].id
        kind = more.pop("kind", PaymentKind.PAID)
        told = Payment(key=key, kind=kind, at=now, plan_id=plan, amount=900, currency="EUR", **more)  # type: ignore[arg-type]
        await unit.payments.book(here.id, "shop:1", told, now, account_id=account.id)


async def opens(world: World, who: str, **where: object) -> bool:
    await world.say(who, "/search long", **where)
    if "🔒" in world.last:
        return False
    await world.press(who, "The long course", **where)
    return True


async def test_who_lacks_a_plan_is_told_what_it_costs_and_how_to_get_it(shop: World) -> None:
    assert not await opens(shop, "ana")
    await shop.press("ana", "The long course")
    assert "With the plan Pro (9 € a month). How to get it: Pay at https://shop.example/pro" in shop.last
    assert "Open" not in [b.label for row in shop.sent[-1].outgoing.buttons for b in row]


async def test_access_follows_what_is_paid_and_ends_with_it(shop: World) -> None:
    await pay(shop, "ana", "shop:a", until=shop.clock.now() + timedelta(days=30))
    assert await opens(shop, "ana")
    await shop.say("ana", "/plans")
    assert "✓ Yours until" in shop.last
    await shop.advance(days=31)
    assert not await opens(shop, "ana")
    await shop.say("ana", "/plans")
    assert "It has ended." in shop.last


async def test_a_refund_ends_access_at_once(shop: World) -> None:
    await pay(shop, "ana", "shop:a")
    assert await opens(shop, "ana")
    await pay(shop, "ana", "shop:b", kind=PaymentKind.REFUNDED)
    assert not await opens(shop, "ana")


async def test_a_code_gives_a_plan_once_a_person_and_no_more_often_than_it_says(shop: World) -> None:
    for who in ("bo", "cy"):
        await shop.say(who, "hello")
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await send(shop, "own", "Make a code", days="30", uses="2")
    found = re.search(r"/code ([A-Z0-9-]{14})", shop.last)
    assert found is not None, shop.last
    await shop.say("ana", f"/code {found[1].lower()}")
    assert "as a gift until" in shop.last
    assert await opens(shop, "ana")
    await shop.say("ana", f"/code {found[1]}")
    assert "already" in shop.last
    await shop.say("bo", f"/code {found[1]}")
    await shop.say("cy", f"/code {found[1]}")
    assert "That code doesn’t work" in shop.last
    await shop.say("own", "/audit")
    assert "made a code for the plan “Pro”, for 2 members" in shop.last


async def test_whoever_is_in_a_place_has_its_plan_until_they_leave(shop: World) -> None:
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await shop.press("own", "By place")
    place = next(b.label for row in shop.sent[-1].outgoing.buttons for b in row)
    await shop.press("own", place)
    assert "Whoever is in" in shop.last
    assert await opens(shop, "ana")
    await shop.say("ana", "/plans")
    assert "because of where you are" in shop.last
    here = await shop.community()
    async with shop.store.begin() as unit:
        plan = (await unit.plans.all(here.id))[0]
        await unit.plans.save(replace(plan, space_id=None))
    assert not await opens(shop, "ana")


async def test_a_plan_is_written_changed_and_asked_for_by_form(shop: World) -> None:
    await shop.say("own", "/plans")
    await send(shop, "own", "Add a plan", name=" Gold ", price="", about="", how="")
    assert shop.last == "Gold\nAsk an owner how to get it."
    await shop.say("own", "/plans")
    await send(shop, "own", "Add a plan", name="gold", price="", about="", how="")
    assert shop.last.startswith("There is a plan called “gold” already.")
    await shop.say("own", "/catalogue The long course")
    await shop.press("own", "Which plan")
    await shop.press("own", "None: for everybody")
    assert await opens(shop, "ana")
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await shop.press("own", "End")
    await shop.say("ana", "/plans")
    assert "Pro" not in shop.last


async def test_no_checkout_is_linked_inside_telegram(store: object) -> None:
    world = World(store, FakePlatform("telegram"))  # type: ignore[arg-type]
    await world.say("ana", "hello", platform="telegram")
    here = await world.community(platform="telegram")
    async with world.store.begin() as unit:
        about = "更多见https://shop.example/x。所有课程。"
        plan = Plan(name="Pro t.me/pay", price="9 €", how=HOW, about=about)
        plan_id = await unit.plans.add(here.id, plan, world.clock.now())
        item = replace(made("The long course", "https://a.example/1", ()), plan_id=plan_id)
        await unit.catalogue.put(here.id, [item], world.clock.now())
    said = []
    for text in ("/plans", "/search long", "/browse"):
        await world.say("ana", text, platform="telegram")
        said.append(world.last)
    await world.press("ana", "The long course", platform="telegram")
    said.append(world.last)
    assert not [text for text in said if LINK.search(text)], said
    assert said[0] == "Pro … · 9 €\n所有课程。\nHow to get it: Or write to Li."
    assert said[3].endswith("How to get it: Or write to Li.")


async def test_a_payment_told_again_or_cut_off_is_booked_once(shop: World) -> None:
    class Killed(Exception):
        pass

    here, now = await shop.community(), shop.clock.now()
    ana = await account_of(shop, "ana")
    told = Payment(key="shop:a", kind=PaymentKind.PAID, at=now, amount=900, currency="EUR")
    with suppress(Killed):
        async with shop.store.begin() as unit:
            assert await unit.payments.book(here.id, "shop:1", told, now, account_id=None)
            raise Killed
    for account, new in ((None, True), (ana.id, False), (None, False)):
        async with shop.store.begin() as unit:
            assert await unit.payments.book(here.id, "shop:1", told, now, account_id=account) is new
    async with shop.store.read() as unit:
        (found,) = await unit.payments.all(here.id)
    assert (found.account_id, found.payments) == (ana.id, (told,))


async def test_an_owner_says_what_a_plan_costs_in_stars_and_discord_how_to_get_it(shop: World) -> None:
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await send(shop, "own", "Price in Stars", stars="10001", period="month")
    assert shop.last == "How many Stars? takes a number from 0 to 10,000, not “10001”."
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await send(shop, "own", "Price in Stars", stars="250", period="month")
    assert "★ On Telegram for 250 Stars a month: say /plans to me there" in shop.last
    await shop.say("ana", "/plans")
    assert not any("★" in b.label for row in shop.sent[-1].outgoing.buttons for b in row)
    await shop.say("own", "/audit")
    assert "set the price of the plan “Pro” to 250 Stars" in shop.last


async def test_a_role_gives_a_plan_while_it_is_had_and_no_error_takes_it(shop: World) -> None:
    shop.platforms["fake"].roles_on_offer = ["patron", "guest"]
    shop.platforms["fake"].roles = {"ana": {"patron"}}
    await shop.say("bo", "hello")
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await shop.press("own", "By role")
    await shop.press("own", "patron")
    assert "Whoever has the role patron has Pro for as long as they have it." in shop.last
    await shop.advance(minutes=1)
    assert await opens(shop, "ana")
    assert not await opens(shop, "bo")
    await shop.say("ana", "/plans")
    assert "✓ Yours, with your role." in shop.last
    shop.platforms["fake"].roles = {"bo": {"patron"}}
    shop.platforms["fake"].fail_next = [Unreachable("Missing Access")]
    await shop.advance(days=1)
    assert await opens(shop, "ana"), "an error says nothing of who has a role"
    await shop.advance(days=1)
    assert not await opens(shop, "ana")
    assert await opens(shop, "bo")
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await shop.press("own", "By role")
    await shop.press("own", "None")
    assert not await opens(shop, "bo")


async def test_roles_told_as_they_change_give_and_take_a_plan(shop: World) -> None:
    here = await shop.community()
    async with shop.store.begin() as unit:
        plan = (await unit.plans.all(here.id))[0]
        space = (await unit.communities.spaces_of(here.id))[0]
        await unit.plans.save(replace(plan, role="patron", role_space_id=space.id))

    async def told(number: int, *roles: str) -> None:
        who, at = Person("ana", "Ana"), shop.clock.now()
        place = {"platform": "fake", "space": space.external_id, "actor": who, "at": at}
        await shop.engine.accept([RolesTold(key=f"r{number}", roles=frozenset(roles), **place)])

    await told(1, "guest", "patron")
    await told(1, "guest", "patron")
    assert await opens(shop, "ana")
    await shop.advance(minutes=1)
    await told(2, "guest")
    assert not await opens(shop, "ana")
    await shop.advance(minutes=1)
    await told(3, "patron")
    assert await opens(shop, "ana")
    async with shop.store.read() as unit:
        assert books([each.payments for each in await unit.payments.all(here.id)], "UTC") == []


def labels(world: World) -> list[str]:
    return [b.label for row in world.sent[-1].outgoing.buttons for b in row]


async def test_a_plan_is_tried_once_a_person_also_after_they_were_forgotten(shop: World) -> None:
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await send(shop, "own", "Trial", days="7")
    assert "Try it free for 7 days, once a person" in shop.last
    await shop.say("bo", "hello")
    ana, bo = await account_of(shop, "ana"), await account_of(shop, "bo")
    async with shop.store.begin() as unit:
        await unit.members.move_account(bo.id, ana.member_id)
    await shop.say("ana", "/plans")
    await shop.press("ana", "Try Pro for 7 days")
    assert "Pro is yours on trial until" in shop.last
    assert await opens(shop, "ana")
    await shop.say("ana", "/plans")
    assert "✓ Yours on trial until" in shop.last
    assert not any(each.startswith("Try") for each in labels(shop))
    await shop.advance(days=8)
    assert not await opens(shop, "ana")
    async with shop.store.begin() as unit:
        await unit.members.move_account(bo.id, bo.member_id)
    await shop.say("bo", "/plans")
    assert not any(each.startswith("Try") for each in labels(shop)), "linked accounts were one when it was tried"
    await shop.say("ana", "/forgetme")
    await shop.press("ana", "Erase everything")
    await shop.say("ana", "hello")
    await shop.say("ana", "/plans")
    assert "It has ended." not in shop.last
    assert not any(each.startswith("Try") for each in labels(shop)), labels(shop)
    await shop.say("own", "/audit")
    assert "let the plan “Pro” be tried for 7 days" in shop.last


async def test_a_coupon_lowers_the_price_in_stars_once_a_person(shop: World) -> None:
    async def make(**given: str) -> None:
        await shop.say("own", "/plans")
        await shop.press("own", "Pro")
        await send(shop, "own", "Make a coupon", **given)

    await make(percent="25", days="10", uses="2")
    assert "“Pro” has none" in shop.last
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await send(shop, "own", "Price in Stars", stars="250", period="month")
    await make(percent="25", days="10", uses="2")
    found = re.search(r"/code ([A-Z0-9-]{14})", shop.last)
    assert found is not None, shop.last
    assert "by 25 % to 187 Stars, for 2 members" in shop.last
    await shop.say("ana", f"/code {found[1]}")
    assert "for 187 instead of 250 Stars a month" in shop.last
    assert not await opens(shop, "ana")
    await shop.say("ana", "/plans")
    assert "for 187 Stars a month" in shop.last
    await shop.say("ana", f"/code {found[1]}")
    assert "already" in shop.last
    await shop.say("bo", "/plans")
    assert "for 250 Stars a month" in shop.last
    await shop.say("own", "/plans")
    await shop.press("own", "Pro")
    await send(shop, "own", "Price in Stars", stars="300", period="month")
    assert "Whoever subscribed for 250 Stars a month keeps that price" in shop.last
    await shop.advance(days=11)
    await shop.say("ana", "/plans")
    assert "for 300 Stars a month" in shop.last


async def test_a_moderator_gives_a_plan_with_a_word_and_takes_it_back(shop: World) -> None:
    shop.moderator("mod", Rights.MODERATOR)
    await shop.say("ana", "/gift @ana")
    assert not await opens(shop, "ana")
    await shop.say("mod", "/gift @ana")
    assert shop.last == "Which plan does Ana get?"
    await send(shop, "mod", "Pro", days="30", words="Well done. See www.shop.example!")
    assert "Ana has Pro for 30 days." in shop.texts[-2] + shop.last
    assert any("gave you Pro in" in each and each.endswith("“Well done.”") for each in shop.texts[-2:]), shop.texts[-2:]
    assert await opens(shop, "ana")
    await shop.say("mod", "/gift @ana")
    await send(shop, "mod", "Pro", days="7", words="")
    assert "Ana has “Pro” already until" in shop.last
    await shop.press("mod", "Take it back")
    assert not await opens(shop, "ana")
    await shop.say("own", "/audit")
    assert "gave Ana “Pro” for 30 days" in shop.last
    assert "took back what Ana got as a gift" in shop.last
