"""Plans for Stars, on the real SDK: offered to one person, allowed at once, booked once, renewed, given back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from core.domain.plans import OPEN, Plan, Standing, books
from core.kit.plans import stand
from core.store.unit import Store
from tests.platforms.telegram.conftest import Running

GROUP = "Data Kitchen"


@pytest.fixture
async def shop(kith: Running) -> Running:
    """Give a community with two plans for Stars, one by the month and one for good."""
    for who in ("Ana", "Li Wei", "Olga"):
        kith.server.say(who, GROUP, "hello")
    await kith.settled()
    here = await kith.community(GROUP)
    async with kith.store.begin() as unit:
        pro = Plan(name="Pro", stars=250, how="Or at https://shop.example/pro.", about="All courses.")
        await unit.plans.add(here.id, pro, kith.clock.now())
        await unit.plans.add(here.id, Plan(name="Book", stars=99, monthly=False), kith.clock.now())
    return kith


async def press(kith: Running, who: str, label: str) -> None:
    message = kith.server.messages(who)[-1]
    rows = message["reply_markup"]["inline_keyboard"]
    data = next(one["callback_data"] for row in rows for one in row if label in one["text"])
    kith.server.press(who, message, data)
    await kith.settled()


async def link_of(kith: Running, who: str, label: str) -> str:
    kith.server.say(who, None, "/plans")
    await kith.settled()
    await press(kith, who, label)
    return str(kith.server.messages(who)[-1]["reply_markup"]["inline_keyboard"][0][0]["url"])


async def buy(kith: Running, who: str, label: str) -> dict[str, Any]:
    asked = kith.server.checkout(who, await link_of(kith, who, label))
    await kith.settled()
    charge = kith.server.settle(asked)
    await kith.settled()
    assert charge is not None, kith.server.checkouts[asked]
    return charge


async def stands(kith: Running, who: str, plan: str = "Pro") -> Standing:
    here, member = await kith.community(GROUP), await kith.member(who, GROUP)
    async with kith.store.read() as unit:
        accounts = [each.id for each in await unit.members.accounts_of([member.id])]
        plans = {each.name: each for each in await unit.plans.all(here.id)}
        found = stand(plans.values(), await unit.payments.of(accounts), set(), kith.clock.now())
    return found.get(plans[plan].id, (Standing.NONE, None))[0]


async def taken(kith: Running) -> list[tuple[str, int, int, int]]:
    here = await kith.community(GROUP)
    async with kith.store.read() as unit:
        told = await unit.payments.all(here.id)
    return [
        (each.currency, each.payments, each.income, each.refunds) for each in books([t.payments for t in told], "UTC")
    ]


async def test_a_month_is_paid_renewed_cancelled_and_ends(shop: Running) -> None:
    link = await link_of(shop, "Ana", "Pro: 250 ★ a month")
    offered = shop.texts("Ana")[-1]
    assert "for 250 Stars a month" in offered
    assert link.startswith("https://t.me/$")
    assert not any("shop.example" in each for each in shop.texts("Ana")), "no checkout but Telegram's"
    invoice = shop.server.invoices[link]
    assert (invoice["title"], invoice["stars"], invoice["period"]) == ("Pro", 250, 2_592_000)
    asked = shop.server.checkout("Ana", link)
    await shop.settled()
    charge = shop.server.settle(asked)
    await shop.settled()
    assert "Thank you: Pro is yours until" in shop.texts("Ana")[-1]
    assert await stands(shop, "Ana") is Standing.ACTIVE
    shop.clock.advance(timedelta(days=29))
    shop.server.renew("Ana", charge)
    await shop.settled()
    shop.clock.advance(timedelta(days=2))
    assert await stands(shop, "Ana") is Standing.ACTIVE
    shop.server.subscription("Ana", charge, "canceled")
    await shop.settled()
    assert await stands(shop, "Ana") is Standing.ENDING
    shop.server.subscription("Ana", charge, "active")
    await shop.settled()
    assert await stands(shop, "Ana") is Standing.ACTIVE
    shop.clock.advance(timedelta(days=28))
    shop.server.subscription("Ana", charge, "failed")
    await shop.settled()
    shop.clock.advance(timedelta(hours=25))
    assert await stands(shop, "Ana") is Standing.GRACE
    shop.clock.advance(timedelta(days=3))
    assert await stands(shop, "Ana") is Standing.ENDED
    assert await taken(shop) == [("XTR", 2, 500, 0)]


async def test_a_coupons_price_stays_with_the_subscription_that_it_began(shop: Running) -> None:
    here, now = await shop.community(GROUP), shop.clock.now()
    async with shop.store.begin() as unit:
        pro = next(each for each in await unit.plans.all(here.id) if each.name == "Pro")
        await unit.plans.add_code(here.id, "HALF-PRICE", pro.id, 0, 1, now + timedelta(days=5), percent=50)
    shop.server.say("Ana", None, "/code half-price")
    await shop.settled()
    assert "for 125 instead of 250 Stars a month" in shop.texts("Ana")[-1]
    charge = await buy(shop, "Ana", "Pro: 125 ★ a month")
    async with shop.store.begin() as unit:
        await unit.plans.save(replace(pro, stars=400))
    shop.clock.advance(timedelta(days=29))
    shop.server.renew("Ana", charge)
    await shop.settled()
    shop.clock.advance(timedelta(days=2))
    assert await stands(shop, "Ana") is Standing.ACTIVE
    assert await taken(shop) == [("XTR", 2, 250, 0)]


async def test_what_is_told_again_is_booked_once_and_answered_once(shop: Running) -> None:
    await buy(shop, "Ana", "Book")
    said = len(shop.texts("Ana"))
    shop.server.redeliver()
    paid = next(one for one in shop.server.told if "successful_payment" in one.get("message", {}))
    for _ in range(3):
        shop.server.push({"message": paid["message"]})
    await shop.settled()
    assert await stands(shop, "Ana", "Book") is Standing.ACTIVE
    assert await taken(shop) == [("XTR", 1, 99, 0)]
    assert len(shop.texts("Ana")) == said


async def test_an_offer_is_for_one_person_and_one_hour(shop: Running) -> None:
    link = await link_of(shop, "Ana", "Book")
    other = shop.server.checkout("Li Wei", link)
    await shop.settled()
    assert shop.server.settle(other) is None
    assert shop.server.checkouts[other]["why"] == "这份订单不是给你的，或者价格已经变了。请用 /plans 查看现在的会员。"
    shop.clock.advance(timedelta(minutes=61))
    late = shop.server.checkout("Ana", link)
    await shop.settled()
    assert shop.server.settle(late) is None
    assert "over an hour old" in shop.server.checkouts[late]["why"]
    shop.server.invoices[link] |= {"payload": "something else"}
    forged = shop.server.checkout("Ana", link)
    await shop.settled()
    assert shop.server.settle(forged) is None


async def test_who_asks_to_pay_is_answered_while_the_database_is_held(shop: Running, store: Store) -> None:
    link = await link_of(shop, "Ana", "Book")
    async with store.begin() as unit:
        if unit.connection.dialect.name == "postgresql":
            await unit.connection.execute(text("LOCK TABLE interactions IN ACCESS EXCLUSIVE MODE"))
        shop.server.say("Li Wei", GROUP, "this waits for the database")
        asked = ""
        fetched = len(shop.server.called("getUpdates"))
        async with asyncio.timeout(10):
            while not asked or shop.server.checkouts[asked]["ok"] is None:
                if not asked and len(shop.server.called("getUpdates")) > fetched + 1:  # it looks while it waits
                    asked = shop.server.checkout("Ana", link)
                await asyncio.sleep(0.005)
        charge = shop.server.settle(asked)
        assert charge is not None
        assert shop.server.updates, "nothing is confirmed that isn't committed"
    await shop.settled()
    assert await stands(shop, "Ana", "Book") is Standing.ACTIVE


@pytest.mark.parametrize("already", [False, True])
async def test_a_moderator_gives_stars_back_and_access_ends(shop: Running, already: bool) -> None:
    charge = await buy(shop, "Ana", "Pro")
    if already:
        shop.server.fail("refundStarPayment", 400, "Bad Request: CHARGE_ALREADY_REFUNDED")
    shop.server.say("Olga", None, "/refund @ana")
    await shop.settled()
    assert charge["id"] in shop.texts("Olga")[-1]
    await press(shop, "Olga", "250 ★")
    await press(shop, "Olga", "Yes, give them back")
    await shop.settled()
    assert await stands(shop, "Ana") is Standing.REFUNDED
    assert await taken(shop) == [("XTR", 1, 250, 250)]
    assert shop.server.stopped == {charge["id"]: True}, "what was given back isn't renewed"
    if not already:
        assert len(shop.server.transactions) == 2


async def test_a_refund_that_telegram_refuses_takes_nothing_away(shop: Running) -> None:
    await buy(shop, "Ana", "Pro")
    shop.server.fail("refundStarPayment", 400, "Bad Request: CHARGE_NOT_FOUND")
    shop.server.say("Olga", None, "/refund @ana")
    await shop.settled()
    await press(shop, "Olga", "250 ★")
    await press(shop, "Olga", "Yes, give them back")
    assert await stands(shop, "Ana") in OPEN
    shop.server.say("Olga", None, "/audit")
    await shop.settled()
    assert "Stars weren’t given back to Ana: Charge_not_found" in shop.texts("Olga")[-1]


async def test_a_refund_may_come_before_its_payment_and_from_telegram_itself(shop: Running) -> None:
    charge = await buy(shop, "Ana", "Pro")
    paid = next(one for one in shop.server.told if "successful_payment" in one.get("message", {}))
    here = await shop.community(GROUP)
    async with shop.store.begin() as unit:
        for table in ("payments", "entitlements"):
            await unit.connection.execute(text(f"DELETE FROM {table} WHERE community_id = {here.id}"))
    told = {
        name: paid["message"]["successful_payment"][name] for name in ("currency", "total_amount", "invoice_payload")
    }
    message = {**paid["message"], "message_id": 9_000, "from": shop.server.me}
    del message["successful_payment"]
    shop.server.push({"message": message | {"refunded_payment": told | {"telegram_payment_charge_id": charge["id"]}}})
    await shop.settled()
    shop.server.push({"message": paid["message"]})
    await shop.settled()
    assert await stands(shop, "Ana") is Standing.REFUNDED
    assert await taken(shop) == [("XTR", 1, 250, 250)]


async def test_of_somebody_who_was_forgotten_the_sum_alone_is_booked(shop: Running) -> None:
    link = await link_of(shop, "Ana", "Book")
    shop.server.say("Ana", None, "/forgetme")
    await shop.settled()
    await press(shop, "Ana", "Erase")
    asked = shop.server.checkout("Ana", link)
    await shop.settled()
    assert shop.server.settle(asked) is not None
    await shop.settled()
    assert await taken(shop) == [("XTR", 1, 99, 0)]
    here = await shop.community(GROUP)
    async with shop.store.read() as unit:
        assert [each.account_id for each in await unit.payments.all(here.id)] == [None]


async def test_paysupport_and_terms_say_whom_to_ask(shop: Running) -> None:
    charge = await buy(shop, "Ana", "Book")
    for name in ("/paysupport", "/terms"):
        shop.server.say("Ana", None, name)
        await shop.settled()
    support, terms = shop.texts("Ana")[-2:]
    assert "moderators" in support
    assert charge["id"] in support
    assert "/paysupport" in terms
    shop.server.say("Li Wei", None, "/terms")
    await shop.settled()
    assert "用星星买到的是什么" in shop.texts("Li Wei")[-1]


async def test_what_telegram_lists_and_never_told_is_booked_and_written_down(
    shop: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.telegram.stars.PAGE", 2)
    told = await buy(shop, "Ana", "Book")
    link = await link_of(shop, "Li Wei", "Book")
    lost = shop.server.checkout("Li Wei", link)
    await shop.settled()
    shop.server.settle(lost)
    shop.server.updates.pop()  # Kith was away for longer than Telegram keeps what happened
    shop.server.transactions.append({"id": "payout", "amount": 50, "date": 1, "receiver": {"type": "fragment"}})
    assert await stands(shop, "Li Wei", "Book") is Standing.NONE
    shop.server.fail("getStarTransactions", 500, "Internal Server Error")
    await shop.house.reconcile(shop.telegram)
    assert await stands(shop, "Ana", "Book") is Standing.ACTIVE, "an error takes nothing away"
    await shop.house.reconcile(shop.telegram)
    await shop.settled()
    assert await stands(shop, "Li Wei", "Book") is Standing.ACTIVE
    assert await taken(shop) == [("XTR", 2, 198, 0)]
    back = {**shop.server.transactions[0], "receiver": shop.server.transactions[0]["source"]}
    del back["source"]
    shop.server.transactions.append(back)
    for _ in range(2):
        await shop.house.reconcile(shop.telegram)
    assert await stands(shop, "Ana", "Book") is Standing.REFUNDED
    assert told["id"] == back["id"]
    shop.server.say("Olga", None, "/audit")
    await shop.settled()
    said = shop.texts("Olga")[-1]
    assert "Found in Telegram’s list and not told: 99 Stars that Li Wei paid" in said
    assert "not told: 99 Stars that came back to Ana" in said
    assert said.count("not told") == 2
