"""Ties from an edge-list file: comma, tab or blanks between the columns, plain or gzip."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from core.analysis.ties import Floats, Ints, Rows, Ties, fading
from core.domain.errors import BadInput
from core.files.days import moment, scaled
from core.files.opened import opened

CHUNK = 1 << 24  # bytes read at a time, which bounds the memory for tokens
_COMMENTS = (b"#", b"%")
_MARK = b"\xef\xbb\xbf"  # some editors put it before UTF-8
_SOURCES = ("source", "src", "from", "fromnodeid", "sender", "author", "u")
_TARGETS = ("target", "dst", "to", "tonodeid", "receiver", "recipient", "v")
_TIMES = ("time", "timestamp", "ts", "day", "date", "when", "at", "datetime")
_WEIGHTS = ("weight", "count", "value", "n")


def read_edges(path: str | Path, *, weight: str = "count", half_life: float | None = None) -> Ties:
    """Read ties: source, target, then weight or time, one row each.

    `weight` is "count" (a tie weighs the number of its rows), "none" (every tie weighs 1) or a column, by its
    name in the header or its number from 1. With `half_life` (days) rows fade towards the newest, by the
    column called time, timestamp, day or date, else the last one that is not the weight: days, seconds or
    milliseconds since 1970, or ISO dates. A loop makes its member known and no tie. Lines that start with
    # or % are comments. Raises NotFound for a missing file and BadInput, with file and line, for what can't
    be read.
    """
    where = Path(path)
    reader = _Reader(where, weight, half_life)
    with opened(where) as stream:
        reader.read(stream)
    return reader.ties()


# The cells of one column: as they stand, or whole numbers where the chunk has nothing else.
_Column = Sequence[bytes] | Ints


@dataclass(frozen=True)
class _Layout:
    """Where the columns are: positions from 0."""

    separator: bytes | None  # None: blanks
    width: int
    source: int
    target: int
    weight: int | None
    time: int | None
    header: bool

    @property
    def needed(self) -> int:
        """Return how many columns a row must have."""
        return 1 + max(column for column in (self.source, self.target, self.weight, self.time) if column is not None)


class _Index(dict[bytes, int]):
    """Numbers names in the order of their first appearance."""

    def __missing__(self, name: bytes) -> int:
        number = self[name] = len(self)
        return number


@dataclass
class _Reader:
    path: Path
    weight: str
    half_life: float | None
    index: _Index = field(default_factory=_Index)
    layout: _Layout | None = None
    line: int = 0  # lines before what is being read
    parts: list[tuple[Ints, Ints, Floats | None, Floats | None]] = field(default_factory=list)

    def read(self, stream: BinaryIO) -> None:
        for chunk in _chunks(stream):
            body = chunk.replace(b"\r\n", b"\n") if b"\r" in chunk else chunk
            if self.layout is None:
                body = self._after_header(body)
            if self.layout is not None and body:
                columns = _integers(body, self.layout) or _split(body, self.layout)
                if columns is None or not self._take(columns):
                    self._line_by_line(body, self.layout)
            self.line += body.count(b"\n")

    def ties(self) -> Ties:
        names, place = self._sorted_names()
        rows, columns, data, days = self._joined()
        until = None if days is None else float(days.max(initial=0.0))
        if self.half_life is not None and days is not None:
            data = fading(cast(float, until) - days, self.half_life) * (1.0 if data is None else data)
        if self.weight == "none":
            # Each tie weighs one, or what is left of its newest row.
            rows, columns, data = _strongest(rows, columns, data)
        ties = Ties.of(names, Rows(place[rows], place[columns], data))
        return Ties(ties.names, ties.matrix, until, self.half_life)

    def _sorted_names(self) -> tuple[list[str], Ints]:
        """Return the names in their order, so that the order of the rows changes nothing."""
        try:
            texts = [name.decode() for name in self.index]
        except UnicodeDecodeError as error:
            raise BadInput("analysis-file-not-text", file=self.path.name) from error
        order = sorted(range(len(texts)), key=texts.__getitem__)
        place = np.empty(len(texts), np.int64)
        place[order] = np.arange(len(texts))
        return [texts[i] for i in order], place

    def _joined(self) -> tuple[Ints, Ints, Floats | None, Floats | None]:
        if not self.parts:
            return np.empty(0, np.int64), np.empty(0, np.int64), None, None
        rows, columns, data, days = zip(*self.parts, strict=True)
        return (
            np.concatenate(rows),
            np.concatenate(columns),
            None if data[0] is None else np.concatenate(data),
            None if days[0] is None else np.concatenate(days),
        )

    def _after_header(self, text: bytes) -> bytes:
        """Find the layout in the first row; count and skip what stands before the first tie."""
        start = 0
        for line in text.removeprefix(_MARK).split(b"\n"):
            end = start + len(line) + 1
            if line.strip() and not line.startswith(_COMMENTS):
                self.layout = self._laid_out(line)
                start = end if self.layout.header else start
                break
            start = end
        text = text.removeprefix(_MARK)
        self.line += text[:start].count(b"\n")
        return text[start:]

    def _laid_out(self, line: bytes) -> _Layout:
        separator = b"\t" if b"\t" in line else b"," if b"," in line else None
        cells = [cell.decode("utf-8", "replace").strip() for cell in _cells(line, separator)]
        if len(cells) < 2:
            raise self._wrong("analysis-row-short", 1, count=len(cells), needed=2)
        lowered = [cell.lower() for cell in cells]
        header = self._is_header(lowered)
        source = _first(lowered, _SOURCES, 0) if header else 0
        target = _first(lowered, _TARGETS, 1) if header else 1
        if source == target:
            source, target = 0, 1
        weight = self._weight_column(lowered, header, source, target)
        time = None if self.half_life is None else _time_column(lowered, header, {source, target, weight})
        if self.half_life is not None and time is None:
            raise BadInput("analysis-no-time-column", file=self.path.name)
        return _Layout(separator, len(cells), source, target, weight, time, header)

    def _is_header(self, cells: list[str]) -> bool:
        """Say whether the first row names columns."""
        named = {*_TIMES, *_WEIGHTS, "" if self.weight.isdigit() else self.weight.lower()} - {""}
        pair = any(cell in _SOURCES for cell in cells) and any(cell in _TARGETS for cell in cells)
        return pair or any(cell in named for cell in cells[2:])

    def _weight_column(self, cells: list[str], header: bool, source: int, target: int) -> int | None:
        if self.weight in ("count", "none"):
            return None
        wanted = self.weight.lower()
        if header and wanted in cells:
            column = cells.index(wanted)
        elif wanted.isdigit() and 1 <= int(wanted) <= len(cells):
            column = int(wanted) - 1
        else:
            raise BadInput("analysis-no-column", file=self.path.name, column=self.weight, count=len(cells))
        if column in (source, target):
            raise BadInput("analysis-no-column", file=self.path.name, column=self.weight, count=len(cells))
        return column

    def _take(self, columns: Sequence[_Column]) -> bool:
        """Keep a chunk's rows; say no, keeping nothing, where a number or a date in it can't be read."""
        layout = cast(_Layout, self.layout)
        source, target = columns[layout.source], columns[layout.target]
        data = None if layout.weight is None else _numbers(columns[layout.weight])
        days = None if layout.time is None else _days(columns[layout.time])
        if (layout.weight is None) != (data is None) or (layout.time is None) != (days is None):
            return False
        if not isinstance(source, np.ndarray) and (b"" in source or b"" in target):
            return False
        self.parts.append((self._numbered(source), self._numbered(target), data, days))
        return True

    def _numbered(self, names: _Column) -> Ints:
        """Return the numbers of names; of whole numbers, each is looked up once."""
        number = self.index.__getitem__
        if not isinstance(names, np.ndarray):
            return np.fromiter(map(number, names), np.int64, len(names))
        values, place = np.unique(names, return_inverse=True)
        return np.array([number(b"%d" % value) for value in values.tolist()], np.int64)[place]

    def _line_by_line(self, text: bytes, layout: _Layout) -> None:
        """Read what the fast way could not: quotes, comments, blank lines; name the line that is wrong."""
        rows: list[list[bytes]] = []
        for number, line in enumerate(text.split(b"\n"), start=1):
            if not line.strip() or line.startswith(_COMMENTS):
                continue
            cells = [cell.strip() for cell in _cells(line, layout.separator)]
            self._check(cells, layout, number)
            rows.append(cells + [b""] * (layout.width - len(cells)))
        if rows:
            self._take(list(zip(*rows, strict=True)))

    def _check(self, cells: list[bytes], layout: _Layout, number: int) -> None:
        if len(cells) < layout.needed:
            raise self._wrong("analysis-row-short", number, count=len(cells), needed=layout.needed)
        if len(cells) > layout.width:
            raise self._wrong("analysis-row-long", number, count=len(cells), width=layout.width)
        if not cells[layout.source] or not cells[layout.target]:
            raise self._wrong("analysis-row-nameless", number)
        if layout.weight is not None and _numbers([cells[layout.weight]]) is None:
            raise self._wrong("analysis-row-weight", number, text=_shown(cells[layout.weight]))
        if layout.time is not None and _days([cells[layout.time]]) is None:
            raise self._wrong("table-row-time", number, text=_shown(cells[layout.time]))

    def _wrong(self, key: str, number: int, **args: object) -> BadInput:
        return BadInput(key, file=self.path.name, line=self.line + number, **args)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield whole lines, about `CHUNK` bytes at a time, the last one ended too."""
    rest = b""
    while piece := stream.read(CHUNK):
        cut = piece.rfind(b"\n") + 1
        if cut:
            yield rest + piece[:cut]
            rest = piece[cut:]
        else:
            rest += piece
    if rest:
        yield rest + b"\n"


