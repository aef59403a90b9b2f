"""/link and /unlink: two accounts, one member, and back."""

from __future__ import annotations

import re

import pytest

from core.domain.events import SpaceOpened
from core.domain.people import Consent
from core.store.unit import Store
from tests.world import World
from tests.world.platform import FakePlatform


@pytest.fixture
async def world(store: Store) -> World:
    """Give a world whose community has a space on each of two platforms."""
    made = World(store, FakePlatform("telegram"), FakePlatform("discord"))
    await made.open()
    await made.happen(SpaceOpened, None, space="guild", platform="discord", title="Guild")
    home = await made.community()
    async with store.begin() as unit:
        guild = (await unit.communities.spaces("discord", ["guild"]))["guild"]
        guild.community_id = home.id
        await unit.communities.save_space(guild)
    return made


async def code_for(world: World, who: str, **where: str) -> str:
    await world.say(who, "/link", **where)
    found = re.search(r"/link (\w{4}-\w{4})", world.last)
    assert found is not None, world.last
    return found[1]


async def joined(world: World) -> None:
    code = await code_for(world, "ana")
    await world.say("anna", f"/link {code}", platform="discord", space="guild")
    await world.press("anna", "Join", platform="discord")


async def balances(world: World) -> dict[int, int]:
    """Return the balances of a community, after comparing them with the sums of the ledger."""
    community = await world.community()
    async with world.store.read() as unit:
        members = await unit.members.all(community.id)
        sums = await unit.ledger.sums(community.id)
    assert {m.id: m.balance for m in members if m.balance} == {k: v for k, v in sums.items() if v}
    return {m.id: m.balance for m in members}


async def test_two_accounts_become_one_and_part_again(world: World) -> None:
    await world.say("ana", "hello")
    await world.say("ana", "/checkin")
    await world.say("anna", "hello", platform="discord", space="guild")
    telegram = await world.member("ana")
    discord = await world.member("anna", "guild", "discord")
    code = await code_for(world, "anna", platform="discord", space="guild")
    await world.say("ana", f"/link {code.lower()}")
    assert world.last == (
        f"Join this account with Anna on Discord? {discord.balance} and {telegram.balance} points become "
        f"{discord.balance + telegram.balance}."
    )
    await world.press("ana", "Join")
    assert f"You have {discord.balance + telegram.balance} points on both now." in world.texts[-2]
    assert world.last.startswith("Your account is joined with Ana on Telegram now.")
    one = await world.member("ana")
    assert one == await world.member("anna", "guild", "discord")
    assert (one.balance, one.streak) == (discord.balance + telegram.balance, 1)
    await balances(world)
    await world.say("anna", "/checkin", platform="discord", space="guild")
    assert world.last.startswith("You checked in today already")
    await world.say("ana", "/unlink")
    await world.press("ana", "Part them")
    assert (await world.member("ana")).balance == telegram.balance
    assert (await world.member("ana")).name == "Ana"
    assert (await world.member("anna", "guild", "discord")).balance == discord.balance
    await balances(world)
    await world.say("ana", "/unlink")
    assert world.last == "Your accounts aren't joined. /link joins them."


async def test_the_other_direction(world: World) -> None:
    await world.say("ana", "/checkin")
    await joined(world)
    assert (await world.member("anna", "guild", "discord")).balance == 11


async def test_parting_after_spending_leaves_nobody_below_zero(world: World) -> None:
    for _ in range(3):
        await world.say("ana", "/checkin")
        await world.advance(days=1)
    await world.say("anna", "hello", platform="discord", space="guild")
    await joined(world)
    community = await world.community()
    async with world.store.begin() as unit:
        await unit.benefits.add(community.id, "Mug", 40, None, world.clock.now())
    await world.say("anna", "/redeem", platform="discord", space="guild")
    await world.press("anna", "Mug", platform="discord")
    await world.press("anna", "Take it", platform="discord")
    total = (await world.member("ana")).balance
    await world.say("anna", "/unlink", platform="discord", space="guild")
    await world.press("anna", "Part them", platform="discord")
    after = await balances(world)
    assert sum(after.values()) == total
    assert min(after.values()) >= 0


async def test_codes_that_are_used_old_own_unknown_or_elsewhere(world: World) -> None:
    code = await code_for(world, "ana")
    await world.say("ana", f"/link {code}")
    assert world.last == "That code is your own. Enter it on the other platform."
    await world.say("bob", f"/link {code}")
    assert world.last == "Both would have an account on Telegram; one member can have one there."
    await world.say("anna", f"/link {code}", platform="discord", space="guild")
    await world.press("anna", "Leave as it is", platform="discord")
    assert world.last == "Nothing was changed."
    await world.say("bella", f"/link {code}", platform="discord", space="guild")
    refused = "That code is unknown, used or older than 10 minutes. Say /link on the other platform for a new one."
    assert world.last == refused
    old = await code_for(world, "ana")
    await world.advance(minutes=11)
    await world.say("anna", f"/link {old}", platform="discord", space="guild")
    assert world.last == refused
    await world.say("anna", "/link nonsense", platform="discord", space="guild")
    assert world.last == refused
    assert all(text.private for text in (sent.outgoing for sent in world.sent))


async def test_a_confirmation_counts_once_and_for_a_while(world: World) -> None:
    code = await code_for(world, "ana")
    await world.say("anna", f"/link {code}", platform="discord", space="guild")
    await world.advance(minutes=11)
    await world.press("anna", "Join", platform="discord")
    assert world.last.startswith("That code is unknown")
    await joined(world)
    await world.say("ana", "/unlink")
    await world.press("ana", "Part them")
    await world.press("anna", "Join", platform="discord")
    assert world.last.startswith("That code is unknown")


async def test_a_code_of_another_community_sounds_unknown(world: World) -> None:
    await world.happen(SpaceOpened, None, space="other", platform="discord", title="Other")
    code = await code_for(world, "ana")
    await world.say("anna", f"/link {code}", platform="discord", space="other")
    assert world.last.startswith("That code is unknown")


async def test_the_narrower_consent_holds_and_out_is_refused(world: World) -> None:
    await world.say("ana", "/consent personal")
    await world.say("anna", "hello", platform="discord", space="guild")
    await joined(world)
    assert (await world.member("ana")).consent is Consent.COUNTED
    await world.say("zoe", "/consent out")
    await world.press("zoe", "Yes, leave me out")
    await world.say("zoe", "/link")
    assert world.last.startswith("You asked to be left out")


async def test_what_happens_between_joined_accounts_gives_nothing(world: World) -> None:
    message = await world.say("ana", "hello")
    await joined(world)
    before = (await world.member("ana")).balance
    await world.react("anna", message, platform="discord", space="guild")
    await world.say("anna", "/thanks ana", platform="discord", space="guild")
    assert world.last == "Thanks go to others. Usage: /thanks @member"
    assert (await world.member("ana")).balance == before


async def test_one_platform_alone_has_nothing_to_join(store: Store) -> None:
    world = World(store)
    await world.open()
    await world.say("ana", "/link")
    assert world.last == "This community is on Fake alone so far, so there is nothing to join."
