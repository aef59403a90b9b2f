"""An import under way: nobody sees it, and whatever happens meanwhile comes out right."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, func, make_url, select

from core.domain.errors import BadInput
from core.domain.events import MessageDeleted, MessageSent
from core.domain.people import Consent, Person
from core.domain.points import Entry, Reason
from core.engine import history
from core.engine.history import Taken, import_history
from core.kit.replay import preview
from core.store import stages
from core.store.dialect import normal_url
from core.store.tables import metadata
from core.store.tables.ledger import ledger_rows
from core.store.unit import Store, UnitOfWork
from tests.reliability.books import Books, assert_adds_up, books, difference
from tests.world import World
from tests.world.again import again
from tests.world.stores import opened
from tests.world.talk import PEOPLE, told
from tests.world.world import START

Meanwhile = Callable[[int], Awaitable[None]]
WRITTEN = 20  # the moment when all is staged, points too


class Watched(Store):
    """A database that an import writes, with something that happens after each of its short transactions."""

    def __init__(self, url: str, meanwhile: Meanwhile) -> None:
        super().__init__(url)
        self._meanwhile = meanwhile
        self.steps = 0

    async def let_in(self, held: float = 0.0) -> None:
        self.steps += 1
        await self._meanwhile(self.steps)


class WatchedToTheEnd(Watched):
    """The same, with something that happens once more before what is staged is published."""

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        if self.steps == WRITTEN:
            await self.let_in()
        async with super().begin() as unit:
            yield unit


async def nothing(step: int) -> None:
    """Let nothing happen."""


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "EVENTS", 8)
    monkeypatch.setattr(stages, "ROWS", 20)


def copied(template: Path, path: Path) -> str:
    path.write_bytes(template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
async def other(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    """Give a second world to compare with."""
    async with opened(copied(sqlite_template, tmp_path / "other.db")) as store:
        yield await again(store, settled)


@pytest.fixture
async def world(store: Store) -> World:
    return await again(store, settled)


async def settled(world: World) -> None:
    """Let there be something before: people, ties, points."""
    await world.open()
    for who in ("ana", "li"):
        await world.join(who)
    message = await world.say("ana", "hello")
    await world.say("li", "good to see you", reply_to=message, reply_author=Person("ana", "Ana"))
    await world.react("li", message)
    await world.advance(days=1)


async def bring(world: World, store: Store, *, with_points: bool = True, space: str = "home") -> Taken:
    return await import_history(
        store,
        world.engine.sealer.hash,
        "fake",
        "Data Kitchen",
        told(space=space),
        path="talk.json",
        now=world.clock.now(),
        with_points=with_points,
    )


def in_any_order(kept: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    return {name: sorted(map(repr, rows)) for name, rows in kept.items()}


async def shown(store: Store) -> dict[str, Any]:
    """Return what is read of all communities, but by whom they are led."""
    found: dict[str, Any] = {}
    async with store.read() as unit:
        for home in await unit.communities.all():
            spaces = await unit.communities.spaces_of(home.id)
            people = await unit.members.all(home.id)
            accounts = await unit.members.accounts_of([each.id for each in people])
            interactions, rollups = unit.interactions, unit.rollups
            newest = await rollups.position(home.id)
            of = [account.id for account in accounts]
            found[home.name] = [
                home,
                spaces,
                await unit.communities.rooms([space.id for space in spaces]),
                people,
                accounts,
                await unit.members.present(home.id),
                await unit.members.count(home.id),
                sorted(await unit.members.names(home.id)),
                await unit.presences.of(of),
                [row.event_key async for row in interactions.in_order(home.id)],
                [[row.event_key for row in rows] async for rows in interactions.earning(home.id)],
                await interactions.totals(home.id),
                await interactions.latest("fake"),
                await interactions.last_places([each.id for each in people]),
                await interactions.authors("fake", [f"m:h{number}" for number in range(40)]),
                await interactions.first_written(home.id, START - timedelta(days=60)),
                await interactions.addressed(home.id, START - timedelta(days=60), (0, 10**9)),
                await interactions.written_where(home.id, START - timedelta(days=60), (0, 10**9)),
                sorted(await rollups.ties(home.id)),
                sorted(await rollups.ties_behind(home.id, 0, 10**9)),
                await rollups.messages(home.id),
                await rollups.reply_pairs(home.id),
                await rollups.active_members(home.id),
                await rollups.first_days(home.id),
                await rollups.behind(),
                newest,
                await unit.ledger.sums(home.id),
                await unit.ledger.board(home.id, None, 50, 0),
                await preview(unit, home, home.settings.rules),
                {each.external_id: await unit.members.communities_of("fake", each.external_id) for each in accounts},
                in_any_order(await unit.erasure.export([each.id for each in people], of)),
            ]
        found["strangers"] = await unit.members.communities_of("fake", "cai")
        found["elsewhere"] = sorted(await unit.communities.spaces("fake", ["home", "annex"]))
    return found


async def test_nobody_sees_anything_before_all_is_there(world: World, database_url: str, other: World) -> None:
    before = await shown(world.store)
    looks = 0

    async def look(step: int) -> None:
        nonlocal looks
        looks += 1
        assert await shown(world.store) == before, f"after {step} transactions"

    store = Watched(database_url, look)
    taken = await bring(world, store)
    assert looks > 10
    assert (taken.messages, taken.joins, taken.reactions, taken.mentions) == (40, 5, 14, 8)
    after = await shown(world.store)
    assert after != before
    assert after["Data Kitchen"][10] != before["Data Kitchen"][10]
    await store.close()


async def test_a_community_that_is_founded_isnt_there_before_its_history(store: Store, database_url: str) -> None:
    world = World(store)

    async def look(step: int) -> None:
        assert list(await shown(store)) == ["strangers", "elsewhere"]

    bringing = Watched(database_url, look)
    await bring(world, bringing)
    await bringing.close()
    assert (await world.community()).name == "Data Kitchen"
    await world.say("cai", "/points")
    assert_adds_up(database_url)


def rows(url: str) -> dict[str, int]:
    """Return how many rows each table has that an import may leave something in."""
    engine = create_engine(
        make_url(normal_url(url)).set(drivername="sqlite") if url.startswith("sqlite") else normal_url(url)
    )
    with engine.connect() as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return counts


@pytest.mark.parametrize("last", [1, 3, 6, 9, 12, 14, 16, 18])
async def test_what_is_given_up_leaves_nothing(world: World, database_url: str, last: int) -> None:
    before, there = await shown(world.store), rows(database_url)

    class Gone(BaseException):
        """As good as kill -9: nothing runs after it."""

    async def die(step: int) -> None:
        if step == last:
            raise Gone

    store = Watched(database_url, die)
    with pytest.raises(Gone):
        await bring(world, store)
    assert rows(database_url) != there
    assert await shown(world.store) == before
    await history.clear_killed(world.store)
    assert rows(database_url) == there
    assert await shown(world.store) == before
    assert (await bring(world, world.store)).messages == 40
    await store.close()


# What happens meanwhile


async def live(world: World) -> None:
    """Let things happen that the history tells as well, or that touch people, rooms and messages of it."""
    given: dict[str, Any] = {"at": START - timedelta(days=30), "room": "r0"}
    # Told again by the platform, with a mention.
    await world.happen(MessageSent, "ana", key="m:h5", mentions=(Person("li", "Li"),), **given)
    await world.happen(MessageSent, "nia", key="m:h2", **given)
    await world.say("nia", "I am new here", room="r1")
    await world.say("li", "welcome", room="r1", reply_to="h2")
    await world.say("cai", "/points")
    await world.say("ana", "/privacy")
    await world.press("ana", "Change this")
    await world.press("ana", "Leave me out")
    await world.press("ana", "Yes, leave me out")
    assert (await world.member("ana")).consent is Consent.OUT


def without_nobody(found: Books) -> Books:
    """Return books without whom nobody named: that is kept of who is out since, and not written of who was before."""
    kept = {row: count for row, count in found["interactions"].items() if row[2] is not None}
    return {**found, "interactions": Counter(kept)}


MOMENTS = [*((False, moment) for moment in (1, 4, 9, 15, 18)), *((True, moment) for moment in (1, 9, 15, 18, WRITTEN))]


@pytest.mark.parametrize(("with_points", "moment"), MOMENTS)
async def test_what_happens_meanwhile_came_before(
    world: World, database_url: str, other: World, moment: int, with_points: bool
) -> None:
    await live(other)
    await bring(other, other.store, with_points=with_points)
    happened = False

    async def meanwhile(step: int) -> None:
        nonlocal happened
        if step == moment:
            await live(world)
            happened = True

    store = Watched(database_url, meanwhile)
    await bring(world, store, with_points=with_points)
    await store.close()
    assert happened
    await world.advance(hours=1)
    await other.advance(hours=1)
    assert difference(without_nobody(books(database_url)), without_nobody(books(other.store.url))) == {}
    assert_adds_up(database_url)


@pytest.mark.parametrize("moment", [WRITTEN, WRITTEN + 1], ids=["before it is summed up", "after"])
async def test_what_is_booked_meanwhile_under_the_key_of_a_staged_entry_holds(
    world: World, database_url: str, moment: int
) -> None:
    staged = select(ledger_rows.c.account_id, ledger_rows.c.key).where(ledger_rows.c.import_id.is_not(None))
    booked: list[Entry] = []

    async def meanwhile(step: int) -> None:
        if step == moment:
            home = await world.community()
            async with world.store.begin() as unit:
                mine = {account.id for account in (await unit.members.find("fake", {home.id: {"ana"}})).values()}
                rows = (await unit.connection.execute(staged.where(ledger_rows.c.account_id.in_(mine)))).all()
                booked.append(Entry(rows[0].account_id, 7, Reason.GRANT, rows[0].key, world.clock.now(), 7))
                await unit.ledger.book([(home.id, entry) for entry in booked])

    store = WatchedToTheEnd(database_url, meanwhile)
    await bring(world, store)
    await store.close()
    assert_adds_up(database_url)
    async with world.store.read() as unit:
        home = await world.community()
        found = await unit.ledger.with_keys(home.id, [booked[0].key])
        assert [(entry.amount, entry.reason) for entry in found.values()] == [(7, Reason.GRANT)]


async def test_an_import_ends_though_something_becomes_of_its_messages_again_and_again(
    world: World, database_url: str
) -> None:
    gone = 0

    async def meanwhile(step: int) -> None:
        nonlocal gone
        async with world.store.read() as unit:
            written = await unit.staged_entries.count(1)
        if written:
            await world.happen(MessageDeleted, None, key=f"gone{gone}", message=f"h{gone}")
            gone += 1

    store = Watched(database_url, meanwhile)
    await bring(world, store)
    await store.close()
    assert gone == history.TRIES - 1
    assert_adds_up(database_url)


@pytest.mark.parametrize("moment", [9, 18])
async def test_whoever_goes_meanwhile_is_gone(world: World, database_url: str, moment: int) -> None:
    async def meanwhile(step: int) -> None:
        if step == moment:
            await world.say("cai", "/forgetme")
            await world.press("cai", "Erase everything")

    store = Watched(database_url, meanwhile)
    await bring(world, store)
    await store.close()
    async with world.store.read() as unit:
        home = await world.community()
        assert "Cai" not in await unit.members.names(home.id)
        found = [account async for account, _ in unit.members.each_account()]
    assert "cai" not in {account.external_id for account in found}
    assert "Cai" not in {account.name for account in found}
    kept = books(database_url)["interactions"]
    theirs = {f"m:h{number}" for number in range(40) if PEOPLE[number % 5] == "cai"}
    assert not [row for row in kept if row[0] in theirs]


async def test_a_message_that_goes_meanwhile_ties_nobody(world: World, database_url: str, other: World) -> None:
    await bring(other, other.store)
    await other.happen(MessageDeleted, None, key="gone", message="h3")
    await other.advance(hours=1)

    async def meanwhile(step: int) -> None:
        if step == 15:
            await world.happen(MessageDeleted, None, key="gone", message="h3")

    store = Watched(database_url, meanwhile)
    await bring(world, store)
    await store.close()
    await world.advance(hours=1)
    assert books(database_url)["ties"] == books(other.store.url)["ties"]


async def test_a_space_that_opens_meanwhile_is_its_own_and_the_import_is_refused(
    world: World, database_url: str
) -> None:
    async def meanwhile(step: int) -> None:
        if step == 5:
            await world.open("annex", "Annex")
            await world.say("cai", "hello", space="annex")

    store = Watched(database_url, meanwhile)
    with pytest.raises(BadInput) as refused:
        await bring(world, store, space="annex")
    assert refused.value.key == "import-meanwhile"
    assert (await world.community("annex")).name == "Annex"
    assert not [key for key, *_ in books(database_url)["interactions"] if ":h" in key]
    with pytest.raises(BadInput) as refused:
        await bring(world, store, space="annex")
    assert refused.value.key == "import-space-elsewhere"
    await store.close()