def _cells(line: bytes, separator: bytes | None) -> list[bytes]:
    if separator is None:
        return line.split()
    if b'"' not in line:
        return line.split(separator)
    text = line.decode("utf-8", "surrogateescape")
    row = next(csv.reader([text], delimiter=separator.decode(), skipinitialspace=True))
    return [cell.encode("utf-8", "surrogateescape") for cell in row]


def _integers(text: bytes, layout: _Layout) -> list[_Column] | None:
    """Return the columns of a chunk of whole numbers only, or None where anything else is in it."""
    separators = layout.separator or b" \t"
    if text.translate(None, b"0123456789\n" + separators):
        return None
    data = np.frombuffer(text, np.uint8)
    marks = np.flatnonzero(data < ord("0"))
    lengths = np.diff(marks, prepend=-1) - 1
    ended = data[marks] == ord("\n")
    lines = int(ended.sum())
    # Eighteen digits fit; a name such as 007 is another than 7.
    if len(marks) != lines * layout.width or lengths.min() < 1 or lengths.max() > 18:
        return None
    if ((data[marks - lengths] == ord("0")) & (lengths > 1)).any():
        return None
    if not ended.reshape(lines, layout.width)[:, -1].all():
        return None
    values = np.fromstring(text.replace(b",", b" ").decode(), np.int64, sep=" ")
    return list(values.reshape(lines, layout.width).T)


