"""Who came when, and on which days each was active: what returning and leaving are worked out from."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

UNKNOWN = -(2**31)  # a day that isn't in the books


def _ints() -> array[int]:
    return array("q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """People as their stays: days count from 1970 in UTC, people by their places in `members`.

    `joined` and `left` hold a day for each person, UNKNOWN where it isn't in the books or they are still there.
    `person`, `day` and `messages` have a row for each day on which an account was active; who has two accounts may have
    two of a day. A day without messages is one of reactions, voice, thanks, votes or activities.
    """

    members: array[int] = field(default_factory=_ints)
    joined: array[int] = field(default_factory=_ints)
    left: array[int] = field(default_factory=_ints)
    person: array[int] = field(default_factory=_ints)
    day: array[int] = field(default_factory=_ints)
    messages: array[int] = field(default_factory=_ints)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOf:
    """On which days members did something, or it was done to them: a row for each member and day, by ids."""

    member: array[int] = field(default_factory=_ints)
    day: array[int] = field(default_factory=_ints)
