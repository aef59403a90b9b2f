"""Who came when and was active when, as analyses are given it."""

from __future__ import annotations

from core.domain.clock import day_number
from core.domain.kinds import Kind
from core.domain.people import Person
from core.domain.stays import UNKNOWN, Stays
from tests.world import World
from tests.world.world import START

TODAY = day_number(START)


async def stays_of(world: World) -> tuple[Stays, dict[str, int]]:
    """Return a community's stays, and the place in them of each of three people."""
    community = await world.community()
    async with world.store.begin() as unit:
        while await unit.rollups.advance(community.id):
            pass
        found = await unit.stays.of(community.id)
    ids = {who: (await world.member(who)).id for who in ("ana", "ben", "cem")}
    return found, {who: found.members.index(each) for who, each in ids.items() if each in found.members}


async def test_comings_days_and_leavings(world: World) -> None:
    await world.join("ana")
    first = await world.say("ben", "hello")
    await world.say("cem", "hello")
    await world.say("cem", "/consent out")
    await world.press("cem", "Yes, leave me out")
    await world.advance(days=1)
    await world.react("ana", first)
    await world.say("ben", "again", reply_to=first, reply_author=Person("ana", "Ana"))
    await world.leave("ben")
    found, place = await stays_of(world)
    assert place.keys() == {"ana", "ben"}  # cem is out
    ana, ben = place["ana"], place["ben"]
    assert (found.joined[ana], found.joined[ben]) == (TODAY, UNKNOWN)
    assert (found.left[ana], found.left[ben]) == (UNKNOWN, TODAY + 1)
    rows = sorted(zip(found.person, found.day, found.messages, strict=True))
    assert rows == sorted([(ana, TODAY + 1, 0), (ben, TODAY, 1), (ben, TODAY + 1, 1)])


async def test_what_is_told_beside(world: World) -> None:
    await world.join("ana", source="Course page")
    first = await world.say("ana", "hello")
    await world.say("ben", "hi", reply_to=first, reply_author=Person("ana", "Ana"))
    await world.say("cem", "hi")
    await world.advance(days=1)
    await world.join("ana", source="Another page")
    await stays_of(world)
    community, ana = await world.community(), (await world.member("ana")).id
    async with world.store.read() as unit:
        assert await unit.stays.sources(community.id) == {ana: "Course page"}
        answered = await unit.stays.answered(community.id)
        assert (list(answered.member), list(answered.day)) == ([ana], [TODAY])
        assert await unit.stays.leavings_since(community.id) == TODAY
        assert not (await unit.stays.did(community.id, Kind.TOOK_PART)).member
