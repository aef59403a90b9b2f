"""An activity from its setting up to its end, on every platform: what people read and press must be the same.

What a platform calls the room, and where it shows an answer to one person, is its own affair.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.platforms.conversation import Call, Line, OnPlayground, Press, Shown, hold

SET_UP: tuple[Line, ...] = (
    Call("ana", "activities", {"which": "question"}),
    Call("ana", "activities", {}),
    Call("olga", "activities", {}),
    Press("olga", "Daily question"),
    Press("olga", "Set it up here"),
    Call("olga", "activities", {"which": "#1", "settings": "daily 10:00 hours=2 questions=Which?"}),
    Press("olga", "Dry run"),
    Call("olga", "activities", {"which": "#1"}),
    Press("olga", "Start"),
    Call("ana", "calendar", {}),
)
PRESSED = (Press("ana", "I answered"), Press("liwei", "I answered"))
ENDED = Shown("Which?\nClosed. 2 people answered.")
Passing = Callable[[timedelta], Awaitable[None]]


async def live_through(stage: Any, passing: Passing, post: Callable[[], Any]) -> list[Shown]:
    """Set a question up, let it run and be pressed, and return every answer, with what its post says in the end.

    `passing` lets time go by, and `post` returns the newest message of the room.
    """
    shown = [answer for _, answer in await hold(stage, SET_UP)]
    await passing(timedelta(hours=1))
    for line in PRESSED:
        stage.last = post()
        await stage.press(line)
    await passing(timedelta(seconds=3))
    shown.append(stage._shown(post()))
    await passing(timedelta(hours=2))
    shown.append(stage._shown(post()))
    return [replace(each, text=each.text.replace("#general", "Data Kitchen")) for each in shown]


async def on_playground(stage: OnPlayground) -> list[Shown]:
    """Live through it in the playground, whose clock moves."""
    clock = stage.house.clock

    async def passing(by: timedelta) -> None:
        clock.advance(by)
        await stage.house.engine.due()
        await stage.house.deliverers["playground"].drain()

    def post() -> Any:
        return next(
            each for each in reversed(stage.scene.messages("general", "ana")) if each.text.startswith("**Which")
        )

    return await live_through(stage, passing, post)
