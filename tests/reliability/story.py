"""What people do, the same every time: batches of events in two communities, whose books can be told in advance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from core.domain.events import (
    CommandCalled,
    Event,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
    SpaceOpened,
)
from core.domain.people import Person

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SPACES = ("east", "west")
EACH = 5  # events in a batch
PEOPLE = tuple(Person(name, name.capitalize()) for name in ("ana", "bo", "cy", "di", "ed", "fay"))


def opening() -> list[Event]:
    """Return what lets Kith into both spaces."""
    return [SpaceOpened(platform="fake", key=f"o:{each}", space=each, at=START, title=each) for each in SPACES]


@cache
def batch(number: int) -> tuple[Event, ...]:
    """Return the batch `number`: even ones happen in the one space, odd ones in the other."""
    draw = random.Random(number)
    space = SPACES[number % 2]
    return tuple(_event(draw, space, number, place) for place in range(EACH))


def _event(draw: random.Random, space: str, number: int, place: int) -> Event:  # noqa: PLR0911  one for each kind  # noqa: PLR0911  one for each kind
    at = START + timedelta(seconds=20 * number + place)
    base: dict[str, Any] = {"platform": "fake", "space": space, "at": at, "actor": draw.choice(PEOPLE)}
    # Messages of the last ten batches of this space, this one's too: some exist, some don't.
    then = max(number % 2, number - 2 * draw.randrange(10))
    other = f"{then}-{draw.randrange(EACH)}"
    key = f"m:{number}-{place}"
    what = draw.randrange(20)
    if what < 8:
        return MessageSent(**base, key=key, length=5)
    if what < 12:
        return MessageSent(**base, key=key, reply_to=other, mentions=(draw.choice(PEOPLE),), length=5)
    if what < 15:
        return ReactionAdded(**base, key=key, message=other, emoji="👍")
    if what < 16:
        return ReactionRemoved(**base, key=key, message=other, emoji="👍")
    if what < 17:
        return MessageDeleted(**{**base, "actor": None}, key=key, message=other)
    if what < 18:
        return draw.choice((MemberJoined, MemberLeft))(**base, key=key)
    return CommandCalled(**base, key=key, name=draw.choice(("checkin", "points", "tier")))


def in_order(numbers: Sequence[int]) -> list[list[int]]:
    """Return these batches by space, each in order: what happens in one space doesn't wait for the other."""
    return [sorted(number for number in numbers if number % 2 == side) for side in range(2)]
