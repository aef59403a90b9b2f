"""An activity from its setting up to its end, on every platform: what people read and press must be the same.

What a platform calls the room, and where it shows an answer to one person, is its own affair.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from core.domain.message import plain_text
from core.domain.surveys import FACES
from tests.platforms.conversation import Call, Line, OnPlayground, Press, Say, Shown, hold

SET_UP: tuple[Line, ...] = (
    Call("ana", "activities", {"which": "question"}),
    Call("ana", "activities", {}),
    Call("olga", "activities", {}),
    Press("olga", "›"),
    Press("olga", "›"),
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
Finding = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class OnPost:
    """Somebody presses a button of the post."""

    who: str
    label: str


@dataclass(frozen=True, slots=True)
class Play:
    """A kind as it is set up for ten o'clock, how its post begins, what people do, and how it is closed.

    `before` is what it takes for it to be set up.
    """

    kind: str
    settings: str
    begins: str
    lines: tuple[Line | OnPost | timedelta, ...]
    over: str
    before: tuple[Line, ...] = ()


PLAYS = (
    Play(
        "review",
        "hours=2 items=2+2? ; *4 ; 5 # Count.",
        "Time to review",
        (
            OnPost("ana", "Review now"),
            Press("ana", "5"),
            Press("ana", "Next"),
            Press("ana", "4"),
            Press("ana", "Well"),
            OnPost("liwei", "Review now"),
            Press("liwei", "4"),
            Press("liwei", "At once"),
            Press("liwei", "Remind me each day"),
        ),
        "The review is closed: 2 people did all that was due.",
    ),
    Play(
        "cohort",
        "lead=1 topic=Pandas weeks=1: Read chapter 1",
        "Pandas",
        (
            OnPost("ana", "I'm in"),
            OnPost("liwei", "I'm in, with a partner"),
            timedelta(hours=1),
            OnPost("ana", "Done"),
            timedelta(days=7),
        ),
        "Pandas\nIt is over: 1 of 2 went through to the end.",
    ),
    Play(
        "bounty",
        "hours=2",
        "Is there a question",
        (Say("liwei", "hi"), Call("ana", "bounty", {}), Call("ana", "accept", {"member": "@liwei"})),
        "No more questions with points for now. Nobody asked one this time.",
    ),
    Play(
        "homework",
        "hours=2 review=1 task=Write a query",
        "Write a query",
        (OnPost("ana", "What I handed in"),),
        "Write a query\nClosed. Nobody handed in.",
    ),
    Play(
        "live",
        "lead=1 seats=1 link=https://example.org/a_b topic=Pandas",
        "Pandas",
        (
            OnPost("ana", "Take a seat"),
            OnPost("liwei", "Take a seat"),
            OnPost("ana", "Give it up"),
            timedelta(hours=1),
            OnPost("ana", "I'm here"),
            OnPost("liwei", "The link"),
            OnPost("liwei", "I'm here"),
        ),
        "Pandas\nIt is over; 1 person was here.",
    ),
    Play(
        "mentors",
        "hours=2 topics=Python | SQL",
        "Who mentors whom?",
        (
            OnPost("ana", "I can mentor"),
            Press("ana", "2"),
            Press("ana", "SQL"),
            OnPost("liwei", "I look for a mentor"),
            Press("liwei", "SQL"),
        ),
        "The search for mentors is closed: 1 person has a mentor now.",
    ),
    Play(
        "survey",
        "hours=2 tell=room questions=What do you like? Courses / People",
        "2 questions from Data Kitchen",
        (
            OnPost("ana", "9"),
            OnPost("liwei", "3"),
            Press("liwei", "People"),
            Press("liwei", "Change my answer"),
            Press("liwei", "10"),
            Press("liwei", "Later"),
            Call("olga", "survey", {"which": "#1"}),
        ),
        "This survey is over. Thanks to everybody who answered.",
    ),
    Play(
        "pulse",
        "hours=2 tell=room",
        "How was your week in Data Kitchen?",
        (
            OnPost("ana", FACES[4]),
            OnPost("liwei", FACES[0]),
            OnPost("ana", FACES[3]),
            OnPost("liwei", "Ask me directly each week, or no more"),
            Call("olga", "pulse", {}),
        ),
        "This week's pulse is over. Thanks to everybody who pressed.",
        before=(Call("olga", "settings", {"name": "pulse", "value": "yes"}),),
    ),
)


async def live_through(stage: Any, passing: Passing, find: Finding) -> list[Shown]:
    """Set a question up, let it run and be pressed, and return every answer, with what its post says in the end.

    Somebody presses a button that was still shown to them when it was over.

    `passing` lets time go by, and `find` returns the newest message of the room that begins so.
    """
    shown = [answer for _, answer in await hold(stage, SET_UP)]
    await passing(timedelta(hours=1))
    for line in PRESSED:
        stage.last = find("Which?")
        await stage.press(line)
    await passing(timedelta(seconds=3))
    shown.append(stage._shown(find("Which?")))
    late = stage.under_a_finger(find("Which?"), PRESSED[0].label)
    await passing(timedelta(hours=2))
    shown += [await stage.press_late("liwei", late), stage._shown(find("Which?"))]
    return [_roomless(each) for each in shown]


async def play(stage: Any, passing: Passing, find: Finding, it: Play) -> list[Shown]:
    """Let a kind run at ten o'clock, and return every answer, with what its post says in the end."""
    await hold(stage, it.before)
    await hold(stage, (Call("olga", "activities", {"which": it.kind, "settings": f"daily 10:00 {it.settings}"}),))
    await hold(stage, (Press("olga", "Start"),))
    await passing(timedelta(hours=1))
    shown = []
    for line in it.lines:
        if isinstance(line, timedelta):
            await passing(line)
        elif isinstance(line, OnPost):
            stage.last = find(it.begins)
            shown.append(await stage.press(Press(line.who, line.label)))
        else:
            shown += [answer for _, answer in await hold(stage, (line,))]
    await passing(timedelta(seconds=3))
    await passing(timedelta(hours=2))
    shown.append(stage._shown(find(it.over)))
    return [_roomless(each) for each in shown]


def _roomless(shown: Shown) -> Shown:
    return replace(shown, text=shown.text.replace("#general", "Data Kitchen"))


async def on_playground(stage: OnPlayground, it: Play | None = None) -> list[Shown]:
    """Live through it, or play another kind, in the playground, whose clock moves."""
    clock = stage.house.clock

    async def passing(by: timedelta) -> None:
        clock.advance(by)
        await stage.house.engine.due()
        await stage.house.deliverers["playground"].drain()

    def find(begins: str) -> Any:
        said = reversed(stage.scene.messages("general", "ana"))
        return next(each for each in said if plain_text(each.text).startswith(begins))

    return await (live_through(stage, passing, find) if it is None else play(stage, passing, find, it))
