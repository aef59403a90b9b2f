"""What goes on in a community on a schedule: set up, begun once, taken part in, ended once; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cli.activities import figures
from bot.platforms.port import Unreachable
from core.domain.activities import State
from core.domain.events import ButtonPressed, RoomDeleted, RoomNamed
from core.domain.kinds import Kind
from core.domain.people import Rights
from tests.world import World


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it, one of them a moderator."""
    for who in ("ana", "bo", "cleo"):
        await world.join(who)
    world.moderator("olga", Rights.OWNER)
    await world.join("olga")
    return world


async def set_up(world: World, text: str) -> None:
    """Set an activity up by typing, and start it."""
    await world.say("olga", f"/activities {text}")
    await world.press("olga", "Start")


QUESTION = "question daily 12:00 hours=3 points=7 questions=What did you learn? | Who helped you?"


async def test_a_question_is_asked_answered_and_closed(here: World) -> None:
    await set_up(here, QUESTION)
    assert here.last.startswith("Started.")
    await here.advance(hours=3)
    post = here.sent[-1]
    assert here.last == "What did you learn?\nWrite your answer here, then press the button."
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
        "8 activities in the next four weeks",
        "2 March · 18:00 Announcement in Data Kitchen",
        "5 March · 18:00 Announcement in Data Kitchen",
    ]
    picture = here.sent[-1].outgoing.picture
    assert sum(picture.values) == 8
    assert here.sent[-1].image


CHALLENGE = "challenge daily 10:00 hours=8 points=2 goal=2 task=Read ten pages"


async def test_a_streak_goes_on_over_one_missed_day(here: World) -> None:
    await set_up(here, CHALLENGE)
    for day in range(6):
        await here.advance(hours=2)
        if day != 2:
            await here.press("ana", "Done")
            wanted = {0: 1, 1: 2, 3: 3, 4: 4, 5: 5}[day]
            assert here.last == f"Noted: +2 points. Your streak: {wanted} day{'' if wanted == 1 else 's'}."
        await here.advance(hours=22)
    await here.advance(hours=26)
    await here.press("ana", "Done")
    assert here.last.endswith("Your streak: 1 day.")  # a second day was missed before seven in a row were done


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
    assert "1. Ana · 1 day in a row" in said
    assert "Bo" not in said


async def test_an_announcement_is_pinned_and_goes_away(here: World) -> None:
    await set_up(here, "announcement daily 10:00 pinned=yes hours=1 text=Live *tonight*")
    await here.advance(hours=1)
    assert here.last == "Live *tonight*"
    post = here.sent[-1]
    here.clock.advance(timedelta(seconds=2))
    await here.deliver()
    assert [each.pinned for each in here.platforms["fake"].changed] == [True]
    await here.advance(hours=2)
    assert here.platforms["fake"].gone == [post.id]


async def test_members_set_nothing_up(here: World) -> None:
    await here.say("ana", "/activities question daily 12:00 questions=Mine?")
    assert here.last == "That's for moderators of this community."
    await here.say("ana", "/activities")
    assert here.last == "Nothing is planned here at the moment."
    await set_up(here, QUESTION)
    await here.say("ana", "/activities")
    assert here.last.splitlines()[1] == "Daily question in Data Kitchen · daily at 12:00 · next 2 March, 12:00"
    await here.advance(hours=3)
    await here.say("ana", "/activities")
    assert "Daily question in Data Kitchen is open until 2 March, 15:00" in here.last


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nothing", "“nothing” is no kind of activity. There are"),
        ("question every minute", "I can't read “every minute” as a time."),
        ("question daily 25:00", "I can't read “daily 25:00” as a time."),
        ("question 2026-03-02 08:00", "That time is over. Give one that is still to come."),
        ("question points=many", "Give it a whole number from 0 to 500."),
        ("question tell=everybody", "Give it one of: room, direct."),
        ("question room=#nowhere", "“#nowhere” names no room here."),
        ("question tier=9", "Give it a whole number from 0 to 3."),
        (f"question questions={'long ' * 100}", "A line may have 300 characters"),
        ("4711", "There is no such activity here."),
        ("question questions=", "Give it one text a line"),
    ],
)
async def test_what_makes_no_sense_is_said_and_nothing_is_lost(here: World, typed: str, said: str) -> None:
    await here.say("olga", f"/activities {typed}")
    assert here.last.startswith(said)
    community = await here.community()
    async with here.store.read() as unit:
        assert await unit.activities.of(community.id, tuple(State)) == []


async def test_a_draft_must_be_filled_in_before_it_starts(here: World) -> None:
    await here.say("olga", "/activities question")
    assert "gets 5 points unless you set another figure; at most 5 runs a day" in here.last
    await here.press("olga", "Set it up here")
    assert "“Questions” is still empty." in here.last
    await here.press("olga", "Start")
    assert here.last.startswith("“Questions” is still empty.")
    await here.say("olga", "/activities 1 questions=What helped you?")
    await here.press("olga", "Change")
    await here.press("olga", "When")
    await here.press("olga", "Fridays 18:00")
    assert "When: Friday at 18:00" in here.last
    await here.press("olga", "Change")
    await here.press("olga", "Hours open")
    await here.press("olga", "24")
    await here.press("olga", "Start")
    assert "Next run: 6 March, 18:00." in here.last
    await here.press("olga", "Back")
    await here.press("olga", "New activity")
    for sent in here.sent:  # no platform shows more
        assert len(sent.outgoing.buttons) <= 5
        assert all(len(row) <= 5 for row in sent.outgoing.buttons)


