"""Accounts: whose they are, how they are called, and whether they may be written to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select, update

from core.domain.people import Account, Person, folded, tidy_name
from core.store.dialect import one_of
from core.store.member_rows import ACCOUNT_COLUMNS
from core.store.rows import Aggregate
from core.store.tables.interactions import HIDDEN
from core.store.tables.members import accounts, members

_OF_MEMBERS = select(*ACCOUNT_COLUMNS).where(one_of(accounts.c.member_id, "members")).order_by(accounts.c.id)
_COMMUNITIES_EVEN_STAGED = (
    select(accounts.c.community_id)
    .join(members, members.c.id == accounts.c.member_id)
    .where(accounts.c.platform == bindparam("platform"), accounts.c.external_id == bindparam("external_id"))
    .order_by(members.c.left_at.is_not(None), accounts.c.id.desc())
)
_COMMUNITIES = _COMMUNITIES_EVEN_STAGED.where(accounts.c.community_id.not_in(HIDDEN))


class Accounts(Aggregate):
    """Find and change accounts."""

    async def find(self, platform: str, ids: Mapping[int, Collection[str]]) -> dict[tuple[int, str], Account]:
        """Return accounts by community and platform id; `ids` gives the ids wanted in each community."""
        wanted = sorted({each for some in ids.values() for each in some})
        found = select(accounts.c.community_id, *ACCOUNT_COLUMNS).where(
            accounts.c.platform == platform, self._among(accounts.c.external_id, wanted)
        )
        known: dict[tuple[int, str], Account] = {}
        for community_id, *values in await self._connection.execute(found):
            account = Account(*values)
            if account.external_id in ids.get(community_id, ()):
                known[community_id, account.external_id] = account
        return known

    async def account(self, account_id: int) -> Account:
        """Return an account by id."""
        rows = await self._connection.execute(select(*ACCOUNT_COLUMNS).where(accounts.c.id == account_id))
        return Account(*rows.one())

    async def accounts_of(self, member_ids: Collection[int]) -> list[Account]:
        """Return the accounts of these members, oldest first."""
        return [Account(*row) for row in await self._run(_OF_MEMBERS, members=member_ids)]

    async def accounts_with(self, ids: Collection[int]) -> list[Account]:
        """Return accounts by id, oldest first."""
        found = select(*ACCOUNT_COLUMNS).where(self._among(accounts.c.id, ids)).order_by(accounts.c.id)
        return [Account(*row) for row in await self._connection.execute(found)]

    async def rename(self, people: Sequence[tuple[int, Person]]) -> None:
        """Write the name and handle that these accounts (by id) have now; a member is called as last seen."""
        rows = []
        for account_id, person in people:
            name = tidy_name(person.name)
            alike = dict(zip(("a_folded", "a_handle"), folded_names(name, person.username), strict=True))
            rows.append({"a_id": account_id, "a_name": name, "a_username": person.username, **alike})
        if not rows:
            return
        statement = (
            update(accounts)
            .where(accounts.c.id == bindparam("a_id"))
            .values(
                name=bindparam("a_name"),
                username=bindparam("a_username"),
                folded_name=bindparam("a_folded"),
                folded_username=bindparam("a_handle"),
            )
        )
        await self._connection.execute(statement, rows)
        owners = (
            update(members)
            .where(
                members.c.id == select(accounts.c.member_id).where(accounts.c.id == bindparam("a_id")).scalar_subquery()
            )
            .values(name=bindparam("a_name"))
        )
        await self._connection.execute(owners, [{"a_id": r["a_id"], "a_name": r["a_name"]} for r in rows])

    async def free_handles(self, platform: str, owners: Mapping[str, str]) -> None:
        """Take these handles from everybody but their owners, given by the platform's id."""
        forms = {form: owner for handle, owner in owners.items() for form in (handle, handle.lower())}
        taken = (
            update(accounts)
            .where(
                accounts.c.platform == platform,
                accounts.c.username == bindparam("handle"),
                accounts.c.external_id != bindparam("owner"),
            )
            .values(username=None)
        )
        rows = [{"handle": handle, "owner": owner} for handle, owner in sorted(forms.items())]
        await self._connection.execute(taken, rows)

    async def move_account(self, account_id: int, to_member_id: int) -> None:
        """Give an account to another member, remembering whose it was first."""
        first = func.coalesce(accounts.c.first_member_id, accounts.c.member_id)
        await self._connection.execute(
            update(accounts).where(accounts.c.id == account_id).values(member_id=to_member_id, first_member_id=first)
        )

    async def first_member(self, account_id: int) -> int | None:
        """Return the member that an account came with, if it was moved since."""
        found = select(accounts.c.first_member_id).where(accounts.c.id == account_id)
        value: int | None = (await self._connection.execute(found)).scalar_one()
        return value

    async def each_account(self) -> AsyncIterator[tuple[Account, int]]:
        """Yield every account that isn't erased, with its community, streaming."""
        found = select(accounts.c.community_id, *ACCOUNT_COLUMNS).where(accounts.c.platform != "erased")
        async for community_id, *values in await self._connection.stream(found):
            yield Account(*values), community_id

    async def set_reachable(self, platform: str, external_id: str, reachable: bool) -> None:
        """Note whether direct messages get through to an account."""
        await self._connection.execute(
            update(accounts)
            .where(accounts.c.platform == platform, accounts.c.external_id == external_id)
            .values(reachable=reachable, opened_at=accounts.c.opened_at if reachable else None)
        )

    async def open_chats(self, platform: str, external_ids: Collection[str], now: datetime) -> None:
        """Note who wrote to Kith alone: these may be written to."""
        shut = or_(accounts.c.opened_at.is_(None), accounts.c.reachable.is_(False))
        await self._connection.execute(
            update(accounts)
            .where(accounts.c.platform == platform, self._among(accounts.c.external_id, external_ids), shut)
            .values(reachable=True, opened_at=now)
        )

    async def communities_of(self, platform: str, external_id: str, *, staged: bool = False) -> list[int]:
        """Return the communities in which this account is known, the last joined first.

        With `staged`, also the one where an import under way keeps it.
        """
        found = _COMMUNITIES_EVEN_STAGED if staged else _COMMUNITIES
        return [row[0] for row in await self._run(found, platform=platform, external_id=external_id)]


def folded_names(name: str, username: str | None) -> tuple[str, str | None]:
    """Return name and handle as they are compared."""
    return folded(name), None if username is None else folded(username)
