"""What gives points, and what level they amount to."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.domain.errors import BadInput

LEVEL_LIMIT = 1_000
AMOUNT_LIMIT = 100_000  # points that anything gives or takes at once
PRICE_LIMIT = 1_000_000  # points that a benefit may cost


class Reason(StrEnum):
    """Why points moved; each has its words in the catalogues."""

    MESSAGE = "message"
    REACTION = "reaction"
    REPLY = "reply"
    CHECKIN = "checkin"
    THANKS = "thanks"
    ACTIVITY = "activity"
    BOUNTY = "bounty"  # put on a question, or got for its answer
    GRANT = "grant"
    TAKE = "take"
    REDEEM = "redeem"
    PURCHASE = "purchase"  # of an item
    REVERSAL = "reversal"
    IMPORT = "import"
    RULES = "rules"
    LINK = "link"
    DEBT = "debt"  # pays what was spent and then taken back
    SUM = "sum"


@dataclass(slots=True)  # frozen it would take twice the time to make, once for most messages
class Entry:
    """A ledger row to be written: `amount` moves the balance, `earned` the lifetime sum that makes levels.

    `key` makes it happen once in a community. `note` holds what its words need, never message text.
    """

    account_id: int
    amount: int
    reason: Reason
    key: str
    at: datetime
    earned: int = 0
    note: str = ""
    actor_account_id: int | None = None
    reverses_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The points rules of a community: amounts in points, cooldown in seconds, caps a local day."""

    message_min: int = 15
    message_max: int = 25
    cooldown: int = 60
    reaction: int = 2
    reactions_a_day: int = 30
    reply: int = 5
    replies_a_day: int = 10
    checkin: int = 10
    streak_max: int = 7
    thanks: int = 10
    thanks_a_day: int = 3
    activities_a_day: int = 5

    def changed(self, name: str, value: int) -> Rules:
        """Return these rules with `name` set to `value`; raise BadInput where it makes no sense."""
        if name not in {field.name for field in fields(self)}:
            raise BadInput("error-unknown-rule", name=name)
        if not 0 <= value <= AMOUNT_LIMIT:
            raise BadInput("error-number-range", name=name, low=0, high=AMOUNT_LIMIT)
        rules = Rules(**{**asdict(self), name: value})
        if rules.message_min > rules.message_max:
            raise BadInput("error-rule-order", low=rules.message_min, high=rules.message_max)
        return rules

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Rules:
        """Read rules, leaving out what this version doesn't know."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: int(value) for name, value in data.items() if name in known})

    def message_points(self, key: str) -> int:
        """Return the points of the message with this event key: the same at every replay."""
        spread = self.message_max - self.message_min + 1
        drawn = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big")
        return self.message_min + drawn % spread

    def rested(self, rewarded_at: datetime | None, at: datetime) -> bool:
        """Say whether the cooldown since the last rewarded message is over, in either direction of time."""
        return rewarded_at is None or abs(at - rewarded_at).total_seconds() >= self.cooldown

    def checkin_points(self, streak: int) -> int:
        """Return the points of a check-in on day `streak` (from 1) of a streak."""
        return self.checkin + min(streak, self.streak_max)


# What an owner chooses from at the start; each number can be changed afterwards.
RULE_SETS = {
    "balanced": Rules(),
    "helpful": Rules(message_min=8, message_max=12, reaction=3, reply=10, thanks=20, thanks_a_day=5),
    "calm": Rules(message_min=10, message_max=15, cooldown=300, reactions_a_day=15, replies_a_day=5),
}


def step(level: int) -> int:
    """Return the points from `level` to the next: 5n² + 50n + 100."""
    return 5 * level * level + 50 * level + 100


def threshold(level: int) -> int:
    """Return the lifetime points at which `level` begins: 100 for 1, 255 for 2, 15,980 for 17.

    The closed form of the sum of `step` over the levels below.
    """
    n = level
    return 5 * (n - 1) * n * (2 * n - 1) // 6 + 25 * (n - 1) * n + 100 * n


_BEGIN = [threshold(level) for level in range(LEVEL_LIMIT + 1)]


def level_of(earned: int) -> int:
    """Return the level that `earned` lifetime points amount to, at most 1,000."""
    return max(bisect_right(_BEGIN, earned) - 1, 0)
