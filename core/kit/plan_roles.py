"""Plans that come with a role: who has it is asked and told, and booked as what was told of payments is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from core.domain.outgoing import RoleQuestion
from core.domain.plans import OPEN, Payment, PaymentKind, Plan, standing
from core.store.outbox import ASK, OutboxRow
from core.store.payments import ROLE_KEY
from core.store.unit import UnitOfWork


async def question(unit: UnitOfWork, community_id: int, plan: Plan) -> OutboxRow | None:
    """Return what asks the platform who has a plan's role now; None for a plan without one."""
    if not plan.role or plan.role_space_id is None:
        return None
    space = await unit.communities.space(plan.role_space_id)
    if space.closed:
        return None
    asked = RoleQuestion(platform=space.platform, space=space.external_id, role=plan.role)
    return OutboxRow(asked, community_id, kind=ASK)


async def note_holders(
    unit: UnitOfWork, community_id: int, asked: RoleQuestion, people: Collection[str], now: datetime
) -> None:
    """Book who has a role, all of whom the platform named: whoever else had a plan of it has it no more."""
    await unit.lock(community_id)
    spaces = await unit.communities.spaces(asked.platform, [asked.space])
    known = await unit.members.find(asked.platform, {community_id: people}) if people else {}
    now_theirs = {account.id for account in known.values()}
    for plan in await unit.plans.all(community_id):
        space = spaces.get(asked.space)
        if space is None or plan.role != asked.role or plan.role_space_id != space.id:
            continue
        before = await unit.payments.holders(community_id, _prefix(plan, plan.role))
        await note(unit, community_id, plan, {each: each in now_theirs for each in {*before, *now_theirs}}, now)


async def note(unit: UnitOfWork, community_id: int, plan: Plan, holds: Mapping[int, bool], now: datetime) -> None:
    """Book which accounts have a plan's role and which don't, where that is news."""
    kept = {each.key: each for each in await unit.payments.of(list(holds))}
    for account_id, has in holds.items():
        key = role_key(plan, account_id)
        told = kept[key].payments if key in kept else ()
        if (standing(told, plan.id, now)[0] in OPEN) == has:
            continue
        kind = PaymentKind.GIFTED if has else PaymentKind.EXPIRED
        plan_id, amount = (plan.id, 0) if has else (None, None)
        change = Payment(key=f"{key}:{now.isoformat()}:{kind}", kind=kind, at=now, plan_id=plan_id, amount=amount)
        await unit.payments.book(community_id, key, change, now, account_id=account_id)


async def end(unit: UnitOfWork, community_id: int, plan: Plan, now: datetime) -> None:
    """Let a plan come with its role no more: nobody has it by that any longer."""
    if plan.role:
        before = await unit.payments.holders(community_id, _prefix(plan, plan.role))
        await note(unit, community_id, plan, dict.fromkeys(before, False), now)


def role_key(plan: Plan, account_id: int) -> str:
    """Return under what it is kept that an account has a plan's role."""
    return f"{_prefix(plan, plan.role)}{account_id}"


def _prefix(plan: Plan, role: str) -> str:
    return f"{ROLE_KEY}{plan.id}:{role}:"
