"""Points for what people do, from the event to the answer."""

from __future__ import annotations

from core.domain.events import RoomNamed
from tests.world import World


async def test_a_message_gives_its_points_once_and_the_command_says_so(world: World) -> None:
    message = await world.say("ana", "hello")
    rules = (await world.community()).settings.rules
    earned = rules.message_points(f"m:{message}")
    assert 15 <= earned <= 25
    await world.say("ana", "/points")
    assert world.last == f"{earned} points\nLately: +{earned} message"


async def test_the_last_entries_read_as_words_with_rooms_and_names(world: World) -> None:
    await world.happen(RoomNamed, None, room="r1", name="help")
    asked = await world.say("ana", "how?", room="r1")
    await world.say("li", "so", room="r1", reply_to=asked)
    await world.react("noor", asked, room="r1")
    await world.say("ana", "/points")
    earned = (await world.community()).settings.rules.message_points(f"m:{asked}")
    assert world.last == (
        f"{earned + 7} points\n"
        f"Lately: +2 reaction from Noor · +5 first reply that day from Li · +{earned} message in #help"
    )
    await world.press("ana", "More")
    assert world.last.splitlines()[1] == "2 March · +2 reaction from Noor"


async def test_what_is_deleted_is_taken_back_in_words(world: World) -> None:
    message = await world.say("ana", "oops")
    await world.delete(message)
    await world.say("ana", "/points")
    earned = (await world.community()).settings.rules.message_points(f"m:{message}")
    assert world.last == f"0 points\nLately: −{earned} taken back (message) · +{earned} message"


async def test_others_see_sums_alone_and_no_pages(world: World) -> None:
    message = await world.say("ana", "hello")
    await world.react("noor", message)
    await world.say("li", "/points @ana")
    earned = (await world.community()).settings.rules.message_points(f"m:{message}")
    assert world.last == f"Ana: {earned + 2} points"
    assert [button.label for row in world.sent[-1].outgoing.buttons for button in row] == ["What gives points"]


async def test_pages_turn_and_hold_at_their_ends(world: World) -> None:
    for _ in range(23):
        await world.say("ana", "hello")
        await world.advance(minutes=2)
    await world.say("ana", "/points")
    await world.press("ana", "More")
    labels = [button.label for button in world.sent[-1].outgoing.buttons[0]]
    assert labels == ["1/3", "›"]
    await world.press("ana", "›")
    await world.press("ana", "›")
    assert [button.label for button in world.sent[-1].outgoing.buttons[0]] == ["‹", "3/3"]
    assert len(world.last.splitlines()) == 1 + 3


async def test_what_gives_points_names_the_rules_of_the_community(world: World) -> None:
    await world.set(language="zh-CN")
    await world.say("ana", "/points")
    assert world.last == "0 积分\n还没有积分。发言、回复别人，或者用 /checkin 签到吧。"
    await world.press("ana", "怎么得积分")
    assert "发言：15 到 25 分，每 60 秒最多计一次" in world.last


async def test_an_unknown_name_gets_the_nearest_one(world: World) -> None:
    await world.say("Li Wei", "hello")
    await world.say("ana", "/points li weii")
    assert world.last == "I don't know a member called “li weii”. Did you mean Li wei? Usage: /points [member]"
    assert world.sent[-1].outgoing.private
