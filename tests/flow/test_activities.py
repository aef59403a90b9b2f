"""What goes on in a community on a schedule: set up, begun once, taken part in, ended once; on both databases."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.platforms.port import Unreachable
from core.domain.events import ButtonPressed, RoomDeleted, RoomNamed, WroteDirectly
from core.domain.kinds import Kind
from core.domain.message import plain_text
from core.domain.outgoing import Edit
from core.domain.people import Rights
from core.store.unit import Store
from tests.world import World
from tests.world.activities import QUESTION, lift, set_up, with_people
from tests.world.platform import FakePlatform


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it, one of them a moderator."""
    return await with_people(world)


async def test_a_question_is_asked_answered_and_closed(here: World) -> None:
    await set_up(here, QUESTION)
    assert here.last.startswith("Started.")
    await here.advance(hours=3)
    post = here.sent[-1]
    assert here.last == "What did you learn?\nWrite your answer in the room, then press the button."
    for who in ("ana", "bo", "ana"):
        await here.press(who, "I answered")
    assert here.texts[-3:] == [
        "You're in: +7 points. Write your answer in the room.",
        "You're in: +7 points. Write your answer in the room.",
        "You are in already.",
    ]
    assert (await here.member("ana")).balance == 7
    assert here.platforms["fake"].changed[-1].content.text == "**What did you learn?**\n2 people answered so far."
    await here.advance(hours=3)
    closed = here.platforms["fake"].changed[-1]
    assert closed.message == post.id
    assert closed.content.text == "**What did you learn?**\nClosed. 2 people answered."
    await here.press("cleo", "I answered")
    assert "time is over" in here.last
    for wanted in ("Who helped you?", "What did you learn?"):  # none again before all had their turn
        await here.advance(hours=22)
        assert here.last.startswith(wanted)
        await here.advance(hours=2)


async def test_the_calendar_shows_four_weeks(here: World) -> None:
    await here.say("ana", "/calendar")
    assert here.last == "Nothing is planned for the next four weeks."
    await set_up(here, "announcement mon,thu 18:00 text=Come to the live session")
    await here.say("ana", "/calendar")
    said = here.last.splitlines()
    assert said[:3] == [
        "8 events in the next four weeks",
        "2 March · 18:00 Announcement in Data Kitchen",
        "5 March · 18:00 Announcement in Data Kitchen",
    ]
    assert said[-1] == "Times in UTC"
    picture = here.sent[-1].outgoing.picture
    assert sum(picture.values) == 8
    assert picture.foot == "Data Kitchen · until 30 March"  # it holds no times
    assert here.sent[-1].image


CHALLENGE = "challenge daily 10:00 hours=8 points=2 goal=2 task=Read ten pages"


async def test_a_streak_goes_on_over_one_missed_day(here: World) -> None:
    await set_up(here, CHALLENGE)
    for day in range(6):
        await here.advance(hours=2)
        if day != 2:
            await here.press("ana", "Done")
            wanted = {0: 1, 1: 2, 3: 3, 4: 4, 5: 5}[day]
            assert here.last == f"Noted: +2 points. Your streak: {wanted}."
        await here.advance(hours=22)
    await here.advance(hours=26)
    await here.press("ana", "Done")
    assert here.last.endswith("Your streak: 1.")  # a second day was missed before seven in a row were done


async def test_who_may_be_named_is_ranked_when_the_day_is_over(here: World) -> None:
    await here.say("ana", "/consent personal")
    await set_up(here, CHALLENGE)
    await here.advance(hours=2)
    for who in ("ana", "bo"):
        await here.press(who, "Done")
    await here.say("bo", "/consent counted")
    await here.advance(hours=8)
    said = here.platforms["fake"].changed[-1].content.text
    assert "the goal of 2 is reached" in said
    assert "1. Ana · 1 in a row" in said
    assert "Bo" not in said


