"""From what a person gave to the typed parameters of a command."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from core.domain.errors import BadInput, KithError
from core.domain.events import CommandCalled
from core.domain.forms import MEGABYTE, Choice, Day, Kind, Number, Option, Several, Someone, Text, Upload, is_number
from core.domain.message import Attachment, Button, escape
from core.domain.people import Member
from core.kit.context import Context
from core.kit.declare import Accept, Command, Length, Parameter, Range
from core.kit.naming import first_word, member_named, member_of, named_first, unquoted
from core.kit.texts import Markup, Texts

_ANY_NUMBER = Range(-(10**12), 10**12)  # no database's integer ends before
_IN_A_ROW = 3


def optional(annotation: Any) -> tuple[Any, Range | None]:
    """Return an annotation without `| None` and `Annotated`, and the range it carried."""
    inner, extras = _parts(annotation)
    return inner, next((extra for extra in extras if isinstance(extra, Range)), None)


def _parts(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return an annotation without `| None` and `Annotated`, and all that it carried."""
    carried: tuple[Any, ...] = ()
    if get_origin(annotation) is Annotated:
        annotation, *extras = get_args(annotation)
        carried = tuple(extras)
    if get_origin(annotation) in (Union, types.UnionType):
        kept = [each for each in get_args(annotation) if each is not type(None)]
        inner, more = _parts(kept[0])
        return inner, carried + more
    return annotation, carried


def kind_of(parameter: Parameter) -> Kind:
    """Return what a parameter takes, by its annotation; options are labelled as code knows them."""
    inner, carried = _parts(parameter.annotation)
    if inner in (Member, date):
        return Someone() if inner is Member else Day()
    if inner is int:
        limits = next((extra for extra in carried if isinstance(extra, Range)), _ANY_NUMBER)
        return Number(limits.low, limits.high)
    if inner is Attachment:
        accepted = next(extra for extra in carried if isinstance(extra, Accept))
        return Upload(accepted.types, accepted.megabytes * MEGABYTE, accepted.lasting)
    if get_origin(inner) is tuple:
        return Several(*_options(get_args(inner)[0]))
    if get_origin(inner) is Literal or (isinstance(inner, type) and issubclass(inner, Enum)):
        return Choice(*_options(inner))
    return _text(carried)


def _text(carried: tuple[Any, ...]) -> Text:
    for extra in carried:
        if isinstance(extra, Length | Range):
            return Text(extra.limit, extra.long) if isinstance(extra, Length) else Text(extra.high)
    return Text()


def kind_for(t: Texts, command: Command, parameter: Parameter) -> Kind:
    """Return what a parameter takes, a form's options with what people read: `field-<form>-<parameter>-<value>`."""
    kind = kind_of(parameter)
    if not isinstance(kind, Choice) or not command.asks:
        return kind

    def label(value: str) -> str:
        key = f"field-{command.name}-{parameter.name}-{value}"
        return t.plain(key) if t.has(key) else value

    return replace(kind, options=tuple(Option(each.value, label(each.value)) for each in kind.options))


def _options(annotation: Any) -> tuple[tuple[Option, ...], Mapping[str, Any]]:
    values = {str(each): each for each in get_args(annotation)}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        values = {str(each.value): each for each in annotation}
    return tuple(Option(value, value) for value in values), values


def usage(context: Context, command: Command) -> Markup:
    """Return how a command is called, such as `/points [member]`."""
    words = [f"/{command.name}"]
    for parameter in command.parameters:
        name = _name(context, command, parameter)
        words.append(f"<{name}>" if parameter.required else f"[{name}]")
    return Markup(escape(" ".join(words)))


def _how(context: Context, command: Command) -> Markup:
    """Return the hint with which an error ends: how a command is called; nothing where nobody can type it."""
    return Markup("") if command.pressed else context.t("usage-hint", call=usage(context, command))


def _closed(parameter: Parameter) -> bool:
    """Say whether a parameter takes one word: a number, a day, or one of some words."""
    return isinstance(kind_of(parameter), Number | Choice | Day)


async def words_of(context: Context, command: Command, call: CommandCalled) -> dict[str, str]:
    """Share out the words after a command's name among its shown parameters; a last one of text takes the rest.

    A mention, a member's name or what stands in quotation marks is one word, though it has blanks. Where the command
    answers a message, or takes a text in place of a member, its words need not name one. Raise BadInput where words are
    left over.
    """
    given: dict[str, str] = {}
    shown, rest = list(command.parameters), call.text.strip()
    while shown and rest:
        parameter = shown.pop(0)
        if isinstance(kind_of(parameter), Someone):
            named = await named_first(context, rest, call.mentions)
            if named is None and shown and (_answers_somebody(context) or _may_be_meant(parameter, shown)):
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
        raise BadInput(key, words=rest[:40], usage=_how(context, command))
    return given


