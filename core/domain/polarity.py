"""Whether what is written is positive or negative, and how much of a community's talk was, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Polarity(StrEnum):
    """What the words of a message say."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Polarities:
    """How many messages were of each polarity."""

    positive: int = 0
    negative: int = 0
    neutral: int = 0

    @property
    def messages(self) -> int:
        """Return how many there were in all."""
        return self.positive + self.negative + self.neutral

    def __add__(self, other: Polarities) -> Polarities:
        return Polarities(
            positive=self.positive + other.positive,
            negative=self.negative + other.negative,
            neutral=self.neutral + other.neutral,
        )
