"""The routes of the playground's page."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from importlib import resources
from typing import Any
from urllib.parse import quote

import pylopdf_fonts_zh_cn
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.draw.apart import drawn
from bot.platforms.playground.capabilities import TEXT_LIMIT
from bot.platforms.playground.scene import Change, ChatMessage, Lagging, Notice, Scene
from bot.web.playground import actions
from bot.web.playground.commands import completions, to_try
from bot.web.playground.desk import Desk
from bot.web.playground.render import View, picture_type, render
from bot.web.security import Endpoint, guarded

_WHILE_MOVING = 0.2  # seconds between two looks at what changed while time moves on
_IN_BRIEF = 5  # messages of a room that are shown of what came meanwhile
_HEARTBEAT = 15.0  # seconds after which an idle stream shows that it lives
_WORDS = ("offline", "failed", "missing", "outside-write", "only-moderators", "optional", "moving")


async def chinese(request: Request) -> Response:
    """Send the face with Chinese, the same as in pictures."""
    return FileResponse(str(pylopdf_fonts_zh_cn.sans_path()), headers={"cache-control": "max-age=31536000, immutable"})


class Pages:
    """The playground's page and what it asks for, over a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._commands = desk.sandbox.house.registry.commands

    def routes(self) -> list[BaseRoute]:
        """Return the page's routes."""
        static = resources.files("bot.web.playground") / "static"
        desk = self._desk

        def get(path: str, endpoint: Callable[[Request], Awaitable[Response]]) -> Route:
            wait = desk.sandbox.show if endpoint in (self.page, self.room, self.me, self.stream) else desk.sandbox.open
            return Route(path, guarded(self._after(wait, endpoint), desk.host))

        def post(action: actions.Action) -> Route:
            limit = actions.FILES_LIMIT if action is actions.send else actions.BODY_LIMIT
            endpoint = self._after(desk.sandbox.open, actions.posted(desk, action, limit))
            return Route(f"/playground/{action.__name__}", guarded(endpoint, desk.host), methods=["POST"])

        return [
            get("/", self.page),
            get("/playground/room", self.room),
            get("/playground/me", self.me),
            get("/playground/native", self.native),
            get("/playground/suggestions", self.suggestions),
            get("/playground/stream", self.stream),
            get("/playground/pictures/{message}.png", self.picture),
            get("/playground/files/{message}", self.file),
            *map(post, actions.ALL),
            Route("/playground/fonts/noto-sans-sc.otf", chinese),
            Mount("/playground/static", StaticFiles(directory=str(static)), name="static"),
        ]

    # --- looking -----------------------------------------------------------------------

    def _after(self, wait: Callable[[Scene], Awaitable[None]], endpoint: Endpoint) -> Endpoint:
        async def waited(request: Request) -> Response:
            await wait(self._looking(request)[0].scene)
            return await endpoint(request)

        return waited

    def _looking(self, request: Request) -> tuple[View, str]:
        view = self._desk.view(request.query_params, request.headers.get("accept-language", ""))
        wanted = request.query_params.get("room", "")
        room = f"@{view.person.id}" if wanted.startswith("@") else view.scene.room(wanted).id
        return view, room

    def _room_values(self, view: View, room: str) -> dict[str, Any]:
        return {
            "room": room,
            "told": view.scene.told,
            "place": None if room.startswith("@") else view.scene.room(room),
            "rows": list(view.rows(view.scene.messages(room, view.person.id))),
        }

    async def page(self, request: Request) -> Response:
        """Answer with the whole page."""
        view, room = self._looking(request)
        texts = view.texts
        commands = completions(self._commands.values(), view.rights, texts)
        page = render(
            "page.html",
            view,
            **self._room_values(view, room),
            member=await self._desk.member(view),
            moving=self._desk.sandbox.machine.moving,
            commands=to_try(commands),
            data={
                "commands": commands,
                "people": [{"handle": p.username, "name": p.name} for p in view.scene.each_present()],
                "words": {key: texts.plain(f"web-{key}") for key in _WORDS},
            },
        )
        return HTMLResponse(page)

    async def room(self, request: Request) -> Response:
        """Answer with what is said in one room."""
        view, room = self._looking(request)
        return HTMLResponse(render("room.html", view, **self._room_values(view, room)))

    async def me(self, request: Request) -> Response:
        """Answer with who the one who looks is."""
        view, _ = self._looking(request)
        commands = completions(self._commands.values(), view.rights, view.texts)
        return HTMLResponse(
            render(
                "me.html",
                view,
                member=await self._desk.member(view),
                commands=to_try(commands),
                moving=self._desk.sandbox.machine.moving,
            )
        )

    async def suggestions(self, request: Request) -> Response:
        """Answer with what may be meant by an option of a command that is being typed."""
        view, room = self._looking(request)
        name, option = (request.query_params.get(each, "") for each in ("command", "option"))
        command = self._commands.get(name)
        if command is None:
            raise HTTPException(404)
        given = {
            each.name: request.query_params.get(f"given-{each.name}", "")[:TEXT_LIMIT] for each in command.parameters
        }
        playground = self._desk.sandbox.playground
        offered = await playground.suggest(view.scene, view.person, room, name, option, given)
        return JSONResponse([{"label": each.label, "value": each.value} for each in offered])

    async def native(self, request: Request) -> Response:
        """Answer with a message of Kith's as Telegram and Discord would show it."""
        view, _ = self._looking(request)
        message = self._message(request)
        return HTMLResponse(render("native.html", view, message=message, place=view.scene.room(message.room)))

    def _message(self, request: Request) -> ChatMessage:
        view, _ = self._looking(request)
        wanted = request.path_params.get("message") or request.query_params.get("message")
        message = view.scene.find(wanted, view.person.id)
        if message is None:
            raise HTTPException(404)
        return message

    async def picture(self, request: Request) -> Response:
        """Answer with the picture of a message."""
        message = self._message(request)
        image = message.image
        if image is not None and message.picture is not None and request.query_params.get("theme") == "dark":
            image = await drawn(message.picture, theme="dark")
        if image is None:
            raise HTTPException(404)
        return Response(image, media_type="image/png", headers={"cache-control": "private, max-age=3600"})

    async def file(self, request: Request) -> Response:
        """Answer with the file of a message, to be saved or, where it is a picture, shown."""
        message = self._message(request)
        if message.file is None:
            raise HTTPException(404)
        disposition = f"attachment; filename*=utf-8''{quote(message.file.name)}"
        return Response(
            message.file.content,
            media_type=picture_type(message.file) or "application/octet-stream",
            headers={"content-disposition": disposition},
        )

    async def stream(self, request: Request) -> Response:
        """Answer with what changes from now on, as server-sent events; `since` is what the page had been told of."""
        view, _ = self._looking(request)
        return StreamingResponse(
            self._changes(view, request.query_params.get("since", "")),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    async def _changes(self, view: View, since: str) -> AsyncIterator[str]:
        closing = asyncio.create_task(self._desk.closing.wait())
        waiting: asyncio.Task[Notice] | None = None
        try:
            with view.scene.listen(view.person.id) as listener:
                yield _sent("time", {**self._time(view), "behind": since != str(view.scene.told)})
                while not self._desk.closing.is_set():
                    waiting = asyncio.create_task(listener.next())
                    await asyncio.wait({waiting, closing}, timeout=_HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
                    if waiting.done():
                        notices = latest([waiting.result(), *listener.rest()])
                        tell = in_brief if self._desk.sandbox.machine.moving else in_full
                        yield "".join(self._told(view, notice, shown=shown) for notice, shown in tell(notices))
                        if tell is in_brief:
                            await asyncio.wait({closing}, timeout=_WHILE_MOVING)
                    else:
                        waiting.cancel()
                        yield ": still here\n\n"
        except Lagging:
            yield _sent("reload", {})
        finally:
            closing.cancel()
            if waiting is not None:
                waiting.cancel()

    def _told(self, view: View, notice: Notice, *, shown: bool) -> str:
        seen = View(view.scene, view.person, view.texts, self._desk.sandbox.clock.now())
        message = notice.message
        if notice.change is Change.TIME:
            return _sent("time", self._time(seen))
        if message is None:
            return _sent("people", {})
        if notice.change is Change.GONE or not message.visible_to(view.person.id):
            return _sent("gone", {"id": message.id, "room": message.room})
        before = view.scene.before(message, view.person.id)
        row = list(seen.rows([message] if before is None else [before, message]))[-1]
        told = {
            "id": message.id,
            "room": message.room,
            "html": render("rows.html", seen, rows=[row], room=message.room) if shown else "",
            "mine": message.author.id == view.person.id,
            "before": None if before is None else before.id,
        }
        return _sent(notice.change.value, told)

    def _time(self, view: View) -> dict[str, Any]:
        now = self._desk.sandbox.clock.now()
        return {
            "day": view.texts.day(view.local(now), today=view.local(now)),
            "clock": view.clock(now),
            "moving": self._desk.sandbox.machine.moving,
        }


def latest(notices: Iterable[Notice]) -> list[Notice]:
    """Return `notices` without those that a later one makes void: a message is shown as it stands in the end."""
    kept: dict[str, Notice] = {}
    for notice in notices:
        key = notice.change.value if notice.message is None else notice.message.id
        if notice.change is Change.CHANGED and key in kept and kept[key].change is Change.NEW:
            continue
        kept.pop(key, None)
        kept[key] = notice
    return list(kept.values())


def in_full(notices: Sequence[Notice]) -> Iterator[tuple[Notice, bool]]:
    """Yield notices, each with whether what it is about is to be shown."""
    return ((notice, True) for notice in notices)


def in_brief(notices: Sequence[Notice]) -> Iterator[tuple[Notice, bool]]:
    """Yield what `in_full` does while time moves far: of each room the newest are shown, all of it at the end."""
    left: Counter[str] = Counter()
    told = []
    for notice in reversed(notices):
        room = notice.message.room if notice.message is not None else ""
        left[room] += 1
        shown = left[room] <= _IN_BRIEF
        if shown or notice.change is not Change.CHANGED:
            told.append((notice, shown))
    return reversed(told)


def _sent(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
