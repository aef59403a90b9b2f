"""The catalogue: a community's items, and how they are found."""

from __future__ import annotations

import difflib
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, func, insert, or_, select

from core.domain.catalogue import SAYS, Depth, Found, Item, ItemKind, ItemState, wanted_words, weighed_words
from core.domain.message import Attachment
from core.domain.people import folded
from core.store import bulk
from core.store.rows import Aggregate
from core.store.tables.catalogue import item_topics, item_words, items

MOST = 100_000  # items of a community
_BATCH = 500
T = TypeVar("T")
_LONG_ENOUGH = 4  # letters from which a word may be spelled otherwise
_ALIKE = 0.75
_NEAR = 3  # words that one spelled otherwise may stand for
_VOCABULARY = 5_000  # words among which those spelled alike are looked for


class Catalogue(Aggregate):
    """Keep and find items."""

    async def add(self, community_id: int, item: Item) -> Item:
        """Put a new item there, and return it with its id."""
        values = {**_values(item), "community_id": community_id, "key": item.key}
        made = (await self._connection.execute(insert(items).values(values).returning(items.c.id))).scalar_one()
        kept = replace(item, id=made, community_id=community_id)
        await self._write_words([kept])
        return kept

    async def save(self, item: Item) -> None:
        """Write what may change of an item."""
        await self._save([item])

    async def _save(self, some: Sequence[Item]) -> None:
        rows = [(each.id, *_values(each).values()) for each in some]
        await bulk.overwrite_rows(self._connection, items, _COLUMNS, rows)
        for table in (item_topics, item_words):
            theirs = self._among(table.c.item_id, [each.id for each in some])
            await self._connection.execute(delete(table).where(theirs))
        await self._write_words(some)

    async def put(
        self, community_id: int, some: Sequence[Item], now: datetime, says: Collection[str] = SAYS
    ) -> tuple[int, int]:
        """Add those items whose keys are new, change the others; return how many of each there were.

        An item that is there changes in those fields alone of which the source `says` something. What says no day is
        published `now`.
        """
        known = await self.keyed(community_id, [each.key for each in some])
        new = [replace(each, published_at=each.published_at or now) for each in some if each.key not in known]
        for batch in _batches(new):
            rows = [(community_id, each.key, *_values(each).values()) for each in batch]
            await bulk.write_rows(self._connection, items, ("community_id", "key", *_COLUMNS), rows)
            ids = await self._ids(community_id, [each.key for each in batch])
            await self._write_words([replace(each, id=ids[each.key]) for each in batch])
        renewed = (_renewed(each, known[each.key], says) for each in some if each.key in known)
        changed = [each for each in renewed if each]
        for batch in _batches(changed):
            await self._save(batch)
        return len(new), len(changed)

    async def _ids(self, community_id: int, keys: Collection[str]) -> dict[str, int]:
        """Return the ids of items by their keys, of two that have the same that of the one put there last."""
        found = select(items.c.key, items.c.id).where(items.c.community_id == community_id)
        mine = found.where(self._among(items.c.key, keys)).order_by(items.c.id)
        return {row.key: row.id for row in await self._connection.execute(mine)}

    async def keyed(self, community_id: int, keys: Collection[str]) -> dict[str, Item]:
        """Return a community's items by their keys."""
        found: dict[str, Item] = {}
        for some in _batches(list(keys)):
            here = items.c.community_id == community_id, self._among(items.c.key, some)
            found |= {each.key: each for each in reversed(await self._items(*here, order=(items.c.id,)))}
        return found

    async def keys(self, community_id: int) -> list[str]:
        """Return what tells each of a community's items from the others."""
        found = select(items.c.key).where(items.c.community_id == community_id)
        return list((await self._connection.execute(found)).scalars())

    async def get(self, community_id: int, item_id: int) -> Item | None:
        """Return a community's item by its id."""
        found = await self._items(items.c.community_id == community_id, items.c.id == item_id)
        return next(iter(found), None)

    async def many(self, community_id: int, item_ids: Collection[int]) -> dict[int, Item]:
        """Return some of a community's items by their ids."""
        here = items.c.community_id == community_id, self._among(items.c.id, item_ids)
        return {each.id: each for each in await self._items(*here)}

    async def count(self, community_id: int) -> int:
        """Return how many items a community has, drafts and retired ones too."""
        found = select(func.count()).select_from(items).where(items.c.community_id == community_id)
        return int((await self._connection.execute(found)).scalar_one())

    async def all(self, community_id: int, limit: int | None = None, offset: int = 0) -> list[Item]:
        """Return a community's items, drafts and retired ones too, the newest first."""
        return await self._items(items.c.community_id == community_id, limit=limit, offset=offset)

    async def drop_drafts(self, community_id: int, before: datetime) -> None:
        """Forget what was begun to be published long ago and never was."""
        old = items.c.community_id == community_id, items.c.state == ItemState.DRAFT, items.c.published_at < before
        drafts = (await self._connection.execute(select(items.c.id).where(*old))).scalars().all()
        for item_id in drafts:
            await self.drop_draft(item_id)

    async def drop_draft(self, item_id: int) -> None:
        """Forget what was never published."""
        for table in (item_topics, item_words):
            await self._connection.execute(delete(table).where(table.c.item_id == item_id))
        draft = items.c.id == item_id, items.c.state == ItemState.DRAFT
        await self._connection.execute(delete(items).where(*draft))

    async def shown(
        self, community_id: int, now: datetime, limit: int, offset: int = 0, *, topic: str = "", series: str = ""
    ) -> list[Item]:
        """Return what members are shown of a topic or a series, or of all: pinned ones first, then the newest."""
        order = (items.c.place, items.c.id) if series else (items.c.pinned.desc(), *_NEWEST)
        where = self._shown(community_id, now, topic, series)
        return await self._items(*where, order=order, limit=limit, offset=offset)

    async def count_shown(self, community_id: int, now: datetime, *, topic: str = "", series: str = "") -> int:
        """Return of how many items `shown` has a part."""
        where = self._shown(community_id, now, topic, series)
        found = select(func.count()).select_from(items).where(*where)
        return int((await self._connection.execute(found)).scalar_one())

    async def last_place(self, community_id: int, series: str) -> int:
        """Return the place of the last part of a series, 0 where it has none yet."""
        here = items.c.community_id == community_id, items.c.series == series
        found = select(func.coalesce(func.max(items.c.place), 0)).where(*here)
        return int((await self._connection.execute(found)).scalar_one())

    async def called(self, community_id: int, name: str) -> Item | None:
        """Return the item that has this key, else the newest of this title, of all that members were ever shown."""
        here = items.c.community_id == community_id, items.c.state != ItemState.DRAFT
        named = or_(items.c.key == name, func.lower(items.c.title) == name.lower())
        found = await self._items(*here, named)
        return next((each for each in found if each.key == name), found[0] if found else None)

    async def titled(self, community_id: int, now: datetime, beginning: str, limit: int) -> list[Item]:
        """Return what members are shown whose title begins so, the newest first."""
        where = self._shown(community_id, now), func.lower(items.c.title).startswith(beginning.lower(), autoescape=True)
        return await self._items(*where[0], where[1], limit=limit)

    async def all_shown(self, community_id: int, now: datetime) -> list[Item]:
        """Return all that members are shown, in the order of their ids."""
        return await self._items(*self._shown(community_id, now), order=(items.c.id,))

    async def topics(self, community_id: int, now: datetime, limit: int) -> list[tuple[str, int]]:
        """Return the topics of what members are shown, with how many items each has, the largest first."""
        found = (
            select(func.min(item_topics.c.said), func.count().label("rows"))
            .join(items, items.c.id == item_topics.c.item_id)
            .where(*self._shown(community_id, now))
            .group_by(item_topics.c.topic)
            .order_by(func.count().desc(), item_topics.c.topic)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in await self._connection.execute(found)]

    async def search(self, community_id: int, now: datetime, text: str, limit: int) -> list[Item]:
        """Return what members are shown that has the words of `text`, what has most of them first.

        A word counts whole, by its beginning, or where no item has it as one that is spelled alike; each weighs what
        its place in the item says, and more the fewer items have it (Spärck Jones 1972).
        """
        wanted = wanted_words(text)[:12]
        shown = await self.count_shown(community_id, now)
        score: dict[int, list[float]] = defaultdict(lambda: [0, 0.0])
        for word in wanted:
            weights = await self._with_word(community_id, now, word)
            rarity = math.log1p(shown / max(len(weights), 1))
            for item_id, weight in weights.items():
                score[item_id][0] += 1
                score[item_id][1] += weight * rarity
        found = [Found(item_id, int(count), weight) for item_id, (count, weight) in score.items()]
        found.sort(key=lambda each: (-each.words, -each.weight, -each.item_id))
        kept = await self.many(community_id, [each.item_id for each in found[:limit]])
        return [kept[each.item_id] for each in found[:limit] if each.item_id in kept]

    async def _with_word(self, community_id: int, now: datetime, word: str) -> dict[int, float]:
        """Return the items that have a word, or one that it may stand for, with what it weighs in each."""
        there = self._shown(community_id, now)
        begins = or_(item_words.c.word == word, item_words.c.word.startswith(word, autoescape=True))
        if found := await self._weights(begins, there):
            return found
        near = await self._near(word, there)
        return await self._weights(self._among(item_words.c.word, near), there) if near else {}

    async def _weights(self, which: ColumnElement[bool], there: Sequence[ColumnElement[bool]]) -> dict[int, float]:
        found = (
            select(item_words.c.item_id, func.max(item_words.c.weight))
            .join(items, items.c.id == item_words.c.item_id)
            .where(which, *there)
            .group_by(item_words.c.item_id)
        )
        return {row[0]: float(row[1]) for row in await self._connection.execute(found)}

    async def _near(self, word: str, there: Sequence[ColumnElement[bool]]) -> list[str]:
        """Return the words of a community's items that are spelled like one that none has."""
        if len(word) < _LONG_ENOUGH:
            return []
        length = func.length(item_words.c.word)
        found = (
            select(item_words.c.word)
            .join(items, items.c.id == item_words.c.item_id)
            .where(length.between(len(word) - 2, len(word) + 2), *there)
            .distinct()
            .limit(_VOCABULARY)
        )
        vocabulary = (await self._connection.execute(found)).scalars().all()
        return difflib.get_close_matches(word, vocabulary, _NEAR, _ALIKE)

    def _shown(
        self, community_id: int, now: datetime, topic: str = "", series: str = ""
    ) -> tuple[ColumnElement[bool], ...]:
        """Return what holds of items that members are shown, of a topic or a series where one is named."""
        where = list(shown_at(community_id, now))
        if topic:
            of_it = select(item_topics.c.item_id).where(item_topics.c.topic == folded(topic))
            where.append(items.c.id.in_(of_it))
        if series:
            where.append(items.c.series == series)
        return tuple(where)

    async def _items(
        self,
        *where: ColumnElement[bool],
        order: Sequence[ColumnElement[Any]] | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Item]:
        found = select(items).where(*where).order_by(*(order or _NEWEST)).limit(limit).offset(offset)
        rows = (await self._connection.execute(found)).all()
        topics = await self._topics([row.id for row in rows])
        return [_item(row, tuple(topics.get(row.id, ()))) for row in rows]

    async def _topics(self, item_ids: Collection[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        if not item_ids:
            return found
        topics = select(item_topics).where(self._among(item_topics.c.item_id, item_ids))
        for row in await self._connection.execute(topics.order_by(item_topics.c.place)):
            found[row.item_id].append(row.said)
        return found

    async def _write_words(self, some: Sequence[Item]) -> None:
        topics = [(item.id, folded(said), said, place) for item in some for place, said in enumerate(item.topics)]
        words = [(item.id, word, weight) for item in some for word, weight in weighed_words(item).items()]
        await bulk.write_rows(self._connection, item_topics, ("item_id", "topic", "said", "place"), topics, new=True)
        await bulk.write_rows(self._connection, item_words, ("item_id", "word", "weight"), words, new=True)


def shown_at(community_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of items that members are shown, as `Item.shown` says."""
    return (
        items.c.community_id == community_id,
        items.c.state == ItemState.LIVE,
        items.c.published_at <= now,
        or_(items.c.expires_at.is_(None), items.c.expires_at > now),
    )


_NEWEST = (items.c.published_at.desc(), items.c.id.desc())
_PLAIN = (
    "title",
    "link",
    "description",
    "author",
    "language",
    "tier",
    "price",
    "plan_id",
    "series",
    "place",
    "in_turn",
    "pinned",
)


_COLUMNS = (*_PLAIN, "kind", "attachment", "cover", "depth", "state", "published_at", "expires_at")


def _values(item: Item) -> dict[str, Any]:
    if item.published_at is None:
        raise ValueError("an item is there from some time on")
    return {
        **{name: getattr(item, name) for name in _PLAIN},
        "kind": item.kind.value,
        "attachment": None if item.attachment is None else item.attachment.to_text(),
        "cover": None if item.cover is None else item.cover.to_text(),
        "depth": item.depth.value,
        "state": item.state.value,
        "published_at": item.published_at,
        "expires_at": item.expires_at,
    }


def _item(row: Any, topics: tuple[str, ...]) -> Item:
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Item(
        id=row.id,
        community_id=row.community_id,
        key=row.key,
        kind=ItemKind(row.kind),
        attachment=None if row.attachment is None else Attachment.from_text(row.attachment),
        cover=None if row.cover is None else Attachment.from_text(row.cover),
        depth=Depth(row.depth),
        state=ItemState(row.state),
        topics=topics,
        published_at=row.published_at,
        expires_at=row.expires_at,
        **plain,
    )


def _renewed(item: Item, known: Item, says: Collection[str]) -> Item | None:
    """Return what an item that is there becomes, None where that changes nothing."""
    said = {name: getattr(item, name) for name in says}
    new = replace(known, **said)
    if new.published_at is None:
        new = replace(new, published_at=known.published_at)
    return None if new == known else new


def _batches(some: list[T]) -> Iterable[list[T]]:
    return (some[start : start + _BATCH] for start in range(0, len(some), _BATCH))
