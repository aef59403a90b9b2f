"""Bounties: questions on which whoever asks puts points of their own, for the answer that they accept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fate(StrEnum):
    """What became of a bounty."""

    OPEN = "open"
    SOLVED = "solved"
    RETURNED = "returned"  # nobody's answer was accepted in time
    UNDONE = "undone"  # a moderator gave its points back


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounty:
    """A question of `account_id` with `points` on it, open until `ends_at`, asked in the run of an activity.

    `answer_account_id` is whose answer was accepted.
    """

    id: int
    run_id: int
    account_id: int
    asked: str
    points: int
    at: datetime
    ends_at: datetime
    fate: Fate = Fate.OPEN
    answer_account_id: int | None = None

    @property
    def name(self) -> str:
        """Return what its post and its task are found by; its points were spent under it."""
        return f"bounty:{self.id}"

    def won(self, before: int) -> str:
        """Return under what its points are booked to whoever gets them, after so many who had to give them back."""
        return f"{self.name}:won" if before == 0 else f"{self.name}:won:{before + 1}"
