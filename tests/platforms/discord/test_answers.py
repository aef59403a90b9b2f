"""Slash commands and buttons, with the whole house behind them."""

from __future__ import annotations

import re

import pytest
from simcord.backend.models import Message

from core.store.tables.ledger import ledger
from tests.platforms.discord.conftest import Stage, answered, settled
from tests.world.discord_server import NotOffered

OVER = "That button's time is over. If it came from a command, call the command again."
STAFF = 1 << 40  # time out members
KEEPERS = 1 << 5  # manage server


# ---------------------------------------------------------------------- the declaration


async def test_the_declarations_become_slash_commands_in_both_languages(stage: Stage) -> None:
    async with stage.up():
        kept = stage.server.backend.commands[None]
        commands = {name: command for (name, kind), command in kept.items() if kind == 1}
    assert set(stage.registry.commands) == set(commands)
    shout = commands["shout"]
    assert shout["description"] == "Say something to everybody"
    assert shout["description_localizations"]["zh-CN"] == "大声说"
    text, times = shout["options"]
    assert (text["name"], text["type"], text["required"], text["max_length"]) == ("text", 3, True, 500)
    assert text["name_localizations"]["zh-CN"] == "内容"
    assert (times["type"], times["min_value"], times["max_value"]) == (4, 1, 500)
    assert commands["sweep"]["options"][0]["choices"] == [
        {"name": "fast", "value": "fast"},
        {"name": "slow", "value": "slow"},
    ]
    assert commands["paper"]["options"][0]["type"] == 6
    assert commands["pages"]["options"] == []
    assert commands["shout"]["default_member_permissions"] is None
    assert commands["sweep"]["default_member_permissions"] == str(STAFF)
    assert commands["rule"]["default_member_permissions"] == str(KEEPERS)
    assert commands["rule"]["contexts"] == [0]
    assert commands["shout"]["contexts"] == [0, 1]


async def test_a_command_is_answered_in_the_room(stage: Stage) -> None:
    async with stage.up():
        shout = stage.server.slash(stage.ana, stage.room, "shout", {"text": "good *morning*"})
        answer = await answered(stage, shout)
        assert (answer.content, answer.is_ephemeral) == (r"good \*morning\*", False)
        paper = await answered(stage, stage.server.slash(stage.ana, stage.room, "paper", {"member": stage.bo}))
        assert paper.content == "Bo"
        assert stage.server.attachment(paper.attachments[0]) == b"all that is kept"
        assert len(await stage.kept("command")) == 2


