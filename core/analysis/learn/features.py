"""Named features: what a table's columns become, the same for learning and for predicting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BadInput
from core.files.table import Table

Floats = NDArray[np.float64]
MISSING = {"", "na", "n/a", "nan", "null"}
MOST_VALUES = 30  # of a column of names; one with more tells people apart, not kinds of people


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One number of each row: a column's, whether it has one of its values (`value`), or whether it is `missing`."""

    column: str
    kind: str  # number, days, value, missing
    value: str = ""
    usual: float = 0.0  # what stands in where it is missing
    mean: float = 0.0
    spread: float = 1.0

    @property
    def name(self) -> str:
        """Return what people call it."""
        return {"value": f"{self.column}: {self.value}", "missing": f"{self.column} (missing)"}.get(
            self.kind, self.column
        )

    def raw(self, table: Table, cutoffs: Sequence[date] | None) -> Floats:
        """Return it for each row, NaN where it is missing; raise BadInput, with the line, for what it can't be."""
        cells = table.columns[self.column]
        if self.kind == "value":
            return np.array([cell == self.value for cell in cells], float)
        if self.kind == "missing":
            return np.array([_missing(cell) for cell in cells], float)
        if self.kind == "days":
            return _days(table, self.column, cutoffs or [])
        return _numbers(table, self.column)

    def standard(self, raw: Floats) -> Floats:
        """Return it in standard deviations from its mean, with its usual value where it is missing."""
        scaled: Floats = (np.where(np.isnan(raw), self.usual, raw) - self.mean) / self.spread
        return scaled


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A column that became no feature, and why: constant, names or dates."""

    column: str
    reason: str


def find_features(
    table: Table, columns: Sequence[str], rows: NDArray[np.int64], cutoffs: Sequence[date] | None
) -> tuple[list[Feature], list[LeftOut]]:
    """Return the features that columns become, with means and spreads over `rows`, those that are learned from.

    Columns of ISO dates become days before each row's cut-off; raise BadInput, with the line, for one after it.
    """
    found: list[Feature] = []
    left: list[LeftOut] = []
    for column in columns:
        cells = [cell for cell in (table.columns[column][row] for row in rows.tolist()) if not _missing(cell)]
        kind = _kind(cells)
        if kind == "days" and cutoffs is None:
            left.append(LeftOut(column=column, reason="dates"))
            continue
        if kind == "value" and len(set(cells)) > MOST_VALUES:
            left.append(LeftOut(column=column, reason="names"))
            continue
        some = _of_names(column, cells) if kind == "value" else [Feature(column=column, kind=kind)]
        if 0 < len(cells) < len(rows):
            some.append(Feature(column=column, kind="missing"))
        scaled = [_scaled(feature, feature.raw(table, cutoffs)[rows]) for feature in some]
        useful = [feature for feature in scaled if feature is not None]
        found += useful
        if not useful:
            left.append(LeftOut(column=column, reason="constant"))
    return found, left


def matrix(features: Sequence[Feature], table: Table, cutoffs: Sequence[date] | None) -> Floats:
    """Return rows × features in standard deviations; raise BadInput, with the line, for what a cell can't be."""
    made = np.empty((len(table.lines), len(features)), order="F")
    for place, feature in enumerate(features):
        made[:, place] = feature.standard(feature.raw(table, cutoffs))
    return made


def read_dates(table: Table, column: str, today: date) -> list[date]:
    """Return a column of days as written 2026-03-01; raise BadInput, with the line, for others and for days to come."""
    found = []
    for line, cell in zip(table.lines, table.columns[column], strict=True):
        day = as_date(cell)
        if day is None:
            raise BadInput("learn-row-date", file=table.name, line=line, column=column, text=cell[:40])
        if day > today:
            raise BadInput("learn-row-future", file=table.name, line=line, column=column, date=day.isoformat())
        found.append(day)
    return found


def as_date(text: str) -> date | None:
    """Return the day of an ISO date or time, None for anything else."""
    try:
        return date.fromisoformat(text[:10]) if text[4:5] == "-" else None
    except ValueError:
        return None


def _missing(cell: str) -> bool:
    return cell.lower() in MISSING


def _kind(cells: Sequence[str]) -> str:
    if all(_is_number(cell) for cell in cells):
        return "number"
    return "days" if all(as_date(cell) for cell in cells) else "value"


def _is_number(cell: str) -> bool:
    try:
        return bool(np.isfinite(float(cell)))
    except ValueError:
        return False


def _of_names(column: str, cells: Sequence[str]) -> list[Feature]:
    """Return a feature for each value but the most frequent one, beside which the others are read."""
    order = sorted(Counter(cells).items(), key=lambda pair: (-pair[1], pair[0]))
    return [Feature(column=column, kind="value", value=value) for value, _ in order[1:]]


def _scaled(feature: Feature, raw: Floats) -> Feature | None:
    known = raw[~np.isnan(raw)]
    if not len(known) or float(np.ptp(known)) == 0.0:
        return None
    usual = float(np.median(known)) if feature.kind in {"number", "days"} else 0.0
    filled = np.where(np.isnan(raw), usual, raw)
    spread = float(filled.std())
    if not np.isfinite(spread) or spread == 0.0:
        return None
    return Feature(
        column=feature.column,
        kind=feature.kind,
        value=feature.value,
        usual=usual,
        mean=float(filled.mean()),
        spread=spread,
    )


def _numbers(table: Table, column: str) -> Floats:
    found = np.empty(len(table.lines))
    for place, (line, cell) in enumerate(zip(table.lines, table.columns[column], strict=True)):
        if _missing(cell):
            found[place] = np.nan
        elif _is_number(cell):
            found[place] = float(cell)
        else:
            raise BadInput("table-row-number", file=table.name, line=line, column=column, text=cell[:40])
    return found


def _days(table: Table, column: str, cutoffs: Sequence[date]) -> Floats:
    found = np.empty(len(table.lines))
    rows = zip(table.lines, table.columns[column], cutoffs, strict=True)
    for place, (line, cell, cutoff) in enumerate(rows):
        day = as_date(cell)
        if day is None and not _missing(cell):
            raise BadInput("learn-row-date", file=table.name, line=line, column=column, text=cell[:40])
        if day is not None and day > cutoff:
            given = {"column": column, "date": day.isoformat(), "cutoff": cutoff.isoformat()}
            raise BadInput("learn-row-leak", file=table.name, line=line, **given)
        found[place] = np.nan if day is None else (cutoff - day).days
    return found
