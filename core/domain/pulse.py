"""How a part of Kith does: when it last worked, and since when and why it doesn't."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

OUTAGE = timedelta(minutes=1)  # what fails for less is tried again, and mostly works then


@dataclass(slots=True)
class Pulse:
    """What is known of one part; one that has neither worked nor failed yet is neither well nor unwell."""

    worked_at: datetime | None = None
    failed_at: datetime | None = None  # of what went wrong since it last worked, the first
    why: str | None = None
    failures: int = 0  # in all

    def worked(self, now: datetime) -> None:
        """Note that it works."""
        self.worked_at, self.failed_at, self.why = now, None, None

    def failed(self, now: datetime, why: str) -> None:
        """Note that it doesn't, in a few words that hold no secret."""
        self.failed_at, self.why = self.failed_at or now, why
        self.failures += 1

    @property
    def well(self) -> bool:
        """Say whether nothing went wrong since it last worked."""
        return self.failed_at is None

    def out(self, now: datetime) -> bool:
        """Say whether it has failed for longer than it takes to try again, or has never worked."""
        return self.failed_at is not None and (self.worked_at is None or abs(now - self.failed_at) >= OUTAGE)
