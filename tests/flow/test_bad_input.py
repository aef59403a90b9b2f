"""Whatever people type into any option of any command: one line in answer, never a fault, never an event put aside."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args, get_origin

import pytest

from core.domain.events import CommandCalled
from core.domain.people import Member, Person, Rights
from core.engine import discover
from core.kit.arguments import optional
from core.kit.declare import Command, Parameter
from tests.world import World

FAULT = re.compile("K-[0-9A-F]{4}")
ODD = ("\x00", "a\x00b", "#²", "#99999999999999999999", "9" * 5_000, "\ud800", "💥" * 300, "%s {x} { $x }", "「")


def plain(parameter: Parameter) -> str:
    """Return something that this option takes."""
    kind, limits = optional(parameter.annotation)
    if kind is Member:
        return "Ben"
    if kind is int:
        return str(limits.low if limits else 1)
    if get_origin(kind) is Literal:
        return str(get_args(kind)[0])
    return "word"


def tries(command: Command) -> list[dict[str, str]]:
    """Return calls with something odd in one option and something plain in the others."""
    shown = list(command.shown)
    return [{**{each.name: plain(each) for each in shown}, odd_one.name: odd} for odd_one in shown for odd in ODD]


@pytest.mark.parametrize("name", sorted(discover().commands))
async def test_odd_options_are_no_fault(world: World, name: str) -> None:
    await world.say("ben", "hello")
    world.moderator("ana", Rights.OWNER)
    command = discover().commands[name]
    given = [{"options": options} for options in tries(command)]
    given += [{"text": text} for odd in ODD for text in (odd, f"{odd} {odd} {odd}")]
    calls = [called(world, number, name, "ana", **each) for number, each in enumerate(given)]
    await world.hand_in(*calls)
    await world.engine.errands()
    await world.deliver()
    faults = [each.outgoing.text for each in world.sent if FAULT.search(each.outgoing.text)]
    assert faults == []
    assert len(world.sent) >= len(calls)
    async with world.store.read() as unit:
        assert await unit.parked.all() == []


async def test_odd_names_are_no_fault(world: World) -> None:
    calls = [called(world, number, odd, "ana", text=odd) for number, odd in enumerate(ODD)]
    calls += [called(world, 100 + number, "me", odd) for number, odd in enumerate(ODD)]
    await world.hand_in(*calls)
    assert not [each.outgoing.text for each in world.sent if FAULT.search(each.outgoing.text)]
    async with world.store.read() as unit:
        assert await unit.parked.all() == []


def called(world: World, number: int, name: str, who: str, **given: Any) -> CommandCalled:
    return CommandCalled(
        platform=world.default,
        key=f"odd:{number}",
        space="home",
        at=world.clock.now(),
        actor=Person(str(number) if who != "ana" else who, who),
        name=name,
        **given,
    )
