"""One community in two places: what follows, what holds, and who may."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from core.domain.events import ButtonPressed, CommandCalled, MessageSent, RoomNamed
from core.domain.people import Consent, Person, Rights
from core.store.tables import metadata
from core.store.unit import Store
from tests.world import World
from tests.world.platform import FakePlatform


async def _two(store: Store, *names: str) -> World:
    """Make a world with the communities `home` and `away`, each with somebody who owns it: olga."""
    world = World(store, *(FakePlatform(name=name) for name in names))
    await world.open("home", "Data Kitchen", platform=names[0])
    await world.open("away", "Data Yard", platform=names[-1])
    world.moderator("olga", Rights.OWNER)
    return world


async def _join(world: World, there: str) -> None:
    await world.say("olga", "/joincode")
    code = re.search(r"/join (\S+)", world.last)
    assert code
    assert world.sent[-1].outgoing.private
    await world.say("olga", f"/join {code[1]}", space="away", platform=there)
    await world.press("olga", "Join", platform=there)


async def _rows(world: World, community_id: int) -> dict[str, int]:
    """Return how many rows of each table name a community."""
    async with world.store.read() as unit:
        return {
            table.name: (
                await unit.connection.execute(
                    select(func.count()).select_from(table).where(table.c.community_id == community_id)
                )
            ).scalar_one()
            for table in metadata.sorted_tables
            if "community_id" in table.c
        }


async def _in_balance(world: World, community_id: int) -> None:
    async with world.store.read() as unit:
        sums = await unit.ledger.sums(community_id)
        for member in await unit.members.all(community_id):
            assert member.balance == sums.get(member.id, 0), member.name


async def test_a_server_joins_a_group_with_everything_it_has(store: Store) -> None:
    world = await _two(store, "fake", "other")
    there = {"space": "away", "platform": "other"}
    await world.say("ana", "hello")
    await world.set(language="en", timezone="Asia/Shanghai")
    await world.happen(RoomNamed, None, room="r9", name="yard", **there)
    asked = await world.say("ben", "hello", room="r9", **there)
    await world.say("eve", "hi", reply_to=asked, room="r9", **there)
    await world.react("cem", asked, **there)
    await world.advance(hours=1)
    await world.say("olga", "/shop 300 A sticker", **there)
    home, away = await world.community(), await world.community(**there)
    earned = (await world.member("ben", **there)).earned
    assert earned > 0

    await _join(world, "other")
    assert world.last == "This is Data Kitchen now. 4 members came along."
    assert set((await _rows(world, away.id)).values()) == {0}
    async with store.read() as unit:
        assert [each.id for each in await unit.communities.all()] == [home.id]
        assert [each.title for each in await unit.communities.spaces_of(home.id)] == ["Data Kitchen", "Data Yard"]
    joined = await world.community(**there)
    assert (joined.id, joined.settings.timezone) == (home.id, "Asia/Shanghai")
    assert (await world.member("ben", **there)).earned == earned
    await _in_balance(world, home.id)

    # Life goes on: deletions take back, roll-ups count once, the board is one.
    await world.delete(asked, **there)
    assert (await world.member("ben", **there)).earned == 7  # the reply and the reaction stand
    await world.say("ana", "again")
    await world.advance(hours=1)
    async with store.read() as unit:
        assert await unit.rollups.messages(home.id) == 4
        assert await unit.rollups.reply_pairs(home.id) == (1, 1)
        assert [benefit.name for benefit in await unit.benefits.offered(home.id)] == ["A sticker"]
        deeds = await unit.audit.newest(home.id, 10)
    assert {"join", "joincode", "offer"} <= {deed.action for deed in deeds}
    await _in_balance(world, home.id)


async def test_people_of_one_name_on_two_platforms_stay_two(store: Store) -> None:
    world = await _two(store, "fake", "other")
    await world.say("ana", "hello")
    await world.say("ana", "hello", space="away", platform="other")
    await _join(world, "other")
    here, there = await world.member("ana"), await world.member("ana", "away", "other")
    assert here.id != there.id


async def test_an_account_that_both_know_has_what_it_had_in_both(store: Store) -> None:
    world = await _two(store, "fake")
    asked = await world.say("ana", "hello")
    await world.say("ben", "hi", reply_to=asked)
    asked = await world.say("ana", "hello", space="away")
    await world.say("ben", "hi", reply_to=asked, space="away")
    before = [await world.member("ana", space) for space in ("home", "away")]
    out = await world.member("ben", "away")
    out.consent = Consent.OUT
    async with store.begin() as unit:
        await unit.members.save([out])
    await world.advance(hours=1)
    away = await world.community("away")
    await _join(world, "fake")
    assert (
        world.last
        == "This is Data Kitchen now. 3 members came along; 3 were there already, with what they had in both."
    )
    ana = await world.member("ana")
    assert ana.id == (await world.member("ana", "away")).id == before[0].id
    assert ana.earned == sum(each.earned for each in before)
    ben = await world.member("ben")
    assert ben.consent is Consent.OUT
    ben.consent = Consent.COUNTED  # figures leave out who is out
    async with store.begin() as unit:
        await unit.members.save([ben])
    assert set((await _rows(world, away.id)).values()) == {0}
    home = await world.community()
    await _in_balance(world, home.id)
    async with store.read() as unit:
        assert await unit.rollups.reply_pairs(home.id) == (1, 2)
        assert await unit.rollups.messages(home.id) == 4
        assert len(await unit.members.all(home.id)) == 3


async def test_members_linked_in_one_place_are_linked_no_further(store: Store) -> None:
    """In `home` ana is linked to a second account; in `away` to a third. Only the account they share becomes one."""
    world = await _two(store, "fake")
    for space, second in (("home", "ana2"), ("away", "ana3")):
        await world.say("ana", "hello", space=space)
        await world.say(second, "hello", space=space)
        main, other = await world.member("ana", space), await world.member(second, space)
        async with store.begin() as unit:
            account = (await unit.members.accounts_of([other.id]))[0]
            await unit.members.move_account(account.id, main.id)
            await unit.members.recount([main.id, other.id])
    await _join(world, "fake")
    ana, second, third = [await world.member(who) for who in ("ana", "ana2", "ana3")]
    assert ana.id == second.id
    assert third.id != ana.id
    await _in_balance(world, (await world.community()).id)


async def test_who_may_join_and_with_what(store: Store) -> None:
    world = await _two(store, "fake")
    world.moderator("mo", Rights.MODERATOR)
    await world.say("mo", "/joincode")
    assert world.last == "That's for owners of this community."
    await world.say("olga", "/joincode")
    code = re.search(r"/join (\S+)", world.last)
    assert code
    await world.say("mo", f"/join {code[1]}", space="away")
    assert world.last == "That's for owners of this community."
    await world.say("olga", f"/join {code[1]}")
    assert world.last.startswith("That code is from Data Kitchen itself.")
    await world.say("olga", "/join ABCD-EFGH", space="away")
    unknown = world.last
    assert unknown.startswith("I don't know that code, or its time is over.")

    await world.say("olga", f"/join {code[1].lower()}", space="away")
    assert world.last.startswith("Data Yard joins Data Kitchen?\nIts 2 members, their points")
    await world.advance(minutes=31)
    await world.press("olga", "Join")
    assert world.last == unknown
    assert (await world.community("away")).name == "Data Yard"


async def test_a_code_works_once(store: Store) -> None:
    world = await _two(store, "fake")
    await world.open("third", "Data Attic")
    await world.say("olga", "/joincode")
    code = re.search(r"/join (\S+)", world.last)
    assert code
    await world.say("olga", f"/join {code[1]}", space="away")
    await world.press("olga", "Join")
    await world.say("olga", f"/join {code[1]}", space="third")
    assert world.last.startswith("I don't know that code, or its time is over.")


async def test_what_comes_in_the_same_batch_as_a_join_finds_its_way(store: Store) -> None:
    world = await _two(store, "fake")
    await world.say("olga", "/joincode")
    code = re.search(r"/join (\S+)", world.last)
    await world.say("olga", f"/join {code and code[1]}", space="away")
    place = {"platform": "fake", "space": "away", "at": world.clock.now()}
    token = world.sent[-1].outgoing.buttons[0][0].token
    ana, olga = Person("ana", "Ana"), Person("olga", "Olga")
    await world.hand_in(
        MessageSent(key="m:901", actor=ana, length=5, **place),
        ButtonPressed(key="e:902", actor=olga, token=token, **place),
        CommandCalled(key="m:903", actor=ana, name="points", **place),
    )
    assert world.texts[-2].startswith("This is Data Kitchen now.")
    assert "points" in world.last
    assert (await world.member("ana", "away")).community_id == (await world.community()).id
