"""What surveys ask, and into which groups answers fall."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.domain.activities import Lines
from core.domain.errors import BadInput
from core.domain.forms import Number, whole_number

QUESTIONS = 10
OPTIONS = 8
TEXT = 200  # characters of a question
OPTION = 40  # of what can be chosen
ANSWER = 1_000  # of what is written
AFTER = 28  # days after a round for which it is looked at who was active
FACES = ("😞", "🙁", "😐", "🙂", "😀")
# What is counted as a friendly reaction; those of a platform's own that have no sign of Unicode aren't.
FRIENDLY = tuple("👍👏🙏🎉🔥💯🥰😍🤩😊🤗💪⭐🏆🙌😁😂🤣😀🙂💖💙💚💜🧡💛🤝✨🚀❤😇🌟🥳")
_BUTTONS = 11  # values of a number that are pressed; more are typed
_BINS = 4
_PARTS = re.compile(r"(.+[?？:：])\s*(.*)", re.DOTALL)
_RANGE = re.compile(r"(\d{1,6})\s*(?:[-–—~～]|to|至|到)\s*(\d{1,6})")
_BETWEEN = re.compile(r"\s*[/／]\s*")


class Ask(StrEnum):
    """What kind of question something is."""

    NPS = "nps"  # how likely somebody recommends it, 0 to 10
    CSAT = "csat"  # how satisfied somebody is, 1 to 5
    PULSE = "pulse"  # how somebody is, 1 to 5
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


_ENDS = {Ask.NPS: (0, 10), Ask.CSAT: (1, 5), Ask.PULSE: (1, 5)}
_GROUPS = {Ask.NPS: (6, 8), Ask.CSAT: (2, 3), Ask.PULSE: (2, 3)}  # the highest of the low, and of the middle group


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: its words, empty where the catalogue has them, and what can be answered."""

    ask: Ask
    text: str = ""
    options: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    @classmethod
    def of(cls, ask: Ask) -> Question:
        """Return the question whose words Kith has."""
        low, high = _ENDS[ask]
        return cls(ask=ask, low=low, high=high)

    @property
    def scored(self) -> bool:
        """Say whether its three groups are low, middle and high ones."""
        return self.ask in _GROUPS

    @property
    def values(self) -> tuple[str, ...]:
        """Return what is pressed, nothing where the answer is written."""
        if self.ask is Ask.CHOICE:
            return tuple(str(at) for at in range(len(self.options)))
        if self.ask is Ask.TEXT or self.high - self.low >= _BUTTONS:
            return ()
        return tuple(str(each) for each in range(self.low, self.high + 1))

    @property
    def bins(self) -> tuple[tuple[int, int], ...]:
        """Return the groups that numbers fall into: four at most, as wide as each other."""
        width = -(-(self.high - self.low + 1) // _BINS)
        return tuple((at, min(at + width - 1, self.high)) for at in range(self.low, self.high + 1, width))

    @property
    def groups(self) -> int:
        """Return how many groups answers fall into, 0 where they are words."""
        if self.scored:
            return 3
        return len(self.options) if self.ask is Ask.CHOICE else len(self.bins) if self.ask is Ask.NUMBER else 0

    def group(self, answer: str) -> int:
        """Return the group of an answer that `read` returned."""
        value = int(answer)
        if self.scored:
            low, middle = _GROUPS[self.ask]
            return 0 if value <= low else 1 if value <= middle else 2
        if self.ask is Ask.CHOICE:
            return value
        return next(at for at, (_, high) in enumerate(self.bins) if value <= high)

    def read(self, raw: str) -> str:
        """Return an answer as it is kept; raise BadInput with what was expected."""
        text = raw.strip()
        if self.ask is Ask.TEXT:
            if not text or len(text) > ANSWER:
                raise BadInput("error-activity-text", limit=ANSWER)
            return text
        if self.ask is Ask.CHOICE:
            if text not in self.values:
                raise BadInput("error-survey-option")
            return text
        number = whole_number(text)
        if number is None:
            raise BadInput("error-activity-number", low=self.low, high=self.high)
        return str(Number(self.low, self.high).read(text, option=self.text[:40], usage=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an account answered to a question of a run, by its place."""

    run_id: int
    question: int
    account_id: int
    answer: str
    at: datetime


def question_of(line: str, number: int = 1) -> Question:
    """Return the question that a line means: `Which? A / B`, `How many? 0-40`, or one that is answered in words.

    Raise BadInput, with the line's `number`, for one that can't be asked.
    """
    found = _PARTS.fullmatch(line.strip())
    text, rest = (found[1].strip(), found[2].strip()) if found else (line.strip(), "")
    if numbers := _RANGE.fullmatch(rest):
        low, high = int(numbers[1]), int(numbers[2])
        if low < high:
            return Question(ask=Ask.NUMBER, text=text, low=low, high=high)
    elif len(_BETWEEN.split(rest)) > 1:
        options = tuple(dict.fromkeys(_BETWEEN.split(rest)))
        if 2 <= len(options) <= OPTIONS and all(0 < len(each) <= OPTION for each in options):
            return Question(ask=Ask.CHOICE, text=text, options=options)
    else:
        return Question(ask=Ask.TEXT, text=line.strip())
    raise BadInput("error-survey-question", number=number, given=line[:60], most=OPTIONS, limit=OPTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions(Lines):
    """Questions, a line each; see `question_of`."""

    limit: int = TEXT
    most: int = QUESTIONS
    default: tuple[str, ...] | None = field(default=())

    def read(self, raw: str) -> list[str]:
        """Return the lines; raise BadInput with the first that can't be asked."""
        lines = Lines.read(self, raw)
        for number, line in enumerate(lines, 1):
            question_of(line, number)
        return lines


def asked(values: Any) -> list[Question]:
    """Return what a survey asks, of what was set up: what its scale asks first, then its own questions."""
    own = [question_of(line) for line in values["questions"] or ()]
    scale = values["scale"]
    return [*([] if scale == "own" else [Question.of(Ask(scale))]), *own]
