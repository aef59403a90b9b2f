"""What could be meant while somebody still types: choices for a parameter, as its type says.

`Annotated[str, Suggest(source)]` names what offers them; a member needs no word. A platform shows them its own way.
"""

from __future__ import annotations

import difflib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args, get_origin

from core.domain.people import Member, Rights, folded, spelled_apart
from core.kit.arguments import optional
from core.kit.context import Context
from core.kit.declare import Command, Parameter
from core.kit.texts import LANGUAGES, Texts

MOST = 25  # Discord's limit, and more than anybody reads
_LONGEST = 100  # characters of a label or a value
_ALIKE = 0.7
_NAMES = 5_000  # members of a community in which names spelled alike are looked for


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A choice: what people read, the value that is taken, and other words by which it is found."""

    label: str
    value: str
    also: tuple[str, ...] = field(default=(), compare=False)


def worded(t: Texts, key: str, value: str) -> Suggestion:
    """Return a choice with the words of `key`, which is found by those of each language."""
    return Suggestion(t.plain(key), value, tuple(Texts(each).plain(key) for each in LANGUAGES))


Source = Callable[[Context, Mapping[str, str]], Awaitable[Iterable[Suggestion]]]


@dataclass(frozen=True, slots=True)
class Suggest:
    """What offers choices for a parameter: an async function `f(context, given)`, `given` being the other options.

    It returns all there are; which of them fit what was typed, and which come first, isn't its business. It says
    nothing that the caller may not see: whether they may call the command at all was looked at before.
    """

    source: Source


def suggest_of(annotation: Any) -> Suggest | None:
    """Return what offers choices for a parameter of this annotation, None where nothing does."""
    if get_origin(annotation) is Annotated:
        inner, *extras = get_args(annotation)
        return next((extra for extra in extras if isinstance(extra, Suggest)), None) or suggest_of(inner)
    return next(filter(None, map(suggest_of, get_args(annotation))), None)


def suggests(parameter: Parameter) -> bool:
    """Say whether there are choices to offer for a parameter."""
    return optional(parameter.annotation)[0] is Member or suggest_of(parameter.annotation) is not None


async def suggestions(context: Context, command: Command, name: str, given: Mapping[str, str]) -> list[Suggestion]:
    """Return at most 25 choices for the option `name` of a command, what fits best first.

    `given` holds what was typed so far, there and in the other options.
    """
    parameter = next((each for each in command.parameters if each.name == name), None)
    typed = given.get(name, "").strip()
    if parameter is None:
        return []
    if optional(parameter.annotation)[0] is Member:
        return await _members(context, typed)
    found = suggest_of(parameter.annotation)
    return [] if found is None else fitting(typed, await found.source(context, given))


def fitting(typed: str, offered: Iterable[Suggestion]) -> list[Suggestion]:
    """Return what fits `typed`, best first: what begins so, has a word that does, holds it, or is spelled alike.

    Nothing typed fits everything, in the order in which it was offered.
    """
    usable = [each for each in offered if each.label and len(each.value) <= _LONGEST]
    wanted = folded(typed.lstrip("@#"))
    if wanted:
        ranked = ((_distance(wanted, each), place, each) for place, each in enumerate(usable))
        usable = [each for rank, _, each in sorted((r for r in ranked if r[0] < _FAR), key=lambda r: r[:2])]
    return [Suggestion(each.label[:_LONGEST], each.value) for each in usable[:MOST]]


_FAR = 4.0


def _distance(wanted: str, offered: Suggestion) -> float:
    return min(_apart(wanted, folded(word.lstrip("#✓✗ "))) for word in (offered.label, offered.value, *offered.also))


def _apart(wanted: str, word: str) -> float:
    if word.startswith(wanted):
        return 0.0
    if f" {wanted}" in word.replace("/", " ").replace("_", " "):
        return 1.0
    if wanted in word:
        return 2.0
    short, long = spelled_apart(wanted), spelled_apart(word)
    if short and long.startswith(short):
        return 2.5
    alike = max(difflib.SequenceMatcher(None, short, each).ratio() for each in (long, long[: len(short)]))
    return 4.0 - alike if short and alike >= _ALIKE else _FAR


async def _members(context: Context, typed: str) -> list[Suggestion]:
    """Return members by name: to moderators all, to others those who agreed to be named, and are there."""
    everybody = context.rights.covers(Rights.MODERATOR)
    members, community = context.unit.members, context.community.id
    found = await members.beginning(community, typed, MOST, everybody=everybody)
    if not found:
        few = await members.beginning(community, "", _NAMES, everybody=everybody)
        near = {each.value for each in fitting(typed, _named(few))}
        found = [each for each in few if f"#{each.id}" in near]
    return fitting("", _named(found))


def _named(members: Sequence[Member]) -> list[Suggestion]:
    names = [folded(member.name) for member in members]
    several = {name for name in names if names.count(name) > 1} if len(names) <= MOST else set()
    return [
        Suggestion(f"{member.name} #{member.id}" if name in several else member.name, f"#{member.id}")
        for member, name in zip(members, names, strict=True)
    ]
