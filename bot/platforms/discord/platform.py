"""The Discord adapter: listens through the gateway, answers and writes through REST."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

import aiohttp
import discord
import structlog

from bot.platforms.discord import events, forms
from bot.platforms.discord.answers import PROMISE_AFTER, Answers
from bot.platforms.discord.capabilities import CAPABILITIES
from bot.platforms.discord.client import GatewayClient, use_addresses
from bot.platforms.discord.commands import menu_commands, menu_names, opening, slash_commands
from bot.platforms.discord.doctor import examine, rights_in
from bot.platforms.discord.files import Files
from bot.platforms.discord.forums import KINDS, Forums
from bot.platforms.discord.inflow import Inflow
from bot.platforms.discord.interactions import TYPING, Handle, handle_of, opener, opens_form, rights, typing
from bot.platforms.discord.known import NAME, Known
from bot.platforms.discord.rest import MODAL, SUGGEST, Rest, Threads
from bot.platforms.discord.roles import follow, holders, roles_to_give
from bot.platforms.discord.sending import Sender
from bot.platforms.port import Intake, RetryLater, Unreachable, none_listed
from core.domain.clock import Clock
from core.domain.errors import KithError
from core.domain.events import Asked, CommandCalled, Finding, Role
from core.domain.message import Attachment
from core.domain.outgoing import (
    Action,
    Deletion,
    Edit,
    Outgoing,
    Pin,
    Poll,
    PollClose,
    Receipt,
    RoleChange,
    RoleQuestion,
    ScheduledEvent,
)
from core.domain.people import Rights
from core.domain.pulse import Pulse
from core.kit.declare import Command
from core.store.unit import Store

#: Rooms that have threads.
THREADED = {
    discord.ChannelType.text,
    discord.ChannelType.news,
    *KINDS,
}
SCREENED = "MEMBER_VERIFICATION_GATE_ENABLED"
NEXT_TRY = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds between two tries to log in
TYPING_WAITS = 2.8  # seconds: after three Discord takes no suggestions
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
        self._known = Known(menus=menu_names(commands), opening=opening(commands))
        self._clients: list[GatewayClient] = []
        self._rest: Rest | None = None
        self._answers: Answers | None = None
        self._inflow: Inflow | None = None
        self._sender: Sender | None = None
        self._files: Files | None = None
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
        if name == "INTERACTION_CREATE" and data.get("type") == TYPING:
            self._do_later(self._suggest(data))
        if name == "INTERACTION_CREATE" and opens_form(data, self._known):
            self._do_later(self._show_form(data))
        elif name == "INTERACTION_CREATE" and forms.lasting_of(data):
            self._do_later(self._keep_files(data))
        else:
            self._hand_in(name, data)

    async def _keep_files(self, data: Mapping[str, Any]) -> None:
        """Keep the files of a form before it is handed in: what was answered for is as it will be shown again."""
        if self._files is not None and self._answers is not None:
            self._answers.asked(handle_of(data), private=True)
            data = await self._files.kept(data)
        self._hand_in("INTERACTION_CREATE", data)

    async def _show_form(self, data: Mapping[str, Any]) -> None:
        """Show the form that a button or menu opens, at once; where that can't be, let it be answered as any other."""
        try:
            async with asyncio.timeout(forms.WAITS):
                call = opener(data, self._known)
                form = None if self._inflow is None else await self._inflow.intake.form(call, forms.FIELDS)
                if form is not None:
                    await self._client.respond(Handle.parse(call.reply_handle or ""), MODAL, forms.modal(form))
                    return
        except Exception as error:
            _log.warning("a form could not be shown", error=type(error).__name__)
        self._hand_in("INTERACTION_CREATE", data)

    def _hand_in(self, name: str, data: Mapping[str, Any]) -> None:
        if self._inflow is None:
            return
        for event in self._inflow.take(name, data):
            if isinstance(event, Asked) and event.reply_handle is not None and self._answers is not None:
                private = isinstance(event, CommandCalled) and event.name in self._private and not event.direct
                self._answers.asked(Handle.parse(event.reply_handle), private=private)

    async def _suggest(self, data: Mapping[str, Any]) -> None:
        """Offer what may be meant to somebody who types; a word more and they ask again."""
        try:
            async with asyncio.timeout(TYPING_WAITS):
                if self._inflow is None or (asked := typing(data, self._known)) is None:
                    return
                choices = await self._inflow.intake.suggest(*asked)
                offered = [{"name": each.label, "value": each.value} for each in choices]
                await self._client.respond(Handle.parse(asked[0].reply_handle or ""), SUGGEST, {"choices": offered})
        except Exception as error:
            _log.warning("nothing could be suggested", error=type(error).__name__)

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
                forums = Forums(self._rest, self._clients, self._clock)
                self._sender = Sender(self._rest, self._answers, self._main_room, forums)
                self._files = Files(self._rest, self._sender.direct_chat)
                if self._addresses[0] and not self._addresses[1]:
                    use_addresses(None, (await http.get_bot_gateway())[1])
                made = [*slash_commands(self._commands), *menu_commands(self._commands)]
                await self._rest.set_commands(str(self._clients[0].application_id), made)
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
            await inflow.catch_up(self._client, self._thread_lists, self._main_room)

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

    @property
    def _sending(self) -> Sender:
        if self._sender is None:
            raise RetryLater(_NOT_YET)
        return self._sender

    # ------------------------------------------------------------------ sending

    async def perform(self, letter_id: int, action: Action, image: bytes | None) -> Receipt:
        """Do what is asked; see the port for what it raises."""
        match action:
            case Outgoing():
                return Receipt(await self._sending.send(letter_id, action, image))
            case Poll():
                own = await self._sending.ask(letter_id, action, self._clock.now())
                return Receipt(own, own) if own else Receipt(await self._sending.send(letter_id, action.drawn, None))
            case PollClose():
                await self._sending.close_poll(action)
            case ScheduledEvent():
                return Receipt(await events.show(self._client, action, self._known.bot_id or ""))
            case RoleChange():
                await self.follow_tier(action.space, action.to, action.give, action.take)
            case Deletion():
                await self._sending.unsend(action.space, action.room, action.message)
            case Edit() | Pin():
                await self._sending.change(action, image)
            case RoleQuestion():
                if (guild := self._guild(action.space)) is None or self._rest is None:
                    self._still_starting()
                return Receipt(people=await holders(guild, self._rest, action))
        return Receipt()

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
        await follow(guild, self._rest, person, give, take)

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """Return the content of a file that somebody handed over; see the port for what it raises."""
        if self._files is None:
            raise RetryLater(_NOT_YET)
        return await self._files.fetch(attachment, most)

    async def roles_to_give(self, space: str, *, every: bool = False) -> list[Role]:
        """Return the server's roles, the lowest first: those to give have no power over others."""
        guild = self._guild(space)
        if guild is None:
            return []
        return [(str(each.id), each.name) for each in guild.roles[1:]] if every else roles_to_give(guild)

    def _still_starting(self) -> None:
        """Raise RetryLater while Discord hasn't told of every server."""
        if not self._clients or not all(client.is_ready() for client in self._clients):
            raise RetryLater(_NOT_YET)

    # ------------------------------------------------------------------ looking after

    transactions = staticmethod(none_listed)

    async def look_at(self, space: str) -> list[Finding]:
        """Look at what Kith may do in one server."""
        guild = self._guild(space)
        if guild is None:
            return [(False, "lacks-unknown", {})]
        return rights_in(guild.name, guild.me, guild.forums)

    async def doctor(self) -> list[Finding]:
        """Look at the token, the intents and the rights in each server."""
        use_addresses(*self._addresses)
        return await examine(self._token)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
