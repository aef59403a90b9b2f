"""A small stateful Telegram Bot API server on 127.0.0.1, reached by the real SDK through `base_url`.

In a test: `async with TelegramServer() as server:` and then `server.say(...)`, `server.press(...)`, ….
As its own process, so that it outlives a killed bot: `python -m tests.world.telegram_server --port N`,
driven by `Remote(port)`, which has the same helpers. `server.url` is what KITH_TELEGRAM_API_URL takes.
HTML is the one parse mode it reads; entities are checked as Telegram checks them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import urllib.request
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.world._telegram_methods import Methods
from tests.world._telegram_params import ApiError, Params
from tests.world._telegram_things import Json
from tests.world._telegram_updates import Updates

#: What is throttled: calls that put something into a chat.
_SENDING = ("send", "edit", "copy", "forward", "pin", "promote", "setChat", "delete")
#: What the control endpoint lets another process call.
_REMOTE = frozenset(
    {
        *("user", "group", "link_channel", "topic", "say", "say_as_channel", "post", "edit", "press"),
        *("react", "join", "leave", "kick", "promote", "demote", "ask_to_join", "start", "block"),
        *("add_bot", "remove_bot", "migrate", "vote", "push", "poison", "redeliver"),
        *("fail", "flood", "drop", "state", "burst", "crowd", "messages"),
    }
)


@dataclass
class Call:
    """One call as it came, with what was answered (status 0: the connection was dropped)."""

    method: str
    params: dict[str, str]
    at: float
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    status: int = 0
    result: Any = None

    @property
    def chat_id(self) -> int | None:
        value = self.params.get("chat_id", "")
        return int(value) if value.lstrip("-").isdigit() else None


@dataclass
class _Fault:
    code: int
    description: str
    times: int
    chat: int | None
    parameters: Json
    after: bool


class TelegramServer(Updates):
    """The server: `World` holds what is in it, `Updates` tells of it, this class speaks HTTP."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calls: list[Call] = []
        self.overdrawn: list[Call] = []
        self._faults: dict[str, list[_Fault]] = {}
        self._recent: dict[int, deque[float]] = {}
        self._methods = Methods(self)
        self._pushed: set[int] = set()
        self._runner: web.AppRunner | None = None
        self.port = 0

    # --- life --------------------------------------------------------------------------

    async def start_serving(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1 (`port` 0: any that is free)."""
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_post("/control/{helper}", self._control)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port or self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def stop_serving(self) -> None:
        """Stop listening; the state stays, `start_serving` goes on with it on the same port."""
        if self._pushing:
            self._pushing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pushing
            self._pushing = None
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return await self.start_serving()

    async def __aexit__(self, *_: object) -> None:
        await self.stop_serving()

    @property
    def url(self) -> str:
        """The address that stands for https://api.telegram.org."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as base_url."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as base_file_url."""
        return f"{self.url}/file/bot"

    # --- faults ------------------------------------------------------------------------

    def fail(
        self, method: str, code: int, description: str, *, times: int = 1, chat: Any = None, **parameters: Any
    ) -> None:
        """Answer the next `times` calls of a method (`*`: any) with an error."""
        self._fault(method, _Fault(code, description, times, self._number(chat), parameters, after=False))

    def drop(self, method: str, *, times: int = 1, after: bool = False) -> None:
        """Cut the connection of the next calls without an answer; with `after`, once the work is done."""
        self._fault(method, _Fault(0, "", times, None, {}, after))

    def flood(self, chat: Any, retry_after: int) -> None:
        """Refuse whatever is sent to a chat with 429 until `retry_after` seconds have passed."""
        self.chat(chat).flood_until = self.now() + retry_after

    def _fault(self, method: str, fault: _Fault) -> None:
        self._faults.setdefault(method, []).append(fault)

    def _number(self, chat: Any) -> int | None:
        return None if chat is None else self.chat(chat).id

    # --- looking -----------------------------------------------------------------------

    def called(self, method: str, chat: Any = None) -> list[Call]:
        """Return the calls of a method, oldest first, of one chat where given."""
        number = self._number(chat)
        return [one for one in self.calls if one.method == method and number in (None, one.chat_id)]

    def messages(self, chat: Any, *, mine: bool = True) -> list[Json]:
        """Return a chat's messages as they stand now; with `mine` only what the bot wrote."""
        everything = self.chat(chat).messages.values()
        me = self.me["id"]
        return [
            one
            for one in everything
            if not mine or one.get("from", {}).get("id") == me or one["chat"]["type"] == "channel"
        ]

    def alone(self, user: Any, chat: Any) -> list[Json]:
        """Return what the bot shows to one person of a group alone, oldest first."""
        number, me = self.person(user).user["id"], self.me["id"]
        shown = self.chat(chat).ephemeral
        return [one for (to, _), one in shown.items() if to == number and one["from"]["id"] == me]

    def state(self) -> Json:
        """Return pending and confirmed updates and the number of calls a method, for another process."""
        counts: dict[str, int] = {}
        for call in self.calls:
            counts[call.method] = counts.get(call.method, 0) + 1
        return {
            "pending": len(self.updates),
            "told": [one["update_id"] for one in self.told],
            "confirmed": sorted(self.confirmed),
            "messages": {one["update_id"]: one["message"]["message_id"] for one in self.told if "message" in one},
            "calls": counts,
            "allowed": self.allowed,
        }

    def burst(self, user: Any, chat: Any, count: int, text: str = "message") -> list[int]:
        """Write `count` numbered messages at once; return their message ids."""
        return [int(self.say(user, chat, f"{text} {number}")["message_id"]) for number in range(count)]

    def crowd(self, chat: Any, count: int) -> list[tuple[int, int]]:
        """Let `count` new people write one message each; return user and message ids."""
        said = []
        for _ in range(count):
            one = self.user("Passer-by")
            said.append((int(one["id"]), int(self.say(one, chat, "hello")["message_id"])))
        return said

    async def settled(self, *, within: float = 30.0) -> None:
        """Wait until the bot has confirmed (or answered for) every update; raises TimeoutError."""
        async with asyncio.timeout(within):
            while self.updates or self.again:  # noqa: ASYNC110 - changes in many places, tests only
                await asyncio.sleep(0.005)

    # --- HTTP --------------------------------------------------------------------------

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            code = 401 if ":" in request.match_info["token"] else 404
            return self._error(ApiError(code, "Unauthorized" if code == 401 else "Not Found"))
        params = await self._params(request)
        call = Call(request.match_info["method"], params.fields, self.now(), params.files)
        self.calls.append(call)
        fault = self._next_fault(call)
        if fault and fault.code == 0 and not fault.after:
            return self._cut(request)
        try:
            if fault and fault.code:
                raise ApiError(fault.code, fault.description, **fault.parameters)
            self._throttle(call)
            call.result = await self._run(call.method, params)
            call.status = 200
        except ApiError as error:
            call.status = error.code
            return self._error(error)
        if fault:
            call.status = 0
            return self._cut(request)
        return web.json_response({"ok": True, "result": call.result})

    async def _run(self, method: str, params: Params) -> Any:
        own = {
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }.get(method)
        return await own(params) if own else self._methods.call(method, params)

    @staticmethod
    async def _params(request: web.Request) -> Params:
        fields: dict[str, str] = dict(request.query)
        files: dict[str, tuple[str, bytes]] = {}
        if request.content_type == "application/json":
            fields |= await request.json()
        elif request.method == "POST":
            for name, value in (await request.post()).items():
                if isinstance(value, web.FileField):
                    files[name] = (value.filename, value.file.read())
                else:
                    fields[name] = str(value)
        return Params(fields, files)

    @staticmethod
    def _error(error: ApiError) -> web.Response:
        body: Json = {"ok": False, "error_code": error.code, "description": error.description}
        if error.parameters:
            body["parameters"] = error.parameters
        return web.json_response(body, status=error.code)

    @staticmethod
    def _cut(request: web.Request) -> web.StreamResponse:
        if request.transport:
            request.transport.abort()
        return web.Response(status=500)

    def _next_fault(self, call: Call) -> _Fault | None:
        for name in (call.method, "*"):
            for fault in self._faults.get(name, []):
                if fault.times > 0 and fault.chat in (None, call.chat_id):
                    fault.times -= 1
                    return fault
        return None

    def _throttle(self, call: Call) -> None:
        """Refuse what comes during a flood, and note what goes beyond Telegram's stated pace."""
        if not call.method.startswith(_SENDING) or call.chat_id not in self.chats:
            return
        chat, now = self.chats[call.chat_id], self.now()
        if now < chat.flood_until:
            wait = max(1, round(chat.flood_until - now))
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        recent = self._recent.setdefault(chat.id, deque())
        recent.append(now)
        while recent and recent[0] <= now - 60:
            recent.popleft()
        if chat.type != "private" and len(recent) > 20:
            self.overdrawn.append(call)

    async def _download(self, request: web.Request) -> web.Response:
        key = request.match_info["path"].removeprefix("files/")
        if request.match_info["token"] != self.token or key not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[key][1])

    # --- from another process ----------------------------------------------------------

    async def _control(self, request: web.Request) -> web.Response:
        helper, body = request.match_info["helper"], await request.json()
        if helper == "calls":
            calls = [asdict(one) | {"files": sorted(one.files)} for one in self.calls]
            return web.json_response({"result": calls})
        if helper not in _REMOTE:
            return web.json_response({"error": f"no helper {helper!r}"}, status=404)
        try:
            result = getattr(self, helper)(*body["args"], **body["kwargs"])
        except (KeyError, LookupError, TypeError, ValueError) as error:
            return web.json_response({"error": repr(error)}, status=400)
        return web.json_response({"result": result})


class Remote:
    """The same helpers, called in a server that runs as its own process."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def __getattr__(self, helper: str) -> Callable[..., Any]:
        if helper.startswith("_"):
            raise AttributeError(helper)
        return lambda *args, **kwargs: self._call(helper, args, kwargs)

    def _call(self, helper: str, args: tuple[Any, ...], kwargs: Json) -> Any:
        body = json.dumps({"args": args, "kwargs": kwargs}).encode()
        request = urllib.request.Request(f"{self.url}/control/{helper}", body)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)["result"]


async def _serve(port: int, token: str) -> None:
    server = TelegramServer(token)
    await server.start_serving(port)
    print(json.dumps({"port": server.port}), flush=True)  # noqa: T201 - told to whoever started this process
    await asyncio.Event().wait()


def main() -> None:
    """Serve until killed; print one line of JSON with the port."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default="4242:TEST-token")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(options.port, options.token))


if __name__ == "__main__":
    main()
