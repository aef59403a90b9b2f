"""Pressed buttons: who sees what becomes of the message that they are under."""

from __future__ import annotations

from core.domain.people import Rights
from tests.world import World


async def test_an_answer_for_one_alone_takes_no_public_answers_place(world: World) -> None:
    world.moderator("mo")
    await world.join("ana")
    await world.say("mo", "/grant @ana 300 the wrong Ana")
    public = world.sent[-1]
    assert not public.outgoing.private
    await world.press("mo", "Undo")
    answer = next(sent for sent in world.sent if sent.outgoing.text.startswith("Undone"))
    assert answer.outgoing.private
    assert answer.outgoing.replaces is None


async def test_an_answer_for_one_alone_takes_the_place_of_another_such(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/settings")
    before = world.sent[-1]
    await world.press("olga", "Language")
    assert before.outgoing.private
    assert world.sent[-1].outgoing.private
    assert world.sent[-1].outgoing.replaces == before.id


async def test_two_people_press_under_one_answer(world: World) -> None:
    """Each is answered alone, and the answer stays everybody's."""
    world.moderator("mo")
    world.moderator("max")
    await world.join("ana")
    await world.say("mo", "/grant @ana 300 notes")
    public = world.sent[-1].id
    for who in ("max", "mo"):
        await world.press(who, "Undo")
    told = [sent.outgoing for sent in world.sent if sent.outgoing.private]
    assert [each.to for each in told] == ["max", "mo"]
    assert told[0].text == "That button is for the one who asked."
    assert public not in [each.replaces for each in told]


async def test_undoing_a_public_grant_tells_the_room(world: World) -> None:
    world.moderator("mo")
    await world.set(language="zh-CN")
    await world.join("ana")
    await world.say("mo", "/language en", room="r1")
    await world.say("mo", "/grant @ana 300 prize", room="r1")
    await world.say("mo", "/undo 1", room="r2")
    told = world.sent[-1].outgoing
    assert (told.room, told.private) == ("r1", False)
    assert told.text.startswith("Mo 撤回了之前在这里给 Ana 的积分：+300")
    assert world.sent[-2].outgoing.text.startswith("Undone: #1")


async def test_undoing_a_grant_made_in_private_tells_nobody(world: World) -> None:
    world.moderator("mo")
    await world.say("mo", "hello")
    await world.join("ana")
    await world.say("mo", "/grant @ana 300 prize", space="direct", direct=True)
    await world.say("mo", "/undo 1", space="direct", direct=True)
    assert world.last.startswith("Undone: #1")
    assert not [sent for sent in world.sent if not sent.outgoing.private]
