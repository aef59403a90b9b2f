"""What people do in the playground's page: each takes what was posted and returns what the page needs to know."""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.platforms.playground.scene import ChatMessage, Outside
from bot.web.playground.desk import Desk
from bot.web.playground.render import EMOJI, View, render
from core.domain.message import File
from core.domain.people import Person

BODY_LIMIT = 65_536  # bytes
FILE_LIMIT = 4 * 2**20  # bytes of one that is handed over
FILES_LIMIT = 3 * FILE_LIMIT  # bytes of a form with files, which are a third longer as text
LONGEST = 31  # days that time moves on at once

Action = Callable[[Desk, View, dict[str, Any]], Coroutine[Any, Any, dict[str, Any]]]


def posted(desk: Desk, action: Action, limit: int = BODY_LIMIT) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that lets `action` have what was posted; what can't be done has a status of its own."""

    async def endpoint(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            raise HTTPException(415)
        view = desk.view(request.query_params, request.headers.get("accept-language", ""))
        given = await _body(request, limit)
        try:
            return JSONResponse(await action(desk, view, given))
        except Outside:
            raise HTTPException(403) from None
        except LookupError:
            raise HTTPException(404) from None

    return endpoint


async def _body(request: Request, limit: int) -> dict[str, Any]:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise HTTPException(413)
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(given, dict):
        raise HTTPException(400)
    return given


def _word(given: dict[str, Any], name: str) -> str:
    """Return a text that was posted, without what no page shows and no database takes: half signs, controls."""
    value = given.get(name, "")
    if not isinstance(value, str):
        return ""
    whole = value.encode("utf-8", "replace").decode()
    return "".join(sign for sign in whole if sign in "\n\t" or unicodedata.category(sign) != "Cc")


def _file(given: Any) -> File:
    """Return a file that was posted; raise HTTPException for what is none, or too large."""
    try:
        content = base64.b64decode(given["content"], validate=True)
        name = _word(given, "name")
    except (TypeError, KeyError, ValueError, AttributeError):
        raise HTTPException(400) from None
    if len(content) > FILE_LIMIT:
        raise HTTPException(413)
    return File(name, content)


def _theirs(view: View, given: dict[str, Any]) -> ChatMessage:
    message = view.scene.find(_word(given, "message"), view.person.id)
    if message is None:
        raise LookupError("no such message")
    return message


async def say(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Write into a room, or call a command."""
    text = _word(given, "text")
    if not text.strip():
        raise HTTPException(400)
    message = await desk.sandbox.playground.say(
        view.scene, view.person, _word(given, "room"), text, _word(given, "answers") or None
    )
    return {"id": message.id}


async def react(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """React to a message, or take it back."""
    emoji = _word(given, "emoji")
    message = _theirs(view, given)
    if emoji not in EMOJI and emoji not in message.reactions:
        raise HTTPException(400)
    await desk.sandbox.playground.react(view.scene, view.person, message, emoji)
    return {}


async def vote(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Choose an option of a poll, or take it back."""
    option = given.get("option")
    if type(option) is not int:
        raise HTTPException(400)
    await desk.sandbox.playground.vote(view.scene, view.person, _theirs(view, given), option)
    return {}


async def press(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Press a button of Kith's; where it opens a form, that comes back."""
    message, token, room = (_word(given, name) for name in ("message", "token", "room"))
    form = await desk.sandbox.playground.press(view.scene, view.person, message, token, room)
    people = [*view.scene.each_present()]
    return {} if form is None else {"form": render("form.html", view, form=form, people=people, largest=FILE_LIMIT)}


async def send(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Send what was filled in of a form."""
    message, token, room = (_word(given, name) for name in ("message", "token", "room"))
    values = given.get("values")
    handed_over = given.get("files", {})
    if not isinstance(values, dict) or not isinstance(handed_over, dict):
        raise HTTPException(400)
    words = {str(name): _word(values, name) for name in values}
    files = {str(name): _file(each) for name, each in handed_over.items()}
    await desk.sandbox.playground.send_form(view.scene, view.person, message, token, room, words, files)
    return {}


async def delete(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Take back one's own message, or as a moderator anybody's."""
    message = _theirs(view, given)
    if message.author.id != view.person.id and view.rank(view.person) is None:
        raise HTTPException(403)
    await desk.sandbox.playground.delete(view.scene, message)
    return {}


async def join(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Come in."""
    await desk.sandbox.playground.join(view.scene, view.person)
    return {}


async def leave(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Go."""
    await desk.sandbox.playground.leave(view.scene, view.person)
    return {}


async def invent(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Make up somebody new, who then comes in."""
    person: Person | None = view.scene.invent(_word(given, "name"))
    if person is None:
        raise HTTPException(400)
    await desk.sandbox.playground.join(view.scene, person)
    return {"id": person.id}


async def advance(desk: Desk, view: View, given: dict[str, Any]) -> dict[str, Any]:
    """Move time on by some days; what comes due flows in meanwhile."""
    days = given.get("days")
    if type(days) is not int or not 1 <= days <= LONGEST:
        raise HTTPException(400)
    if desk.sandbox.machine.moving:
        raise HTTPException(409)
    desk.later(desk.sandbox.machine.advance(timedelta(days=days)))
    return {}


ALL: tuple[Action, ...] = (say, react, vote, press, send, delete, join, leave, invent, advance)
