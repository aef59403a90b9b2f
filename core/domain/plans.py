"""Plans that members pay for elsewhere: what was told of their payments, what that opens, and the books of it.

Everything follows from the set of what was told, never from the order in which it came.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.clock import local_day
from core.domain.errors import BadInput

NAME_LIMIT = 40
ABOUT_LIMIT = 400
HOW_LIMIT = 300
PRICE_LIMIT = 80
KEY_LIMIT = 200
AMOUNT_LIMIT = 10**15  # minor units; years of them fit into 64 bits
TRIAL_LIMIT = 90  # days
GRACE = timedelta(days=3)  # in which a failed renewal can still be mended

# ISO 4217, active currencies by how many decimals their minor unit has.
_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC "
    "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD "
    "KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO "
    "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL "
    "THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
EXPONENTS = {code: decimals for decimals, codes in _DECIMALS.items() for code in codes.split()}
STARS = "XTR"  # Telegram's: no money, and no shop can tell of them
_AMOUNT = re.compile(r"(\d{1,15})(?:\.(\d{1,4}))?", re.ASCII)


class PaymentKind(StrEnum):
    """What a shop tells of a payment or a subscription."""

    PAID = "paid"
    RENEWED = "renewed"
    FAILED = "failed"  # a renewal that didn't go through
    CANCELLED = "cancelled"  # nothing will be renewed; what is paid stays
    REFUNDED = "refunded"
    GIFTED = "gifted"
    TRIAL = "trial"
    EXPIRED = "expired"
    RESUMED = "resumed"  # what was cancelled is to be renewed after all
    PRESENT = "present"  # paid on Telegram for somebody else: it opens nothing for whoever paid


FREE = (PaymentKind.GIFTED, PaymentKind.TRIAL)
OPENING = (PaymentKind.PAID, PaymentKind.RENEWED, *FREE)
INCOME = (PaymentKind.PAID, PaymentKind.RENEWED, PaymentKind.PRESENT)
TOLD_BY_SHOPS = tuple(each for each in PaymentKind if each is not PaymentKind.PRESENT)


class Standing(StrEnum):
    """How a member stands with a plan; the first seven open what it opens."""

    ACTIVE = "active"
    ENDING = "ending"  # cancelled, and paid to the end
    GIFTED = "gifted"
    TRIAL = "trial"
    GRACE = "grace"  # a renewal failed
    PLACE = "place"  # they are where everybody has it
    ROLE = "role"  # it comes with a role that they have
    ENDED = "ended"
    REFUNDED = "refunded"
    NONE = "none"


OPEN = (
    Standing.ACTIVE,
    Standing.ENDING,
    Standing.GIFTED,
    Standing.TRIAL,
    Standing.GRACE,
    Standing.PLACE,
    Standing.ROLE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What members can have for money or by being somewhere; whoever is in the space `space_id` has it.

    So has whoever has the `role` of the server `role_space_id`, by the platform's id of it.

    It costs so many `stars` on Telegram, each month where it is `monthly`, else once; with 0 it can't be had for them.
    It can be tried for `trial_days`, once a person; with 0 it can't. With an `item_id` it is what that item alone is
    sold by, and called as the item.
    """

    name: str
    id: int = 0
    about: str = ""
    price: str = ""
    how: str = ""
    space_id: int | None = None
    active: bool = True
    stars: int = 0
    monthly: bool = True
    role: str = ""
    role_space_id: int | None = None
    trial_days: int = 0
    item_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One thing that was told under a `key`, which tells it from all others of a community.

    What opens a plan does so from `at` until `until`, for ever where that is None. `amount` is in minor units of
    `currency`; a refund without one is of all that is left. `refunds` is the key of the payment that a refund is of,
    the last before it where it is empty.
    """

    key: str
    kind: PaymentKind
    at: datetime
    plan_id: int | None = None
    until: datetime | None = None
    amount: int | None = None
    currency: str = ""
    refunds: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A time in which a plan is open: until `until`, for ever where that is None."""

    plan_id: int
    at: datetime
    until: datetime | None
    standing: Standing

    def covers(self, now: datetime) -> bool:
        """Say whether it is open at a time."""
        return self.at <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True, order=True)
