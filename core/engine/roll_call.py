"""Asks a platform who of those that the books know is there still: of who leaves while Kith is down nobody tells."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from core.domain.events import MemberLeft
from core.domain.people import Person, Rights
from core.store.unit import Store

AT_MOST = 100  # people asked about in a space: those whom its boards and roles show first
PATIENCE = 3  # questions in a space that a platform may leave open
PACE = 0.2  # seconds between two questions
Ask = Callable[[str, str, str], Awaitable[Rights]]


async def roll_call(
    store: Store, ask: Ask, platform: str, now: Callable[[], datetime], pace: float = PACE
) -> list[MemberLeft] | None:
    """Return who left, of the 100 people of each space who earned most; None where the platform answered nothing.

    `ask` says what somebody may do: (platform, space, person) → Rights. A space of which it knows nothing is left.
    """
    async with store.read() as unit:
        expected = await unit.presences.expected(platform, AT_MOST)
    gone: list[MemberLeft] = []
    answered = not expected
    for space, people in expected.items():
        unsure = 0
        for person in people:
            found = await ask(platform, space, person)
            unsure += found is Rights.UNKNOWN
            answered = answered or found is not Rights.UNKNOWN
            if unsure == PATIENCE:
                break
            if found is Rights.ABSENT:
                gone.append(_left(platform, space, person, now()))
            await asyncio.sleep(pace)
    return gone if answered else None


def _left(platform: str, space: str, person: str, at: datetime) -> MemberLeft:
    return MemberLeft(
        platform=platform,
        key=f"absent:{space}:{person}:{at.isoformat()}",
        space=space,
        at=at,
        actor=Person(person, remembered=True),
    )
