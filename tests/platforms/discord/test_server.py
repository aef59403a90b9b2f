"""The loopback Discord, seen by the real discord.py that knows nothing of it but two addresses."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.world.discord_server import PATIENCE, TOKEN, DiscordServer, NotOffered


class Listener(discord.Client):
    """discord.py as it is; remembers what it was told."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents=intents or discord.Intents.all())
        self._connection.guild_ready_timeout = 0.05
        self.heard: list[tuple[str, str]] = []
        self.changed = asyncio.Condition()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify again at once: the five seconds between are Discord's wish, not loopback's."""

    async def _note(self, kind: str, text: str) -> None:
        self.heard.append((kind, text))
        async with self.changed:
            self.changed.notify_all()

    async def hears(self, kind: str, text: str = "") -> None:
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(lambda: (kind, text) in self.heard), PATIENCE)

    async def on_ready(self) -> None:
        await self._note("ready", "")

    async def on_resumed(self) -> None:
        await self._note("resumed", "")

    async def on_message(self, message: discord.Message) -> None:
        await self._note("message", message.content)

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        await self._note("reaction", str(payload.emoji))

    async def on_member_join(self, member: discord.Member) -> None:
        await self._note("join", f"{member.name} {member.pending}")

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        await self._note("update", f"{after.name} {before.pending}->{after.pending}")

    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        await self._note("leave", payload.user.name)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self._note("delete", "")

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        await self._note("edit", payload.data["content"])

    async def on_thread_create(self, thread: discord.Thread) -> None:
        await self._note("thread", thread.name)

    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        await self._note("channel", f"{before.name}->{after.name}")


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as server:
        monkeypatch.setattr(Route, "BASE", server.api_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway_url))
        yield server


@asynccontextmanager
async def connected(server: DiscordServer, intents: discord.Intents | None = None) -> AsyncIterator[Listener]:
    client = Listener(intents)
    running = asyncio.create_task(client.start(server.token))
    waiting = asyncio.create_task(client.hears("ready"))
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        waiting.cancel()
        await client.close()
        running.result()
    try:
        yield client
    finally:
        await client.close()
        await running


async def test_events_arrive_as_discord_py_objects(server: DiscordServer) -> None:
    guild = server.guild("Data Kitchen")
    room = server.channel(guild, "general")
    ana = server.user("ana", guild=guild)
    async with connected(server) as client:
        known = client.get_guild(guild.id)
        assert known is not None
        assert {member.name for member in known.members} >= {"ana"}
        message = server.say(ana, room, "hello")
        server.react(ana, message, "🎉")
        server.edit(message, "hello all")
        server.delete(message)
        server.thread(room, "week one", ana)
        server.rename(room, "lobby")
        bo = server.user("bo")
        server.join(bo, guild, pending=True)
        await client.hears("join", "bo True")
        server.pass_screening(bo, guild)
        server.leave(bo, guild)
        await client.hears("leave", "bo")
    assert [item for item in client.heard if item[0] != "message"] == [
        ("ready", ""),
        ("reaction", "🎉"),
        ("edit", "hello all"),
        ("delete", ""),
        ("thread", "week one"),
        ("channel", "general->lobby"),
        ("join", "bo True"),
        ("update", "bo True->False"),
        ("leave", "bo"),
    ]


async def test_a_dropped_socket_resumes_and_hears_what_it_missed(server: DiscordServer) -> None:
    guild = server.guild("Data Kitchen")
    room = server.channel(guild, "general")
    ana = server.user("ana", guild=guild)
    async with connected(server) as client:
        server.say(ana, room, "before")
        await client.hears("message", "before")
        server.drop_sockets()
        server.say(ana, room, "while away")
        await client.hears("resumed")
        await client.hears("message", "while away")
        server.say(ana, room, "after")
        await client.hears("message", "after")
    assert [text for kind, text in client.heard if kind == "message"] == ["before", "while away", "after"]
    assert len(server.gateway.identified) == 1
    assert len(server.gateway.resumed) == 1


async def test_a_request_to_reconnect_resumes(server: DiscordServer) -> None:
    guild = server.guild("Data Kitchen")
    room = server.channel(guild, "general")
    async with connected(server) as client:
        server.gateway.ask_to_reconnect()
        await client.hears("resumed")
        server.say(server.user("ana", guild=guild), room, "after")
        await client.hears("message", "after")


@pytest.mark.parametrize("how", ["told so", "forgotten"])
async def test_an_invalid_session_identifies_again(server: DiscordServer, how: str) -> None:
    guild = server.guild("Data Kitchen")
    room = server.channel(guild, "general")
    ana = server.user("ana", guild=guild)
    async with connected(server) as client:
        client.heard.clear()
        if how == "told so":
            server.gateway.invalidate(resumable=False)
        else:
            server.forget_sessions()
            server.drop_sockets()
        await client.hears("ready")
        server.say(ana, room, "after")
        await client.hears("message", "after")
    assert len(server.gateway.identified) == 2


async def test_429_is_waited_out_and_tried_again(server: DiscordServer) -> None:
    room = server.channel(server.guild("Data Kitchen"), "general")
    server.limit("POST", "/channels/*/messages", retry_after=0.01, times=2)
    async with connected(server) as client:
        target = client.get_channel(room.id)
        assert isinstance(target, discord.TextChannel)
        await target.send("patience")
    assert [call.status for call in server.asked("POST", "/channels/*/messages")] == [429, 429, 200]
    assert [message.content for message in server.from_bot(room)] == ["patience"]


async def test_errors_carry_discords_codes(server: DiscordServer) -> None:
    guild = server.guild("Data Kitchen")
    room = server.channel(guild, "general")
    ana = server.user("ana", guild=guild)
    server.block_dms(ana)
    async with connected(server) as client:
        known = await client.fetch_user(ana.id)
        with pytest.raises(discord.Forbidden) as refused:
            await known.send("hi")
        assert refused.value.code == 50007
        target = client.get_channel(room.id)
        assert isinstance(target, discord.TextChannel)
        with pytest.raises(discord.NotFound) as missing:
            await target.fetch_message(1)
        assert missing.value.code == 10008
        high = server.role(guild, "Above", above_bot=True)
        known_guild = client.get_guild(guild.id)
        assert known_guild is not None
        member = await known_guild.fetch_member(ana.id)
        with pytest.raises(discord.Forbidden) as forbidden:
            await member.add_roles(discord.Object(high.id))
        assert forbidden.value.code == 50013
        server.raise_bot_above(guild, high)
        await member.add_roles(discord.Object(high.id))
        assert high.id in server.backend.get_member(guild.id, ana.id).role_ids
        server.fail("GET", "/users/*", 403, code=50001)
        with pytest.raises(discord.Forbidden):
            await client.fetch_user(ana.id)


async def test_the_same_nonce_returns_the_earlier_message(server: DiscordServer) -> None:
    room = server.channel(server.guild("Data Kitchen"), "general")
    async with connected(server) as client:
        target = client.get_channel(room.id)
        assert isinstance(target, discord.TextChannel)
        server.cut_call("POST", "/channels/*/messages", after=True)
        with pytest.raises(aiohttp.ClientError):
            await target.send("once", nonce="kith-1")
        again = await target.send("once", nonce="kith-1")
        other = await target.send("once", nonce="kith-2")
    assert [message.id for message in server.from_bot(room)] == [again.id, other.id]


async def test_history_comes_in_pages_after_a_message(server: DiscordServer) -> None:
    guild = server.guild("Data Kitchen")
    room = server.channel(guild, "general")
    ana = server.user("ana", guild=guild)
    said = [server.say(ana, room, f"message {number}") for number in range(250)]
    async with connected(server) as client:
        target = client.get_channel(room.id)
        assert isinstance(target, discord.TextChannel)
        after = discord.Object(said[9].id)
        read = [message.id async for message in target.history(after=after, limit=None)]
    assert read == [message.id for message in said[10:]]
    assert len(server.asked("GET", "/channels/*/messages")) == 3


async def test_slash_commands_and_buttons_come_and_are_answered(server: DiscordServer) -> None:
    guild = server.guild("Data Kitchen")
    room = server.channel(guild, "general")
    ana = server.user("ana", guild=guild)

    async with connected(server) as client:
        tree = discord.app_commands.CommandTree(client)

        class More(discord.ui.View):
            @discord.ui.button(label="More", custom_id="more")
            async def more(self, interaction: discord.Interaction, _: discord.ui.Button[More]) -> None:
                await interaction.response.defer(ephemeral=True, thinking=True)
                await interaction.followup.send("15,515 in all")

        @tree.command(name="points", description="Show points")
        async def points(interaction: discord.Interaction, member: discord.Member | None = None) -> None:
            await interaction.response.send_message(f"{member or interaction.user}: 12", view=More())

        with pytest.raises(NotOffered):
            server.slash(ana, room, "points")
        await tree.sync()
        called = server.slash(ana, room, "points", {"member": ana})
        shown = await server.until(lambda: server.answer(called))
        assert shown.content == "ana: 12"
        pressed = server.press(ana, shown, label="More")
        private = await server.until(lambda: server.answer(pressed))
        assert private.content == "15,515 in all"
        assert private.is_ephemeral


@pytest.mark.parametrize(("wrong", "code"), [("intents", 4014), ("token", 4004)])
async def test_what_the_gateway_refuses(server: DiscordServer, wrong: str, code: int) -> None:
    if wrong == "intents":
        server.gateway.approved = discord.Intents.default()
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with connected(server):
                pass
    else:
        server.gateway.token = "another"
        with pytest.raises(discord.ConnectionClosed) as closed:
            async with connected(server):
                pass
        assert closed.value.code == code


async def test_a_wrong_token_is_refused_at_login(server: DiscordServer) -> None:
    server.token = "another"
    client = Listener()
    with pytest.raises(discord.LoginFailure):
        await client.login("wrong")
    await client.close()


async def test_it_runs_as_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.world.discord_server", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        where = json.loads(await process.stdout.readline())
        root = where["api_url"].removesuffix("/api/v10")
        async with aiohttp.ClientSession() as http:

            async def control(helper: str, **arguments: object) -> dict[str, str]:
                async with http.post(f"{root}/control/{helper}", json=arguments) as answer:
                    assert answer.status == 200
                    result: dict[str, str] = await answer.json()
                    return result

            guild = await control("guild", name="Data Kitchen")
            room = await control("channel", guild=guild["id"], name="general")
            ana = await control("user", name="ana", guild=guild["id"])
            said = await control("say", user=ana["id"], channel=room["id"], text="hello")
            headers = {"Authorization": f"Bot {TOKEN}"}
            async with http.get(f"{where['api_url']}/channels/{room['id']}/messages", headers=headers) as answer:
                assert [message["id"] for message in await answer.json()] == [said["id"]]
            async with http.get(f"{where['api_url']}/users/@me") as answer:
                assert answer.status == 401
    finally:
        process.terminate()
        await process.wait()
