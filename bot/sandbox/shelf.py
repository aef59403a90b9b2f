"""Fills the sample community's catalogue at once, and lets its people have read, watched and finished some of it."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

from bot.platforms.playground.scene import PLATFORM
from bot.sandbox.sample import Cast
from core.domain.catalogue import Depth, Item, ItemKind, item_key, topics_of
from core.domain.people import Account
from core.store.unit import UnitOfWork

ADDRESS = "https://example.org"  # nobody's (RFC 2606)
DONE = 3  # lessons that the first of the cast opened, all but the last of them finished
_AT_MOST = 12  # items that one of them opened
_MINUTES = 24 * 60


@cache
def items(language: str) -> tuple[tuple[Item, int], ...]:
    """Return what the sample community in a language offers, each with how many days ago it came."""
    source = resources.files("bot.sandbox.sample").joinpath(f"shelf-{language}.toml")
    data = tomllib.loads(source.read_text("utf-8"))
    found = [
        (
            Item(
                title=title,
                key=item_key("", title),
                link=f"{ADDRESS}/{language}/{number}",
                kind=ItemKind(kind),
                topics=topics_of(topics),
                depth=Depth(depth),
                author=author,
                price=price,
                tier=tier,
                description=about,
                language=language,
            ),
            days,
        )
        for number, (title, kind, topics, depth, author, price, tier, days, about) in enumerate(data["items"], 1)
    ]
    lessons = [
        (
            Item(
                title=title,
                key=item_key("", title),
                link=f"{ADDRESS}/{language}/lesson-{place}",
                kind=ItemKind.COURSE,
                topics=topics_of(data["lesson_topics"]),
                depth=Depth.BEGINNER,
                author=data["lesson_author"],
                language=language,
                series=data["series"],
                place=place,
                in_turn=True,
            ),
            70 - 7 * place,
        )
        for place, title in enumerate(data["lessons"], 1)
    ]
    return (*found, *lessons)


@dataclass(slots=True)
class Shelf:
    """Write the catalogue of one community, and what its people made of it by `today`, in a unit of work."""

    unit: UnitOfWork
    community_id: int
    cast: Cast
    today: datetime

    async def stock(self) -> None:
        """Publish everything, on its day, and let those who have been here long make something of it."""
        offered = [(item, self.today - timedelta(days=days)) for item, days in items(self.cast.language)]
        for item, at in offered:
            await self.unit.catalogue.put(self.community_id, [item], at)
        known = await self.unit.catalogue.keyed(self.community_id, [item.key for item, _ in offered])
        there = [known[item.key] for item, _ in offered]
        wanted = {soul.person.id for soul in self.cast.souls if soul.brought}
        found = await self.unit.members.find(PLATFORM, {self.community_id: wanted})
        accounts = {who: account for (_, who), account in found.items()}
        for soul in self.cast.souls:
            if soul.person.id in accounts:
                chance = random.Random(soul.person.id)
                await self._read(accounts[soul.person.id], chance, there)
        first = accounts[self.cast.souls[0].person.id]
        await self._learn(first, [item for item in there if item.series])

    async def _read(self, account: Account, chance: random.Random, there: Sequence[Item]) -> None:
        """Let somebody want two topics and open what is about them, and a little else."""
        topics = sorted({topic for item in there for topic in item.topics})
        liked = chance.sample(topics, 2)
        for topic in liked:
            await self.unit.uses.choose(self.community_id, account.id, topic, self.today, wanted=True)
        free = [item for item in there if not item.price and not item.tier and not item.series]
        weights = [4.0 if set(liked) & set(item.topics) else 0.5 for item in free]
        for item in {each.id: each for each in chance.choices(free, weights, k=_AT_MOST)}.values():
            await self.unit.uses.note(self.community_id, account.id, item.id, **self._made(item, chance))

    def _made(self, item: Item, chance: random.Random) -> Mapping[str, object]:
        since = (self.today - (item.published_at or self.today)).total_seconds() / 60
        opened = self.today - timedelta(minutes=chance.uniform(_MINUTES, max(since, _MINUTES + 1.0)))
        if chance.random() < 0.15:
            return {"saved_at": opened}
        made: dict[str, object] = {"opened_at": opened}
        if chance.random() < 0.6:
            made["finished_at"] = min(opened + timedelta(hours=chance.uniform(1, 72)), self.today)
            if chance.random() < 0.7:
                made["rating"] = chance.choice((3, 4, 4, 5, 5))
        return made

    async def _learn(self, account: Account, lessons: Sequence[Item]) -> None:
        """Let somebody be in the middle of the course."""
        for item in lessons[:DONE]:
            opened = self.today - timedelta(days=4 * (DONE + 1 - item.place))
            made = {"opened_at": opened, "finished_at": opened + timedelta(days=2)}
            if item.place == DONE:
                del made["finished_at"]
            await self.unit.uses.note(self.community_id, account.id, item.id, **made)