async def test_an_announcement_is_pinned_and_goes_away(here: World) -> None:
    await set_up(here, "announcement daily 10:00 pinned=yes stays=1 text=Live *tonight*")
    await here.advance(hours=1)
    assert here.last == "Live *tonight*"
    post = here.sent[-1]
    here.clock.advance(timedelta(seconds=2))
    await here.deliver()
    assert [each.pinned for each in here.platforms["fake"].changed] == [True]
    await here.advance(hours=2)
    assert here.platforms["fake"].gone == [post.id]


async def test_one_run_is_left_out_or_moved_and_the_room_is_told(here: World) -> None:
    await set_up(here, QUESTION)
    await here.press("olga", "Skip the next")
    assert here.texts[-2].startswith("The run of 2 March, 12:00 is left out")
    assert here.last == "Daily question of 2 March, 12:00 is left out this time."
    await here.press("olga", "1 hour later")
    assert "The next run begins 3 March, 13:00" in here.texts[-2]
    assert "Next run: 3 March, 13:00 (moved)." in here.texts[-2]
    assert here.last == "Daily question of 3 March, 12:00 begins 3 March, 13:00 instead."
    await here.advance(hours=27)
    assert not any(text.startswith("What did you learn?") for text in here.texts)
    await here.advance(hours=1)
    assert here.last.startswith("What did you learn?")
    await here.advance(hours=23)
    assert here.last.startswith("Who helped you?")  # the day after at its own time
    await here.say("olga", "/activities 1 move=2026-03-05 18:00")
    assert "Next run: 5 March, 18:00 (moved)." in here.texts[-2]


async def test_a_button_that_is_pressed_twice_leaves_one_run_out(here: World) -> None:
    await set_up(here, QUESTION)
    page = here.sent[-1]
    token = next(b.token for row in page.outgoing.buttons for b in row if b.label == "Skip the next")
    for _ in range(2):
        await here.happen(ButtonPressed, "olga", token=token, message=page.id)
    assert here.last == "That run is left out already."
    await here.say("olga", "/activities 1")
    assert "Next run: 3 March, 12:00." in here.last


async def test_pausing_stopping_and_running_now(here: World) -> None:
    await set_up(here, QUESTION)
    await here.press("olga", "Run now")
    assert here.texts[-2].startswith("It runs now.")
    post = next(sent for sent in here.sent if sent.outgoing.text.startswith("**What did"))
    await here.press("olga", "Pause")
    assert "Paused." in here.last
    await here.advance(days=2)
    assert len([text for text in here.texts if "Write your answer in the room" in text]) == 1
    closed = here.platforms["fake"].changed[-1]
    assert (closed.message, "Closed." in closed.content.text) == (post.id, True)
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(hours=4)
    assert here.last.startswith("Who helped you?")
    await here.say("olga", "/activities 1")
    await here.press("olga", "Stop")
    assert "Stopped." in here.last
    assert "Closed. Nobody answered this time." in here.platforms["fake"].changed[-1].content.text
    await here.advance(days=2)
    assert len([text for text in here.texts if "Write your answer in the room" in text]) == 2


@pytest.mark.parametrize("stopped", [True, False])
async def test_nobody_is_asked_alone_in_what_is_over(here: World, *, stopped: bool) -> None:
    async with here.store.begin() as unit:
        await unit.members.open_chats("fake", ["ana", "bo", "cleo"], here.clock.now())
    await set_up(here, f"{QUESTION.replace('12:00', '23:00')} tell=direct holdout=no")
    if stopped:
        await here.press("olga", "Run now")
        await here.press("olga", "Stop")
    await here.advance(hours=23)  # nobody is written to by night, and in the morning it is over
    asked = [sent for sent in here.sent if "**What did you learn?**" in sent.outgoing.text]
    assert [sent.outgoing.to for sent in asked] == [None]


