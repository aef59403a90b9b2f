"""Items of a catalogue that somebody brings: CSV with a header, a JSON array of objects, a feed, or a list of feeds."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.domain.catalogue import (
    AUTHOR_LIMIT,
    DESCRIPTION_LIMIT,
    SAYS,
    TITLE_LIMIT,
    Depth,
    Item,
    ItemKind,
    item_key,
    link_of,
    tidy_text,
    tidy_title,
    topics_of,
)
from core.domain.errors import BadInput, KithError
from core.domain.forms import whole_number
from core.domain.people import folded
from core.domain.points import PRICE_LIMIT
from core.files import feeds
from core.files.opened import opened, opened_text

COLUMNS = (
    "title",
    "kind",
    "link",
    "description",
    "topics",
    "author",
    "language",
    "depth",
    "tier",
    "price",
    "plan",
    "series",
    "place",
    "in_turn",
    "published",
    "expires",
    "key",
)
MOST = 100_000  # items of a file
MOST_BYTES = 500_000_000
MOST_XML = 20_000_000
_SHOWN = 5  # lines that are named where many are wrong
_TIERS, _PLACES = 20, 10_000
_FIELDS = {"published": "published_at", "expires": "expires_at", "plan": "plan_id"}
_YES, _NO = {"yes", "true", "1", "是"}, {"", "no", "false", "0", "否"}


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds: items by their keys, how many lines named one again, and how many texts were too long.

    `says` are the fields of which it says something of each, `feeds` the addresses of the feeds that it lists.
    """

    items: dict[str, Item]
    again: int = 0
    cut: int = 0
    says: Mapping[str, frozenset[str]] = field(default_factory=dict)
    feeds: Sequence[str] = ()
    plans: Mapping[str, str] = field(default_factory=dict)  # by item, the name of the plan that it asks for

    def parts(self) -> Iterator[tuple[frozenset[str], list[Item]]]:
        """Yield the items of which the file says something about the same fields."""
        found: dict[frozenset[str], list[Item]] = defaultdict(list)
        for key, item in self.items.items():
            found[self.says[key]].append(item)
        yield from found.items()


def read_items(path: str | Path) -> Brought:
    """Read items; what says no day has no `published_at`.

    Raise NotFound for a missing file, and BadInput, with the lines, for what can't be read, a column or a value that
    makes no sense, or more than 100,000 items.
    """
    where = Path(path)
    if (body := _xml(where)) is not None:
        return _from_xml(where.name, body)
    items: dict[str, Item] = {}
    plans: dict[str, str] = {}
    says: dict[str, frozenset[str]] = {}
    wrong: list[KithError] = []
    count = cut = failed = 0
    for line, row in _rows(where):
        count += 1
        if count > MOST:
            raise BadInput("catalogue-too-many", file=where.name, limit=MOST)
        try:
            item = _item(row)
        except KithError as error:
            failed += 1
            if len(wrong) < _SHOWN:
                wrong.append(BadInput("catalogue-row", line=line, why=[error]))
            continue
        cut += len(row.get("description", "")) > DESCRIPTION_LIMIT or len(row["title"]) > TITLE_LIMIT
        items[item.key] = item
        plans[item.key] = " ".join(row.get("plan", "").split())
        says[item.key] = SAYS & {_FIELDS.get(name, name) for name in row}
    if failed:
        raise BadInput("catalogue-lines", file=where.name, count=failed, shown=wrong)
    if not items:
        raise BadInput("table-no-rows", file=where.name)
    asked = {key: name for key, name in plans.items() if name}
    return Brought(items, count - len(items), cut, says, plans=asked)