def _split(text: bytes, layout: _Layout) -> list[_Column] | None:
    """Return the columns of a chunk, or None where a line differs from the first and must be looked at."""
    lines = text.count(b"\n")
    if b'"' in text or text.startswith(_COMMENTS) or any(b"\n" + mark in text for mark in _COMMENTS):
        return None
    data = np.frombuffer(text, np.uint8)
    if layout.separator is None:
        blank = data <= 32
        starts = np.flatnonzero(~blank & np.concatenate([[True], blank[:-1]]))
        ends = np.flatnonzero(data == 10)
        cells = np.diff(np.searchsorted(starts, ends), prepend=0)
        regular = bool((cells == layout.width).all())
        tokens = text.split() if regular else []
    else:
        marks = data[(data == 10) | (data == layout.separator[0])]
        regular = len(marks) == lines * layout.width
        if regular:
            ended = marks.reshape(lines, layout.width) == 10
            regular = bool(ended[:, -1].all() and not ended[:, :-1].any())
        fields = text.replace(layout.separator, b"\n").split(b"\n")[:-1] if regular else []
        tokens = list(map(bytes.strip, fields))
    return [tokens[i :: layout.width] for i in range(layout.width)] if regular else None


def _first(cells: list[str], names: tuple[str, ...], otherwise: int) -> int:
    return next((i for i, cell in enumerate(cells) if cell in names), otherwise)


def _time_column(cells: list[str], header: bool, taken: set[int | None]) -> int | None:
    free = [i for i in range(len(cells)) if i not in taken]
    named = [i for i in free if header and cells[i] in _TIMES]
    return named[0] if named else free[-1] if free else None


def _numbers(cells: _Column) -> Floats | None:
    """Return finite numbers that are not negative, or None where one is not."""
    try:
        numbers = np.array(cells).astype(np.float64)
    except ValueError:
        return None
    return numbers if bool((np.isfinite(numbers) & (numbers >= 0)).all()) else None


def _days(cells: _Column) -> Floats | None:
    try:
        numbers = np.array(cells).astype(np.float64)
    except ValueError:
        moments = [moment(bytes(cell).decode("utf-8", "replace")) for cell in cells]
        return None if None in moments else np.array(moments, np.float64)
    return scaled(numbers) if bool(np.isfinite(numbers).all()) else None


def _strongest(rows: Ints, columns: Ints, data: Floats | None) -> tuple[Ints, Ints, Floats]:
    """Keep of the rows of each pair the one that weighs most."""
    weights = np.ones(len(rows)) if data is None else data
    order = np.lexsort((-weights, columns, rows))
    rows, columns, weights = rows[order], columns[order], weights[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    return rows[first], columns[first], weights[first]


def _shown(cell: bytes) -> str:
    return cell.decode("utf-8", "replace")[:40]
