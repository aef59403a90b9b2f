"""What the sample community does on any day: drawn from the day itself, so that it is the same at every start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from bot.sandbox.sample.cast import Cast, Soul, Thread
from core.domain.clock import local_day
from core.domain.people import Person, Rights

_A_DAY = {"lobby": 3, "help": 3, "workshop": 2, "showcase": 2, "careers": 2}
_AT_HOME = 0.82  # share of a thread's people who are at home in its room
_LED = {"workshop"}  # rooms in which those who lead begin
_LEADERS = {Rights.MODERATOR, Rights.OWNER}
_REGULARLY, _AT_TIMES = 4.4, 12.0  # how talkative one is for each check-in a day
_EMOJI = ("👍", "👍", "❤️", "🎉", "🙏")
_LAST_MINUTE = 23 * 60 + 50


class Act(StrEnum):
    """What somebody does."""

    JOIN = "join"
    LEAVE = "leave"
    SAY = "say"
    REACT = "react"
    CHECK_IN = "checkin"
    THANK = "thanks"
    START = "start"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that somebody does: `key` names it, `on` the message answered or reacted to, `whom` who is thanked."""

    at: datetime
    act: Act
    who: Person
    key: str
    room: str = ""
    text: str = ""
    on: str = ""
    emoji: str = ""
    source: str = ""
    whom: Person | None = None


class Script:
    """Play the cast around the day `today`, on which they have been together for a while."""

    def __init__(self, cast: Cast, today: date) -> None:
        self._cast = cast
        self._today = today
        self._remembered = lru_cache(maxsize=64)(self.day)  # a day is asked for hour by hour

    def between(self, since: datetime, until: datetime, away: frozenset[str] = frozenset()) -> list[Turn]:
        """Return what is done after `since` and up to `until`, in order, without the people of the ids `away`."""
        day, last = local_day(since, self._cast.timezone), local_day(until, self._cast.timezone)
        turns: list[Turn] = []
        while day <= last:
            turns += (turn for turn in self._remembered(day, away) if since < turn.at <= until)
            day += timedelta(days=1)
        return turns

    def day(self, day: date, away: frozenset[str] = frozenset()) -> list[Turn]:
        """Return what is done on a day, in order; others say what those in `away` would have."""
        turns = _Day(self._cast, day, (self._today - day).days, away).turns()
        done = [turn for turn in turns if turn.who.id not in away and (turn.whom is None or turn.whom.id not in away)]
        return sorted(done, key=lambda turn: (turn.at, turn.key))


