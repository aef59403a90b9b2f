"""A loopback Discord: REST and gateway on 127.0.0.1, for the real discord.py as its client.

What Discord would do with a request is simcord's state machine, written by others; this file puts it behind
real HTTP and a real WebSocket and adds what only the wire can show: tokens, nonces, 429 with its headers,
5xx, answers that never arrive, dropped sockets, RESUME, invalid sessions.

`python -m tests.world.discord_server --port N` runs it as a process of its own. There `POST
/control/<helper>` with a JSON object of arguments calls the helper of that name, and `GET /control/calls`
lists what was asked.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import fnmatch
import io
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import discord
from aiohttp import web
from simcord import interactions
from simcord._clock import Clock
from simcord.backend import Backend, serializers
from simcord.backend.command_access import command_access
from simcord.backend.errors import BackendError
from simcord.backend.models import Channel, Guild, Interaction, Message, Overwrite, Role, User
from simcord.enums import ChannelType, ComponentType, InteractionType, OptionType, OverwriteType
from simcord.http import router

from tests.world.discord_gateway import Gateway

PREFIX = "/api/v10"
#: What every server on loopback accepts as the bot's token.
TOKEN = "loopback.Discord.token-of-nobody"
PATIENCE = 30.0

Id = int | str


class WallClock(Clock):
    """The real time, for a server that runs beside a bot's own process."""

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.elapsed)


@dataclass
class Upload:
    """A file of a multipart request, as simcord's routes read it."""

    filename: str
    fp: io.BytesIO
    description: str | None = None


@dataclass(frozen=True)
class Call:
    """One REST request and the status it was answered with (0: the wire was cut)."""

    method: str
    path: str
    body: Any
    files: tuple[str, ...]
    status: int


@dataclass
class Fault:
    """What to answer instead of the truth, `times` times (None: always)."""

    method: str
    path: str
    status: int
    body: dict[str, Any]
    headers: dict[str, str]
    times: int | None
    cut: bool = False
    after: bool = False
    hold: asyncio.Event | None = None

    def takes(self, method: str, path: str) -> bool:
        return self.times != 0 and self.method in (method, "*") and fnmatch.fnmatchcase(path, self.path)

    def spend(self) -> None:
        if self.times is not None:
            self.times -= 1


class NotOffered(Exception):
    """The client would not have shown this command to this user."""


