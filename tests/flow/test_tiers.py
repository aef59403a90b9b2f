"""Tiers: judged once a day, given at once, lost after a warning and two weeks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.domain.tiers import Tier
from core.features.membership.tier import kept_until
from tests.world import World

TIERS = (Tier("newcomer", 0, 0), Tier("regular", 1, 4, "the #workshop room"))


async def regular(world: World) -> None:
    """Let Ana be there on six days, which makes her a Regular."""
    await world.set(tiers=TIERS)
    for _ in range(6):
        await world.say("ana", "hello")
        await world.advance(minutes=2)
        await world.say("ana", "again")
        await world.advance(days=1)


async def test_who_has_the_level_and_the_days_rises_and_is_praised(world: World) -> None:
    await regular(world)
    assert (await world.member("ana")).tier == 1
    assert world.texts[-1] == "Ana moved up to Regular: the #workshop room."
    assert world.texts.count("Ana moved up to Regular: the #workshop room.") == 1
    await world.say("ana", "/tier")
    # Six days until 7 March: on 3 April three are left of the last 30, and a fortnight later the tier goes.
    assert world.last.splitlines() == [
        "Your tier is Regular until 17 April at least.",
        "· Newcomer: everybody",
        "· Regular: level 1, active on 4 of 30 days; gives the #workshop room",
    ]


async def test_a_tier_comes_within_minutes_of_the_day_or_level_it_asks(world: World) -> None:
    await world.set(tiers=(TIERS[0], Tier("regular", 1, 3), Tier("insider", 3, 3)))
    for _ in range(2):
        await world.say("ana", "/checkin")
        await world.say("ana", "hello")
        await world.advance(days=1)
    world.clock.advance(timedelta(hours=5))  # long before the next look at 09:00
    await world.say("ana", "hello")
    world.moderator("mo")
    await world.say("mo", "/grant @ana 150 for the talk")
    said = len(world.sent)
    await world.advance(minutes=6)
    assert world.texts[said:] == ["Ana moved up to Regular."]
    await world.say("ana", "/tier")
    assert world.last.startswith("Your tier is Regular")
    await world.say("mo", "/grant @ana 500 for the next one")
    said = len(world.sent)
    await world.advance(minutes=12)
    assert world.texts[said:] == ["Ana moved up to insider."]


async def test_a_tier_is_lost_after_a_warning_and_fourteen_days(world: World) -> None:
    await regular(world)
    said = len(world.sent)
    await world.advance(days=27)
    warning = world.texts[said]
    assert warning == (
        "Your tier Regular in Data Kitchen asks for level 1 and 4 active days of the last 30; you have 3. "
        "Be around again before 17 April and it stays yours."
    )
    assert world.sent[said].outgoing.private
    await world.say("ana", "/tier")
    assert world.last.splitlines()[0] == (
        "Your tier is Regular until 17 April. To keep it: level 1 and active on 4 of the last 30 days."
    )
    await world.advance(days=12)
    assert (await world.member("ana")).tier == 1
    await world.advance(days=2)
    assert (await world.member("ana")).tier == 0
    assert world.last == (
        "Your tier in Data Kitchen is Newcomer now. "
        "Regular is yours again as soon as you have 4 active days of the last 30."
    )
    await world.advance(days=20)
    assert len(world.sent) == said + 3


async def test_who_comes_back_in_time_keeps_it(world: World) -> None:
    await regular(world)
    await world.advance(days=28)
    assert (await world.member("ana")).tier_grace_until is not None
    for _ in range(5):
        await world.say("ana", "hello")
        await world.advance(days=1)
    member = await world.member("ana")
    assert (member.tier, member.tier_grace_until) == (1, None)


async def test_many_who_rise_are_named_in_one_message(world: World) -> None:
    await world.set(tiers=(TIERS[0], Tier("regular", 0, 2)))
    for _ in range(2):
        for i in range(8):
            await world.say(f"m{i}", "hello")
        await world.advance(days=1)
    assert world.texts == ["M0, M1, M2, M3, M4 and 3 more moved up to Regular."]


async def test_a_rise_in_chinese(world: World) -> None:
    await world.set(tiers=(TIERS[0], Tier("regular", 0, 1)), language="zh-CN")
    for who in ("m0", "m1"):
        await world.say(who, "hello")
    await world.advance(days=1)
    assert world.last == "恭喜 M0、M1 成为「常客」。"


async def test_how_far_one_is_stands_before_the_list(world: World) -> None:
    await world.set(language="zh-CN")
    await world.say("ana", "hello")
    await world.advance(hours=1)
    await world.say("ana", "/tier")
    assert world.last.splitlines()[:2] == [
        "你现在是「新成员」。",
        "距离「常客」：需要 5 级（你 0 级），近 30 天活跃 4 天（你 1 天）。",
    ]


def test_until_when_a_tier_is_kept_follows_from_the_days_that_fade() -> None:
    now = datetime(2026, 3, 31, 12, tzinfo=UTC)
    tier = Tier("t", 0, 3)
    days = tuple(1 if i in {5, 9, 20, 29} else 0 for i in range(30))
    # The days at 5 and 9 fade after 6 and 10 days: two are left on the tenth day from now.
    assert kept_until(tier, days, now) == now + timedelta(days=10 + 14)
    assert kept_until(tier, (0,) * 30, now) == now + timedelta(days=14)
    assert kept_until(Tier("t", 3, 0), days, now) is None
