"""Fills in Discord's modals, as its clients let people do: what is required, how long, and which options there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcord.backend import serializers
from simcord.backend.models import Interaction, User
from simcord.enums import ComponentType, InteractionType

from tests.world.discord_server import DiscordServer


def controls(opened: Interaction) -> dict[str, dict[str, Any]]:
    """Return the controls of the modal that a press was answered with, by field."""
    assert opened.modal is not None, "no modal was shown"
    return {_field(label["component"]): label["component"] for label in opened.modal["components"]}


def _field(control: Mapping[str, Any]) -> str:
    return str(control["custom_id"]).rpartition(".")[2]


def labels(opened: Interaction) -> list[str]:
    """Return what the modal calls its fields."""
    assert opened.modal is not None, "no modal was shown"
    return [label["label"] for label in opened.modal["components"]]


def fill_in(server: DiscordServer, user: User, opened: Interaction, values: Mapping[str, Any]) -> Interaction:
    """Send a modal: text, options by value, people as users, files as name and size; the rest stays as it was shown."""
    room = server.backend.get_channel(opened.channel_id)
    assert set(values) <= set(controls(opened))
    resolved: dict[str, Any] = {}
    components = []
    for label in opened.modal["components"] if opened.modal else ():
        control = label["component"]
        given = values.get(_field(control))
        sent = {
            "type": control["type"],
            "custom_id": control["custom_id"],
            **_given(server, room, control, given, resolved),
        }
        components.append({"type": label["type"], "component": sent})
    assert opened.modal is not None
    data: dict[str, Any] = {"custom_id": opened.modal["custom_id"], "components": components}
    data |= {"resolved": resolved["resolved"]} if resolved else {}
    extra: dict[str, Any] = {"locale": "en-US"}
    if opened.source_message_id is not None:
        shown = server.backend.get_message(opened.channel_id, opened.source_message_id)
        extra["message"] = dict(serializers.message_payload(server.backend, shown))
    kind = InteractionType.MODAL_SUBMIT
    return server._interact(kind, room, user.id, data, extra=extra, source=opened.source_message_id)


def _given(server: DiscordServer, room: Any, control: Mapping[str, Any], given: Any, resolved: dict[str, Any]) -> Any:
    match ComponentType(control["type"]):
        case ComponentType.TEXT_INPUT:
            text = control.get("value", "") if given is None else given
            assert text or not control["required"], control
            assert len(text) <= control["max_length"], control
            return {"value": text}
        case ComponentType.USER_SELECT:
            chosen = [each["id"] for each in control["default_values"]] if given is None else [str(u.id) for u in given]
            for each in chosen:
                server._resolve_user(int(each), room, resolved)
            return {"values": chosen}
        case ComponentType.FILE_UPLOAD:
            assert given or not control["required"], control
            return {"values": [_uploaded(server, resolved, *each) for each in given or ()]}
        case ComponentType.RADIO_GROUP:
            chosen = list(_chosen(control, None if given is None else [given]))
            return {"value": next(iter(chosen), None)}
    return {"values": list(_chosen(control, given))}


def _uploaded(server: DiscordServer, resolved: dict[str, Any], name: str, size: int) -> str:
    """Upload a file, and return the id that the form names it by."""
    file = server.upload(name, b"%" * size)
    key = str(file["id"])
    resolved.setdefault("resolved", {}).setdefault("attachments", {})[key] = file
    return key


def _chosen(control: Mapping[str, Any], given: Any) -> Iterator[str]:
    options = {each["value"]: each.get("default", False) for each in control["options"]}
    assert given is None or set(given) <= set(options), control
    yield from given if given is not None else (value for value, default in options.items() if default)
