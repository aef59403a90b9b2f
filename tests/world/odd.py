"""Communities that are small or odd, each as talk that makes it: for what is said and drawn of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, permutations

from core.domain.events import Event, MemberJoined, MessageSent, RoomNamed
from core.domain.people import Person

SPACE = "home"


@dataclass
class Talk:
    """Write events as if people talked, over some weeks until `now`."""

    now: datetime
    platform: str
    events: list[Event] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def _shared(self, days: float) -> dict[str, object]:
        key = f"odd:{next(self._numbers)}"
        return {"platform": self.platform, "space": SPACE, "key": key, "at": self.now - timedelta(days=days)}

    def say(self, who: Person, to: Person | None = None, days: float = 1.0, room: str | None = None) -> None:
        """Let somebody write, so many days ago, to somebody or to nobody."""
        mentions = () if to is None else (to,)
        self.events.append(MessageSent(**self._shared(days), actor=who, mentions=mentions, room=room, length=5))  # type: ignore[arg-type]

    def name(self, room: str) -> None:
        """Give a room a name."""
        self.events.append(RoomNamed(**self._shared(60), room=room, name=f"room-{room}"))  # type: ignore[arg-type]

    def join(self, who: Person, days: float) -> None:
        """Let somebody come in, so many days ago."""
        self.events.append(MemberJoined(**self._shared(days), actor=who))  # type: ignore[arg-type]

    def all_talk(self, people: Sequence[Person], days: Sequence[float] = (1.0,), room: str | None = None) -> None:
        """Let everybody address everybody."""
        for ago in days:
            for one, other in permutations(people, 2):
                self.say(one, other, ago, room)


def named(number: int, start: int = 0) -> list[Person]:
    """Return people with names of all kinds."""
    names = ("Ana", "李伟", "Noor", "Bo", "高翔", "Maximiliane von Hohenstein-Waldburg", "Jo", "Kim", "Ida", "Lu")
    return [Person(f"p{i}", f"{names[i % 10]}{'' if i < 10 else i}") for i in range(start, start + number)]


def _nobody(talk: Talk) -> None:
    """Leave it empty."""


def _one(talk: Talk) -> None:
    talk.say(named(1)[0])


def _two(talk: Talk) -> None:
    one, other = named(2)
    talk.say(one, other)


def _no_ties(talk: Talk) -> None:
    for person in named(5):
        talk.say(person)


def _bots(talk: Talk) -> None:
    talk.all_talk([Person(f"b{i}", f"Bot{i}", bot=True) for i in range(6)])


def _nameless(talk: Talk) -> None:
    talk.all_talk([Person(f"d{i}") for i in range(7)], (1, 15))


def _everywhere(talk: Talk) -> None:
    people = named(9)
    for room in "abcdef":
        talk.name(room)
    talk.all_talk(people[1:5], (1, 9), "a")
    talk.all_talk(people[5:9], (1, 9), "b")
    for room, other in zip("abcdef", people[1:7], strict=True):
        talk.say(people[0], other, 2, room)
        talk.say(other, people[0], 2, room)


def _hub(talk: Talk) -> None:
    hub, *others = named(36)
    for place, other in enumerate(others):
        talk.say(other, hub, 1 + place % 40)
        talk.say(hub, other, 1 + place % 40)


def _two_parts(talk: Talk) -> None:
    talk.all_talk(named(6), (1, 16))
    talk.all_talk(named(5, 10), (1, 16))


def _one_circle(talk: Talk) -> None:
    talk.all_talk(named(8), (1, 8, 15, 22))


def _far_apart(talk: Talk) -> None:
    """Two pairs and many who talk to nobody."""
    for person in named(30, 4):
        talk.say(person)
    talk.all_talk(named(2))
    talk.all_talk(named(2, 2))


COMMUNITIES: dict[str, Callable[[Talk], None]] = {
    "nobody": _nobody,
    "one": _one,
    "two": _two,
    "no ties": _no_ties,
    "bots alone": _bots,
    "deleted accounts": _nameless,
    "in all rooms": _everywhere,
    "one hub": _hub,
    "two parts": _two_parts,
    "one circle": _one_circle,
    "pairs": _far_apart,
}
