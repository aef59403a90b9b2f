"""Cards: how well a member knows each question of a bank, and when it is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Grade(IntEnum):
    """How an answer came: AGAIN is a wrong one."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a member knows of the question `item`, after so many `reviews`.

    `stability` is after how many days they recall it nine times in ten, `difficulty` from 1 to 10. One that was last
    answered wrong, or never right, is not `learned`.
    """

    item: str
    due_at: datetime
    reviewed_at: datetime
    reviews: int
    stability: float
    difficulty: float
    state: int
    step: int | None = None

    @property
    def learned(self) -> bool:
        """Say whether it is asked again after days, not in this sitting."""
        return self.state == LEARNED


LEARNED = 2  # of the states: the others are learning (1) and learning again (3)
