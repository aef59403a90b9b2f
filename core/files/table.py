"""Columns of a table that somebody brings: a CSV file with a header."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BadInput
from core.files.days import moment, scaled
from core.files.opened import opened

_TRUE, _FALSE = {"1", "1.0", "true", "yes"}, {"0", "0.0", "false", "no", ""}


@dataclass(frozen=True, kw_only=True)
class Table:
    """Some columns of a CSV file, as text, with the number of each row's line."""

    name: str
    lines: Sequence[int]
    columns: dict[str, list[str]]

    def labels(self, column: str) -> list[str]:
        """Return a column of names; raise BadInput, with the line, where one is empty."""
        for line, cell in zip(self.lines, self.columns[column], strict=True):
            if not cell:
                raise BadInput("table-row-empty", file=self.name, line=line, column=column)
        return self.columns[column]

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return a column of finite numbers; raise BadInput, with the line, for anything else."""
        found = np.empty(len(self.lines))
        for place, (line, cell) in enumerate(zip(self.lines, self.columns[column], strict=True)):
            try:
                found[place] = float(cell)
            except ValueError:
                found[place] = math.nan
            if not math.isfinite(found[place]):
                raise BadInput("table-row-number", file=self.name, line=line, column=column, text=cell[:40])
        return found

    def flags(self, column: str) -> NDArray[np.bool_]:
        """Return a column of 0 and 1, or of yes and no; raise BadInput, with the line, for anything else."""
        for line, cell in zip(self.lines, self.columns[column], strict=True):
            if cell.lower() not in _TRUE | _FALSE:
                raise BadInput("table-row-flag", file=self.name, line=line, column=column, text=cell[:40])
        return np.array([cell.lower() in _TRUE for cell in self.columns[column]], np.bool_)

    def days(self, column: str) -> NDArray[np.float64]:
        """Return a column of times as days; raise BadInput, with the line, for anything else."""
        cells = self.columns[column]
        found = np.array([math.nan if (day := moment(cell)) is None else day for cell in cells])
        bad = ~np.isfinite(found)
        if bad.any():
            place = int(bad.argmax())
            raise BadInput("table-row-time", file=self.name, line=self.lines[place], text=cells[place][:40])
        return scaled(found) if all(map(_is_number, cells)) else found

    def numbered(self, column: str) -> NDArray[np.int64]:
        """Return which of a column's values each row has, as numbers from 0."""
        return np.unique(np.array(self.labels(column)), return_inverse=True)[1].astype(np.int64)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def columns_of(path: str | Path) -> list[str]:
    """Return the columns that a CSV file's header names; raise as `read_table` does."""
    return list(read_table(path).columns)


def read_table(path: str | Path, columns: Sequence[str] | None = None) -> Table:
    """Read columns of a CSV file with a header, plain or gzip; all of them without `columns`.

    Raise NotFound for a missing file and BadInput, with the line, for what can't be read, a column that isn't there
    or is there twice, a row of another length than the header and a file without rows.
    """
    where = Path(path)
    with opened(where) as stream:
        return table_in(where.name, stream.read(), columns)


def table_in(name: str, content: bytes, columns: Sequence[str] | None = None) -> Table:
    """Read columns of a CSV file's content; raise BadInput as `read_table` does."""
    # A carriage return alone ends no line of a CSV file that anything writes today.
    reader = csv.reader(io.StringIO(_text(name, content), newline=""))
    lines: list[int] = []
    rows: list[list[str]] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        places = _places(name, header, header if columns is None else columns)
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                given = {"line": reader.line_num, "count": len(row), "columns": len(header)}
                raise BadInput("table-row-length", file=name, **given)
            lines.append(reader.line_num)
            rows.append(row)
    except csv.Error as error:
        raise BadInput("analysis-file-unreadable", file=name, reason=str(error)) from error
    if not lines:
        raise BadInput("table-no-rows", file=name)
    return Table(
        name=name,
        lines=lines,
        columns={column: [row[place].strip() for row in rows] for column, place in places.items()},
    )


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("table-encoding", file=name, line=content.count(b"\n", 0, error.start) + 1) from None


def _places(name: str, header: list[str], wanted: Sequence[str]) -> dict[str, int]:
    if len(header) == 1 and (others := [sign for sign in (";", "\t", "|") if sign in header[0]]):
        raise BadInput("table-separator", file=name, sign="Tab" if others[0] == "\t" else others[0])
    for column in wanted:
        if column not in header:
            raise BadInput("table-no-column", file=name, column=column, columns=tuple(header))
        if header.count(column) > 1:
            raise BadInput("table-column-twice", file=name, column=column)
    return {column: header.index(column) for column in wanted}
