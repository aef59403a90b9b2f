"""What is sent to Discord: once, in order, to whom it is for, and as it is meant."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.platforms.port import Unreachable
from core.domain.outgoing import Deletion, Edit, Outgoing, Pin, SentButton
from core.store.outbox import OutboxRow
from tests.platforms.discord.conftest import Stage, answered, push, settled


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
        await stage.platform.perform(7, letter, b"\x89PNG")
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
