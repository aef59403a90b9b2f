"""Renewal reminders: who is written to how many days before what they paid for ends, until they renew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.plans import Payment, PaymentKind, Plan
from tests.world import World
from tests.world.activities import set_up, with_people

STEPS = "steps=3: Three days | 1: Tomorrow"


def letters(world: World, who: str) -> list[str]:
    """Return what somebody was written directly."""
    told = [each.outgoing for each in world.sent if each.outgoing.direct and each.outgoing.to == who]
    return [each.text.splitlines()[1] for each in told if each.text.startswith("**Data Kitchen**")]


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with a plan, people who opened the chat, and a moderator."""
    made = await with_people(world)
    community = await made.community()
    async with made.store.begin() as unit:
        await unit.plans.add(community.id, Plan(name="Club"), made.clock.now())
    for who in ("ana", "bo", "cleo"):
        await made.say(who, "/start", direct=True)
    return made


async def pay(world: World, who: str, key: str, days: float, kind: PaymentKind = PaymentKind.PAID) -> None:
    """Let a plan of somebody last so many days from now on."""
    community, member, now = await world.community(), await world.member(who), world.clock.now()
    async with world.store.begin() as unit:
        (plan,) = await unit.plans.all(community.id)
        (account,) = await unit.members.accounts_of([member.id])
        told = Payment(key=key, kind=kind, at=now, plan_id=plan.id, until=now + timedelta(days=days))
        await unit.payments.book(community.id, f"shop:{who}", told, now, account_id=account.id)


async def test_each_step_comes_before_the_end_until_they_renew(here: World) -> None:
    await set_up(here, f"renewal daily 10:00 {STEPS}")
    await pay(here, "ana", "a1", 5)
    await pay(here, "bo", "b1", 5)
    await here.advance(days=1)
    assert (letters(here, "ana"), letters(here, "bo")) == ([], [])
    await here.advance(days=2)
    assert (letters(here, "ana"), letters(here, "bo"), letters(here, "cleo")) == (["Three days"], ["Three days"], [])
    await pay(here, "bo", "b2", 30, PaymentKind.RENEWED)
    await here.press("olga", "Run now")  # nobody gets a step twice
    await here.advance(days=6)
    assert (letters(here, "ana"), letters(here, "bo")) == (["Three days", "Tomorrow"], ["Three days"])


async def test_what_was_due_while_kith_was_down_comes_unless_it_is_over(here: World) -> None:
    await set_up(here, f"renewal daily 10:00 {STEPS}")
    await pay(here, "ana", "a1", 5)
    await pay(here, "bo", "b1", 9)
    await here.advance(hours=2)
    here.clock.advance(timedelta(days=6, hours=12))  # the runs of six days are too late
    await here.advance(days=1)
    assert (letters(here, "ana"), letters(here, "bo")) == ([], ["Three days"])


async def test_a_preview_shows_the_steps_and_a_refund_ends_them(here: World) -> None:
    await set_up(here, "renewal daily 10:00")
    await here.press("olga", "Preview")
    assert "7 days before: You have this for another week." in here.last
    await pay(here, "ana", "a1", 7)
    await pay(here, "bo", "b1", 7)
    await pay(here, "ana", "a2", 7, PaymentKind.REFUNDED)
    await here.advance(hours=2)
    assert (len(letters(here, "ana")), len(letters(here, "bo"))) == (0, 1)
