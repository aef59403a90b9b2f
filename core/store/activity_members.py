"""Who joined which activity for good, who stays away for a while, and whom nobody is to be paired with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from core.domain.activities import Activity
from core.domain.people import Member
from core.store import dialect
from core.store.member_rows import MEMBER_COLUMNS, member_of
from core.store.rows import Aggregate
from core.store.tables.activities import activity_members, calendar_feeds, kept_apart
from core.store.tables.members import accounts, members


def not_away(now: datetime) -> ColumnElement[bool]:
    """Return "stays away no longer"."""
    return or_(activity_members.c.away_until.is_(None), activity_members.c.away_until <= now)


@dataclass(frozen=True, slots=True)
class Apart:
    """That somebody doesn't want to be paired with another; both are members."""

    id: int
    member_id: int
    other_id: int


class ActivityMembers(Aggregate):
    """Keep who joined and who stays away."""

    async def join(self, activity: Activity, account_id: int, now: datetime) -> None:
        """Let somebody be in an activity from now on, and no longer away."""
        key = {"activity_id": activity.id, "account_id": account_id, "community_id": activity.community_id}
        new = dialect.insert_replacing(self._connection, activity_members, ["joined_at", "away_until"])
        await self._connection.execute(new.values(**key, joined_at=now, away_until=None))

    async def leave(self, activity: Activity, account_ids: Collection[int]) -> bool:
        """Let the owner of these accounts be in an activity no more, and say whether they were."""
        mine = activity_members.c.activity_id == activity.id, self._among(activity_members.c.account_id, account_ids)
        return (await self._connection.execute(delete(activity_members).where(*mine))).rowcount > 0

    async def stay_away(self, activity: Activity, account_ids: Collection[int], until: datetime) -> bool:
        """Let the owner of these accounts be asked no more until a time, and say whether they are in the activity."""
        mine = activity_members.c.activity_id == activity.id, self._among(activity_members.c.account_id, account_ids)
        changed = update(activity_members).where(*mine).values(away_until=until)
        return (await self._connection.execute(changed)).rowcount > 0

    async def joined(self, account_ids: Collection[int]) -> set[int]:
        """Return the activities that the owner of these accounts is in, by id."""
        found = select(activity_members.c.activity_id).where(self._among(activity_members.c.account_id, account_ids))
        return set((await self._connection.execute(found)).scalars())

    async def count(self, activity: Activity) -> int:
        """Return how many members are in an activity."""
        found = (
            select(func.count(accounts.c.member_id.distinct()))
            .select_from(activity_members)
            .join(accounts, accounts.c.id == activity_members.c.account_id)
            .where(activity_members.c.activity_id == activity.id)
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def there(self, activity: Activity, now: datetime) -> dict[int, Member]:
        """Return who is in an activity and doesn't stay away, by account."""
        found = (
            select(activity_members.c.account_id, *MEMBER_COLUMNS)
            .select_from(activity_members)
            .join(accounts, accounts.c.id == activity_members.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(activity_members.c.activity_id == activity.id, not_away(now))
            .order_by(activity_members.c.account_id)
        )
        return {row[0]: member_of(row[1:]) for row in await self._connection.execute(found)}

    async def keep_apart(self, community_id: int, account_id: int, other_id: int, now: datetime) -> None:
        """Let somebody never be paired with another."""
        given = {"community_id": community_id, "account_id": account_id, "other_account_id": other_id, "at": now}
        await self._connection.execute(dialect.insert_new(self._connection, kept_apart).values(given))

    async def let_meet(self, apart_id: int, account_ids: Collection[int]) -> bool:
        """Take back what the owner of these accounts said, and say whether there was such a thing."""
        mine = kept_apart.c.id == apart_id, self._among(kept_apart.c.account_id, account_ids)
        return (await self._connection.execute(delete(kept_apart).where(*mine))).rowcount > 0

    async def apart(self, community_id: int, account_ids: Collection[int] | None = None) -> list[Apart]:
        """Return who in a community isn't to be paired with whom, or what the owner of these accounts said."""
        theirs = accounts.alias("theirs")
        found = (
            select(kept_apart.c.id, accounts.c.member_id, theirs.c.member_id.label("other_id"))
            .join(accounts, accounts.c.id == kept_apart.c.account_id)
            .join(theirs, theirs.c.id == kept_apart.c.other_account_id)
            .where(kept_apart.c.community_id == community_id)
            .order_by(kept_apart.c.id)
        )
        if account_ids is not None:
            found = found.where(self._among(kept_apart.c.account_id, account_ids))
        return [Apart(*row) for row in await self._connection.execute(found)]

    async def feed_of(self, account_ids: Collection[int]) -> str | None:
        """Return the token of the calendar of whoever has these accounts, None where they have none."""
        found = select(calendar_feeds.c.token).where(self._among(calendar_feeds.c.account_id, account_ids))
        token: str | None = (await self._connection.execute(found.order_by(calendar_feeds.c.account_id))).scalar()
        return token

    async def feed_at(self, token: str) -> Any:
        """Return the community and the account (`community_id`, `account_id`) that a token is of, None for none."""
        return (await self._connection.execute(select(calendar_feeds).where(calendar_feeds.c.token == token))).first()

    async def new_feed(self, community_id: int, account_id: int, mine: Collection[int], token: str | None) -> None:
        """Give whoever has the accounts `mine` another token, in place of all that they had; none for None."""
        gone = delete(calendar_feeds).where(self._among(calendar_feeds.c.account_id, mine))
        await self._connection.execute(gone)
        if token is not None:
            given = {"token": token, "community_id": community_id, "account_id": account_id}
            await self._connection.execute(calendar_feeds.insert().values(given))
