"""Who is in which space; who is in none of a community's has left it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, case, exists, func, select, update

from core.domain.kinds import THERE, Kind
from core.domain.people import BEHIND, Consent
from core.domain.presence import Presence, presence_from
from core.store import bulk
from core.store.dialect import one_of
from core.store.members import SERVED
from core.store.rows import Aggregate
from core.store.tables.communities import spaces
from core.store.tables.interactions import interactions, seen
from core.store.tables.members import accounts, members
from core.store.tables.presences import presences

Place = tuple[int, int]  # account and space

_COLUMNS = ("account_id", "space_id", "community_id", "joined_at", "left_at")
_OF = select(presences.c.account_id, presences.c.space_id, presences.c.joined_at, presences.c.left_at).where(
    one_of(presences.c.account_id, "accounts")
)

_AWAY = (
    select(accounts.c.external_id)
    .join(presences, presences.c.account_id == accounts.c.id)
    .join(spaces, spaces.c.id == presences.c.space_id)
    .where(
        accounts.c.platform == bindparam("platform"),
        one_of(accounts.c.external_id, "people"),
        spaces.c.external_id == bindparam("space"),
        presences.c.left_at.is_not(None),
    )
)


class Presences(Aggregate):
    """Keep who came into a space and who left it."""

    async def of(self, account_ids: Collection[int]) -> dict[Place, Presence]:
        """Return what is known of these accounts, by account and space."""
        rows = await self._run(_OF, accounts=account_ids)
        return {(account, space): Presence(joined, left) for account, space, joined, left in rows}

    async def places(self, member_ids: Collection[int]) -> dict[int, set[Place]]:
        """Return in which open spaces these members are, by member."""
        found = (
            select(accounts.c.member_id, presences.c.account_id, presences.c.space_id)
            .join(accounts, accounts.c.id == presences.c.account_id)
            .join(spaces, spaces.c.id == presences.c.space_id)
            .where(
                self._among(accounts.c.member_id, member_ids),
                presences.c.left_at.is_(None),
                spaces.c.closed.is_(False),
            )
        )
        there: dict[int, set[Place]] = {member: set() for member in member_ids}
        for member, account, space in await self._connection.execute(found):
            there[member].add((account, space))
        return there

    async def expected(self, platform: str, at_most: int) -> dict[str, list[str]]:
        """Return whom the books hold to be in each open space of a platform, by its ids: those who earned most.

        Of who is known from an import alone a platform may know nothing, and that doesn't say that they left.
        """
        met = exists().where(
            seen.c.account_id == presences.c.account_id,
            seen.c.space_id == presences.c.space_id,
            seen.c.import_id.is_(None),
        )
        place = func.row_number().over(
            partition_by=presences.c.space_id, order_by=(members.c.earned.desc(), members.c.id)
        )
        there = (
            select(spaces.c.external_id.label("space"), accounts.c.external_id.label("person"), place.label("place"))
            .select_from(presences)
            .join(accounts, accounts.c.id == presences.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .join(spaces, spaces.c.id == presences.c.space_id)
            .where(
                spaces.c.platform == platform,
                spaces.c.closed.is_(False),
                presences.c.left_at.is_(None),
                ~accounts.c.external_id.startswith(BEHIND, autoescape=True),
                SERVED,
                met,
            )
            .subquery()
        )
        found = select(there).where(there.c.place <= at_most).order_by(there.c.space, there.c.place)
        people: dict[str, list[str]] = defaultdict(list)
        for row in await self._connection.execute(found):
            people[row.space].append(row.person)
        return people

    async def away(self, people: Collection[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
        """Return who is known to have left a space: of platforms and their ids of spaces and people."""
        gone: set[tuple[str, str, str]] = set()
        for platform, space in {each[:2] for each in people}:
            here = [person for *place, person in people if place == [platform, space]]
            rows = await self._run(_AWAY, platform=platform, space=space, people=here)
            gone.update((platform, space, person) for (person,) in rows)
        return gone

    async def save(self, known: Mapping[Place, Presence], communities: Mapping[int, int]) -> None:
        """Write presences; `communities` says to which each account belongs."""
        rows = [
            (account, space, communities[account], presence.joined_at, presence.left_at)
            for (account, space), presence in sorted(known.items())
        ]
        await bulk.write_rows(self._connection, presences, _COLUMNS, rows, replacing=("joined_at", "left_at"))

    async def settle(self, member_ids: Collection[int]) -> None:
        """Let these members have left the community if they left a space of it and are in no open one."""
        await self._settle(self._among(members.c.id, member_ids))

    async def settle_space(self, space_id: int) -> None:
        """Settle everybody who is or was in a space."""
        known = (
            select(accounts.c.member_id)
            .join(presences, presences.c.account_id == accounts.c.id)
            .where(presences.c.space_id == space_id)
        )
        await self._settle(members.c.id.in_(known))

    async def settle_community(self, community_id: int) -> None:
        """Settle every member of a community."""
        await self._settle(members.c.community_id == community_id)

    async def _settle(self, which: ColumnElement[bool]) -> None:
        theirs = and_(accounts.c.member_id == members.c.id, presences.c.account_id == accounts.c.id)
        here = exists().where(
            theirs, presences.c.left_at.is_(None), spaces.c.id == presences.c.space_id, spaces.c.closed.is_(False)
        )
        last = select(func.max(presences.c.left_at)).where(theirs).correlate(members).scalar_subquery()
        await self._connection.execute(
            update(members)
            .where(which, exists().where(theirs))
            .values(left_at=case((here.correlate(members), None), else_=last))
        )

    async def moves(self, import_id: int) -> list[Any]:
        """Return the last coming, leaving and deed of everybody in an import, in each space, from all that is kept."""
        named = select(interactions.c.account_id).where(
            interactions.c.import_id == import_id, interactions.c.account_id.is_not(None)
        )
        return list(await self._connection.execute(_moves(interactions, named)))

    async def learn(self, community_id: int, moves: Sequence[Any], since: int) -> None:
        """Let everybody be where these `moves` say, and what came behind the interaction `since`."""
        lately = select(seen.c.account_id).where(
            seen.c.community_id == community_id, seen.c.id > since, seen.c.account_id.is_not(None)
        )
        places: dict[Place, Sequence[Any]] = {(row[0], row[1]): row for row in moves}
        again = (await self._connection.execute(_moves(seen, lately))).all()
        places |= {(row[0], row[1]): row for row in again if (row[0], row[1]) in places}
        there = select(accounts.c.id).join(members, members.c.id == accounts.c.member_id)
        kept = there.where(
            self._among(accounts.c.id, {account for account, _ in places}), members.c.consent != Consent.OUT
        )
        ids = set((await self._connection.execute(kept)).scalars())
        known = await self.of(ids)
        told = {
            place: _joined(known.get(place), joined, left, active)
            for place, (_, _, joined, left, active) in places.items()
            if place[0] in ids
        }
        await self.save(told, dict.fromkeys(ids, community_id))
        await self.settle_community(community_id)


def _joined(
    known: Presence | None, joined: datetime | None, left: datetime | None, active: datetime | None
) -> Presence:
    """Add what is known otherwise: that somebody left may have been asked of the platform."""
    if known is not None and known.left_at is not None:
        left = max(left or known.left_at, known.left_at)
    return presence_from(joined or (known.joined_at if known else None), left, active)


def _moves(there: FromClause, named: Any) -> Any:
    """Return a query for the last coming, leaving and deed of these accounts in each space."""
    last = func.max
    kind, at = there.c.kind, there.c.at
    return (
        select(
            there.c.account_id,
            there.c.space_id,
            last(case((kind == Kind.JOINED, at))),
            last(case((kind == Kind.LEFT, at))),
            last(case((kind.in_(THERE), at))),
        )
        .join(accounts, accounts.c.id == there.c.account_id)
        .where(
            there.c.account_id.in_(named),
            kind.in_((*THERE, Kind.LEFT)),
            accounts.c.bot.is_(False),
            ~accounts.c.external_id.startswith(BEHIND, autoescape=True),
        )
        .group_by(there.c.account_id, there.c.space_id)
    )
