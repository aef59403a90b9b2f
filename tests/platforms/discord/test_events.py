"""What happens on Discord, as Kith keeps it."""

from __future__ import annotations

import pytest
from simcord.backend.models import Message
from sqlalchemy import select

from bot.build import House, build
from bot.platforms.discord import translate
from core.domain.events import Event
from core.engine.seal import Sealer
from core.store.tables.parked import parked
from tests.platforms.discord.conftest import Stage
from tests.world.world import KEY


async def names(stage: Stage, account_ids: list[int | None]) -> list[str]:
    """Return what accounts are called on the platform, `-` for none."""
    async with stage.store.read() as unit:
        return ["-" if each is None else (await unit.members.account(each)).name for each in account_ids]


async def test_each_event_is_kept_in_order(stage: Stage) -> None:
    server, ana, bo = stage.server, stage.ana, stage.bo
    cy = server.user("cy", global_name="Cy")
    async with stage.up():
        hello = server.say(ana, stage.room, "hello")
        answer = server.say(bo, stage.room, f"hi, ask <@{cy.id}>", reply_to=hello)
        server.react(bo, hello)
        server.unreact(bo, hello)
        server.edit(answer, "hi there")
        server.delete(answer)
        server.join(cy, stage.guild)
        server.leave(cy, stage.guild)
        await stage.keeps("left", 1)
    rows = [row for row in await stage.kept() if row.kind != "system"]
    who = await names(stage, [row.account_id for row in rows])
    whom = await names(stage, [row.target_account_id for row in rows])
    assert list(zip([row.kind for row in rows], who, whom, strict=True)) == [
        ("message", "Ana", "-"),
        ("reply", "Bo", "Ana"),
        ("mention", "Bo", "Cy"),
        ("reaction", "Bo", "Ana"),
        ("unreaction", "Bo", "Ana"),
        ("deleted", "-", "Bo"),
        ("joined", "Cy", "-"),
        ("left", "Cy", "-"),
    ]


