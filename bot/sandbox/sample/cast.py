"""Who lives in the sample community, and what they talk about: read from one file for each language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.platforms.playground.scene import ChatRoom, Scene
from core.domain.people import Person, Rights

_LINE = re.compile(r"(?P<who>[a-z])(?:>(?P<answers>\d+))?: (?P<text>.+?)(?: \| (?P<emoji>\S+))?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a thread: who of those picked says it, which line it answers (from 1), what people react with."""

    who: str
    text: str
    answers: int | None
    emoji: str | None


Thread = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Soul:
    """One of the cast: home room, messages a day, days since joining, points brought along, a word for who that is."""

    person: Person
    home: str
    weight: float
    since: int
    brought: int
    face: str


@dataclass(frozen=True, slots=True)
class Habit:
    """Something done on a schedule: a kind of activity with its settings, as moderators type them.

    It recurs as `when` says, or once a week, last `at` a time within the day before today. `join` is how likely
    somebody talkative takes part, and it was set up so many `weeks` ago.
    """

    kind: str
    room: str
    settings: Mapping[str, str]
    when: str
    at: str
    join: float
    weeks: int

    @property
    def direct(self) -> bool:
        """Say whether each is asked alone."""
        return self.settings.get("tell") == "direct"


@dataclass(frozen=True, slots=True)
class Cast:
    """A sample community as its file has it.

    `benefits` are (name, cost, stock), with 0 for as many as are wanted; `tiers` says what each gives.
    """

    language: str
    title: str
    timezone: str
    rooms: tuple[ChatRoom, ...]
    souls: tuple[Soul, ...]
    benefits: tuple[tuple[str, int, int], ...]
    tiers: tuple[str, ...]
    sources: tuple[str, ...]
    welcomes: tuple[Thread, ...]
    threads: dict[str, tuple[Thread, ...]]
    habits: tuple[Habit, ...]
    surveys: tuple[Habit, ...]

    @property
    def scene_id(self) -> str:
        """Return the id of the scene that this cast plays."""
        return f"sample-{self.language}"

    def scene(self) -> Scene:
        """Return the scene with everybody who is there from the start."""
        scene = Scene(self.scene_id, self.title, self.language, self.timezone, self.rooms)
        for soul in self.souls:
            if soul.since < 0:
                continue
            scene.people[soul.person.id] = soul.person
            if soul.face:
                scene.faces[soul.person.id] = soul.face
            if soul.face in (Rights.MODERATOR, Rights.OWNER):
                scene.rights[soul.person.id] = Rights(soul.face)
        return scene


def _thread(text: str) -> Thread:
    lines = []
    for row in text.strip().splitlines():
        match = _LINE.fullmatch(row)
        if match is None:
            raise ValueError(f"not a line of a thread: {row}")
        answers = match["answers"]
        lines.append(Line(match["who"], match["text"], int(answers) if answers else None, match["emoji"]))
    return tuple(lines)


def _habit(
    kind: str,
    room: str,
    settings: Mapping[str, str] | None = None,
    when: str = "",
    at: str = "",
    join: float = 0.0,
    weeks: int = 4,
) -> Habit:
    return Habit(kind, room, settings or {}, when, at, join, weeks)


@cache
def load(language: str) -> Cast:
    """Return the cast in a language that has a file; raise FileNotFoundError for any other."""
    source = resources.files("bot.sandbox.sample").joinpath(f"{language}.toml")
    data = tomllib.loads(source.read_text("utf-8"))
    souls = tuple(
        Soul(Person(f"{language[:2]}-{handle}", name, handle), home, weight, since, brought, face)
        for handle, name, home, weight, since, brought, face in data["people"]
    )
    return Cast(
        language,
        data["title"],
        data["timezone"],
        tuple(ChatRoom(*room) for room in data["rooms"]),
        souls,
        tuple((name, cost, stock) for name, cost, stock in data["benefits"]),
        tuple(data["tiers"]),
        tuple(data["sources"]),
        tuple(map(_thread, data["welcomes"])),
        {room: tuple(map(_thread, threads)) for room, threads in data["threads"].items()},
        tuple(_habit(**each) for each in data["activities"]),
        tuple(_habit(**each) for each in data["surveys"]),
    )
