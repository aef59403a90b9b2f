"""For whom something is that Kith says to many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Members of a community: all, of a tier (its number) and above, who came since a time, or just `members`."""

    tier: int = 0
    joined_since: datetime | None = None
    members: tuple[int, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return {**asdict(self), "joined_since": self.joined_since and self.joined_since.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Audience:
        """Read what `to_json` wrote."""
        since, some = data["joined_since"], data["members"]
        return cls(
            tier=data["tier"],
            joined_since=None if since is None else datetime.fromisoformat(since),
            members=None if some is None else tuple(some),
        )