def _json(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """JSON with the bare content type that Discord sends and discord.py compares with."""
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


def _id(thing: Any) -> int:
    return int(getattr(thing, "id", thing))


@dataclass
class _Nonces:
    seen: dict[tuple[int, str], int] = field(default_factory=dict)


class DiscordServer:
    """Discord, as far as a bot can tell; `async with DiscordServer() as server` starts and stops it."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        approved: discord.Intents | None = None,
        clock: Clock | None = None,
        port: int = 0,
    ) -> None:
        self.token = token
        self.backend = Backend(clock=clock)
        self.gateway = Gateway(self.backend, token, approved or discord.Intents.all())
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.unreachable: set[int] = set()
        self._nonces = _Nonces()
        self._port = port
        self._runner: web.AppRunner | None = None

    # ------------------------------------------------------------------ life

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/control/calls", self._list_calls)
        app.router.add_post("/control/{helper}", self._control)
        app.router.add_route("*", PREFIX + "/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.gateway.url = self.gateway_url

    async def stop(self) -> None:
        for fault in self.faults:
            if fault.hold is not None:
                fault.hold.set()
        self.gateway.cut()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self._port}/gateway/"

    async def until(self, holds: Callable[[], Any]) -> Any:
        """Wait until something is true of this server; returns it. Gives up after PATIENCE seconds."""

        async def wait() -> Any:
            async with self.gateway.changed:
                await self.gateway.changed.wait_for(holds)
            return holds()

        return await asyncio.wait_for(wait(), PATIENCE)

    # ------------------------------------------------------------------ the world

    @property
    def bot(self) -> User:
        return self.backend.bot_user

    def guild(self, name: str, *, owner: User | Id | None = None, **settings: Any) -> Guild:
        return self.backend.create_guild(name, owner_id=None if owner is None else _id(owner), **settings)

    def channel(self, guild: Guild | Id, name: str, *, kind: str = "TEXT", **fields: Any) -> Channel:
        return self.backend.create_channel(_id(guild), name, type=ChannelType[kind], **fields)

    def thread(self, channel: Channel | Id, name: str, owner: User | Id, *, private: bool = False) -> Channel:
        kind = ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD
        return self.backend.create_thread(_id(channel), name, _id(owner), type=kind)

    def archive(self, thread: Channel | Id) -> None:
        """Close a thread: a new session is told nothing of it."""
        closed = {"archived": True, "archive_timestamp": self.backend.now_iso()}
        self.backend.edit_channel(_id(thread), {}, thread_metadata=closed)

    def hide(self, channel: Channel | Id) -> None:
        """Let nobody see a channel but who may see all."""
        everyone = self.backend.get_channel(_id(channel)).guild_id or 0
        overwrite = Overwrite(everyone, OverwriteType.ROLE, deny=discord.Permissions(view_channel=True).value)
        self.backend.set_overwrite(_id(channel), overwrite)

    def rename(self, channel: Channel | Id, name: str) -> Channel:
        return self.backend.edit_channel(_id(channel), {"name": name})

    def role(
        self, guild: Guild | Id, name: str, *, permissions: int = 0, above_bot: bool = False, **fields: Any
    ) -> Role:
        role = self.backend.create_role(_id(guild), name, permissions=permissions, **fields)
        if above_bot:
            role.position = 1 + max(item.position for item in self.backend.get_guild(_id(guild)).roles.values())
            self.backend.announce_role_updates(_id(guild), [role])
        return role

    def raise_bot_above(self, guild: Guild | Id, role: Role | Id) -> None:
        """Put the bot's own role one place above another."""
        roles = self.backend.get_guild(_id(guild)).roles
        own = next(item for item in roles.values() if item.managed and item.name == self.bot.name)
        own.position = roles[_id(role)].position + 1
        self.backend.announce_role_updates(_id(guild), [own])

    def user(self, name: str, *, guild: Guild | Id | None = None, bot: bool = False, **fields: Any) -> User:
        """A person; with `guild`, a member of it from before the bot looked."""
        user = self.backend.make_user(name, bot=bot, **fields)
        if guild is not None:
            self.backend.add_member(_id(guild), user.id, announce=False)
        return user

    def join(self, user: User | Id, guild: Guild | Id, *, pending: bool = False) -> None:
        """Somebody comes in; with `pending`, still behind the membership screening."""
        state = self.backend.get_guild(_id(guild))
        member = self.backend.add_member(state.id, _id(user), announce=False)
        member.pending = pending
        payload = dict(serializers.member_payload(self.backend, state, member))
        self.backend.emit("GUILD_MEMBER_ADD", {**payload, "guild_id": str(state.id)})

    def screen(self, guild: Guild | Id) -> None:
        """Let the server ask newcomers to pass a screening."""
        self.gateway.features[_id(guild)] = ["MEMBER_VERIFICATION_GATE_ENABLED"]

    def pass_screening(self, user: User | Id, guild: Guild | Id) -> None:
        self.backend.get_member(_id(guild), _id(user)).pending = False
        self.backend.announce_member_update(_id(guild), _id(user))

    def rename_member(self, user: User | Id, guild: Guild | Id, nick: str) -> None:
        self.backend.edit_member(_id(guild), _id(user), {"nick": nick})

    def give_role(self, user: User | Id, guild: Guild | Id, role: Role | Id) -> None:
        self.backend.add_member_role(_id(guild), _id(user), _id(role))

    def leave(self, user: User | Id, guild: Guild | Id) -> None:
        self.backend.remove_member(_id(guild), _id(user))

    def ban(self, user: User | Id, guild: Guild | Id) -> None:
        self.backend.apply_ban(_id(guild), _id(user), None)

    def dm(self, user: User | Id) -> Channel:
        return self.backend.get_dm_channel(_id(user))

    def voice(self, user: User | Id, guild: Guild | Id, channel: Channel | Id | None, **flags: bool) -> None:
        """Sit down in a voice channel, or leave with None; `self_deaf=True` is deafened."""
        self.backend.set_voice_state(_id(guild), _id(user), None if channel is None else _id(channel), **flags)

    def say(
        self, user: User | Id, channel: Channel | Id, text: str, *, reply_to: Message | Id | None = None
    ) -> Message:
        reference = None if reply_to is None else {"type": 0, "message_id": str(_id(reply_to))}
        if reference is not None:
            reference["channel_id"] = str(_id(channel))
        return self.backend.create_message(_id(channel), _id(user), text, reference=reference)

    def edit(self, message: Message, text: str) -> Message:
        return self.backend.edit_message(message.channel_id, message.id, {"content": text})

    def delete(self, message: Message) -> None:
        self.backend.delete_message(message.channel_id, message.id)

    def delete_many(self, messages: list[Message]) -> None:
        self.backend.bulk_delete_messages(messages[0].channel_id, [message.id for message in messages])

    def react(self, user: User | Id, message: Message, emoji: str = "👍") -> None:
        self.backend.add_reaction(message.channel_id, message.id, emoji, _id(user))

    def unreact(self, user: User | Id, message: Message, emoji: str = "👍") -> None:
        self.backend.remove_reaction(message.channel_id, message.id, emoji, _id(user))

    def slash(
        self,
        user: User | Id,
        channel: Channel | Id,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        locale: str = "en-US",
        force: bool = False,
    ) -> Interaction:
        """Call a registered slash command; `force` calls one that the client would not offer this user."""
        room = self.backend.get_channel(_id(channel))
        command = self.backend.find_command(name, room.guild_id)
        if command is None:
            raise NotOffered(f"no command /{name} is registered")
        access = command_access(self.backend, command, user_id=_id(user), channel_id=room.id)
        if not access.allowed and not force:
            raise NotOffered(f"/{name}: {access.reason}")
        declared = {option["name"]: option for option in command["options"]}
        data: dict[str, Any] = {"id": command["id"], "name": name, "type": 1, "options": []}
        for option, value in (options or {}).items():
            data["options"].append(self._option(name, declared[option], value, room, data))
        for option in declared.values():
            if option.get("required") and option["name"] not in (options or {}):
                raise NotOffered(f"/{name} asks for {option['name']}")
        return self._interact(InteractionType.APPLICATION_COMMAND, room, _id(user), data, extra={"locale": locale})

    def type(
        self,
        user: User | Id,
        channel: Channel | Id,
        name: str,
        option: str,
        typed: str,
        filled: Mapping[str, Any] | None = None,
        *,
        locale: str = "en-US",
    ) -> Interaction:
        """Type into an option of a slash command that has completion; `filled` are the options before it."""
        room = self.backend.get_channel(_id(channel))
        command = self.backend.find_command(name, room.guild_id)
        if command is None:
            raise NotOffered(f"no command /{name} is registered")
        declared = {each["name"]: each for each in command["options"]}
        if not declared[option].get("autocomplete"):
            raise NotOffered(f"/{name} completes no {option}")
        data: dict[str, Any] = {"id": command["id"], "name": name, "type": 1, "options": []}
        for each, value in (filled or {}).items():
            data["options"].append(self._option(name, declared[each], value, room, data))
        data["options"].append({"name": option, "type": declared[option]["type"], "value": typed, "focused": True})
        kind = InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE
        return self._interact(kind, room, _id(user), data, extra={"locale": locale})

    def open_menu(
        self, user: User | Id, channel: Channel | Id, name: str, on: User | Message, *, force: bool = False
    ) -> Interaction:
        """Choose a command in the menu of a person or a message."""
        room = self.backend.get_channel(_id(channel))
        kind = 2 if isinstance(on, User) else 3
        command = self.backend.commands[None].get((name, kind))
        if command is None:
            raise NotOffered(f"no menu holds {name}")
        access = command_access(self.backend, command, user_id=_id(user), channel_id=room.id)
        if not access.allowed and not force:
            raise NotOffered(f"{name}: {access.reason}")
        data: dict[str, Any] = {"id": command["id"], "name": name, "type": kind, "target_id": str(on.id)}
        if isinstance(on, User):
            self._resolve_user(on.id, room, data)
        else:
            data["resolved"] = {"messages": {str(on.id): dict(serializers.message_payload(self.backend, on))}}
        return self._interact(InteractionType.APPLICATION_COMMAND, room, _id(user), data, extra={})

    def press(
        self,
        user: User | Id,
        message: Message,
        custom_id: str | None = None,
        *,
        label: str | None = None,
        locale: str = "en-US",
    ) -> Interaction:
        """Press the button that has this custom_id or label (neither: the first), or choose the label in a menu."""
        stored = self.backend.get_message(message.channel_id, message.id)
        for menu in _found(stored.components, ComponentType.STRING_SELECT):
            for option in menu["options"]:
                if label == option["label"]:
                    return self._press(user, stored, menu["custom_id"], locale, option["value"])
        button = next(
            item
            for item in _found(stored.components, ComponentType.BUTTON)
            if custom_id in (None, item.get("custom_id")) and label in (None, item.get("label"))
        )
        return self._press(user, stored, button["custom_id"], locale)

    def press_forged(self, user: User | Id, message: Message, custom_id: str) -> Interaction:
        """Press a button that the message does not have, as an altered client would."""
        return self._press(user, message, custom_id, "en-US")

    def messages(self, channel: Channel | Id) -> list[Message]:
        return sorted(self.backend.messages[_id(channel)].values(), key=lambda message: message.id)

    def from_bot(self, channel: Channel | Id) -> list[Message]:
        return [message for message in self.messages(channel) if message.author_id == self.bot.id]

    def answer(self, interaction: Interaction) -> Message | None:
        """What the interaction was answered with: the finished original, else its first follow-up."""
        room = self.backend.messages[interaction.channel_id]
        original = room.get(interaction.message_id or 0)
        if original is not None and not interaction.deferred:
            return original
        return next((room[key] for key in interaction.followup_ids if key in room), None)

    def asked(self, method: str, pattern: str) -> list[Call]:
        return [call for call in self.calls if call.method == method and fnmatch.fnmatchcase(call.path, pattern)]

    def attachment(self, payload: Mapping[str, Any]) -> bytes:
        return self.backend.cdn.get(payload["url"]) or b""

    # ------------------------------------------------------------------ trouble

    def fail(
        self, method: str, path: str, status: int, *, code: int = 0, text: str = "", times: int | None = 1
    ) -> Fault:
        fault = Fault(method, path, status, {"code": code, "message": text or str(status)}, {}, times)
        self.faults.append(fault)
        return fault

    def limit(
        self,
        method: str,
        path: str,
        retry_after: float,
        *,
        everywhere: bool = False,
        times: int | None = 1,
    ) -> Fault:
        """Answer 429 as Discord does, for one route or for the whole bot."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
        headers = {
            "Retry-After": str(int(retry_after) + 1),
            "X-RateLimit-Scope": "global" if everywhere else "user",
        }
        if everywhere:
            headers["X-RateLimit-Global"] = "true"
        fault = Fault(method, path, 429, body, headers, times)
        self.faults.append(fault)
        return fault

    def cut_call(self, method: str, path: str, *, after: bool, times: int | None = 1) -> Fault:
        """Hang up on a request: before it has an effect, or after, so that its answer is lost."""
        fault = Fault(method, path, 0, {}, {}, times, cut=True, after=after)
        self.faults.append(fault)
        return fault

    def hold(self, method: str, path: str) -> asyncio.Event:
        """Let such requests wait until the event is set."""
        fault = Fault(method, path, 0, {}, {}, None, hold=asyncio.Event())
        self.faults.append(fault)
        assert fault.hold is not None
        return fault.hold

    def block_dms(self, user: User | Id) -> None:
        self.unreachable.add(_id(user))

    def drop_sockets(self, code: int | None = None) -> None:
        self.gateway.cut(code)

    def forget_sessions(self) -> None:
        self.gateway.forget()

    # ------------------------------------------------------------------ interactions

    def _press(
        self, user: User | Id, message: Message, custom_id: str, locale: str, chosen: str | None = None
    ) -> Interaction:
        room = self.backend.get_channel(message.channel_id)
        data: dict[str, Any] = {"custom_id": custom_id, "component_type": int(ComponentType.BUTTON)}
        if chosen is not None:
            data |= {"component_type": int(ComponentType.STRING_SELECT), "values": [chosen]}
        shown = dict(serializers.message_payload(self.backend, message))
        return self._interact(
            InteractionType.MESSAGE_COMPONENT,
            room,
            _id(user),
            data,
            extra={"message": shown, "locale": locale},
            source=message.id,
        )

    def _interact(
        self,
        kind: InteractionType,
        room: Channel,
        user_id: int,
        data: dict[str, Any],
        *,
        extra: Mapping[str, Any],
        source: int | None = None,
    ) -> Interaction:
        record, payload = interactions.base_payload(
            self.backend,
            type=int(kind),
            channel_id=room.id,
            guild_id=room.guild_id,
            user_id=user_id,
            data=data,
        )
        record.source_message_id = source
        self.backend.emit("INTERACTION_CREATE", {**payload, **extra})
        return record

    def _option(
        self, command: str, spec: Mapping[str, Any], value: Any, room: Channel, data: dict[str, Any]
    ) -> dict[str, Any]:
        kind = OptionType(spec["type"])
        if kind is OptionType.USER:
            self._resolve_user(_id(value), room, data)
            value = str(_id(value))
        elif kind in (OptionType.CHANNEL, OptionType.ROLE):
            self._resolve_other(kind, _id(value), room, data)
            value = str(_id(value))
        else:
            value = f"<@{value.id}>" if isinstance(value, User) else value  # as people type a mention
            value = interactions.validate_option_value(command, dict(spec), value)
        return {"name": spec["name"], "type": int(kind), "value": value}

    def _resolve_user(self, user_id: int, room: Channel, data: dict[str, Any]) -> None:
        resolved = data.setdefault("resolved", {})
        user = self.backend.get_user(user_id)
        resolved.setdefault("users", {})[str(user_id)] = dict(serializers.user_payload(user))
        if room.guild_id is None:
            return
        guild = self.backend.get_guild(room.guild_id)
        if member := guild.members.get(user_id):
            payload = dict(serializers.member_payload(self.backend, guild, member, with_user=False))
            resolved.setdefault("members", {})[str(user_id)] = {**payload, "permissions": "0"}

    def _resolve_other(self, kind: OptionType, key: int, room: Channel, data: dict[str, Any]) -> None:
        resolved = data.setdefault("resolved", {})
        if kind is OptionType.ROLE:
            role = self.backend.get_role(room.guild_id or 0, key)
            resolved.setdefault("roles", {})[str(key)] = dict(serializers.role_payload(role))
            return
        payload = dict(serializers.channel_payload(self.backend, self.backend.get_channel(key)))
        resolved.setdefault("channels", {})[str(key)] = {**payload, "permissions": "0"}

    # ------------------------------------------------------------------ REST

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        body, files = await _read(request)
        fault = next((item for item in self.faults if item.takes(request.method, path)), None)
        if fault is not None:
            fault.spend()
            if fault.hold is not None:
                await fault.hold.wait()
                fault = None
        answered: web.Response | None = None
        if fault is None or fault.after:
            answered = self._answer(request, path, body, files)
        elif not fault.cut:
            answered = _json(fault.body, status=fault.status, headers=fault.headers)
        cut = fault is not None and fault.cut
        status = 0 if cut or answered is None else answered.status
        self.calls.append(Call(request.method, path, body, tuple(file.filename for file in files), status))
        await self.gateway.tell()
        if cut or answered is None:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        answered.headers["Via"] = "1.1 loopback"
        return answered

    def _answer(self, request: web.Request, path: str, body: Any, files: list[Upload]) -> web.Response:
        by_token = path.startswith(("/interactions/", "/webhooks/"))
        if not by_token and request.headers.get("Authorization") != f"Bot {self.token}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        try:
            result = self._route(request, path, body, files)
        except (router.RouteNotImplemented, router.UnsupportedField) as error:
            return _json({"message": str(error), "code": 0}, status=501)
        except BackendError as error:
            return _json(error.to_json(), status=error.status)
        headers = {
            "X-RateLimit-Limit": "1000",
            "X-RateLimit-Remaining": "999",
            "X-RateLimit-Reset": "0",
            "X-RateLimit-Reset-After": "0.001",
            "X-RateLimit-Bucket": f"{request.method}-{path.split('/')[1]}",
        }
        if result is None:
            return web.Response(status=204, headers=headers)
        return _json(result, headers=headers)

    def _route(self, request: web.Request, path: str, body: Any, files: list[Upload]) -> Any:
        parts = path.strip("/").split("/")
        match (request.method, *parts):
            case ("GET", "gateway"):
                return {"url": self.gateway_url}
            case ("GET", "gateway", "bot"):
                limits = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
                return {"url": self.gateway_url, "shards": 1, "session_start_limit": limits}
            case ("GET", "channels", channel, "messages") if "after" in request.query:
                return self._after(request, path, int(channel))
            case ("GET", "channels", _, *_, "threads", "archived", _):
                return self._archived(request, path)
            case ("POST", "channels", channel, "messages"):
                return self._create_message(request, path, int(channel), body, files)
        return self._dispatch(request, path, body, files)

    def _dispatch(self, request: web.Request, path: str, body: Any, files: list[Upload]) -> Any:
        return router.dispatch(
            self.backend,
            request.method,
            path,
            json=body,
            params=dict(request.query),
            files=files,
            reason=request.headers.get("X-Audit-Log-Reason"),
        )

    def _after(self, request: web.Request, path: str, channel_id: int) -> Any:
        """The page right after a message, newest first; simcord would answer the newest of all."""
        self._dispatch(request, path, None, [])
        after, limit = int(request.query["after"]), int(request.query.get("limit", 50))
        page = [item for item in self.messages(channel_id) if item.id > after and not item.is_ephemeral]
        newest_first = reversed(page[: min(limit, 100)])
        return [serializers.message_payload(self.backend, item) for item in newest_first]

    def _archived(self, request: web.Request, path: str) -> Any:
        """A page of archived threads in Discord's order; simcord would answer all of them."""
        found = self._dispatch(request, path, None, [])["threads"]

        def place(thread: Mapping[str, Any]) -> Any:
            return int(thread["id"]) if "@me" in path else thread["thread_metadata"]["archive_timestamp"]

        before = request.query.get("before")
        limit = int(request.query.get("limit", 50))
        if before is not None:
            found = [each for each in found if place(each) < (int(before) if "@me" in path else before)]
        found = sorted(found, key=place, reverse=True)
        return {"threads": found[:limit], "members": [], "has_more": len(found) > limit}

    def _create_message(self, request: web.Request, path: str, channel_id: int, body: Any, files: list[Upload]) -> Any:
        recipients = self.backend.get_channel(channel_id).recipient_ids
        if self.unreachable.intersection(recipients):
            raise BackendError(403, 50007, "Cannot send messages to this user")
        nonce = str(body.get("nonce") or "")
        if len(nonce) > 25:
            raise BackendError(400, 50035, "Invalid Form Body: nonce")
        if not isinstance(body.get("content") or "", str) or len(body.get("content") or "") > 2000:
            raise BackendError(400, 50035, "Invalid Form Body: content must be 2000 or fewer in length")
        earlier = self._nonces.seen.get((channel_id, nonce)) if body.get("enforce_nonce") else None
        if earlier is not None and earlier in self.backend.messages[channel_id]:
            message = self.backend.get_message(channel_id, earlier)
            return {**serializers.message_payload(self.backend, message), "nonce": nonce}
        result = dict(self._dispatch(request, path, body, files))
        if nonce:
            self._nonces.seen[channel_id, nonce] = int(result["id"])
            result["nonce"] = body["nonce"]
        return result

    # ------------------------------------------------------------------ control of a process of its own

    async def _list_calls(self, _: web.Request) -> web.Response:
        return web.json_response([dataclasses.asdict(call) for call in self.calls])

    async def _control(self, request: web.Request) -> web.Response:
        helper = request.match_info["helper"]
        if helper.startswith("_") or helper not in CONTROLLED:
            return web.json_response({"error": f"no helper {helper}"}, status=404)
        arguments = await request.json() if request.can_read_body else {}
        for key in ("message", "reply_to"):
            if key in arguments:
                arguments[key] = self._find(int(arguments[key]))
        result = getattr(self, helper)(**arguments)
        await self.gateway.tell()
        return web.json_response(_plain(result))

    def _find(self, message_id: int) -> Message:
        for room in self.backend.messages.values():
            if message_id in room:
                return room[message_id]
        raise web.HTTPNotFound


#: Helpers that a process of its own offers under /control/.
CONTROLLED = frozenset(
    {
        "guild",
        "channel",
        "thread",
        "archive",
        "rename",
        "role",
        "raise_bot_above",
        "user",
        "join",
        "pass_screening",
        "rename_member",
        "give_role",
        "leave",
        "ban",
        "dm",
        "voice",
        "say",
        "edit",
        "delete",
        "react",
        "unreact",
        "slash",
        "press",
        "messages",
        "from_bot",
        "fail",
        "limit",
        "cut_call",
        "block_dms",
        "drop_sockets",
        "forget_sessions",
    }
)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        shallow = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
        return {
            key: str(item) if key == "id" or key.endswith("_id") else item
            for key, item in shallow.items()
            if isinstance(item, str | int | bool | list | None) and _is_plain(item)
        }
    return value


def _is_plain(value: Any) -> bool:
    try:
        json.dumps(value)
    except TypeError:
        return False
    return True


def _found(components: list[dict[str, Any]], kind: ComponentType) -> list[dict[str, Any]]:
    found = []
    for component in components:
        if component.get("type") == kind:
            found.append(component)
        found.extend(_found(component.get("components") or [], kind))
    return found


async def _read(request: web.Request) -> tuple[Any, list[Upload]]:
    if request.content_type != "multipart/form-data":
        text = await request.text()
        return (json.loads(text) if text else None), []
    body: Any = None
    files: list[Upload] = []
    async for part in await request.multipart():
        if part.name == "payload_json":
            body = json.loads(await part.text())
        elif part.filename is not None:
            files.append(Upload(part.filename, io.BytesIO(await part.read())))
    for file, described in zip(files, (body or {}).get("attachments") or [], strict=False):
        file.description = described.get("description")
    data = (body or {}).get("data")
    if isinstance(data, dict):
        for file, described in zip(files, data.get("attachments") or [], strict=False):
            file.description = described.get("description")
    return body, files


async def _serve(port: int, token: str) -> None:
    server = DiscordServer(port=port, token=token, clock=WallClock())
    await server.start()
    sys.stdout.write(json.dumps({"api_url": server.api_url, "gateway_url": server.gateway_url}) + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """Run the server until it is interrupted; the first line on standard output says where it listens."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--token", default=TOKEN)
    chosen = options.parse_args()
    try:
        asyncio.run(_serve(chosen.port, chosen.token))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
