"""A form on Discord: a modal, which must be the first answer to whoever presses its button, and what comes back."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from bot.platforms.discord.known import NAME, Payload
from core.domain.forms import MEGABYTE, Choice, Day, Field, Form, Number, Several, Someone, Text, Upload
from core.domain.message import Attachment

FIELDS = 5  # in a modal
SUBMITTED = 5  # type of an interaction
WAITS = 1.5  # seconds: after three Discord takes no modal
LABEL, TEXT, SELECT, USER, FILE, RADIO, CHECKBOXES = 18, 4, 3, 5, 19, 21, 22
ONE_LINE, PARAGRAPH = 1, 2
_TITLE, _HELP, _TEXT, _OPTION = 45, 100, 4_000, 100  # signs that Discord takes
_RADIOS, _OPTIONS = 10, 25
_NUMBER = 20  # signs of the longest number
_LASTING = "lasting"  # how the id of a control begins whose file is shown again later; then what it takes, its name
_SIGNS = 2
_KEPT = "kept"  # beside a file: where Kith keeps it
_WIDE = 10**9  # a range beyond is as good as none

Component = dict[str, Any]


def modal(form: Form) -> Component:
    """Return a form as Discord shows it."""
    components = [
        {
            "type": LABEL,
            "label": field.label[:_TITLE],
            **({"description": field.help[:_HELP]} if field.help else {}),
            "component": {"custom_id": _custom_id(field), "required": field.wanted, **_control(field)},
        }
        for field in form.fields
    ]
    return {"custom_id": form.token, "title": form.title[:_TITLE], "components": components}


def _custom_id(field: Field) -> str:
    kind = field.kind
    if not isinstance(kind, Upload) or not kind.lasting:
        return field.name
    marks = "".join(map(_mark, kind.types))
    return f"{_LASTING}.{kind.megabytes}.{marks}.{field.name}"


def _mark(ending: str) -> str:
    """Return two signs for how a file's name ends: all that a field takes must fit into an id."""
    return urlsafe_b64encode(sha256(ending.lower().encode()).digest()).decode()[:_SIGNS]


def _name(control: Payload) -> str:
    return str(control["custom_id"]).rpartition(".")[2]


def _lasts(control: Payload, file: Payload) -> bool:
    """Say whether a file is shown again later: not one of the wrong kind or size, which its field will refuse."""
    match str(control["custom_id"]).split("."):
        case [begins, megabytes, marks, _] if begins == _LASTING:
            mark = _mark(str(file["filename"]).rpartition(".")[2])
            takes = {marks[at : at + _SIGNS] for at in range(0, len(marks), _SIGNS)}
            return mark in takes and int(file.get("size") or 0) <= int(megabytes) * MEGABYTE
        case [begins, _]:  # as it was shown before ids said what a field takes
            return begins == _LASTING
    return False


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
    return {_name(each): _value(each) for each in _controls(inner["components"])}


def attachments_of(inner: Payload) -> dict[str, Attachment]:
    """Return the files that were handed over, by field; what isn't kept elsewhere goes away after a day."""
    return {
        _name(control): Attachment(
            NAME,
            str(file.get(_KEPT) or file["url"]),
            str(file["filename"]),
            int(file.get("size") or 0),
            passing=_KEPT not in file,
        )
        for control, file in _files(inner)
    }


def lasting_of(data: Payload) -> list[Payload]:
    """Return the files of a form that are shown again later; none where an interaction is none, or can't be read.

    What its field will refuse is none of them: it would be kept for nobody.
    """
    try:
        if data["type"] != SUBMITTED:
            return []
        found = [file for control, file in _files(data["data"]) if _lasts(control, file)]
        return [file for file in found if file["id"] and file["url"] and file["filename"]]
    except (KeyError, TypeError, AttributeError, ValueError):
        return []


def with_reference(data: Payload, file: str, reference: str) -> Payload:
    """Return a form that was sent with where one of its files is kept."""
    inner, resolved = data["data"], data["data"]["resolved"]
    files = resolved["attachments"]
    files = {**files, file: {**files[file], _KEPT: reference}}
    return {**data, "data": {**inner, "resolved": {**resolved, "attachments": files}}}


def _files(inner: Payload) -> Iterator[tuple[Payload, Payload]]:
    """Yield the controls that hold a file, with it: Discord names those beside the form."""
    resolved = (inner.get("resolved") or {}).get("attachments") or {}
    for each in _controls(inner["components"]):
        if each["type"] == FILE and each.get("values"):
            yield each, resolved[each["values"][0]]


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
