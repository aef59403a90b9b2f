"""Learning from a table that somebody brings, and predicting for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from core.analysis.learn.features import LeftOut, find_features, matrix, read_dates
from core.analysis.learn.fit import Learned, Split, blank_model, learn_by_folds, learn_by_time
from core.analysis.learn.measure import Floats
from core.analysis.learn.model import Model
from core.domain.errors import BadInput
from core.files.table import Table

LATER = 0.25  # of the rows, by date: to judge by, and of the rest to calibrate by


@dataclass(frozen=True, kw_only=True, eq=False)
class FromTable:
    """What a table taught, the columns that became no feature, and the first days of what came later."""

    learned: Learned
    left_out: list[LeftOut]
    later_from: date | None
    test_from: date | None
    n: int


def learn_table(
    table: Table, label: str, *, drop: Sequence[str], dates: str | None, test_from: date | None, today: date
) -> FromTable:
    """Learn a column from the others but those in `drop`.

    `dates` names the column with the day by which each row's features were known. Rows from `test_from` on judge, else
    the latest quarter; the latest quarter before calibrates. Raise BadInput, with the line, for what can't be read.
    """
    table.labels(label)
    labels = table.flags(label)
    days = read_dates(table, dates, today) if dates else None
    columns = [column for column in table.columns if column not in {label, dates, *drop}]
    split = None if days is None else _split(days, test_from)
    # What is to be foretold is no part of a feature, so the rows that choose may name values that came up lately.
    known = np.arange(len(labels)) if split is None else np.concatenate([split.train, split.later])
    # Dates after the cut-off are refused in all rows, also where nothing is learned.
    features, left = find_features(table, columns, known, days)
    rows = matrix(features, table, days)
    blank = blank_model(label, dates, features)
    learned = learn_by_folds(labels, rows, blank) if split is None else learn_by_time(labels, rows, split, blank)
    first = [min((days[row] for row in part.tolist()), default=None) for part in (split.later, split.test)] if (
        split is not None and days is not None
    ) else [None, None]  # fmt: skip
    return FromTable(learned=learned, left_out=left, later_from=first[0], test_from=first[1], n=len(labels))


def predict_table(model: Model, table: Table, today: date) -> tuple[Floats, Floats]:
    """Return the probability of each row and its standardised features.

    Raise BadInput for a column that the model needs and the table lacks, and, with the line, for what can't be read.
    """
    for column in [*(feature.column for feature in model.features), *([model.date] if model.date else [])]:
        if column not in table.columns:
            raise BadInput("table-no-column", file=table.name, column=column, columns=tuple(table.columns))
    days = read_dates(table, model.date, today) if model.date else None
    rows = matrix(model.features, table, days)
    return model.predict(rows), rows


def _split(days: Sequence[date], test_from: date | None) -> Split:
    number = np.array([day.toordinal() for day in days])
    start = _latest(number) if test_from is None else test_from.toordinal()
    before = np.flatnonzero(number < start)
    middle = _latest(number[before]) if len(before) else start
    return Split(
        train=before[number[before] < middle],
        later=before[number[before] >= middle],
        test=np.flatnonzero(number >= start),
    )


def _latest(number: np.ndarray) -> int:
    """Return the first day of the latest quarter of rows; a day's rows stay together."""
    return int(np.sort(number)[int(len(number) * (1.0 - LATER))])
