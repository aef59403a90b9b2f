"""Stripe: what its events tell, in whatever order and however often, is access and books as a small model has them."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.web.app import make_app
from core.domain.people import Rights
from core.domain.plans import OPEN, Payment, Plan, books
from core.domain.plans import standing as standing_of
from core.domain.purchases import sign
from core.domain.stripe import read_event
from core.kit.stripe import book_stripe
from tests.flow.test_catalogue import send
from tests.unit import test_plans
from tests.world import World

SECRET = "whsec_0123456789abcdefghij"
MONTH = timedelta(days=30)
SEQUENCES = 50  # through a database: 10,000 are read in tests/unit/test_plans.py


@pytest.fixture
async def shop(world: World) -> World:
    """Give a community whose owner sells the plan Pro by two prices and a payment link."""
    world.moderator("own", Rights.OWNER)
    world.engine.dialogs = frozenset({"fake"})
    world.engine.registry = replace(world.engine.registry, public_address="https://kith.example.org")
    await world.say("ana", "hello")
    here = await world.community()
    async with world.store.begin() as unit:
        await unit.plans.add(here.id, Plan(name="Pro"), world.clock.now())
    await world.say("own", "/books")
    await world.press("own", "Connect a shop")
    await world.press("own", "Stripe")
    await send(world, "own", "Signing secret", secret=SECRET)
    for price in ("price_month", "plink_once"):
        await world.say("own", "/plans")
        await world.press("own", "Pro")
        await send(world, "own", "Stripe price", price=price, days="0")
    return world


def seconds(world: World, **by: float) -> int:
    return int((world.clock.now() + timedelta(**by)).timestamp())


async def post(world: World, body: bytes, header: str) -> httpx.Response:
    here = await world.community()
    transport = httpx.ASGITransport(app=make_app(world.house))
    async with httpx.AsyncClient(transport=transport, base_url="https://kith.example.org") as client:
        headers = {"Stripe-Signature": header}
        return await client.post(f"/hooks/stripe?community={here.id}", content=body, headers=headers)


async def tell(world: World, event: dict[str, Any]) -> str:
    body = json.dumps(event).encode()
    answer = await post(world, body, sign(SECRET, seconds(world), body) + ",v0=" + "0" * 64)
    assert answer.status_code == 200, answer.text
    return answer.text


def made(name: str, kind: str, at: int, it: dict[str, Any], **before: Any) -> dict[str, Any]:
    data = {"object": it, **({"previous_attributes": before} if before else {})}
    return {"id": f"evt_{name}", "object": "event", "type": kind, "created": at, "livemode": True, "data": data}


def session(at: int, **more: Any) -> dict[str, Any]:
    it = {
        "id": "cs_live_a1b2c3d4e5f6g7h8",
        "object": "checkout.session",
        "mode": "subscription",
        "payment_status": "paid",
        "subscription": "sub_1",
        "amount_total": 1999,
        "currency": "eur",
        "metadata": {"member": "fake:ana"},
        **more,
    }
    return made(f"session{at}", "checkout.session.completed", at, it)


def invoice(number: int, begins: int, *, new_shape: bool = False, kind: str = "invoice.paid") -> dict[str, Any]:
    period = {"start": begins, "end": begins + int(MONTH.total_seconds())}
    line: dict[str, Any] = {"amount": 1999, "period": period}
    it: dict[str, Any] = {
        "id": f"in_{number}",
        "object": "invoice",
        "amount_paid": 1999 if kind == "invoice.paid" else 0,
        "currency": "eur",
        "billing_reason": "subscription_create" if number == 1 else "subscription_cycle",
        "status_transitions": {"paid_at": begins},
    }
    if new_shape:
        line["pricing"] = {"price_details": {"price": "price_month"}}
        it["parent"] = {"subscription_details": {"subscription": "sub_1", "metadata": {}}}
    else:
        line["price"] = {"id": "price_month"}
        it |= {"subscription": "sub_1"}
    back = {"amount": -500, "period": period, "price": {"id": "price_old"}}
    return made(f"{kind}{number}", kind, begins, {**it, "lines": {"data": [back, line]}})


def subscription(kind: str, at: int, *, ends: bool = False, **before: Any) -> dict[str, Any]:
    it = {
        "id": "sub_1",
        "object": "subscription",
        "cancel_at_period_end": ends,
        "ended_at": at if kind == "deleted" else None,
        "items": {"data": [{"price": {"id": "price_month"}}]},
    }
    return made(f"{kind}{at}", f"customer.subscription.{kind}", at, it, **before)


def refund(at: int, total: int, before: int = 0, *, whole: bool = False, **of: str) -> dict[str, Any]:
    it = {"id": "ch_1", "amount_refunded": total, "refunded": whole, "currency": "eur", **of}
    return made(f"refund{total}", "charge.refunded", at, it, amount_refunded=before)


async def standing(world: World) -> str:
    await world.say("ana", "/plans")
    return world.last


async def income(world: World) -> list[tuple[int, int, int]]:
    here = await world.community()
    async with world.store.read() as unit:
        told = await unit.payments.all(here.id)
    return [(each.payments, each.income, each.refunds) for each in books([each.payments for each in told], "UTC")]


@pytest.mark.parametrize(("order", "new_shape"), [("0123", False), ("3210", True), ("2031", False), ("1302", True)])
async def test_a_subscription_is_told_in_any_order_and_again(shop: World, order: str, new_shape: bool) -> None:
    began = seconds(shop, days=-31)
    told = [
        session(began),
        invoice(1, began, new_shape=new_shape),
        invoice(2, began + int(MONTH.total_seconds()), new_shape=new_shape),
        subscription("updated", seconds(shop, hours=-2), ends=True, cancel_at_period_end=False),
    ]
    for place in map(int, order):
        await tell(shop, told[place])
    assert "Yours to the end of what is paid" in await standing(shop)
    assert await income(shop) == [(1, 1999, 0), (1, 1999, 0)]
    assert {await tell(shop, each) for each in told[1:]} == {"Known already."}
    await tell(shop, subscription("deleted", seconds(shop)))
    assert "Yours" not in await standing(shop)


async def test_a_failed_renewal_has_three_days_and_a_paid_one_mends_it(shop: World) -> None:
    began = seconds(shop, days=-30, hours=-1)
    due = began + int(MONTH.total_seconds())
    for event in (session(began), invoice(1, began), invoice(2, due, kind="invoice.payment_failed")):
        await tell(shop, event)
    await shop.advance(hours=6)
    assert "Yours until" in await standing(shop)
    await shop.advance(days=4)
    assert "Yours until" not in await standing(shop)
    await tell(shop, invoice(2, due + 3 * 86_400))
    assert "Yours until" in await standing(shop)


ONCE = {"mode": "payment", "subscription": None, "payment_intent": "pi_1", "payment_link": "plink_once"}


@pytest.mark.parametrize("first", ["refund", "payment"])
async def test_a_link_is_paid_once_and_claimed_and_paid_back(shop: World, first: str) -> None:
    at = seconds(shop)
    paid = session(at, **ONCE, metadata={}, client_reference_id=None)
    back = refund(at, 1999, whole=True, payment_intent="pi_1")
    if first == "payment":
        assert await tell(shop, paid) == "Booked."
        assert "Yours" not in await standing(shop)
        await shop.say("ana", "/code cs_live_a1b2c3d4e5f6g7h8")
        assert "Yours" in shop.last
        assert await tell(shop, back) == "Booked."
    else:
        assert await tell(shop, back) == "Booked."
        assert await income(shop) == []  # of what isn't a plan's, the books say nothing
        assert await tell(shop, paid) == "Booked."
        await shop.say("ana", "/code cs_live_a1b2c3d4e5f6g7h8")
    assert "You were paid back for it." in await standing(shop)
    assert await income(shop) == [(1, 1999, 1999)]
    assert await tell(shop, back) == "Known already."


@pytest.mark.parametrize("order", ["01234", "43210", "32041", "14203"])
async def test_parts_given_back_end_nothing_until_they_are_the_whole(shop: World, order: str) -> None:
    began = seconds(shop, hours=-1)
    paid_with = {"id": "inpay_1", "invoice": "in_1", "payment": {"type": "payment_intent", "payment_intent": "pi_1"}}
    told = [
        session(began),
        invoice(1, began, new_shape=True),
        made("with", "invoice_payment.paid", began, paid_with),
        refund(seconds(shop, minutes=-9), 500, payment_intent="pi_1"),
        refund(seconds(shop, minutes=-8), 1200, 500, payment_intent="pi_1"),
    ]
    for place in map(int, order):
        await tell(shop, told[place])
    assert "Yours until" in await standing(shop)
    assert await income(shop) == [(1, 1999, 1200)]
    await tell(shop, refund(seconds(shop), 1999, 1200, whole=True, payment_intent="pi_1"))
    assert "You were paid back for it." in await standing(shop)
    assert await income(shop) == [(1, 1999, 1999)]


async def test_any_sequence_in_any_order_is_the_models_books_and_access(world: World) -> None:
    await world.say("ana", "hello")
    chance, now = random.Random(4), test_plans.day(90)
    stories: dict[str, list[Payment]] = {}
    sent: list[dict[str, Any]] = []
    while len(stories) < SEQUENCES:
        told = test_plans.story(chance).get("stripe", [])
        paid = {each.key for each in told if each.kind in {"paid", "renewed"}}
        told = [each for each in told if not each.refunds or each.refunds in paid]  # a refund of nothing isn't a plan's
        of = f"s{len(stories)}x"
        stories[of] = told
        sent += [test_plans.event(each, of) for each in told]
        for number in sorted(each.partition(":")[2] for each in paid):
            paid_with = {"id": "inpay", "invoice": of + number, "payment": {"payment_intent": f"pi_{of}{number}"}}
            sent.append(made(f"with_{of}{number}", "invoice_payment.paid", 1_767_225_600, paid_with))
    sent += chance.choices(sent, k=SEQUENCES)
    chance.shuffle(sent)
    here = await world.community()
    async with world.store.begin() as unit:
        for name in ("Pro", "Team"):
            await unit.plans.add(here.id, Plan(name=name), now)
        sold = {f"price_{each.id}": [each.id, 0] for each in await unit.plans.all(here.id)}
        assert set(sold) == {"price_1", "price_2"}
        here.settings = replace(here.settings, own={"stripe": {"prices": sold}})
        for each in sent:
            news = read_event(json.dumps(each).encode(), now)
            assert news is not None
            await book_stripe(unit, here, news, now)
        kept = {each.key.removeprefix("stripe:sub_"): each.payments for each in await unit.payments.all(here.id)}
    sums = Counter[tuple[str, int, str, str]]()
    for line in books(kept.values(), "UTC"):
        sums[line.month, line.plan_id, line.currency, "in"] += line.income
        sums[line.month, line.plan_id, line.currency, "back"] += line.refunds
    assert Counter({key: value for key, value in sums.items() if value}) == test_plans.model_books(stories)
    for of, told in stories.items():
        for plan in test_plans.PLANS:
            at = test_plans.day(chance.randint(0, 80))
            found = standing_of(kept.get(of, ()), plan, at)[0]
            assert (found in OPEN) == test_plans.model_opens(told, plan, at), (told, plan, at, found)


async def test_what_has_nothing_to_do_with_plans_is_noted_once(shop: World) -> None:
    at = seconds(shop)
    other = invoice(1, at)
    other["data"]["object"]["lines"]["data"][1]["price"]["id"] = "price_mug"
    assert await tell(shop, other) == "Noted: no plan is sold by it."
    assert await tell(shop, other) == "Noted: no plan is sold by it."
    assert await tell(shop, made("x", "customer.created", at, {"id": "cus_1"})) == "Noted: no plan is sold by it."
    await shop.say("own", "/audit")
    assert shop.last.count("Stripe told of price_mug, which no plan has") == 1
    assert await income(shop) == []


@pytest.mark.parametrize(
    ("currency", "stripe", "units"), [("jpy", 500, 500), ("isk", 50000, 500), ("mga", 500, 50000), ("kwd", 5000, 5000)]
)
async def test_amounts_are_counted_as_iso_does(shop: World, currency: str, stripe: int, units: int) -> None:
    await tell(shop, session(seconds(shop), **ONCE, amount_total=stripe, currency=currency))
    assert await income(shop) == [(1, units, 0)]


async def test_what_is_not_signed_or_makes_no_sense_is_refused(shop: World) -> None:
    at = seconds(shop)
    body = json.dumps(session(at, **ONCE)).encode()
    for header in ("", sign("whsec_another0123456789", at, body), sign(SECRET, at - 301, body), f"t={at},v0=00"):
        assert (await post(shop, body, header)).status_code == 401
    for wrong in (b"[]", b"{", b'{"type": "invoice.paid"}', json.dumps(session(at, **ONCE, currency="eu")).encode()):
        answer = await post(shop, wrong, sign(SECRET, at, wrong))
        assert (answer.status_code, len(answer.text.splitlines())) == (400, 1), wrong
    assert await income(shop) == []


async def test_the_secret_is_kept_sealed_and_prices_can_be_taken_off(shop: World) -> None:
    here = await shop.community()
    assert SECRET not in json.dumps(here.settings.to_json())
    await shop.say("own", "/books")
    await shop.press("own", "Connect a shop")
    await shop.press("own", "Stripe")
    assert "Its signing secret is set." in shop.last
    assert "• price_month: Pro" in shop.last
    await shop.press("own", "price_month")
    assert "price_month" not in shop.last
    await send(shop, "own", "Signing secret", secret="sk_live_123")
    assert "That is no signing secret." in shop.last
