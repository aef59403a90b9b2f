"""Pressed buttons: who sees what becomes of the message that they are under."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.events import ButtonPressed
from core.domain.people import Rights
from core.engine import discover
from core.store.buttons import ButtonState
from tests.world import World

# What buttons carried when commands had options that only buttons filled in, and what does it now.
FORMER = (
    ("audit", "page", "audit_page"),
    ("circles", "circle way link", "draft_invitation"),
    ("circles", "circle way role sure", "send_invitation"),
    ("consent", "state sure", "leave_out"),
    ("forgetme", "sure", "forget"),
    ("help", "about", "help_about"),
    ("history", "member page", "history_page"),
    ("join", "confirmed", "confirm_join"),
    ("joincode", "origin", "joincode_for_setup"),
    ("leaderboard", "page period", "leaderboard_page"),
    ("link", "confirm", "confirm_link"),
    ("mycircle", "join link", "join_circle"),
    ("newcomers", "page", "newcomers_page"),
    ("parked", "page", "parked_page"),
    ("parked", "retry", "retry_parked"),
    ("points", "page", "points_page"),
    ("points", "view", "points_rules"),
    ("redeem", "benefit", "choose_benefit"),
    ("redeem", "benefit sure", "take_benefit"),
    ("rooms", "origin", "rooms_page"),
    ("rooms", "page origin", "rooms_page"),
    ("rooms", "room earns page origin", "set_room"),
    ("rules", "name value do", "use_rules"),
    ("setup", "step value", "setup_step"),
    ("shop", "benefit stock", "stock_benefit"),
    ("shop", "handed", "hand_over"),
    ("shop", "withdraw", "withdraw_benefit"),
    ("tiers", "retry", "retry_roles"),
    ("tiers", "tier what value confirmed", "tie_tier"),
    ("unlink", "sure", "part_accounts"),
)


@pytest.mark.parametrize(("command", "options", "action"), FORMER)
def test_a_button_kept_by_an_older_version_does_what_it_did(command: str, options: str, action: str) -> None:
    registry = discover()
    called = registry.called(command, options.split())
    assert called is registry.actions[action]
    assert {each.name for each in called.parameters if each.required} <= set(options.split())
    assert (called.rights, called.private) == (
        registry.commands[command].rights,
        registry.commands[command].private,
    )


@pytest.mark.parametrize("command", sorted({command for command, _, _ in FORMER}))
def test_a_button_that_calls_a_command_still_does(command: str) -> None:
    registry = discover()
    usual = [each.name for each in registry.commands[command].parameters]
    assert registry.called(command, ()) is registry.called(command, usual) is registry.commands[command]


async def press_former(world: World, who: str, command: str, **options: str) -> None:
    """Let somebody press what an older version kept."""
    community, account = await world.community(), (await world.member(who)).id
    token = f"former:{command}:{len(world.sent)}"
    async with world.store.begin() as unit:
        ids = [each.id for each in await unit.members.accounts_of([account])]
        until = world.clock.now() + timedelta(days=1)
        await unit.buttons.add([ButtonState(token, community.id, ids[0], command, options, True, until)])
    await world.happen(ButtonPressed, who, token=token, message="1")


async def test_former_buttons_are_pressed(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    for who in ("olga", "ana"):
        await world.say(who, "hello")
    await world.say("olga", "/shop 10 sticker")
    await world.say("olga", "/grant @ana 500 notes")
    await press_former(world, "ana", "points", view="rules")
    assert "gives" in world.last
    await press_former(world, "ana", "redeem", benefit="1")
    assert "sticker" in world.last
    for answer in ("yours", "already"):
        await press_former(world, "ana", "redeem", benefit="1", sure="m:7")
        assert answer in world.texts[-1] + world.texts[-2]
    await press_former(world, "olga", "setup", step="timezone", value="Asia/Tokyo")
    assert (await world.community()).settings.timezone == "Asia/Tokyo"
    await press_former(world, "ana", "setup", step="timezone", value="UTC")
    assert world.last == "That's for owners of this community."
    await press_former(world, "ana", "forgetme", sure="yes")
    assert world.last.startswith("Everything about you is erased.")


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
