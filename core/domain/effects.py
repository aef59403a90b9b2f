"""What an activity is to change, and how that is found out: its metric, its design, and who is held out how long."""

from __future__ import annotations

import hashlib
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.activities import Choice

WEEK = 7  # days that an outcome is waited for
LOOKED_BACK = 28  # days before that say how active somebody was anyway
SEASON = 56  # days for which the same people are held out
BLOCKS_NEEDED = 24
WEEKS_BEFORE, WEEKS_AFTER = 8, 8  # that those who take part are compared with others over
_LEAST = 50  # people, below whom no difference of less than 30 points of 100 could be seen
_SHARES = ((1_000, 0.5), (5_001, 0.2), (math.inf, 0.1))
_NORMAL = statistics.NormalDist()
_SEEN = _NORMAL.inv_cdf(0.975) + _NORMAL.inv_cdf(0.8)


class Metric(StrEnum):
    """What may change: of a person within a week, and in a room from day to day."""

    ACTIVE = "active"  # wrote or reacted
    ANSWERED = "answered"  # was answered, mentioned or thanked by somebody
    ACROSS = "across"  # exchanged something with somebody of another circle


class Gain(StrEnum):
    """What somebody may do with an item within a week of being recommended something."""

    OPENED = "opened"
    FINISHED = "finished"
    BOUGHT = "bought"


class Design(StrEnum):
    """How it is found out."""

    HOLDOUT = "holdout"
    SWITCHBACK = "switchback"
    DIFFERENCE = "difference"  # in differences: weaker, and never called an effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a kind of activity is to change.

    Its fields say how that is found out: with HOLDOUT some of those it writes to alone are held out, with TRIAL a room
    has it in blocks of days. With `once` only somebody's first time in a season counts: whoever a message brought back
    gets no further one, and those left over in either arm would no longer be alike.
    """

    metric: Metric
    once: bool = False


HOLDOUT = Choice(name="holdout", default="yes")
TRIAL = Choice(name="trial", default="no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Who of those that a run writes to is held out: a `share`, drawn by hash of the member and `name`."""

    name: str
    share: float
    activity_id: int
    run_id: int
    season: int
    at: str  # when the run began, in ISO's form
    once: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How an activity is tried, decided before its start.

    Of a holdout there is one a season: the `share` held out of so many `eligible`, `planned` rows of person and run in
    it, `base` the share of 100 that the metric had without it, and `theta` CUPED's slope on the days active before. Of
    a switchback `length` is that of a block in days, the first begins on the day `first` (since 1970), and `ended` is
    the day from which on a moderator wanted no more, or 0.
    """

    activity_id: int
    design: Design
    metric: Metric
    season: int
    began_at: datetime
    share: float = 0.0
    eligible: int = 0
    planned: int = 0
    base: float = 0.0
    theta: float = 0.0
    first: int = 0
    length: int = 0
    ended: int = 0

    @property
    def ends_at(self) -> datetime:
        """Return when its planned end is: the last outcome of its season is known."""
        return self.began_at + timedelta(days=SEASON + WEEK)


def share_held_out(eligible: int) -> float:
    """Return the share to hold out of so many people: half, a fifth, a tenth; nobody where nothing could be seen."""
    if eligible < _LEAST:
        return 0.0
    return next(share for below, share in _SHARES if eligible < below)


def smallest_seen(asked: float, held_out: float, base: float) -> float:
    """Return the smallest difference of shares that as many people show in 80 % of cases at 5 % (Lehr 1992)."""
    if min(asked, held_out) <= 0:
        return 1.0
    spread = max(base * (1.0 - base), 1.0 / (asked + held_out))
    return min(1.0, _SEEN * math.sqrt(spread * (1.0 / asked + 1.0 / held_out)))


def slope(before: Sequence[float], after: Sequence[float]) -> float:
    """Return the slope of what was after on what was before, 0 where nothing varies."""
    if len(set(before)) < 2:
        return 0.0
    return statistics.linear_regression(before, after).slope


def is_on(draw: str, first: int, length: int, day: int) -> bool:
    """Say whether a day is in a block with the activity: one of each two that follow each other, by hash of `draw`."""
    pair, second = divmod((day - first) // length, 2)
    digest = hashlib.blake2b(f"{draw}:{pair}".encode(), digest_size=1).digest()
    return bool(digest[0] & 1) != bool(second)
