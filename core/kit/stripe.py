"""A community's Stripe account: what its webhook is signed with, which plan each price is of, and what it told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from core.domain.community import Community
from core.domain.plans import OPENING, Payment, PaymentKind
from core.domain.stripe import Offer, StripeNews
from core.kit.context import Context
from core.store.audit import AuditEntry
from core.store.unit import UnitOfWork

_OWN = "stripe"  # among a community's settings
UNKNOWN = "stripe-unknown"  # in the audit log: a price that no plan has


@dataclass(frozen=True, slots=True)
class Price:
    """Which plan a price is of, for how many days where it is paid once: 0 for good."""

    plan_id: int
    days: int = 0


class Booked(Enum):
    """What became of an event."""

    NEW = "new"
    KNOWN = "known"
    NONE = "none"  # it has nothing to do with plans


def prices(community: Community) -> dict[str, Price]:
    """Return which plan each price is of, by what Stripe calls the price."""
    return {name: Price(*found) for name, found in _own(community).get("prices", {}).items()}


def stripe_secret(community: Community, opened: Callable[[bytes], Any]) -> str | None:
    """Return what Stripe signs with, None where nobody said it."""
    sealed = _own(community).get("secret")
    return None if not sealed else str(opened(sealed.encode()))


def connected(community: Community) -> bool:
    """Say whether a secret is kept."""
    return bool(_own(community).get("secret"))


async def keep_secret(context: Context, secret: str) -> None:
    """Keep what Stripe signs with, sealed."""
    await _keep(context, secret=context.seal(secret).decode())


async def keep_prices(context: Context, found: Mapping[str, Price]) -> None:
    """Keep which plan each price is of."""
    await _keep(context, prices={name: [each.plan_id, each.days] for name, each in found.items()})


async def _keep(context: Context, **what: Any) -> None:
    settings = context.community.settings
    own = {**settings.own, _OWN: {**_own(context.community), **what}}
    context.community.settings = replace(settings, own=own)
    await context.unit.communities.save(context.community)


def _own(community: Community) -> dict[str, Any]:
    found = community.settings.own.get(_OWN)
    return found if isinstance(found, dict) else {}


async def book_stripe(unit: UnitOfWork, community: Community, news: StripeNews, now: datetime) -> Booked:
    """Book what Stripe told, whatever was told before it; what no plan is sold by is written down once.

    Who isn't known yet gets it when the same is told again, or by its claim.
    """
    here, payments = community.id, unit.payments
    if news.same:
        await payments.call_too(here, news.key, news.same, now)
        return Booked.NEW
    account_id = await _account(unit, here, news)
    payment = news.payment
    if payment is None:
        await payments.hold(here, news.key, account_id, now, claim=news.claim)
        return Booked.NEW
    if payment.kind is PaymentKind.REFUNDED:
        payment = replace(payment, refunds=await payments.called(here, payment.refunds))
    else:
        found = await _of_plan(unit, community, news, payment)
        if found is None:
            await _note(unit, here, news.offers, now)
            return Booked.NONE
        payment = found
    new = await payments.book(here, news.key, payment, now, account_id=account_id, claim=news.claim)
    return Booked.NEW if new else Booked.KNOWN


async def _account(unit: UnitOfWork, community_id: int, news: StripeNews) -> int | None:
    if news.member is None:
        return None
    platform, known = news.member
    found = await unit.members.find(platform, {community_id: [known]})
    return found[community_id, known].id if found else None


async def _of_plan(unit: UnitOfWork, community: Community, news: StripeNews, payment: Payment) -> Payment | None:
    """Return a payment with its plan, None where it is none of a plan: the dearest of what was bought says which."""
    known = prices(community)
    sold = next(((each, known[each.price]) for each in news.offers if each.price in known), None)
    if payment.kind not in OPENING:
        return payment if sold or await unit.payments.opens(community.id, news.key) else None
    if sold is None:
        return None
    offer, price = sold
    until = offer.until or (payment.at + timedelta(days=price.days) if price.days else None)
    return replace(payment, plan_id=price.plan_id, until=until)


async def _note(unit: UnitOfWork, community_id: int, offers: tuple[Offer, ...], now: datetime) -> None:
    """Write down, once, which prices were paid that no plan has: an owner may have forgotten one."""
    there = {(each.detail or {}).get("price") for each in await unit.audit.latest(community_id, UNKNOWN)}
    for price in dict.fromkeys(each.price for each in offers):
        if price not in there:
            await unit.audit.add(community_id, AuditEntry(UNKNOWN, now, detail={"price": price}))
