"""How renewals of plans went, by number, and how true it was what had been foreseen of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import numpy as np

from core.analysis.coming_back import share_of
from core.analysis.retention import rate
from core.analysis.survival import shifted_beta_geometric
from core.domain.clock import day_number, day_start
from core.domain.plans import GRACE, Payment
from core.domain.renewals import (
    AHEAD,
    Outcome,
    Renewal,
    RenewalMonth,
    RenewalRates,
    RenewalsInput,
    RenewalsResult,
    Sign,
    days_left,
    renewals,
)

MONTHS = 6  # of the record
LEAST = 5  # due in a month: of fewer nothing is said


def renewing(given: RenewalsInput) -> RenewalsResult:
    """Return how renewals went until now, and what of the last six months had been foreseen."""
    known = [renewals(each, given.now) for each in given.subscriptions]
    return RenewalsResult(
        until=day_number(given.now),
        plans=tuple(rates((each for some in known for each in some), given.now)),
        months=tuple(_record(given, known)),
    )


def rates(known: Iterable[Renewal], now: datetime) -> list[RenewalRates]:
    """Return the rates by plan, the plan with most renewals that were decided first.

    Who renews does so before it is known of the others that they don't: what is due counts once both are known.
    """
    decided: dict[int, list[Renewal]] = defaultdict(list)
    for each in known:
        if each.due + GRACE <= now:
            decided[each.plan_id].append(each)
    return [_of_plan(plan, some) for plan, some in sorted(decided.items(), key=lambda each: (-len(each[1]), each[0]))]


def _of_plan(plan_id: int, decided: Sequence[Renewal]) -> RenewalRates:
    numbers = range(1, max(each.number for each in decided) + 1)
    count = Counter((each.number, each.outcome) for each in decided)
    renewed = [count[number, Outcome.RENEWED] for number in numbers]
    lost = [count[number, Outcome.LOST] for number in numbers]
    why = Counter(each.sign for each in decided if each.outcome is Outcome.LOST)
    curve = shifted_beta_geometric(np.array(lost, np.float64), np.array(renewed, np.float64))
    return RenewalRates(
        plan_id=plan_id,
        all=share_of(rate(sum(renewed), len(decided))),
        numbers=tuple(share_of(rate(some, some + gone)) for some, gone in zip(renewed, lost, strict=True)),
        cancelled=why[Sign.CANCELLED],
        failed=why[Sign.FAILED],
        refunded=why[Sign.REFUNDED],
        alpha=None if curve is None else curve.alpha,
        beta=None if curve is None else curve.beta,
        early=_early(decided),
    )


def _early(decided: Sequence[Renewal]) -> tuple[float, ...]:
    """Return of those lost the share against which something was told so many days ahead, 0 … AHEAD."""
    lost = [each for each in decided if each.outcome is Outcome.LOST]
    ahead = [(each.due - each.told) / timedelta(days=1) for each in lost if each.told is not None]
    return tuple(sum(1 for each in ahead if each >= days) / max(len(lost), 1) for days in range(AHEAD + 1))


def _record(given: RenewalsInput, known: Sequence[Sequence[Renewal]]) -> Iterator[RenewalMonth]:
    """Yield the months, oldest first, each foreseen from what had been told before it alone."""
    became = [{each.due: each.outcome for each in some} for some in known]
    last = day_number(given.now - GRACE)
    for cutoff in range(last - MONTHS * AHEAD, last, AHEAD):
        month = _month(given.subscriptions, became, cutoff)
        if month is not None:
            yield month


def _month(
    subscriptions: Sequence[tuple[Payment, ...]], became: Sequence[dict[datetime, Outcome]], cutoff: int
) -> RenewalMonth | None:
    now = day_start(cutoff)
    then = [renewals(each, now) for each in subscriptions]
    by_plan = {each.plan_id: each for each in rates((each for some in then for each in some), now)}
    chances, renewed = [], 0
    for place, some in enumerate(then):
        for each in some:
            if not foreseen(each, now) or each.plan_id not in by_plan:
                continue
            chance = by_plan[each.plan_id].chance(each.number, days_left(each.due, now))
            if chance is not None:
                chances.append(chance)
                renewed += became[place].get(each.due) is Outcome.RENEWED
    if len(chances) < LEAST:
        return None
    return RenewalMonth(cutoff=cutoff, due=len(chances), foreseen=round(sum(chances), 1), renewed=renewed)


def foreseen(each: Renewal, now: datetime) -> bool:
    """Say whether a renewal is due within AHEAD days, and nothing speaks against it yet."""
    return each.outcome is Outcome.OPEN and each.sign is Sign.NONE and now <= each.due < now + timedelta(days=AHEAD)
