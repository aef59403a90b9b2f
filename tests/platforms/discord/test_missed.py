"""What Kith missed on Discord: fetched afterwards, once, and where it can't be, recorded as a gap."""

from __future__ import annotations

from functools import partial

import pytest

from bot.platforms.discord import inflow
from tests.platforms.discord.conftest import Stage


async def test_a_dropped_socket_loses_nothing(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        hello = server.say(stage.ana, stage.room, "before")
        await stage.keeps("message", 1)
        server.drop_sockets()
        server.say(stage.ana, stage.room, "while away")
        server.react(stage.bo, hello)
        await stage.keeps("reaction", 1)
        assert len(await stage.kept("message")) == 2
    assert len(server.gateway.identified) == 1
    assert server.asked("GET", "/channels/*/messages") == []


async def test_messages_missed_while_down_are_fetched_once_and_the_rest_is_a_gap(stage: Stage) -> None:
    server = stage.server
    other = server.channel(stage.guild, "quiet")
    async with stage.up():
        server.say(stage.ana, stage.room, "before")
        await stage.keeps("message", 1)
        await stage.until(stage.listens)
    down_at = stage.clock.now()
    await stage.advance(minutes=10)
    missed = [server.say(stage.ana, stage.room, f"missed {number}") for number in range(230)]
    server.say(stage.bo, other, "also here", reply_to=None)
    thread = server.thread(other, "born meanwhile", stage.bo)
    server.say(stage.bo, thread, "in the new thread")
    server.react(stage.bo, missed[0])
    server.join(server.user("cy"), stage.guild)
    await stage.advance(minutes=20)
    async with stage.up():
        server.say(stage.ana, stage.room, "after")
        rows = await stage.keeps("message", 234)
        assert len(rows) == 234
        assert rows[-1].event_key == f"m:{server.messages(stage.room)[-1].id}"
        in_room = [row.event_key for row in rows if row.event_key in {f"m:{m.id}" for m in missed}]
        assert in_room == [f"m:{message.id}" for message in missed]
        assert await stage.kept("reaction") == []
        space = await stage.space()
        async with stage.store.read() as unit:
            ((_, since, until, what),) = await unit.communities.gaps([space.id])
        assert (since, until) == (down_at, stage.clock.now())
        assert "reactions" in what
        assert "joins" in what
        assert "messages" not in what
        await stage.until(stage.caught_up)
    asked = len(server.asked("GET", "/channels/*/messages"))
    async with stage.up():
        server.say(stage.ana, stage.room, "once more")
        await stage.keeps("message", 235)
    assert server.asked("GET", "/channels/*/messages")[asked:] == []


async def test_messages_in_threads_that_were_archived_meanwhile_are_fetched(stage: Stage) -> None:
    server = stage.server
    forum = server.channel(stage.guild, "questions", kind="FORUM")
    hidden = server.channel(stage.guild, "hidden")
    server.hide(hidden)
    async with stage.up():
        old, known = (server.thread(stage.room, name, stage.ana) for name in ("old", "known"))
        server.say(stage.ana, old, "before")
        server.say(stage.ana, known, "before")
        await stage.keeps("message", 2)
        server.archive(old)
        # What is kept is recorded as taken a moment later: ended in between, Kith would fetch it once more.
        await stage.until(partial(stage.caught_up, old, known))
    await stage.advance(minutes=10)
    born = server.thread(forum, "born and closed", stage.bo)
    joined = server.thread(stage.room, "among us", server.bot, private=True)
    said = [server.say(stage.bo, each, "missed") for each in (known, born, joined)]
    for each in (known, born, joined):
        server.archive(each)
    for number in range(105):  # more than a page of threads that nobody wrote in
        server.archive(server.thread(stage.room, f"empty {number}", stage.ana))
    await stage.advance(minutes=20)
    async with stage.up():
        rows = await stage.keeps("message", 5)
        assert {row.event_key for row in rows[2:]} == {f"m:{message.id}" for message in said}
        space = await stage.space()

        async def named() -> bool:
            async with stage.store.read() as unit:
                names = {room.name for room in (await unit.communities.rooms([space.id])).values()}
            return {"known", "born and closed", "among us"} <= names

        await stage.until(named)
        async with stage.store.read() as unit:
            ((_, _, _, what),) = await unit.communities.gaps([space.id])
        assert "messages" not in what
    assert len(server.asked("GET", f"/channels/{stage.room.id}/threads/archived/public")) == 2
    assert server.asked("GET", f"/channels/{hidden.id}/threads/*") == []
    assert server.asked("GET", f"/channels/{old.id}/messages") == []


async def went_away(stage: Stage) -> None:
    """Let Kith hear one message, and be away for ten minutes."""
    async with stage.up():
        stage.server.say(stage.ana, stage.room, "before")
        await stage.keeps("message", 1)
        await stage.until(stage.listens)
    await stage.advance(minutes=10)


async def missing(stage: Stage) -> str:
    """Let Kith come back, and return what the one gap lacks."""
    space = await stage.space()
    async with stage.up(), stage.store.read() as unit:
        ((_, _, _, what),) = await unit.communities.gaps([space.id])
    return what


async def test_archived_threads_that_cant_be_listed_are_part_of_the_gap(stage: Stage) -> None:
    await went_away(stage)
    stage.server.fail("GET", "/channels/*/threads/archived/public", 403, code=50013)
    assert "messages" in await missing(stage)


async def test_a_room_that_cant_be_read_is_part_of_the_gap(stage: Stage) -> None:
    await went_away(stage)
    stage.server.say(stage.ana, stage.room, "missed")
    stage.server.fail("GET", "/channels/*/messages", 403, code=50001)
    assert "messages" in await missing(stage)


async def test_a_session_that_is_gone_fetches_what_was_missed(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        server.say(stage.ana, stage.room, "before")
        await stage.keeps("message", 1)
        server.forget_sessions()
        server.drop_sockets()
        server.say(stage.ana, stage.room, "while away")
        rows = await stage.keeps("message", 2)
        assert len(rows) == 2
    assert len(server.gateway.identified) == 2


async def test_what_is_too_much_to_hold_is_fetched_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    server = stage.server
    monkeypatch.setattr(inflow, "LIMIT", 5)
    async with stage.up():
        server.say(stage.ana, stage.room, "before")
        await stage.until(stage.caught_up)
        async with stage.store.begin():  # nothing can be committed meanwhile
            said = [server.say(stage.ana, stage.room, f"flood {number}") for number in range(40)]
            await stage.until(stage.overflowed)
        rows = await stage.keeps("message", 41)
        assert [row.event_key for row in rows][1:] == [f"m:{message.id}" for message in said]
        await stage.until(stage.caught_up)
        server.say(stage.bo, stage.room, "and on")
        assert len(await stage.keeps("message", 42)) == 42
