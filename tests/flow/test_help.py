"""/help by audience, /language and bad input."""

from __future__ import annotations

from datetime import timedelta

from core.domain.events import WroteDirectly
from core.domain.people import Rights
from tests.world import World


async def test_members_see_what_members_may_do(world: World) -> None:
    await world.say("ana", "/help")
    assert world.sent[-1].outgoing.private
    assert world.last.splitlines()[1] == "Points: /checkin /points /redeem /thanks"
    assert "The books" not in world.last
    await world.press("ana", "Points")
    assert world.last.splitlines()[:2] == ["Points", "/checkin · Check in once a day; more points for days in a row"]
    await world.press("ana", "Back")
    assert world.last.startswith("What you can do in Data Kitchen:")


async def test_every_command_stands_under_one_topic(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/help")
    listed = [word for line in world.last.splitlines() for word in line.split() if word.startswith("/")]
    assert sorted(listed[:-1]) == sorted(f"/{name}" for name in world.house.registry.commands)
    await world.say("olga", "/help THE BOOKS")
    assert "/grant · Give points to a member, with a reason" in world.last


async def test_one_command_is_explained_with_its_options(world: World) -> None:
    await world.say("ana", "/help points")
    assert world.last == (
        "/points [member]\nShow points and the last entries of the ledger\n"
        "member: Whose points; yours if you leave it out"
    )
    await world.say("ana", "/help /nothing")
    assert world.last == "I don't know /nothing. /help lists what I can do."


async def test_a_member_sees_no_explanation_of_what_is_not_theirs(world: World) -> None:
    """What a moderator may do is unknown to a member, whatever commands there are."""
    wanted = [c for c in world.house.registry.commands.values() if c.rights is not Rights.MEMBER]
    for command in wanted:
        await world.say("ana", f"/help {command.name}")
        assert world.last == f"I don't know /{command.name}. /help lists what I can do."


async def test_a_language_is_chosen_with_a_button_and_stays(world: World) -> None:
    await world.say("ana", "/language")
    await world.press("ana", "简体中文")
    assert world.last == "好的，以后我用中文和你说话。"
    await world.say("ana", "/nothing")
    assert world.last == "没有 /nothing 这个命令。发送 /help 看看我能做什么。"
    await world.say("li", "/nothing")
    assert world.last == "I don't know /nothing. /help lists what I can do."
    await world.say("ana", "/language klingon")
    assert world.last.startswith("语言没有「klingon」，可选：en、zh。")


async def test_every_command_has_its_words_in_both_languages(world: World) -> None:
    for language in ("en", "zh"):
        await world.say("ana", f"/language {language}")
        for name in world.house.registry.commands:
            await world.say("ana", f"/help {name}", rights=Rights.OWNER)
            assert "K-" not in world.last


async def _writes(world: World, who: str) -> None:
    await world.happen(WroteDirectly, who, space="direct", direct=True)


async def test_talk_in_a_direct_chat_gets_one_line_and_buttons_once_in_a_while(world: World) -> None:
    await world.say("ana", "hello")
    for _ in range(3):
        await _writes(world, "ana")
    assert world.texts == ["I understand commands, not talk. Try one of these, or /help for all."]
    (sent,) = world.sent
    assert (sent.outgoing.direct, sent.outgoing.to) == (True, "ana")
    await world.press("ana", "My points", space="direct", direct=True)
    assert world.last.startswith(f"{(await world.member('ana')).balance} points")
    await _writes(world, "stranger")
    assert world.last.startswith("Hello. I don't know you from any community yet")
    world.clock.advance(timedelta(hours=7))
    await _writes(world, "ana")
    assert world.last.startswith("I understand commands, not talk.")
