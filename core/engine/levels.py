"""Brings in what members had with another bot: levels or points, as entries of the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.community import Community
from core.domain.errors import BadInput
from core.domain.people import Account, Member, Person, folded, served
from core.domain.points import Entry, Reason
from core.kit.communities import community_named
from core.store.ledger import Booked
from core.store.members import Newcomer
from core.store.unit import Store, UnitOfWork

_KEPT = 15  # digits of a number that a spreadsheet keeps
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{2}")


@dataclass(frozen=True, slots=True)
class Had:
    """What one account had: `account` is `platform:id`, an id, or a handle or name; `line` is where that stands."""

    line: int
    account: str
    points: int


class Unknown(BadInput):
    """Say that a row's account can't be told; `line` is the row's."""

    def __init__(self, key: str, had: Had, **more: str) -> None:
        super().__init__(key, account=had.account, **more)
        self.line = had.line


async def import_levels(
    store: Store,
    erasure_hash: Callable[[str, str], str],
    community: str,
    rows: Sequence[Had],
    platforms: Collection[str],
    now: datetime,
) -> dict[str, int]:
    """Book what members had elsewhere, so that each has just that much from there, however often it is brought in.

    An id that nobody has yet becomes a member where it is clear on which of `platforms` it is. Return members moved,
    points booked, duplicates, erased, and how many ids nobody had; raise BadInput for no such community, Unknown for an
    account that can't be told, and for ids that a spreadsheet rounded.
    """
    async with store.begin_import() as unit:
        home = await community_named(unit, community)
        await unit.lock(home.id)
        erased = await _erased(unit, home, rows, platforms, erasure_hash)
        rows = [row for row in rows if row.line not in erased]
        owners = await unit.members.owners(home.id)
        accounts = await _accounts(unit, home, rows, platforms, list(owners))
        unknown = len({account.id for account in accounts} - owners.keys())
        owners = await unit.members.owners(home.id)
        result = await _book(unit, home, list(zip(accounts, rows, strict=True)), owners, now)
        return result | {"unknown": unknown, "erased": len(erased)}


async def _erased(
    unit: UnitOfWork,
    home: Community,
    rows: Sequence[Had],
    platforms: Collection[str],
    erasure_hash: Callable[[str, str], str],
) -> set[int]:
    """Return the lines of people who asked to be forgotten."""
    if not await unit.erasure.any():
        return set()
    hashes = {}
    for row in rows:
        platform, number = _split(row.account, platforms)
        for each in [platform] if platform else platforms:
            hashes[erasure_hash(each, number)] = row.line
    return {hashes[each] for each, _ in await unit.erasure.erased(hashes, [home.id])}


def _split(account: str, platforms: Collection[str]) -> tuple[str | None, str]:
    """Return platform and id of `discord:123`; the platform is None where it isn't said."""
    platform, colon, number = account.partition(":")
    return (platform.lower(), number) if colon and platform.lower() in platforms else (None, account)


async def _accounts(
    unit: UnitOfWork, home: Community, rows: Sequence[Had], platforms: Collection[str], ids: Sequence[int]
) -> list[Account]:
    known = await unit.members.accounts_with(ids)
    by_id: dict[str, list[Account]] = {}
    by_name: dict[str, list[Account]] = {}
    for account in known:
        by_id.setdefault(account.external_id, []).append(account)
        for name in {folded(account.name), folded(account.username or "")} - {""}:
            by_name.setdefault(name, []).append(account)
    _refuse_rounded(rows, platforms, by_id)
    spaces = {space.platform for space in await unit.communities.spaces_of(home.id)}
    found: list[Account] = []
    for row in rows:
        platform, number = _split(row.account, platforms)
        some = [a for a in by_id.get(number, []) if platform in (None, a.platform)]
        some = some or ([] if platform else by_name.get(folded(number.removeprefix("@")), []))
        if len(some) > 1:
            raise Unknown("levels-several", row)
        if not some:
            platform = platform or (next(iter(spaces)) if len(spaces) == 1 and number.isdecimal() else None)
            if platform is None:
                raise Unknown("levels-unknown", row)
            newcomer = Newcomer(home.id, platform, Person(number), home.settings.start_consent, None)
            some = [account for account, _ in await unit.members.enrol([newcomer])]
            by_id.setdefault(number, []).append(some[0])
        found.append(some[0])
    return found


def _refuse_rounded(rows: Sequence[Had], platforms: Collection[str], known: Collection[str]) -> None:
    """Raise Unknown for the first id that a spreadsheet rounded: fifteen digits are kept, the rest is zeros or E+17.

    Told by an id here that begins with the same digits, or by several rows that end in zeros as hardly any id does.
    """
    near = {(len(each), each[:_KEPT]): each for each in known if len(each) > _KEPT}
    zeros = []
    for row in rows:
        number = _split(row.account, platforms)[1]
        if _EXPONENT.fullmatch(number):
            raise Unknown("levels-rounded", row)
        if number in known or not number.isdecimal() or len(number) <= _KEPT:
            continue
        if meant := near.get((len(number), number[:_KEPT])):
            raise Unknown("levels-near", row, near=meant)
        zeros += [row] if number.endswith("000") else []
    if len(zeros) > 1:
        raise Unknown("levels-rounded", zeros[0])


async def _book(
    unit: UnitOfWork,
    home: Community,
    rows: Sequence[tuple[Account, Had]],
    owners: dict[int, Member],
    now: datetime,
) -> dict[str, int]:
    had: dict[int, list[Booked]] = {}
    for booked in await unit.ledger.each_of(home.id, (Reason.IMPORT,)):
        had.setdefault(booked.account_id, []).append(booked)
    entries: list[Entry] = []
    for account, row in rows:
        before = had.get(account.id, [])
        more = row.points - _brought(before)
        if more and served(owners[account.id]):
            key = f"levels:{account.id}:{len(before)}"
            entries.append(Entry(account.id, more, Reason.IMPORT, key, now, more, str(row.points)))
    await unit.ledger.book([(home.id, entry) for entry in entries], owners)
    return {
        "members": len({owners[entry.account_id].id for entry in entries}),
        "points": sum(entry.earned for entry in entries),
        "duplicates": len(rows) - len(entries),
    }


def _brought(before: Sequence[Booked]) -> int:
    """Return what an account was said to have the last time, whatever of that was there to be booked."""
    last = before[-1].note if before else ""
    return int(last) if last.isdecimal() else sum(booked.earned for booked in before)
