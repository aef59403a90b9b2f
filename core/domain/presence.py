"""Who is in a space: coming in, leaving, and what tells of either."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.events import (
    Asked,
    CommandCalled,
    Event,
    MemberJoined,
    MemberLeft,
)
from core.domain.kinds import THERE, kind_of
from core.domain.people import Rights


@dataclass(frozen=True, slots=True)
class Presence:
    """When somebody last came into a space, where that was told, and when they left it: None while they are there."""

    joined_at: datetime | None = None
    left_at: datetime | None = None


def presence_after(known: Presence | None, event: Event) -> Presence | None:
    """Return what is known of the actor's presence in the event's space after it, None where that is still nothing.

    Leaving is undone by what is done there afterwards: not by what comes late, nor from a direct chat. What the
    platform says when it is asked holds.
    """
    before = known or Presence()
    if isinstance(event, MemberJoined):
        came = max(event.at, before.joined_at or event.at)
        back = before.left_at is None or event.at >= before.left_at
        return Presence(came, None if back else before.left_at)
    if isinstance(event, MemberLeft):
        late = before.joined_at is not None and event.at < before.joined_at
        return before if late else replace(before, left_at=max(event.at, before.left_at or event.at))
    if isinstance(event, Asked) and event.rights is Rights.ABSENT:
        return replace(before, left_at=before.left_at or event.at)
    if isinstance(event, Asked) and event.rights is not None and event.rights.covers(Rights.MEMBER):
        return replace(before, left_at=None)
    if not _done_there(event):
        return known
    back = before.left_at is None or event.at > before.left_at
    return replace(before, left_at=None) if back else before


def presence_from(joined_at: datetime | None, left_at: datetime | None, active_at: datetime | None) -> Presence:
    """Return the presence that the last coming, the last leaving and the last deed in a space amount to."""
    gone = left_at is not None and (active_at is None or active_at <= left_at)
    return Presence(joined_at, left_at if gone else None)


def _done_there(event: Event) -> bool:
    if isinstance(event, Asked):
        return isinstance(event, CommandCalled) and not event.direct
    return kind_of(event) in THERE
