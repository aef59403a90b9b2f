"""The catalogues: every word that people read, in each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate
from typing import Any, TypeVar

from fluent.runtime import FluentBundle, FluentResource

from core.domain.errors import KithError
from core.domain.message import escape
from core.domain.pictures import Picture
from core.domain.schedule import DAYS

P = TypeVar("P", bound=Picture)
LANGUAGES = ("en", "zh-CN")
_ENTRY = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)
_DATES = {  # 14 December rather than December 14; of another year with the year
    "en": ("en_GB", "d MMMM", "d MMMM y"),
    "zh-CN": ("zh_CN", "M月d日", "y年M月d日"),
}
_LONGEST = 300  # characters of what somebody gave that an error repeats


#: The language that parts Chinese from letters and figures by a blank: what Fluent puts in is marked, then looked at.
_SPACED = "zh-CN"
_OPENS, _CLOSES = "\u2068", "\u2069"
_MARKS = str.maketrans("", "", _OPENS + _CLOSES)
_HAN = "[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BEFORE = re.compile(f"({_HAN}[*_{_CLOSES}]*) ([*_]*{_OPENS}[*_{_OPENS}]*)(?={_HAN})")
_AFTER = re.compile(f"({_HAN}[*_{_CLOSES}]*{_CLOSES}[*_]*) (?=[*_{_OPENS}]*{_HAN})")


class Markup(str):
    """Text that is markup already and is not escaped when put into another."""

    __slots__ = ()


@lru_cache(maxsize=1_000)  # a broadcast asks for everybody, and few languages are spoken
def language_of(tag: str | None, default: str = "en") -> str:
    """Return the catalogue for a language tag such as `zh-hans-CN`, `zh-TW`, `pt-br` or None."""
    if not tag:
        return default
    return "zh-CN" if tag.replace("_", "-").lower().split("-")[0] == "zh" else "en"


def source_of(language: str) -> str:
    """Return a language's catalogue as it is written, one pillar after the other."""
    files = sorted(resources.files("core.locales").joinpath(language).iterdir(), key=lambda file: file.name)
    return "\n".join(file.read_text("utf-8") for file in files)


@cache
def _entries(language: str) -> Mapping[str, str]:
    """Return what stands in the catalogue under each key, unread: reading it all takes most of a second."""
    source = source_of(language)
    starts = list(_ENTRY.finditer(source))
    ends = [start.start() for start in starts[1:]] + [len(source)]
    return {start[1]: source[start.start() : end] for start, end in zip(starts, ends, strict=True)}


@cache
def _bundle(language: str) -> FluentBundle:
    functions: Any = {"COUNT": counted}  # typed for one argument, given all
    return FluentBundle([language], use_isolating=language == _SPACED, functions=functions)


def _spaced(text: str) -> str:
    """Return a Chinese text in which a blank parts what was put in from Chinese only where it isn't Chinese itself."""
    if _OPENS not in text:
        return text
    return _AFTER.sub(r"\1", _BEFORE.sub(r"\1\2", text)).replace(_OPENS, "").replace(_CLOSES, "")


def counted(number: int, word: str) -> str:
    """Return a number with its English noun: `COUNT($points, "point")` is "1 point" or "1,200 points"."""
    return f"{int(number):,} {word}{'' if int(number) == 1 else 's'}"


def _message(language: str, key: str) -> Any:
    """Return a message, read when it is first wanted; no message refers to another."""
    bundle = _bundle(language)
    if not bundle.has_message(key):
        bundle.add_resource(FluentResource(_entries(language)[key]))
    return bundle.get_message(key)


