"""Keeps erasures true over backups: a database that forgot one is made to remember it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

from core.store.erasure import Hashes
from core.store.tables.erasures import EVERYWHERE
from core.store.unit import Store, UnitOfWork


class Journal(Protocol):
    """Where erasures are written down outside the database."""

    def read(self) -> dict[tuple[str, int], datetime]: ...

    def add(self, erased: Hashes) -> None: ...


async def keep_erasures(store: Store, journal: Journal, erasure_hash: Callable[[str, str], str], now: datetime) -> int:
    """Write new erasures into the journal, and erase again whoever a restored backup brought back.

    Return how many accounts were erased again. To be called at the start, before any event is taken, and from time
    to time.
    """
    async with store.read() as unit:
        known = await unit.erasure.all()
    written = journal.read()
    new = {each: at for each, at in known.items() if each not in written or written[each] < at}
    if new:
        journal.add(new)
    lost = {each: at for each, at in written.items() if each not in known or known[each] < at}
    if not lost:
        return 0
    async with store.begin() as unit:
        again = await _accounts_of(unit, lost, erasure_hash)
        await unit.lock(*{community_id for _, _, community_id in again})
        members = {member_id for _, member_id, _ in again}
        ids = [account_id for account_id, _, _ in again]
        for member_id in members:
            await _erase_again(unit, member_id, ids, now)
        await unit.erasure.remember(lost)
    return len(again)


async def _accounts_of(
    unit: UnitOfWork, lost: Collection[tuple[str, int]], erasure_hash: Callable[[str, str], str]
) -> list[tuple[int, int, int]]:
    """Return (account, member, community) of those whose hash is among `lost`, there or everywhere."""
    found = []
    async for account, community_id in unit.members.each_account():
        hashed = erasure_hash(account.platform, account.external_id)
        if (hashed, community_id) in lost or (hashed, EVERYWHERE) in lost:
            found.append((account.id, account.member_id, community_id))
    return found


async def _erase_again(unit: UnitOfWork, member_id: int, erased: Collection[int], now: datetime) -> None:
    """Erase a member's lost accounts, and the member where none is left that wasn't erased."""
    members, accounts = await unit.members.identity(member_id)
    gone = [account.id for account in accounts if account.id in set(erased)]
    whole = len(gone) == len(accounts)
    await unit.erasure.erase(members if whole else [], gone, now)
