"""A form on Discord: a modal, which must be the first answer to whoever presses its button, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.platforms.discord.known import NAME, Payload
from core.domain.forms import Choice, Day, Field, Form, Number, Several, Someone, Text, Upload
from core.domain.message import Attachment

FIELDS = 5  # in a modal
WAITS = 1.5  # seconds: after three Discord takes no modal
LABEL, TEXT, SELECT, USER, FILE, RADIO, CHECKBOXES = 18, 4, 3, 5, 19, 21, 22
ONE_LINE, PARAGRAPH = 1, 2
_TITLE, _HELP, _TEXT, _OPTION = 45, 100, 4_000, 100  # signs that Discord takes
_RADIOS, _OPTIONS = 10, 25
_NUMBER = 20  # signs of the longest number
_WIDE = 10**9  # a range beyond is as good as none

Component = dict[str, Any]


def modal(form: Form) -> Component:
    """Return a form as Discord shows it."""
    components = [
        {
            "type": LABEL,
            "label": field.label[:_TITLE],
            **({"description": field.help[:_HELP]} if field.help else {}),
            "component": {"custom_id": field.name, "required": field.wanted, **_control(field)},
        }
        for field in form.fields
    ]
    return {"custom_id": form.token, "title": form.title[:_TITLE], "components": components}


def _control(field: Field) -> Component:
    match field.kind:
        case Choice(options) if 1 < len(options) <= _RADIOS and not isinstance(field.kind, Several):
            return {"type": RADIO, "options": _options(field)}
        case Choice(options) if len(options) <= _OPTIONS:
            several = isinstance(field.kind, Several)
            bounds = {"min_values": int(field.required), "max_values": len(options) if several else 1}
            kind = CHECKBOXES if several and len(options) <= _RADIOS else SELECT
            return {"type": kind, "options": _options(field), **bounds}
        case Someone():
            known = [] if field.person is None else [{"id": field.person.id, "type": "user"}]
            return {"type": USER, "min_values": int(field.required), "max_values": 1, "default_values": known}
        case Upload():
            return {"type": FILE, "min_values": int(field.wanted), "max_values": 1}
    typed = _typed(field)
    return {"type": TEXT, **typed, **({"value": field.value[: typed["max_length"]]} if field.value else {})}


def _options(field: Field) -> list[Component]:
    kind = field.kind
    chosen = (field.value or "").split(",")
    options = kind.options if isinstance(kind, Choice) else ()
    return [{"label": each.label[:_OPTION], "value": each.value, "default": each.value in chosen} for each in options]


def _typed(field: Field) -> Component:
    """Return what Discord checks of a text while it is typed, and shows in an empty one."""
    match field.kind:
        case Text(limit, long):
            return {"style": PARAGRAPH if long else ONE_LINE, "max_length": min(limit, _TEXT)}
        case Number(low, high):
            shown = {"placeholder": f"{low:,} – {high:,}"} if high - low < _WIDE else {}
            return {"style": ONE_LINE, "max_length": _NUMBER, **shown}
        case Day():
            return {"style": ONE_LINE, "max_length": _NUMBER, "placeholder": "2026-12-24"}
    return {"style": ONE_LINE, "max_length": _TEXT}


def values_of(inner: Payload) -> dict[str, str]:
    """Return what was filled in, by field: options with commas between them, people as mentions."""
    return {each["custom_id"]: _value(each) for each in _controls(inner["components"])}


def attachments_of(inner: Payload) -> dict[str, Attachment]:
    """Return the files that were handed over, by field; Discord names them beside the form."""
    resolved = (inner.get("resolved") or {}).get("attachments") or {}
    found = {
        each["custom_id"]: resolved[each["values"][0]]
        for each in _controls(inner["components"])
        if each["type"] == FILE and each.get("values")
    }
    return {
        field: Attachment(NAME, str(file["url"]), str(file["filename"]), int(file.get("size") or 0))
        for field, file in found.items()
    }


def _controls(components: Any) -> Iterator[Payload]:
    for each in components:
        yield from [each["component"]] if "component" in each else each.get("components", ())


def _value(control: Payload) -> str:
    if control["type"] == USER:
        return "".join(f"<@{user}>" for user in control.get("values") or ())
    if control["type"] == FILE:
        return ""
    if "values" in control:
        return ",".join(control["values"] or ())
    return str(control.get("value") or "")
