"""Payments told in any order, twice and late end in the same books and open the same, as a model of its own says."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.errors import BadInput
from core.domain.plans import (
    GRACE,
    OPEN,
    TOLD_BY_SHOPS,
    Payment,
    PaymentKind,
    Standing,
    books,
    currency_of,
    minor_units,
    said_amount,
    standing,
)
from core.domain.purchases import read_purchase
from core.domain.stripe import SETTLING, read_event

START = datetime(2026, 1, 1, tzinfo=UTC)
SOURCES = ("csv", "code", "stripe", "hook")
CURRENCIES = {"stripe": "EUR", "hook": "JPY", "csv": "KWD", "code": "USD"}
STRIPES = ("paid", "renewed", "failed", "cancelled", "refunded", "expired", "resumed")  # what Stripe tells of
PLANS = (1, 2)
SEQUENCES = 10_000
PAYMENTS = {"paid", "renewed", "gifted", "trial", "present"}  # what can be given back


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def story(chance: random.Random) -> dict[str, list[Payment]]:
    """Return what some sources tell of one person, each of a subscription."""
    told: dict[str, list[Payment]] = {}
    for source in chance.sample(SOURCES, chance.randint(1, len(SOURCES))):
        some = told.setdefault(source, [])
        for number in range(chance.randint(1, 7)):
            some.append(_one(chance, source, number, some))
    return told


def _one(chance: random.Random, source: str, number: int, before: Sequence[Payment]) -> Payment:
    kinds = {"stripe": STRIPES, "hook": [each.value for each in TOLD_BY_SHOPS]}.get(source, list(PaymentKind))
    kind, at = PaymentKind(chance.choice(kinds)), chance.randint(0, 60)
    made = Payment(key=f"{source}:{number}", kind=kind, at=day(at), currency=CURRENCIES[source])
    if kind.value in PAYMENTS:
        until = None if chance.random() < 0.1 else day(at + chance.choice((1, 7, 30)))
        amount = 0 if kind in {PaymentKind.GIFTED, PaymentKind.TRIAL} else chance.choice((1, 999, 10_000))
        return replace(made, plan_id=chance.choice(PLANS), until=until, amount=amount)
    if kind is PaymentKind.REFUNDED:
        none = ("",) if source != "stripe" else ()  # its refunds say of what they are
        of = chance.choice(before).key if before and chance.random() < 0.7 else chance.choice((*none, f"{source}:99"))
        return replace(made, amount=chance.choice((None, None, 1, 500, 10_000)), refunds=of)
    return made


# What a shop sends of it, and what is read of that.


def sent(source: str, p: Payment) -> Payment:
    """Return a payment as it is read of what its source sends of it."""
    if source == "hook":
        fields = {"id": p.key.partition(":")[2], "kind": p.kind.value, "reference": "s", "at": p.at.isoformat()}
        fields |= {"until": p.until.isoformat()} if p.until else {}
        fields |= {"plan": str(p.plan_id)} if p.plan_id else {}
        fields |= {"refunds": p.refunds.partition(":")[2]} if p.refunds else {}
        fields |= {"amount": str(p.amount), "currency": p.currency} if p.amount else {"currency": p.currency}
        read = read_purchase(json.dumps(fields).encode(), source, day(90))
        return replace(read.payment, plan_id=int(read.plan) if read.plan else None)
    if source == "stripe":
        news = read_event(json.dumps(event(p)).encode(), day(90))
        assert news is not None
        assert news.payment is not None
        return replace(
            news.payment,
            key=p.key if p.kind in {"failed", "cancelled", "resumed", "expired", "refunded"} else news.payment.key,
            plan_id=int(news.offers[0].price[6:]) if p.kind in {"paid", "renewed"} else None,
            until=news.offers[0].until if p.kind in {"paid", "renewed"} else None,
        )
    return p


def event(p: Payment, of: str = "") -> dict[str, Any]:
    """Return what Stripe sends of a payment of the subscription `of`: https://docs.stripe.com/api/events/types.

    With a subscription a refund names with which payment its invoice was paid, as it does since 2025-03-31.
    """
    number, at = of + p.key.partition(":")[2], int(p.at.timestamp())
    items = {"data": [{"price": {"id": "price_1"}}]}
    it: dict[str, Any] = {"id": f"sub_{of}", "ended_at": at, "subscription": f"sub_{of}", "items": items}
    kind, before = EVENTS[p.kind.value], {}
    if p.kind in {"paid", "renewed"}:
        ends = None if p.until is None else int((p.until - SETTLING).timestamp())
        reason = "subscription_create" if p.kind == "paid" else "subscription_cycle"
        line = {"amount": p.amount, "period": {"end": ends}, "price": {"id": f"price_{p.plan_id}"}}
        it |= {"id": number, "amount_paid": p.amount, "currency": "eur", "billing_reason": reason}
        it |= {"lines": {"data": [{"amount": -1, "price": "price_9"}, line]}, "status_transitions": {"paid_at": at}}
    elif p.kind == "refunded":
        before = {"amount_refunded": 700}
        paid = p.refunds.partition(":")[2]
        by = {"payment_intent": f"pi_{of}{paid}"} if of else {"invoice": paid}
        it = {"id": f"ch_{number}", "currency": "eur", **by}
        it |= {"amount_refunded": 700 + (p.amount or 0), "refunded": p.amount is None}
    elif p.kind == "failed":
        it["lines"] = {"data": [{"amount": 1, "period": {}, "price": {"id": "price_1"}}]}
    elif p.kind in {"cancelled", "resumed"}:
        before, it["cancel_at_period_end"] = {"cancel_at_period_end": None}, p.kind == "cancelled"
    data = {"object": it, "previous_attributes": before}
    return {"id": f"evt_{number}", "type": kind, "created": at, "data": data}


EVENTS = {
    "paid": "invoice.paid",
    "renewed": "invoice.paid",
    "failed": "invoice.payment_failed",
    "cancelled": "customer.subscription.updated",
    "resumed": "customer.subscription.updated",
    "expired": "customer.subscription.deleted",
    "refunded": "charge.refunded",
}

# The model: what holds at one moment, asked anew for each, over what had happened by then.


def paid_for(told: Sequence[Payment], refund: Payment) -> Payment | None:
    if refund.refunds:
        return next((p for p in told if p.key == refund.refunds and p.kind in PAYMENTS), None)
    earlier = [p for p in told if p.kind in PAYMENTS and p.at <= refund.at]
    return max(earlier, key=lambda p: (p.at, p.key), default=None)


def given_back(told: Sequence[Payment], payment: Payment) -> tuple[list[int], bool]:
    """Return what each refund of a payment gave back, and whether all of it is."""
    amounts, whole, left = [], False, payment.amount or 0
    refunds = sorted((p for p in told if p.kind == "refunded"), key=lambda p: (p.at, p.key))
    for refund in refunds:
        if paid_for(told, refund) is payment:
            amounts.append(left if refund.amount is None else refund.amount)
            left = max(left - amounts[-1], 0)
            whole = whole or refund.amount is None or sum(amounts) >= (payment.amount or 0)
    return amounts, whole


def taken_back(told: Sequence[Payment], x: Payment) -> bool:
    """Say whether a cancellation was withdrawn."""
    later = [r for r in told if r.kind == "resumed" and (r.at, r.key) > (x.at, x.key)]
    return x.kind == "cancelled" and bool(later)


def model_opens(all_told: Sequence[Payment], plan: int, now: datetime) -> bool:
    told = [p for p in all_told if p.at <= now]
    kept = [p for p in told if p.kind in {"paid", "renewed", "gifted", "trial"} and not given_back(told, p)[1]]
    for p in kept:
        expired = any(x.kind == "expired" and x.at >= p.at for x in told)
        if p.plan_id == plan and not expired and (p.until is None or now < p.until):
            return True
    for failure in (p for p in told if p.kind == "failed"):
        tried = [p for p in kept if p.kind not in {"gifted", "trial"} and p.at <= failure.at]
        if not tried:
            continue
        last = max(tried, key=lambda p: (p.at, p.key))
        stopped = any(x.kind in {"cancelled", "expired"} and x.at >= last.at for x in told if not taken_back(told, x))
        if last.plan_id == plan and not stopped and last.until and last.until <= now < last.until + GRACE:
            return True
    return False


def model_books(stories: dict[str, list[Payment]]) -> Counter[tuple[str, int, str, str]]:
    sums: Counter[tuple[str, int, str, str]] = Counter()
    for told in stories.values():
        for p in told:
            if p.kind in {"paid", "renewed", "present"}:
                sums[f"{p.at:%Y-%m}", p.plan_id or 0, p.currency, "in"] += p.amount or 0
        for p in (p for p in told if p.kind in PAYMENTS):
            mine = [r for r in told if r.kind == "refunded" and paid_for(told, r) is p]
            mine.sort(key=lambda r: (r.at, r.key))
            for refund, back in zip(mine, given_back(told, p)[0], strict=True):
                sums[f"{refund.at:%Y-%m}", p.plan_id or 0, p.currency, "back"] += back
        for r in (r for r in told if r.kind == "refunded" and paid_for(told, r) is None):
            sums[f"{r.at:%Y-%m}", 0, r.currency, "back"] += r.amount or 0
    return Counter({key: value for key, value in sums.items() if value})


def test_a_cancellation_that_is_taken_back_leaves_the_three_days() -> None:
    paid = Payment(key="a", kind=PaymentKind.PAID, at=START, plan_id=1, until=day(30), amount=1, currency="EUR")
    told = [
        paid,
        Payment(key="b", kind=PaymentKind.CANCELLED, at=day(2)),
        Payment(key="c", kind=PaymentKind.RESUMED, at=day(3)),
        Payment(key="d", kind=PaymentKind.FAILED, at=day(30)),
    ]
    assert standing(told[:2], 1, day(4)) == (Standing.ENDING, day(30))
    assert standing(told, 1, day(4)) == (Standing.ACTIVE, day(30))
    assert standing(told, 1, day(31)) == (Standing.GRACE, day(33))
    assert standing([*told[:2], told[3]], 1, day(31)) == (Standing.ENDED, None)


def test_in_whatever_order_and_however_often_it_is_told_books_and_access_are_the_models() -> None:
    chance = random.Random(9)
    seen: Counter[Standing] = Counter()
    for _ in range(SEQUENCES):
        stories = story(chance)
        arrived = [(source, p) for source, told in stories.items() for p in told]
        arrived += chance.choices(arrived, k=chance.randint(0, 4))
        chance.shuffle(arrived)
        kept: dict[str, dict[str, Payment]] = {}
        for source, p in arrived:
            kept.setdefault(source, {}).setdefault(p.key, sent(source, p))
        subscriptions = [list(each.values()) for each in kept.values()]
        sums = Counter[tuple[str, int, str, str]]()
        for line in books(subscriptions, "UTC"):
            sums[line.month, line.plan_id, line.currency, "in"] += line.income
            sums[line.month, line.plan_id, line.currency, "back"] += line.refunds
        assert Counter({key: value for key, value in sums.items() if value}) == model_books(stories), arrived
        for plan in PLANS:
            now = day(chance.randint(0, 80) + chance.choice((0, 0.5)))
            for source, told in stories.items():
                found, until = standing(list(kept[source].values()), plan, now)
                seen[found] += 1
                assert (found in OPEN) == model_opens(told, plan, now), (told, plan, now, found)
                assert until is None or until > now
    assert set(seen) == set(Standing) - {Standing.PLACE, Standing.ROLE}


def paid(at: float, until: float | None, key: str = "a", kind: PaymentKind = PaymentKind.PAID) -> Payment:
    end = None if until is None else day(until)
    return Payment(key=key, kind=kind, at=day(at), until=end, plan_id=1, amount=900, currency="EUR")


def told(kind: PaymentKind, at: float, **more: object) -> Payment:
    return replace(Payment(key=f"{kind}{at}", kind=kind, at=day(at), currency="EUR"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("payments", "now", "wanted"),
    [
        ([paid(0, 30)], 29, Standing.ACTIVE),
        ([paid(0, 30)], 30, Standing.ENDED),
        ([paid(0, None)], 900, Standing.ACTIVE),
        ([paid(0, 30), told(PaymentKind.CANCELLED, 5)], 29, Standing.ENDING),
        ([paid(0, 30), told(PaymentKind.CANCELLED, 5), paid(30, 60, "b", PaymentKind.RENEWED)], 40, Standing.ACTIVE),
        ([paid(0, 30), told(PaymentKind.FAILED, 30)], 32, Standing.GRACE),
        ([paid(0, 30), told(PaymentKind.FAILED, 30)], 33, Standing.ENDED),
        ([paid(0, 30), told(PaymentKind.FAILED, 30), told(PaymentKind.CANCELLED, 31)], 32, Standing.ENDED),
        ([paid(0, 30), told(PaymentKind.REFUNDED, 5)], 6, Standing.REFUNDED),
        ([paid(0, 30), told(PaymentKind.REFUNDED, 5, amount=100)], 6, Standing.ACTIVE),
        ([paid(0, 30, kind=PaymentKind.GIFTED)], 6, Standing.GIFTED),
        ([paid(0, 7, kind=PaymentKind.TRIAL)], 6, Standing.TRIAL),
        ([paid(0, 7, kind=PaymentKind.TRIAL)], 7, Standing.ENDED),
        ([paid(0, 7, kind=PaymentKind.TRIAL), told(PaymentKind.FAILED, 7)], 8, Standing.ENDED),
        ([paid(0, 7, kind=PaymentKind.TRIAL), paid(3, 33, "b")], 6, Standing.ACTIVE),
        ([paid(0, 30), told(PaymentKind.EXPIRED, 5)], 6, Standing.ENDED),
        ([], 6, Standing.NONE),
    ],
)
def test_each_state_opens_what_it_says(payments: list[Payment], now: float, wanted: Standing) -> None:
    assert standing(payments, 1, day(now))[0] is wanted


@pytest.mark.parametrize(
    ("text", "currency", "units", "said"),
    [
        ("19.99", "EUR", 1999, "19.99 EUR"),
        ("1234.5", "USD", 123450, "1,234.50 USD"),
        ("500", "JPY", 500, "500 JPY"),
        ("500.00", "JPY", 500, "500 JPY"),
        ("1.005", "KWD", 1005, "1.005 KWD"),
        ("0.1", "CNY", 10, "0.10 CNY"),
        ("90071992547409.93", "EUR", 9007199254740993, None),
    ],
)
def test_amounts_are_whole_minor_units(text: str, currency: str, units: int, said: str | None) -> None:
    if said is None:
        with pytest.raises(BadInput):
            minor_units(text, currency)
        return
    assert (minor_units(text, currency), said_amount(units, currency)) == (units, said)


@pytest.mark.parametrize(
    ("text", "currency"), [("5.5", "JPY"), ("-3", "EUR"), ("1e3", "EUR"), ("1,5", "EUR"), ("", "EUR")]
)
def test_an_amount_that_makes_no_sense_is_refused(text: str, currency: str) -> None:
    with pytest.raises(BadInput):
        minor_units(text, currency)


def test_a_currency_is_one_that_there_is() -> None:
    assert currency_of(" eur ") == "EUR"
    with pytest.raises(BadInput):
        currency_of("XXQ")