async def test_what_is_also_written_to_members_says_where_it_is_from(here: World) -> None:
    await here.happen(RoomNamed, None, room="w", name="workshop")
    for who in ("ana", "bo"):
        await here.happen(WroteDirectly, who, text="hi", space="direct", direct=True)
    await here.say("ana", "/language zh")
    await set_up(here, f"{QUESTION} tell=direct holdout=no")
    await set_up(here, "challenge daily 12:00 tell=direct holdout=no room=#workshop task=Read")
    before = len(here.sent)
    await here.advance(hours=4)
    told: dict[str | None, list[str]] = {"ana": [], "bo": []}
    for each in here.sent[before:]:
        if each.outgoing.direct:
            told[each.outgoing.to].append(plain_text(each.outgoing.text))
    assert sorted(told["bo"]) == [
        "Data Kitchen\nWhat did you learn?\nWrite your answer in the room, then press the button.",
        "Data Kitchen · #workshop\nRead\n0 did it so far.",
    ]
    assert sorted(told["ana"]) == [
        "Data Kitchen\nWhat did you learn?\n请在频道里写下回答，然后点按钮。",
        "Data Kitchen · #workshop\nRead\n0 人已打卡。",
    ]


async def test_points_are_given_for_so_many_runs_a_day(here: World) -> None:
    await here.set(rules=replace((await here.community()).settings.rules, activities_a_day=1))
    await set_up(here, QUESTION)
    await set_up(here, CHALLENGE)
    await here.advance(hours=3)
    for label in ("I answered", "Done"):
        await here.press("ana", label)
    assert here.last == "Noted. Your streak: 1."
    assert (await here.member("ana")).balance == 7


async def test_it_is_for_a_tier_and_above(here: World) -> None:
    await lift(here, "bo", 2)  # of nobody it would be left out
    await set_up(here, f"{QUESTION} tier=2")
    await here.advance(hours=3)
    await here.press("ana", "I answered")
    assert here.last == "This one is for Contributor and above. /tier says how to get there."


async def test_a_room_that_is_gone_pauses_it_and_whoever_set_it_up_is_told(here: World) -> None:
    await here.happen(RoomNamed, None, room="r1", name="learning")
    await set_up(here, f"{QUESTION} room=#learning")
    await here.advance(hours=3)
    assert here.sent[-1].outgoing.room == "r1"
    await here.happen(RoomDeleted, None, room="r1")
    await here.advance(days=1)
    assert here.last == (
        "In Data Kitchen I paused Daily question (number 1): The room is gone. "
        "When it is mended, start it again with /activities 1."
    )
    assert here.sent[-1].outgoing.to == "olga"
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    assert here.last == "The room is gone."


async def test_what_the_platform_refuses_pauses_it_before_the_next_run(here: World) -> None:
    await set_up(here, QUESTION)
    here.platforms["fake"].fail_next.append(Unreachable("no rights in that room"))
    await here.advance(hours=3)
    await here.advance(days=1)
    assert here.last.startswith(
        "In Data Kitchen I paused Daily question (number 1): The platform didn't take my last post"
    )
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(days=1)
    assert here.last.startswith("Who helped you?")