class _Day:
    """One day of the cast, `back` days before the one on which they stand as their file says."""

    def __init__(self, cast: Cast, day: date, back: int, away: frozenset[str]) -> None:
        self._cast = cast
        self._day = day
        self._back = back
        self._away = away
        self._zone = ZoneInfo(cast.timezone)
        self._here = [soul for soul in cast.souls if soul.since >= back]
        self._key = f"{cast.language[:2]}{day.toordinal()}"
        # Made-up people need no unforeseeable numbers.
        self._chance = Random(f"{cast.language} {day.isoformat()}")

    def turns(self) -> Iterator[Turn]:
        """Yield what is done, in no order."""
        for soul in self._here:
            if soul.since == self._back:
                yield from self._welcome(soul)
            elif soul.since == self._back + 1:  # the morning after
                at = self._at(6 * 60 + soul.since % 30)
                yield Turn(at, Act.START, soul.person, f"{self._key}-start-{soul.person.username}", "lobby")
        for room in self._cast.rooms:
            yield from self._room(room.id)
        yield from self._check_ins()
        yield from self._thanks()

    def _room(self, room: str) -> Iterator[Turn]:
        threads = self._cast.threads[room]
        most = _A_DAY[room]
        start = 8 * 60 + self._chance.randrange(90)
        for number in range(most):
            # One after the other, day after day: a thread comes again only when all others had their turn.
            thread = threads[(self._day.toordinal() * most + number) % len(threads)]
            minute = min(start + number * 720 // most + self._chance.randrange(240), _LAST_MINUTE - 90)
            people = self._people(thread, room, self._here)
            yield from self._play(thread, people, room, minute, f"{room}{number}")

    def _people(self, thread: Thread, room: str, here: Sequence[Soul]) -> dict[str, Soul]:
        picked: dict[str, Soul] = {}
        for letter in dict.fromkeys(line.who for line in thread):
            free = [soul for soul in here if soul not in picked.values()]
            if letter == "a" and room not in _LED:
                free = [soul for soul in free if soul.face not in _LEADERS]  # whoever leads doesn't ask for help
            home = [soul for soul in free if soul.home == room]
            pool = home if home and (self._chance.random() < _AT_HOME) else free
            picked[letter] = self._stand_in(self._one(pool), free)
        return picked

    def _stand_in(self, wanted: Soul, others: Sequence[Soul]) -> Soul:
        """Return who does what somebody would: another who is at home there, if they are away."""
        if wanted.person.id not in self._away:
            return wanted
        there = [soul for soul in others if soul.person.id not in self._away] or [wanted]
        return next((soul for soul in there if soul.home == wanted.home), there[0])

    def _welcome(self, new: Soul) -> Iterator[Turn]:
        minute = 9 * 60 + self._chance.randrange(360)
        source = self._chance.choice(self._cast.sources)
        key = f"{self._key}-join-{new.person.username}"
        yield Turn(self._at(minute), Act.JOIN, new.person, key, source=source)
        thread = self._cast.welcomes[new.since % len(self._cast.welcomes)]
        if new.since == 6:  # somebody says hello and nobody answers: that, too, happens
            thread = thread[:1]
        old = [soul for soul in self._here if soul.since > new.since]
        people = self._people(thread, "lobby", old) | {"a": new}
        yield from self._play(thread, people, "lobby", minute + 7, f"hello-{new.person.username}")

    def _play(self, thread: Thread, people: dict[str, Soul], room: str, minute: int, name: str) -> Iterator[Turn]:
        names = {letter: f"@{soul.person.username}" for letter, soul in people.items()}
        keys: list[str] = []
        for number, line in enumerate(thread):
            key = f"{self._key}-{name}-{number}"
            keys.append(key)
            minute = min(minute + (self._chance.randint(2, 18) if number else 0), _LAST_MINUTE)
            who = people[line.who]
            text = line.text
            for letter, called in names.items():
                text = text.replace(f"{{{letter}}}", called)
            on = keys[line.answers - 1] if line.answers else ""
            at = self._at(minute) + timedelta(seconds=self._chance.randrange(60))
            yield Turn(at, Act.SAY, who.person, key, room, text, on)
            yield from self._reactions(at, key, room, line.emoji, who)

    def _reactions(self, at: datetime, key: str, room: str, emoji: str | None, writer: Soul) -> Iterator[Turn]:
        others = [soul for soul in self._here if soul is not writer]
        count = self._chance.choice((1, 2, 2, 3, 4)) if emoji else self._chance.choice((0, 0, 0, 1, 1, 2))
        weights = [soul.weight * (3 if soul.home == room else 1) for soul in others]
        drawn = dict.fromkeys(soul.person for soul in self._chance.choices(others, weights, k=count))
        for person in drawn:
            given = emoji if emoji and self._chance.random() < 0.8 else self._chance.choice(_EMOJI)
            later = at + timedelta(seconds=self._chance.randint(40, 1500))
            yield Turn(later, Act.REACT, person, f"{key}-{person.username}", room=room, on=key, emoji=given)

    def _check_ins(self) -> Iterator[Turn]:
        for soul in self._here:
            often = min(0.92, soul.weight / (_REGULARLY if soul.weight >= 2.4 else _AT_TIMES))
            if self._chance.random() < often:
                at = self._at(6 * 60 + self._chance.randrange(420))
                yield Turn(at, Act.CHECK_IN, soul.person, f"{self._key}-in-{soul.person.username}", "lobby")

    def _thanks(self) -> Iterator[Turn]:
        for number in range(self._chance.choice((0, 1, 1, 2))):
            giver = self._one(self._here)
            taker = self._one([soul for soul in self._here if soul is not giver and soul.home == giver.home])
            at = self._at(14 * 60 + self._chance.randrange(480))
            key = f"{self._key}-thanks-{number}"
            yield Turn(at, Act.THANK, giver.person, key, giver.home, whom=taker.person)

    def _one(self, souls: Sequence[Soul]) -> Soul:
        return self._chance.choices(souls, [soul.weight for soul in souls])[0]

    def _at(self, minute: int) -> datetime:
        day = self._day
        local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=self._zone)
        return local.astimezone(UTC)
