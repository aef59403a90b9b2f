"""Books what platforms tell of payments in Stars: each once, be its payer known still or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from core.domain.events import Event, PaymentTold
from core.domain.message import Reply
from core.domain.outgoing import Outgoing
from core.domain.plans import OPENING, STARS, Payment, PaymentKind, Plan
from core.domain.stars import MONTH, Offer, is_for, offer_in, subscription_in
from core.kit.context import Context
from core.kit.plans import present_code
from core.kit.texts import Texts
from core.store.audit import AuditEntry
from core.store.outbox import OutboxRow
from core.store.payments import refund_key, stars_key
from core.store.unit import UnitOfWork

_log = structlog.get_logger()


@dataclass(slots=True)
class Till:
    """Book payments of one platform; `hashed` is the keyed hash that signed its offers."""

    unit: UnitOfWork
    hashed: Callable[[str, str], str]
    now: datetime

    async def take(self, events: Sequence[Event]) -> list[Event]:
        """Book what is told of payments, and return the other events: of payments nothing else is kept."""
        told = [event for event in events if isinstance(event, PaymentTold)]
        if not told:
            return list(events)
        offers = {each.payload: offer_in(each.payload) for each in told}
        homes = await self.unit.plans.community_of({each.plan_id for each in offers.values() if each})
        await self.unit.lock(*sorted(set(homes.values())))
        for each in told:
            offer, person = offers[each.payload], each.actor.id if each.actor else ""
            if offer is None or offer.plan_id not in homes or not is_for(*_signed(each, person), self.hashed):
                # Sold by something else under the same token: no plan of ours, and nothing of ours to give back.
                _log.warning("a payment is for nothing that Kith offered", platform=each.platform, key=each.key)
                continue
            await self._book(each, offer, homes[offer.plan_id], person)
        return [event for event in events if not isinstance(event, PaymentTold)]

    async def _book(self, told: PaymentTold, offer: Offer, community_id: int, person: str) -> None:
        known = await self.unit.members.find(told.platform, {community_id: [person]})
        account = known.get((community_id, person))
        account_id = None if account is None else account.id
        payment = _payment(told, offer)
        entitlement = f"stars:{subscription_in(told.payload)}" if offer.renews else stars_key(told.charge)
        booked = await self.unit.payments.book(community_id, entitlement, payment, self.now, account_id=account_id)
        _log.info("a payment was told", platform=told.platform, kind=told.kind.value, new=booked)
        if booked and payment.kind is PaymentKind.PRESENT:
            code = present_code(self.hashed, payment)
            booked = await self.unit.payments.offer_present(community_id, payment.key, code, self.now)
        plan = await self.unit.plans.get(community_id, offer.plan_id)
        if booked and told.listed:
            detail = {"kind": told.kind.value, "stars": told.stars}
            await self.unit.audit.add(community_id, AuditEntry("stars-found", self.now, None, account_id, detail))
        if booked and plan is not None and account is not None:
            await self._say(told, payment, plan, community_id, account.id)

    async def _say(self, told: PaymentTold, payment: Payment, plan: Plan, community_id: int, account_id: int) -> None:
        """Tell who paid what that opened, and until when."""
        present = payment.kind is PaymentKind.PRESENT
        over = not present and payment.until is not None and payment.until <= self.now
        if told.kind not in (PaymentKind.PAID, PaymentKind.REFUNDED) or told.actor is None or over:
            return
        community = await self.unit.communities.get(community_id)
        member = await self.unit.members.get((await self.unit.members.account(account_id)).member_id)
        context = Context(self.unit, self.now, community, Texts(member.language or community.settings.language))
        until = None if payment.until is None else context.said_moment(payment.until)
        key = "stars-refunded" if told.kind is PaymentKind.REFUNDED else "stars-paid-month" if until else "stars-paid"
        code = present_code(self.hashed, payment) if present else ""
        key = "present-paid" if present else key
        reply = Reply(context.t(key, name=plan.name, until=until or "", stars=told.stars, code=code))
        outgoing = Outgoing(
            text=reply.text,
            platform=told.platform,
            to=told.actor.id,
            private=True,
            direct=True,
            locale=context.t.language,
        )
        await self.unit.outbox.add([OutboxRow(outgoing, community_id, account_id)], self.now)


async def missing(unit: UnitOfWork, listed: Sequence[PaymentTold]) -> list[PaymentTold]:
    """Return what a platform lists of payments that isn't in the books."""
    keys = {each.key: _key(each) for each in listed}
    known = await unit.payments.known(set(keys.values()))
    return [each for each in listed if keys[each.key] not in known]


def _key(told: PaymentTold) -> str:
    return refund_key(told.charge) if told.kind is PaymentKind.REFUNDED else stars_key(told.charge)


def _signed(told: PaymentTold, person: str) -> tuple[str, str, str]:
    return told.payload, told.platform, person


def _payment(told: PaymentTold, offer: Offer) -> Payment:
    """Return a payment as the books have it: one that is told again has the same key."""
    if told.kind is PaymentKind.REFUNDED:
        paid = stars_key(told.charge)
        return Payment(key=refund_key(told.charge), kind=told.kind, at=told.at, currency=STARS, refunds=paid)
    if told.kind not in OPENING:
        return Payment(key=f"stars:{told.key}", kind=told.kind, at=told.at)
    kind = PaymentKind.PRESENT if offer.present else told.kind
    until = told.until or (told.at + MONTH if offer.monthly else None)
    return Payment(
        key=stars_key(told.charge),
        kind=kind,
        at=told.at,
        plan_id=offer.plan_id,
        until=until,
        amount=told.stars,
        currency=STARS,
    )
