"""Interactions from a CSV file: day, source, target, kind, count."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

import numpy as np

from core.analysis.states import Interactions
from core.analysis.ties import Ints
from core.domain.errors import BadInput
from core.domain.kinds import Kind
from core.files.opened import opened_text

COLUMNS = ("day", "source", "target", "kind", "count")
JOINS = ("join", Kind.JOINED)  # kinds of a row that says when its source joined
LONGEST = 36_600  # days between the first and the last: more is a mistaken unit


@dataclass(frozen=True, eq=False)
class History:
    """Interactions and the day that they count from: a date, or a number where the file had numbers."""

    interactions: Interactions
    first: date | int

    def day(self, number: int) -> str | int:
        """Return a day of the interactions as the file writes it."""
        if isinstance(self.first, int):
            return self.first + number
        return date.fromordinal(self.first.toordinal() + number).isoformat()


def read_interactions(path: str | Path) -> History:
    """Read interactions from a CSV file with a header, plain or gzip.

    `day` is a whole number or an ISO date. An empty target, or the source itself, is something done towards
    nobody. `kind` and `count` (1) may be left out; a row of kind "join" says when its source joined. Raises
    NotFound for a missing file and BadInput, with file and line, for what can't be read.
    """
    where = Path(path)
    with opened_text(where) as stream:
        lines, rows = _rows(stream, where.name)
    return _history(rows, lines, where.name)


def _rows(stream: TextIO, name: str) -> tuple[list[int], list[tuple[str, ...]]]:
    """Return line numbers and rows with the columns in their order; kind and count filled in."""
    reader = csv.reader(stream)
    header = [cell.strip().lower() for cell in next(reader, [])]
    if any(column not in header for column in COLUMNS[:3]):
        raise BadInput("analysis-no-header", file=name, columns=tuple(COLUMNS))
    places = [header.index(column) if column in header else -1 for column in COLUMNS]
    needed = 1 + max(places[:2])
    lines: list[int] = []
    rows: list[tuple[str, ...]] = []
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) < needed:
            raise _wrong("analysis-row-short", name, reader.line_num, count=len(cells), needed=needed)
        filled = [cells[place].strip() if 0 <= place < len(cells) else "" for place in places]
        if not filled[1]:
            raise _wrong("analysis-row-nameless", name, reader.line_num)
        lines.append(reader.line_num)
        rows.append((filled[0], filled[1], filled[2] or filled[1], filled[3], filled[4] or "1"))
    return lines, rows


def _history(rows: list[tuple[str, ...]], lines: list[int], name: str) -> History:
    day, source, target, kind, count = zip(*rows, strict=True) if rows else ((),) * 5
    days, dated = _days(day, lines, name)
    counts = np.array(list(_counts(count, lines, name)), np.int64)
    first = int(days.min(initial=days[0])) if len(days) else 0
    if len(days) and int(days.max()) - first > LONGEST:
        raise BadInput("analysis-days-span", file=name, days=int(days.max()) - first, most=LONGEST)
    names = sorted({*source, *target})
    index = {member: i for i, member in enumerate(names)}
    kinds = sorted(set(kind))
    number = {each: i for i, each in enumerate(kinds)}
    sources = np.array([index[member] for member in source], np.int64)
    joins = np.array([each.lower() in JOINS for each in kind], np.bool_)
    joined = np.full(len(names), np.iinfo(np.int64).max)
    np.minimum.at(joined, sources[joins], days[joins] - first)
    joined[joined == np.iinfo(np.int64).max] = -1
    interactions = Interactions(
        names=names,
        days=int(days.max()) - first + 1 if len(days) else 0,
        day=days[~joins] - first,
        source=sources[~joins],
        target=np.array([index[member] for member in target], np.int64)[~joins],
        count=counts[~joins],
        kind=np.array([number[each] for each in kind], np.int64)[~joins],
        kinds=kinds,
        joined=joined,
    )
    return History(interactions, date.fromordinal(first) if dated else first)


def _days(cells: Sequence[str], lines: Sequence[int], name: str) -> tuple[Ints, bool]:
    """Return days as numbers and whether they were dates; all rows write them alike."""
    try:
        return np.array([int(cell) for cell in cells], np.int64), False
    except ValueError:
        pass
    known: dict[str, int] = {}
    for cell, line in zip(cells, lines, strict=True):
        if cell not in known:
            try:
                known[cell] = date.fromisoformat(cell[:10]).toordinal()
            except ValueError as error:
                raise _wrong("analysis-row-day", name, line, text=cell[:40]) from error
    return np.array([known[cell] for cell in cells], np.int64), True


def _counts(cells: Sequence[str], lines: Sequence[int], name: str) -> Iterator[int]:
    for cell, line in zip(cells, lines, strict=True):
        if not cell.isdecimal():
            raise _wrong("analysis-row-count", name, line, text=cell[:40])
        yield int(cell)


def _wrong(key: str, name: str, line: int, **args: object) -> BadInput:
    return BadInput(key, file=name, line=line, **args)
