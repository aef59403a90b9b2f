"""The digest: what it takes from the books, whom it names, and when it is left out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.events import RoomNamed
from core.domain.message import plain_text
from core.domain.people import Person
from core.kit.links import message_link
from tests.world import World
from tests.world.activities import set_up, with_people

DIGEST = "digest daily 10:00"


async def a_week(world: World) -> str:
    """Let newcomers write, one of them be answered and thanked, and return the message most answered."""
    await world.happen(RoomNamed, None, room="r1", name="help")
    await world.say("ana", "/consent personal")
    asked = await world.say("cleo", "how do I join two tables", room="r1")
    for who in ("ana", "bo"):
        await world.say(who, "like this", room="r1", reply_to=asked, reply_author=Person("cleo", "Cleo"))
    await world.react("olga", asked, room="r1")
    await world.say("ana", "/thanks @bo")
    await world.join("eve")
    await world.say("eve", "and how do I read a file", room="r1")
    return asked


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "**The last seven days in Data Kitchen**",
                "Most answered: 3 people in #help",
                "2 people answered others, among them Ana.",
                "Thanks were said 1 time.",
                "5 people came, 4 wrote, 1 had an answer.",
                "3 newcomers wait for an answer, in #help.",
                "Next: Daily question (2 March, 12:00), Daily question (3 March, 12:00), "
                "Daily question (4 March, 12:00)",
            ],
        ),
        (
            "zh-CN",
            [
                "**「Data Kitchen」最近七天**",
                "回应最多的消息：#help（3 人回应）",
                "2 人回复了别人，其中有 Ana。",
                "大家致谢 1 次。",
                "新来 5 人，4 人发过言，1 人得到了回复。",
                "3 位新成员还在等回复，在 #help。",
                "接下来：每日一问（3月2日 12:00）、每日一问（3月3日 12:00）、每日一问（3月4日 12:00）",
            ],
        ),
    ],
)
async def test_it_says_what_the_books_hold_and_names_who_agreed(world: World, language: str, said: list[str]) -> None:
    await with_people(world)
    await a_week(world)
    await set_up(world, "question daily 12:00 questions=Why?")
    await set_up(world, DIGEST)
    await world.set(language=language)
    await world.advance(hours=1)
    assert world.sent[-1].outgoing.text.splitlines() == said


async def test_what_was_deleted_or_said_by_who_is_out_is_in_none(world: World) -> None:
    await with_people(world)
    asked = await a_week(world)
    await world.delete(asked, room="r1")
    await world.say("ana", "/consent out")
    await world.press("ana", "Yes, leave me out")
    await set_up(world, DIGEST)
    await world.advance(hours=1)
    assert "Most answered" not in world.last
    assert "Ana" not in world.last
    assert "1 person answered others." in world.last


async def test_a_week_without_anything_is_left_out_and_the_next_one_is_not(world: World) -> None:
    await with_people(world)
    await set_up(world, DIGEST)
    await world.press("olga", "Pause")
    await world.advance(days=9)
    await world.say("olga", "/activities 1")
    await world.press("olga", "Start")
    before = len(world.sent)
    await world.advance(days=1)
    assert len(world.sent) == before
    await world.say("olga", "/activities 1")
    assert "The last run was left out: the last seven days had nothing to tell." in world.last
    assert "Paused" not in world.last
    await world.press("olga", "Preview")
    assert world.last == "the last seven days had nothing to tell."
    await world.join("fay")
    await world.advance(days=1)
    assert "1 person came, 0 wrote" in world.last


@pytest.mark.parametrize(
    ("place", "link"),
    [
        (("telegram", "-1001234", None, "-1001234:56"), "https://t.me/c/1234/56"),
        (("telegram", "-77", None, "-77:56"), None),
        (("telegram", "-1001234", None, "-1001234:e5:9"), None),
        (("discord", "11", "22", "33"), "https://discord.com/channels/11/22/33"),
        (("playground", "home", "general", "5"), None),
    ],
)
def test_a_message_is_opened_where_its_platform_has_an_address(
    place: tuple[str, str, str | None, str], link: str | None
) -> None:
    assert message_link(*place) == link


async def test_who_wants_it_has_a_part_of_their_own_until_they_say_no(world: World) -> None:
    await with_people(world, "ana", "bo", "cleo", "dan")
    await world.say("ana", "/start", space="direct", direct=True)
    await set_up(world, "digest weekly mon 10:00")
    missed = await a_week(world)
    await world.say("ana", "and this", room="r1")
    await world.advance(hours=1)
    await world.press("ana", "My own part")
    assert world.last.startswith("With each digest I write to you from now on: your points and your streak, and what")
    await world.press("dan", "My own part")
    assert "open the chat with me" in world.last
    world.clock.advance(timedelta(days=6, hours=20))
    await world.say("ana", "still here", room="r1")
    asked = await world.say("cleo", "which one is faster", room="r1")
    for who in ("bo", "dan"):
        await world.react(who, asked, room="r1")
        await world.react(who, missed, room="r1")
    await world.say("ana", "/checkin")
    await world.advance(hours=8)
    own = [each.outgoing for each in world.sent if "Your last seven days" in each.outgoing.text]
    assert [each.to for each in own] == ["ana"]
    lines = plain_text(own[0].text).splitlines()
    assert lines[1] == "In your rooms, without you: 2 people in #help"
    assert lines[2].endswith("points.") or "came in; you have" in lines[2]
    await world.press("ana", "No more of this")
    assert world.last == "It ends here: no part of your own any more."
    await world.advance(days=7)
    assert len([each for each in world.sent if "Your last seven days" in each.outgoing.text]) == 1