class Income:
    """What came in and went back in a month, of a plan, in minor units of a currency."""

    month: str
    plan_id: int
    currency: str
    payments: int
    income: int
    refunds: int

    @property
    def net(self) -> int:
        """Return what is left."""
        return self.income - self.refunds


def currency_of(text: str) -> str:
    """Return a currency's code; raise BadInput for one that ISO 4217 doesn't know."""
    code = text.strip().upper()
    if code not in EXPONENTS:
        raise BadInput("error-currency", text=text.strip()[:20])
    return code


def minor_units(text: str, currency: str) -> int:
    """Return an amount such as 19.99 in minor units; raise BadInput for anything else, or more decimals than it has."""
    tidy, decimals = text.strip(), EXPONENTS[currency]
    found = _AMOUNT.fullmatch(tidy)
    part = (found[2] or "") if found else ""
    if found is None or len(part.rstrip("0")) > decimals:
        raise BadInput("error-amount", text=tidy[:40], currency=currency, decimals=decimals)
    units: int = int(found[1]) * 10**decimals + int(part[:decimals].ljust(decimals, "0") or 0)
    if units > AMOUNT_LIMIT:
        raise BadInput("error-amount", text=tidy[:40], currency=currency, decimals=decimals)
    return units


def decimals_of(currency: str) -> int:
    """Return how many decimals the minor unit of a currency has; of Stars there are no parts."""
    return 0 if currency == STARS else EXPONENTS[currency]


def said_amount(units: int, currency: str) -> str:
    """Return an amount as people read it, such as 1,234.50 EUR or 250 ★."""
    decimals = decimals_of(currency)
    whole, part = divmod(abs(units), 10**decimals)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole:,}{f'.{part:0{decimals}d}' if decimals else ''} {'★' if currency == STARS else currency}"


def in_order(payments: Iterable[Payment]) -> list[Payment]:
    """Return what was told of one subscription as it happened, each key once."""
    return sorted({each.key: each for each in payments}.values(), key=lambda each: (each.at, each.key))


def refunded(payments: Collection[Payment]) -> dict[str, tuple[Payment, int]]:
    """Return of what payment each refund of a subscription is, and how much it gave back, by the refund's key.

    A refund whose payment nobody told of isn't there.
    """
    told = in_order(payments)
    paid = {each.key: each for each in told if each.kind in (*OPENING, PaymentKind.PRESENT)}
    left = {key: each.amount or 0 for key, each in paid.items()}
    found: dict[str, tuple[Payment, int]] = {}
    for each in told:
        if each.kind is not PaymentKind.REFUNDED:
            continue
        before = [key for key, one in paid.items() if one.at <= each.at]
        of = paid.get(each.refunds or (before[-1] if before else ""))
        if of is not None:
            back = left[of.key] if each.amount is None else each.amount
            left[of.key] = max(left[of.key] - back, 0)
            found[each.key] = (of, back)
    return found


def given_back(payments: Collection[Payment]) -> dict[str, datetime]:
    """Return when each payment was given back whole; what was given back in part stays paid."""
    when = {each.key: each.at for each in payments}
    given: dict[str, int] = defaultdict(int)
    found: dict[str, datetime] = {}
    for key, (of, back) in refunded(payments).items():
        given[of.key] += back
        if given[of.key] >= (of.amount or 0):
            found.setdefault(of.key, when[key])
    return found


