"""From what a person gave to the typed parameters of a command."""

from __future__ import annotations

import difflib
import types
from collections.abc import Collection, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from core.domain.errors import BadInput, NotFound
from core.domain.events import CommandCalled
from core.domain.message import escape
from core.domain.people import Member, Person
from core.kit.context import Context
from core.kit.declare import Command, Level, Parameter
from core.kit.texts import Markup

_LONGEST = 18  # digits of a number
_QUOTES = {'"': '"', "“": "”", "「": "」", "«": "»"}


def optional(annotation: Any) -> tuple[Any, Level | None]:
    """Return an annotation without `| None` and `Annotated`, and the range it carried."""
    low_high: Level | None = None
    if get_origin(annotation) is Annotated:
        inner, *extras = get_args(annotation)
        low_high = next((extra for extra in extras if isinstance(extra, Level)), None)
        annotation = inner
    if get_origin(annotation) in (Union, types.UnionType):
        kept = [each for each in get_args(annotation) if each is not type(None)]
        inner, again = optional(kept[0])
        return inner, low_high or again
    return annotation, low_high


def usage(context: Context, command: Command) -> Markup:
    """Return how a command is called, such as `/points [member]`."""
    words = [f"/{command.name}"]
    for parameter in command.shown:
        name = context.t.plain(f"option-{command.name}-{parameter.name}-name")
        words.append(f"<{name}>" if parameter.required else f"[{name}]")
    return Markup(escape(" ".join(words)))


def words_of(command: Command, text: str, mentions: Collection[str] = ()) -> dict[str, str]:
    """Share out the words after a command's name among its shown parameters; the last takes the rest.

    What `mentions` holds is one word, though it has blanks, and so is what stands in quotation marks.
    """
    shown = list(command.shown)
    given: dict[str, str] = {}
    rest = text.strip()
    for place, parameter in enumerate(shown):
        if not rest:
            break
        if place == len(shown) - 1:
            word, rest = rest, ""
        else:
            word, rest = _first_word(rest, mentions)
        given[parameter.name] = _unquoted(word)
    return given


def _first_word(text: str, mentions: Collection[str]) -> tuple[str, str]:
    named = max((m for m in mentions if text.casefold().startswith(m.casefold())), key=len, default="")
    end = len(named)
    if not named and text[0] in _QUOTES:
        end = text.find(_QUOTES[text[0]], 1) + 1
    if not end:
        end = len(text.partition(" ")[0])
    return text[:end], text[end:].strip()


def _unquoted(word: str) -> str:
    quoted = len(word) > 2 and word[0] in _QUOTES and word.find(_QUOTES[word[0]], 1) == len(word) - 1
    return word[1:-1] if quoted else word


async def read(context: Context, command: Command, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of a call; raise BadInput with the usage where one is missing or makes no sense."""
    arguments: dict[str, Any] = {}
    for parameter in command.parameters:
        raw = given.get(parameter.name, "").strip()
        if raw:
            arguments[parameter.name] = await _value(context, command, parameter, raw)
        elif parameter.required:
            answered = await _answered(context, parameter)
            if answered is None:
                raise BadInput("error-missing", usage=usage(context, command))
            arguments[parameter.name] = answered
    return arguments


async def _answered(context: Context, parameter: Parameter) -> Member | None:
    """Return the writer of the message that the command answers, where a member is wanted."""
    kind, _ = optional(parameter.annotation)
    call = context.call
    if kind is Member and isinstance(call, CommandCalled) and call.reply_author is not None:
        return await _person(context, call.reply_author)
    return None


async def _value(context: Context, command: Command, parameter: Parameter, raw: str) -> Any:
    kind, limits = optional(parameter.annotation)
    if kind is Member:
        return await member_named(context, command, raw)
    if kind is int:
        return _number(context, command, raw, limits)
    if get_origin(kind) is Literal:
        choices = {str(choice).casefold(): choice for choice in get_args(kind)}
        if raw.casefold() not in choices:
            raise BadInput("error-choice", given=raw[:40], choices=", ".join(map(str, get_args(kind))))
        return choices[raw.casefold()]
    return raw[:500]


def _number(context: Context, command: Command, raw: str, limits: Level | None) -> int:
    try:
        number = int(raw.replace(",", "").replace(",", ""))
    except ValueError:
        raise BadInput("error-number", given=raw[:40], usage=usage(context, command)) from None
    if len(str(abs(number))) >= _LONGEST:  # past what a database holds
        raise BadInput("error-number", given=raw[:40], usage=usage(context, command))
    if limits is not None and not limits.low <= number <= limits.high:
        raise BadInput("error-number-range", name=command.name, low=limits.low, high=limits.high)
    return number


async def _person(context: Context, person: Person) -> Member:
    platform = context.call.platform if context.call else ""
    found = await context.unit.members.find(platform, {context.community.id: [person.id]})
    account = found.get((context.community.id, person.id))
    if account is None:
        raise NotFound("error-no-member", name=person.name or person.id)
    return await context.unit.members.get(account.member_id)


async def member_named(context: Context, command: Command, raw: str) -> Member:
    """Return the member whom `raw` names: a mention, a handle or a name; raise NotFound with the nearest name."""
    call = context.call
    if isinstance(call, CommandCalled):
        for mention, person in call.mentions.items():
            if raw.casefold() == mention.casefold() or raw.casefold().startswith(f"{mention.casefold()} "):
                return await _person(context, person)
    if raw.startswith("#") and raw[1:].isdecimal() and len(raw) <= _LONGEST:
        return await _numbered(context, int(raw[1:]), raw)
    found = await context.unit.members.named(context.community.id, raw)
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput("error-two-members", name=raw[:64])
    near = difflib.get_close_matches(raw, await context.unit.members.names(context.community.id), n=1, cutoff=0.5)
    if near:
        raise NotFound("error-no-member-near", name=raw[:64], near=near[0], usage=usage(context, command))
    raise NotFound("error-no-member", name=raw[:64])


async def _numbered(context: Context, member_id: int, raw: str) -> Member:
    """Return a member by number, which buttons carry; another community's sounds the same as none."""
    found = (await context.unit.members.many([member_id])).get(member_id)
    if found is None or found.community_id != context.community.id or found.erased_at is not None:
        raise NotFound("error-no-member", name=raw)
    return found
