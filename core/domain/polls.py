"""Polls: what is asked, what a platform's own ones can do, and what came of it. Options are counted from 0."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

MOST = 12  # options that a poll may have on any platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What people vote on: between two and twelve options, of which several may be chosen or one.

    A quiz has `right` options and may explain them; whoever answered it can't answer again. Nobody is told who chose
    what in an `anonymous` one.
    """

    text: str
    options: tuple[str, ...]
    several: bool = False
    anonymous: bool = False
    right: tuple[int, ...] = ()
    explanation: str = ""

    def __post_init__(self) -> None:
        if not 2 <= len(self.options) <= MOST or not all(each.strip() for each in (self.text, *self.options)):
            raise ValueError(f"a poll has a question and 2 to {MOST} options, none of them empty")
        if not set(self.right) <= set(range(len(self.options))):
            raise ValueError("a right answer is none of the options")

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(**{**data, "options": tuple(data["options"]), "right": tuple(data["right"])})

    @property
    def is_quiz(self) -> bool:
        """Say whether some answers are right."""
        return bool(self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollLimits:
    """What a platform's own polls can do; one that asks for more is drawn with buttons.

    `options` at most, of `option` characters, under a question of `text` ones, and `explanation` ones in a quiz; open
    for `days` at most, None for ever. `quiz`, `anonymous`, `named` say which kinds there are.
    """

    options: int
    text: int
    option: int
    explanation: int = 0
    days: int | None = None
    quiz: bool = True
    anonymous: bool = True
    named: bool = True

    def take(self, question: Question, until: datetime | None, now: datetime) -> bool:
        """Say whether the platform can ask this by itself."""
        kinds = (not question.is_quiz or self.quiz) and (self.anonymous if question.anonymous else self.named)
        fits = len(question.text) <= self.text and len(question.explanation) <= max(self.explanation, 0)
        short = all(len(each) <= self.option for each in question.options)
        in_time = until is None or self.days is None or until - now <= timedelta(days=self.days)
        return kinds and fits and short and in_time and len(question.options) <= self.options


class Change(StrEnum):
    """What a platform says of somebody's vote: all that they chose now, or what came to it or went from it."""

    ALL = "all"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a poll: how often each option was chosen, and by how many people in all.

    `votes` says which account chose what, and is None of an anonymous one.
    """

    counts: tuple[int, ...]
    voters: int
    votes: Mapping[int, tuple[int, ...]] | None


def changed(chosen: Collection[int], change: Change, options: Sequence[int], question: Question) -> tuple[int, ...]:
    """Return what somebody has chosen once their vote changed; of one answer the last counts.

    What is none of the options is left out.
    """
    known = [each for each in options if 0 <= each < len(question.options)]
    if change is Change.LESS:
        left = set(chosen) - set(known)
    elif change is Change.ALL or not question.several:
        left = set(known)
    else:
        left = set(chosen) | set(known)
    return tuple(sorted(left))
