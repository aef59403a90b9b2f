"""A small history, as a platform's export tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from core.domain.events import MemberJoined, MessageSent, ReactionAdded
from core.domain.history import Chapter, Record
from core.domain.people import Person
from tests.world.world import START

PEOPLE = ("ana", "li", "nia", "bo", "cai")


def told(count: int = 40, space: str = "home") -> Iterator[Chapter | Record]:
    """Tell a history of `count` messages in two rooms, with answers, mentions, reactions, and people who join."""
    for number in range(count):
        yield Chapter(space, "Data Kitchen", "group", f"r{number % 2}", f"room {number % 2}")
        who = PEOPLE[number % len(PEOPLE)]
        whom = PEOPLE[(number + 1) % len(PEOPLE)]
        given: dict[str, Any] = {"platform": "fake", "space": space, "at": START - timedelta(days=30, minutes=-number)}
        person = Person(who, who.capitalize())
        sent = MessageSent(
            **given,
            key=f"m:h{number}",
            room=f"r{number % 2}",
            actor=person,
            reply_to=f"h{number - 3}" if number % 4 == 3 else None,
            mentions=(Person(whom, whom.capitalize()),) if number % 5 == 0 else (),
        )
        reaction = ReactionAdded(
            **given, key=f"x:h{number}", room=f"r{number % 2}", actor=Person(whom), message=f"h{number}", emoji="👍"
        )
        yield Record((sent, reaction) if number % 3 == 0 else (sent,))
        if number < len(PEOPLE):
            yield Record((MemberJoined(**given, key=f"j:h{number}", actor=person),), system=True)
