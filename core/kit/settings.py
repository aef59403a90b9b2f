"""What an owner decides for a community, declared in the file of the feature that wants to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from core.domain.community import Settings
from core.domain.errors import BadInput
from core.domain.people import Rights
from core.kit.declare import Range

T = TypeVar("T", str, bool, int)


@dataclass(frozen=True, slots=True)
class Choice:
    """What /settings asks: the values offered as buttons, how to read one from settings, and how to put it there.

    `put` raises BadInput where a value makes no sense. `owner` ones are for owners alone, `asked` ones are a step of
    /setup, `free` ones take more values than they offer, `more` names the command that changes it in every detail.
    """

    name: str
    options: tuple[str, ...]
    now: Callable[[Settings], str]
    put: Callable[[Settings, str], Settings]
    owner: bool = False
    more: str | None = None
    free: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """A setting as declared: `context.setting(it)` reads it."""

    choice: Choice
    of: Callable[[Settings], T]


def setting(
    name: str,
    default: T,
    *,
    options: Sequence[T] = (),
    within: Range | None = None,
    rights: Rights = Rights.MODERATOR,
    asked: bool = False,
) -> Setting[T]:
    """Declare what an owner decides: one of some words, yes or no, or a whole number `within` a range.

    Its words are `setting-<name>`, `setting-<name>-ask`, and `setting-<name>-<option>` (yes and no are options too) or,
    for a number, `setting-<name>-value`. `rights` says who changes it, `asked` that /setup asks for it. What was kept
    and doesn't fit any more reads as the default. Raise ValueError where the default or an option doesn't fit.
    """
    offered: tuple[Any, ...] = (True, False) if isinstance(default, bool) else tuple(options)

    def fits(value: Any) -> bool:
        if type(value) is not type(default):
            return False
        return value in offered if within is None else within.low <= int(value) <= within.high

    def of(settings: Settings) -> T:
        kept = settings.own.get(name, default)
        return kept if fits(kept) else default

    def put(settings: Settings, said: str) -> Settings:
        value = {_said(each): each for each in offered}.get(said)
        if value is None and within is not None:
            value = int(said) if said.isdecimal() and len(said) < _DIGITS else None
            if not fits(value):
                raise BadInput("error-number-range", name=name, low=within.low, high=within.high)
        return replace(settings, own={**settings.own, name: value})

    if not all(map(fits, (default, *offered))):
        raise ValueError(f"the setting {name} takes neither {default!r} nor all of {offered}")
    owner, words = rights is Rights.OWNER, tuple(map(_said, offered))
    choice = Choice(name, words, lambda s: _said(of(s)), put, owner, free=within is not None, asked=asked)
    return Setting(choice, of)


_DIGITS = 13


def _said(value: str | bool | int) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
