"""Whom a push may reach, as the books say it: of this community, where they can be written to, how much they had."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from core.domain.audience import Audience
from core.domain.community import Settings
from core.domain.outgoing import Outgoing
from core.domain.people import BEHIND, Consent, Person
from core.domain.pushes import Addressee, Topic
from core.store.members import Newcomer
from core.store.outbox import OutboxRow
from core.store.tables.members import accounts, members
from core.store.tables.outbox import outbox
from core.store.unit import Store, UnitOfWork

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
async def home(store: Store) -> Store:
    """Give two communities, Ana and Bo in the first, Cy in the second, all of whom opened the direct chat."""
    async with store.begin() as unit:
        for number, people in ((1, ("ana", "bo")), (2, ("cy",))):
            community = await unit.communities.add(f"Home {number}", Settings(), NOW)
            await unit.members.enrol(
                [Newcomer(community.id, "fake", Person(who, who), Consent.COUNTED, NOW) for who in people]
            )
        await unit.members.open_chats("fake", ["ana", "bo", "cy"], NOW)
    return store


async def told(unit: UnitOfWork, now: datetime = NOW, **audience: Any) -> dict[str, Addressee]:
    found = await unit.pushes.addressees(1, Audience(**audience), now)
    return {each.member.name: each for each in found}


async def change(unit: UnitOfWork, who: str, **values: Any) -> None:
    await unit.connection.execute(update(accounts).where(accounts.c.external_id == who).values(values))


async def another_account(unit: UnitOfWork, of: str, **values: Any) -> int:
    """Give whoever has the account `of` another one, and return its id."""
    theirs = select(accounts).where(accounts.c.external_id == of)
    row: Mapping[str, Any] = (await unit.connection.execute(theirs)).one()._mapping
    fresh = {name: row[name] for name in row if name != "id"} | {"external_id": f"{of}-too", "opened_at": None} | values
    made = await unit.connection.execute(insert(accounts).returning(accounts.c.id), [fresh])
    return int(made.scalar_one())


async def test_an_audience_is_of_one_community(home: Store) -> None:
    async with home.read() as unit:
        assert set(await told(unit)) == {"ana", "bo"}


@pytest.mark.parametrize("values", [{"reachable": False}, {"bot": True}, {"external_id": f"{BEHIND}ana"}])
async def test_an_account_that_cannot_be_written_to_is_passed_over(home: Store, values: dict[str, Any]) -> None:
    async with home.begin() as unit:
        spare = await another_account(unit, "ana")
        await change(unit, "ana", **values)
        ana = (await told(unit))["ana"]
        assert ana.account is not None
        assert (ana.account.id, ana.opened) == (spare, False)
        await change(unit, "ana-too", reachable=False)
        assert (await told(unit))["ana"].account is None


async def test_a_chat_that_is_open_goes_before_one_that_was_added_later(home: Store) -> None:
    async with home.begin() as unit:
        await another_account(unit, "ana")
        ana = (await told(unit))["ana"]
        assert ana.account is not None
        assert (ana.account.external_id, ana.opened) == ("ana", True)
        await change(unit, "ana-too", opened_at=NOW)
        ana = (await told(unit))["ana"]
        assert ana.account is not None
        assert ana.account.external_id == "ana-too"


async def test_what_somebody_had_in_a_week_counts_on_all_accounts_together(home: Store) -> None:
    async with home.begin() as unit:
        spare = await another_account(unit, "ana")
        for account_id, topic, at in (
            (1, Topic.CONTENT, NOW - timedelta(days=6)),
            (spare, Topic.ACTIVITY, NOW),
            (spare, None, NOW),  # a notice
            (1, Topic.CONTENT, NOW - timedelta(days=8)),
            (2, Topic.CONTENT, NOW),
        ):
            said = Outgoing(text="hello", platform="fake", to="x", private=True)
            row = OutboxRow(said, 1, account_id, kind="push", topic=topic and topic.value)
            await unit.outbox.add([row], at)
        assert {name: each.lately for name, each in (await told(unit)).items()} == {"ana": 2, "bo": 1}
        await unit.connection.execute(update(outbox).where(outbox.c.account_id == spare).values(state="failed"))
        assert (await told(unit))["ana"].lately == 1


async def test_an_audience_begins_at_its_tier_and_its_time(home: Store) -> None:
    async with home.begin() as unit:
        await unit.connection.execute(update(members).where(members.c.name == "ana").values(tier=2))
        assert set(await told(unit, tier=2)) == {"ana"}
        assert set(await told(unit, tier=3)) == set()
        assert set(await told(unit, joined_since=NOW)) == {"ana", "bo"}
        assert set(await told(unit, joined_since=NOW + timedelta(seconds=1))) == set()


async def test_an_audience_is_read_page_by_page(home: Store) -> None:
    async with home.read() as unit:
        (first,) = await unit.pushes.addressees(1, Audience(), NOW, limit=1)
        (second,) = await unit.pushes.addressees(1, Audience(), NOW, after=first.member.id, limit=9)
        assert [first.member.name, second.member.name] == ["ana", "bo"]
