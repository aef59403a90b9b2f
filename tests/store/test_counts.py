"""Counts by hour: what interactions amount to, filled each for itself, read by weekday in any zone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from core.domain.clock import day_number
from core.domain.events import MessageSent, VoiceLeft
from core.domain.people import Person
from core.engine.history import import_history
from core.engine.news import roll_up
from core.kit.joining import take_in
from core.store.counts import ACTIVE, COUNTS, HOUR, MOVES, ROOM_MESSAGES, Count
from core.store.tables.counts import counts
from core.store.tables.interactions import interactions
from core.store.tables.rollups import activity_days, positions
from tests.flow.test_handover import count_anew, rolled_up
from tests.world import World
from tests.world.talk import told

BEGINNING, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


async def talk(world: World) -> None:
    """Let three people and a bot write in two rooms over two days, two of them sit in voice, and others come and go."""
    message = ""
    for who in ("dee", "eli"):
        await world.join(who)
    await world.leave("dee")
    for minutes in (20, 45):
        since = world.clock.now() - timedelta(minutes=minutes)
        await world.happen(VoiceLeft, "ana", room="r1", since=since)
    for number in range(12):
        who, room = ("ana", "ben", "cai")[number % 3], ("r1", "r2")[number % 2]
        message = await world.say(who, "well", room=room, **_answer(message, number))
        await world.happen(MessageSent, Person("bot", "Bot", bot=True), room=room)
        await world.advance(hours=4)


def _answer(message: str, number: int) -> dict[str, object]:
    return {"reply_to": message, "reply_author": Person("ana", "Ana")} if number % 4 == 3 else {}


async def by_hand(world: World, count: Count, space: str = "home") -> Counter[tuple[datetime, int, str]]:
    """Count what stands in the database one by one, of people alone."""
    community = await world.community(space)
    async with world.store.read() as unit:
        rows = (await unit.connection.execute(select(interactions))).all()
        known = await unit.members.accounts_of([each.id for each in await unit.members.all(community.id)])
        bots = {each.id for each in known if each.bot}
    found: Counter[tuple[datetime, int, str]] = Counter()
    for row in rows:
        if row.community_id == community.id and row.kind in count.kinds and row.account_id not in {None, *bots}:
            hour = datetime.fromtimestamp(int(row.at.timestamp()) // HOUR * HOUR, UTC)
            where = hour, row.room_id if count.by_room else 0, row.kind if count.by_kind else ""
            found[where] += row.amount if count.amounts else 1
    return found


async def read(world: World, count: Count, space: str = "home") -> Counter[tuple[datetime, int, str]]:
    community = await world.community(space)
    async with world.store.read() as unit:
        rows = await unit.counts.read(community.id, count, BEGINNING, END)
    return Counter({(hour, room, kind): value for hour, room, kind, value in rows})


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.name)
async def test_a_count_is_what_counting_one_by_one_gives(world: World, count: Count) -> None:
    await talk(world)
    found = await read(world, count)
    assert found == await by_hand(world, count)
    assert sum(found.values()) == {"active": 14, "room messages": 12, "voice minutes": 65, "moves": 3}[count.name]


async def test_days_rooms_and_the_span_are_sums_of_the_hours(world: World) -> None:
    await talk(world)
    community, day = await world.community(), day_number(world.clock.now())
    found = await read(world, ROOM_MESSAGES)
    days: Counter[tuple[int, str]] = Counter()
    rooms: Counter[int] = Counter()
    for (hour, room, kind), value in found.items():
        days[day_number(hour), kind] += value
        rooms[room] += value
    assert (len(days), len(rooms)) == (3, 2)
    async with world.store.read() as unit:
        spans = (day - 10, day + 1)
        assert await unit.counts.by_day(community.id, ROOM_MESSAGES, spans) == days
        assert await unit.counts.by_room(community.id, ROOM_MESSAGES, spans) == rooms
        one = {room: value for room, value in rooms.items() if room == min(rooms)}
        mine = await unit.counts.by_day(community.id, ROOM_MESSAGES, spans, list(one))
        assert sum(mine.values()) == sum(one.values())
        assert await unit.counts.by_day(community.id, MOVES, (day - 10, day - 2)) == {}
        assert await unit.counts.span(community.id, ROOM_MESSAGES) == (min(days)[0], max(days)[0])
        assert await unit.counts.span(community.id + 1, ROOM_MESSAGES) is None


async def test_a_new_count_is_filled_for_itself_alone(world: World) -> None:
    await talk(world)
    community = await world.community()
    before, rooms = await read(world, ACTIVE), await read(world, ROOM_MESSAGES)
    async with world.store.begin() as unit:
        await unit.connection.execute(delete(counts).where(counts.c.name == ACTIVE.name))
        await unit.connection.execute(delete(positions).where(positions.c.name == ACTIVE.position))
        days = (await unit.connection.execute(select(activity_days))).all()
        assert await unit.rollups.behind() == {community.id}
    await roll_up(world.store, community.id)
    assert (await read(world, ACTIVE), await read(world, ROOM_MESSAGES)) == (before, rooms)
    async with world.store.read() as unit:
        assert (await unit.connection.execute(select(activity_days))).all() == days
        assert await unit.rollups.behind() == set()


async def test_batches_of_any_size_give_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.rollups.BATCH", 3)
    await talk(world)
    for count in COUNTS:
        assert await read(world, count) == await by_hand(world, count)


@pytest.mark.parametrize("name", ["Data Kitchen", "Kitchen"])
async def test_an_import_brings_its_counts_along(world: World, name: str) -> None:
    await talk(world)
    for history in (told(60, space="annex"), told(60, space="annex")):  # the second time there is nothing new
        await import_history(world.store, lambda *_: "", "fake", name, history, path="x", now=world.clock.now())
        community = await world.community("annex")
        async with world.store.read() as unit:
            assert community.id not in await unit.rollups.behind()
        for count in COUNTS:
            assert await read(world, count, "annex") == await by_hand(world, count, "annex")
    assert sum((await read(world, ROOM_MESSAGES, "annex")).values()) == 60 + 12 * (name == "Data Kitchen")


async def test_what_is_staged_is_looked_at_once_and_counts_when_it_is_published(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.rollups.BATCH", 5)
    store, home = world.store, await world.community()
    looked_up: list[int] = []

    async def live(held: float = 0.0) -> None:
        """Let somebody write after each step of the import, and look how far that is rolled up."""
        message = await world.say("ana", "hello", room="r1")
        await world.say("ben", "hello", room="r1", reply_to=message, reply_author=Person("ana", "Ana"))
        await roll_up(store, home.id)
        async with store.read() as unit:
            looked_up.append(await unit.interactions.newest(home.id) - await unit.rollups.position(home.id))

    monkeypatch.setattr(store, "let_in", live)
    monkeypatch.setattr("core.engine.history.EVENTS", 12)
    await import_history(store, lambda *_: "", "fake", "Data Kitchen", told(60), path="x", now=world.clock.now())
    await roll_up(store, home.id)
    assert len(looked_up) > 5
    assert set(looked_up) == {0}
    for count in COUNTS:
        assert await read(world, count) == await by_hand(world, count)
    before = await rolled_up(world)
    await count_anew(world)
    assert before == await rolled_up(world)


async def test_a_week_is_told_by_the_clock_of_the_zone(world: World) -> None:
    start = world.clock.now()  # a Monday, at 9 in UTC
    await world.say("ana", "morning", room="r1")
    await world.advance(hours=14, minutes=30)
    await world.say("ana", "late", room="r1")
    await world.advance(days=1)
    community = await world.community()
    told = {}
    async with world.store.read() as unit:
        for zone in ("UTC", "Asia/Shanghai", "Asia/Kolkata", "America/New_York"):
            told[zone] = await unit.counts.week(community.id, ACTIVE, start, start + timedelta(days=7), zone)
    assert told == {
        "UTC": {(0, 9): 1, (0, 23): 1},
        "Asia/Shanghai": {(0, 17): 1, (1, 7): 1},
        "Asia/Kolkata": {(0, 14): 1, (1, 4): 1},
        "America/New_York": {(0, 4): 1, (0, 18): 1},
    }


async def test_communities_that_join_are_counted_together(world: World) -> None:
    await world.open("annex", "Annex")
    await talk(world)
    await world.say("ana", "hello", space="annex", room="r1")
    await world.say("dan", "hello", space="annex", room="r1")
    await world.advance(days=1)
    home, annex = await world.community(), await world.community("annex")
    async with world.store.begin() as unit:
        await take_in(unit, annex.id, home.id, world.clock.now())
    await roll_up(world.store, home.id)
    for count in COUNTS:
        found = await read(world, count)
        assert found == await by_hand(world, count)
        assert sum(found.values()) == {"active": 16, "room messages": 14, "voice minutes": 65, "moves": 3}[count.name]


async def test_rooms_that_become_one_are_counted_as_one(world: World) -> None:
    await world.open("annex", "Annex")
    for space in ("home", "annex"):
        await world.say("ana", "hello", space=space, room="r1")
    await world.advance(days=1)
    home, annex = await world.community(), await world.community("annex")
    async with world.store.begin() as unit:
        await take_in(unit, annex.id, home.id, world.clock.now())
    await roll_up(world.store, home.id)
    assert len({room for _, room, _ in await read(world, ROOM_MESSAGES)}) == 2
    async with world.store.begin() as unit:
        one, other = (space.id for space in await unit.communities.spaces_of(home.id))
        await unit.joining.fold(one, other)
    await roll_up(world.store, home.id)
    found = await read(world, ROOM_MESSAGES)
    assert found == await by_hand(world, ROOM_MESSAGES)
    assert list(found.values()) == [2]
