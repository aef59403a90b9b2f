"""Many people at once, and what they do: as batches, the way platforms bring them after a pause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import count, permutations
from typing import Any

from core.domain.events import MemberJoined, MessageSent, RoomNamed
from core.domain.people import Person
from tests.world.world import World

_KEYS = count(1)
GROUPS = (("ana", "ben", "cai", "dan", "eva"), ("fay", "gus", "hui", "ida", "jon"))


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


async def two_groups(world: World) -> None:
    """Let two groups of five talk among themselves, and Ana alone with both."""
    world.moderator("mod")
    pairs = [pair for group in GROUPS for pair in permutations(group, 2)]
    await all_answered(world, [*pairs, ("ana", "fay"), ("fay", "ana")])


async def circle_in_a_room(world: World) -> None:
    """Let two groups talk, the first of them mostly in #help, and look at the circles."""
    await two_groups(world)
    await world.happen(RoomNamed, None, room="r1", name="help")
    for who in GROUPS[0]:
        await world.say(who, "morning", room="r1")
    await world.advance(days=1)
    await world.say("mod", "/circles")
    assert "#help · 5 people · 9" in world.last
