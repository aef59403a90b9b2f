"""/leaderboard: pages of ten, three spans of time, one's own place always."""

from __future__ import annotations

import pytest

from core.domain.people import Person
from core.domain.pictures import Board
from core.features.membership.leaderboard import with_mine
from core.store.board import Standing
from tests.world import World


async def crowd(world: World, count: int) -> None:
    """Let people thank each other so that m0 has least and the last has most."""
    for i in range(count):
        for _ in range(i + 1):
            await world.say(f"m{i:02}", "hello")
            await world.advance(minutes=2)


async def test_ten_a_page_with_ones_own_place(world: World) -> None:
    await crowd(world, 12)
    await world.say("m00", "/leaderboard")
    first = world.sent[-1].outgoing
    points = {who.capitalize(): (await world.member(who)).balance for who in (f"m{i:02}" for i in range(12))}
    ranked = sorted(points, key=lambda name: -points[name])
    said = " · ".join(f"{i} {name} {points[name]}" for i, name in enumerate(ranked[:10], 1))
    assert world.last == f"Last 7 days · {said} … 12 you {points['M00']}"
    assert [[b.label for b in row] for row in first.buttons] == [["1/2", "›"], ["Last 30 days", "All time"]]
    board = first.picture
    assert isinstance(board, Board)
    assert [row.rank for row in board.rows] == [*range(1, 11), 12]
    assert [row.is_me for row in board.rows] == [False] * 10 + [True]
    assert [row.after_gap for row in board.rows] == [False] * 10 + [True]
    assert board.foot == "12 members with points · 2 March"
    await world.press("m00", "›")
    assert world.last == f"Last 7 days · 11 M01 {points['M01']} · 12 you {points['M00']}"
    await world.press("m00", "All time")
    assert world.last.startswith(f"All time · 1 {ranked[0]} ")


@pytest.mark.parametrize(
    ("page", "own", "above", "gaps"),
    [
        ((6, 6), 9, 5, [False, False, True]),
        ((6, 6), 8, 5, [False, False, False]),
        ((8, 9), 8, 8, [False, False, False]),
        ((8, 9), 2, 7, [False, True, False]),
    ],
)
def test_a_gap_stands_only_where_somebody_is_left_out(
    page: tuple[int, ...], own: int, above: int, gaps: list[bool]
) -> None:
    rows = [Standing(rank, 10 + i, f"m{i}", 5) for i, rank in enumerate(page)]
    shown = with_mine(rows, Standing(own, 1, "me", 5), above)
    assert [gap for _, gap in shown] == gaps


async def test_spans_of_time_count_what_was_earned_then(world: World) -> None:
    await world.say("ana", "hello")
    await world.advance(days=8)
    await world.say("li", "hello")
    await world.say("ana", "/leaderboard")
    assert world.last.startswith("Last 7 days · 1 Li ")
    assert world.last.endswith("You aren't on it yet.")
    await world.say("ana", "/leaderboard 30")
    assert "you" in world.last
    await world.say("ana", "/leaderboard 90")
    assert world.last == "period takes one of 7, 30, all, not “90”. Usage: /leaderboard [period]"


async def test_leavers_bots_erased_and_out_are_not_on_it(world: World) -> None:
    for who in ("ana", "gone", "erased", "out"):
        await world.say(who, "hello")
    await world.say(Person("robo", "Robo", bot=True), "beep")
    await world.leave("gone")
    await world.say("out", "/consent out")
    await world.press("out", "Yes, leave me out")
    await world.say("erased", "/forgetme")
    await world.press("erased", "Erase everything")
    await world.say("ana", "/leaderboard all")
    balance = (await world.member("ana")).balance
    assert world.last == f"All time · 1 you {balance}"
    await world.say("out", "/leaderboard all")
    assert world.last.endswith("You asked to be left out, so you aren't on it. /consent changes that.")


async def test_nobody_yet(world: World) -> None:
    await world.set(language="zh-CN")
    await world.say("ana", "/leaderboard")
    assert world.last == "近 7 天还没有人获得积分。"
