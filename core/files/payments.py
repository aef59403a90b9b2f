"""Payments that somebody brings: a CSV file with a header, its columns named as they like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from core.domain.errors import BadInput, KithError
from core.domain.plans import PaymentKind
from core.domain.purchases import FIELDS, Purchase, purchase_of
from core.files.table import read_table

MOST = 100_000  # rows of a file
_SHOWN = 5  # lines that are named where many are wrong


def read_payments(
    path: str | Path, source: str, columns: Mapping[str, str], given: Mapping[str, str], now: datetime
) -> list[Purchase]:
    """Read payments; `columns` says under which column a field stands that isn't called so, `given` what all have.

    Raise NotFound for a missing file, and BadInput, with the lines, for what can't be read or makes no sense.
    """
    table = read_table(path)
    for field, column in columns.items():
        if column not in table.columns:
            raise BadInput("table-no-column", file=table.name, column=column, columns=tuple(table.columns))
        _known(field)
    for field in given:
        _known(field)
    if len(table.lines) > MOST:
        raise BadInput("books-too-many", file=table.name, limit=MOST)
    where = {field: columns.get(field, field) for field in FIELDS}
    cells = {field: table.columns[column] for field, column in where.items() if column in table.columns}
    found: list[Purchase] = []
    wrong: list[KithError] = []
    for place, line in enumerate(table.lines):
        row = {"kind": PaymentKind.PAID.value, **given, **_row(cells, place)}
        try:
            if not row.get("at"):
                raise BadInput("error-purchase-missing", field="at")
            found.append(purchase_of(row, source, now))
        except KithError as error:
            wrong.append(BadInput("catalogue-row", line=line, why=[error]))
    if wrong:
        raise BadInput("catalogue-lines", file=table.name, count=len(wrong), shown=wrong[:_SHOWN])
    return found


def _row(cells: Mapping[str, Sequence[str]], place: int) -> dict[str, str]:
    return {field: column[place] for field, column in cells.items() if column[place]}


def _known(field: str) -> None:
    if field not in FIELDS:
        raise BadInput("books-field", field=field[:40], fields=FIELDS)