async def test_who_left_while_kith_was_down_is_found_to_be_gone(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.build.ROLL_AGAIN", 0.1)
    async with stage.up():
        for who in (stage.ana, stage.bo):
            stage.server.say(who, stage.room, "hello")
        await stage.keeps("message", 2)
    stage.server.leave(stage.ana, stage.guild)
    async with stage.up():
        (left,) = await stage.keeps("left", 1)
        assert await names(stage, [left.account_id]) == ["Ana"]


async def test_people_keep_the_name_that_the_server_gives_them(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        server.rename_member(stage.ana, stage.guild, "Ana of the Oven")
        hello = server.say(stage.ana, stage.room, "hello")
        server.say(stage.bo, stage.room, f"hi <@{stage.ana.id}>", reply_to=hello)
        server.react(stage.bo, hello)
        server.unreact(stage.bo, hello)
        rows = await stage.keeps("unreaction", 1)
        assert await names(stage, [rows[0].account_id, rows[0].target_account_id]) == ["Bo", "Ana of the Oven"]


async def test_what_isnt_a_persons_message_is_not_kept_as_one(stage: Stage) -> None:
    server = stage.server
    async with stage.up() as house:
        direct = server.dm(stage.ana)
        server.say(stage.ana, direct, "hello Kith")
        server.thread(stage.room, "week one", stage.ana)
        server.say(server.bot, stage.room, "what Kith says itself")
        server.say(stage.bo, stage.room, "last")
        await stage.keeps("message", 1)
        assert len(await stage.kept("message")) == 1

        async def answered() -> bool:
            return server.messages(direct)[-1].author_id == server.bot.id

        await stage.until(answered)
        assert "I don't know you from any community yet" in server.messages(direct)[-1].content
        space = await stage.space()
        async with house.store.read() as unit:
            assert space.title == "Data Kitchen"
            assert {room.name for room in (await unit.communities.rooms([space.id])).values()} == {
                "general",
                "week one",
            }


async def test_a_renamed_room_and_server_are_known_by_their_new_names(stage: Stage) -> None:
    async with stage.up() as house:
        stage.server.rename(stage.room, "lobby")
        stage.server.backend.edit_guild(stage.guild.id, {"name": "Kitchen of Data"})

        async def renamed() -> bool:
            space = await stage.space()
            async with house.store.read() as unit:
                rooms = await unit.communities.rooms([space.id])
                return (space.title, [room.name for room in rooms.values()]) == ("Kitchen of Data", ["lobby"])

        await stage.until(renamed)


async def test_a_join_counts_when_screening_is_passed(stage: Stage) -> None:
    server = stage.server
    cy, di, ed = (server.user(name) for name in ("cy", "di", "ed"))
    async with stage.up():
        for each in (cy, di, ed):
            server.join(each, stage.guild, pending=True)
        server.rename_member(cy, stage.guild, "still outside")
        server.leave(di, stage.guild)
        server.pass_screening(ed, stage.guild)
        server.rename_member(stage.ana, stage.guild, "long here")
        server.say(stage.bo, stage.room, "later")
        await stage.keeps("message", 1)
        rows = await stage.kept("joined")
        assert await names(stage, [row.account_id for row in rows]) == ["ed"]
        assert await stage.kept("left") == []


async def test_whoever_waited_before_kith_came_counts_when_they_pass(stage: Stage) -> None:
    server = stage.server
    server.screen(stage.guild)
    cy = server.user("cy")
    server.join(cy, stage.guild, pending=True)
    async with stage.up():
        await server.until(lambda: server.gateway.asked_members)
        server.pass_screening(cy, stage.guild)
        rows = await stage.keeps("joined", 1)
        assert await names(stage, [row.account_id for row in rows]) == ["cy"]


async def test_what_comes_again_is_kept_once(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        hello = server.say(stage.ana, stage.room, "hello")
        server.react(stage.bo, hello)
        await stage.keeps("reaction", 1)
        server.gateway.replay_last("MESSAGE_CREATE", times=10)
        server.gateway.replay_last("MESSAGE_REACTION_ADD", times=10)
        server.say(stage.bo, stage.room, "last")
        await stage.keeps("message", 2)
        assert len(await stage.kept("message")) == 2
        assert len(await stage.kept("reaction")) == 1


@pytest.mark.parametrize("data", [{"guild_id": "8"}, {"guild_id": "8", "type": 0, "author": None}])
async def test_what_cant_be_read_is_parked_and_the_rest_goes_on(stage: Stage, data: dict[str, object]) -> None:
    async with stage.up() as house:
        stage.server.gateway.raw("MESSAGE_CREATE", data)
        stage.server.gateway.raw("GUILD_MEMBER_ADD", {"guild_id": str(stage.guild.id)})
        stage.server.say(stage.ana, stage.room, "and on")
        await stage.keeps("message", 1)

        async def both() -> bool:
            async with house.store.read() as unit:
                return await unit.parked.count() == 2

        await stage.until(both)
        async with house.store.read() as unit:
            rows = list(await unit.connection.execute(select(parked).order_by(parked.c.id)))
            assert house.engine.sealer.open(rows[0].sealed)["data"] == data
            assert "MESSAGE_CREATE" in rows[0].reason


async def test_a_mended_version_reads_what_was_put_aside_with_no_platform_connected(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = stage.server

    def of_yore(*_: object) -> list[Event]:
        raise KeyError("words")

    async def waiting(house: House) -> list[str]:
        async with house.store.read() as unit:
            return [each.reason for each in await unit.parked.all()]

    async with stage.up() as house:
        server.say(stage.ana, stage.room, "before")
        await stage.keeps("message", 1)
        with monkeypatch.context() as patch:
            patch.setitem(translate._READERS, "MESSAGE_CREATE", of_yore)
            said, said_at = server.say(stage.bo, stage.room, "hello from next year"), stage.clock.now()
            server.say(server.bot, stage.room, "what Kith says itself")
            server.gateway.raw("GUILD_MEMBER_ADD", {"guild_id": str(stage.guild.id)})

            async def all_three() -> bool:
                return len(await waiting(house)) == 3

            await stage.until(all_three)
    await stage.advance(hours=1)
    mended = build(stage.store, stage.clock, Sealer([KEY]), [])
    accepted = await mended.engine.retry_parked()
    assert (accepted.new, accepted.parked) == (1, 1)
    rows = await stage.kept("message")
    assert [row.event_key for row in rows][1:] == [f"m:{said.id}"]
    assert rows[1].at == said_at
    assert await waiting(mended) == ["GUILD_MEMBER_ADD: KeyError"]


async def test_time_in_voice_rooms_is_kept_when_it_ends(stage: Stage) -> None:
    server, guild = stage.server, stage.guild
    talk, away = (server.channel(guild, name, kind="VOICE") for name in ("talk", "away"))
    server.backend.edit_guild(guild.id, {"afk_channel_id": away.id})
    robo = server.user("robo", guild=guild, bot=True)
    server.voice(stage.ana, guild, talk)  # from before Kith came
    server.voice(robo, guild, talk)

    ticks: list[Message] = []

    async def later(minutes: int) -> None:
        ticks.append(server.say(stage.bo, stage.room, "tick"))  # when this is kept, what came before has been read
        await stage.keeps("message", len(ticks))
        await stage.advance(minutes=minutes)

    async with stage.up():
        server.voice(stage.bo, guild, talk)
        await later(10)
        server.voice(stage.bo, guild, talk, self_mute=True)
        await later(10)
        server.voice(stage.bo, guild, talk, self_deaf=True)
        await later(30)
        server.voice(stage.bo, guild, talk, self_deaf=False)
        await later(5)
        server.voice(stage.bo, guild, away)
        await later(30)
        server.voice(stage.bo, guild, None)
        for each in (stage.ana, robo):
            server.voice(each, guild, None)
        server.gateway.replay_last("VOICE_STATE_UPDATE", times=3)
        await later(1)
        rows = await stage.kept("voice")
        assert await names(stage, [row.account_id for row in rows]) == ["Bo", "Bo", "Ana"]
        assert [row.amount for row in rows] == [20, 5, 85]
        server.voice(stage.ana, guild, talk)
        await later(60)
    async with stage.up():  # what was under way is lost with the rest of the gap
        await stage.advance(minutes=7)
        server.leave(stage.ana, guild)
        await stage.keeps("left", 1)
        assert [row.amount for row in await stage.kept("voice")][3:] == [7]


async def test_shards_share_the_servers(stage: Stage) -> None:
    server = stage.server
    rooms = [
        server.channel(server.guild(f"Server {number}", shard_id=number, shard_count=2), "talk") for number in (0, 1)
    ]
    async with stage.up(shards=(0, 1), shard_count=2, wait=False):
        await server.until(lambda: len(server.gateway.sessions) == 2)
        for room in rooms:
            server.say(server.user("cy", guild=room.guild_id), room, "hello")
        assert len(await stage.keeps("message", 2)) == 2
    assert [asked["shard"] for asked in server.gateway.identified] == [[0, 2], [1, 2]]


#: What happens between Bo and Ana's message, by dispatch, emoji and whether it is a burst; is one there in the end?
REACTIONS = {
    "changed": ((("ADD", "👍", False), ("ADD", "🔥", False), ("REMOVE", "👍", False)), True),
    "a burst beside a normal one": ((("ADD", "👍", False), ("ADD", "👍", True), ("REMOVE", "👍", True)), True),
    "put back": ((("ADD", "👍", False), ("REMOVE", "👍", False), ("ADD", "👍", False)), True),
    "put back and gone": ((("ADD", "👍", False), ("REMOVE", "👍", False)) * 2, False),
    "cleared by a moderator": ((("ADD", "👍", False), ("ADD", "🔥", False), ("REMOVE_ALL", "", False)), False),
    "one emoji cleared": ((("ADD", "👍", False), ("ADD", "🔥", False), ("REMOVE_EMOJI", "👍", False)), True),
    "the only emoji cleared": ((("ADD", "👍", False), ("ADD", "👍", True), ("REMOVE_EMOJI", "👍", False)), False),
}


@pytest.mark.parametrize(("story", "there"), REACTIONS.values(), ids=REACTIONS.keys())
async def test_points_follow_the_reactions_that_are_there_in_the_end(
    stage: Stage, story: tuple[tuple[str, str, bool], ...], *, there: bool
) -> None:
    server = stage.server
    async with stage.up():
        hello = server.say(stage.ana, stage.room, "hello")
        rows = await stage.keeps("message", 1)

        async def points() -> int:
            async with stage.store.read() as unit:
                return (await unit.members.of_accounts([rows[0].account_id]))[rows[0].account_id].balance

        before = await points()
        place = {"guild_id": str(stage.guild.id), "channel_id": str(stage.room.id), "message_id": str(hello.id)}
        for word, emoji, burst in story:
            data = {**place, "user_id": str(stage.bo.id), "burst": burst, "emoji": {"id": None, "name": emoji}}
            if word == "REMOVE_ALL":
                data = place
            server.gateway.raw(f"MESSAGE_REACTION_{word}", data)
        server.say(stage.bo, stage.room, "last")
        await stage.keeps("message", 2)
        assert await points() - before == (2 if there else 0)


async def test_messages_deleted_together_take_their_points_along(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        asked = [server.say(stage.ana, stage.room, f"spam {number}") for number in range(3)]
        answer = server.say(stage.bo, stage.room, "so", reply_to=asked[0])
        await stage.keeps("reply", 1)
        ids = [str(each.id) for each in [*asked, answer]]
        place = {"guild_id": str(stage.guild.id), "channel_id": str(stage.room.id)}
        server.gateway.raw("MESSAGE_DELETE_BULK", {**place, "ids": ids})
        await stage.keeps("deleted", 4)
        async with stage.store.read() as unit:
            space = await stage.space()
            members = await unit.members.all(space.community_id)
        assert {(each.balance, each.earned, each.owed) for each in members} == {(0, 0, 0)}