def _xml(path: Path) -> bytes | None:
    """Return what a file holds if it is XML; raise BadInput where that is too much."""
    with opened(path) as stream:
        if not feeds.is_xml(stream.read(200).decode("latin-1").removeprefix("ï»¿")):
            return None
        stream.seek(0)
        if len(body := stream.read(MOST_XML + 1)) > MOST_XML:
            raise BadInput("catalogue-too-large", file=path.name, megabytes=MOST_XML // 1_000_000)
        return body


def _from_xml(name: str, body: bytes) -> Brought:
    try:
        if feeds.root_of(body) == "opml":
            return Brought({}, feeds=feeds.read_list(body))
        found = {item.key: item for item in feeds.read_feed(body)}
    except BadInput as error:
        raise BadInput("catalogue-feed", file=name, why=[error]) from error
    if not found:
        raise BadInput("table-no-rows", file=name)
    return Brought(found, says=dict.fromkeys(found, feeds.SAYS))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line, or of each object, and its cells."""
    with opened_text(path) as stream:
        start = stream.read(1)
        while start.isspace():
            start = stream.read(1)
        rest = stream.read(MOST_BYTES)
        if len(rest) == MOST_BYTES:
            raise BadInput("catalogue-too-large", file=path.name, megabytes=MOST_BYTES // 1_000_000)
    yield from _objects(path.name, start + rest) if start in "[{" and start else _lines(path.name, start + rest)


def _objects(name: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("catalogue-no-json", file=name, line=getattr(error, "lineno", 1)) from error
    if isinstance(found, Mapping):
        found = found.get("items")
    if not isinstance(found, list):
        raise BadInput("catalogue-no-list", file=name)
    for number, each in enumerate(found, 1):
        if not isinstance(each, Mapping) or "title" not in each:
            raise BadInput("catalogue-no-object", file=name, line=number)
        yield number, {str(key): _cell(value) for key, value in each.items()}


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, Mapping):
        return ""
    return str(value)


def _lines(name: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [cell.strip().lower() for cell in next(reader, [])]
    if "title" not in header:
        if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
            sign = next(sign for sign in ";\t|" if sign in header[0])
            raise BadInput("table-separator", file=name, sign="Tab" if sign == "\t" else sign)
        raise BadInput("table-no-column", file=name, column="title", columns=tuple(header))
    for column in header:
        if column not in COLUMNS:
            raise BadInput("catalogue-column", file=name, column=column[:40], columns=COLUMNS)
    for row in _read(name, reader):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            given = {"line": reader.line_num, "count": len(row), "columns": len(header)}
            raise BadInput("table-row-length", file=name, **given)
        yield reader.line_num, dict(zip(header, row, strict=True))


def _read(name: str, reader: Any) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise BadInput("analysis-file-unreadable", file=name, reason=str(error)) from error


def _item(row: Mapping[str, str]) -> Item:
    """Return the item that a row describes; raise BadInput with what was expected."""
    cells = {name: row.get(name, "").strip() for name in COLUMNS}
    title, link = tidy_title(cells["title"]), link_of(cells["link"])
    return Item(
        title=title,
        key=cells["key"][:200] or item_key(link, title),
        kind=_one_of(ItemKind, "kind", cells["kind"] or ItemKind.ARTICLE),
        link=link,
        description=tidy_text(cells["description"]),
        author=" ".join(cells["author"].split())[:AUTHOR_LIMIT],
        language=cells["language"][:16],
        depth=_one_of(Depth, "depth", cells["depth"] or Depth.ANY),
        topics=topics_of(cells["topics"]),
        tier=_number("tier", cells["tier"], _TIERS),
        price=_number("price", cells["price"], PRICE_LIMIT),
        series=" ".join(cells["series"].split())[:TITLE_LIMIT],
        place=_number("place", cells["place"], _PLACES),
        in_turn=_yes("in_turn", cells["in_turn"]),
        published_at=_moment("published", cells["published"]),
        expires_at=_moment("expires", cells["expires"]),
    )


def _one_of(words: Any, column: str, cell: str) -> Any:
    wanted = folded(cell)
    if wanted not in {each.value for each in words}:
        raise BadInput("catalogue-word", column=column, text=cell[:40], options=tuple(each.value for each in words))
    return words(wanted)


def _number(column: str, cell: str, most: int) -> int:
    if not cell:
        return 0
    number = whole_number(cell)
    if number is None or not 0 <= number <= most:
        raise BadInput("catalogue-number", column=column, text=cell[:40], most=most)
    return number


def _yes(column: str, cell: str) -> bool:
    if (said := folded(cell)) not in _YES | _NO:
        raise BadInput("catalogue-word", column=column, text=cell[:40], options=("yes", "no"))
    return said in _YES


def _moment(column: str, cell: str) -> datetime | None:
    if not cell:
        return None
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        raise BadInput("catalogue-day", column=column, text=cell[:40]) from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
