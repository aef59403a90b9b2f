"""Plans that a platform itself is paid for: until when, as Telegram and Discord tell it, and over with the place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.platforms.discord.known import Known
from bot.platforms.discord.messages import told
from bot.platforms.discord.translate import translate
from bot.platforms.telegram.translate import Translator
from core.domain.events import MemberJoined, MemberLeft, RolesTold
from core.domain.memberships import MembershipPaid
from core.domain.plans import Plan, books
from tests.world import World


async def plan(world: World, **more: Any) -> None:
    here = await world.community()
    async with world.store.begin() as unit:
        space = (await unit.communities.spaces(world.default, ["home"]))["home"].id
        given = {"space_id": space} if not more else {**more, "role_space_id": space}
        await unit.plans.add(here.id, Plan(name="Pro", **given), world.clock.now())


async def pay(world: World, *, days: int = 30, **more: Any) -> None:
    await world.happen(MembershipPaid, "ana", until=world.clock.now() + timedelta(days=days), **more)


async def standing(world: World) -> str:
    await world.say("ana", "/plans")
    return world.last


async def test_a_paid_channel_says_until_when_and_ends_with_the_place(world: World) -> None:
    await world.say("bo", "hello")
    await plan(world)
    await world.happen(MemberJoined, "ana")
    assert "Yours" in await standing(world)
    assert "until" not in world.last
    await pay(world)
    assert "Yours until 1 April" in await standing(world)
    world.clock.advance(timedelta(days=29))
    await pay(world, days=31, again=True)
    assert "Yours until 1 May" in await standing(world)
    world.clock.advance(timedelta(days=40))  # nobody told of the next one, and they are still there
    assert "Yours" in await standing(world)
    await pay(world, again=True)
    await world.happen(MemberLeft, "ana")
    await world.happen(MemberJoined, "ana", at=world.clock.now() + timedelta(seconds=1))
    assert "until" not in await standing(world)
    here = await world.community()
    async with world.store.read() as unit:
        assert books([each.payments for each in await unit.payments.all(here.id)], "UTC") == []


@pytest.mark.parametrize("paid", [{"role": "7"}, {"role": "", "tier": "PRO"}])
async def test_a_subscribed_role_says_until_when_and_ends_with_the_role(world: World, paid: dict[str, Any]) -> None:
    await world.say("ana", "hello")
    await plan(world, role="7")
    await pay(world, **paid)
    await pay(world, role="8", tier="Other", days=300)
    await world.happen(RolesTold, "ana", roles=frozenset({"7"}))
    assert "Yours until 1 April" in await standing(world)
    world.clock.advance(timedelta(days=31))
    assert "Yours" in await standing(world)  # the role is still theirs
    assert "until" not in world.last
    await world.happen(RolesTold, "ana", roles=frozenset[str]())
    assert "Yours" not in await standing(world)


def test_telegram_tells_how_far_a_member_has_paid(world: World) -> None:
    translator = Translator(1, "kith", world.clock)

    def change(old: dict[str, Any], new: dict[str, Any]) -> list[Any]:
        user = {"id": 5, "is_bot": False, "first_name": "Ana"}
        it = {
            "chat": {"id": -100, "type": "channel", "title": "Paid"},
            "from": user,
            "date": 1_772_000_000,
            "old_chat_member": {"user": user, **old},
            "new_chat_member": {"user": user, **new},
        }
        return translator.translate({"update_id": 1, "chat_member": it})

    def paid(found: list[Any]) -> list[tuple[int, bool]]:
        return [(int(each.until.timestamp()), each.again) for each in found if isinstance(each, MembershipPaid)]

    first = {"status": "member", "until_date": 1_775_000_000}
    then = {"status": "member", "until_date": 1_778_000_000}
    joined = change({"status": "left"}, first)
    assert any(isinstance(each, MemberJoined) for each in joined)
    assert paid(joined) == [(1_775_000_000, False)]
    assert paid(change(first, then)) == [(1_778_000_000, True)]
    assert paid(change(then, then)) == []
    assert paid(change(then, {"status": "restricted", "is_member": True, "until_date": 1_779_000_000})) == []


def test_discord_tells_of_a_subscribed_role(world: World) -> None:
    known, now = Known("1"), world.clock.now()
    tagged = {"id": "77", "name": "Pro", "tags": {"subscription_listing_id": "900"}}
    assert translate("GUILD_ROLE_CREATE", {"guild_id": "3", "role": tagged}, known, now) == []
    message = {
        "id": "500",
        "type": 25,
        "channel_id": "4",
        "guild_id": "3",
        "timestamp": "2026-03-02T09:00:00+00:00",
        "content": "",
        "mentions": [],
        "author": {"id": "5", "username": "ana"},
        "role_subscription_data": {
            "role_subscription_listing_id": "900",
            "tier_name": "Pro",
            "total_months_subscribed": 2,
            "is_renewal": True,
        },
    }
    (live,) = translate("MESSAGE_CREATE", message, known, now)
    assert isinstance(live, MembershipPaid)
    assert (live.role, live.tier, live.again, live.actor and live.actor.id) == ("77", "Pro", True, "5")
    later = told({name: each for name, each in message.items() if name != "guild_id"}, "3", known)
    assert [each.key for each in later] == [live.key]  # the same when it is fetched
