"""A history that is brought in: what a platform's export tells, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where what follows happened: a space, and a room of it where the platform has such."""

    space: str
    title: str
    kind: str = "group"
    room: str | None = None
    room_name: str = ""
    parent: str | None = None  # the room that this one is in


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of an export: the events it tells, the first of which names it, and what of it is left out and why.

    `system` says that the platform wrote it itself. An entry whose first event came before is a duplicate altogether.
    """

    events: tuple[Event, ...] = ()
    system: bool = False
    skipped: tuple[str, ...] = ()
