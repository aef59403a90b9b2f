"""What is to be done later, or again and again: a task is a row, and a row is claimed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any

from core.domain.schedule import Schedule

ANSWER = "answer"  # what a command put off is worked out, and whoever asked is told
NEWS = "news"  # what a community's batches brought is rolled up, and what follows from it follows
PLAN = "plan"  # a community's time zone or being is new: when is what due there?
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
GATHER = timedelta(seconds=20)  # for which news gathers before it is looked at


class Lane(IntEnum):
    """What has room of its own beside the rest."""

    ANSWER = 0  # somebody waits
    NEWS = 1
    LIGHT = 2
    HEAVY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An action to be done for a community about a `subject`, once for each `slot`, from `due_at` on.

    `params` are as given when it was planned, `progress` as its last step left it; both are plain data. One with a
    `schedule` comes again. An empty slot is free again when it is done.
    """

    action: str
    community_id: int
    subject: str = ""
    slot: str = ""
    due_at: datetime = AT_ONCE
    lane: Lane = Lane.LIGHT
    params: Mapping[str, Any] = field(default_factory=dict)
    progress: Mapping[str, Any] = field(default_factory=dict)
    account_id: int | None = None
    schedule: Schedule | None = None
    id: int = 0
    attempts: int = 0
    claims: int = 0  # how often it was ever claimed, which tells a claim from those before and after it

    @property
    def key(self) -> tuple[str, int, str]:
        """Return what comes again: one action about one subject."""
        return self.action, self.community_id, self.subject
