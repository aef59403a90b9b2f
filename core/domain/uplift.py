"""Whether recommendations help: some members get what is popular in place of their own, drawn anew each season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.clock import day_number
from core.domain.effect_result import HoldoutInput, Measured
from core.domain.effects import SEASON


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationTrial:
    """Of so many `eligible` members a `share` gets what is popular; seasons are numbered from 1970 on."""

    season: int
    share: float
    eligible: int

    def draw(self, community_id: int) -> str:
        """Return what members are drawn by."""
        return f"recommend:{community_id}:{self.season}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One item that a member was shown: in which season, whether drawn to get what is popular, in which lists it is."""

    member_id: int
    item_id: int
    at: datetime
    season: int
    popular: bool
    in_own: bool
    in_popular: bool
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpliftInput:
    """What the comparison is given: rows of member and week for each gain; and of each item shown a week ago or more.

    Of these it is whether it was opened, and the probabilities of its showing: as it was, of the member's own list,
    of the popular one.
    """

    holdouts: tuple[HoldoutInput, ...]
    opened: Sequence[float]
    probability: Sequence[float]
    own: Sequence[float]
    popular: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """How many of the items shown a list has opened, with its interval; None where the logs say too little of it.

    `ess` is how many showings under that list the logs are worth.
    """

    share: float | None
    low: float | None
    high: float | None
    ess: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UpliftResult:
    """What a member's own recommendations change beside what is popular."""

    gains: tuple[Measured, ...]
    own: Worth
    popular: Worth


def season_of(at: datetime) -> int:
    """Return the number of the season that a time is in."""
    return day_number(at) // SEASON
