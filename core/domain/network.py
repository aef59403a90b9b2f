"""What the analysis of a community is given: plain data, so that it can go to another process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Known:
    """A community's people and their ties; people are places in `members`.

    Times are days since 1970. `labels` holds what may stand on the map ("" for those who may not be named), `named` the
    places of those about whom figures by name are wanted. `ties` are (source, target, day, weight), `answers` the
    (source, target, time) of replies and mentions lately, `wrote` how often whom wrote where lately: (member, room,
    messages). `joined` and `first_wrote` are None where that never happened.
    """

    today: int
    members: list[int]
    labels: list[str]
    named: list[int]
    ties: list[tuple[int, int, int, float]]
    joined: list[float | None] = field(default_factory=list)
    first_wrote: list[float | None] = field(default_factory=list)
    answers: list[tuple[int, int, float]] = field(default_factory=list)
    wrote: list[tuple[int, int, int]] = field(default_factory=list)
    yesterday: dict[str, Any] | None = None  # the newest earlier snapshot
    last_week: dict[str, Any] | None = None  # the one a week or more before this
