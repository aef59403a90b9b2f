"""What moderators do to the books: give, take, look, take back, and change the rules."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from core.domain.events import MessageSent
from core.domain.people import Consent, Rights
from core.domain.points import Reason
from tests.world import World


async def _balanced(world: World) -> None:
    community = await world.community()
    async with world.store.read() as unit:
        sums = await unit.ledger.sums(community.id)
        for member in await unit.members.all(community.id):
            assert member.balance == sums.get(member.id, 0) >= 0


def _labels(world: World) -> list[str]:
    return [button.label for row in world.sent[-1].outgoing.buttons for button in row]


async def test_points_are_granted_in_public_and_taken_in_private(world: World) -> None:
    world.moderator("mo")
    await world.join("ana")
    await world.say("mo", "/grant @ana 300 for the workshop notes")
    assert world.texts[-2:] == ["Ana gets 300 points from Mo: for the workshop notes", "Ana reached level 2."]
    assert not world.sent[-2].outgoing.private
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.level) == (300, 300, 2)
    await world.say("mo", "/take @ana 120 counted twice")
    assert world.last == "Taken: 120 points from Ana, who has 180 now. Reason: counted twice"
    assert world.sent[-1].outgoing.private
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.level) == (180, 180, 1)
    await world.say("mo", "/take @ana 181 too much")
    assert world.last == "Ana has 180 points, and nobody falls below zero."
    await _balanced(world)


async def test_bad_input_says_in_one_line_what_was_expected(world: World) -> None:
    world.moderator("mo")
    await world.join("ana")
    usage = "/grant <member> [amount] [reason]"
    for text, answer in (
        ("/grant", f"member is missing. Usage: {usage}"),
        ("/grant @ana", "How many points for Ana, and what for?"),
        ("/grant @ana 50", "How many points for Ana, and what for?"),
        ("/grant @ana lots please", f"amount takes a whole number, not “lots”. Usage: {usage}"),
        ("/grant @ana 0 nothing", f"amount takes a number from 1 to 100,000, not “0”. Usage: {usage}"),
        ("/grant @ana -5 minus", f"amount takes a number from 1 to 100,000, not “-5”. Usage: {usage}"),
        ("/grant anna 5 hi", f"I don't know a member called “anna”. Did you mean Ana? Usage: {usage}"),
        ("/grant @ana 5 " + "x" * 201, "That is too long: 200 characters at most."),
        ("/undo 4711", "There is no entry #4711 in this community. /history shows the numbers."),
        ("/undo soon", "entry takes a whole number, not “soon”. Usage: /undo <entry>"),
        ("/rules", None),
        ("/rules speed 3", "There is no rule called “speed”."),
        ("/rules reply", "reply is 5. To what? Say /rules reply and a number."),
        ("/rules reply 5", "reply is like that already."),
        ("/rules reply -1", "reply takes a number from 0 to 100,000."),
        ("/rules message_min 26", "The least a message gives (26) can't be more than the most (25)."),
    ):
        await world.say("mo", text)
        if answer is not None:
            assert world.last.startswith(answer), world.last
            assert "\n" not in world.last
        assert world.sent[-1].outgoing.private
    await world.say("ana", "/grant @ana 50 please")
    assert world.last == "That's for moderators of this community."
    assert (await world.member("ana")).balance == 0


async def test_a_name_with_blanks_is_one_word_when_quoted(world: World) -> None:
    world.moderator("mo")
    await world.join("li wei")
    await world.say("mo", "/grant “Li wei” 50 kind answers")
    assert world.last == "Li wei gets 50 points from Mo: kind answers"


async def test_who_is_out_gets_no_points(world: World) -> None:
    world.moderator("mo")
    await world.join("ana")
    ana = await world.member("ana")
    ana.consent = Consent.OUT
    async with world.store.begin() as unit:
        await unit.members.save([ana])
    await world.say("mo", f"/grant #{ana.id} 50 hello")
    assert world.last.startswith("I keep no points for")


async def test_an_entry_is_undone_once_and_by_another_entry(world: World) -> None:
    world.moderator("mo")
    await world.join("ana")
    await world.say("mo", "/grant @ana 300 the wrong Ana")
    await world.press("mo", "Undo")
    assert world.texts[-2] == "Undone: #1 (+300 given by Mo: the wrong Ana). Ana has 0 points now."
    assert world.last == "Mo took back what Ana was given here: +300 given by Mo: the wrong Ana."
    await world.say("mo", "/undo 1")
    assert world.last == "#1 was taken back already."
    await world.say("mo", "/undo 2")
    assert world.last == "#2 takes another entry back itself. To give the points again, use /grant."
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.level) == (0, 0, 0)
    async with world.store.read() as unit:
        entries = await unit.ledger.of_member(ana.id)
    assert [(e.amount, e.reason, e.reverses_id) for e in entries] == [
        (-300, Reason.REVERSAL, 1),
        (300, Reason.GRANT, None),
    ]


async def test_what_was_taken_is_not_taken_back_again(world: World) -> None:
    world.moderator("mo")
    world.moderator("olga", Rights.OWNER)
    await world.join("ana")
    await world.say("mo", "/grant @ana 300 prize")
    await world.say("mo", "/take @ana 200 fine")
    await world.say("mo", "/undo 1")
    assert any("200 of it were taken back before; Ana has 0 points now." in text for text in world.texts[-2:])
    await world.say("mo", "/undo 2")  # of the prize nothing stands, so there is nothing to give back
    assert world.last.endswith("Ana has 0 points now.")
    await _balanced(world)


async def test_a_message_undone_gives_nothing_back_when_it_is_deleted(world: World) -> None:
    world.moderator("mo")
    message = await world.say("ana", "spam")
    await world.say("mo", "/undo 1")
    assert (await world.member("ana")).balance == 0
    await world.delete(message)
    assert (await world.member("ana")).balance == 0
    await _balanced(world)


async def test_history_numbers_entries_and_turns_pages(world: World) -> None:
    world.moderator("mo")
    await world.join("ana")
    for n in range(12):
        await world.say("mo", f"/grant @ana 5 gift {n}")
    await world.say("mo", "/history @ana")
    lines = world.last.splitlines()
    assert lines[0] == "Ana · 60 points, 60 earned · 12 entries"
    assert lines[1] == "#12 · 2 March, 09:00 (UTC) · +5 given by Mo: gift 11"
    assert lines[-1] == "/undo 12 takes one back."
    await world.press("mo", "›")
    assert world.last.splitlines()[1:3] == [
        "#2 · 2 March, 09:00 (UTC) · +5 given by Mo: gift 1",
        "#1 · 2 March, 09:00 (UTC) · +5 given by Mo: gift 0",
    ]
    await world.say("ana", "/history @ana")
    assert world.last == "That's for moderators of this community."


async def test_the_audit_says_who_did_what(world: World) -> None:
    world.moderator("mo")
    world.moderator("olga", Rights.OWNER)
    await world.say("mo", "/audit")
    assert world.last == "Nothing has been changed yet."
    await world.join("ana")
    await world.say("mo", "/grant @ana 50 notes")
    await world.say("mo", "/undo 1")
    await world.say("olga", "/settings notices off")
    await world.say("olga", "/tiers regular level 6")
    await world.say("mo", "/audit")
    assert world.last.splitlines() == [
        "Data Kitchen: who did what",
        "2 March, 09:00 (UTC) · Olga set level of tier 2 to “6”",
        "2 March, 09:00 (UTC) · Olga set Level-up notices from In the room to Nowhere",
        "2 March, 09:00 (UTC) · Mo took back #1 of Ana",
        "2 March, 09:00 (UTC) · Mo gave Ana 50 points (#1): notes",
    ]
    await world.set(language="zh-CN")
    await world.say("mo", "/audit")
    assert "3月2日 09:00（UTC） · Mo 发给 Ana 50 积分（#1）：notes" in world.last
    assert "3月2日 09:00（UTC） · Olga 把「升级提醒」从 在群里 改为 不提醒" in world.last


async def _lively(world: World) -> None:
    for _ in range(5):
        first = await world.say("ana", "how?")
        await world.say("ben", "so", reply_to=first)
        await world.advance(days=1)


async def test_rules_show_whom_they_move_before_they_apply(world: World) -> None:
    world.moderator("mo")
    await _lively(world)
    ana, ben = await world.member("ana"), await world.member("ben")
    await world.say("mo", "/rules reply 45")
    lines = world.last.splitlines()
    assert lines[1] == "reply: 5 → 45"
    assert lines[2] == "Replayed over the past, it would move 1 member: 1 up a level or more, 0 down."
    assert lines[3].startswith("Most: Ana +200 (level 1 → 2)"), lines[3]
    assert (await world.community()).settings.rules.reply == 5
    await world.press("mo", "From now on")
    assert (await world.community()).settings.rules.reply == 45
    assert (await world.member("ana")).earned == ana.earned

    await world.say("mo", "/rules reply 25")
    await world.press("mo", "Also replay the past")
    assert "1 member moved" in world.last
    assert (await world.member("ana")).earned == ana.earned + 100
    assert (await world.member("ben")).earned == ben.earned
    await world.press("mo", "Also replay the past")
    assert (await world.member("ana")).earned == ana.earned + 100
    await _balanced(world)
    await world.say("mo", "/audit")
    assert "Mo changed the points rules and replayed them (people moved: 1): reply 45 → 25" in world.last


async def test_a_whole_set_of_rules_is_previewed_too(world: World) -> None:
    world.moderator("mo")
    await _lively(world)
    await world.say("mo", "/rules")
    assert "✓ Balanced" in _labels(world)
    await world.press("mo", "Helpful")
    assert "message_min: 15 → 8" in world.last
    await world.press("mo", "Also replay the past")
    assert (await world.community()).settings.rules.reply == 10
    await _balanced(world)
    await world.say("mo", "/audit")
    assert re.search(r"message_min 15 → 8, message_max \d+ → \d+, ", world.last)
    await world.set(language="zh-CN")
    await world.say("mo", "/audit")
    assert re.search(r"message_min 15 → 8、message_max \d+ → \d+、", world.last)


async def test_what_is_parked_is_tried_again_when_the_owner_asks(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/parked")
    assert world.last == "Nothing is parked: everything that happened was applied."
    event = MessageSent(platform="fake", key="m:77", space="home", at=world.clock.now(), actor=None, length=3)
    await world.engine.park("fake", "m:77", "home", event, "OperationalError")
    await world.engine.park("fake", "m:78", "home", {"never": "understood"}, "ValueError")
    await world.engine.park("fake", "m:79", "elsewhere", replace(event, key="m:79"), "KeyError")
    await world.say("olga", "/parked")
    assert world.last.splitlines() == [
        "2 events couldn't be applied. They are kept sealed for 14 days.",
        "2 March, 09:00 (UTC) · OperationalError · tried once",
        "2 March, 09:00 (UTC) · ValueError · tried once",
    ]
    await world.press("olga", "Try them again")
    assert world.last == "I'll try all 2 again within a minute."
    await world.advance(minutes=1)
    await world.press("olga", "Look again")
    assert world.last.splitlines()[1:] == ["2 March, 09:00 (UTC) · ValueError · tried 2 times"]
    async with world.store.read() as unit:
        assert await unit.interactions.known("fake", ["m:77"]) == {"m:77"}
        assert await unit.parked.count() == 2


async def test_a_long_past_is_replayed_later_and_answered_then(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.features.admin.rules.AT_ONCE", 3)
    world.moderator("mo")
    await _lively(world)
    ana = await world.member("ana")
    await world.say("mo", "/rules reply 45")
    assert world.last == "There is much past to go through. I'll answer within a minute."
    await world.advance(minutes=1)
    assert "it would move 1 member" in world.last
    assert world.sent[-1].outgoing.private
    await world.say("ben", "hello")
    for _ in range(2):
        await world.press("mo", "Also replay the past")
        assert world.last.startswith("There is much past")
    assert (await world.member("ana")).earned == ana.earned
    await world.advance(minutes=1)
    assert [text.split(":")[0] for text in world.texts[-2:]] == [
        "The new rules hold, for the past too",
        "The new rules hold from now on, and the past gives the same under them.",
    ]
    assert (await world.member("ana")).earned == ana.earned + 200
    await _balanced(world)
    sent = len(world.sent)
    await world.advance(minutes=30)
    assert len(world.sent) == sent
