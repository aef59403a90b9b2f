"""The routes of the playground's page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import resources
from typing import Any
from urllib.parse import quote

import pylopdf_fonts_zh_cn
import structlog
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.build import House
from bot.platforms.playground.adapter import Playground
from bot.platforms.playground.scene import Change, ChatMessage, Lagging, Notice
from bot.platforms.playground.travel import TimeMachine
from bot.web.playground.commands import completions, to_try
from bot.web.playground.render import EMOJI, View, render, view_language
from bot.web.security import Endpoint, guarded
from core.domain.clock import Clock
from core.domain.people import Member, Person
from core.domain.pictures import Picture
from core.kit.texts import Texts

BODY_LIMIT = 65_536  # bytes
LONGEST = 31  # days that time moves on at once
_HEARTBEAT = 15.0  # seconds after which an idle stream shows that it lives
_log = structlog.get_logger()

Action = Callable[["Desk", View, dict[str, Any]], Awaitable[dict[str, Any]]]


async def chinese(request: Request) -> Response:
    """Send the face with Chinese, the same as in pictures."""
    return FileResponse(str(pylopdf_fonts_zh_cn.sans_path()), headers={"cache-control": "max-age=31536000, immutable"})


@dataclass(slots=True)
class Desk:
    """Everything that the page's routes work with."""

    house: House
    playground: Playground
    machine: TimeMachine
    clock: Clock
    host: str = "127.0.0.1"
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def view(self, params: QueryParams, accepted: str = "") -> View:
        """Return who looks at what, from an address; what it lacks has a default."""
        language = view_language(params.get("lang"), accepted)
        scenes = self.playground.scenes
        scene = next((s for s in scenes.values() if s.language == language), next(iter(scenes.values())))
        person = scene.people.get(params.get("as", ""), next(iter(scene.people.values())))
        return View(scene, person, Texts(language), self.clock.now())

    async def member(self, view: View) -> Member | None:
        """Return what the books say of the one who looks."""
        async with self.house.store.read() as unit:
            spaces = await unit.communities.spaces(self.playground.name, [view.scene.id])
            if view.scene.id not in spaces:
                return None
            community = spaces[view.scene.id].community_id
            found = await unit.members.find(self.playground.name, {community: [view.person.id]})
            account = found.get((community, view.person.id))
            return None if account is None else await unit.members.get(account.member_id)

    def routes(self) -> list[BaseRoute]:
        """Return the page's routes."""
        static = resources.files("bot.web.playground") / "static"

        def get(path: str, endpoint: Callable[[Request], Awaitable[Response]]) -> Route:
            return Route(path, guarded(self._when_ready(endpoint), self.host))

        def post(path: str, action: Action) -> Route:
            return Route(path, guarded(self._when_ready(self._posted(action)), self.host), methods=["POST"])

        return [
            get("/", self.page),
            get("/playground/room", self.room),
            get("/playground/me", self.me),
            get("/playground/native", self.native),
            get("/playground/stream", self.stream),
            get("/playground/pictures/{message}.png", self.picture),
            get("/playground/files/{message}", self.file),
            post("/playground/say", say),
            post("/playground/react", react),
            post("/playground/press", press),
            post("/playground/delete", delete),
            post("/playground/join", join),
            post("/playground/leave", leave),
            post("/playground/invent", invent),
            post("/playground/advance", advance),
            Route("/playground/fonts/noto-sans-sc.otf", chinese),
            Mount("/playground/static", StaticFiles(directory=str(static)), name="static"),
        ]

    # --- looking -----------------------------------------------------------------------

    def _when_ready(self, endpoint: Endpoint) -> Endpoint:
        async def waited(request: Request) -> Response:
            await self._looking(request)[0].scene.ready.wait()
            return await endpoint(request)

        return waited

    def _looking(self, request: Request) -> tuple[View, str]:
        view = self.view(request.query_params, request.headers.get("accept-language", ""))
        wanted = request.query_params.get("room", "")
        room = f"@{view.person.id}" if wanted.startswith("@") else view.scene.room(wanted).id
        return view, room

    def _room_values(self, view: View, room: str) -> dict[str, Any]:
        return {
            "room": room,
            "place": None if room.startswith("@") else view.scene.room(room),
            "rows": list(view.rows(view.scene.messages(room, view.person.id))),
        }

    async def page(self, request: Request) -> Response:
        """Answer with the whole page."""
        view, room = self._looking(request)
        texts = view.texts
        commands = completions(self.house.registry.commands.values(), view.rights, texts)
        page = render(
            "page.html",
            view,
            **self._room_values(view, room),
            member=await self.member(view),
            moving=self.machine.moving,
            commands=to_try(commands),
            data={
                "commands": commands,
                "people": [{"handle": p.username, "name": p.name} for p in view.scene.each_present()],
                "words": {
                    key: texts.plain(f"web-{key}")
                    for key in ("offline", "failed", "only-moderators", "optional", "moving")
                },
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
        commands = completions(self.house.registry.commands.values(), view.rights, view.texts)
        return HTMLResponse(
            render(
                "me.html",
                view,
                member=await self.member(view),
                commands=to_try(commands),
                moving=self.machine.moving,
            )
        )

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
            image = await asyncio.to_thread(_dark, message.picture)
        if image is None:
            raise HTTPException(404)
        return Response(image, media_type="image/png", headers={"cache-control": "private, max-age=3600"})

    async def file(self, request: Request) -> Response:
        """Answer with the file of a message, to be saved."""
        message = self._message(request)
        if message.file is None:
            raise HTTPException(404)
        disposition = f"attachment; filename*=utf-8''{quote(message.file.name)}"
        return Response(
            message.file.content,
            media_type="application/octet-stream",
            headers={"content-disposition": disposition},
        )

    async def stream(self, request: Request) -> Response:
        """Answer with what changes from now on, as server-sent events."""
        view, _ = self._looking(request)
        return StreamingResponse(
            self._changes(view),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    async def _changes(self, view: View) -> AsyncIterator[str]:
        closing = asyncio.create_task(self.closing.wait())
        waiting: asyncio.Task[Notice] | None = None
        try:
            with view.scene.listen() as listener:
                yield _sent("time", self._time(view))
                while not self.closing.is_set():
                    waiting = asyncio.create_task(listener.next())
                    await asyncio.wait({waiting, closing}, timeout=_HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
                    if waiting.done():
                        yield self._told(view, waiting.result())
                    else:
                        waiting.cancel()
                        yield ": still here\n\n"
        except Lagging:
            yield _sent("reload", {})
        finally:
            closing.cancel()
            if waiting is not None:
                waiting.cancel()

    def _told(self, view: View, notice: Notice) -> str:
        seen = View(view.scene, view.person, view.texts, self.clock.now())
        message = notice.message
        if notice.change is Change.TIME:
            return _sent("time", self._time(seen))
        if message is None:
            return _sent("people", {})
        if notice.change is Change.GONE or not message.visible_to(view.person.id):
            return _sent("gone", {"id": message.id, "room": message.room})
        chat = view.scene.messages(message.room, view.person.id)
        rows = [row for row in seen.rows(chat) if row[0] is message]
        html = render("rows.html", seen, rows=rows, room=message.room)
        mine = message.author.id == view.person.id
        return _sent(notice.change.value, {"id": message.id, "room": message.room, "html": html, "mine": mine})

    def _time(self, view: View) -> dict[str, Any]:
        now = self.clock.now()
        return {
            "day": view.texts.day(view.local(now), today=view.local(now)),
            "clock": view.clock(now),
            "moving": self.machine.moving,
        }

    # --- doing -------------------------------------------------------------------------

    def _posted(self, action: Action) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            if request.headers.get("content-type", "").partition(";")[0] != "application/json":
                raise HTTPException(415)
            view, _ = self._looking(request)
            given = await _body(request)
            return JSONResponse(await action(self, view, given))

        return endpoint

    def later(self, work: Awaitable[None]) -> None:
        """Let something go on after the answer."""

        async def done() -> None:
            try:
                await work
            except Exception:
                _log.exception("the playground could not finish")

        task = asyncio.create_task(done())
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)


def _dark(picture: Picture) -> bytes:
    # Drawing loads Pillow and, for charts, matplotlib: not before the first picture.
    from bot.draw import draw  # noqa: PLC0415

    return draw(picture, theme="dark")


async def _body(request: Request) -> dict[str, Any]:
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > BODY_LIMIT:
            raise HTTPException(413)
    try:
        given = json.loads(content)
    except ValueError:
        raise HTTPException(400) from None
    if not isinstance(given, dict):
        raise HTTPException(400)
    return given


def _sent(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _word(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    return value if isinstance(value, str) else ""


def _theirs(view: View, given: dict[str, Any]) -> ChatMessage:
    message = view.scene.find(_word(given, "message"), view.person.id)
    if message is None:
        raise HTTPException(404)
    return message


async def say(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Write into a room, or call a command."""
    text = _word(given, "text")
    if not text.strip():
        raise HTTPException(400)
    message = await desk.playground.say(
        view.scene, view.person, _word(given, "room"), text, _word(given, "answers") or None
    )
    return {"id": message.id}


async def react(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """React to a message, or take it back."""
    emoji = _word(given, "emoji")
    message = _theirs(view, given)
    if emoji not in EMOJI and emoji not in message.reactions:
        raise HTTPException(400)
    await desk.playground.react(view.scene, view.person, message, emoji)
    return {}


async def press(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Press a button of Kith's."""
    await desk.playground.press(view.scene, view.person, _theirs(view, given), _word(given, "token"))
    return {}


async def delete(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Take back one's own message, or as a moderator anybody's."""
    message = _theirs(view, given)
    if message.author.id != view.person.id and view.rank(view.person) is None:
        raise HTTPException(403)
    await desk.playground.delete(view.scene, message)
    return {}


async def join(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Come in."""
    await desk.playground.join(view.scene, view.person)
    return {}


async def leave(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Go."""
    await desk.playground.leave(view.scene, view.person)
    return {}


async def invent(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Make up somebody new, who then comes in."""
    person: Person | None = desk.playground.invent(view.scene, _word(given, "name"))
    if person is None:
        raise HTTPException(400)
    await desk.playground.join(view.scene, person)
    return {"id": person.id}


async def advance(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Move time on by some days; what comes due flows in meanwhile."""
    days = given.get("days")
    if not isinstance(days, int) or not 1 <= days <= LONGEST:
        raise HTTPException(400)
    if desk.machine.moving:
        raise HTTPException(409)
    desk.later(desk.machine.advance(timedelta(days=days)))
    return {}