async def test_it_runs_at_its_hour_in_the_zone_of_the_community(here: World) -> None:
    """Berlin's clocks go forward on 29 March 2026: 02:30 comes at 03:30, once."""
    here.clock.advance(timedelta(days=22))
    await here.set(timezone="Europe/Berlin")
    await set_up(here, "announcement daily 02:30 text=Night owls")
    times = []
    for _ in range(7):
        for hours in (15.5, *(0.5,) * 5, 6):
            before = len(here.sent)
            here.clock.advance(timedelta(hours=hours))
            await here.engine.due()
            await here.deliver()
            times += [here.clock.now()] * (len(here.sent) - before)
    assert len(times) == 7
    local = [at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") for at in times]
    assert local == ["02:30"] * 4 + ["03:30"] + ["02:30"] * 2
    assert times[4].isoformat() == "2026-03-29T01:30:00+00:00"


async def test_a_run_that_was_missed_for_long_is_left_out(here: World) -> None:
    await set_up(here, QUESTION)
    here.clock.advance(timedelta(hours=3 + 7))
    await here.engine.due()
    await here.deliver()
    assert not any("Write your answer in the room" in text for text in here.texts)
    await here.advance(hours=17)
    assert here.last.startswith("What did you learn?")


async def test_who_is_out_or_erased_leaves_no_part(here: World) -> None:
    await set_up(here, QUESTION)
    await here.advance(hours=3)
    for who in ("ana", "bo"):
        await here.press(who, "I answered")
    await here.say("ana", "/forgetme")
    await here.press("ana", "Erase everything")
    community = await here.community()
    async with here.store.read() as unit:
        assert len(await unit.interactions.who_did(community.id, Kind.TOOK_PART, "run:1")) == 1
    await here.advance(hours=3)
    assert "Closed. 1 person answered." in here.platforms["fake"].changed[-1].content.text


async def test_whoever_set_it_up_may_go(here: World) -> None:
    await set_up(here, QUESTION)
    await here.say("olga", "/forgetme")
    await here.press("olga", "Erase everything")
    await here.advance(hours=3)
    assert here.last.startswith("What did you learn?")


async def test_it_goes_on_when_its_community_joins_another(store: Store) -> None:
    """With the run under way, who takes part in it, and the task that ends it."""
    world = World(store, FakePlatform(name="fake"), FakePlatform(name="other"))
    await world.open("home", "Data Kitchen", platform="fake")
    await world.open("away", "Data Yard", platform="other")
    world.moderator("olga", Rights.OWNER)
    there = {"space": "away", "platform": "other"}
    await world.say("olga", f"/activities {QUESTION}", **there)
    await world.press("olga", "Start", platform="other")
    await world.advance(hours=3)
    await world.join("ana", **there)
    await world.press("ana", "I answered", platform="other")
    await world.say("olga", "/joincode")
    (code,) = re.findall(r"/join (\S+)", world.last)
    await world.say("olga", f"/join {code}", **there)
    await world.press("olga", "Join", platform="other")
    await world.join("bo", **there)
    post = next(sent for sent in world.sent if sent.outgoing.text.startswith("**What did"))
    assert (await world.member("ana", **there)).balance == 7
    await world.advance(hours=3)
    closed = [each for each in world.platforms["other"].changed if isinstance(each, Edit) and each.content]
    assert closed[-1].message == post.id
    assert closed[-1].content is not None
    assert closed[-1].content.text == "**What did you learn?**\nClosed. 1 person answered."
    await world.advance(hours=22)
    asked = [sent for sent in world.sent if sent.outgoing.text.startswith("**Who helped")]
    assert [sent.outgoing.space for sent in asked] == ["away"]


async def test_a_linked_member_takes_part_once(store: Store) -> None:
    world = World(store, FakePlatform(name="fake"), FakePlatform(name="other"))
    await world.open("home", "Data Kitchen", platform="fake")
    await with_people(world)
    await set_up(world, QUESTION)
    await world.advance(hours=3)
    community = await world.community()
    await world.press("ana", "I answered")
    async with store.begin() as unit:
        found = await unit.members.find("fake", {community.id: ["ana", "bo"]})
        await unit.members.move_account(found[community.id, "bo"].id, found[community.id, "ana"].member_id)
    await world.press("bo", "I answered")
    assert world.last == "You are in already."


async def test_after_a_restart_it_goes_on(store: Store) -> None:
    first = World(store)
    await first.open()
    await with_people(first)
    await set_up(first, QUESTION)
    await first.advance(hours=3)
    await first.press("ana", "I answered")
    second = World(store)
    second.clock.advance(first.clock.now() - second.clock.now())
    await second.advance(hours=3)
    changed = second.platforms["fake"].changed[-1]
    assert isinstance(changed, Edit)
    assert changed.content is not None
    assert changed.content.text.endswith("Closed. 1 person answered.")
    await second.advance(hours=22)
    assert second.last.startswith("Who helped you?")
