"""Payments booked at once come out as those that are booked one after the other, whatever was told before."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from core.domain.community import Settings
from core.domain.people import Consent, Person
from core.domain.plans import Payment, PaymentKind
from core.store.members import Newcomer
from core.store.payment_batch import PRESENT_KEY, Telling
from core.store.tables.plans import entitlements, payments
from core.store.unit import Store, UnitOfWork

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMES = count(1)
PAYMENTS = ("p1", "p2", "p3", f"{PRESENT_KEY}p1:over")
SUBSCRIPTIONS = ("s1", "s2", f"{PRESENT_KEY}p1")
WHO, CLAIMS = (None, None, 0, 1), ("", "", "one claim of many", "another of them")
told = st.lists(
    st.builds(
        lambda key, of, refunds, who, claim: (of, _payment(key, refunds), who, claim),
        st.sampled_from(PAYMENTS),
        st.sampled_from(SUBSCRIPTIONS),
        st.sampled_from(("", "", *PAYMENTS)),
        st.sampled_from(WHO),
        st.sampled_from(CLAIMS),
    ),
    max_size=8,
)
presents = st.lists(st.tuples(st.sampled_from(PAYMENTS[:2]), st.sampled_from(WHO), st.sampled_from(CLAIMS)), max_size=2)


def _payment(key: str, refunds: str) -> Payment:
    kind = PaymentKind.REFUNDED if refunds else PaymentKind.PAID
    return Payment(key=key, kind=kind, at=NOW, amount=5, currency="EUR", refunds=refunds)


async def settled(unit: UnitOfWork) -> tuple[int, list[int]]:
    """Return a new community and two accounts of it."""
    here = (await unit.communities.add(f"Home {next(NAMES)}", Settings(), NOW)).id
    people = [Newcomer(here, "fake", Person(f"{who}{here}", who), Consent.COUNTED, NOW) for who in ("ana", "bo")]
    return here, [account.id for account, _ in await unit.members.enrol(people)]


async def kept(unit: UnitOfWork, here: int, accounts: list[int]) -> tuple[set[Any], list[Any]]:
    """Return what the books hold, without the numbers under which they hold it."""
    place = {None: None, **{account: number for number, account in enumerate(accounts)}}
    owned = entitlements.c.key, entitlements.c.account_id, entitlements.c.claim_hash, entitlements.c.created_at
    of = select(*owned).where(entitlements.c.community_id == here)
    first = {
        (row.key, place[row.account_id], row.claim_hash, row.created_at) for row in await unit.connection.execute(of)
    }
    found = (
        select(payments, entitlements.c.key.label("of"))
        .join(entitlements, entitlements.c.id == payments.c.entitlement_id)
        .where(payments.c.community_id == here)
        .order_by(payments.c.id)
    )
    lines = (await unit.connection.execute(found)).mappings()
    numbers = ("id", "community_id", "entitlement_id", "account_id")
    return first, [
        {name: row[name] for name in row if name not in numbers} | {"whose": place[row["account_id"]]} for row in lines
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=told, given_away=presents, then=told)
@example(before=[("s1", _payment("p2", "p1"), 0, "")], given_away=[], then=[("s2", _payment("p1", ""), None, "")])
@example(before=[("s1", _payment("p2", ""), None, "")], given_away=[], then=[("s1", _payment("p1", ""), 0, "")])
@example(before=[], given_away=[("p1", 0, "")], then=[("s1", _payment("p2", "p1"), None, "")])
@example(before=[], given_away=[("p1", None, CLAIMS[2])], then=[("s1", _payment("p2", "p1"), None, "")])
@example(before=[], given_away=[("p1", None, CLAIMS[2])], then=[(f"{PRESENT_KEY}p1", _payment("p2", ""), 1, "")])
async def test_at_once_is_one_after_the_other(store: Store, before: Any, given_away: Any, then: Any) -> None:
    found = []
    async with store.begin() as unit:
        for at_once in (False, True):
            here, accounts = await settled(unit)

            def telling(of: str, payment: Payment, who: int | None, claim: str, mine: list[int] = accounts) -> Telling:
                return Telling(of, payment, None if who is None else mine[who], claim)

            for each in before:
                key, payment, account, claim = telling(*each)
                await unit.payments.book(here, key, payment, NOW, account_id=account, claim=claim)
            for paid, who, claim in given_away:
                account = None if who is None else accounts[who]
                await unit.payments.hold(here, f"{PRESENT_KEY}{paid}", account, NOW, claim=claim)
            news = [telling(*each) for each in then]
            if at_once:
                added = await unit.payments.book_all(here, news, NOW)
            else:
                added = 0
                for key, payment, account, claim in news:
                    added += await unit.payments.book(here, key, payment, NOW, account_id=account, claim=claim)
            found.append((added, await kept(unit, here, accounts)))
    assert found[0] == found[1]


async def test_a_table_costs_as_many_statements_as_a_line(store: Store) -> None:
    asked = []
    event.listen(store._engine.sync_engine, "before_cursor_execute", lambda *_: asked.append(1))
    counted = []
    async with store.begin() as unit:
        here, _ = await settled(unit)
        for size in (1, 1_000):
            news = [
                Telling(f"{size}:{number % 90}", _payment(f"{size}:{number}", ""), None, "") for number in range(size)
            ]
            for added in (size, 0):
                asked.clear()
                assert await unit.payments.book_all(here, news, NOW) == added
                counted.append(len(asked))
    assert counted[:2] == counted[2:]
    assert counted[1] < counted[0] < 10
