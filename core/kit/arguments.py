"""From what a person gave to the typed parameters of a command."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from core.domain.errors import BadInput, KithError
from core.domain.events import CommandCalled
from core.domain.message import Button, escape
from core.domain.people import Member, folded
from core.kit.context import Context
from core.kit.declare import Command, Parameter, Range
from core.kit.naming import first_word, member_named, member_of, named_first, unquoted, whole_number
from core.kit.texts import Markup

_ANY_NUMBER = Range(-(10**12), 10**12)  # no database's integer ends before
_IN_A_ROW = 3
_TEXT = 500  # characters that are taken of words without a range


def optional(annotation: Any) -> tuple[Any, Range | None]:
    """Return an annotation without `| None` and `Annotated`, and the range it carried."""
    low_high: Range | None = None
    if get_origin(annotation) is Annotated:
        inner, *extras = get_args(annotation)
        low_high = next((extra for extra in extras if isinstance(extra, Range)), None)
        annotation = inner
    if get_origin(annotation) in (Union, types.UnionType):
        kept = [each for each in get_args(annotation) if each is not type(None)]
        inner, again = optional(kept[0])
        return inner, low_high or again
    return annotation, low_high


def usage(context: Context, command: Command) -> Markup:
    """Return how a command is called, such as `/points [member]`."""
    words = [f"/{command.name}"]
    for parameter in command.parameters:
        name = _name(context, command, parameter)
        words.append(f"<{name}>" if parameter.required else f"[{name}]")
    return Markup(escape(" ".join(words)))


def _kind(parameter: Parameter) -> Any:
    return optional(parameter.annotation)[0]


def _closed(parameter: Parameter) -> bool:
    """Say whether a parameter takes one word: a number, or one of some words."""
    return _kind(parameter) is int or get_origin(_kind(parameter)) is Literal


async def words_of(context: Context, command: Command, call: CommandCalled) -> dict[str, str]:
    """Share out the words after a command's name among its shown parameters; a last one of text takes the rest.

    A mention, a member's name or what stands in quotation marks is one word, though it has blanks. Where the command
    answers a message, its words need not name a member. Raise BadInput where words are left over.
    """
    given: dict[str, str] = {}
    shown, rest = list(command.parameters), call.text.strip()
    while shown and rest:
        parameter = shown.pop(0)
        if _kind(parameter) is Member:
            named = await named_first(context, rest, call.mentions)
            if named is None and shown and _answers_somebody(context):
                continue
            word, rest = named or (first_word(rest) if shown else (rest, ""))
        elif _closed(parameter) or not all(map(_closed, shown)):
            word, rest = first_word(rest, call.mentions)
        else:
            # Text, with nothing but single words after it: those are taken from the end.
            word, last = _from_the_end(rest, shown)
            given |= last
            shown, rest = [], ""
        given[parameter.name] = unquoted(word)
    if rest:
        key = "error-surplus" if command.parameters else "error-surplus-none"
        raise BadInput(key, words=rest[:40], usage=usage(context, command))
    return given


def _from_the_end(text: str, parameters: list[Parameter]) -> tuple[str, dict[str, str]]:
    given: dict[str, str] = {}
    for parameter in reversed(parameters):
        before, _, word = text.rpartition(" ")
        if before and _fits(parameter, word):
            given[parameter.name], text = word, before.strip()
    return text, given


def _fits(parameter: Parameter, word: str) -> bool:
    kind = _kind(parameter)
    return _is_number(word) if kind is int else folded(word) in _choices(kind)


def _is_number(word: str) -> bool:
    """Say whether a word is written as a whole number, be it larger than any that is taken."""
    plain = word.strip().lstrip("#+-−").replace(",", "")
    return whole_number(word) is not None or (plain.isascii() and plain.isdecimal())


def _choices(kind: Any) -> dict[str, Any]:
    return {folded(str(choice)): choice for choice in get_args(kind)}


async def read(context: Context, command: Command, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of a call; raise BadInput with the usage where one is missing or makes no sense."""
    arguments: dict[str, Any] = {}
    for parameter in command.parameters:
        raw = given.get(parameter.name, "").strip()
        try:
            value = await _value(context, command, parameter, raw) if raw else await _answered(context, parameter)
        except KithError as error:
            error.buttons = _instead(context, command, given, parameter, error)
            raise
        if value is not None:
            arguments[parameter.name] = value
        elif parameter.required:
            raise BadInput("error-missing", option=_name(context, command, parameter), usage=usage(context, command))
    return arguments


