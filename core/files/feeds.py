"""Feeds and maps of the web as items of a catalogue: RSS, Atom, lists of feeds (OPML), sitemaps, and a page's head."""

from __future__ import annotations

import calendar
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from core.domain.catalogue import (
    AUTHOR_LIMIT,
    Item,
    ItemKind,
    item_key,
    link_of,
    tidy_text,
    tidy_title,
    topics_of,
)
from core.domain.errors import BadInput

MOST = 1_000  # entries of a feed, feeds of a list
MOST_PAGES = 50_000  # of a sitemap, as its own rule says
_HEAD = 200_000  # characters of a page in which its title must stand
SAYS = frozenset({"title", "description", "author", "language"})  # what a feed changes of an item that is there


def is_xml(start: str) -> bool:
    """Say whether what begins so is XML: a feed, a list of them or a map, and neither CSV nor JSON."""
    return start.lstrip("\ufeff \t\r\n").startswith("<")


def root_of(body: bytes) -> str:
    """Return the name of the outermost element in small letters; raise BadInput for what is no XML at all."""
    for _, element in _parsed(body, "start"):
        return _name(element)
    raise BadInput("feed-fault-broken")


def read_feed(body: bytes) -> list[Item]:
    """Return what an RSS or Atom feed offers, the newest first as a rule; raise BadInput for what is no feed.

    What has neither a title nor a link is left out, as is what comes again.
    """
    import feedparser  # noqa: PLC0415  only whoever reads a feed waits for it

    root_of(body)  # nothing is read that declares entities
    found = feedparser.parse(io.BytesIO(_tidy(body)), sanitize_html=True)
    if not found.version or (found.bozo and not found.entries):
        raise BadInput("feed-fault-broken")
    language = str(found.feed.get("language", ""))[:16]
    items: dict[str, Item] = {}
    for entry in found.entries[:MOST]:
        if (item := _entry(entry, language)) is not None:
            items.setdefault(item.key, item)
    return list(items.values())


def _entry(entry: Mapping[str, Any], language: str) -> Item | None:
    try:
        link = link_of(str(entry.get("link", "")))
        title = tidy_title(str(entry.get("title", "")) or link)
    except BadInput:
        return None
    sound = any(str(each.get("type", "")).startswith(("audio/", "video/")) for each in entry.get("enclosures", ()))
    return Item(
        title=title,
        key=item_key(link, title),
        kind=ItemKind.RECORDING if sound else ItemKind.ARTICLE,
        link=link,
        description=tidy_text(str(entry.get("summary", ""))),
        author=" ".join(str(entry.get("author", "")).split())[:AUTHOR_LIMIT],
        language=language,
        topics=topics_of("\n".join(str(tag.get("term") or "") for tag in entry.get("tags", ()))),
        published_at=_moment(entry),
    )


def _moment(entry: Mapping[str, Any]) -> datetime | None:
    said = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(said), UTC) if said else None
    except (ValueError, OverflowError, OSError):
        return None


def read_list(body: bytes) -> list[str]:
    """Return the addresses of the feeds that an OPML file lists; raise BadInput where it lists none."""
    found: dict[str, None] = {}
    for _, element in _parsed(body):
        address = next((value for name, value in element.attrib.items() if name.lower() == "xmlurl"), "")
        if _name(element) == "outline" and address and len(found) < MOST:
            found[link_of(address)] = None
    if not found:
        raise BadInput("feed-list-empty")
    return list(found)


def read_map(body: bytes, host: str) -> tuple[list[str], list[str]]:
    """Return the pages of a sitemap and the further maps that it names, those of its own host alone."""
    pages: dict[str, None] = {}
    maps: dict[str, None] = {}
    for _, element in _parsed(body):
        if (name := _name(element)) not in {"url", "sitemap"}:
            continue
        address = next(((each.text or "").strip() for each in element if _name(each) == "loc"), "")
        element.clear()
        if _of(address, host) and len(pages) < MOST_PAGES:
            (pages if name == "url" else maps)[address] = None
    return list(pages), list(maps)


def _of(address: str, host: str) -> bool:
    try:
        return bool(link_of(address)) and (urlsplit(address).hostname or "") == host
    except BadInput:
        return False


def read_page(body: bytes, address: str) -> Item | None:
    """Return a page of the web as an item, by what its head says of it; None where it has no title."""
    head = _Head()
    head.feed(body[: 2 * _HEAD].decode("utf-8", "replace")[:_HEAD])
    try:
        title = tidy_title(head.said.get("og:title") or head.title)
        link = link_of(address)
    except BadInput:
        return None
    about = head.said.get("og:description") or head.said.get("description", "")
    made = Item(title=title, key=item_key(link, title), link=link, description=tidy_text(about))
    return replace(made, language=head.language[:16], topics=topics_of(head.said.get("keywords", "")))


class _Head(HTMLParser):
    """Gather the title and the meta elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.title = self.language = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "meta":
            self.said.setdefault((given.get("property") or given.get("name", "")).lower(), given.get("content", ""))
        self._in_title = tag == "title" and not self.title

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


def _parsed(body: bytes, when: str = "end") -> Iterator[tuple[str, Any]]:
    """Yield elements of XML in which no entity is declared; raise BadInput where it breaks off."""
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415  the error alone

    from defusedxml import DefusedXmlException, ElementTree  # noqa: PLC0415

    try:
        yield from ElementTree.iterparse(io.BytesIO(_tidy(body)), (when,))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadInput("feed-fault-broken") from error


def _tidy(body: bytes) -> bytes:
    """Return XML without what stands before it, which parsers take for a mistake."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip()


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()
