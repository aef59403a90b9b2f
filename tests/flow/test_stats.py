"""/stats and /mystats: figures as `kith stats` has them, true lines where little is known, nobody who didn't agree."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.cli.stats import figures
from core.domain.events import Event, MemberJoined, MemberLeft, MessageSent, VoiceLeft
from core.domain.people import Person
from core.domain.pictures import Cells, Chart
from core.engine.news import roll_up
from core.store.counts import ROOM_MESSAGES
from tests.world import World

PEOPLE = tuple(f"p{number}" for number in range(12))


async def lived(world: World, days: int, *, joins: int = 4, since_halved: int = 0) -> None:
    """Let a community live so many days until now: people write in two rooms, some sit in voice, come and leave.

    In its last `since_halved` days half as many join.
    """
    rng, now, events = random.Random(4), world.clock.now(), list[Event]()
    for ago in range(days, 0, -1):
        day = (now - timedelta(days=ago)).replace(hour=0, minute=30)

        def at(hour: int, who: str, day: datetime = day) -> dict[str, Any]:
            key = f"m:{days}x{len(events)}"
            actor = Person(who, who.capitalize())
            return {"platform": "fake", "space": "home", "key": key, "at": day + timedelta(hours=hour), "actor": actor}

        for _ in range(rng.randint(5, 9)):
            hour = rng.choice((9, 20, 20, 20))
            events.append(MessageSent(**at(hour, rng.choice(PEOPLE)), room=rng.choice(("help", "help", "show"))))
        for number in range(joins if ago > since_halved else joins // 2):
            events.append(MemberJoined(**at(12, f"new{ago}x{number}")))
        if ago % 5 == 0:
            events.append(MemberLeft(**at(13, f"new{ago}x0")))
            stay = at(21, "p1")
            since = day + timedelta(hours=20, minutes=15)
            events.append(VoiceLeft(**stay, since=since, room="lounge"))
    for start in range(0, len(events), 400):
        await world.hand_in(*events[start : start + 400])
    await roll_up(world.store, (await world.community()).id)


def number(text: str, pattern: str) -> float:
    found = re.search(pattern, text)
    assert found, (pattern, text)
    return float(found[1].replace(",", ""))


async def test_a_community_is_told_against_the_time_before_and_as_kith_stats_tells_it(world: World) -> None:
    world.moderator("mo")
    world.clock.advance(timedelta(hours=1))
    await lived(world, 60)
    await world.say("mo", "/stats 90")
    said, sent = world.last, world.sent[-1].outgoing
    stats = await figures(world.store, "Data Kitchen")
    assert number(said, r"Messages: ([\d,]+)") == stats["messages"]
    assert "12 people did something here, and all of them wrote." in said
    assert stats["authors"] == 12
    assert "60 days to 1 March" in said
    assert "before" not in said.splitlines()[1]  # ninety days before these nothing is known
    assert "Joined: 240 · left: 12" in said
    assert "Voice: 540 minutes" in said
    assert said.endswith("Who only reads I don't see.")
    assert isinstance(sent.picture, Chart)
    assert sum(value or 0 for value in sent.picture.series[0].values) == stats["messages"]
    async with world.store.read() as unit:
        home = await world.community()
        rooms = await unit.counts.by_room(home.id, ROOM_MESSAGES, (0, 100_000))
    assert sum(rooms.values()) == stats["messages"]

    await world.press("mo", "30 days")
    text = world.last
    now, before = number(text, r"Messages: (\d+)"), number(text, r"Messages: \d+ \(before: (\d+)")
    assert now + before == stats["messages"]
    mean, month = number(text, r"Active people: ([\d.]+)"), number(text, r"7 days, (\d+) in 30")
    assert number(text, r"month's\): (\d+) %") == round(100 * mean / month)
    assert "Busiest" in text
    await world.press("mo", "Peak hours")
    hours = world.sent[-1].outgoing.picture
    assert isinstance(hours, Cells)
    assert sum(map(sum, hours.values)) == now + 6  # type: ignore[arg-type]  # stays in voice rooms are deeds too
    assert max(range(24), key=lambda hour: sum(row[hour] or 0 for row in hours.values)) == 20
    await world.press("mo", "Joins and leaves")
    moves = world.sent[-1].outgoing.picture
    assert isinstance(moves, Chart)
    assert [sum(each.values) for each in moves.series] == [8 * 7 * 4, 11]  # type: ignore[arg-type]


async def test_who_asked_to_be_left_out_is_in_no_figure(world: World) -> None:
    world.moderator("mo")
    await lived(world, 40)
    await world.say("p1", "/consent out")
    await world.press("p1", "Yes, leave me out")
    await world.say("mo", "/stats 90")
    stats = await figures(world.store, "Data Kitchen")
    assert stats["authors"] == 11
    assert number(world.last, r"Messages: ([\d,]+)") == stats["messages"]
    assert "11 people did something here, and all of them wrote." in world.last


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_it_is_told_through_which_links_five_or_more_came(world: World, language: str) -> None:
    world.moderator("mo")
    await world.say("mo", f"/language {language}")
    came = [("newsletter", 7), ("*podcast*", 5), ("a friend", 4), (None, 9)]
    events = [
        MemberJoined(
            platform="fake",
            space="home",
            key=f"j:{source}{number}",
            at=world.clock.now() - timedelta(days=2, minutes=number),
            actor=Person(f"{source}{number}", "Somebody"),
            source=source,
        )
        for source, count in came
        for number in range(count)
    ]
    await world.hand_in(*events, replace(events[0], key="j:again"))
    await world.say("mo", "hello", room="general")
    await world.advance(days=1)
    await world.say("mo", "/stats")
    told = {
        "en": "Came through: newsletter 7, *podcast* 5 (invite links of five people or more)",
        "zh": "来自邀请链接：newsletter 7 人、*podcast* 5 人（只列 5 人以上的链接）",
    }
    assert told[language] in world.last.splitlines()


@pytest.mark.parametrize(("language", "ago"), [("en", 8), ("zh", 25)])
async def test_joins_that_fell_by_half_are_noted_and_shown(world: World, language: str, ago: int) -> None:
    world.moderator("mo")
    await lived(world, 70, joins=14, since_halved=ago)
    await world.say("mo", f"/language {language}")
    await world.say("mo", "/stats")
    picture = world.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    note = {
        "en": "Joins fell by half since Sunday, 22 February: 7 a day instead of 14",
        "zh": "2月5日（周四）起，加入人数减半：平均每天 7，此前 14",
    }[language]
    assert f"⚠ {note}" in world.last
    assert picture.title == note
    # Before the change as many days are drawn as since.
    assert picture.series[0].values[-2 * ago :] == (14,) * ago + (7,) * ago
    await world.say("mo", "/chart " + {"en": "Messages by day", "zh": "每日消息数"}[language])
    assert isinstance(world.sent[-1].outgoing.picture, Chart)


async def test_a_room_is_told_by_its_name_and_where_one_is(world: World) -> None:
    world.moderator("mo")
    await lived(world, 40)
    home = await world.community()
    async with world.store.begin() as unit:
        (space,) = await unit.communities.spaces_of(home.id)
        for room in (await unit.communities.rooms([space.id])).values():
            room.name = room.external_id
            await unit.communities.name_room(room)
    await world.say("mo", "/stats #help 90")
    help_ = number(world.last, r"Messages: ([\d,]+)")
    assert world.last.startswith("#help · 40 days")
    await world.say("mo", "/stats room", room="show")
    assert world.last.startswith("#show · 30 days")
    await world.press("mo", "90 days")
    stats = await figures(world.store, "Data Kitchen")
    assert help_ + number(world.last, r"Messages: ([\d,]+)") == stats["messages"]
    await world.press("mo", "Peak hours")
    assert isinstance(world.sent[-1].outgoing.picture, Cells)
    await world.say("mo", "/stats lounge")
    assert "Voice: 270 minutes" in world.last
    await world.say("mo", "/stats room")
    assert world.last.startswith("You aren't in a room that I tell apart")
    await world.say("mo", "/stats #helpdesk")
    assert world.last.startswith("I know neither a room nor a member called “#helpdesk”.")
    assert [button.label for row in world.sent[-1].outgoing.buttons for button in row] == ["#help"]
    await world.say("mo", "/stats community 7")
    assert world.last.startswith("Data Kitchen · 7 days")
    await world.say("ana", "/stats")
    assert world.last == "That's for moderators of this community."


async def test_a_member_is_shown_only_where_they_agreed_and_to_the_asker_alone(world: World) -> None:
    world.moderator("mo")
    await lived(world, 30)
    await world.say("p1", "/consent counted")
    await world.say("mo", "/stats @p1")
    assert world.last.startswith("P1 hasn't agreed to be looked at alone")
    assert world.sent[-1].outgoing.picture is None
    await world.say("p1", "/mystats")
    counted = world.sent[-1].outgoing
    assert isinstance(counted.picture, Chart)
    assert [each.label for each in counted.picture.series] == ["Active days", "Points earned"]
    assert counted.to == "p1"
    await world.say("p1", "/consent personal")
    await world.say("p1", "/mystats")
    own = world.sent[-1].outgoing.picture
    await world.say("mo", "/stats P1 30")
    shown = world.sent[-1].outgoing
    assert shown.to == "mo"
    assert isinstance(own, Chart)
    assert isinstance(shown.picture, Chart)
    assert own.series == shown.picture.series
    async with world.store.read() as unit:
        (account,) = (await unit.members.find("fake", {(await world.community()).id: ["p1"]})).values()
        days = await unit.rollups.days_of(account.member_id, world.clock.now(), 84)
    assert sum(own.series[1].values) == sum(1 for each in days if each)
    assert sum(own.series[0].values) + 6 == sum(days)  # and six stays in the lounge


async def test_where_little_is_known_that_is_said_in_plain_lines(world: World) -> None:
    world.moderator("mo")
    await world.open()
    await world.say("mo", "/stats")
    assert world.last == "Nothing has happened in Data Kitchen yet that I could count."
    await world.say("mo", "/mystats")
    assert world.last.startswith("Nothing in the last twelve weeks")
    await world.say("ana", "hello")
    await roll_up(world.store, (await world.community()).id)
    await world.say("mo", "/stats")
    assert world.last.startswith("I have been counting for less than a day: 1 message so far.")
    await world.advance(days=1)
    await world.say("mo", "/stats")
    assert "Messages: 1\n" in world.last
    assert world.sent[-1].outgoing.picture is None
    await world.press("mo", "Peak hours")
    assert "K-" not in world.last
    world.clock.advance(timedelta(days=200))
    await world.say("mo", "/stats")
    assert world.last.splitlines()[1:] == ["Nothing happened in that time. The last day with anything was 2 March."]
    for name in ("messages_by_day", "active_people", "peak_hours", "joins_and_leaves"):
        await world.say("mo", f"/chart {name}")
        assert world.last == "There are too few figures for this chart yet."
    await world.say("mo", "/stats 14")
    assert world.last.startswith("I know neither a room nor a member called “14”.")


async def test_days_end_where_utc_days_do_and_hours_are_the_communitys(world: World) -> None:
    world.moderator("mo")
    await world.say("ana", "first")
    home = await world.community()
    await world.set(timezone="Asia/Shanghai")
    start = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # Tuesday, 7:30 in Shanghai
    for _ in range(2):
        await world.happen(MessageSent, "ana", at=start)
    world.clock.advance(timedelta(days=9))
    await roll_up(world.store, home.id)
    await world.say("mo", "/stats 7")
    await world.say("mo", "/chart peak_hours")
    hours = world.sent[-1].outgoing.picture
    assert isinstance(hours, Cells)
    assert hours.values[1][7] == 2
    assert "Tuesdays from 7:00 to 8:00" in hours.title


async def test_a_beginning_is_no_change(world: World) -> None:
    """Somebody looked in long ago, and for months nobody did: what goes on since then isn't more than usual."""
    world.moderator("mo")
    now = world.clock.now()
    await world.happen(MemberJoined, "early", at=now - timedelta(days=170))
    await world.happen(MessageSent, "early", at=now - timedelta(days=160))
    await lived(world, 20)
    await world.say("mo", "/stats 90")
    assert "instead of" not in world.last
    picture = world.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert picture.series[0].low == ()
    assert "Four weeks are needed" in picture.foot
    await lived(world, 40)  # and now there are more
    await world.say("mo", "/stats 90")
    picture = world.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert picture.series[0].low[-41] is None
    assert picture.series[0].low[-40] is not None
