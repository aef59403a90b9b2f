"""A form in somebody's words: its title and fields, what was filled in, and each answer as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.domain.errors import BadInput, NotFound
from core.domain.events import FormSent, WroteDirectly
from core.domain.forms import Choice, Field, Number, Several, Someone, Upload
from core.domain.message import Attachment
from core.domain.people import Person
from core.kit.arguments import kind_for, read_one
from core.kit.context import Context
from core.kit.declare import Command
from core.kit.texts import Markup, Texts
from core.kit.words import name_of


def title_of(t: Texts, command: Command) -> str:
    """Return a form's title."""
    return t.plain(f"form-{command.name}")


def fields_of(t: Texts, command: Command, given: Mapping[str, str]) -> tuple[Field, ...]:
    """Return a form's fields, in order, with what was given for them."""
    fields = []
    for each in command.fields:
        key = f"field-{command.name}-{each.name}"
        more = t.plain(f"{key}-help") if t.has(f"{key}-help") else ""
        kind = kind_for(t, command, each)
        value = given.get(each.name)
        if isinstance(kind, Upload):
            about = _about_file(t, kind, value)
            more = t.plain("forms-help-both", first=more, then=about) if more else about
        field = Field(name=each.name, kind=kind, label=t.plain(key), help=more, required=each.required, value=value)
        fields.append(replace(field, shown=_shown(t, field)))
    return tuple(fields)


def _about_file(t: Texts, kind: Upload, value: str | None) -> str:
    if value:
        return t.plain("forms-file-kept", name=kind.read(value).name)
    return t.plain("forms-file-help", limit=kind.megabytes, types=", ".join(kind.types))


def _shown(t: Texts, field: Field) -> str:
    value = field.value or ""
    if isinstance(field.kind, Choice):
        labels = {option.value: option.label for option in field.kind.options}
        chosen = value.split(",") if isinstance(field.kind, Several) and value else [value]
        return str(t.listed(Markup(labels.get(each, each)) for each in chosen))
    if isinstance(field.kind, Number) and value.lstrip("-").isdecimal():
        return f"{int(value):,}"
    if isinstance(field.kind, Upload) and value:
        return field.kind.read(value).name
    return value


async def with_people(context: Context, fields: tuple[Field, ...], platform: str) -> tuple[Field, ...]:
    """Return fields with the people whom they name, as the platform knows them; who is gone is named no more."""
    return tuple([await _with_person(context, each, platform) for each in fields])


async def _with_person(context: Context, field: Field, platform: str) -> Field:
    if not isinstance(field.kind, Someone) or not field.value or not field.value.startswith("#"):
        return field
    number = int(field.value.removeprefix("#"))
    member = (await context.unit.members.many([number])).get(number)
    if member is None or member.erased_at is not None or member.community_id != context.community.id:
        return replace(field, value=None, shown="")
    accounts = await context.unit.members.accounts_of([number])
    account = next((each for each in accounts if each.platform == platform), None)
    person = None if account is None else Person(account.external_id, member.name)
    return replace(field, person=person, shown=name_of(context.t, member))


async def settled(context: Context, command: Command, field: Field, raw: str) -> str:
    """Return an answer as it is kept: members by number, options by value, nothing for what may be left out.

    Raise BadInput or NotFound with what was expected.
    """
    raw = raw.strip()
    if isinstance(field.kind, Upload):
        return _handed_over(context, field, field.kind, raw)
    if not raw:
        if field.required:
            raise BadInput("error-missing", option=field.label, usage=Markup(""))
        return ""
    parameter = next(each for each in command.fields if each.name == field.name)
    value = await read_one(context, command, parameter, raw)
    if isinstance(field.kind, Someone):
        return f"#{value.id}"
    return field.kind.value_of(raw) if isinstance(field.kind, Choice) else raw


def _handed_over(context: Context, field: Field, kind: Upload, raw: str) -> str:
    """Return the file that came with an answer as it is kept; what is only written names none."""
    call = context.call
    given: Attachment | None = None
    if isinstance(call, FormSent):
        given = call.attachments.get(field.name)
        if given is None and field.value:
            return field.value
    elif isinstance(call, WroteDirectly):
        given = call.attachment
    if given is not None:
        return kind.take(given, option=field.label)
    if raw or field.required:
        raise BadInput("error-file-missing", option=field.label)
    return ""


def field_named(fields: tuple[Field, ...], name: str) -> Field:
    """Return a field by its name; raise NotFound where a newer version has no such field."""
    for each in fields:
        if each.name == name:
            return each
    raise NotFound("error-button-gone")
