"""Roles and titles that follow tiers: what was given, and what ought to be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, func, literal, null, or_, select, update

from core.domain.people import BEHIND, Consent
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.communities import spaces
from core.store.tables.members import accounts, members
from core.store.tables.presences import presences
from core.store.tables.role_grants import role_grants

Words = Mapping[str, Sequence[str | None]]  # platform → the word of each tier


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """What a person in a space has of Kith (`held`) and ought to have (`due`); `here` unless they left."""

    account_id: int
    external_id: str
    member_id: int
    name: str
    platform: str
    space_id: int
    space: str
    here: bool
    held: str | None
    due: str | None


_ANY = select(role_grants.c.account_id).where(role_grants.c.community_id == bindparam("community")).limit(1)


class RoleGrants(Aggregate):
    """Find whose role is not what their tier says, and note what was changed."""

    async def differing(self, community_id: int, words: Words, limit: int | None = None) -> list[RoleGrant]:
        """Return everybody whose role or title isn't what `words` gives their tier, oldest first.

        Nobody but present members who let Kith keep points has one due.
        """
        gone = or_(
            presences.c.left_at.is_not(None),
            members.c.left_at.is_not(None),
            members.c.erased_at.is_not(None),
            members.c.bot,
            members.c.consent == Consent.OUT.value,
        )
        due = case((gone, null()), else_=_due(words))
        found = (
            select(
                accounts.c.id,
                accounts.c.external_id,
                members.c.id.label("member_id"),
                members.c.name,
                accounts.c.platform,
                spaces.c.id.label("space_id"),
                spaces.c.external_id.label("space"),
                and_(members.c.left_at.is_(None), presences.c.left_at.is_(None)).label("here"),
                role_grants.c.word.label("held"),
                due.label("due"),
            )
            .join(members, members.c.id == accounts.c.member_id)
            .join(
                spaces,
                and_(
                    spaces.c.community_id == accounts.c.community_id,
                    spaces.c.platform == accounts.c.platform,
                    spaces.c.closed.is_(False),
                ),
            )
            .outerjoin(
                role_grants,
                and_(role_grants.c.account_id == accounts.c.id, role_grants.c.space_id == spaces.c.id),
            )
            .outerjoin(
                presences,
                and_(presences.c.account_id == accounts.c.id, presences.c.space_id == spaces.c.id),
            )
            .where(
                accounts.c.community_id == community_id,
                ~accounts.c.external_id.startswith(BEHIND, autoescape=True),
                due.is_distinct_from(role_grants.c.word),
            )
            .order_by(accounts.c.id, spaces.c.id)
            .limit(limit)
        )
        return [RoleGrant(*row) for row in await self._connection.execute(found)]

    async def any(self, community_id: int) -> bool:
        """Say whether anybody in a community has a role or title of Kith."""
        return bool(await self._run(_ANY, community=community_id))

    async def note(self, community_id: int, followed: Sequence[RoleGrant], now: datetime) -> None:
        """Write down what these people have from now on."""
        given = [
            {
                "account_id": each.account_id,
                "space_id": each.space_id,
                "community_id": community_id,
                "word": each.due,
                "failure": None,
                "at": now,
            }
            for each in followed
            if each.due is not None
        ]
        if given:
            replacing = dialect.insert_replacing(self._connection, role_grants, ["word", "failure", "at"])
            await self._connection.execute(replacing, given)
        for each in followed:
            if each.due is None:
                await self._connection.execute(delete(role_grants).where(*_one(each.account_id, each.space_id)))

    async def void(self, places: Iterable[tuple[int, int]]) -> None:
        """Forget what these accounts wear in these spaces: who comes back begins without any."""
        rows = [{"account": account, "space": space} for account, space in sorted(places)]
        gone = delete(role_grants).where(*_one(bindparam("account"), bindparam("space")))
        await self._connection.execute(gone, rows)

    async def refused(self, account_id: int, space_id: int, key: str, args: Mapping[str, Any]) -> None:
        """Note why a platform didn't change a role."""
        why = json.dumps([key, dict(args)])
        await self._connection.execute(update(role_grants).where(*_one(account_id, space_id)).values(failure=why))

    async def refusals(self, community_id: int) -> list[tuple[str, dict[str, Any], int]]:
        """Return why roles were refused, the commonest first: key and arguments of a text, and of how many people."""
        people = func.count().label("people")
        found = (
            select(role_grants.c.failure, people)
            .where(role_grants.c.community_id == community_id, role_grants.c.failure.is_not(None))
            .group_by(role_grants.c.failure)
            .order_by(people.desc())
        )
        return [(*json.loads(row.failure), row.people) for row in await self._connection.execute(found)]

    async def forget_refused(self, community_id: int) -> None:
        """Forget what was refused, so that it is tried again."""
        await self._connection.execute(
            delete(role_grants).where(role_grants.c.community_id == community_id, role_grants.c.failure.is_not(None))
        )


def _one(account_id: Any, space_id: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return role_grants.c.account_id == account_id, role_grants.c.space_id == space_id


def _due(words: Words) -> ColumnElement[Any]:
    """Return the word that the tier of each row's member gives on the platform of its account."""
    cases = [
        (and_(accounts.c.platform == platform, members.c.tier == place), literal(word))
        for platform, some in words.items()
        for place, word in enumerate(some)
        if word
    ]
    return case(*cases, else_=null()) if cases else null()
