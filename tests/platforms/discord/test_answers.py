"""Slash commands, buttons and what is sent, with the whole house behind them."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any

import discord
import pytest
from simcord.backend.models import Interaction, Message

from bot.platforms.port import RetryLater, Unavailable, Unreachable
from core.domain.errors import KithError
from core.domain.outgoing import Deletion, Edit, Outgoing, Pin, SentButton
from core.kit import texts
from core.store.outbox import OutboxRow
from core.store.tables.ledger import ledger
from core.store.tables.outbox import outbox
from tests.platforms.discord.conftest import Stage
from tests.world.discord_server import NotOffered

OVER = "That button's time is over. If it came from a command, call the command again."
STAFF = 1 << 40  # time out members
KEEPERS = 1 << 5  # manage server


async def answered(stage: Stage, interaction: Interaction) -> Message:
    """Wait for the answer to an interaction."""
    message: Message = await stage.server.until(lambda: stage.server.answer(interaction))
    return message


async def push(stage: Stage, *texts: str, **more: Any) -> None:
    """Write messages down as a job would, and wake the deliverer."""
    letters = [
        OutboxRow(Outgoing(text=text, platform="discord", space=str(stage.guild.id), **more), kind="push")
        for text in texts
    ]
    async with stage.store.begin() as unit:
        await unit.outbox.add(letters, stage.clock.now())
    stage.house.deliverers["discord"].waiting.set()


async def states(stage: Stage) -> list[str]:
    """Return the state of each letter, oldest first; one that was tried and waits is `again`."""
    async with stage.store.read() as unit:
        rows = await unit.connection.execute(outbox.select().order_by(outbox.c.id))
        return ["again" if row.state == "waiting" and row.attempts else row.state for row in rows]


async def settled(stage: Stage, *wanted: str) -> None:
    """Wait until the letters are in these states."""

    async def there() -> bool:
        return await states(stage) == list(wanted)

    await stage.until(there)


# ---------------------------------------------------------------------- the declaration


async def test_the_declarations_become_slash_commands_in_both_languages(stage: Stage) -> None:
    async with stage.up():
        commands = {name: command for (name, _), command in stage.server.backend.commands[None].items()}
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


# ---------------------------------------------------------------------- sending


async def test_a_crash_between_send_and_mark_shows_one_message(stage: Stage) -> None:
    server = stage.server
    room = str(stage.room.id)
    async with stage.up():
        server.cut_call("POST", "/channels/*/messages", after=True)
        await push(stage, "good morning", room=room)
        await settled(stage, "again")
    assert len(server.from_bot(stage.room)) == 1
    await stage.advance(minutes=3)
    async with stage.up():
        await settled(stage, "sent")
    assert [message.content for message in server.from_bot(stage.room)] == ["good morning"]
    assert len(server.asked("POST", "/channels/*/messages")) == 2


@pytest.mark.parametrize("where", ["room", "server"])
async def test_a_limit_of_one_room_holds_no_other_and_its_order_stays(stage: Stage, where: str) -> None:
    server = stage.server
    guild = stage.guild if where == "room" else server.guild("Other")
    other = server.channel(guild, "other")
    cy = server.user("cy", guild=guild)
    async with stage.up():
        server.limit("POST", f"/channels/{stage.room.id}/messages", retry_after=300, times=1)
        await push(stage, "one", "two", room=str(stage.room.id))
        await settled(stage, "again", "waiting")
        async with stage.store.begin() as unit:
            elsewhere = Outgoing(text="three", platform="discord", space=str(guild.id), room=str(other.id))
            await unit.outbox.add([OutboxRow(elsewhere, kind="push")], stage.clock.now())
        await server.until(lambda: len(server.from_bot(other)) == 1)
        await answered(stage, server.slash(cy, other, "shout", {"text": "hi"}))
        assert server.from_bot(stage.room) == []
        await settled(stage, "again", "waiting", "sent", "sent")
        await stage.advance(seconds=298)
        await push(stage, "four", room=str(other.id))
        await settled(stage, "again", "waiting", "sent", "sent", "sent")
        assert len(server.asked("POST", f"/channels/{stage.room.id}/messages")) == 1
        await stage.advance(seconds=3)
        await server.until(lambda: len(server.from_bot(stage.room)) == 2)
    assert [message.content for message in server.from_bot(stage.room)] == ["one", "two"]


@pytest.mark.parametrize("code", [50007, 50278, 40003])
async def test_a_shut_direct_chat_is_marked_and_not_tried_again(stage: Stage, code: int) -> None:
    server = stage.server
    server.dm(stage.ana)
    async with stage.up():
        server.say(stage.ana, stage.room, "hello")
        await stage.keeps("message", 1)
        server.fail("POST", "/channels/*/messages", 403, code=code, times=None)
        await push(stage, "news", to=str(stage.ana.id), private=True, direct=True)
        await settled(stage, "failed")
        await stage.advance(hours=1)
        assert len(server.asked("POST", "/channels/*/messages")) == 1


async def test_a_shut_direct_chat_falls_back_to_the_room(stage: Stage) -> None:
    server = stage.server
    server.block_dms(stage.ana)
    async with stage.up():
        more = {"to": str(stage.ana.id), "private": True, "room": str(stage.room.id), "fallback": "Ana, open up"}
        await push(stage, "for you alone", **more)
        await settled(stage, "sent")
    assert [message.content for message in server.from_bot(stage.room)] == ["Ana, open up"]


async def test_a_room_that_is_gone_is_given_up(stage: Stage) -> None:
    async with stage.up():
        await push(stage, "anybody?", room="42")
        await settled(stage, "failed")


async def test_what_belongs_to_no_room_goes_to_the_systems_room(stage: Stage) -> None:
    lobby = stage.server.channel(stage.guild, "lobby")
    stage.server.backend.edit_guild(stage.guild.id, {"system_channel_id": lobby.id})
    async with stage.up():
        await push(stage, "to all")
        await stage.server.until(lambda: stage.server.from_bot(lobby))


async def test_a_quiet_message_goes_away_though_kith_crashed_meanwhile(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        await push(stage, "soon gone", "gone by another's hand", room=str(stage.room.id), delete_after=600)
        await settled(stage, "sent", "sent", "waiting", "waiting")
        server.delete(server.from_bot(stage.room)[1])
    await stage.advance(minutes=11)
    async with stage.up():
        await settled(stage, "sent", "sent", "sent", "sent")
    assert server.from_bot(stage.room) == []


async def test_a_message_can_be_changed(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        await push(stage, "version 1", room=str(stage.room.id))
        (message,) = await server.until(lambda: server.from_bot(stage.room))
        await push(stage, "version 2", room=str(stage.room.id), replaces=str(message.id))
        await server.until(lambda: message.content == "version 2")


NAMES = [
    "@everyone",
    "@here",
    "<@&1> <@1> <#2>",
    "**bold** __under__ ~~gone~~ ||spoiler|| `code`",
    "> quote\n# heading\n- list",
    "[link](https://example.org)",
    "\u202eright to left\u2066",
    "e" + "\u0301" * 10_000,
    "<b>html</b> &amp;",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_a_name_pings_nobody_and_breaks_nothing(stage: Stage, name: str) -> None:
    server = stage.server
    ed = server.user("ed", guild=stage.guild, global_name=name)
    server.role(stage.guild, "everybody", mentionable=True)
    async with stage.up():
        answer = await answered(stage, server.slash(stage.ana, stage.room, "paper", {"member": ed}))
        assert len(answer.content) <= 2000
        assert not answer.mention_everyone
        assert answer.ping_user_ids == []
        assert answer.ping_role_ids == []
        assert "@everyone" not in answer.content
        assert "@here" not in answer.content
        assert "\u202e" not in answer.content
        assert not re.search(r"(?<!\\)[*_~`|<\[]", answer.content.replace("\\\\", ""))
        bodies = [call.body for call in server.asked("POST", "/interactions/*")]
        assert all(body["data"]["allowed_mentions"] == {"parse": []} for body in bodies)


async def test_a_long_answer_comes_in_pages_for_whom_it_is(stage: Stage) -> None:
    server = stage.server
    line = "等级 17 · 贡献者 · 第 34 名"
    async with stage.up():
        call = server.slash(stage.ana, stage.room, "shout", {"text": line, "times": 300})
        await answered(stage, call)
        await settled(stage, "sent")
    said = server.from_bot(stage.room)
    assert len(said) > 1
    assert all(len(message.content) <= 2000 for message in said)
    assert [each for message in said for each in message.content.splitlines()] == [line] * 300


async def test_a_picture_comes_with_words_for_those_who_cant_see_it(stage: Stage) -> None:
    class Card:
        alt = "Level 17 · Contributor"

    async with stage.up():
        letter = Outgoing(
            text="Here", platform="discord", space=str(stage.guild.id), room=str(stage.room.id), picture=Card()
        )
        await stage.platform.send(7, letter, b"\x89PNG")
    (message,) = stage.server.from_bot(stage.room)
    (picture,) = message.attachments
    assert picture["description"] == "Level 17 · Contributor"
    assert stage.server.attachment(picture) == b"\x89PNG"


async def test_what_was_put_up_is_changed_pinned_and_stripped_of_its_buttons(stage: Stage) -> None:
    place = {"platform": "discord", "space": str(stage.guild.id), "room": str(stage.room.id)}
    said = Outgoing(text="Who joins? 0", buttons=((SentButton("Join", "tok"),),), **place)
    async with stage.up():
        message = (await stage.platform.perform(7, said, None)).message
        await stage.platform.perform(
            8, Edit(message=message, content=replace(said, text="Who joins? 1"), **place), None
        )
        (shown,) = stage.server.from_bot(stage.room)
        assert (shown.content, bool(shown.components)) == ("Who joins? 1", True)
        await stage.platform.perform(9, Pin(message=message, **place), None)
        await stage.platform.perform(10, Edit(message=message, **place), None)
        shown = next(each for each in stage.server.from_bot(stage.room) if str(each.id) == message)
        assert (shown.content, bool(shown.components), shown.pinned) == ("Who joins? 1", False, True)
        await stage.platform.perform(11, Deletion(message=message, **place), None)
        for change in (Edit(message=message, **place), Pin(message=message, **place)):
            with pytest.raises(Unreachable):
                await stage.platform.perform(12, change, None)


async def test_a_fault_of_discords_is_tried_again(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        server.cut_call("POST", "/channels/*/messages", after=False)
        await push(stage, "persistent", room=str(stage.room.id))
        await settled(stage, "again")
        await stage.advance(minutes=1)
        await settled(stage, "sent")
    assert [message.content for message in server.from_bot(stage.room)] == ["persistent"]


# ---------------------------------------------------------------------- roles


async def test_roles_follow_tiers_below_ones_own(stage: Stage) -> None:
    server, space, ana = stage.server, str(stage.guild.id), str(stage.ana.id)
    regular, contributor = (server.role(stage.guild, name) for name in ("Regular", "Contributor"))
    above = server.role(stage.guild, "Boss", above_bot=True)
    server.give_role(stage.ana, stage.guild, regular)
    async with stage.up():
        await stage.platform.follow_tier(space, ana, [str(contributor.id)], ["Regular"])
        assert server.backend.get_member(stage.guild.id, stage.ana.id).role_ids == [contributor.id]
        with pytest.raises(KithError, match="error-discord-role"):
            await stage.platform.follow_tier(space, ana, [str(above.id)], [])
        with pytest.raises(KithError, match="error-discord-no-role"):
            await stage.platform.follow_tier(space, ana, ["Nobody"], [])
        await stage.platform.follow_tier(space, "1", [str(contributor.id)], [])
        assert not [call for call in server.calls if call.path.endswith(str(above.id))]


async def test_a_role_waits_where_discord_asks_for_it(stage: Stage) -> None:
    server, space, ana = stage.server, str(stage.guild.id), str(stage.ana.id)
    role = server.role(stage.guild, "Regular")
    async with stage.up():
        server.limit("PUT", "/guilds/*/members/*/roles/*", retry_after=300)
        with pytest.raises(RetryLater) as later:
            await stage.platform.follow_tier(space, ana, [str(role.id)], [])
        assert later.value.seconds == 300
        server.cut_call("PUT", "/guilds/*/members/*/roles/*", after=False, times=None)
        with pytest.raises(Unavailable):
            await stage.platform.follow_tier(space, ana, [str(role.id)], [])


async def test_what_is_lacking_in_a_server_is_said(stage: Stage) -> None:
    async with stage.up():
        assert [key for _, key, _ in await stage.platform.look_at(str(stage.guild.id))] == ["doctor-discord-server"]
        own = next(role for role in stage.guild.roles.values() if role.managed)
        stage.server.backend.edit_role(stage.guild.id, own.id, {"permissions": 0})
        stage.server.backend.edit_role(stage.guild.id, stage.guild.id, {"permissions": 0})

        async def told() -> bool:
            found = await stage.platform.look_at(str(stage.guild.id))
            return found == [
                (False, "doctor-discord-server-write", {"server": "Data Kitchen"}),
                (False, "doctor-discord-server-roles", {"server": "Data Kitchen"}),
            ]

        await stage.until(told)
        for language in ("en", "zh-CN"):
            for _, key, args in await stage.platform.look_at(str(stage.guild.id)):
                assert "Data Kitchen" in texts.Texts(language).plain(key, **args)


# ---------------------------------------------------------------------- what an owner must mend


async def test_a_wrong_token_ends_with_one_line(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = stage.server.token
    stage.server.token = "MTIz.Secret.that-nobody-sees"
    with pytest.raises(ExceptionGroup) as ended:
        await ended_at_once(stage, token=wrong)
    assert ended.group_contains(KithError, match="error-discord-token")
    said = capsys.readouterr()
    assert wrong not in said.out + said.err


async def ended_at_once(stage: Stage, **more: Any) -> None:
    """Run Kith where it can't run."""
    async with stage.up(**more):
        pass


