"""What became of each renewal follows from what was told, in whatever order; forecasts hold what they promise."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from core.analysis.renewals import rates, renewing
from core.domain.plans import Payment, PaymentKind
from core.domain.renewals import AHEAD, ENOUGH, Outcome, RenewalsInput, Sign, days_left, renewals

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=400)


def on(day: float) -> datetime:
    return START + timedelta(days=day)


def told(kind: str, day: float, until: float | None = None, plan: int | None = 1, **more: str) -> Payment:
    opens = until is not None
    return Payment(
        key=f"{kind}:{day}:{until}",
        kind=PaymentKind(kind),
        at=on(day),
        until=on(until) if until is not None else None,
        plan_id=plan if opens else None,
        amount=900 if opens else None,
        currency="EUR" if opens else "",
        **more,
    )


MONTH = told("paid", 0, 30)
STORIES = {
    "goes on": ((MONTH, told("renewed", 30, 60)), (1, "renewed", "none"), (2, "lost", "none")),
    "paid early": ((MONTH, told("renewed", 25, 60)), (1, "renewed", "none"), (2, "lost", "none")),
    "paid within the days of grace": ((MONTH, told("renewed", 32.9, 60)), (1, "renewed", "none"), (2, "lost", "none")),
    "comes back later": ((MONTH, told("paid", 90, 120)), (1, "lost", "none"), (1, "lost", "none")),
    "told twice": ((MONTH, told("paid", 1, 30)), (1, "lost", "none")),
    "cancelled": ((MONTH, told("cancelled", 12)), (1, "lost", "cancelled")),
    "cancelled and taken back": ((MONTH, told("cancelled", 12), told("resumed", 13)), (1, "lost", "none")),
    "failed, then ended by the shop": (
        (MONTH, told("failed", 30), told("cancelled", 31), told("expired", 31)),
        (1, "lost", "failed"),
    ),
    "cancelled, then the last charge failed": (
        (MONTH, told("cancelled", 20), told("failed", 30)),
        (1, "lost", "cancelled"),
    ),
    "failed, then paid": (
        (MONTH, told("failed", 30), told("renewed", 32, 60)),
        (1, "renewed", "none"),
        (2, "lost", "none"),
    ),
    "given back": (
        (MONTH, told("renewed", 30, 60), told("refunded", 40, refunds="renewed:30:60")),
        (1, "lost", "refunded"),
    ),
    "never was paid in the end": ((MONTH, told("refunded", 3)),),
    "a trial before": ((told("trial", -7, 0), MONTH), (1, "lost", "none")),
    "gifts": ((told("gifted", 0, 30), told("gifted", 30, 60)),),
    "another plan": ((MONTH, told("renewed", 30, 60, plan=2)), (1, "renewed", "none"), (2, "lost", "none")),
}


@pytest.mark.parametrize(("payments", "became"), [(each[0], each[1:]) for each in STORIES.values()], ids=STORIES)
def test_what_became_of_each(payments: tuple[Payment, ...], became: tuple[tuple[int, str, str], ...]) -> None:
    for some in itertools.permutations(payments):
        found = [(each.number, each.outcome.value, each.sign.value) for each in renewals([*some, some[0]], NOW)]
        assert found == list(became)


def test_what_never_ends_has_no_renewal() -> None:
    life = Payment(key="life", kind=PaymentKind.PAID, at=on(30), plan_id=1)
    assert [each.outcome for each in renewals([MONTH, life], NOW)] == [Outcome.RENEWED]
    assert renewals([life], NOW) == []


def test_one_that_is_due_is_open_until_the_days_of_grace_are_over() -> None:
    known = [MONTH, told("cancelled", 12)]
    assert [each.sign for each in renewals(known, on(11))] == [Sign.NONE]
    (open_,) = renewals(known, on(32.9))
    assert (open_.outcome, open_.sign, open_.told) == (Outcome.OPEN, Sign.CANCELLED, on(12))
    assert [each.outcome for each in renewals(known, on(33))] == [Outcome.LOST]


def contracts(people: int, alpha: float, beta: float, seed: int, early: float = 0.0) -> list[tuple[Payment, ...]]:
    """Return monthly subscriptions begun over two years, each with a hazard of its own; some cancel two weeks ahead."""
    draw = np.random.default_rng(seed)
    found = []
    for begin, hazard in zip(draw.uniform(0, 700, people).tolist(), draw.beta(alpha, beta, people), strict=True):
        payments, number = list[Payment](), 0
        while True:
            due = begin + 30 * (number + 1)
            payments.append(told("renewed" if number else "paid", due - 30, due))
            number += 1
            if due > 800:
                break
            if draw.random() < hazard:
                if draw.random() < early:
                    payments.append(told("cancelled", due - 14))
                break
        found.append(tuple(payments))
    return found


def test_rates_are_those_of_a_recount_and_the_curve_is_what_was_drawn() -> None:
    now = on(760)
    subscriptions = contracts(4000, 0.7, 1.2, 3)
    (found,) = rates((each for some in subscriptions for each in renewals(some, now)), now)
    for number, share in enumerate(found.numbers[:8], 1):
        due = [some for some in subscriptions if len(some) >= number and some[number - 1].until <= on(757)]
        went = [some for some in due if len(some) > number]
        assert (share.count, share.of) == (len(went), len(due))
    assert found.alpha == pytest.approx(0.7, rel=0.12)
    assert found.beta == pytest.approx(1.2, rel=0.15)
    assert sum(share.of for share in found.numbers) == found.all.of
    assert found.cancelled + found.failed + found.refunded == 0
    assert found.ran_out == found.all.of - found.all.count


def test_who_has_not_cancelled_yet_is_likelier_to_stay() -> None:
    now = on(760)
    (found,) = rates((each for some in contracts(4000, 0.7, 1.2, 4, early=0.5) for each in renewals(some, now)), now)
    rate, just, far = found.rate(1), found.chance(1, 5), found.chance(1, 25)
    assert rate is not None
    assert just is not None
    assert far == pytest.approx(rate)
    assert just == pytest.approx(rate / (rate + (1 - rate) / 2), rel=0.03)


def test_what_is_foreseen_comes_about() -> None:
    foreseen = renewed = due = 0.0
    for seed in range(4):
        found = renewing(RenewalsInput(now=on(760), subscriptions=contracts(1500, 0.7, 1.2, seed, early=0.5)))
        assert len(found.months) == 6
        foreseen += sum(each.foreseen for each in found.months)
        renewed += sum(each.renewed for each in found.months)
        due += sum(each.due for each in found.months)
    assert abs(foreseen - renewed) < 2 * np.sqrt(renewed * (due - renewed) / due)


def test_the_record_knows_nothing_of_what_came_later() -> None:
    subscriptions = contracts(600, 0.7, 1.2, 9)
    found = renewing(RenewalsInput(now=on(760), subscriptions=subscriptions))
    shuffled = random.Random(1).sample(range(600), 600)
    cut = on(760 - 3 - 6 * AHEAD + AHEAD)  # the end of the first month
    known = [tuple(each for each in subscriptions[place] if each.at < cut + timedelta(days=3)) for place in shuffled]
    early = renewing(RenewalsInput(now=cut + timedelta(days=3), subscriptions=known))
    assert early.months[-1] == found.months[0]


def test_too_little_foretells_nothing() -> None:
    few = [(told("paid", day, day + 30),) for day in range(ENOUGH - 1)]
    (found,) = rates((each for some in few for each in renewals(some, NOW)), NOW)
    assert (found.rate(1), found.chance(1, 3)) == (None, None)
    assert renewing(RenewalsInput(now=NOW, subscriptions=few)).months == ()
    (found,) = rates((each for some in [*few, (told("paid", 50, 80),)] for each in renewals(some, NOW)), NOW)
    assert found.rate(1) == 0.0


def test_days_left_are_those_begun_too() -> None:
    assert days_left(on(2.5), on(0)) == 3
    assert days_left(on(2), on(0)) == 2
    assert days_left(on(0), on(2)) == 0
