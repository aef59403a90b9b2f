"""A community that has lived for a while in a real database, for benchmarks of what reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from core.domain.people import Consent, Person
from core.store.interactions import Interaction
from core.store.members import Newcomer
from tests.benchmarks.communities import Planted, planted
from tests.world.world import World

ROOMS = 12
_LETTERS = 200_000  # rows written at once
_GIVEN = ("Ana", "Noor", "Mei Lin", "Tariq", "Lucía", "李伟", "王小芳", "Maximilian", "Dmitri", "陈静")
_FAMILY = ("", " Silva", " Khan", " Fernández", " Okonkwo", "老师")


class Settled:
    """A world in which `members` people talked for `days`; everybody in it said *personal*."""

    def __init__(self, world: World, members: int, days: int = 90) -> None:
        self.world, self.members, self.days = world, members, days
        self._made = planted(members, seed=1)
        self._day = np.random.default_rng(2).integers(0, days, len(self._made.rows.source))
        self._written = 0

    async def settle(self) -> None:
        """Bring everybody in, and let them talk on every day but today."""
        world = self.world
        world.moderator("mod")
        await world.open()
        await world.say("mod", "hello")
        self.community = await world.community()
        now = world.clock.now()
        async with world.store.begin() as unit:
            space = (await unit.communities.spaces_of(self.community.id))[0]
            rooms = await unit.communities.add_rooms({(space.id, f"r{i}"): f"room-{i}" for i in range(ROOMS)})
            since = now - timedelta(days=self.days)
            people = [
                Newcomer(self.community.id, world.default, Person(f"p{i}", name_of(i)), Consent.PERSONAL, since)
                for i in range(self.members)
            ]
            made = await unit.members.enrol(people)
        self._space, self._rooms = space.id, [room.id for room in rooms.values()]
        self._accounts = [account.id for account, _ in made]
        await self.talk(range(self.days))

    async def talk(self, days: range | list[int]) -> int:
        """Let everybody say what they say on these days; return how much that was."""
        start = self.world.clock.now().astimezone(UTC) if self._written == 0 else self._start
        self._start = start
        said = np.flatnonzero(np.isin(self._day, list(days)))
        said = said[np.argsort(self._day[said], kind="stable")]
        for first in range(0, len(said), _LETTERS):
            rows = [self._row(int(i), start) for i in said[first : first + _LETTERS]]
            async with self.world.store.begin() as unit:
                await unit.interactions.add(rows)
        return len(said)

    async def one_more_day(self, share: float) -> int:
        """Let a day pass, on which `share` of all that was said before is said again; return how much that was."""
        chance = np.random.default_rng(3 + self.days)
        count = max(1, round(share * len(self._made.rows.source)))
        rows = self._made.rows
        pick = chance.integers(0, len(rows.source), count)
        met = np.where(chance.random(count) < 0.7, rows.target[pick], chance.integers(0, self.members, count))
        now = self.world.clock.now()
        said = [
            self._said(int(rows.source[one]), int(other), now - timedelta(minutes=float(ago)))
            for one, other, ago in zip(pick, met, chance.integers(10, 600, count), strict=True)
            if rows.source[one] != other
        ]
        async with self.world.store.begin() as unit:
            await unit.interactions.add(said)
        return len(said)

    def _row(self, i: int, start: datetime) -> Interaction:
        rows: Planted = self._made
        at = start - timedelta(days=int(self.days - self._day[i]), minutes=i % 500)
        return self._said(int(rows.rows.source[i]), int(rows.rows.target[i]), at)

    def _said(self, source: int, target: int, at: datetime) -> Interaction:
        self._written += 1
        return Interaction(
            self.world.default,
            f"s:{self._written}",
            self.community.id,
            self._space,
            "reply",
            at,
            self._rooms[source % 3 * 3 + self._written % 3],
            self._accounts[source],
            self._accounts[target],
        )


def name_of(i: int) -> str:
    """Return a name, as people have them."""
    return f"{_GIVEN[i % len(_GIVEN)]}{_FAMILY[i // 10 % len(_FAMILY)]}"