async def test_a_token_that_the_gateway_refuses_ends_with_one_line(stage: Stage) -> None:
    stage.server.gateway.token = "another"
    with pytest.raises(ExceptionGroup) as ended:
        await ended_at_once(stage)
    assert ended.group_contains(KithError, match="error-discord-token")


async def test_a_missing_intent_ends_with_one_line(stage: Stage) -> None:
    stage.server.gateway.approved = discord.Intents.default()
    with pytest.raises(ExceptionGroup) as ended:
        await ended_at_once(stage)
    assert ended.group_contains(KithError, match="error-discord-intents")


async def test_kith_waits_for_a_discord_that_is_away(stage: Stage) -> None:
    stage.server.cut_call("GET", "/users/@me", after=False)
    async with stage.up():
        stage.server.say(stage.ana, stage.room, "there you are")
        await stage.keeps("message", 1)


async def test_what_is_said_before_the_log_in_waits(stage: Stage) -> None:
    held = stage.server.hold("GET", "/users/@me")
    async with stage.up(wait=False):
        await push(stage, "early", room=str(stage.room.id))
        await asyncio.sleep(0)
        held.set()
        await stage.advance(seconds=10)
        await settled(stage, "sent")


async def test_the_doctor_says_what_is_missing(stage: Stage) -> None:
    async with stage.up():
        found = await stage.platform.doctor()
        assert [(well, key) for well, key, _ in found] == [
            (True, "doctor-discord-token"),
            (False, "doctor-discord-members-off"),
            (True, "doctor-discord-server"),
        ]
        stage.server.token = "another"
        assert [(well, key) for well, key, _ in await stage.platform.doctor()] == [
            (False, "doctor-discord-token-wrong")
        ]
        for language in ("en", "zh-CN"):
            assert all(texts.Texts(language).plain(key, **args) for _, key, args in found)
