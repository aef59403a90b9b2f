"""The Discord adapter: listens through the gateway, answers and writes through REST."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import aiohttp
import discord
import structlog

from bot.platforms.discord import markup
from bot.platforms.discord.answers import PROMISE_AFTER, Answers, TooLate
from bot.platforms.discord.client import GatewayClient, use_addresses
from bot.platforms.discord.commands import slash_commands
from bot.platforms.discord.inflow import Inflow
from bot.platforms.discord.pages import Page, nonce, pages_of, plain_body
from bot.platforms.discord.rest import Rest, Threads
from bot.platforms.discord.translate import NAME, Handle, Known, rights
from bot.platforms.port import Capabilities, Intake, RetryLater, Unavailable, Unreachable
from core.domain.clock import Clock
from core.domain.errors import KithError
from core.domain.events import Asked, CommandCalled, Finding, Role
from core.domain.outgoing import Action, Deletion, Edit, Outgoing, Pin, Receipt, RoleChange
from core.domain.people import Rights
from core.domain.pulse import Pulse
from core.kit.declare import Command
from core.store.unit import Store

CAPABILITIES = Capabilities(
    ephemeral=True,
    deletions=True,
    history=True,
    idempotent_send=True,
    voice=True,
    roles=True,
    titles=False,
    text_limit=markup.LIMIT,
    caption_limit=markup.LIMIT,
)
#: Discord's codes for a person who can't be written to: closed to us, shares no server, has blocked us.
SHUT = {50007, 50278, 40003}
#: Discord's codes for what isn't there or isn't ours to do, where trying again is no use.
GONE = {10003, 10004, 10008, 50001, 50005, 50013, 50083}
#: What a tier never gives: whoever sets tiers up could give themself more than the server gave them.
POWERS = discord.Permissions(
    administrator=True,
    manage_guild=True,
    manage_roles=True,
    manage_channels=True,
    manage_webhooks=True,
    manage_messages=True,
    kick_members=True,
    ban_members=True,
    moderate_members=True,
    mention_everyone=True,
)
#: Rooms that have threads.
THREADED = {
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
}
UNKNOWN_MEMBER, MISSING_PERMISSIONS = 10007, 50013
SCREENED = "MEMBER_VERIFICATION_GATE_ENABLED"
NEXT_TRY = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds between two tries to log in
CHATS_KEPT = 10_000  # direct chats whose ids are remembered
_NOT_YET = 2.0
_log = structlog.get_logger()


class Discord:
    """A platform of Kith's; see `bot.platforms.port.Platform`.

    `shards` are the parts of the bot's servers that this process listens to, of `shard_count` in all.
    """

    name = NAME
    capabilities = CAPABILITIES
    promise_after = PROMISE_AFTER
    between_sessions = 5.0  # seconds that Discord wants between two new sessions

    def __init__(
        self,
        token: str,
        store: Store,
        clock: Clock,
        commands: Sequence[Command],
        *,
        api_url: str | None = None,
        gateway_url: str | None = None,
        shards: Sequence[int] = (0,),
        shard_count: int = 1,
    ) -> None:
        self._token = token
        self._store = store
        self._clock = clock
        self._commands = commands
        self._private = {command.name for command in commands if command.private}
        self._addresses = (api_url, gateway_url)
        self._shards = shards
        self._shard_count = shard_count
        self.pulse = Pulse()
        self._known = Known()
        self._clients: list[GatewayClient] = []
        self._rest: Rest | None = None
        self._answers: Answers | None = None
        self._inflow: Inflow | None = None
        self._direct_chats: dict[str, str] = {}
        self._turns = asyncio.Lock()
        self._next_turn = 0.0
        self._later: set[asyncio.Task[None]] = set()

    # ------------------------------------------------------------------ listening

    async def run(self, intake: Intake) -> None:
        """Hand events in until cancelled; raise KithError for a wrong token or a missing intent."""
        use_addresses(*self._addresses)
        listener = NAME if self._shard_count == 1 else f"{NAME}:{self._shards[0]}-{self._shards[-1]}"
        inflow = self._inflow = Inflow(self._store, self._clock, intake, self._known, listener)
        self._clients = [
            GatewayClient(self._take, self._turn, self._lost, shard=shard, shards=self._shard_count)
            for shard in self._shards
        ]
        try:
            await self._log_in()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(inflow.run())
                tasks.create_task(self._catch_up(inflow))
                for client in self._clients:
                    tasks.create_task(self._listen(client))
        except BaseExceptionGroup as group:
            mend = group.subgroup(KithError)
            raise (group if mend is None else _first(mend)) from None
        finally:
            inflow.listening = False
            await self._close()

    def _take(self, name: str, data: Mapping[str, Any]) -> None:
        if self._inflow is None:
            return
        if name in ("READY", "RESUMED"):
            self._inflow.listening = True
        self.pulse.worked(self._clock.now())
        for event in self._inflow.take(name, data):
            if isinstance(event, Asked) and event.reply_handle is not None and self._answers is not None:
                private = isinstance(event, CommandCalled) and event.name in self._private and not event.direct
                self._answers.asked(Handle.parse(event.reply_handle), private=private)

    def _lost(self) -> None:
        self.pulse.failed(self._clock.now(), "the gateway is disconnected")
        if self._inflow is not None:
            self._inflow.listening = False

    async def _log_in(self) -> None:
        for attempt in range(1_000_000):
            try:
                for client in self._clients:
                    await client.login(self._token)
                http = self._clients[0].http
                self._rest = Rest(http)
                self._answers = Answers(self._rest, self.promise_after)
                if self._addresses[0] and not self._addresses[1]:
                    use_addresses(None, (await http.get_bot_gateway())[1])
                await self._rest.set_commands(str(self._clients[0].application_id), slash_commands(self._commands))
            except discord.LoginFailure:
                raise KithError("error-discord-token") from None
            except (
                OSError,
                aiohttp.ClientError,
                discord.DiscordServerError,
                discord.GatewayNotFound,
            ) as error:
                pause = NEXT_TRY[min(attempt, len(NEXT_TRY) - 1)]
                self.pulse.failed(self._clock.now(), type(error).__name__)
                _log.warning("Discord can't be reached, trying again", seconds=pause, error=type(error).__name__)
                await asyncio.sleep(pause)
            else:
                _log.info("logged in to Discord", name=str(self._clients[0].user))
                return

    async def _listen(self, client: GatewayClient) -> None:
        try:
            await client.connect()
        except discord.PrivilegedIntentsRequired:
            raise KithError("error-discord-intents") from None
        except discord.ConnectionClosed as closed:
            if closed.code == 4004:
                raise KithError("error-discord-token") from None
            raise KithError("error-discord-closed", code=closed.code) from None

    async def _catch_up(self, inflow: Inflow) -> None:
        while True:
            await inflow.missed.wait()
            self._do_later(self._ask_who_waits())
            await inflow.catch_up(self._client, self._thread_lists)

    def _thread_lists(self, space: str) -> list[tuple[str, Threads]]:
        """Return the lists of archived threads that hold what Kith hears of a server: none of a room it doesn't see."""
        guild = self._guild(space)
        lists: list[tuple[str, Threads]] = []
        for channel in guild.channels if guild is not None else ():
            mine = channel.permissions_for(channel.guild.me)
            if channel.type not in THREADED or not mine.view_channel:
                continue
            lists.append((str(channel.id), Threads.PUBLIC))
            if channel.type is discord.ChannelType.text:
                lists.append((str(channel.id), Threads.PRIVATE if mine.manage_threads else Threads.JOINED))
        return lists

    async def _turn(self) -> None:
        async with self._turns:
            loop = asyncio.get_running_loop()
            await asyncio.sleep(max(self._next_turn - loop.time(), 0.0))
            self._next_turn = loop.time() + self.between_sessions

    async def _ask_who_waits(self) -> None:
        """Learn who hasn't passed a server's screening yet; the answers come as dispatches."""
        for client in self._clients:
            for guild in client.guilds:
                if SCREENED in guild.features:
                    try:
                        await guild.chunk(cache=False)
                    except (TimeoutError, discord.ClientException) as error:
                        _log.warning("could not ask who waits", error=type(error).__name__)

    async def _close(self) -> None:
        if self._answers is not None:
            await self._answers.close()
        for task in list(self._later):
            task.cancel()
        for client in self._clients:
            await client.close()

    @property
    def _client(self) -> Rest:
        if self._rest is None:
            raise RetryLater(_NOT_YET)
        return self._rest

    # ------------------------------------------------------------------ sending

    async def perform(self, letter_id: int, action: Action, image: bytes | None) -> Receipt:
        """Do what is asked; see the port for what it raises."""
        match action:
            case Outgoing():
                return Receipt(await self.send(letter_id, action, image))
            case RoleChange():
                await self.follow_tier(action.space, action.to, action.give, action.take)
            case Deletion():
                await self.unsend(action.space, action.room, action.message)
            case Edit() | Pin():
                await self._change(action, image)
        return Receipt()

    async def _change(self, action: Edit | Pin, image: bytes | None) -> None:
        """Change or pin a message of Kith's own; raise Unreachable where it is gone."""
        room = action.room or self._main_room(action.space)
        if room is None or action.message is None:
            raise Unreachable("no such message")
        with _as_the_port_says():
            if isinstance(action, Pin):
                await self._client.pin(room, action.message, pinned=action.pinned)
                return
            page = Page({"components": []}) if action.content is None else pages_of(action.content, image)[0]
            await self._client.edit(room, action.message, page.body, page.files)

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Send a message and return its id; see the port for what it raises."""
        with _as_the_port_says():
            return await self._send(letter_id, outgoing, image)

    async def unsend(self, space: str | None, room: str | None, message: str) -> None:
        """Take a message of a room away; see the port for what it raises."""
        room = room or self._main_room(space or "")
        if room is None:
            raise Unreachable("no room of the server can be written in")
        with _as_the_port_says(), suppress(discord.NotFound):
            await self._client.delete(room, message)

    async def _send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str:
        pages = pages_of(outgoing, image)
        if outgoing.reply_handle is not None and self._answers is not None:
            try:
                sent = ""
                for page in pages:
                    change = outgoing.replaces is not None and not sent
                    handle = Handle.parse(outgoing.reply_handle)
                    private = outgoing.private and not outgoing.direct
                    answered = await self._answers.answer(handle, page, private=private, change=change)
                    sent = sent or answered
            except TooLate:
                _log.info("too late to answer, writing instead", letter=letter_id)
            else:
                return sent
        return await self._post(letter_id, outgoing, pages)

    async def _post(self, letter_id: int, outgoing: Outgoing, pages: list[Page]) -> str:
        if outgoing.private and outgoing.to is not None:
            try:
                return await self._into(await self._direct_chat(outgoing.to), letter_id, pages)
            except discord.HTTPException as error:
                if error.code not in SHUT or outgoing.fallback is None or outgoing.room is None:
                    raise
            said = [Page(plain_body(text)) for text in markup.pages(outgoing.fallback)]
            return await self._into(outgoing.room, letter_id, said)
        room = outgoing.room or self._main_room(outgoing.space or "")
        if room is None:
            raise Unreachable("no room of the server can be written in")
        if outgoing.replaces is not None:
            await self._client.edit(room, outgoing.replaces, pages[0].body, pages[0].files)
            pages = pages[1:]
            if not pages:
                return outgoing.replaces
        return await self._into(room, letter_id, pages)

    async def _direct_chat(self, person: str) -> str:
        if person not in self._direct_chats:
            if len(self._direct_chats) >= CHATS_KEPT:
                self._direct_chats.clear()
            self._direct_chats[person] = await self._client.direct_chat(person)
        return self._direct_chats[person]

    async def _into(self, room: str, letter_id: int, pages: list[Page]) -> str:
        first = ""
        for place, page in enumerate(pages):
            body = {**page.body, "nonce": nonce(letter_id, place, page.body), "enforce_nonce": True}
            made = await self._client.create(room, body, page.files)
            first = first or str(made["id"])
        return first

    def _main_room(self, space: str) -> str | None:
        """Return a server's room for what belongs to no other: its system channel, else the first open."""
        guild = self._guild(space)
        if guild is None:
            self._still_starting()
            return None
        rooms = [guild.system_channel, *guild.text_channels]
        for room in rooms:
            if room is not None and room.permissions_for(guild.me).send_messages:
                return str(room.id)
        return None

    def _do_later(self, what: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(what)
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    # ------------------------------------------------------------------ rights and roles

    def _guild(self, space: str) -> discord.Guild | None:
        found = (client.get_guild(int(space)) for client in self._clients if space.isdigit())
        return next((guild for guild in found if guild is not None), None)

    async def rights(self, space: str, person: str) -> Rights:
        """Return what a person may do in a server now; ABSENT where they aren't in it, UNKNOWN if it can't be asked."""
        guild = self._guild(space)
        if guild is None or not person.isdigit():
            return Rights.UNKNOWN
        try:
            member = await guild.fetch_member(int(person))
        except discord.NotFound:
            return Rights.ABSENT
        except (discord.DiscordException, OSError, aiohttp.ClientError) as error:
            _log.warning("rights could not be asked", platform=NAME, space=space, error=type(error).__name__)
            return Rights.UNKNOWN
        return rights(member.guild_permissions.value, owner=guild.owner_id == member.id)

    async def follow_tier(self, space: str, person: str, give: Sequence[str], take: Sequence[str]) -> None:
        """Give and take roles, by id or name; raise KithError for one that isn't Kith's to give."""
        guild = self._guild(space)
        if guild is None or self._rest is None:
            self._still_starting()
            raise Unreachable("not on this server")
        changes = [(self._role(guild, word), True) for word in give]
        changes += [(role, False) for word in take if (role := _found(guild, word)) is not None]
        for role, wanted in changes:
            change = self._rest.give_role if wanted else self._rest.take_role
            with _as_the_port_says():
                try:
                    await change(space, person, str(role.id))
                except discord.HTTPException as error:
                    if error.code == UNKNOWN_MEMBER:
                        return
                    if error.code == MISSING_PERMISSIONS:
                        raise KithError("error-discord-role", role=role.name) from error
                    raise

    async def roles_to_give(self, space: str) -> list[Role]:
        """Return the server's roles that Kith may give and that have no power over others, the lowest first."""
        guild = self._guild(space)
        if guild is None or not guild.me.guild_permissions.manage_roles:
            return []
        free = (role for role in guild.roles if role.is_assignable() and not role.permissions.value & POWERS.value)
        return [(str(role.id), role.name) for role in free]

    def _still_starting(self) -> None:
        """Raise RetryLater while Discord hasn't told of every server."""
        if not self._clients or not all(client.is_ready() for client in self._clients):
            raise RetryLater(_NOT_YET)

    @staticmethod
    def _role(guild: discord.Guild, word: str) -> discord.Role:
        """Return a role that Kith may give: one without power over others, whoever asked for it."""
        role = _found(guild, word)
        if role is None:
            raise KithError("error-discord-no-role", role=word)
        if not role.is_assignable():
            raise KithError("error-discord-role", role=role.name)
        if role.permissions.value & POWERS.value:
            raise KithError("error-discord-role-power", role=role.name)
        return role

    # ------------------------------------------------------------------ looking after

    async def look_at(self, space: str) -> list[Finding]:
        """Look at what Kith may do in one server."""
        guild = self._guild(space)
        if guild is None:
            return [(False, "lacks-unknown", {})]
        return _rights_in(guild.name, guild.me)

    async def doctor(self) -> list[Finding]:
        """Look at the token, the intents and the rights in each server."""
        use_addresses(*self._addresses)
        async with discord.Client(intents=discord.Intents(guilds=True)) as client:
            try:
                await client.login(self._token)
            except discord.LoginFailure:
                return [(False, "doctor-discord-token-wrong", {})]
            except (OSError, aiohttp.ClientError, discord.HTTPException):
                return [(False, "doctor-discord-away", {})]
            application = await client.application_info()
            found: list[Finding] = [(True, "doctor-discord-token", {"name": str(client.user)})]
            flags = application.flags
            listed = flags.gateway_guild_members or flags.gateway_guild_members_limited
            found.append((listed, "doctor-discord-members" if listed else "doctor-discord-members-off", {}))
            servers = [guild async for guild in client.fetch_guilds(limit=None)]
            if not servers:
                invite = discord.utils.oauth_url(application.id, permissions=_permissions(manage_roles=True))
                found.append((False, "doctor-discord-no-server", {"url": invite}))
            for server in servers:
                me = await (await client.fetch_guild(server.id)).fetch_member(client.user.id if client.user else 0)
                found += _rights_in(server.name, me)
            return found


@contextmanager
def _as_the_port_says() -> Iterator[None]:
    """Raise what Discord and the wire say in the words of the port."""
    try:
        yield
    except discord.RateLimited as limited:
        raise RetryLater(limited.retry_after) from limited
    except discord.HTTPException as error:
        if error.status == 429:
            raise RetryLater(_retry_after(error)) from error
        if error.code in SHUT | GONE:
            raise Unreachable(f"Discord {error.code}") from error
        if error.status >= 500:
            raise Unavailable from error
        raise
    except (OSError, aiohttp.ClientError) as error:
        raise Unavailable from error


def _found(guild: discord.Guild, word: str) -> discord.Role | None:
    role = guild.get_role(int(word)) if word.isdigit() else None
    return role or discord.utils.get(guild.roles, name=word)


def _rights_in(server: str, me: discord.Member) -> list[Finding]:
    mine = me.guild_permissions
    lacks = []
    if not mine.is_superset(_permissions(manage_roles=False)):
        lacks.append("doctor-discord-server-write")
    if not mine.manage_roles:
        lacks.append("doctor-discord-server-roles")
    named = {"server": server}
    return [(False, key, named) for key in lacks] or [(True, "doctor-discord-server", named)]


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _retry_after(error: discord.HTTPException) -> float:
    try:
        return float(error.response.headers.get("Retry-After", "5"))
    except ValueError:
        return 5.0


def _permissions(*, manage_roles: bool) -> discord.Permissions:
    return discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        embed_links=True,
        attach_files=True,
        read_message_history=True,
        manage_roles=manage_roles,
    )