async def test_an_answer_waits_for_none_but_those_to_the_same_person(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        slow = server.slash(stage.ana, stage.room, "shout", {"text": "first"})
        held = server.hold("*", f"/*/{slow.token}*")
        await stage.keeps("command", 1)
        then = server.slash(stage.ana, stage.room, "shout", {"text": "second"})
        await stage.keeps("command", 2)
        other = await answered(stage, server.slash(stage.bo, stage.room, "shout", {"text": "beside"}))
        assert other.content == "beside"
        assert (server.answer(slow), server.answer(then)) == (None, None)
        held.set()
        said = [(await answered(stage, each)).content for each in (slow, then)]
        assert said == ["first", "second"]
        assert [each.content for each in server.from_bot(stage.room)] == ["beside", "first", "second"]


async def test_a_private_reply_is_seen_by_one(stage: Stage) -> None:
    async with stage.up():
        whisper = stage.server.slash(stage.ana, stage.room, "whisper", {"text": "hush"})
        answer = await answered(stage, whisper)
        assert (answer.content, answer.is_ephemeral) == ("hush", True)
        assert not stage.server.asked("POST", "/users/@me/channels")


@pytest.mark.parametrize(("permissions", "who"), [(0, "member"), (STAFF, "moderator"), (KEEPERS, "owner")])
async def test_rights_are_those_at_the_time_of_the_call(stage: Stage, permissions: int, who: str) -> None:
    server = stage.server
    server.give_role(stage.ana, stage.guild, server.role(stage.guild, "Admin", permissions=permissions))
    async with stage.up():
        if who == "member":
            with pytest.raises(NotOffered):
                server.slash(stage.ana, stage.room, "sweep", {"how": "fast"})
        # A server's administrators can offer a command to everybody: that gives no rights.
        sweep = await answered(stage, server.slash(stage.ana, stage.room, "sweep", {"how": "fast"}, force=True))
        rule = await answered(stage, server.slash(stage.ana, stage.room, "rule", force=True))
        allowed = {"member": (False, False), "moderator": (True, False), "owner": (True, True)}[who]
        assert (sweep.content == "swept fast", rule.content == "ruled") == allowed
        assert (sweep.is_ephemeral, rule.is_ephemeral) == (not allowed[0], not allowed[1])
        assert str(await stage.platform.rights(str(stage.guild.id), str(stage.ana.id))) == who
        assert str(await stage.platform.rights(str(stage.guild.id), "1")) == "absent"


async def test_a_direct_chat_is_about_the_community_one_is_in(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        stranger = server.user("stranger")
        turned_away = await answered(stage, server.slash(stranger, server.dm(stranger), "points"))
        assert "don't know you" in turned_away.content
        server.say(stage.ana, stage.room, "hello")
        await stage.keeps("message", 1)
        known = await answered(stage, server.slash(stage.ana, server.dm(stage.ana), "points"))
        assert "points" in known.content


@pytest.mark.parametrize("told", [True, False])
async def test_who_was_banned_is_served_nothing_in_the_direct_chat(stage: Stage, told: bool) -> None:
    server = stage.server
    async with stage.up():
        server.say(stage.ana, stage.room, "hello")
        await stage.keeps("message", 1)
        if told:
            server.ban(stage.ana, stage.guild)
            await stage.keeps("left", 1)
        else:
            server.fail("GET", "/guilds/*/members/*", 404, code=10007)
        refused = await answered(stage, server.slash(stage.ana, server.dm(stage.ana), "points"))
        assert refused.content.startswith("You aren't in Data Kitchen any more")
        theirs = await answered(stage, server.slash(stage.ana, server.dm(stage.ana), "privacy"))
        assert "any more" not in theirs.content


async def test_the_client_speaks_chinese_in_a_direct_chat(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        stranger = server.user("stranger")
        call = server.slash(stranger, server.dm(stranger), "points", locale="zh-CN")
        assert re.search("[一-鿿]", (await answered(stage, call)).content)


# ---------------------------------------------------------------------- buttons


async def test_a_button_turns_the_page_in_place(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        shown = await answered(stage, server.slash(stage.ana, stage.room, "pages"))
        assert [button["label"] for row in shown.components for button in row["components"]] == [
            "Next",
            "Fresh",
            "Docs",
        ]
        pressed = server.press(stage.ana, shown, label="Next")
        await server.until(lambda: pressed.responded)
        assert (shown.content, len(server.from_bot(stage.room))) == ("page 2", 1)


async def test_another_persons_press_and_a_forged_one_are_refused_privately(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        shown = await answered(stage, server.slash(stage.ana, stage.room, "pages"))
        theirs = await answered(stage, server.press(stage.bo, shown, label="Next"))
        assert (theirs.content, theirs.is_ephemeral) == ("That button is for the one who asked.", True)
        forged = await answered(stage, server.press_forged(stage.bo, shown, "x" * 100))
        assert (forged.content, forged.is_ephemeral) == (
            OVER,
            True,
        )
        assert shown.content == "page 1"


async def test_a_button_for_everybody_answers_each_privately(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        shown = await answered(stage, server.slash(stage.ana, stage.room, "pages"))
        fresh = await answered(stage, server.press(stage.bo, shown, label="Fresh"))
        assert (fresh.content, fresh.is_ephemeral) == ("fresh", True)
        assert shown.content == "page 1"


# ---------------------------------------------------------------------- in time, or deferred


@pytest.mark.parametrize(("command", "private"), [("whisper", True), ("shout", False)])
async def test_a_slow_answer_is_promised_first(stage: Stage, command: str, private: bool) -> None:
    server = stage.server
    async with stage.up():
        async with stage.store.begin():  # nothing can be committed meanwhile
            stage.platform._answers._promise_after = 0.0
            call = server.slash(stage.ana, stage.room, command, {"text": "at last"})
            await server.until(lambda: call.loading)
        answer = await answered(stage, call)
        assert (answer.content, answer.is_ephemeral) == ("at last", private)
        assert [message.content for message in server.from_bot(stage.room)] == ["at last"]


async def test_a_slow_button_is_promised_first(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        shown = await answered(stage, server.slash(stage.ana, stage.room, "pages"))
        async with stage.store.begin():
            stage.platform._answers._promise_after = 0.0
            turned = server.press(stage.ana, shown, label="Next")
            fresh = server.press(stage.bo, shown, label="Fresh")
            await server.until(lambda: turned.responded and fresh.responded)
            assert shown.content == "page 1"
        assert (await answered_in_place(stage, shown, "page 2")).content == "page 2"
        assert (await answered(stage, fresh)).is_ephemeral


async def answered_in_place(stage: Stage, message: Message, content: str) -> Message:
    """Wait until a message says something else."""
    await stage.server.until(lambda: message.content == content)
    return message


@pytest.mark.parametrize("promised", [False, True])
async def test_an_answer_for_one_alone_leaves_the_public_message_as_it_is(stage: Stage, promised: bool) -> None:
    async with stage.up():
        shown = await answered(stage, stage.server.slash(stage.ana, stage.room, "offer"))
        if promised:
            stage.platform._answers._promise_after = 0.0
        alone = await answered(stage, stage.server.press(stage.ana, shown, label="Hush"))
        await stage.server.until(lambda: alone.content == "for you alone")
        assert alone.is_ephemeral
        assert alone.id != shown.id
        (public,) = [m for m in stage.server.from_bot(stage.room) if not m.is_ephemeral]
        assert (public.id, public.content) == (shown.id, "for all")


async def test_an_interaction_too_old_is_answered_in_the_room_or_directly(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        server.fail("POST", "/interactions/*", 404, code=10062, times=2)
        server.slash(stage.ana, stage.room, "shout", {"text": "late"})
        await server.until(lambda: [m.content for m in server.from_bot(stage.room)] == ["late"])
        server.slash(stage.ana, stage.room, "whisper", {"text": "late too"})
        await server.until(lambda: [m.content for m in server.from_bot(server.dm(stage.ana))] == ["late too"])


async def test_an_answer_whose_confirmation_was_lost_is_not_repeated(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        server.cut_call("POST", "/interactions/*", after=True)
        server.slash(stage.ana, stage.room, "shout", {"text": "once"})
        await settled(stage, "again")
        await stage.advance(seconds=10)
        await settled(stage, "sent")
    assert [message.content for message in server.from_bot(stage.room)] == ["once"]


async def test_the_same_interaction_again_books_and_answers_once(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        call = server.slash(stage.ana, stage.room, "shout", {"text": "hello"})
        await answered(stage, call)
        server.gateway.replay_last("INTERACTION_CREATE", times=10)
        server.say(stage.bo, stage.room, "last")
        server.gateway.replay_last("MESSAGE_CREATE", times=10)
        await stage.keeps("message", 1)
        await answered(stage, server.slash(stage.bo, stage.room, "shout", {"text": "end"}))
        async with stage.store.read() as unit:
            rows = list(await unit.connection.execute(ledger.select()))
        assert len(rows) == 1
    assert [message.content for message in server.from_bot(stage.room)] == ["hello", "end"]
