"""Renewals beside /atrisk: who is due by consent, how many go through, in both languages and on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.people import Rights
from core.domain.pictures import Chart
from core.domain.plans import Payment, PaymentKind, Plan
from core.domain.renewals import RenewalsResult
from tests.world import World
from tests.world.turns import each_language_on_a_database


async def told(world: World, key: str, who: str | None, *payments: tuple[str, float, float | None]) -> None:
    """Book what a shop told: (kind, days before now at which it was, days before now at which what it paid ends)."""
    here, now = await world.community(), world.clock.now()
    async with world.store.begin() as unit:
        (plan,) = await unit.plans.all(here.id)
        account = None
        if who is not None:
            account = (await unit.members.identity((await world.member(who)).id))[0][0]
        for place, (kind, at, until) in enumerate(payments):
            payment = Payment(
                key=f"{key}:{place}",
                kind=PaymentKind(kind),
                at=now - timedelta(days=at),
                plan_id=None if until is None else plan.id,
                until=None if until is None else now - timedelta(days=until),
                amount=None if until is None else 900,
                currency="" if until is None else "EUR",
            )
            await unit.payments.book(here.id, f"shop:{key}", payment, now, account_id=account)


@pytest.fixture
async def shop(world: World) -> World:
    """Give a plan that 36 people had for a month, of whom 27 went on for another, and 18 of those for a third."""
    world.moderator("mod")
    for who in ("mod", "ana", "bo", "cy"):
        await world.say(who, "hello")
    world.clock.advance(timedelta(days=2))
    await world.engine.due()
    here = await world.community()
    async with world.store.begin() as unit:
        await unit.plans.add(here.id, Plan(name="Pro"), world.clock.now())
    for place in range(36):
        months = 1 + (place >= 9) + (place >= 18)
        paid = [("renewed" if month else "paid", 130 - 30 * month, 100 - 30 * month) for month in range(months)]
        ended = [("cancelled", 102 - 30 * (months - 1), None)] if place % 3 == 0 and months < 3 else []
        await told(world, f"past{place}", None, *paid, *ended)
    await told(world, "ana", "ana", ("paid", 20, -10))
    await told(world, "bo", "bo", ("paid", 25, -5), ("cancelled", 3, None))
    await told(world, "cy", "cy", ("paid", 31, 1), ("failed", 1, None))
    return world


async def opened(world: World, language: str) -> str:
    await world.say("mod", f"/language {language.partition('-')[0]}")
    await world.say("mod", "/atrisk renewals")
    await world.engine.due()
    await world.deliver()
    return world.last


def labels(world: World) -> set[str]:
    return {button.label for row in world.sent[-1].outgoing.buttons for button in row}


SAID = {
    "en": (
        "Pro: of 81 renewals due so far 56 % were paid (95 % interval 45–66 %).\n"
        "Of those that weren't: 6 cancelled, 30 that just ran out.\n"
        "By number: renewal 1 75 % of 36, renewal 2 67 % of 27, renewal 3 0 % of 18.",
        "3 renewals are due in the next 30 days.",
        "\nAna: Pro, 14 March, likely to be renewed: 75 %\n",
        "\nBo: Pro, cancelled, ends on 9 March",
        "One more isn't named",
        "30 days from 31 December 2025: of 18 due 13 foreseen to be paid, 0 were.",
    ),
    "zh-CN": (
        "Pro：到期 81 次，续费 56%（95% 区间 45–66%）。\n没续的里面：主动取消 6 次、到期没续 30 次。\n"
        "按第几次续费看：第 1 次 75%（共 36）、第 2 次 67%（共 27）、第 3 次 0%（共 18）。",
        "接下来 30 天有 3 份会员到期。",
        "\nAna：Pro，3月14日到期，续费的可能性 75%\n",
        "\nBo：Pro，已取消，3月9日到期",
        "还有 1 份不列名字",
        "2025年12月31日起的 30 天：到期 18 份，预测续 13 份，实际续 0 份。",
    ),
}


@each_language_on_a_database
async def test_who_is_due_is_named_by_consent_beside_what_became_of_the_others(shop: World, language: str) -> None:
    for who in ("ana", "bo"):
        await shop.say(who, "/consent personal")
    said = await opened(shop, language)
    for line in SAID[language]:
        assert line in said, said
    assert "Cy" not in said
    picture = shop.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert picture.series[0].values == (75.0, 66.7, 0.0)
    await shop.say("cy", "/atrisk renewals")
    assert "Pro" not in shop.last


async def test_who_goes_is_not_named_and_nothing_of_theirs_stands_in_what_is_kept(shop: World) -> None:
    await shop.say("ana", "/consent personal")
    assert "\nAna: Pro" in await opened(shop, "en")
    await shop.say("ana", "/forgetme")
    await shop.press("ana", "Erase everything")
    said = await opened(shop, "en")
    assert "Ana" not in said
    assert "3 renewals are due" in said
    async with shop.store.read() as unit:
        kept = await unit.snapshots.newest((await shop.community()).id, "renewals", RenewalsResult)
    assert kept is not None
    assert not hasattr(kept.result, "members")


async def test_one_leads_to_the_other(shop: World) -> None:
    await opened(shop, "en")
    await shop.press("mod", "Who may fall silent")
    await shop.engine.due()
    await shop.deliver()
    assert "silent" in shop.last
    assert "Renewals" in labels(shop)
    await shop.press("mod", "Renewals")
    assert shop.last.startswith("Renewals")
    await shop.press("mod", "Remind who is due")
    assert "Renewal reminder" in shop.last


async def test_where_nobody_pays_there_is_no_button(world: World) -> None:
    world.moderator("mod", Rights.MODERATOR)
    await world.say("ana", "hello")
    world.clock.advance(timedelta(days=2))
    await world.engine.due()
    await world.say("mod", "/atrisk renewals")
    assert world.last.startswith("Nobody has paid for a plan yet")
    await world.say("mod", "/atrisk")
    await world.engine.due()
    await world.deliver()
    assert "Renewals" not in labels(world)
