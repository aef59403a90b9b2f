"""Levels and points from another bot, in a table."""

from __future__ import annotations

import csv
from pathlib import Path

from core.domain.errors import BadInput
from core.domain.points import LEVEL_LIMIT, threshold
from core.engine.levels import Had
from core.kit.texts import Texts


def read_levels(path: Path) -> list[Had]:
    """Return the rows of a CSV file with the columns account, and level or points; raise BadInput naming the line."""
    rows: list[Had] = []
    problems: list[tuple[int, str]] = []
    lines: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            if len(first) > 10_000:
                raise BadInput("levels-columns", file=path.name)
            separator = max(",;\t", key=first.count)
            columns = [name.strip().strip('"').casefold() for name in first.rstrip("\r\n").split(separator)]
            if "account" not in columns or not {"level", "points"} & set(columns):
                raise BadInput("levels-columns", file=path.name)
            reader = csv.reader(file, delimiter=separator)
            for cells in reader:
                if any(cells):
                    line = reader.line_num + 1
                    had = _had(line, dict(zip(columns, (cell.strip() for cell in cells), strict=False)), lines)
                    if isinstance(had, str):
                        problems.append((line, had))
                    else:
                        rows.append(had)
                        lines[had.account] = line
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput("import-unreadable", file=path.name, why=str(error).splitlines()[0]) from None
    if problems:
        raise bad_row(path, *problems[0], len(problems) - 1)
    return rows


def _had(line: int, row: dict[str, str], lines: dict[str, int]) -> Had | str:
    """Return what a row says, or what is wrong with it."""
    t = Texts("en")
    account = row.get("account", "")
    if not account:
        return t.plain("levels-no-account")
    if account in lines:
        return t.plain("levels-twice", account=account, line=lines[account])
    column = "points" if row.get("points") else "level"
    given = row.get(column, "")
    high = LEVEL_LIMIT if column == "level" else threshold(LEVEL_LIMIT)
    if not (given.isascii() and given.isdecimal()) or len(given) > 12 or int(given) > high:
        return t.plain("levels-no-number", given=given[:20], column=column, high=high)
    return Had(line, account, threshold(int(given)) if column == "level" else int(given))


def bad_row(path: Path, line: int, problem: str, more: int) -> BadInput:
    """Return what to say of a row that is wrong, as `more` others are."""
    if more:
        return BadInput("levels-row-more", file=path.name, line=line, problem=problem, more=more)
    return BadInput("levels-row", file=path.name, line=line, problem=problem)