async def spelled_out(context: Context, command: Command, given: Mapping[str, str]) -> dict[str, str]:
    """Return `given` with members by number, as a button carries them: mentions and what was answered stay behind."""
    numbered = dict(given)
    for parameter in command.parameters:
        if _kind(parameter) is not Member:
            continue
        if raw := given.get(parameter.name, "").strip():
            numbered[parameter.name] = f"#{(await member_named(context, raw, usage(context, command))).id}"
        elif parameter.required and (answered := await _answered(context, parameter)) is not None:
            numbered[parameter.name] = f"#{answered.id}"
    return numbered


def _instead(
    context: Context, command: Command, given: Mapping[str, str], parameter: Parameter, error: KithError
) -> tuple[tuple[Button, ...], ...]:
    """Return buttons for what could have been meant; none where they would have to carry what somebody wrote."""
    others = {each.name: given[each.name] for each in command.parameters if given.get(each.name)}
    others.pop(parameter.name, None)
    kinds = {_kind(each) for each in command.parameters if each.name in others}
    wants_more = any(p.required and p.name not in given and p is not parameter for p in command.parameters)
    if str in kinds or Member in kinds or wants_more:
        return ()
    made = [
        Button(label, command.name, {**others, parameter.name: value}, replace_message=False)
        for label, value in error.offers
    ]
    return tuple(tuple(made[start : start + _IN_A_ROW]) for start in range(0, len(made), _IN_A_ROW))


def _name(context: Context, command: Command, parameter: Parameter) -> str:
    key = f"option-{command.name}-{parameter.name}-name"
    return context.t.plain(key) if context.t.has(key) else parameter.name


def _answers_somebody(context: Context) -> bool:
    call = context.call
    return isinstance(call, CommandCalled) and call.reply_author is not None


async def _answered(context: Context, parameter: Parameter) -> Member | None:
    """Return the writer of the message that the command answers, where a member is wanted; bots where one must be."""
    call = context.call
    if _kind(parameter) is not Member or not isinstance(call, CommandCalled) or call.reply_author is None:
        return None
    if call.reply_author.bot and not parameter.required:
        return None
    return await member_of(context, call.reply_author)


async def _value(context: Context, command: Command, parameter: Parameter, raw: str) -> Any:
    kind, limits = optional(parameter.annotation)
    if kind is Member:
        return await member_named(context, raw, usage(context, command))
    told = {"option": _name(context, command, parameter), "given": raw[:40], "usage": usage(context, command)}
    if kind is int:
        return _number(raw, limits, told)
    if get_origin(kind) is Literal:
        choices = _choices(kind)
        if folded(raw) not in choices:
            error = BadInput("error-option-choice", choices=tuple(map(str, choices.values())), **told)
            error.offers = tuple((str(choice), str(choice)) for choice in choices.values())
            raise error
        return choices[folded(raw)]
    return raw[: limits.high if limits else _TEXT]


def _number(raw: str, limits: Range | None, told: Mapping[str, Any]) -> int:
    number, limits = whole_number(raw), limits or _ANY_NUMBER
    if number is None and not _is_number(raw):
        raise BadInput("error-number", **told)
    if number is None or not limits.low <= number <= limits.high:
        raise BadInput("error-option-range", low=limits.low, high=limits.high, **told)
    return number
