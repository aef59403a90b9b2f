"""Many people at once, and what they do: as batches, the way platforms bring them after a pause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from core.domain.events import MemberJoined, MessageSent
from core.domain.people import Person
from tests.world.world import World

_KEYS = count(1)


async def come(world: World, names: Sequence[str], *, ago: timedelta = timedelta(days=100)) -> None:
    """Let people have come a while ago, each of whom opened the chat with Kith."""
    at = world.clock.now() - ago
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        await world.engine.accept(
            [
                MemberJoined(platform="fake", key=f"crowd:{next(_KEYS)}", space="home", at=at, actor=Person(each, each))
                for each in some
            ]
        )
    async with world.store.begin() as unit:
        await unit.members.open_chats("fake", list(names), at)


async def write(world: World, said: Iterable[tuple[str, datetime]]) -> None:
    """Let people write, each at a time."""
    events = [
        MessageSent(
            platform="fake", key=f"m:c{next(_KEYS)}", space="home", room="general", at=at, actor=Person(who, who)
        )
        for who, at in said
    ]
    for start in range(0, len(events), 500):
        await world.engine.accept(events[start : start + 500])


async def all_answered(world: World, pairs: Iterable[tuple[str, str]]) -> None:
    """Let the first of each pair write in `home` and the second answer, all in one batch."""
    given: dict[str, Any] = {"platform": world.default, "space": "home", "at": world.clock.now()}
    events = []
    for one, other in pairs:
        asked, answers = Person(one, one.capitalize()), Person(other, other.capitalize())
        message = f"c{next(_KEYS)}"
        events += [
            MessageSent(**given, key=f"m:{message}", actor=asked),
            MessageSent(**given, key=f"m:c{next(_KEYS)}", actor=answers, reply_to=message, reply_author=asked),
        ]
    await world.hand_in(*events)