async def test_a_preview_is_what_members_will_see_and_does_nothing(here: World) -> None:
    await here.set(language="zh-CN")
    await here.say("olga", "/language en")
    await here.say("olga", "/activities question questions=What helped you?")
    await here.press("olga", "Preview")
    assert here.last == "What helped you?\n请在这里写下回答，然后点按钮。"
    await here.press("olga", "我答了")
    assert here.last == "This is a preview: nobody takes part yet."
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(days=1)
    assert here.last == "What helped you?\n请在这里写下回答，然后点按钮。"


async def test_a_dry_run_says_who_would_be_asked(here: World) -> None:
    async with here.store.begin() as unit:
        await unit.members.open_chats("fake", ["ana"], here.clock.now())
    await here.say("olga", "/activities question questions=What helped you? tell=direct")
    await here.press("olga", "Dry run")
    assert here.last.splitlines() == [
        "In Data Kitchen, nothing sent yet:",
        "Everybody who reads the room sees one post. Directly, 1 member would be written to.",
        "Left out: 3 – never opened a direct chat with me",
    ]
    assert len([text for text in here.texts if text.startswith("What helped")]) == 0
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(hours=25)
    to = [sent.outgoing.to for sent in here.sent if sent.outgoing.text.startswith("**What helped")]
    assert to == [None, "ana"]
    await here.press("ana", "I answered")
    assert here.last.startswith("You're in: +5 points.")


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
    assert len([text for text in here.texts if "Write your answer here" in text]) == 1
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
    assert len([text for text in here.texts if "Write your answer here" in text]) == 2


async def test_two_in_one_room_within_an_hour_are_said(here: World) -> None:
    await set_up(here, QUESTION)
    await here.say("olga", "/activities announcement mon 12:30 text=Come!")
    assert "At about that time Daily question runs in the same room (2 March, 12:00)." in here.last
    await here.say("olga", "/activities 2 when=mon 13:00")
    assert "At about that time" not in here.last


async def test_points_are_given_for_so_many_runs_a_day(here: World) -> None:
    await here.set(rules=replace((await here.community()).settings.rules, activities_a_day=1))
    await set_up(here, QUESTION)
    await set_up(here, CHALLENGE)
    await here.advance(hours=3)
    for label in ("I answered", "Done"):
        await here.press("ana", label)
    assert here.last == "Noted. Your streak: 1 day."
    assert (await here.member("ana")).balance == 7


async def test_it_is_for_a_tier_and_above(here: World) -> None:
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
        "I paused Daily question (number 1): The room is gone. When it is mended, start it again with /activities 1."
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
    assert here.last.startswith("I paused Daily question (number 1): The platform didn't take my last post")
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(days=1)
    assert here.last.startswith("Who helped you?")


async def test_it_runs_at_its_hour_in_the_zone_of_the_community(here: World) -> None:
    """Berlin's clocks go forward on 29 March 2026: 02:30 comes at 03:30, once."""
    await here.set(timezone="Europe/Berlin")
    await set_up(here, "announcement daily 02:30 text=Night owls")
    times = []
    for _ in range(29):
        for hours in (15.5, *(0.5,) * 5, 6):
            before = len(here.sent)
            here.clock.advance(timedelta(hours=hours))
            await here.engine.due()
            await here.deliver()
            times += [here.clock.now()] * (len(here.sent) - before)
    assert len(times) == 29
    local = [at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") for at in times]
    assert local == ["02:30"] * 26 + ["03:30"] + ["02:30"] * 2
    assert times[26].isoformat() == "2026-03-29T01:30:00+00:00"


async def test_a_run_that_was_missed_for_long_is_left_out(here: World) -> None:
    await set_up(here, QUESTION)
    here.clock.advance(timedelta(hours=3 + 7))
    await here.engine.due()
    await here.deliver()
    assert not any("Write your answer here" in text for text in here.texts)
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


async def test_a_bank_grows(here: World) -> None:
    await here.say("olga", "/activities question questions=One? | Two?")
    await here.say("olga", "/activities 1 questions+=Three?\nTwo? points=0")
    assert "Questions: 3 lines" in here.last
    await here.say("olga", "/activities 1 questions=Four?")
    assert "Questions: 1 line" in here.last
    await here.press("olga", "Change")
    await here.press("olga", "Questions")
    assert "questions+=… adds to what is there" in here.last


async def test_the_command_line_lists_them_with_their_runs(here: World) -> None:
    await set_up(here, QUESTION)
    await here.advance(hours=3)
    await here.press("ana", "I answered")
    await here.advance(hours=3)
    found = await figures(here.store, "Data Kitchen", here.clock)
    (activity,) = found["activities"]
    assert (activity["kind"], activity["state"], activity["next"]) == (
        "question",
        "active",
        "2026-03-03T12:00:00+00:00",
    )
    assert activity["schedule"] == {"kind": "daily", "at": "12:00"}
    (run,) = activity["runs"]
    assert (run["slot"], run["phase"], run["took_part"]) == ("2026-03-02", "over", 1)
    assert "What did you learn" not in str(found)
