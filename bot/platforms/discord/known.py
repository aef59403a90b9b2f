"""What one payload needs to know of those before it, and what Discord's ids say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from core.domain.events import Event
from core.domain.people import Person

NAME = "discord"
Payload = Mapping[str, Any]

#: Discord's own account that messages of deleted accounts are shown under.
DELETED_USER = "456226577798135808"
NAMES_KEPT = 50_000
_EPOCH_MS = 1_420_070_400_000
_TIME_SHIFT = 22


@dataclass(slots=True)
class Known:
    """What must be remembered between payloads to read the next one."""

    bot_id: str = ""
    menus: Mapping[str, str] = field(default_factory=dict)  # the commands that menus call, by their names there
    opening: Collection[str] = ()  # of those commands, the ones that open a form
    owners: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, tuple[str, str | None]] = field(default_factory=dict)  # name, and the room that each is in
    pending: set[tuple[str, str]] = field(default_factory=set)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    quiet: dict[str, str | None] = field(default_factory=dict)  # the room of each server for who is away
    voice: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)  # who is where, since when
    listings: dict[str, str] = field(default_factory=dict)  # the role that each subscription of a server gives
    reactions: Iterator[int] = field(default_factory=count)  # numbers that tell one from another of the same moment

    def person(self, guild: str | None, user: Payload, member: Payload | None = None) -> Person:
        """Return a user as a person, called what the server calls them.

        Payloads without `member` don't say that: then it is what the server called them last, from memory.
        """
        place = (guild or "", str(user["id"]))
        if member is not None:
            if len(self.names) >= NAMES_KEPT:
                self.names.clear()
            self.names[place] = member.get("nick") or user.get("global_name") or user.get("username") or ""
        name = self.names.get(place) or user.get("global_name") or user.get("username") or ""
        return Person(str(user["id"]), name, user.get("username"), bool(user.get("bot")), remembered=member is None)

    def called(self, guild: str | None, user: str) -> Person | None:
        """Return somebody of a server whom a text mentions by id, None where nobody was seen there under it."""
        return self.person(guild, {"id": user}) if (guild or "", user) in self.names else None


#: What reads a dispatch: its payload, what is known, and when it came.
Reader = Callable[[Payload, Known, datetime], list[Event]]


def snowflake_time(snowflake: str | int) -> datetime:
    """Return the moment in which Discord made an id."""
    return datetime.fromtimestamp(((int(snowflake) >> _TIME_SHIFT) + _EPOCH_MS) / 1000, UTC)


def snowflake_of(moment: datetime) -> str:
    """Return the least id that Discord can have made at a moment."""
    return str((int(moment.timestamp() * 1000) - _EPOCH_MS) << _TIME_SHIFT)
