"""Members and accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    or_,
    select,
    update,
)

from core.domain.people import Account, Consent, Member, Person, folded, tidy_name
from core.store import bulk, dialect
from core.store.accounts import Accounts, folded_names
from core.store.balances import OF_ACCOUNTS, Balances
from core.store.dialect import one_of
from core.store.member_rows import ACCOUNT_COLUMNS, CONSENTS, MEMBER_COLUMNS, member_of
from core.store.tables.interactions import imports
from core.store.tables.members import accounts, members
from core.store.tables.presences import presences
from core.store.tables.rollups import activity_days

SAVED = (
    "name",
    "consent",
    "bot",
    "level",
    "tier",
    "tier_grace_until",
    "joined_at",
    "rewarded_at",
    "language",
    "notify",
    "streak",
    "checked_in_on",
    "erased_at",
)


_OWNED = select(accounts.c.community_id, *ACCOUNT_COLUMNS, *MEMBER_COLUMNS).join(
    members, members.c.id == accounts.c.member_id
)
_FOUND = _OWNED.where(accounts.c.platform == bindparam("platform"), one_of(accounts.c.external_id, "ids"))
_THERE = _OWNED.add_columns(presences.c.space_id, presences.c.joined_at, presences.c.left_at).outerjoin(
    presences, presences.c.account_id == accounts.c.id
)
_FOUND_THERE = _THERE.where(accounts.c.platform == bindparam("platform"), one_of(accounts.c.external_id, "ids"))
_BOTH_THERE = _FOUND_THERE.union_all(_THERE.where(one_of(accounts.c.id, "account_ids")))
_MANY = select(*MEMBER_COLUMNS).where(one_of(members.c.id, "ids"))
_ALL = select(*MEMBER_COLUMNS).where(members.c.community_id == bindparam("community")).order_by(members.c.id)
_MEMBER_PLACE = 1 + len(ACCOUNT_COLUMNS)
_PRESENCE_PLACE = _MEMBER_PLACE + len(MEMBER_COLUMNS)
There = tuple[int, int, datetime | None, datetime | None]  # account, space, when they came and when they left


@cache
def _climbing(tiers: int) -> Select[Any]:
    """Return what asks who has the level of a tier above theirs, among so many above the first."""
    above = [and_(members.c.tier == place, members.c.level >= bindparam(f"level_{place}")) for place in range(tiers)]
    active = (
        select(accounts.c.member_id)
        .join(activity_days, activity_days.c.account_id == accounts.c.id)
        .where(activity_days.c.community_id == bindparam("community"), activity_days.c.day >= bindparam("since"))
    )
    there = members.c.community_id == bindparam("community"), members.c.id.in_(active)
    return select(*MEMBER_COLUMNS).where(*there, or_(false(), *above)).order_by(members.c.id)


def _owned(rows: Iterable[Sequence[Any]]) -> tuple[dict[tuple[int, str], Account], dict[int, Member]]:
    known: dict[tuple[int, str], Account] = {}
    owners: dict[int, Member] = {}
    for row in rows:
        account = Account(*row[1:_MEMBER_PLACE])
        known[row[0], account.external_id] = account
        if account.member_id not in owners:
            owners[account.member_id] = member_of(row[_MEMBER_PLACE:_PRESENCE_PLACE])
    return known, owners


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody seen for the first time in a community."""

    community_id: int
    platform: str
    person: Person
    consent: Consent
    joined_at: datetime | None


def served_in(table: FromClause) -> ColumnElement[bool]:
    """Return whom Kith keeps points for, of members or an alias of them: `core.domain.people.served` in SQL."""
    return and_(table.c.bot.is_(False), table.c.erased_at.is_(None), table.c.consent != Consent.OUT.value)


SERVED = served_in(members)
PRESENT = and_(SERVED, members.c.left_at.is_(None))  # `core.domain.people.present` in SQL
_ACCOUNT = attrgetter(*Account.__slots__)


_MEMBER = attrgetter(*Member.__slots__)


