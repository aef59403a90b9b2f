"""Forms: what a person fills in before something is done; every platform shows them in its own way.

A field has a kind, which reads what was given for it, and is told what an error says beside: the `option` that it is
about, and the `usage`. Whom a `Someone` names is for those to find out who know members.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from core.domain.errors import BadInput
from core.domain.message import Attachment
from core.domain.people import Person, folded

TEXT_LIMIT = 500  # characters of a text that says no other
LARGEST = 2**63 - 1
MEGABYTE = 2**20
_BETWEEN = re.compile(r"[,，、;；\n]")


def whole_number(text: str) -> int | None:
    """Return the number that is written as lists print them: 6739, #6,739, ＃６７３９; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("#").replace(",", "").replace("−", "-").strip()
    if not re.fullmatch(r"[+-]?\d{1,19}", plain):
        return None
    number = int(plain)
    return number if abs(number) <= LARGEST else None


def is_number(word: str) -> bool:
    """Say whether a word is written as a whole number, be it larger than any that is taken."""
    plain = word.strip().lstrip("#+-−").replace(",", "")
    return whole_number(word) is not None or (plain.isascii() and plain.isdecimal())


@dataclass(frozen=True, slots=True)
class Text:
    """Words of at most `limit` characters: one line, or where they are `long` as many as it takes."""

    limit: int = TEXT_LIMIT
    long: bool = False

    def read(self, raw: str, **told: Any) -> str:
        """Return the words; raise BadInput where they are too long."""
        if len(raw) > self.limit:
            raise BadInput("error-too-long", limit=self.limit)
        return raw


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int

    def read(self, raw: str, **told: Any) -> int:
        """Return the number; raise BadInput where it is none, or out of range."""
        number = whole_number(raw)
        if number is None and not is_number(raw):
            raise BadInput("error-number", given=raw[:40], **told)
        if number is None or not self.low <= number <= self.high:
            raise BadInput("error-option-range", low=self.low, high=self.high, given=raw[:40], **told)
        return number


@dataclass(frozen=True, slots=True)
class Option:
    """One of what can be chosen: the value that code knows it by, and what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `options`; `values` are what code gets for their values, where that isn't the same."""

    options: tuple[Option, ...]
    values: Mapping[str, Any] = field(default_factory=dict)

    def value_of(self, raw: str, **told: Any) -> str:
        """Return the value of the option that is so called or labelled; raise BadInput with those there are."""
        wanted = folded(raw)
        for option in self.options:
            if wanted in (folded(option.value), folded(option.label)):
                return option.value
        labels = tuple(option.label for option in self.options)
        error = BadInput("error-option-choice", choices=labels, given=raw[:40], **told)
        error.offers = tuple((option.label, option.value) for option in self.options)
        raise error

    def read(self, raw: str, **told: Any) -> Any:
        """Return what code gets for the option; raise BadInput with those there are."""
        value = self.value_of(raw, **told)
        return self.values.get(value, value)


@dataclass(frozen=True, slots=True)
class Several(Choice):
    """Any of `options`; written with commas between them, and read in the order of the options."""

    def value_of(self, raw: str, **told: Any) -> str:
        """Return the values that are named, with commas between them; raise BadInput with those there are."""
        named = {Choice.value_of(self, word.strip(), **told) for word in _BETWEEN.split(raw) if word.strip()}
        return ",".join(option.value for option in self.options if option.value in named)

    def read(self, raw: str, **told: Any) -> tuple[Any, ...]:
        """Return what code gets for the options; raise BadInput with those there are."""
        return tuple(self.values.get(value, value) for value in self.value_of(raw, **told).split(",") if value)


@dataclass(frozen=True, slots=True)
class Someone:
    """A member."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, written 2026-12-24."""

    def read(self, raw: str, **told: Any) -> date:
        """Return the day; raise BadInput where it is none."""
        plain = re.sub(r"\s*[./年月日-]\s*", "-", unicodedata.normalize("NFKC", raw).strip()).strip("-")
        found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain)
        try:
            return date(*map(int, found.groups())) if found else date.fromisoformat(plain)
        except ValueError:
            raise BadInput("error-option-day", given=raw[:40], **told) from None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of one of these types, known by how its name ends, of at most `limit` bytes.

    A `lasting` one is shown again later; another is read once, soon after it was handed over.
    """

    types: tuple[str, ...]
    limit: int
    lasting: bool = True

    @property
    def megabytes(self) -> int:
        """Return the limit as people read it."""
        return self.limit // MEGABYTE

    def read(self, raw: str, **told: Any) -> Attachment:
        """Return the file of an answer that was taken."""
        return Attachment.from_text(raw)

    def take(self, given: Attachment, **told: Any) -> str:
        """Return a file as it is kept; raise BadInput where it is too large, of another type, or doesn't last."""
        _, _, ending = given.name.rpartition(".")
        if ending.lower() not in self.types:
            raise BadInput("error-file-type", types=", ".join(self.types), given=given.name[-40:], **told)
        if given.size > self.limit:
            raise BadInput("error-file-size", limit=self.megabytes, given=given.name[-40:], **told)
        if self.lasting and given.passing:
            raise BadInput("error-file-passing", given=given.name[-40:], **told)
        return given.to_text()


Kind = Text | Number | Choice | Several | Someone | Day | Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a form asks for: by which `name` code knows it, and what people read.

    `value` is what was given before, as it was given, None where nothing was; `person` whom that names, as the platform
    knows them, and `shown` what people read of it.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    required: bool = True
    value: str | None = None
    person: Person | None = None
    shown: str = ""

    @property
    def wanted(self) -> bool:
        """Say whether something must be given now: a file that was handed over stays where no other is."""
        return self.required and not (isinstance(self.kind, Upload) and self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as somebody sees it: the fields to fill in now, of all those there are.

    `token` comes back with what was filled in. `more` says that other fields follow.
    """

    token: str
    title: str
    fields: tuple[Field, ...]
    more: bool = False

    def cut(self, most: int, first: str | None = None) -> Form:
        """Return the form with at most so many fields, from the one named `first` on."""
        names = [each.name for each in self.fields]
        start = names.index(first) if first in names else 0
        shown = self.fields[start : start + most]
        return replace(self, fields=shown, more=start + most < len(self.fields))


def missing(fields: Sequence[Field], given: Mapping[str, str]) -> Field | None:
    """Return the first field that nothing is known of yet; what was left empty is known."""
    return next((each for each in fields if each.name not in given), None)
