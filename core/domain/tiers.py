"""Tiers: what a member's level and recent presence amount to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PRESENCE_DAYS = 30
GRACE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Tier:
    """A rung: the level and the days of presence in the last 30 that it asks, and what it gives.

    `name` is a key of the catalogues for the defaults and the community's own word otherwise. `role` is the Discord
    role, `title` the Telegram admin title that follows it.
    """

    name: str
    level: int
    days: int
    benefits: str = ""
    role: str | None = None
    title: str | None = None

    def word_on(self, platform: str) -> str | None:
        """Return what follows this tier on a platform: titles on Telegram, roles elsewhere."""
        return self.title if platform == "telegram" else self.role


DEFAULT_TIERS = (
    Tier("newcomer", 0, 0),
    Tier("regular", 5, 4),
    Tier("contributor", 15, 12),
    Tier("core", 30, 20),
)


# What an owner chooses from at the start: the level and the days that each of the four tiers asks.
TIER_SETS = {
    "steady": ((0, 0), (5, 4), (15, 12), (30, 20)),
    "gentle": ((0, 0), (3, 2), (10, 6), (20, 10)),
    "levels": ((0, 0), (5, 0), (15, 0), (30, 0)),
}


class Move(StrEnum):
    """What a look at a member's tier led to."""

    STAY = "stay"
    RISE = "rise"
    WARN = "warn"
    FALL = "fall"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The tier (its place in the list) after a look, until when a lost one is kept, and what happened."""

    tier: int
    grace_until: datetime | None
    move: Move


def reached(tiers: Sequence[Tier], level: int, days: int) -> int:
    """Return the place of the highest tier whose level and presence are both met."""
    return max((i for i, tier in enumerate(tiers) if level >= tier.level and days >= tier.days), default=0)


def judge(
    tiers: Sequence[Tier], held: int, grace_until: datetime | None, level: int, days: int, now: datetime
) -> Verdict:
    """Say which tier a member has now: up at once, down after a warning and 14 days' grace."""
    held = min(held, len(tiers) - 1)
    due = reached(tiers, level, days)
    if due > held:
        return Verdict(due, None, Move.RISE)
    if due == held:
        return Verdict(held, None, Move.STAY)
    if grace_until is None:
        return Verdict(held, now + GRACE, Move.WARN)
    if now >= grace_until:
        return Verdict(due, None, Move.FALL)
    return Verdict(held, grace_until, Move.STAY)
