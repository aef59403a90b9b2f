"""What Stripe tells of payments and subscriptions, as its webhooks send it: https://docs.stripe.com/api/events/types."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from core.domain.errors import BadInput
from core.domain.plans import AMOUNT_LIMIT, EXPONENTS, Payment, PaymentKind
from core.domain.purchases import CLAIM

PREFIX = "stripe:"  # begins all that is kept of what Stripe told
SECRET = re.compile(r"whsec_[\w+/=-]{16,200}", re.ASCII)
PRICE = re.compile(r"[\w.-]{3,100}", re.ASCII)  # price_…, plink_…; older ones may be called anything
SETTLING = timedelta(hours=2)  # Stripe collects what a renewal costs an hour after the period that was paid
_ID = re.compile(r"[\w.-]{1,100}", re.ASCII)
_MEMBER = re.compile(r"(discord|telegram)[_-](\d{1,20})")  # a payment link takes no colon
# Where Stripe counts otherwise than ISO 4217: https://docs.stripe.com/currencies#special-cases
_DECIMALS = {"ISK": 2, "UGX": 2, "MGA": 0}

Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """What was bought, by what Stripe calls a price or a payment link, and until when it is paid."""

    price: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeNews:
    """What an event tells of the subscription or order `key`.

    `offers` are what was bought, the dearest first; `payment` has no plan yet. `member` is a platform and what that
    knows them by, `claim` what whoever paid says to have it. `same` is another key under which the payment `key` is
    spoken of.
    """

    key: str
    offers: tuple[Offer, ...] = ()
    payment: Payment | None = None
    member: tuple[str, str] | None = None
    claim: str = ""
    same: str = ""


def read_event(body: bytes, told_at: datetime) -> StripeNews | None:
    """Return what an event tells, None where it is nothing of payments; raise BadInput with what makes no sense."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise BadInput("error-purchase-json") from None
    if not isinstance(found, dict):
        raise BadInput("error-purchase-json")
    reader = _READERS.get(str(found.get("type")))
    if reader is None:
        return None
    return reader(_Event(found, told_at))


