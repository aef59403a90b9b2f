"""What became of each renewal of a plan, and what is found of all of them.

Everything follows from the set of what was told of a subscription, never from the order in which it came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.plans import GRACE, Payment, PaymentKind, given_back, in_order
from core.domain.retention_result import Share

AHEAD = 30  # days that are foreseen
ENOUGH = 30  # renewals that were decided, before a rate of them foretells anything
_PAYING = (PaymentKind.PAID, PaymentKind.RENEWED)


class Outcome(StrEnum):
    """What became of a renewal."""

    OPEN = "open"
    RENEWED = "renewed"
    LOST = "lost"


class Sign(StrEnum):
    """What was told that speaks against a renewal; where nothing was, it just ran out."""

    CANCELLED = "cancelled"
    FAILED = "failed"
    REFUNDED = "refunded"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """The `number`-th renewal of a contract (the first is 1), `due` when what was paid ends.

    `sign` is the first that spoke against it, `told` when that was.
    """

    plan_id: int
    number: int
    due: datetime
    outcome: Outcome
    sign: Sign = Sign.NONE
    told: datetime | None = None


_SIGNS = {PaymentKind.CANCELLED: Sign.CANCELLED, PaymentKind.FAILED: Sign.FAILED}


def renewals(payments: Collection[Payment], now: datetime) -> list[Renewal]:
    """Return the renewals of one subscription, as far as they are known at a time; the last may be open.

    What is paid until `GRACE` after the end goes on with the contract, under whatever plan; what comes later begins a
    new one. What was given back whole was never paid. Trials and gifts are no contracts, and what never ends has no
    renewals.
    """
    told = [each for each in in_order(payments) if each.at <= now]
    back = given_back(told)
    paid = [
        _Paid(each.plan_id, each.at, each.until)
        for each in told
        if each.kind in _PAYING and each.plan_id is not None and each.key not in back
    ]
    return list(_followed(paid, told, back, now))


@dataclass(frozen=True, slots=True)
class _Paid:
    plan_id: int
    at: datetime
    until: datetime | None


def _followed(
    paid: Sequence[_Paid], told: Sequence[Payment], back: Mapping[str, datetime], now: datetime
) -> Iterator[Renewal]:
    """Yield the renewals of what was paid, each as what came next makes it."""
    held: _Paid | None = None
    number = 1
    for each in paid:
        due = None if held is None else held.until
        if held is None or due is None:
            held, number = each, 1
        elif each.at > due + GRACE:
            yield _unpaid(held.plan_id, number, held.at, due, _before(told, each.at), back, now)
            held, number = each, 1
        elif each.until is None or each.until > due:
            yield Renewal(plan_id=held.plan_id, number=number, due=due, outcome=Outcome.RENEWED)
            held, number = each, number + 1
    if held is not None and held.until is not None:
        yield _unpaid(held.plan_id, number, held.at, held.until, told, back, now)


def _before(told: Sequence[Payment], at: datetime) -> list[Payment]:
    return [each for each in told if each.at < at]


def _unpaid(
    plan_id: int,
    number: int,
    paid: datetime,
    due: datetime,
    told: Sequence[Payment],
    back: Mapping[str, datetime],
    now: datetime,
) -> Renewal:
    """Return a renewal that wasn't paid until now, with the first that was told against it and not taken back."""
    since = [each for each in told if each.at >= paid]
    resumed = [place for place, each in enumerate(since) if each.kind is PaymentKind.RESUMED]
    after = since[resumed[-1] + 1 :] if resumed else since
    signs = [(each.at, _SIGNS[each.kind]) for each in after if each.kind in _SIGNS]
    signs += [(back[each.key], Sign.REFUNDED) for each in since if each.key in back]
    at, sign = min(signs, default=(None, Sign.NONE))
    gone = now >= due + GRACE or any(each.kind is PaymentKind.EXPIRED for each in after)
    outcome = Outcome.LOST if gone else Outcome.OPEN
    return Renewal(plan_id=plan_id, number=number, due=due, outcome=outcome, sign=sign, told=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalRates:
    """How the renewals of a plan went: of all that were decided, and by their number, the first first.

    Of those lost `cancelled`, `failed` and `refunded` say why, the others ran out. `alpha` and `beta` are the shifted
    beta-geometric curve, None where too little tells them apart. `early` is of those lost the share against which
    something was told 0, 1, … `AHEAD` days before they were due.
    """

    plan_id: int
    all: Share
    numbers: tuple[Share, ...]
    cancelled: int
    failed: int
    refunded: int
    alpha: float | None
    beta: float | None
    early: tuple[float, ...]

    @property
    def ran_out(self) -> int:
        """Return how many were lost though nothing spoke against them."""
        return self.all.of - self.all.count - self.cancelled - self.failed - self.refunded

    def rate(self, number: int) -> float | None:
        """Return the share that renews at a number: as it was where `ENOUGH` were decided, else of the curve.

        Without a curve it is that of all numbers; None where fewer than `ENOUGH` were decided in all.
        """
        if self.all.of < ENOUGH:
            return None
        if number <= len(self.numbers) and self.numbers[number - 1].of >= ENOUGH:
            return self.numbers[number - 1].share
        curve = self.curve(number)
        return self.all.share if curve is None else curve

    def curve(self, number: int) -> float | None:
        """Return the share that renews at a number by the curve (Fader and Hardie 2007, eq. 8), None without one."""
        if self.alpha is None or self.beta is None:
            return None
        return (self.beta + number - 1) / (self.alpha + self.beta + number - 1)

    def chance(self, number: int, days: int) -> float | None:
        """Return how likely a renewal goes through, against which nothing speaks so many days before it is due."""
        rate = self.rate(number)
        if rate is None or rate == 0.0:
            return rate
        silent = 1.0 - self.early[min(max(days, 0), AHEAD)]  # of those that will be lost
        return rate / (rate + (1.0 - rate) * silent)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalMonth:
    """Of the renewals `due` in 30 days from a UTC day on, how many were `foreseen` to go through, and did."""

    cutoff: int
    due: int
    foreseen: float
    renewed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalsInput:
    """What was told of each subscription of a community."""

    now: datetime
    subscriptions: Sequence[tuple[Payment, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalsResult:
    """How renewals went by plan, the plan with most of them first, and how true it was what had been foreseen."""

    until: int
    plans: tuple[RenewalRates, ...]
    months: tuple[RenewalMonth, ...]

    def of(self, plan_id: int) -> RenewalRates | None:
        """Return the rates of a plan, None where none of its renewals was due yet."""
        return next((each for each in self.plans if each.plan_id == plan_id), None)


def days_left(due: datetime, now: datetime) -> int:
    """Return how many days are left until a renewal is due, one that has begun too."""
    return max(-((now - due) // timedelta(days=1)), 0)
