"""How activities are set up, by typing and by buttons: what is asked, what is shown before, and what is refused."""

from __future__ import annotations

import pytest

from bot.cli.activities import figures
from core.domain.activities import State
from core.domain.events import WroteDirectly
from core.domain.people import Rights
from core.engine import discover
from core.kit.joining import take_in
from core.kit.texts import LANGUAGES, Texts
from tests.world import World
from tests.world.activities import QUESTION, set_up, with_people


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it, one of them a moderator."""
    return await with_people(world)


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


async def test_words_are_typed_as_they_are_shown(here: World) -> None:
    await here.say("olga", "/language zh")
    await here.say("olga", "/activities 定时公告 每天 09:00 置顶=是 内容=你好")
    assert "置顶：是" in here.last
    await here.say("olga", "/activities 1 置顶=no")
    assert "置顶：否" in here.last
    await here.say("olga", "/activities 1 置顶=也许")
    assert here.last == "可选：否、是。"


@pytest.mark.parametrize("kind", sorted(discover().kinds))
async def test_what_is_typed_for_example_can_be_typed(here: World, kind: str) -> None:
    for language in LANGUAGES:
        await here.say("olga", f"/language {language.partition('-')[0]}")
        await here.say("olga", f"/activities {kind} daily 10:00")
        example = here.last.splitlines()[-1].partition("`")[2].rstrip("`")
        await here.say("olga", example)
        assert (
            here.last.splitlines()[0]
            == f"{Texts(language).plain(f'activity-{kind}')} · "
            + Texts(language).plain("activity-head", name="", number=1).rpartition(" · ")[2]
        )


async def test_nothing_is_called_none_that_is_no_number_of_seats_and_holdouts_only_where_members_are_written_to(
    here: World,
) -> None:
    await here.say("olga", "/activities live topic=Pandas")
    assert "Seats (0: no limit): 0" in here.last
    await here.say("olga", "/activities sequence daily 10:00")
    assert "Steps: none of your own" in here.last
    await here.say("olga", "/activities question tell=room")
    assert "Hold some out" not in here.last
    await here.say("olga", "/activities question tell=direct")
    assert "Hold some out of direct messages: yes" in here.last


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
    while not any(button.label == "Raffle" for row in here.sent[-1].outgoing.buttons for button in row):
        await here.press("olga", "›")
    await here.press("olga", "Raffle")
    await here.press("olga", "Set it up here")
    await here.press("olga", "Discard")
    assert len(here.last.splitlines()) == 3  # the title, the one that runs, what to do
    for sent in here.sent:  # no platform shows more
        assert len(sent.outgoing.buttons) <= 5
        assert all(len(row) <= 5 for row in sent.outgoing.buttons)


async def test_a_preview_is_what_members_will_see_and_does_nothing(here: World) -> None:
    await here.set(language="zh-CN")
    await here.say("olga", "/language en")
    await here.say("olga", "/activities question questions=What helped you?")
    await here.press("olga", "Preview")
    assert here.last == "What helped you?\n请在频道里写下回答，然后点按钮。"
    await here.press("olga", "我答了")
    assert here.last == "This is a preview: nobody takes part yet."
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(days=1)
    assert here.last == "What helped you?\n请在频道里写下回答，然后点按钮。"


async def test_a_dry_run_says_who_would_be_asked(here: World) -> None:
    async with here.store.begin() as unit:
        await unit.members.open_chats("fake", ["ana"], here.clock.now())
    await here.say("olga", "/activities question questions=What helped you? tell=direct")
    await here.press("olga", "Dry run")
    assert here.last.splitlines() == [
        "In Data Kitchen, nothing sent yet:",
        "Everybody who reads the room sees one post. Directly, 1 member would be written to.",
        "Left out: 3 – never opened a direct chat with me",
        "Nobody is held out: 1 member could be written to in eight weeks, "
        "and with fewer than 50 no effect could be seen.",
    ]
    assert len([text for text in here.texts if text.startswith("What helped")]) == 0
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(hours=25)
    to = [sent.outgoing.to for sent in here.sent if "**What helped" in sent.outgoing.text]
    assert to == [None, "ana"]
    await here.press("ana", "I answered")
    assert here.last.startswith("You're in: +5 points.")


async def test_two_in_one_room_within_an_hour_are_said(here: World) -> None:
    await set_up(here, QUESTION)
    await here.say("olga", "/activities announcement mon 12:30 text=Come!")
    assert "At about that time Daily question runs in the same room (2 March, 12:00)." in here.last
    await here.say("olga", "/activities 2 when=mon 13:00")
    assert "At about that time" not in here.last


async def test_a_setting_is_written_by_form(here: World) -> None:
    await here.say("olga", "/activities question questions=One?")
    for name, text, said in (
        ("Questions", "Two?\nThree?", "Daily question · number 1"),
        ("When", "fri 18:00", "Daily question · number 1"),
        ("Points", "many", "Give it a whole number from 0 to 500."),
    ):
        await here.say("olga", "/activities 1")
        for label in ("Change", name, "Write it"):
            await here.press("olga", label)
        await here.happen(WroteDirectly, "olga", text=text, space="direct", direct=True)
        await here.press("olga", "Send", space="direct", direct=True)
        assert here.last.startswith(said)
    await here.say("olga", "/activities 1")
    assert "Questions: 2 lines" in here.last
    assert "When: Friday at 18:00" in here.last
    assert "Points: 5" in here.last


async def test_a_bank_grows(here: World) -> None:
    await here.say("olga", "/activities question questions=One? | Two?")
    await here.say("olga", "/activities 1 questions+=Three?\nTwo? points=0")
    assert "Questions: 3 lines" in here.last
    await here.say("olga", "/activities 1 questions=Four?")
    assert "Questions: 1 line" in here.last
    await here.press("olga", "Change")
    await here.press("olga", "Questions")
    assert "questions+=… adds to what is there" in here.last


async def test_a_bank_grows_by_the_word_that_its_page_names(here: World) -> None:
    await here.set(language="zh-CN")
    await here.say("olga", "/activities question questions=一？ | 二？")
    for label in ("修改", "题目"):
        await here.press("olga", label)
    assert "题目+=…" in here.last
    await here.say("olga", "/activities 1 题目+=三？")
    assert "题目：3 条" in here.last, here.last


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


async def test_each_community_numbers_its_own(here: World) -> None:
    await here.open("elsewhere", "Elsewhere")
    here.moderator("olga", Rights.OWNER)
    await here.say("olga", "/activities question questions=Ours?")
    await here.say("olga", "/activities question questions=Theirs?", space="elsewhere")
    assert "number 1" in here.last
    await here.say("olga", "/activities poll ask=Which?", space="elsewhere")
    assert "number 2" in here.last
    await here.say("olga", "/activities 2")
    assert here.last.startswith("There is no such activity here.")


async def test_numbers_stay_apart_when_communities_join(here: World) -> None:
    await here.open("elsewhere", "Elsewhere")
    for space, asked in (("home", "Ours?"), ("elsewhere", "Theirs?")):
        await here.say("olga", f"/activities question questions={asked}", space=space)
    await here.say("olga", "/activities poll ask=Which?", space="elsewhere")
    async with here.store.begin() as unit:
        await take_in(unit, (await here.community("elsewhere")).id, (await here.community()).id, here.clock.now())
        there = await unit.activities.of((await here.community()).id, tuple(State))
    assert sorted((each.number, each.kind) for each in there) == [(1, "question"), (2, "poll"), (3, "question")]


async def test_more_messages_than_members_allow_a_week_are_said(here: World) -> None:
    await here.say("olga", "/activities question mon,wed 12:00 questions=Why? tell=direct")
    assert "With what else writes" not in here.last
    await here.press("olga", "Start")
    await here.say("olga", "/activities challenge tue,thu 12:00 task=Read tell=direct")
    assert "that makes 4 messages in the next seven days. 4 members allow fewer with /quiet" in here.last
    await here.say("ana", "/quiet")
    await here.press("ana", "7 a week")
    assert here.last.endswith("at most 7 times a week. What you asked for yourself doesn't count.")
    await here.say("bo", "/quiet")
    await here.press("bo", "Never")  # who wants none is left out anyway
    await here.say("olga", "/activities 2")
    assert "2 members allow fewer" in here.last


async def test_what_is_typed_is_shown_in_the_words_of_whoever_types(here: World) -> None:
    await here.set(language="zh-CN")
    await here.say("olga", "/activities live")
    assert "主题=… 提前几小时预告=… 时长=… 名额=… 链接=…" in here.last
    await here.say("olga", "/activities live 每天 09:00 主题=猫 名额=7 时长=30")
    await here.say("olga", "/activities 1")
    assert "名额（0 为不限）：7" in here.last