class Members(Accounts, Balances):
    """Find and change members and their accounts."""

    async def find_owned(
        self, platform: str, ids: Mapping[int, Collection[str]]
    ) -> tuple[dict[tuple[int, str], Account], dict[int, Member]]:
        """Return what `find` returns, and the members to whom those accounts belong, by id."""
        wanted = sorted({each for some in ids.values() for each in some})
        known, owners = _owned(await self._run(_FOUND, platform=platform, ids=wanted))
        mine = {place: account for place, account in known.items() if place[1] in ids.get(place[0], ())}
        return mine, owners

    async def find_there(
        self, platform: str, ids: Mapping[int, Collection[str]], account_ids: Collection[int]
    ) -> tuple[dict[tuple[int, str], Account], dict[int, Member], list[There]]:
        """Return what `find_owned` returns, of the accounts of `account_ids` too, and where they are or were."""
        given = {"platform": platform, "ids": sorted({each for some in ids.values() for each in some})}
        if account_ids:
            rows = await self._run(_BOTH_THERE, **given, account_ids=account_ids)
        else:
            rows = await self._run(_FOUND_THERE, **given)
        known, owners = _owned(rows)
        mine = {
            place: account
            for place, account in known.items()
            if place[1] in ids.get(place[0], ()) or account.id in account_ids
        }
        there = [(row[1], *row[_PRESENCE_PLACE:]) for row in rows if row[_PRESENCE_PLACE] is not None]
        return mine, owners, there

    async def enrol(self, newcomers: Sequence[Newcomer], *, staging: bool = True) -> list[tuple[Account, Member]]:
        """Add a member with one account for each newcomer, in the same order.

        Whom an import may be `staging` is taken from there.
        """
        taken = await self._take_from_stage(newcomers) if staging else {}
        left = [new for new in newcomers if (new.community_id, new.platform, new.person.id) not in taken]
        made = iter(await self._add(left))
        return [taken.get((new.community_id, new.platform, new.person.id)) or next(made) for new in newcomers]

    async def _take_from_stage(
        self, newcomers: Sequence[Newcomer]
    ) -> dict[tuple[int, str, str], tuple[Account, Member]]:
        """Let people whom an import under way has met already be newcomers of the community itself."""
        if not newcomers:
            return {}
        wanted = {(new.community_id, new.platform, new.person.id): new for new in newcomers}
        found = (
            select(imports.c.community_id, accounts.c.platform, accounts.c.external_id, accounts.c.id, members.c.id)
            .join(imports, imports.c.stage == accounts.c.community_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                imports.c.until.is_(None),
                imports.c.community_id != imports.c.stage,
                self._among(accounts.c.external_id, {new.person.id for new in newcomers}),
            )
        )
        taken = {}
        for *place, account_id, member_id in (await self._connection.execute(found)).all():
            key = (place[0], place[1], place[2])
            if (new := wanted.get(key)) is not None:
                taken[key] = await self._take(new, account_id, member_id)
        return taken

    async def _take(self, new: Newcomer, account_id: int, member_id: int) -> tuple[Account, Member]:
        person, name = new.person, tidy_name(new.person.name)
        member = Member(member_id, new.community_id, name, new.consent, person.bot, joined_at=new.joined_at)
        values = {"community_id": new.community_id, "name": name, "bot": person.bot}
        of_member = {"consent": new.consent.value, "joined_at": new.joined_at}
        await self._connection.execute(update(members).where(members.c.id == member_id).values(values | of_member))
        folded_name, folded_username = folded_names(name, person.username)
        names = {"username": person.username, "folded_name": folded_name, "folded_username": folded_username}
        await self._connection.execute(update(accounts).where(accounts.c.id == account_id).values(values | names))
        return Account(account_id, member_id, new.platform, person.id, name, person.username, person.bot), member

    async def _add(self, newcomers: Sequence[Newcomer]) -> list[tuple[Account, Member]]:
        if not newcomers:
            return []
        member_ids, account_ids = await dialect.next_ids(self._connection, (members, accounts), len(newcomers))
        names = [tidy_name(new.person.name) for new in newcomers]
        made_members = [
            Member(member_id, new.community_id, name, new.consent, new.person.bot, joined_at=new.joined_at)
            for new, member_id, name in zip(newcomers, member_ids, names, strict=True)
        ]
        await bulk.write_rows(self._connection, members, Member.__slots__, [_MEMBER(each) for each in made_members])
        made = [
            Account(
                account_id,
                member_id,
                new.platform,
                new.person.id,
                name,
                new.person.username,
                new.person.bot,
            )
            for new, member_id, account_id, name in zip(newcomers, member_ids, account_ids, names, strict=True)
        ]
        rows = [
            (*_ACCOUNT(account), new.community_id, True, *folded_names(account.name, account.username))
            for new, account in zip(newcomers, made, strict=True)
        ]
        columns = (*Account.__slots__, "community_id", "reachable", "folded_name", "folded_username")
        await bulk.write_rows(self._connection, accounts, columns, rows)
        return list(zip(made, made_members, strict=True))

    async def many(self, ids: Iterable[int]) -> dict[int, Member]:
        """Return members by id."""
        rows = await self._run(_MANY, ids=sorted(set(ids)))
        return {row[0]: member_of(row) for row in rows}

    async def get(self, member_id: int) -> Member:
        """Return a member by id; raise KeyError where there is none."""
        return (await self.many([member_id]))[member_id]

    async def present(self, community_id: int) -> int:
        """Return how many people came in or did something, now gone or not; being named alone makes nobody a member.

        Bots and erased members are left out.
        """
        seen = (
            select(activity_days.c.account_id)
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .where(accounts.c.member_id == members.c.id)
        )
        found = select(func.count()).where(
            members.c.community_id == community_id,
            members.c.bot.is_(False),
            members.c.erased_at.is_(None),
            or_(members.c.joined_at.is_not(None), members.c.left_at.is_not(None), seen.exists()),
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def of_accounts(self, account_ids: Collection[int]) -> dict[int, Member]:
        """Return members by the id of one of their accounts."""
        return {row[0]: member_of(row[1:]) for row in await self._run(OF_ACCOUNTS, accounts=account_ids)}

    async def owners(self, community_id: int) -> dict[int, Member]:
        """Return every account's member in a community; accounts of one member share the object."""
        everyone = {member.id: member for member in await self.all(community_id)}
        found = select(accounts.c.id, accounts.c.member_id).where(accounts.c.community_id == community_id)
        return {row.id: everyone[row.member_id] for row in await self._connection.execute(found)}

    async def named(self, community_id: int, name: str, limit: int = 5) -> list[Member]:
        """Return members whose name or handle is `name`, however it is written."""
        return (await self.named_any(community_id, [name], limit)).get(folded(name.removeprefix("@")), [])

    async def named_any(self, community_id: int, names: Sequence[str], limit: int = 5) -> dict[str, list[Member]]:
        """Return members by each of these names or handles that is somebody's, the names folded."""
        wanted = {folded(name.removeprefix("@")) for name in names} - {""}
        handle = and_(accounts.c.username.is_not(None), accounts.c.folded_username.in_(wanted))
        found = (
            select(accounts.c.folded_name, accounts.c.folded_username, *MEMBER_COLUMNS)
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                accounts.c.community_id == community_id,
                members.c.erased_at.is_(None),
                or_(accounts.c.folded_name.in_(wanted), handle),
            )
            .order_by(members.c.id)
            .limit(limit * len(wanted))
        )
        by_name: dict[str, dict[int, Member]] = {}
        for name, username, *values in await self._connection.execute(found):
            member = member_of(values)
            for each in {name, username} & wanted:
                by_name.setdefault(each, {})[member.id] = member
        return {name: list(some.values()) for name, some in by_name.items()}

    async def names(self, community_id: int) -> list[str]:
        """Return the names of all present members, for suggestions."""
        found = select(members.c.name).where(
            members.c.community_id == community_id, members.c.erased_at.is_(None), members.c.name != ""
        )
        return list((await self._connection.execute(found)).scalars())

    async def beginning(self, community_id: int, words: str, limit: int, *, everybody: bool) -> list[Member]:
        """Return members in whose name or handle `words` stand, those that begin so first, bots and erased ones aside.

        Unless `everybody` is asked for, whoever left or hasn't agreed to be named is left out.
        """
        wanted = folded(words.removeprefix("@"))
        written = (accounts.c.folded_name, accounts.c.folded_username)
        begins = or_(*(name.startswith(wanted, autoescape=True) for name in written))
        found = (
            select(*MEMBER_COLUMNS)
            .join(accounts, accounts.c.member_id == members.c.id)
            .where(
                members.c.community_id == community_id,
                members.c.bot.is_(False),
                members.c.erased_at.is_(None),
                members.c.name != "",
                or_(*(name.contains(wanted, autoescape=True) for name in written)),
            )
            .order_by(case((begins, 0), else_=1), members.c.name, members.c.id)
            .limit(limit * 2)  # who has two accounts may be found twice
        )
        if not everybody:
            found = found.where(members.c.left_at.is_(None), members.c.consent == Consent.PERSONAL.value)
        rows = await self._connection.execute(found)
        return list({row[0]: member_of(row) for row in rows}.values())[:limit]

    async def all(self, community_id: int) -> list[Member]:
        """Return every member of a community, oldest first."""
        return [member_of(row) for row in await self._run(_ALL, community=community_id)]

    async def who(self, community_id: int) -> list[Member]:
        """Return every member of a community, oldest first, with what says who they are alone.

        That is name, consent, and when they came, left or were erased; what the books say is left out.
        """
        names = ("id", "name", "consent", "bot", "joined_at", "left_at", "erased_at")
        columns = (members.c[name] for name in names)
        found = select(*columns).where(members.c.community_id == community_id).order_by(members.c.id)
        return [
            Member(id_, community_id, name, CONSENTS[consent], bot, joined_at=came, left_at=left, erased_at=erased)
            for id_, name, consent, bot, came, left, erased in await self._connection.execute(found)
        ]

    async def climbing(self, community_id: int, levels: Sequence[int], day: int) -> list[Member]:
        """Return who has the level of a tier above theirs and was active on the UTC day `day` or since.

        `levels` are what the tiers ask, from the lowest on.
        """
        given = {"community": community_id, "since": day} | {f"level_{at}": of for at, of in enumerate(levels[1:])}
        return [member_of(row) for row in await self._connection.execute(_climbing(len(levels) - 1), given)]

    async def who_agreed(self, ids: Collection[int]) -> list[int]:
        """Return which of these members Kith serves and may name, as `core.kit.consent.personal` says."""
        here = self._among(members.c.id, ids), members.c.consent == Consent.PERSONAL.value, SERVED
        return list((await self._connection.execute(select(members.c.id).where(*here))).scalars())

    async def agreed(self, community_id: int) -> int:
        """Return how many members who are present agreed to be known."""
        found = select(func.count()).where(
            members.c.community_id == community_id, PRESENT, members.c.consent == Consent.PERSONAL.value
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def count(self, community_id: int) -> int:
        """Return how many people are or were in a community; bots, erased ones and whom a link emptied are left out."""
        found = select(func.count()).where(
            members.c.community_id == community_id,
            members.c.bot.is_(False),
            members.c.erased_at.is_(None),
            exists().where(accounts.c.member_id == members.c.id),
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def save(self, changed: Iterable[Member]) -> None:
        """Write all of these members but what moves otherwise: by `Ledger.book`, and whether they left."""
        rows = [{"m_id": member.id, **{name: getattr(member, name) for name in SAVED}} for member in changed]
        if rows:
            statement = (
                update(members)
                .where(members.c.id == bindparam("m_id"))
                .values({name: bindparam(name) for name in SAVED})
            )
            await self._connection.execute(statement, rows)

    async def joined(self, when: Mapping[int, datetime]) -> None:
        """Let members have come at these times, unless they came before or nothing is kept of them."""
        rows = [{"its_id": member, "its_time": at} for member, at in sorted(when.items())]
        if rows:
            came: ColumnElement[datetime] = bindparam("its_time", type_=members.c.joined_at.type)
            later = or_(members.c.joined_at.is_(None), members.c.joined_at > came)
            which = and_(members.c.id == bindparam("its_id"), members.c.erased_at.is_(None), later)
            await self._connection.execute(update(members).where(which).values(joined_at=came), rows)

    async def identity(self, member_id: int) -> tuple[list[int], list[Account]]:
        """Return a member's id with those of the members whose accounts they took over, and all their accounts."""
        mine = await self.accounts_of([member_id])
        found = select(accounts.c.first_member_id).where(
            accounts.c.member_id == member_id, accounts.c.first_member_id.is_not(None)
        )
        before = (await self._connection.execute(found)).scalars()
        return sorted({member_id, *before}), mine
