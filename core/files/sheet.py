"""Tables that Kith writes, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(rows: Iterable[Sequence[str | float | None]]) -> str:
    """Return rows as CSV (RFC 4180); a text that a spreadsheet would take for a formula stands behind an apostrophe.

    What isn't known is an empty cell. See https://owasp.org/www-community/attacks/CSV_Injection.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: str | float | None) -> str | float | None:
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA) else cell
