"""Purchases that are told from outside: with which secret they are signed, and how they come into the books."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from core.domain.catalogue import Item
from core.domain.errors import NotFound
from core.domain.plans import Plan
from core.domain.purchases import Purchase
from core.kit.context import Context
from core.store.unit import UnitOfWork

_SEED = "purchase_hook"  # among a community's settings: of what the secret is made


def hook_secret(context: Context) -> str | None:
    """Return what shops sign with, None where nobody asked for it yet."""
    seed = context.community.settings.own.get(_SEED)
    if not isinstance(seed, str) or not seed:
        return None
    return f"kith_{context.erasure_hash('purchase', f'{context.community.id}:{seed}')[:48]}"


async def renew_hook(context: Context) -> None:
    """Give shops a new secret; what is signed with the old one is refused from now on."""
    settings = context.community.settings
    context.community.settings = replace(settings, own={**settings.own, _SEED: secrets.token_hex(16)})
    await context.unit.communities.save(context.community)


async def sold_alone(unit: UnitOfWork, community_id: int, item: Item, now: datetime) -> Plan:
    """Return what an item alone is sold by; it begins to be where nothing was of it yet."""
    if (known := await unit.plans.of_item(community_id, item.id)) is not None:
        return known
    made = Plan(name=item.title, item_id=item.id, monthly=False)
    return replace(made, id=await unit.plans.add(community_id, made, now))


async def book_purchase(unit: UnitOfWork, community_id: int, purchase: Purchase, now: datetime) -> bool:
    """Book what was told, and return whether it wasn't before; raise NotFound for a plan that there isn't.

    Who isn't known yet gets it when the same is told again, or by its claim.
    """
    payment, account_id = purchase.payment, None
    if purchase.plan:
        if (plan := await unit.plans.named(community_id, purchase.plan)) is None:
            raise NotFound("error-no-plan", name=purchase.plan[:40])
        payment = replace(payment, plan_id=plan.id)
    elif purchase.item:
        if (item := await unit.catalogue.called(community_id, purchase.item)) is None:
            raise NotFound("error-no-item", name=purchase.item[:64])
        payment = replace(payment, plan_id=(await sold_alone(unit, community_id, item, now)).id)
    if purchase.member is not None:
        platform, known = purchase.member
        found = await unit.members.find(platform, {community_id: [known]})
        account_id = found[community_id, known].id if found else None
    claim = purchase.claim
    return await unit.payments.book(community_id, purchase.key, payment, now, account_id=account_id, claim=claim)
