"""For whom something is that Kith says to many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Members of a community: all, or those of whom all that is said holds.

    They are of a `tier` (its number) or above, came within `newcomers` days, are in a `circle` (its id) or a `segment`
    (its name), joined the activity with the id `joined`, came since a time, are of `members`. What changes with time,
    newcomers and who is in a circle or segment, is settled by `at`.
    """

    tier: int = 0
    newcomers: int = 0
    circle: int = 0
    segment: str = ""
    joined: int = 0
    joined_since: datetime | None = None
    members: tuple[int, ...] | None = None

    def at(self, now: datetime, there: Collection[int] = ()) -> Audience:
        """Return who it is at a time, at which `there` are in the circle or segment."""
        settled = replace(self, newcomers=0, circle=0, segment="")
        if self.newcomers:
            settled = replace(settled, joined_since=now - timedelta(days=self.newcomers))
        return settled.among(there) if self.circle or self.segment else settled

    def among(self, members: Collection[int]) -> Audience:
        """Return those who are of `members` as well."""
        there = set(members)
        return replace(self, members=tuple(sorted(there if self.members is None else there.intersection(self.members))))

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return {**asdict(self), "joined_since": self.joined_since and self.joined_since.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Audience:
        """Read what `to_json` wrote."""
        since, some = data["joined_since"], data["members"]
        numbers = {name: int(data.get(name, 0)) for name in ("tier", "newcomers", "circle", "joined")}
        return cls(
            **numbers,
            segment=data.get("segment", ""),
            joined_since=None if since is None else datetime.fromisoformat(since),
            members=None if some is None else tuple(some),
        )
