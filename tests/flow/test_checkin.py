"""/checkin: once a day in the community's own time, with streaks."""

from __future__ import annotations

from tests.world import World


async def test_a_streak_gives_one_more_each_day_up_to_seven(world: World) -> None:
    given: list[int] = []
    before = 0
    for _ in range(9):
        await world.say("ana", "/checkin")
        balance = (await world.member("ana")).balance
        given.append(balance - before)
        before = balance
        await world.advance(days=1)
    assert given == [11, 12, 13, 14, 15, 16, 17, 17, 17]
    assert "Day 9 in a row: +17 points, 132 in all. Tomorrow +17." in world.texts


async def test_a_second_one_that_day_is_refused_to_the_asker_alone(world: World) -> None:
    await world.say("ana", "/checkin")
    assert world.last == "Checked in: +11 points, 11 in all. Tomorrow +12."
    await world.say("ana", "/checkin")
    assert world.last == "You checked in today already. Come back tomorrow."
    assert world.sent[-1].outgoing.private
    assert (await world.member("ana")).balance == 11


async def test_the_day_is_the_communitys_own(world: World) -> None:
    await world.set(timezone="Asia/Shanghai")
    await world.advance(hours=6, minutes=30)  # 23:30 in Shanghai
    await world.say("ana", "/checkin")
    await world.advance(hours=1)
    await world.say("ana", "/checkin")
    member = await world.member("ana")
    assert (member.streak, member.balance, member.checked_in_on) == (2, 23, "2026-03-03")


async def test_a_missed_day_begins_anew(world: World) -> None:
    await world.say("ana", "/checkin")
    await world.advance(days=2)
    await world.say("ana", "/checkin")
    assert (await world.member("ana")).streak == 1


async def test_in_chinese(world: World) -> None:
    await world.set(language="zh-CN")
    await world.say("ana", "/checkin")
    assert world.last == "签到成功，+11 积分，当前 11 积分。明天签到 +12。"
