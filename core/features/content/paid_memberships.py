"""Plans that platforms themselves are paid for: a paid channel of Telegram, a subscribed role of Discord.

Place and role open the plan; what was paid says until when.
"""

from __future__ import annotations

from core.domain.events import MemberLeft
from core.domain.memberships import MembershipPaid
from core.domain.people import folded
from core.domain.plans import Payment, PaymentKind, Plan
from core.kit import after
from core.kit.happening import Happened, Happening
from core.kit.plan_roles import note, role_key
from core.store.payments import PLACE_KEY
from core.store.unit import UnitOfWork


@after(MembershipPaid)
async def renew_plans(unit: UnitOfWork, happened: Happened[MembershipPaid]) -> None:
    """Book until when somebody paid for being where a plan is had, or for its role."""
    for here, event in happened:
        if here.account is None:
            continue
        for plan in await unit.plans.all(here.community.id):
            if _meant(plan, event, here):
                await _renew(unit, plan, event, here, here.account.id)


def _meant(plan: Plan, event: MembershipPaid, here: Happening) -> bool:
    """Say whether a plan comes with what was paid; where a role isn't known, by the name of what was bought."""
    if event.role is None:
        return plan.space_id == here.space.id
    named = not event.role and folded(plan.name) == folded(event.tier)
    return bool(plan.role) and plan.role_space_id == here.space.id and (plan.role == event.role or named)


async def _renew(unit: UnitOfWork, plan: Plan, event: MembershipPaid, here: Happening, account_id: int) -> None:
    by_role = event.role is not None
    if by_role:
        await note(unit, here.community.id, plan, {account_id: True}, event.at)
    key = role_key(plan, account_id) if by_role else place_key(here.space.id, plan.id, account_id)
    paid = Payment(
        key=f"{key}:{event.key}",
        kind=PaymentKind.RENEWED if event.again else PaymentKind.PAID,
        at=event.at,
        plan_id=plan.id,
        until=event.until,
        amount=0,  # it goes to the platform's own till
    )
    await unit.payments.book(here.community.id, key, paid, here.now, account_id=account_id)


@after(MemberLeft)
async def end_with_place(unit: UnitOfWork, happened: Happened[MemberLeft]) -> None:
    """End what somebody paid for being where they are no more."""
    gone = {here.account.id: (here, event) for here, event in happened if here.account is not None}
    for account_id, (here, event) in gone.items():
        begins = f"{PLACE_KEY}{here.space.id}:"
        for held in await unit.payments.of([account_id]):
            if held.key.startswith(begins):
                over = Payment(key=f"{held.key}:{event.key}", kind=PaymentKind.EXPIRED, at=event.at)
                await unit.payments.book(here.community.id, held.key, over, here.now, account_id=account_id)


def place_key(space_id: int, plan_id: int, account_id: int) -> str:
    """Return under what it is kept that somebody paid for being in a space."""
    return f"{PLACE_KEY}{space_id}:{plan_id}:{account_id}"
