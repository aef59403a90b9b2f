"""Who is there: a member has left when they left the last of the community's places."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from core.domain.events import MemberJoined, MemberLeft, MessageSent, SpaceClosed, SpaceOpened
from core.domain.history import Chapter, Record
from core.domain.people import Person, Rights
from core.engine.history import import_history
from core.engine.roll_call import PATIENCE, roll_call
from core.store.tables.presences import presences
from core.store.unit import Store
from tests.world import World
from tests.world.again import again
from tests.world.platform import FakePlatform


@pytest.fixture
async def two(store: Store) -> World:
    """Give a community of two places, `home` and `annexe`, where olga is the owner and ana writes in both."""
    return await again(store, joined)


async def joined(world: World) -> None:
    await world.open()
    world.moderator("olga", Rights.OWNER)
    await world.open("annexe", "Annexe")
    await _join_places(world, "home", "annexe")
    for space in ("home", "annexe"):
        await world.say("ana", "hello", space=space)
        await world.advance(minutes=5)


async def _join_places(world: World, home: str, other: str, platform: str | None = None) -> None:
    await world.say("olga", "/joincode", space=home)
    code = next(word for word in world.last.split() if len(word) == 9 and word[4] == "-")
    await world.say("olga", f"/join {code}", space=other, platform=platform)
    await world.press("olga", "Join", space=other, platform=platform)


async def _board(world: World) -> list[str]:
    community = await world.community()
    async with world.store.read() as unit:
        return [each.name for each in (await unit.ledger.board(community.id, None, 10, 0))[0]]


async def test_who_leaves_one_of_two_places_is_still_a_member(two: World) -> None:
    await two.leave("ana", space="annexe")
    assert (await two.member("ana")).left_at is None
    assert await _board(two) == ["Ana"]
    left = two.clock.now()
    await two.leave("ana", space="home")
    assert (await two.member("ana")).left_at == left
    assert await _board(two) == []
    await two.advance(minutes=1)
    await two.join("ana", space="annexe")
    assert (await two.member("ana")).left_at is None


async def test_roles_are_of_the_place_that_somebody_is_in(two: World) -> None:
    member = await two.member("ana")
    member.tier = 1
    async with two.store.begin() as unit:
        await unit.members.save([member])
    await two.leave("ana", space="annexe")
    await two.say("olga", "/tiers regular role Regulars")
    await two.press("olga", "Do it")
    community = await two.community()
    async with two.store.read() as unit:
        places = {space.id: space.external_id for space in await unit.communities.spaces_of(community.id)}
        worn = await unit.role_grants.differing(community.id, {"fake": [None] * len(community.settings.tiers)})
    assert [places[each.space_id] for each in worn if each.name == "Ana"] == ["home"]


@pytest.mark.parametrize("told", [True, False])
async def test_leaving_and_coming_back_between_two_looks_gives_the_role_again(world: World, told: bool) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("ana", "hello")
    member = await world.member("ana")
    member.tier = 1
    async with world.store.begin() as unit:
        await unit.members.save([member])
    await world.say("olga", "/tiers regular role Regulars")
    await world.press("olga", "Do it")
    roles = world.platforms["fake"].roles
    assert roles["ana"] == {"Regulars"}
    await world.leave("ana")
    roles.clear()
    world.clock.advance(timedelta(seconds=20))
    await (world.join("ana") if told else world.say("ana", "back"))
    await world.advance(minutes=2)
    assert roles["ana"] == {"Regulars"}


@pytest.mark.parametrize("at_once", [True, False])
async def test_leaving_is_undone_by_coming_back_alone(world: World, at_once: bool) -> None:
    await world.say("ana", "hello")
    start = world.clock.now()
    world.clock.advance(timedelta(hours=1))
    given = {"platform": "fake", "space": "home", "actor": Person("ana", "Ana")}

    def at(hours: float) -> datetime:
        return start + timedelta(hours=hours)

    async def after(*events: MemberJoined | MemberLeft | MessageSent) -> datetime | None:
        for some in [events] if at_once else [[event] for event in events]:
            await world.hand_in(*some)
        return (await world.member("ana")).left_at

    left = MemberLeft(key="l1", at=at(1), **given)
    written_before = MessageSent(key="m:w1", at=at(0.5), **given)
    assert await after(left, written_before) == at(1)
    joined_before = MemberJoined(key="j0", at=at(0.2), **given)
    assert await after(joined_before) == at(1)
    assert await after(MemberJoined(key="j2", at=at(2), **given)) is None
    late = MemberLeft(key="l0", at=at(1.5), **given)
    assert await after(late) is None
    assert await after(MemberLeft(key="l3", at=at(3), **given), MessageSent(key="m:w4", at=at(4), **given)) is None


async def test_linked_accounts_stay_until_the_last_has_left(store: Store) -> None:
    world = World(store, FakePlatform(name="telegram"), FakePlatform(name="discord"))
    world.moderator("olga", Rights.OWNER)
    await world.open("group", platform="telegram")
    await world.open("server", platform="discord")
    await world.say("olga", "/joincode", space="group")
    code = next(word for word in world.last.split() if len(word) == 9 and word[4] == "-")
    await world.say("olga", f"/join {code}", space="server", platform="discord")
    await world.press("olga", "Join", space="server", platform="discord")
    await world.say("tea", "hello", space="group")
    await world.say("ana", "hello", space="server", platform="discord")
    await world.say("tea", "/link", space="group")
    code = next(word.strip(".") for word in world.last.split() if len(word.strip(".")) == 9 and "-" in word)
    await world.say("ana", f"/link {code}", space="server", platform="discord")
    await world.press("ana", "Join", space="server", platform="discord")
    tea = await world.member("tea", "group")
    assert tea.id == (await world.member("ana", "server", "discord")).id
    await world.leave("ana", space="server", platform="discord")
    assert (await world.member("tea", "group")).left_at is None
    await world.advance(minutes=1)
    await world.leave("tea", space="group")
    assert (await world.member("tea", "group")).left_at == world.clock.now()


async def test_a_place_that_closed_holds_nobody_and_gives_them_back(two: World) -> None:
    await two.happen(SpaceClosed, None, space="annexe")
    assert (await two.member("ana")).left_at is None
    await two.leave("ana", space="home")
    assert (await two.member("ana")).left_at is not None
    await two.happen(SpaceOpened, None, space="annexe", title="Annexe")
    assert (await two.member("ana")).left_at is None


async def test_an_import_says_who_is_in_which_place(world: World) -> None:
    start = world.clock.now()

    def record(number: int, kind: type, who: str, days: int, space: str) -> Record:
        key = f"m:{number}" if kind is MessageSent else f"x:{number}"
        event = kind(
            platform="fake",
            key=key,
            space=space,
            at=start - timedelta(days=days),
            actor=Person(who, who.capitalize()),
        )
        return Record((event,))

    await import_history(
        world.store,
        lambda platform, person: f"{platform}:{person}",
        "fake",
        "Data Kitchen",
        [
            Chapter("home", "Data Kitchen"),
            record(1, MessageSent, "ana", 9, "home"),
            record(2, MemberLeft, "ana", 8, "home"),
            record(3, MemberJoined, "bo", 9, "home"),
            record(4, MemberLeft, "bo", 8, "home"),
            record(5, MessageSent, "bo", 7, "home"),
            record(6, MessageSent, "cem", 9, "home"),
            record(7, MemberLeft, "cem", 8, "home"),
            Chapter("attic", "Attic"),
            record(8, MessageSent, "cem", 9, "attic"),
        ],
        path="x.json",
        now=start,
    )
    gone = {who: (await world.member(who)).left_at for who in ("ana", "bo", "cem")}
    assert gone == {"ana": start - timedelta(days=8), "bo": None, "cem": None}
    world.platforms["fake"].absent |= {"home/bo", "attic/cem"}
    assert await _roll(world) == []  # of who is known from a file alone a platform may know nothing


async def test_presence_is_in_mydata_and_goes_with_erasure(two: World) -> None:
    await two.say("ana", "/mydata")
    assert '"presences"' in (two.sent[-1].outgoing.file.content.decode())
    await two.say("ana", "/forgetme")
    await two.press("ana", "Erase everything")
    async with two.store.read() as unit:
        rows = (await unit.connection.execute(select(presences.c.account_id))).scalars().all()
        assert len(rows) == 2  # olga's


DIRECT = {"space": "direct", "direct": True}
AWAY = "You aren't in Data Kitchen any more"


async def _everything_of(world: World, who: str) -> tuple[int, int, int]:
    member = await world.member(who)
    return member.balance, member.earned, member.streak


async def test_who_left_is_served_nothing_but_what_is_theirs(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/shop 1 A sticker")
    await world.say("bo", "hello")
    await world.say("ana", "hello")
    await world.say("ana", "/redeem")
    shop = world.sent[-1].outgoing
    await world.leave("ana")
    had = await _everything_of(world, "ana")
    assert shop.buttons
    world.clock.advance(timedelta(hours=1))
    theirs = {name for name, each in world.house.registry.commands.items() if each.leavers}
    about = {"start", "help", "privacy", "mydata", "forgetme", "consent", "language"}
    assert theirs == about | {"paysupport", "terms"}  # who paid may ask, wherever they are
    for name, command in world.house.registry.commands.items():
        if name in theirs - {"forgetme", "consent"}:
            await world.say("ana", f"/{name}", **DIRECT)
            assert not world.last.startswith(AWAY), name
        elif name not in theirs and command.direct:
            await world.say("ana", f"/{name} @bo 5 tea", **DIRECT)
            assert world.last.startswith(AWAY), (name, world.last)
    for button in (button for row in shop.buttons for button in row):
        await world.press("ana", button.label, **DIRECT)
        assert world.last.startswith(AWAY)
        await world.press("ana", button.label)
        assert world.last.startswith(AWAY)
    assert await _everything_of(world, "ana") == had
    assert "Ana" not in await _board(world)
    await world.join("ana")
    await world.say("ana", "/checkin", **DIRECT)
    assert not world.last.startswith(AWAY)
    assert (await _everything_of(world, "ana")) != had


async def test_the_platform_is_asked_who_is_there(world: World) -> None:
    """A removal that nobody told of, and a return that nobody told of."""
    fake = world.platforms["fake"]
    await world.say("ana", "hello")
    fake.absent.add("home/ana")
    await world.say("ana", "/checkin", **DIRECT)
    assert world.last.startswith(AWAY)
    assert (await world.member("ana")).left_at == world.clock.now()
    assert "Ana" not in await _board(world)
    fake.absent.clear()
    await world.say("ana", "/points", **DIRECT)
    assert not world.last.startswith(AWAY)
    assert (await world.member("ana")).left_at is None
    # Where it can't be asked, what was known holds.
    fake.unsure = 3
    await world.say("ana", "/points", **DIRECT)
    assert not world.last.startswith(AWAY)
    await world.leave("ana")
    fake.unsure = 3
    fake.absent.clear()
    await world.say("ana", "/points", **DIRECT)
    assert world.last.startswith(AWAY)


async def test_a_newcomer_who_left_waits_for_nothing(world: World) -> None:
    world.moderator("mo")
    for who in ("ana", "bo"):
        await world.say(who, "hello")
    await world.leave("ana")
    await world.say("mo", "/newcomers")
    assert "2 people came and 2 of them wrote. 1 still waits for an answer" in world.last


async def test_who_left_one_of_two_places_is_served(two: World) -> None:
    await two.leave("ana", space="annexe")
    await two.say("ana", "/points", **DIRECT)
    assert not two.last.startswith(AWAY)
    await two.leave("ana", space="home")
    await two.say("ana", "/points", **DIRECT)
    assert two.last.startswith(AWAY)


async def _roll(world: World) -> list[MemberLeft] | None:
    gone = await roll_call(world.store, world.engine.rights, "fake", world.clock.now, pace=0.0)
    await world.hand_in(*(gone or ()))
    return gone


async def test_who_left_while_nobody_listened_is_found_to_be_gone(two: World) -> None:
    for who in ("bo", "cy"):
        await two.say(who, "hello")
    fake = two.platforms["fake"]
    fake.absent |= {"home/bo", "annexe/ana"}
    gone = await _roll(two)
    assert gone is not None
    assert {(each.space, each.actor.id) for each in gone if each.actor} == {("home", "bo"), ("annexe", "ana")}
    assert (await two.member("bo")).left_at == two.clock.now()
    assert (await two.member("ana")).left_at is None  # still in the other place
    assert await _board(two) == ["Ana", "Cy"]
    assert await _roll(two) == []  # nobody is asked about who is known to have left
    fake.absent.clear()
    await two.advance(minutes=2)
    await two.say("bo", "back")
    assert "Bo" in await _board(two)


async def test_a_platform_that_says_nothing_is_asked_again_and_moves_nobody(world: World) -> None:
    for number in range(6):
        await world.say(f"p{number}", "hello")
    world.platforms["fake"].unsure = 1_000
    assert await _roll(world) is None
    assert world.platforms["fake"].unsure > 1_000 - 3 * PATIENCE - 1  # each question is asked three times
    world.platforms["fake"].unsure = 0
    assert await _roll(world) == []


async def test_so_many_are_asked_about_and_those_first_who_are_shown_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.engine.roll_call.AT_MOST", 2)
    for who, times in (("ana", 1), ("bo", 3), ("cy", 2)):
        for _ in range(times):
            await world.say(who, "hello")
            world.clock.advance(timedelta(minutes=2))
    world.platforms["fake"].absent |= {"home/ana", "home/bo", "home/cy"}
    gone = await _roll(world)
    assert [each.actor.id for each in gone or () if each.actor] == ["bo", "cy"]
