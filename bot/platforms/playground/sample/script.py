"""What the sample community does on any day: drawn from the day itself, so that it is the same at every start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from bot.platforms.playground.sample.cast import Cast, Soul, Thread
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
        self._zone = ZoneInfo(cast.timezone)
        self._remembered = lru_cache(maxsize=64)(self.day)  # a day is asked for hour by hour

    def between(self, since: datetime, until: datetime) -> list[Turn]:
        """Return what is done after `since` and up to `until`, in order."""
        day, last = local_day(since, self._cast.timezone), local_day(until, self._cast.timezone)
        turns: list[Turn] = []
        while day <= last:
            turns += (turn for turn in self._remembered(day) if since < turn.at <= until)
            day += timedelta(days=1)
        return turns

    def day(self, day: date) -> list[Turn]:
        """Return what is done on a day, in order."""
        # Made-up people need no unforeseeable numbers.
        chance = Random(f"{self._cast.language} {day.isoformat()}")  # noqa: S311
        here = [soul for soul in self._cast.souls if soul.since >= (self._today - day).days]
        new = [soul for soul in here if soul.since == (self._today - day).days]
        turns: list[Turn] = []
        for soul in new:
            turns += self._welcome(chance, day, soul, here)
        for room in self._cast.rooms:
            turns += self._room(chance, day, room.id, here)
        turns += self._morning(chance, day, here)
        return sorted(turns, key=lambda turn: (turn.at, turn.key))

    def _room(self, chance: Random, day: date, room: str, here: Sequence[Soul]) -> Iterator[Turn]:
        threads = self._cast.threads[room]
        most = _A_DAY[room]
        start = 8 * 60 + chance.randrange(90)
        for number in range(most):
            # One after the other, day after day: a thread comes again only when all others had their turn.
            thread = threads[(day.toordinal() * most + number) % len(threads)]
            minute = min(start + number * 720 // most + chance.randrange(240), _LAST_MINUTE - 90)
            people = self._people(chance, thread, room, here)
            yield from self._play(chance, thread, people, room, day, minute, f"{room}{number}", here)

    def _people(self, chance: Random, thread: Thread, room: str, here: Sequence[Soul]) -> dict[str, Soul]:
        picked: dict[str, Soul] = {}
        for letter in dict.fromkeys(line.who for line in thread):
            free = [soul for soul in here if soul not in picked.values()]
            if letter == "a" and room not in _LED:
                free = [soul for soul in free if soul.face not in _LEADERS]  # whoever leads doesn't ask for help
            home = [soul for soul in free if soul.home == room]
            pool = home if home and (chance.random() < _AT_HOME) else free
            picked[letter] = chance.choices(pool, [soul.weight for soul in pool])[0]
        return picked

    def _welcome(self, chance: Random, day: date, new: Soul, here: Sequence[Soul]) -> Iterator[Turn]:
        minute = 9 * 60 + chance.randrange(360)
        source = chance.choice(self._cast.sources)
        key = f"{self._key(day)}-join-{new.person.username}"
        yield Turn(self._at(day, minute), Act.JOIN, new.person, key, source=source)
        thread = self._cast.welcomes[new.since % len(self._cast.welcomes)]
        if new.since == 6:  # somebody says hello and nobody answers: that, too, happens
            thread = thread[:1]
        old = [soul for soul in here if soul.since > new.since]
        people = self._people(chance, thread, "lobby", old) | {"a": new}
        yield from self._play(chance, thread, people, "lobby", day, minute + 7, f"hello-{new.person.username}", old)

    def _play(
        self,
        chance: Random,
        thread: Thread,
        people: dict[str, Soul],
        room: str,
        day: date,
        minute: int,
        name: str,
        here: Sequence[Soul],
    ) -> Iterator[Turn]:
        names = {letter: f"@{soul.person.username}" for letter, soul in people.items()}
        keys: list[str] = []
        for number, line in enumerate(thread):
            key = f"{self._key(day)}-{name}-{number}"
            keys.append(key)
            minute = min(minute + (chance.randint(2, 18) if number else 0), _LAST_MINUTE)
            who = people[line.who]
            text = line.text
            for letter, called in names.items():
                text = text.replace(f"{{{letter}}}", called)
            on = keys[line.answers - 1] if line.answers else ""
            at = self._at(day, minute) + timedelta(seconds=chance.randrange(60))
            yield Turn(at, Act.SAY, who.person, key, room, text, on)
            yield from self._reactions(chance, at, key, room, line.emoji, [s for s in here if s is not who])

    @staticmethod
    def _reactions(
        chance: Random, at: datetime, key: str, room: str, emoji: str | None, others: Sequence[Soul]
    ) -> Iterator[Turn]:
        count = chance.choice((1, 2, 2, 3, 4)) if emoji else chance.choice((0, 0, 0, 1, 1, 2))
        weights = [soul.weight * (3 if soul.home == room else 1) for soul in others]
        drawn = dict.fromkeys(soul.person for soul in chance.choices(others, weights, k=count))
        for person in drawn:
            given = emoji if emoji and chance.random() < 0.8 else chance.choice(_EMOJI)
            later = at + timedelta(seconds=chance.randint(40, 1500))
            yield Turn(later, Act.REACT, person, f"{key}-{person.username}", room=room, on=key, emoji=given)

    def _morning(self, chance: Random, day: date, here: Sequence[Soul]) -> Iterator[Turn]:
        for soul in here:
            if chance.random() < min(0.92, soul.weight / (_REGULARLY if soul.weight >= 2.4 else _AT_TIMES)):
                at = self._at(day, 6 * 60 + chance.randrange(420))
                yield Turn(at, Act.CHECK_IN, soul.person, f"{self._key(day)}-in-{soul.person.username}", "lobby")
        for number in range(chance.choice((0, 1, 1, 2))):
            giver, taker = self._pair(chance, here)
            at = self._at(day, 14 * 60 + chance.randrange(480))
            yield Turn(at, Act.THANK, giver.person, f"{self._key(day)}-thanks-{number}", giver.home, whom=taker.person)

    @staticmethod
    def _pair(chance: Random, here: Sequence[Soul]) -> tuple[Soul, Soul]:
        giver = chance.choices(here, [soul.weight for soul in here])[0]
        near = [soul for soul in here if soul is not giver and soul.home == giver.home]
        return giver, chance.choices(near, [soul.weight for soul in near])[0]

    def _key(self, day: date) -> str:
        return f"{self._cast.language[:2]}{day.toordinal()}"

    def _at(self, day: date, minute: int) -> datetime:
        local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=self._zone)
        return local.astimezone(UTC)
