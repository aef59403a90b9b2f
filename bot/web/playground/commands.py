"""What the composer completes after "/": every command with its options, in the words of the catalogues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, get_args, get_origin

from core.domain.people import Member, Rights
from core.kit.arguments import optional
from core.kit.declare import Command, Parameter
from core.kit.suggesting import suggests
from core.kit.texts import Texts

FIRST = ("me", "leaderboard", "points", "checkin", "thanks", "tier", "redeem", "start", "help")


def to_try(commands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return `commands` with those first that show most; a moderator's before the rest."""
    places = {name: place for place, name in enumerate(FIRST)}

    def place(command: dict[str, Any]) -> tuple[int, int, str]:
        rank = places.get(command["name"], len(FIRST))
        return (rank, command["rights"] == Rights.MEMBER, command["name"])

    return sorted(commands, key=place)


def completions(commands: Iterable[Command], rights: Rights, texts: Texts) -> list[dict[str, Any]]:
    """Return the commands that somebody with `rights` may call, as plain data for the page."""
    return [
        {
            "name": command.name,
            "help": texts.plain(f"command-{command.name}"),
            "rights": command.rights.value,
            "options": [_option(command, parameter, texts) for parameter in command.parameters],
        }
        for command in commands
        if rights.covers(command.rights)
    ]


def _option(command: Command, parameter: Parameter, texts: Texts) -> dict[str, Any]:
    kind, limits = optional(parameter.annotation)
    key = f"option-{command.name}-{parameter.name}"
    option: dict[str, Any] = {
        "parameter": parameter.name,
        "name": texts.plain(f"{key}-name"),
        "help": texts.plain(key),
        "required": parameter.required,
        "kind": "member" if kind is Member else "number" if kind is int else "text",
        "choices": [],
    }
    if get_origin(kind) is Literal:
        option["kind"] = "choice"
        option["choices"] = [str(choice) for choice in get_args(kind)]
    elif kind is not Member and suggests(parameter):
        option["kind"] = "suggested"
    if limits is not None and kind is int:
        option["low"], option["high"] = limits.low, limits.high
    return option
