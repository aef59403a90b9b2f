"""Presents: a plan that one member pays in Stars for another, who takes it with one press or a code, once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from core.domain.events import FormSent, PaymentTold
from core.domain.people import Rights
from core.domain.plans import Payment, PaymentKind, Plan, Standing, books
from core.kit.plans import stand
from core.store.unit import Store
from tests.world import World
from tests.world.platform import FakePlatform

HERE = {"platform": "telegram"}
CODE = re.compile(r"/code ([A-Z0-9-]{14})")


@pytest.fixture
async def shop(store: Store) -> World:
    """Give a community on a platform with Stars, and a plan by the month."""
    world = World(store, FakePlatform("telegram"))
    world.engine.dialogs = frozenset({"telegram"})
    world.moderator("own", Rights.OWNER)
    for who in ("ana", "bo", "own"):
        await world.say(who, "hello", **HERE)
    here = await world.community(**HERE)
    async with world.store.begin() as unit:
        await unit.plans.add(here.id, Plan(name="Pro", stars=250), world.clock.now())
    return world


async def offered(world: World, who: str = "ana") -> str:
    """Let somebody ask for a present, and return the payload of what they would pay."""
    await world.say(who, "/plans", **HERE)
    await world.press(who, "Give a plan to somebody", **HERE)
    await world.press(who, "Pro: 250 ★ for a month", **HERE)
    assert "for somebody else, for 30 days: 250 Stars, once" in world.last
    button = world.sent[-1].outgoing.buttons[0][0]
    assert button.invoice is not None
    assert not button.invoice.monthly
    return button.invoice.payload


async def told(world: World, payload: str, kind: PaymentKind = PaymentKind.PAID, who: str = "ana") -> None:
    await world.happen(PaymentTold, who, kind=kind, payload=payload, charge="c1", stars=250, **HERE)


async def bought(world: World) -> str:
    """Let Ana pay a present, and return its code."""
    await told(world, await offered(world))
    found = CODE.search(world.last)
    assert found is not None, world.last
    return found[1]


async def stands(world: World, who: str) -> Standing:
    here, member = await world.community(**HERE), await world.member(who, **HERE)
    async with world.store.read() as unit:
        accounts = [each.id for each in await unit.members.accounts_of([member.id])]
        plans = await unit.plans.all(here.id)
        found = stand(plans, await unit.payments.of(accounts), set(), world.clock.now())
    return found.get(plans[0].id, (Standing.NONE, None))[0]


async def taken(world: World) -> list[tuple[str, int, int, int]]:
    here = await world.community(**HERE)
    async with world.store.read() as unit:
        found = books([each.payments for each in await unit.payments.all(here.id)], "UTC")
    return [(each.currency, each.payments, each.income, each.refunds) for each in found]


async def test_a_present_is_handed_over_and_taken_with_one_press_from_when_it_is_taken(shop: World) -> None:
    code = await bought(shop)
    assert await stands(shop, "ana") is Standing.NONE, "whoever pays has nothing of it"
    shop.clock.advance(timedelta(days=40))
    await shop.say("ana", "/plans", **HERE)
    await shop.press("ana", "Presents to hand over (1)", **HERE)
    assert code in shop.last
    token = next(b.token for row in shop.sent[-1].outgoing.buttons for b in row if b.label == "Hand over 1: Pro")
    await shop.happen(FormSent, "ana", token=token, values={"member": "@bo"}, **HERE)
    to_bo, to_ana = sorted(shop.sent[-2:], key=lambda each: each.outgoing.to == "ana")
    assert "takes it with one press" in to_ana.outgoing.text
    assert to_bo.outgoing.to == "bo"
    assert "for 30 days from when you take it" in to_bo.outgoing.text
    await shop.press("bo", "Take it", **HERE)
    assert await stands(shop, "bo") is Standing.GIFTED
    shop.clock.advance(timedelta(days=29))
    assert await stands(shop, "bo") is Standing.GIFTED
    shop.clock.advance(timedelta(days=2))
    assert await stands(shop, "bo") is Standing.ENDED
    await shop.say("own", f"/code {code}", **HERE)
    assert "That code doesn’t work" in shop.last
    assert await taken(shop) == [("XTR", 1, 250, 0)]


@pytest.mark.parametrize("order", ["paid back taken", "paid taken back", "back paid taken"])
async def test_what_was_paid_back_is_nobodys_present(shop: World, order: str) -> None:
    payload, code = await offered(shop), ""
    for step in order.split():
        if step == "taken":
            await shop.say("bo", f"/code {code or 'AAAA-BBBB-CCCC'}", **HERE)
            assert await stands(shop, "bo") is (Standing.GIFTED if order.endswith("back") else Standing.NONE)
            continue
        for _ in range(2):
            await told(shop, payload, PaymentKind.PAID if step == "paid" else PaymentKind.REFUNDED)
        found = [CODE.search(each.outgoing.text) for each in shop.sent]
        code = next((each[1] for each in found if each), code)
    assert bool(code) == order.startswith("paid"), "what was paid back before it was told is offered to nobody"
    assert await stands(shop, "bo") is (Standing.ENDED if order.endswith("back") else Standing.NONE)
    assert await stands(shop, "ana") is Standing.NONE
    assert await taken(shop) == [("XTR", 1, 250, 250)]
    await shop.say("ana", "/plans", **HERE)
    assert "Presents to hand over" not in str(shop.sent[-1].outgoing.buttons)


async def test_a_present_counts_from_the_end_of_what_one_has_and_isnt_wasted(shop: World) -> None:
    code, here, now = await bought(shop), await shop.community(**HERE), shop.clock.now()
    member = await shop.member("bo", **HERE)
    async with shop.store.begin() as unit:
        account = (await unit.members.accounts_of([member.id]))[0]
        plan = (await unit.plans.all(here.id))[0]
        for key, kind in (("paid", PaymentKind.PAID), ("gift", PaymentKind.GIFTED)):
            had = Payment(key=key, kind=kind, at=now, plan_id=plan.id, until=now + timedelta(days=10), amount=0)
            await unit.payments.book(here.id, key, had, now, account_id=account.id)
    await shop.say("bo", f"/code {code}", **HERE)
    assert "give you nothing now" in shop.last
    async with shop.store.begin() as unit:
        over = Payment(key="over", kind=PaymentKind.EXPIRED, at=now + timedelta(seconds=1))
        await unit.payments.book(here.id, "paid", over, now, account_id=account.id)
    shop.clock.advance(timedelta(days=1))
    await shop.say("bo", f"/code {code}", **HERE)
    shop.clock.advance(timedelta(days=38))
    assert await stands(shop, "bo") is Standing.GIFTED
    shop.clock.advance(timedelta(days=2))
    assert await stands(shop, "bo") is Standing.ENDED