def _cut(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that there is room for in a sentence, and a sign that there are more."""
    ends = list(accumulate(len(each) for each in words))
    fit = sum(end <= _LONGEST for end in ends)
    return tuple(words) if fit == len(words) else (*(words[:fit] or [words[0][:_LONGEST]]), "…")


class Texts:
    """Say things in one language; arguments are escaped, so that names stay names."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else language_of(language)

    def __call__(self, key: str, **args: Any) -> Markup:
        """Return the words of `key`, in markup; raise KeyError where the catalogue has none."""
        message = _message(self.language, key)
        if message.value is None:
            raise KeyError(key)
        given = {name: self._argument(value) for name, value in args.items()}
        text, errors = _bundle(self.language).format_pattern(message.value, given)
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        return Markup(_spaced(str(text)) if self.language == _SPACED else text)

    def has(self, key: str) -> bool:
        """Say whether the catalogue has `key`."""
        return _bundle(self.language).has_message(key) or key in _entries(self.language)

    def error(self, error: KithError) -> Markup:
        """Return the words of an error meant for people, with those of the errors that it holds."""
        return self(error.key, **{name: self._told(value) for name, value in error.args_.items()})

    def _told(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > _LONGEST and not isinstance(value, Markup):
            return f"{value[:_LONGEST]}…"  # what people gave; Fluent takes no more than a thousand
        if not isinstance(value, Sequence) or isinstance(value, str):
            return value
        if all(isinstance(each, str) for each in value):
            return _cut(value)
        return Markup(" ".join(self.error(each) for each in value))

    def plain(self, key: str, **args: Any) -> str:
        """Return the words of `key` where no markup is read: labels, pictures, menus."""
        from_raw = {name: self._raw(value) for name, value in args.items()}
        return str(self(key, **from_raw))

    def day(self, value: date, *, today: date | None, short: bool = False) -> str:
        """Return a day as people write it: 14 December, 12月14日; `short` for an axis: 14 Dec.

        A day of another year than `today` carries its year, as all do without: 14 December 2014, 2014年12月14日.
        """
        # Babel loads half a megabyte of locale data: only when a date is said.
        from babel.dates import format_date  # noqa: PLC0415

        locale, plain, dated = _DATES[self.language]
        pattern = plain if today is not None and value.year == today.year else dated
        return str(format_date(value, pattern.replace("MMMM", "MMM") if short else pattern, locale=locale))

    def weekday(self, day: str, *, short: bool = False) -> str:
        """Return the name of a weekday, `mon` to `sun`: Monday, 周一; `short` for an axis: Mon, 周一."""
        from babel.dates import get_day_names  # noqa: PLC0415  as above

        # In Chinese the short ones are what people write beside a time.
        wide = not short and self.language != _SPACED
        names = get_day_names("wide" if wide else "abbreviated", locale=_DATES[self.language][0])
        return str(names[DAYS.index(day)])

    def months(self) -> tuple[str, ...]:
        """Return the short names of the twelve months: Jan, 1月."""
        from babel.dates import get_month_names  # noqa: PLC0415  as above

        names = get_month_names("abbreviated", locale=_DATES[self.language][0])
        return tuple(str(names[number]) for number in range(1, 13))

    def _raw(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(Markup(each) for each in value)
        return Markup(value) if isinstance(value, str) else value

    def _argument(self, value: Any) -> Any:
        if isinstance(value, str) and self.language == _SPACED:
            value = value.translate(_MARKS) if not isinstance(value, Markup) else Markup(value.translate(_MARKS))
        if isinstance(value, str) and not isinstance(value, Markup):
            return escape(value)
        if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
            return self.listed(value)
        if isinstance(value, Mapping | list | tuple):
            raise TypeError("an argument of a text is a string, a number or a tuple of strings")
        return value

    def listed(self, words: Iterable[str]) -> Markup:
        """Return words in a row, as the language lists them: a, b, c or 甲、乙、丙."""
        return Markup(self("list-comma").join(word if isinstance(word, Markup) else escape(word) for word in words))

    def punctuated(self, picture: P) -> P:
        """Return a picture whose alternative text sets its figures apart as the language does."""
        marks = {name: self.plain(f"list-{name}") for name in ("comma", "colon") if hasattr(picture, name)}
        return replace(picture, **marks)  # type: ignore[type-var]  # every picture is a dataclass
