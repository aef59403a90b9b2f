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
import io
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import discord
from aiohttp import web
from simcord._clock import Clock
from simcord.backend import serializers
from simcord.backend.errors import BackendError
from simcord.backend.models import Message
from simcord.http import router

from tests.world.discord_backend import WithPosts
from tests.world.discord_clients import Clients, NotOffered
from tests.world.discord_files import Files
from tests.world.discord_gateway import Gateway
from tests.world.discord_parts import Call, Fault
from tests.world.discord_trouble import Trouble
from tests.world.discord_world import World

__all__ = ["PATIENCE", "TOKEN", "DiscordServer", "NotOffered"]

PREFIX = "/api/v10"
#: What every server on loopback accepts as the bot's token.
TOKEN = "loopback.Discord.token-of-nobody"
PATIENCE = 30.0


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


def _json(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """JSON with the bare content type that Discord sends and discord.py compares with."""
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


class DiscordServer(World, Clients, Trouble, Files):
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
        self.backend = WithPosts(clock=clock)
        self.gateway = Gateway(self.backend, token, approved or discord.Intents.all())
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.unreachable: set[int] = set()
        self._nonces: dict[tuple[int, str], int] = {}
        self.port = port
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
        app.router.add_get("/cdn/{path:.*}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
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
        return f"http://127.0.0.1:{self.port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway/"

    async def until(self, holds: Callable[[], Any]) -> Any:
        """Wait until something is true of this server; returns it. Gives up after PATIENCE seconds."""

        async def wait() -> Any:
            async with self.gateway.changed:
                await self.gateway.changed.wait_for(holds)
            return holds()

        return await asyncio.wait_for(wait(), PATIENCE)

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
        return _json(self.backend.as_told(self.on_loopback(result)), headers=headers)

    def _route(self, request: web.Request, path: str, body: Any, files: list[Upload]) -> Any:  # noqa: PLR0911  one for each
        parts = path.strip("/").split("/")
        if (changed := self._of_forums(request.method, parts, body)) is not None:
            return changed
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
            case ("GET", "guilds", _, "scheduled-events", _, "users"):
                return self._interested(request, path)
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

    def _interested(self, request: web.Request, path: str) -> Any:
        """A page of who is interested in an event, by their ids; simcord would answer all of them."""
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 100))
        found = sorted(self._dispatch(request, path, None, []), key=lambda each: int(each["user"]["id"]))
        return [each for each in found if int(each["user"]["id"]) > after][: min(limit, 100)]

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
        earlier = self._nonces.get((channel_id, nonce)) if body.get("enforce_nonce") else None
        if earlier is not None and earlier in self.backend.messages[channel_id]:
            message = self.backend.get_message(channel_id, earlier)
            return {**serializers.message_payload(self.backend, message), "nonce": nonce}
        result = dict(self._dispatch(request, path, body, files))
        if nonce:
            self._nonces[channel_id, nonce] = int(result["id"])
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
