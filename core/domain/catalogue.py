"""What a community has to offer: items of its catalogue, who may open them, and the words by which they are found."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlsplit

from core.domain.errors import BadInput
from core.domain.message import Attachment
from core.domain.people import folded

TITLE_LIMIT = 120
LINK_LIMIT = 500
DESCRIPTION_LIMIT = 4_000
WORD_LIMIT = 40
TOPICS_LIMIT = 8
TOPIC_LIMIT = 40
AUTHOR_LIMIT = 80
KEY_LIMIT = 200
FEED_PAUSE, FEED_PAUSE_MOST = timedelta(hours=6), timedelta(days=7)
FEED_FAILURES = 3  # after which whoever added a feed is told
FEEDS_LIMIT = 50  # of a community
_READ = 20_000  # characters of a text from which words are taken
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HANS = re.compile(f"[{_HAN}]")
_PIECES = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_TAGS = re.compile(r"<[^<>]{0,500}>")
_BETWEEN = re.compile(r"[,，、;；|\n]")


class ItemKind(StrEnum):
    """What an item is."""

    COURSE = "course"
    COLUMN = "column"
    ARTICLE = "article"
    LIVE = "live"
    RECORDING = "recording"
    BOOK = "book"
    EVENT = "event"


class Depth(StrEnum):
    """For whom an item is by what they know already."""

    ANY = "any"
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class ItemState(StrEnum):
    """Whether members are shown an item; a draft never was."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to read, watch, attend or own; `key` tells it from the community's others wherever it comes from.

    `tier` is the place of the lowest tier that may open it, `plan_id` the plan that it asks for, `price` what it costs
    in points, 0 for nothing. It is shown from `published_at` until `expires_at` while it is live. A part of a series
    stands at `place` in it, from 1; one that comes `in_turn` opens once the part before it is finished. `cover` is the
    picture of its card.
    """

    title: str
    key: str
    id: int = 0
    community_id: int = 0
    kind: ItemKind = ItemKind.ARTICLE
    link: str = ""
    attachment: Attachment | None = None
    cover: Attachment | None = None
    description: str = ""
    author: str = ""
    language: str = ""
    depth: Depth = Depth.ANY
    topics: tuple[str, ...] = ()
    tier: int = 0
    price: int = 0
    plan_id: int | None = None
    series: str = ""
    place: int = 0
    in_turn: bool = False
    pinned: bool = False
    state: ItemState = ItemState.LIVE
    published_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def name(self) -> str:
        """Return what facts about it are kept under."""
        return item_name(self.id)

    def shown(self, now: datetime) -> bool:
        """Say whether members are shown it at a time."""
        begun = self.published_at is None or self.published_at <= now
        return begun and self.state is ItemState.LIVE and (self.expires_at is None or now < self.expires_at)


def item_name(item_id: int) -> str:
    """Return what facts about the item with an id are kept under."""
    return f"item:{item_id}"


# What a source may say of an item; the rest is decided here.
SAYS = frozenset(
    {
        "title",
        "kind",
        "link",
        "description",
        "author",
        "language",
        "depth",
        "topics",
        "tier",
        "price",
        "plan_id",
        "series",
        "place",
        "in_turn",
        "published_at",
        "expires_at",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a member made of an item, when; `entry_id` is the ledger's entry of what they paid for it."""

    item_id: int
    saved_at: datetime | None = None
    opened_at: datetime | None = None
    finished_at: datetime | None = None
    refused_at: datetime | None = None
    rating: int | None = None
    entry_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An item that somebody may want, with the key of why and what the reason speaks of: a topic, an item, a count."""

    item_id: int
    reason: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address of the web from which items come: a feed, or a map of a site.

    `etag` and `modified` are what it said last; `fault`, with a `detail`, is the key of why it gave nothing the last
    `failures` times. `account_id` is who added it, None where nobody is known.
    """

    address: str
    id: int = 0
    community_id: int = 0
    account_id: int | None = None
    etag: str = ""
    modified: str = ""
    failures: int = 0
    fault: str = ""
    detail: str = ""
    fetched_at: datetime | None = None
    due_at: datetime | None = None

    def next_due(self, now: datetime) -> datetime:
        """Return when it is looked at again: every six hours, and the more slowly the more often it gave nothing."""
        pause = FEED_PAUSE * (1 << min(max(self.failures - 1, 0), 8))
        return now + min(pause, FEED_PAUSE_MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLink:
    """An item's link that doesn't answer: since when, how many looks in a row, and the key of why with a `detail`."""

    item_id: int
    link: str
    fault: str
    detail: str = ""
    looks: int = 1
    since: datetime | None = None


class Access(StrEnum):
    """Whether a member may open an item, and what is missing."""

    OPEN = "open"
    OWNED = "owned"
    TIER = "tier"
    PLAN = "plan"
    PRICE = "price"


def access(item: Item, tier: int, *, owned: bool, moderates: bool = False, plans: Collection[int] = ()) -> Access:
    """Return whether somebody of a tier, with these plans, may open an item.

    What is `owned` stays open, and moderators see all.
    """
    if owned:
        return Access.OWNED
    if moderates:
        return Access.OPEN
    if tier < item.tier:
        return Access.TIER
    if item.plan_id is not None and item.plan_id not in plans:
        return Access.PLAN
    return Access.PRICE if item.price else Access.OPEN


SHRINKAGE = 10  # members who opened both of two items before that counts by half
BY_USE = 0.8  # of likeness; the rest is that of topics


def alike(one: set[str], other: set[str], both: int, opened: int, opened_other: int) -> float:
    """Return how much two items are alike, from 0 to 1, by their topics and by how many members opened each and both.

    0.8 · both / √(opened · opened_other) · both / (both + 10) + 0.2 · the share of topics that they have in common.
    """
    use = both / math.sqrt(opened * opened_other) * both / (both + SHRINKAGE) if both else 0.0
    said = len(one & other) / len(one | other) if one & other else 0.0
    return BY_USE * use + (1 - BY_USE) * said


def tidy_title(text: str) -> str:
    """Return a title in one line without markup of web pages; raise BadInput where nothing is left."""
    tidy = " ".join(_TAGS.sub(" ", html.unescape(text)).split())[:TITLE_LIMIT].strip()
    if not tidy:
        raise BadInput("error-item-title")
    return tidy


def tidy_text(text: str) -> str:
    """Return what a description says, without markup of web pages, cut where it is too long."""
    plain = html.unescape(_TAGS.sub(" ", text[: 4 * DESCRIPTION_LIMIT]))
    tidy = "\n".join(" ".join(line.split()) for line in plain.splitlines()).strip()
    return tidy if len(tidy) <= DESCRIPTION_LIMIT else f"{tidy[: DESCRIPTION_LIMIT - 1]}…"


def link_of(text: str) -> str:
    """Return an address of the web, empty for none; raise BadInput for anything else."""
    tidy = text.strip()
    if not tidy:
        return ""
    if len(tidy) <= LINK_LIMIT and tidy.isprintable() and " " not in tidy and _of_the_web(tidy):
        return tidy
    raise BadInput("error-item-link", link=tidy[:80])


def _of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def item_key(link: str, title: str) -> str:
    """Return what tells an item from others of its community: where it is, or what it is called."""
    told = link or f"title:{folded(title)}"
    return told if len(told) <= KEY_LIMIT else f"sha256:{sha256(told.encode()).hexdigest()}"


def topics_of(text: str) -> tuple[str, ...]:
    """Return the topics that a text lists, with commas, semicolons or lines between, each once."""
    found: dict[str, str] = {}
    for piece in _BETWEEN.split(text):
        if tidy := " ".join(piece.split())[:TOPIC_LIMIT]:
            found.setdefault(folded(tidy), tidy)
    return tuple(found.values())[:TOPICS_LIMIT]


def words_of(text: str) -> list[str]:
    """Return what a text is about: words where blanks part them, pairs of characters in Chinese."""
    found: list[str] = []
    for piece in _PIECES.findall(text[:_READ].casefold()):
        if len(piece) > 1 and not piece.isascii() and _HANS.match(piece):
            found += [piece[place : place + 2] for place in range(len(piece) - 1)]
        else:
            found.append(piece)
    return found


# The heaviest first.
_WEIGHTS = (("title", 4), ("topics", 3), ("author", 3), ("series", 3), ("description", 1))


@dataclass(frozen=True, slots=True)
class Found:
    """An item that was searched for: how many of the words wanted it has, and how much it is about them."""

    item_id: int
    words: int = field(compare=False)
    weight: float = field(compare=False)


def weighed_words(item: Item) -> dict[str, int]:
    """Return the words by which an item is found, each with its weight: what stands in the title says most."""
    found: dict[str, int] = {}
    for name, weight in _WEIGHTS:
        text = " ".join(item.topics) if name == "topics" else getattr(item, name)
        for word in _folded_words(text):
            found.setdefault(word, weight)
    return found


def wanted_words(text: str) -> list[str]:
    """Return the words of what somebody searches for, each once, in order."""
    return list(dict.fromkeys(_folded_words(text)))


def _folded_words(text: str) -> Iterable[str]:
    return (word[:WORD_LIMIT] for word in words_of(folded(" ".join(text.split()))))