@dataclass(frozen=True, slots=True)
class _Event:
    """An event, and the moment at which it was signed: nothing that it tells of came later."""

    whole: Object
    told_at: datetime

    @property
    def id(self) -> str:
        return self.name(self.whole, "id")

    @property
    def it(self) -> Object:
        found = _at(self.whole, "data.object")
        if not isinstance(found, dict):
            raise BadInput("error-purchase-missing", field="data.object")
        return found

    @property
    def before(self) -> Object:
        found = _at(self.whole, "data.previous_attributes")
        return found if isinstance(found, dict) else {}

    @property
    def created(self) -> datetime:
        return min(self.moment(self.whole, "created") or self.told_at, self.told_at)

    def name(self, of: Object, *paths: str) -> str:
        """Return the first id that stands at one of these places, bare or with the whole of what it names."""
        for path in paths:
            found = _at(of, path)
            found = found.get("id") if isinstance(found, dict) else found
            if found is None or found == "":
                continue
            if not isinstance(found, str) or not _ID.fullmatch(found):
                raise BadInput("error-purchase-field", field=path, text=str(found)[:40])
            return found
        return ""

    def needed(self, of: Object, path: str) -> str:
        if not (found := self.name(of, path)):
            raise BadInput("error-purchase-missing", field=path)
        return found

    def number(self, of: Object, path: str) -> int:
        found = _at(of, path)
        if found is None:
            return 0
        if isinstance(found, bool) or not isinstance(found, int) or not -AMOUNT_LIMIT <= found <= AMOUNT_LIMIT:
            raise BadInput("error-purchase-field", field=path, text=str(found)[:40])
        return found

    def moment(self, of: Object, path: str) -> datetime | None:
        seconds = self.number(of, path)
        try:
            return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
        except (ValueError, OverflowError, OSError):
            raise BadInput("error-purchase-field", field=path, text=str(seconds)) from None

    def money(self, path: str, less: int = 0) -> tuple[int, str]:
        """Return an amount in ISO's minor units, and its currency."""
        currency = str(self.it.get("currency", "")).upper()
        if currency not in EXPONENTS:
            raise BadInput("error-currency", text=currency[:20])
        amount = self.number(self.it, path) - less
        if amount < 0:
            raise BadInput("error-purchase-field", field=path, text=str(amount))
        more = EXPONENTS[currency] - _DECIMALS.get(currency, EXPONENTS[currency])
        return (amount * 10**more if more >= 0 else amount // 10**-more), currency


def _at(of: Object, path: str) -> Any:
    """Return what stands at a place such as `data.object`, None where nothing does."""
    found: Any = of
    for step in path.split("."):
        if not isinstance(found, dict):
            return None
        found = found.get(step)
    return found


def _session(event: _Event) -> StripeNews | None:
    """Read that somebody came to the end of a checkout: what renews is paid by invoices."""
    it = event.it
    if it.get("mode") == "setup":
        return None
    subscription, invoice = event.name(it, "subscription"), event.name(it, "invoice")
    order = event.name(it, "payment_intent") or event.needed(it, "id")
    payment = None
    if not (subscription or invoice) and it.get("payment_status") in ("paid", "no_payment_required"):
        amount, currency = event.money("amount_total")
        payment = Payment(key=PREFIX + order, kind=PaymentKind.PAID, at=event.created, amount=amount, currency=currency)
    offers = tuple(Offer(each) for each in (event.name(it, "payment_link"), event.name(it, "metadata.price")) if each)
    said = str(it.get("client_reference_id") or _at(it, "metadata.member") or "")
    member = _member(said)
    claim = said if member is None and len(said) in CLAIM else event.needed(it, "id")
    return StripeNews(
        key=PREFIX + (subscription or invoice or order),
        offers=offers,
        payment=payment,
        member=member,
        claim=claim if len(claim) in CLAIM else "",
    )


_OF_INVOICE = ("subscription", "parent.subscription_details.subscription")


def _invoice_paid(event: _Event) -> StripeNews:
    it = event.it
    subscription, invoice = event.name(it, *_OF_INVOICE), event.needed(it, "id")
    amount, currency = event.money("amount_paid")
    first = not subscription or it.get("billing_reason") == "subscription_create"
    payment = Payment(
        key=PREFIX + invoice,
        kind=PaymentKind.PAID if first else PaymentKind.RENEWED,
        at=min(event.moment(it, "status_transitions.paid_at") or event.created, event.told_at),
        amount=amount,
        currency=currency,
    )
    metadata = ("subscription_details.metadata.member", "parent.subscription_details.metadata.member")
    said = next((found for path in (*metadata, "metadata.member") if (found := _at(it, path))), "")
    return StripeNews(
        key=PREFIX + (subscription or invoice),
        offers=_lines(event, renews=bool(subscription)),
        payment=payment,
        member=_member(str(said)),
    )


def _lines(event: _Event, *, renews: bool) -> tuple[Offer, ...]:
    """Return what an invoice is for; what is given back for the rest of an earlier period is no part of it."""
    lines = _at(event.it, "lines.data")
    some = [each for each in lines if isinstance(each, dict)] if isinstance(lines, list) else []
    priced = [(event.number(each, "amount"), each) for each in some]
    found: list[Offer] = []
    for amount, each in sorted(priced, key=lambda one: -one[0]):
        price = event.name(each, "price", "pricing.price_details.price", "plan")
        ends = event.moment(each, "period.end") if renews else None
        if price and amount >= 0:
            found.append(Offer(price, ends + SETTLING if ends else None))
    return tuple(found)


def _invoice_failed(event: _Event) -> StripeNews | None:
    if not (subscription := event.name(event.it, *_OF_INVOICE)):
        return None
    failed = Payment(key=PREFIX + event.id, kind=PaymentKind.FAILED, at=event.created, amount=0)
    return StripeNews(key=PREFIX + subscription, offers=_lines(event, renews=True), payment=failed)


def _invoice_payment(event: _Event) -> StripeNews | None:
    """Read with which payment an invoice was paid: a refund speaks of that one alone."""
    paid_with = event.name(event.it, "payment.payment_intent", "payment.charge")
    if not paid_with:
        return None
    return StripeNews(key=PREFIX + event.needed(event.it, "invoice"), same=PREFIX + paid_with)


def _subscription(event: _Event, kind: PaymentKind, at: datetime) -> StripeNews:
    items = _at(event.it, "items.data")
    some = [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []
    prices = [price for each in some if (price := event.name(each, "price", "plan"))]
    told = Payment(key=PREFIX + event.id, kind=kind, at=at, amount=0)
    return StripeNews(
        key=PREFIX + event.needed(event.it, "id"),
        offers=tuple(map(Offer, prices)),
        payment=told,
        member=_member(str(_at(event.it, "metadata.member") or "")),
    )


def _updated(event: _Event) -> StripeNews | None:
    """Read that a subscription is to end, or to go on after all; nothing else that changes matters."""
    if not event.before.keys() & {"cancel_at_period_end", "cancel_at"}:
        return None
    ends = bool(event.it.get("cancel_at_period_end") or event.it.get("cancel_at"))
    return _subscription(event, PaymentKind.CANCELLED if ends else PaymentKind.RESUMED, event.created)


def _deleted(event: _Event) -> StripeNews:
    ended = min(event.moment(event.it, "ended_at") or event.created, event.told_at)
    return _subscription(event, PaymentKind.EXPIRED, ended)


def _refunded(event: _Event) -> StripeNews:
    """Read what was given back since the last time; the charge itself counts all of it."""
    it = event.it
    of = PREFIX + (event.name(it, "invoice", "payment_intent") or event.needed(it, "id"))
    amount, currency = event.money("amount_refunded", event.number(event.before, "amount_refunded"))
    told = Payment(
        key=f"{PREFIX}{event.needed(it, 'id')}:{event.number(it, 'amount_refunded')}",
        kind=PaymentKind.REFUNDED,
        at=event.created,
        amount=None if it.get("refunded") is True else amount,
        currency=currency,
        refunds=of,
    )
    return StripeNews(key=of, payment=told)


_READERS: Mapping[str, Callable[[_Event], StripeNews | None]] = {
    "checkout.session.completed": _session,
    "checkout.session.async_payment_succeeded": _session,
    "invoice.paid": _invoice_paid,
    "invoice.payment_failed": _invoice_failed,
    "invoice_payment.paid": _invoice_payment,
    "customer.subscription.updated": _updated,
    "customer.subscription.deleted": _deleted,
    "charge.refunded": _refunded,
}


def _member(said: str) -> tuple[str, str] | None:
    """Return whom `discord:123`, or the same with `_` or `-`, names; None for anything else."""
    if found := _MEMBER.fullmatch(said):
        return found[1], found[2]
    platform, colon, known = said.partition(":")
    whole = colon and re.fullmatch(r"[a-z]{2,16}", platform) and 0 < len(known) <= 64 and known.isprintable()
    return (platform, known) if whole else None
