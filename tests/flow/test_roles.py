"""What tiers ask and give, and the roles that follow them."""

from __future__ import annotations

import asyncio

from bot.deliver import Deliverer
from bot.platforms.port import RetryLater, Unreachable
from core.domain.errors import KithError
from core.domain.people import Rights
from core.store.unit import Store
from tests.world import World
from tests.world.platform import FakePlatform


async def _with_tiers(world: World, **held: int) -> None:
    """Let these people be in the tiers of these places."""
    world.moderator("olga", Rights.OWNER)
    for who, tier in held.items():
        await world.say(who, "hello")
        member = await world.member(who)
        member.tier = tier
        async with world.store.begin() as unit:
            await unit.members.save([member])


def _roles(world: World, who: str) -> set[str]:
    return world.platforms["fake"].roles.get(who, set())


async def test_a_tier_asks_and_gives_what_the_owner_says(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/tiers")
    assert "2 Regular: level 5, active on 4 of the last 30 days." in world.last
    await world.say("olga", "/tiers regular name Insider")
    await world.say("olga", "/tiers insider level 7")
    await world.say("olga", "/tiers 2 days 0")
    await world.say("olga", "/tiers 2 benefits early access, the #lounge")
    assert world.last.startswith("2 Insider: level 7. Gives: early access, the #lounge.")
    await world.press("olga", "Level +1")
    assert (await world.community()).settings.tiers[1].level == 8
    for text, answer in (
        ("/tiers gold level 3", "There is no tier called “gold”. There are: Newcomer, Insider, Contributor, Core."),
        ("/tiers 2 level 16", "Insider takes level from 0 to 15, between the tiers below and above it."),
        ("/tiers 1 level 1", "Newcomer takes level from 0 to 0,"),
        ("/tiers 2 days many", "Insider takes days from 0 to 12,"),
        ("/tiers 3 name insider", "A tier needs a name of its own, and “insider” is none."),
        ("/tiers 3 level", "To what? Say /tiers 3 level and the value."),
        ("/tiers 3 colour red", "what takes one of name, level, days, benefits, role, title, not “colour”."),
        ("/tiers 3 title Insider", "Titles are Telegram's, and no Telegram group belongs to this community."),
    ):
        await world.say("olga", text)
        assert world.last.startswith(answer), world.last
    assert (await world.community()).settings.tiers[1].level == 8


async def test_a_role_is_tied_after_a_dry_run_and_follows_the_tier(world: World) -> None:
    await _with_tiers(world, ana=1, li=1, noor=0, eve=2)
    await world.say("olga", "/tiers regular role Regulars")
    assert world.last == ("If “Regulars” followed the tier Regular:\n2 would get “Regulars”: Ana, Li")
    assert not any(tier.role for tier in (await world.community()).settings.tiers)
    assert _roles(world, "ana") == set()
    await world.press("olga", "Do it")
    assert _roles(world, "ana") == _roles(world, "li") == {"Regulars"}
    assert _roles(world, "noor") == _roles(world, "eve") == set()

    await _with_tiers(world, ana=2, noor=1)
    await world.advance(minutes=1)
    assert _roles(world, "ana") == set()
    assert _roles(world, "noor") == {"Regulars"}

    await world.say("olga", "/tiers contributor role <@&4711>")
    assert "2 would get “4711”: Ana, Eve" in world.last
    await world.press("olga", "Do it")
    assert _roles(world, "eve") == {"4711"}
    await world.say("olga", "/tiers regular role none")
    assert "2 would lose “Regulars”: Li, Noor" in world.last
    await world.press("olga", "Do it")
    assert _roles(world, "li") == set()


async def test_kith_takes_only_what_it_gave(world: World) -> None:
    await _with_tiers(world, ana=0)
    world.platforms["fake"].roles["ana"] = {"Regulars"}
    await world.say("olga", "/tiers regular role Regulars")
    assert world.last.endswith("Nobody would get or lose anything now.")
    await world.press("olga", "Do it")
    await world.advance(hours=1)
    assert _roles(world, "ana") == {"Regulars"}


async def test_who_leaves_gets_the_role_again_on_return(world: World) -> None:
    await _with_tiers(world, ana=1)
    await world.say("olga", "/tiers regular role Regulars")
    await world.press("olga", "Do it")
    await world.leave("ana")
    world.platforms["fake"].roles.clear()
    await world.advance(minutes=1)
    assert _roles(world, "ana") == set()
    await world.join("ana")
    await world.advance(minutes=1)
    assert _roles(world, "ana") == {"Regulars"}


async def test_a_pause_is_kept_and_a_refusal_is_shown_to_the_owner(world: World) -> None:
    await _with_tiers(world, ana=1, li=1)
    fake = world.platforms["fake"]
    fake.refuse_roles = [RetryLater(600), KithError("error-role-refused", why="Kith's role is too low")]
    await world.say("olga", "/tiers regular role Regulars")
    await world.press("olga", "Do it")
    assert _roles(world, "ana") == _roles(world, "li") == set()
    await world.advance(minutes=11)
    assert _roles(world, "ana") == {"Regulars"}
    await world.say("olga", "/tiers")
    assert "⚠ 1 person's role wasn't changed: the platform refused: Kith's role is too low" in world.last
    fake.refuse_roles = [Unreachable("no such role")]
    await world.press("olga", "Try those again")
    await world.say("olga", "/tiers")
    assert "⚠ 1 person's role wasn't changed: the platform refused: no such role" in world.last
    await world.press("olga", "Try those again")
    assert _roles(world, "li") == {"Regulars"}
    await world.say("olga", "/tiers")
    assert "⚠" not in world.last


async def test_a_role_on_its_way_survives_a_crash(world: World) -> None:
    await _with_tiers(world, ana=1)
    await world.say("olga", "/tiers regular role Regulars")
    dies = world.house.deliverers.pop("fake")
    await world.press("olga", "Do it")
    assert [letter.kind for letter in await dies.claim()] == ["reply", "role"]
    again = Deliverer(world.store, world.platforms["fake"], world.clock, asyncio.Event())
    assert await again.drain() == 0
    await world.advance(minutes=3)
    assert await again.drain() >= 2
    assert _roles(world, "ana") == {"Regulars"}


async def test_titles_follow_on_telegram(store: Store) -> None:
    world = World(store, FakePlatform(name="telegram"))
    await world.open()
    await _with_tiers(world, ana=3)
    await world.say("olga", "/tiers core title Pillar")
    await world.press("olga", "Do it")
    assert world.platforms["telegram"].roles["ana"] == {"Pillar"}
    await world.say("olga", "/tiers core title An endless title for anybody")
    assert world.last == "That is too long: 16 characters at most."
    await world.say("olga", "/tiers core role Pillar")
    assert world.last.startswith("Roles are Discord's, and no Discord server belongs to this community.")
