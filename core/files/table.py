"""Columns of a table that somebody brings: an experiment's or a panel's."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BadInput
from core.files.days import moment, scaled
from core.files.opened import opened_text

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
    with opened_text(Path(path)) as stream:
        return [cell.strip() for cell in next(csv.reader(stream), [])]


def read_table(path: str | Path, columns: Sequence[str]) -> Table:
    """Read columns of a CSV file with a header, plain or gzip.

    Raise NotFound for a missing file and BadInput for what can't be read, a column that isn't there and a file
    without rows.
    """
    where = Path(path)
    with opened_text(where) as stream:
        reader = csv.reader(stream)
        header = [cell.strip() for cell in next(reader, [])]
        if missing := [column for column in columns if column not in header]:
            given = {"file": where.name, "column": missing[0], "columns": ", ".join(header)}
            raise BadInput("table-no-column", **given)
        places = [header.index(column) for column in columns]
        lines: list[int] = []
        cells: list[list[str]] = [[] for _ in columns]
        for row in reader:
            if not any(row):
                continue
            lines.append(reader.line_num)
            for place, column in zip(places, cells, strict=True):
                column.append(row[place].strip() if place < len(row) else "")
    if not lines:
        raise BadInput("table-no-rows", file=where.name)
    return Table(name=where.name, lines=lines, columns=dict(zip(columns, cells, strict=True)))
