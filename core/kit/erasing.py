"""Erasing a person, in one community or in all: for who asks it themselves, and for an owner who was asked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from core.domain.people import Account
from core.store.tables.erasures import EVERYWHERE
from core.store.unit import UnitOfWork


async def communities_of(unit: UnitOfWork, accounts: Collection[Account]) -> list[int]:
    """Return the communities in which these accounts are known."""
    found = {
        community_id
        for account in accounts
        for community_id in await unit.members.communities_of(account.platform, account.external_id)
    }
    return sorted(found)


async def erase(
    unit: UnitOfWork, community_id: int, member_id: int, erasure_hash: Callable[[str, str], str], now: datetime
) -> None:
    """Erase a member of this community, for good."""
    members, accounts = await unit.members.identity(member_id)
    hashes = {(erasure_hash(each.platform, each.external_id), community_id): now for each in accounts}
    await unit.erasure.erase(members, [account.id for account in accounts], now)
    await unit.erasure.remember(hashes)


async def erase_everywhere(
    unit: UnitOfWork, member_id: int, erasure_hash: Callable[[str, str], str], now: datetime
) -> list[int]:
    """Erase a person in every community that knows one of their accounts, and return the communities."""
    found: dict[int, int] = {}  # member → community
    seen: set[tuple[str, str]] = set()
    known = _names(await unit.members.accounts_of([member_id]))
    while new := known - seen:  # an account may be linked to another in one community alone
        for platform, external_id in sorted(new):
            there = await unit.members.communities_of(platform, external_id, staged=True)
            at = await unit.members.find(platform, {community_id: [external_id] for community_id in there})
            found |= {account.member_id: community_id for (community_id, _), account in at.items()}
        seen |= new
        known |= _names(await unit.members.accounts_of(list(found)))
    await unit.lock(*found.values())
    for each in found:
        members, accounts = await unit.members.identity(each)
        await unit.erasure.erase(members, [account.id for account in accounts], now)
    await unit.erasure.remember(
        {(erasure_hash(platform, external_id), EVERYWHERE): now for platform, external_id in seen}
    )
    return sorted(set(found.values()) - await unit.stages.hidden())


def _names(accounts: Collection[Account]) -> set[tuple[str, str]]:
    return {(account.platform, account.external_id) for account in accounts}
