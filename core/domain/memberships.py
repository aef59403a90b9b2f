"""What platforms tell of memberships that they are paid for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipPaid(Event):
    """The actor paid a platform itself for being in the space, or for a `role` of it, until `until`.

    `tier` is what the platform calls what was bought, where it says so; `again` that it was a renewal.
    """

    until: datetime
    role: str | None = None
    tier: str = ""
    again: bool = False
