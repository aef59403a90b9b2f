"""An activity from its setting up to its end, on every platform: what people read and press must be the same.

What a platform calls the room, and where it shows an answer to one person, is its own affair.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from core.domain.message import plain_text
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
HOUR = timedelta(hours=1)
Passing = Callable[[timedelta], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Story:
    """How an activity is set up, what its post begins with, and what goes on: time passes, or somebody presses."""

    set_up: tuple[Line, ...]
    begins: str
    steps: tuple[Press | timedelta, ...]
    ends: str


STORIES = {
    "question": Story(
        SET_UP,
        "Which?",
        (HOUR, Press("ana", "I answered"), Press("liwei", "I answered"), timedelta(seconds=3), 2 * HOUR),
        "Which?\nClosed. 2 people answered.",
    ),
    "live": Story(
        (
            Call(
                "olga",
                "activities",
                {"which": "live", "settings": "daily 10:00 lead=1 seats=1 link=https://example.org/a_b topic=Pandas"},
            ),
            Press("olga", "Preview"),
            Call("olga", "activities", {"which": "#1"}),
            Press("olga", "Start"),
            Call("ana", "calendar", {}),
        ),
        "Pandas",
        (
            HOUR,
            Press("ana", "Take a seat"),
            Press("liwei", "Take a seat"),
            Press("ana", "Give it up"),
            HOUR,
            Press("ana", "I'm here"),
            Press("liwei", "The link"),
            Press("liwei", "I'm here"),
            timedelta(seconds=3),
            HOUR,
        ),
        "Pandas\nIt is over; 1 person was here.",
    ),
}


async def live_through(story: Story, stage: Any, passing: Passing, post: Callable[[], Any]) -> list[Shown]:
    """Set an activity up, let it run and be pressed, and return every answer, with what its post says in between.

    `passing` lets time go by, and `post` returns the newest message of the room that begins as the story says.
    """
    shown = [answer for _, answer in await hold(stage, story.set_up)]
    for step in story.steps:
        if isinstance(step, timedelta):
            await passing(step)
            shown.append(stage._shown(post()))
        else:
            stage.last = post()
            shown.append(await stage.press(step))
    return [replace(each, text=each.text.replace("#general", "Data Kitchen")) for each in shown]


async def on_playground(story: Story, stage: OnPlayground) -> list[Shown]:
    """Live through it in the playground, whose clock moves."""
    clock = stage.house.clock

    async def passing(by: timedelta) -> None:
        clock.advance(by)
        await stage.house.engine.due()
        await stage.house.deliverers["playground"].drain()

    def post() -> Any:
        return next(
            each
            for each in reversed(stage.scene.messages("general", "ana"))
            if plain_text(each.text).startswith(story.begins)
        )

    return await live_through(story, stage, passing, post)