def _may_be_meant(parameter: Parameter, after: list[Parameter]) -> bool:
    """Say whether words that name no member may be the text that follows, as a room's name is: neither is required."""
    return not parameter.required and any(isinstance(kind_of(each), Text) for each in after)


def _from_the_end(text: str, parameters: list[Parameter]) -> tuple[str, dict[str, str]]:
    given: dict[str, str] = {}
    for parameter in reversed(parameters):
        before, _, word = text.rpartition(" ")
        if before and _fits(parameter, word):
            given[parameter.name], text = word, before.strip()
    return text, given


def _fits(parameter: Parameter, word: str) -> bool:
    kind = kind_of(parameter)
    if isinstance(kind, Number):
        return is_number(word)
    try:
        return not isinstance(kind, Text | Someone) and kind.read(word) is not None
    except BadInput:
        return False


async def read(context: Context, command: Command, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of a call; raise BadInput with the usage where one is missing or makes no sense."""
    arguments: dict[str, Any] = {}
    for parameter in command.parameters:
        raw = given.get(parameter.name, "").strip()
        try:
            value = await read_one(context, command, parameter, raw) if raw else await _answered(context, parameter)
        except KithError as error:
            error.buttons = _instead(context, command, given, parameter, error)
            raise
        if value is not None:
            arguments[parameter.name] = value
        elif parameter.required:
            raise BadInput("error-missing", option=_name(context, command, parameter), usage=_how(context, command))
    return arguments


async def spelled_out(context: Context, command: Command, given: Mapping[str, str]) -> dict[str, str]:
    """Return `given` with members by number, as a button carries them: mentions and what was answered stay behind."""
    numbered = dict(given)
    for parameter in command.parameters:
        if not isinstance(kind_of(parameter), Someone):
            continue
        if raw := given.get(parameter.name, "").strip():
            numbered[parameter.name] = f"#{(await member_named(context, raw, _how(context, command))).id}"
        elif parameter.required and (answered := await _answered(context, parameter)) is not None:
            numbered[parameter.name] = f"#{answered.id}"
    return numbered


def _instead(
    context: Context, command: Command, given: Mapping[str, str], parameter: Parameter, error: KithError
) -> tuple[tuple[Button, ...], ...]:
    """Return buttons for what could have been meant; none where they would have to carry what somebody wrote."""
    if command.asks:  # it stays filled in
        return ()
    others = {each.name: given[each.name] for each in command.parameters if given.get(each.name)}
    others.pop(parameter.name, None)
    kinds = {type(kind_of(each)) for each in command.parameters if each.name in others}
    wants_more = any(p.required and p.name not in given and p is not parameter for p in command.parameters)
    if Text in kinds or Someone in kinds or wants_more:
        return ()
    made = [
        Button(label, command.name, {**others, parameter.name: value}, replace_message=False)
        for label, value in error.offers
    ]
    return tuple(tuple(made[start : start + _IN_A_ROW]) for start in range(0, len(made), _IN_A_ROW))


def _name(context: Context, command: Command, parameter: Parameter) -> str:
    key = f"field-{command.name}-{parameter.name}" if command.asks else f"option-{command.name}-{parameter.name}-name"
    return context.t.plain(key) if context.t.has(key) else parameter.name


def _answers_somebody(context: Context) -> bool:
    call = context.call
    return isinstance(call, CommandCalled) and call.reply_author is not None


async def _answered(context: Context, parameter: Parameter) -> Member | None:
    """Return the writer of the message that the command answers, where a member is wanted; bots where one must be."""
    call = context.call
    if not isinstance(kind_of(parameter), Someone) or not isinstance(call, CommandCalled) or call.reply_author is None:
        return None
    if call.reply_author.bot and not parameter.required:
        return None
    return await member_of(context, call.reply_author)


async def read_one(context: Context, command: Command, parameter: Parameter, raw: str) -> Any:
    """Return the argument that `raw` is for a parameter; raise BadInput or NotFound where it makes no sense."""
    kind = kind_for(context.t, command, parameter)
    if isinstance(kind, Someone):
        return await member_named(context, raw, _how(context, command))
    return kind.read(raw, option=_name(context, command, parameter), usage=_how(context, command))
