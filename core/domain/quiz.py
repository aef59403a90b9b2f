"""Questions that have a right answer, as they are typed: a line each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from core.domain.activities import Lines
from core.domain.errors import BadInput

_SIGNS = re.compile(r"[;；|*]| #")  # that stand between the parts of a line


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its answers, which of them is right, and why."""

    asked: str
    answers: tuple[str, ...]
    right: int
    why: str = ""


def item_of(line: str) -> Item | None:
    """Return what `Question? ; *right ; wrong # why` says, None where it says no question."""
    said, _, why = line.partition(" #")
    asked, *answers = (part.strip() for part in re.split(r"[;；]", said))
    starred = [at for at, each in enumerate(answers) if each.startswith("*")]
    plain = tuple(each.removeprefix("*").strip()[:40] for each in answers)
    if not asked or not 2 <= len(plain) <= 6 or len(starred) != 1 or not all(plain) or len(set(plain)) < len(plain):
        return None
    return Item(asked, plain, starred[0], why.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(Lines):
    """Questions with their answers, a line each."""

    limit: int = 400
    columns: ClassVar[tuple[str, ...]] = ("question", "right", "wrong")

    def from_row(self, row: Mapping[str, str]) -> str:
        """Return the line of a row with question, right, one or more columns that begin with wrong, and why if any."""
        wrong = [cell for name, cell in row.items() if name.startswith("wrong") and cell]
        cells = [row["question"], row["right"], *wrong, row.get("why", "")]
        question, right, *_, why = (" ".join(each.split()) for each in cells)
        line = " ; ".join([question, f"*{right}", *(" ".join(each.split()) for each in wrong)])
        line = f"{line} # {why}" if why else line
        item = item_of(line)
        if _SIGNS.search("".join(cells)) or item is None or item.why != why or len(line) > self.limit:
            raise BadInput("bank-quiz", limit=self.limit)
        return line

    def read(self, raw: str) -> list[str]:
        """Return the lines; raise BadInput with the first that is no question."""
        lines = Lines.read(self, raw)
        if broken := next(((at, each) for at, each in enumerate(lines, 1) if item_of(each) is None), None):
            raise BadInput("error-activity-quiz", number=broken[0], given=broken[1][:60])
        return lines
