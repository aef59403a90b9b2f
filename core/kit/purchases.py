"""Purchases that are told from outside: with which secret they are signed, and how they come into the books."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.domain.catalogue import Item
from core.domain.errors import NotFound
from core.domain.plans import Plan
from core.domain.purchases import Purchase
from core.kit.context import Context
from core.store.payment_batch import Telling
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


@dataclass(frozen=True, slots=True)
class Purchases:
    """Book what is told of a community's payments; each plan is looked up once."""

    unit: UnitOfWork
    community_id: int
    now: datetime
    _plans: dict[tuple[str, str], int] = field(default_factory=dict)

    async def book(self, purchase: Purchase) -> bool:
        """Book what was told, and return whether it wasn't before; raise NotFound for a plan or item that there isn't.

        Who isn't known yet gets it when the same is told again, or by its claim.
        """
        key, payment, account_id, claim = await self._telling(purchase, await self._accounts([purchase]))
        payments = self.unit.payments
        return await payments.book(self.community_id, key, payment, self.now, account_id=account_id, claim=claim)

    async def book_all(self, purchases: Sequence[Purchase]) -> int:
        """Book many as `book` does one after the other, and return how many weren't before.

        The community is to be held against other writers.
        """
        accounts = await self._accounts(purchases)
        told = [await self._telling(each, accounts) for each in purchases]
        return await self.unit.payments.book_all(self.community_id, told, self.now)

    async def _accounts(self, purchases: Sequence[Purchase]) -> dict[tuple[str, str], int]:
        """Return the accounts of who bought, by platform and what the platform knows them by."""
        wanted: dict[str, set[str]] = {}
        for platform, known in filter(None, (each.member for each in purchases)):
            wanted.setdefault(platform, set()).add(known)
        found = {}
        for platform, ids in wanted.items():
            for (_, known), account in (await self.unit.members.find(platform, {self.community_id: ids})).items():
                found[platform, known] = account.id
        return found

    async def _telling(self, purchase: Purchase, accounts: Mapping[tuple[str, str], int]) -> Telling:
        payment = replace(purchase.payment, plan_id=await self._plan(purchase))
        account_id = None if purchase.member is None else accounts.get(purchase.member)
        return Telling(purchase.key, payment, account_id, purchase.claim)

    async def _plan(self, purchase: Purchase) -> int | None:
        named = purchase.plan, purchase.item
        if not any(named):
            return None
        if named not in self._plans:
            self._plans[named] = (await self._looked_up(purchase)).id
        return self._plans[named]

    async def _looked_up(self, purchase: Purchase) -> Plan:
        if purchase.plan:
            if (plan := await self.unit.plans.named(self.community_id, purchase.plan)) is None:
                raise NotFound("error-no-plan", name=purchase.plan[:40])
            return plan
        if (item := await self.unit.catalogue.called(self.community_id, purchase.item)) is None:
            raise NotFound("error-no-item", name=purchase.item[:64])
        return await sold_alone(self.unit, self.community_id, item, self.now)
