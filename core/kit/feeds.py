"""Feeds that a community follows: what is fetched, outside of any unit of work, and what is kept of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from core.domain.catalogue import FEED_FAILURES, DeadLink, Feed, Item, item_key
from core.domain.errors import BadInput
from core.files import web
from core.files.feeds import read_feed, read_map, read_page, root_of
from core.kit.texts import Markup, Texts
from core.store.catalogue import MOST
from core.store.unit import UnitOfWork

AT_ONCE = 4  # addresses under way
PAGES = 30  # of a site that one look reads; the others are for the next ones
MAPS = 5  # of a site, named by its first
SITE_SECONDS = 90.0
_PAGE_BYTES = 1_000_000
_MAPS = {"urlset", "sitemapindex"}


@dataclass(frozen=True, slots=True)
class FeedsInput:
    """What is to be fetched: `known` are the keys of the items that are there already."""

    feeds: Sequence[Feed]
    known: Collection[str]
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOutcome:
    """What an address gave, or the key of why it gave nothing."""

    feed: Feed
    items: Sequence[Item] = ()
    etag: str = ""
    modified: str = ""
    fault: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Synced:
    """The feeds as they stand after a look, how many items came, and which feeds gave nothing for the third time."""

    feeds: Sequence[Feed]
    added: int
    failing: Sequence[Feed]


async def to_fetch(unit: UnitOfWork, community_id: int, feeds: Sequence[Feed], *, private: bool) -> FeedsInput:
    """Return what `fetched` needs."""
    known = frozenset(await unit.catalogue.keys(community_id)) if feeds else frozenset[str]()
    return FeedsInput(feeds, known, private)


def fetched(given: FeedsInput) -> list[FeedOutcome]:
    """Fetch feeds, some at once; it runs where nothing waits for it. One that is broken changes nothing for others."""
    return asyncio.run(_all(given))


async def _all(given: FeedsInput) -> list[FeedOutcome]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(feed: Feed) -> FeedOutcome:
        async with gate:
            return await _one(feed, given)

    return await asyncio.gather(*map(one, given.feeds))


async def _one(feed: Feed, given: FeedsInput) -> FeedOutcome:
    try:
        got = await web.fetch(feed.address, etag=feed.etag, modified=feed.modified, private=given.private)
        if got.body is None:
            return FeedOutcome(feed=feed, etag=got.etag, modified=feed.modified)
        if root_of(got.body) in _MAPS:
            async with asyncio.timeout(SITE_SECONDS):
                return await _site(feed, got, given)
        return FeedOutcome(feed=feed, items=read_feed(got.body), etag=got.etag, modified=got.modified)
    except BadInput as error:
        return FeedOutcome(feed=feed, fault=error.key, detail=str(error.args_.get("detail", "")))
    except TimeoutError:
        return FeedOutcome(feed=feed, fault="feed-fault-slow")
    except Exception:  # a parser that trips over what somebody serves
        return FeedOutcome(feed=feed, fault="feed-fault-broken")


async def _site(feed: Feed, got: web.Fetched, given: FeedsInput) -> FeedOutcome:
    """Return the pages of a site that aren't known yet, so many at a time."""
    host = urlsplit(got.address).hostname or ""
    pages, maps = read_map(got.body or b"", host)
    for each in maps[:MAPS]:
        further = await web.fetch(each, private=given.private)
        pages += read_map(further.body or b"", host)[0]
    new = [each for each in dict.fromkeys(pages) if item_key(each, each) not in given.known]
    some = random.sample(new, min(PAGES, len(new)))
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(address: str) -> Item | None:
        async with gate:
            try:
                page = await web.fetch(address, private=given.private, most=_PAGE_BYTES)
            except BadInput:
                return None
            return read_page(page.body or b"", address)

    items = [each for each in await asyncio.gather(*map(one, some)) if each is not None]
    whole = len(items) == len(new)  # else it is read whole next time, changed or not
    return FeedOutcome(feed=feed, items=items, etag=got.etag if whole else "", modified=got.modified if whole else "")


async def keep_fetched(unit: UnitOfWork, community_id: int, found: Sequence[FeedOutcome], now: datetime) -> Synced:
    """Add what is new, and write down how each feed stands; what is in the catalogue already stays as it is.

    A feed that was taken off meanwhile brings nothing.
    """
    there = {each.id for each in await unit.feeds.of(community_id)}
    room = MOST - await unit.catalogue.count(community_id)
    feeds: list[Feed] = []
    added = 0
    for each in (each for each in found if each.feed.id in there):
        known = await unit.catalogue.keyed(community_id, [item.key for item in each.items])
        new = {item.key: item for item in each.items if item.key not in known}
        some = list(new.values())[: max(room - added, 0)]
        await unit.catalogue.put(community_id, some, now)
        added += len(some)
        feeds.append(_after(each, now))
        await unit.feeds.save(feeds[-1])
    failing = [each for each in feeds if each.failures == FEED_FAILURES]
    return Synced(feeds, added, failing)


def _after(it: FeedOutcome, now: datetime) -> Feed:
    if it.fault:
        failures = it.feed.failures + 1
        tried = replace(it.feed, failures=failures, fault=it.fault[:32], detail=it.detail[:32])
    else:
        tried = replace(it.feed, etag=it.etag, modified=it.modified, failures=0, fault="", detail="", fetched_at=now)
    return replace(tried, due_at=tried.next_due(now))


def fault_said(t: Texts, it: Feed | DeadLink) -> Markup:
    """Return why an address gave nothing, in words; nothing where it gave something."""
    return t(it.fault, detail=it.detail) if it.fault else Markup("")
