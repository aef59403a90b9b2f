"""One item sold alone, by a shop, Stripe, a code or Stars: whoever got it has it, whatever it asks of others."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.domain.people import Rights
from core.domain.plans import Payment, PaymentKind, books
from core.domain.purchases import sign
from core.kit.purchases import sold_alone
from tests.flow import test_purchases, test_stripe
from tests.flow.test_catalogue import labels, made, send
from tests.flow.test_presents import HERE, offered
from tests.flow.test_presents import shop as stars_shop
from tests.flow.test_purchases import shop as hook_shop
from tests.flow.test_stripe import shop as stripe_shop
from tests.world import World
from tests.world.activities import set_up

__all__ = ["hook_shop", "stars_shop", "stripe_shop"]

LINK = "https://a.example/run"


async def course(world: World, **asks: Any) -> int:
    """Put a course into the catalogue and return its number."""
    here = await world.community(platform=next(iter(world.platforms)))
    async with world.store.begin() as unit:
        await unit.catalogue.put(here.id, [replace(made("The long run", LINK, ("data",)), **asks)], world.clock.now())
        return (await unit.catalogue.all(here.id))[0].id


async def opens(world: World, who: str, item: int, **where: Any) -> bool:
    await world.say(who, f"/search #{item}", **where)
    if "Open" not in [each.label for row in world.sent[-1].outgoing.buttons for each in row]:
        return False
    await world.press(who, "Open", **where)
    return LINK in world.sent[-1].outgoing.text.replace("\\", "")


async def sell(world: World, who: str, item: int) -> None:
    await world.say(who, f"/catalogue #{item}")
    await world.press(who, "Which plan")
    await world.press(who, "Sell it alone")


async def income(world: World) -> list[tuple[str, str, int, int]]:
    here = await world.community(platform=next(iter(world.platforms)))
    async with world.store.read() as unit:
        plans = {each.id: each.name for each in await unit.plans.all(here.id)}
        lines = books([each.payments for each in await unit.payments.all(here.id)], "UTC")
    return [(plans[each.plan_id], each.currency, each.income, each.refunds) for each in lines]


async def test_a_shop_names_the_one_item_that_was_bought(hook_shop: World) -> None:
    item = await course(hook_shop, tier=2, price=500)
    secret, at = await test_purchases.secret_of(hook_shop), int(hook_shop.clock.now().timestamp())

    async def tell(**fields: Any) -> str:
        body = json.dumps({"id": "e1", "kind": "paid", "amount": "49", "currency": "EUR", **fields}).encode()
        return (await test_purchases.post(hook_shop, body, {"Kith-Signature": sign(secret, at, body)})).text

    assert await tell(item="Nothing of the kind") == "There is no item called “Nothing of the kind”."
    assert "“item”" in await tell(item="The long run", plan="Pro")
    assert not await opens(hook_shop, "ana", item)
    assert await tell(item="the long RUN", member="fake:ana") == "Booked."
    assert await tell(item="the long RUN", member="fake:ana") == "Known already."
    assert (await tell(id="e9", plan="The long run")).startswith("There is no plan called “The long run”.")
    assert await opens(hook_shop, "ana", item)
    await hook_shop.say("ana", "/library")
    assert hook_shop.last.startswith("Go on with (1)\n")
    await hook_shop.say("ana", "/plans")
    assert "long run" not in hook_shop.last, "what opens one item stands on its card"
    assert await income(hook_shop) == [("The long run", "EUR", 4_900, 0)]
    assert await tell(id="e2", kind="refunded", refunds="e1") == "Booked."
    assert not await opens(hook_shop, "ana", item)
    assert await income(hook_shop) == [("The long run", "EUR", 4_900, 4_900)]
    here = await hook_shop.community()
    async with hook_shop.store.begin() as unit:
        (shown,) = await unit.catalogue.all(here.id)
        await unit.catalogue.save(replace(shown, title="The longest run"))
    assert await income(hook_shop) == [("The longest run", "EUR", 4_900, 4_900)]
    await hook_shop.say("bo", "hello")
    for told, there in (({"member": "fake:bo", "item": "The longest run"}, True), ({"kind": "refunded"}, False)):
        assert await tell(id=f"e3{there}", reference="r3", **told) == "Booked."
        await hook_shop.say("bo", "/library")
        assert ("The longest run" in hook_shop.last) is there


async def test_an_owner_sells_an_item_alone_by_a_price_of_stripes_and_a_code(stripe_shop: World) -> None:
    world, item = stripe_shop, await course(stripe_shop)
    assert await opens(world, "ana", item)
    await world.say("own", f"/catalogue #{item}")
    await world.press("own", "Which plan")
    await world.press("own", "Sell it alone")
    await world.press("own", "How it is sold")
    await send(world, "own", "Stripe price", price="price_course", days="0")
    assert "• price_course: The long run" in world.last
    assert not await opens(world, "ana", item), "what nothing was asked for is sold from now on"
    at = test_stripe.seconds(world)
    it = {"id": "cs_live_z", "mode": "payment", "payment_status": "paid", "payment_intent": "pi_z", "currency": "eur"}
    it |= {"amount_total": 4900, "metadata": {"member": "fake:ana", "price": "price_course"}}
    assert await test_stripe.tell(world, test_stripe.made("1", "checkout.session.completed", at, it)) == "Booked."
    assert await opens(world, "ana", item)
    assert await income(world) == [("The long run", "EUR", 4_900, 0)]
    await world.say("bo", "hello")
    await world.say("own", f"/catalogue #{item}")
    await world.press("own", "Which plan")
    await world.press("own", "Sell it alone")
    await world.press("own", "How it is sold")
    await send(world, "own", "Make a code", days="0", uses="1")
    code = re.search(r"/code ([A-Z0-9-]{14})", world.last)
    assert code is not None
    await world.say("bo", f"/code {code[1]}")
    assert await opens(world, "bo", item)
    await world.say("own", f"/catalogue #{item}")
    await world.press("own", "Retire")
    await world.say("bo", "/library")
    await world.press("bo", "The long run")
    assert world.last.startswith("The long run"), "what somebody has stays theirs"


async def test_an_item_is_paid_in_stars_from_its_card_and_given_to_somebody(stars_shop: World) -> None:
    world, item = stars_shop, await course(stars_shop)
    await world.say("own", f"/catalogue #{item}", **HERE)
    await world.press("own", "Which plan", **HERE)
    await world.press("own", "Sell it alone", **HERE)
    await world.press("own", "How it is sold", **HERE)
    await send(world, "own", "Price in Stars", stars="99", period="once", **HERE)
    await world.say("ana", f"/search #{item}", **HERE)
    assert "It is sold alone. ★ For 99 Stars, once for good." in world.last
    assert "The long run: 99 ★" in [each.label for row in world.sent[-1].outgoing.buttons for each in row]
    await world.press("ana", "Give it to somebody", **HERE)
    assert "The long run for somebody else, for good: 99 Stars, once" in world.last
    assert await offered(world), "plans are given beside"


async def test_a_moderator_gives_an_item_that_is_sold_alone(hook_shop: World) -> None:
    world, item = hook_shop, await course(hook_shop, price=500)
    world.moderator("mod", Rights.MODERATOR)
    await world.say("mod", "/gift @ana")
    assert labels(world) == ["Pro"], "an item that isn’t sold alone is had for points"
    await world.say("mod", f"/catalogue #{item}")
    await world.press("mod", "Which plan")
    assert "Sell it alone" not in labels(world)
    await world.say("own", f"/catalogue #{item}")
    await world.press("own", "Which plan")
    world.moderator("own", Rights.MODERATOR)
    await world.press("own", "Sell it alone")
    world.moderator("own", Rights.OWNER)
    here = await world.community()
    async with world.store.read() as unit:
        assert await unit.plans.of_item(here.id, item) is None, "what is sold is for owners to say"
    await sell(world, "own", item)
    async with world.store.read() as unit:
        plan, (kept,) = await unit.plans.of_item(here.id, item), await unit.catalogue.all(here.id)
    assert (plan and plan.monthly, kept.plan_id, kept.price) == (False, None, 500)
    await world.say("mod", "/gift @ana")
    assert (world.last, labels(world)) == ("Which plan does Ana get?", ["Pro", "An item that is sold alone (1)"])
    await world.press("mod", "An item that is sold alone (1)")
    assert (world.last, labels(world)) == ("Which item does Ana get?", ["The long run"])
    await send(world, "mod", "The long run", days="0", words="")
    assert any("gave you The long run in Data Kitchen, for good. /library has it." in each for each in world.texts[-2:])
    assert await opens(world, "ana", item)
    async with world.store.begin() as unit:
        (pro,) = [each for each in await unit.plans.all(here.id) if each.name == "Pro"]
        await unit.plans.save(replace(pro, active=False))
    await world.say("mod", "/gift @ana")
    assert (world.last, labels(world)) == ("Which item does Ana get?", ["The long run"])


async def test_items_to_give_are_turned_over_like_a_book(hook_shop: World) -> None:
    world, now = hook_shop, hook_shop.clock.now()
    world.moderator("mod", Rights.MODERATOR)
    here = await world.community()
    async with world.store.begin() as unit:
        items = [made(f"Book {number:02}", f"https://b.example/{number}", ()) for number in range(12)]
        await unit.catalogue.put(here.id, items, now)
        for each in await unit.catalogue.all(here.id):
            await sold_alone(unit, here.id, each, now)
    await world.say("mod", "/gift @ana")
    await world.press("mod", "An item that is sold alone (12)")
    assert labels(world) == [*(f"Book {number:02}" for number in range(10)), "1/2", "›"]
    await world.press("mod", "›")
    assert labels(world) == ["Book 10", "Book 11", "‹", "2/2"]


async def test_what_is_had_for_a_time_is_reminded_of_by_its_name(hook_shop: World) -> None:
    world, item = hook_shop, await course(hook_shop)
    await world.say("ana", "/start", direct=True)
    await sell(world, "own", item)
    world.moderator("olga", Rights.MODERATOR)
    await set_up(world, "renewal daily 10:00")
    here, now = await world.community(), world.clock.now()
    account = (await world.member("ana")).id
    async with world.store.begin() as unit:
        (mine,) = await unit.members.accounts_of([account])
        for plan in await unit.plans.all(here.id):
            key, until = f"shop:{plan.name}", now + timedelta(days=7)
            paid = Payment(key=key, kind=PaymentKind.PAID, at=now, plan_id=plan.id, until=until)
            await unit.payments.book(here.id, key, paid, now, account_id=mine.id)
    await world.advance(hours=2)
    (said,) = [each.outgoing.text for each in world.sent if "another week" in each.outgoing.text]
    assert said.splitlines()[2:] == [
        "**Pro**: /plans shows how it goes on.",
        f"**The long run**: `/search #{item}` shows how it goes on.",
    ]


async def test_what_is_not_sold_any_more_says_no_way_to_get_it(hook_shop: World) -> None:
    world, item = hook_shop, await course(hook_shop)
    await world.say("ana", f"/search #{item}")
    await sell(world, "own", item)
    await world.press("ana", "Open")
    assert world.last == "“The long run” is sold alone. Its card says how to get it."
    here = await world.community()
    for price, active, said in (("49 €", True, True), ("49 €", False, False)):
        async with world.store.begin() as unit:
            plan = await unit.plans.of_item(here.id, item)
            assert plan is not None
            await unit.plans.save(replace(plan, price=price, active=active))
        async with world.store.begin() as unit:
            (shown,) = await unit.catalogue.all(here.id)
            await unit.catalogue.save(replace(shown, plan_id=None, price=500))
        await world.say("ana", f"/search #{item}")
        assert ("It is sold alone (49 €)." in world.last) is said
