"""What can't be applied is put aside, sealed; what comes after it flows, and a retry brings it in."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.build import House, build
from bot.platforms.port import Unavailable
from core.domain.clock import ManualClock
from core.domain.events import CommandCalled, Event, MessageSent, SpaceOpened
from core.domain.facts import LevelReached
from core.domain.people import Person, Rights
from core.engine import Registry, discover
from core.engine.seal import Sealer
from core.kit.declare import Reaction
from core.kit.erasing import erase
from core.store.dialect import is_sqlite
from core.store.interactions import Interaction
from core.store.parked import KEPT_FOR
from core.store.unit import DatabaseDown, Store
from tests.world.background import beside
from tests.world.platform import FakePlatform
from tests.world.world import KEY, START

POISON = "arsenic"


def eat(happening: object, event: MessageSent) -> None:
    """Fail on one message."""
    if event.key.endswith(POISON) and event.length != 1:
        raise ValueError("inedible")


def stumble(happening: object, reached: LevelReached) -> None:
    raise RuntimeError("no level for you")


def registry(*more: Reaction) -> Registry:
    found = discover()
    reactions = dict(found.reactions)
    for each in more:
        reactions[each.event] = (*reactions.get(each.event, ()), each)
    return replace(found, reactions=reactions)


def message(key: str, who: str = "ana", **more: object) -> MessageSent:
    given = {"at": START, "length": 2, **more}
    return MessageSent(platform="fake", key=f"m:{key}", space="home", actor=Person(who, who.capitalize()), **given)  # type: ignore[arg-type]


def command(name: str, who: str = "ana") -> CommandCalled:
    return CommandCalled(
        platform="fake", key=f"c:{name}:{who}", space="home", at=START, actor=Person(who, who.capitalize()), name=name
    )


@asynccontextmanager
async def house(store: Store, platform: FakePlatform, found: Registry) -> AsyncIterator[House]:
    made = build(store, ManualClock(START), Sealer([KEY]), [platform], found)
    opened = SpaceOpened(platform="fake", key="o", space="home", at=START, title="Home")
    async with beside(made.intake.run()):
        await made.intake.submit([opened])
        yield made


async def kept(store: Store) -> set[str]:
    async with store.read() as unit:
        rows = await unit.connection.execute(text("SELECT event_key FROM interactions WHERE kind = 'message'"))
        return set(rows.scalars())


async def submit(made: House, *events: Event) -> None:
    async with asyncio.timeout(30):
        await made.intake.submit(events)


async def test_poison_is_parked_what_follows_flows_and_a_retry_brings_it_in(store: Store) -> None:
    async with house(store, FakePlatform(), registry(Reaction(MessageSent, eat))) as made:
        await submit(made, message("1"), message(POISON, "bogumila"), message("2", "cy"))
        assert await kept(store) == {"m:1", "m:2"}
        async with store.read() as unit:
            (parked,) = await unit.parked.all()
            stored = bytes((await unit.connection.execute(text("SELECT sealed FROM parked"))).scalar_one())
        assert (parked.event_key, parked.reason) == (f"m:{POISON}", "ValueError")
        assert b"Bogumila" not in stored
        assert POISON.encode() not in stored
        with pytest.raises(pickle.UnpicklingError):
            pickle.loads(stored)
        assert made.engine.sealer.open(stored) == message(POISON, "bogumila")
        assert (await made.engine.retry_parked()).parked == 1
    async with house(store, FakePlatform(), registry()) as mended:
        accepted = await mended.engine.retry_parked()
        assert (accepted.new, accepted.parked) == (1, 0)
        assert await kept(store) == {"m:1", "m:2", f"m:{POISON}"}
        async with store.read() as unit:
            assert await unit.parked.all() == []
        assert (await mended.engine.retry_parked()).new == 0


async def test_poison_that_comes_again_is_parked_once(store: Store) -> None:
    async with house(store, FakePlatform(), registry(Reaction(MessageSent, eat))) as made:
        for _ in range(3):
            await submit(made, message(POISON), message("1"))
        async with store.read() as unit:
            assert await unit.parked.count() == 1


async def test_what_is_parked_goes_after_its_time(store: Store) -> None:
    async with house(store, FakePlatform(), registry(Reaction(MessageSent, eat))) as made:
        await submit(made, message(POISON))
        made.clock.advance(KEPT_FOR + timedelta(hours=1))  # type: ignore[attr-defined]
        await made.engine.due()
        async with store.read() as unit:
            assert await unit.parked.count() == 0


@pytest.mark.parametrize("who", ["bo", "cy", "dee"])
async def test_what_is_parked_of_somebody_goes_with_their_erasure(store: Store, who: str) -> None:
    """Of the writer, of whom it names, and of whoever stands in what could not even be read."""
    async with house(store, FakePlatform(), registry(Reaction(MessageSent, eat))) as made:
        others = tuple(Person(each, each.capitalize()) for each in ("cy", "4711"))
        await submit(made, message("1", "bo"), message("2", "cy"), message("3", "dee"), message("4", "4711"))
        await submit(made, message(POISON, "bo", mentions=others), message(f"2{POISON}", "dee"))
        raw = {"message": {"from": {"id": 4711, "first_name": "Bogumila"}, "chat": {"id": -100}}}
        await made.intake.park("fake", "raw:1", None, raw, "KeyError")
        async with store.read() as unit:
            assert await unit.parked.count() == 3
        await _erase(made, who)
        async with store.read() as unit:
            left = {each.event_key for each in await unit.parked.all()}
        gone = f"m:2{POISON}" if who == "dee" else f"m:{POISON}"
        assert left == {f"m:{POISON}", f"m:2{POISON}", "raw:1"} - {gone}
        await _erase(made, "4711")
        async with store.read() as unit:
            assert "raw:1" not in {each.event_key for each in await unit.parked.all()}


async def test_what_is_parked_elsewhere_stays(store: Store) -> None:
    async with house(store, FakePlatform(), registry(Reaction(MessageSent, eat))) as made:
        await submit(made, SpaceOpened(platform="fake", key="o2", space="annex", at=START, title="Annex"))
        await submit(made, message("1", "bo"), replace(message("2", "bo"), space="annex"))
        await submit(made, replace(message(POISON, "bo"), space="annex"))
        await _erase(made, "bo")
        async with store.read() as unit:
            assert await unit.parked.count() == 1
        assert (await made.engine.retry_parked()).parked == 1
        await _erase(made, "bo", "annex")
        async with store.read() as unit:
            assert await unit.parked.count() == 0


async def _erase(made: House, who: str, space: str = "home") -> None:
    async with made.store.begin() as unit:
        home = (await unit.communities.spaces("fake", [space]))[space].community_id
        account = (await unit.members.find("fake", {home: [who]}))[home, who]
        await erase(unit, home, account.member_id, made.engine.sealer.hash, START)


async def test_a_level_that_can_not_be_noticed_parks_the_message_that_reached_it(store: Store) -> None:
    async with house(store, FakePlatform(), registry(Reaction(LevelReached, stumble))) as made:
        later = [message(str(n), at=START + timedelta(minutes=2 * n)) for n in range(12)]
        await submit(made, *later, *(message(f"b{n}", "bo") for n in range(3)))
        async with store.read() as unit:
            parked = {each.event_key for each in await unit.parked.all()}
            (community,) = await unit.communities.all()
            members = await unit.members.all(community.id)
            sums = await unit.ledger.sums(community.id)
        assert parked
        assert {event.key for event in later} - parked == await kept(store) - {"m:b0", "m:b1", "m:b2"}
        assert {"m:b0", "m:b1", "m:b2"} <= await kept(store)
        assert {m.id: m.balance for m in members} == sums
        assert max(member.earned for member in members) < 100


async def test_an_error_of_a_database_that_is_there_is_not_taken_for_its_absence(store: Store) -> None:
    """Both drivers call these operational; waiting until they go would take for ever."""
    async with store.read() as unit:
        deep = (
            "SELECT " + "(" * 3000 + "1" + ")" * 3000 if is_sqlite(unit.connection) else "SELECT " + "1+" * 60_000 + "1"
        )
    with pytest.raises(DBAPIError):
        async with store.begin() as unit:
            await unit.connection.execute(text("SELECT * FROM nowhere"))
    with pytest.raises(DBAPIError):
        async with store.begin() as unit:
            await unit.connection.execute(text(deep))


class Hidden(FakePlatform):
    """Can't be asked who may do what: it raises, or never answers."""

    hangs = False

    async def rights(self, space: str, person: str) -> Rights:
        if self.hangs:
            await asyncio.Event().wait()
        raise Unavailable("away")


@pytest.mark.parametrize("hangs", [False, True])
async def test_a_platform_that_can_not_be_asked_for_rights_gives_none(
    store: Store, monkeypatch: pytest.MonkeyPatch, hangs: bool
) -> None:
    monkeypatch.setattr("bot.asking.LOOK", 0.1)
    platform = Hidden()
    platform.hangs = hangs
    async with house(store, platform, discover()) as made:
        await submit(made, command("settings"), message("1"))
        await submit(made, message("2"))
        await made.deliverers["fake"].drain()
        assert await kept(store) == {"m:1", "m:2"}
        assert platform.sent[-1].outgoing.text.startswith("I couldn't find out just now whether you may do that")


async def test_a_connection_cut_amid_many_rows_is_a_database_gone(store: Store) -> None:
    async with store.read() as unit:
        if is_sqlite(unit.connection):
            return  # it has no connection that could be cut

    async def cut() -> None:
        async with store.begin() as unit:
            mine = (await unit.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            async with store.begin() as other:
                await other.connection.execute(text(f"SELECT pg_terminate_backend({mine}, 5000)"))
            await unit.interactions.add([Interaction("fake", "m:1", 1, 1, "message", START)])

    with pytest.raises(DatabaseDown):
        await cut()
