"""Items of a catalogue that somebody brings: a CSV file with a header, or a JSON array of objects."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.domain.catalogue import (
    AUTHOR_LIMIT,
    DESCRIPTION_LIMIT,
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
from core.files.opened import opened_text

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
    "published",
    "expires",
    "key",
)
MOST = 100_000  # items of a file
MOST_BYTES = 500_000_000
_SHOWN = 5  # lines that are named where many are wrong
_TIERS, _PLACES = 20, 10_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds: items by their keys, how many lines named one again, and how many texts were too long."""

    items: dict[str, Item]
    plans: dict[str, str]  # by the key of an item, the name of the plan that it asks for
    again: int
    cut: int


def read_items(path: str | Path) -> Brought:
    """Read items; what says no day has no `published_at`.

    Raise NotFound for a missing file, and BadInput, with the lines, for what can't be read, a column or a value that
    makes no sense, or more than 100,000 items.
    """
    where = Path(path)
    items: dict[str, Item] = {}
    plans: dict[str, str] = {}
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
    if failed:
        raise BadInput("catalogue-lines", file=where.name, count=failed, shown=wrong)
    if not items:
        raise BadInput("table-no-rows", file=where.name)
    return Brought(items, {key: name for key, name in plans.items() if name}, count - len(items), cut)


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
    if isinstance(value, bool) or value is None or isinstance(value, Mapping):
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


def _moment(column: str, cell: str) -> datetime | None:
    if not cell:
        return None
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        raise BadInput("catalogue-day", column=column, text=cell[:40]) from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