def terms(payments: Collection[Payment]) -> list[Term]:
    """Return when a subscription opens which plans.

    A refund ends at once what it gave back, a cancellation nothing, an expiry all that began before it. A renewal that
    failed adds `GRACE` to what was paid last, until it is cancelled for good or has expired.
    """
    told, voided = in_order(payments), given_back(payments)
    found: list[Term] = []
    paid: list[tuple[Payment, datetime | None]] = []
    for each in told:
        if each.kind not in OPENING or each.plan_id is None:
            continue
        until = _earliest(each.until, voided.get(each.key), *_after(told, each.at, PaymentKind.EXPIRED))
        standing = Standing(each.kind.value) if each.kind in FREE else Standing.ACTIVE
        found.append(Term(each.plan_id, each.at, until, standing))
        paid.append((each, until))
    found += _graces(told, [(each, until) for each, until in paid if each.key not in voided])
    return [each for each in found if each.until is None or each.at < each.until]


def _graces(told: list[Payment], paid: list[tuple[Payment, datetime | None]]) -> Iterator[Term]:
    for failure in (each for each in told if each.kind is PaymentKind.FAILED):
        before = [(each, until) for each, until in paid if each.at <= failure.at and each.kind not in FREE]
        if not before:
            continue
        last, until = before[-1]
        if until is None or last.plan_id is None:
            continue
        stops = _after(told, last.at, PaymentKind.CANCELLED, PaymentKind.EXPIRED)
        end = _earliest(until + GRACE, *stops)
        yield Term(last.plan_id, max(until, failure.at), end, Standing.GRACE)


def _after(told: list[Payment], at: datetime, *kinds: PaymentKind) -> list[datetime]:
    """Return when something was told since a time, a cancellation only where it wasn't taken back."""
    back = [place for place, each in enumerate(told) if each.kind is PaymentKind.RESUMED]
    held = told[back[-1] + 1 :] if back else told
    return [
        each.at
        for each in told
        if each.kind in kinds and each.at >= at and (each.kind is not PaymentKind.CANCELLED or each in held)
    ]


def _earliest(*times: datetime | None) -> datetime | None:
    return min((each for each in times if each is not None), default=None)


def standing(payments: Collection[Payment], plan_id: int, now: datetime) -> tuple[Standing, datetime | None]:
    """Return how a subscription stands with a plan, and until when that is so; what comes later isn't known yet."""
    told = [each for each in payments if each.at <= now]
    mine = [each for each in terms(told) if each.plan_id == plan_id]
    covering = [each for each in mine if each.covers(now)]
    for one in (Standing.ACTIVE, Standing.GIFTED, Standing.TRIAL, Standing.GRACE):
        ends = [each.until for each in covering if each.standing is one]
        if ends:
            until = None if None in ends else max(each for each in ends if each)
            return (_cancelled(told) if one is Standing.ACTIVE else one), until
    opened = [each for each in in_order(told) if each.kind in OPENING and each.plan_id == plan_id]
    if not opened:
        return Standing.NONE, None
    return (Standing.REFUNDED if opened[-1].key in given_back(told) else Standing.ENDED), None


def _cancelled(told: list[Payment]) -> Standing:
    """Return whether what is paid ends for good: a cancellation holds until it is taken back."""
    said = (PaymentKind.PAID, PaymentKind.RENEWED, PaymentKind.CANCELLED, PaymentKind.RESUMED)
    last = [each for each in in_order(told) if each.kind in said][-1]
    return Standing.ENDING if last.kind is PaymentKind.CANCELLED else Standing.ACTIVE


def books(subscriptions: Iterable[Collection[Payment]], zone: str) -> list[Income]:
    """Return what came in and went back by month of a time zone, plan and currency, the oldest first.

    A refund counts in its own month, for the plan of what it is of; one whose payment nobody told of counts for no
    plan, 0.
    """
    sums: dict[tuple[str, int, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for payments in subscriptions:
        of = refunded(payments)
        for each in in_order(payments):
            month = local_day(each.at, zone).isoformat()[:7]
            if each.kind in INCOME and each.amount:
                row = sums[month, each.plan_id or 0, each.currency]
                row[0] += 1
                row[1] += each.amount
            elif each.kind is PaymentKind.REFUNDED:
                paid, back = of.get(each.key, (each, each.amount or 0))
                if back:
                    sums[month, paid.plan_id or 0, each.currency or paid.currency][2] += back
    return sorted(Income(*key, *row) for key, row in sums.items())
