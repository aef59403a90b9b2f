"""Whatever people type into any option of any command: one line in answer, never a fault, never an event put aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, get_args, get_origin

import pytest
from structlog.testing import capture_logs

from core.domain.events import ButtonPressed, CommandCalled
from core.domain.people import Member, Person, Rights
from core.engine import discover
from core.kit.arguments import optional
from core.kit.declare import Command, Parameter
from core.store.buttons import ButtonState
from tests.world import World
from tests.world.strings import ODD

FAULT = re.compile("K-[0-9A-F]{4}")


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


def tries(command: Command) -> list[dict[str, Any]]:
    """Return calls with something odd in one option and something plain in the others, or in the words after it."""
    usual = {each.name: plain(each) for each in command.parameters}
    given: list[dict[str, Any]] = [{"options": {**usual, name: odd}} for name in usual for odd in ODD]
    first = " ".join(list(usual.values())[:1])
    return given + [{"text": f"{first} {odd} {odd}" if number % 2 else odd} for number, odd in enumerate(ODD)]


@contextmanager
def without_fault(world: World, calls: int) -> Iterator[None]:
    """See to it that every one of so many calls is answered, by no fault, and that nothing is logged as one."""
    before = len(world.sent)
    with capture_logs() as logged:
        yield
    assert [each for each in logged if each["log_level"] in {"error", "critical"}] == []
    said = [each.outgoing.text for each in world.sent[before:]]
    assert [text for text in said if FAULT.search(text)] == []
    assert len(said) >= calls


async def nothing_parked(world: World) -> None:
    async with world.store.read() as unit:
        assert await unit.parked.all() == []


async def test_odd_options_are_no_fault(world: World) -> None:
    await world.say("ben", "hello")
    world.moderator("ana", Rights.OWNER)
    for name, command in sorted(discover().commands.items()):
        given = tries(command)
        with without_fault(world, len(given)):
            await world.hand_in(
                *(called(world, f"{name}:{number}", name, "ana", **each) for number, each in enumerate(given))
            )
            await world.engine.answer()
            await world.deliver()
    await nothing_parked(world)


async def test_odd_names_are_no_fault(world: World) -> None:
    calls = [called(world, f"a:{number}", odd, "ana", text=odd) for number, odd in enumerate(ODD)]
    calls += [called(world, f"b:{number}", "me", odd) for number, odd in enumerate(ODD)]
    with without_fault(world, len(calls)):
        await world.hand_in(*calls)
    await nothing_parked(world)


@pytest.mark.parametrize("direct", [False, True])
async def test_odd_buttons_are_no_fault(world: World, direct: bool) -> None:
    await world.open("far", "Elsewhere")
    await world.say("ben", "hello", space="far")
    await world.say("ana", "/leaderboard")
    ours = world.sent[-1].outgoing.buttons[0][-1].token
    await world.say("ana", "/points")  # whose buttons are Ana's alone
    theirs = next(button.token for row in world.sent[-1].outgoing.buttons for button in row if button.token)
    tokens = [*ODD, ours, theirs, ours[:-1], ours + ours, ours.swapcase(), "of-an-older-version", "odd-options"]
    here = (await world.community()).id
    async with world.store.begin() as unit:
        until = world.clock.now().replace(year=2027)
        await unit.buttons.add(
            [
                ButtonState("of-an-older-version", here, None, "gone", {}, True, until),
                ButtonState("odd-options", here, None, "points", {"nobody-knows": "x"}, True, until),
            ]
        )
    for spell, space in (("at once", "home"), ("elsewhere", "far"), ("expired", "home")):
        if spell == "expired":
            await world.advance(days=3)
        presses = [
            ButtonPressed(
                platform=world.default,
                key=f"{spell}:{number}",
                space=space,
                at=world.clock.now(),
                actor=Person("ben", "Ben"),
                token=token,
                direct=direct,
            )
            for number, token in enumerate(tokens)
        ]
        with without_fault(world, len(presses)):
            await world.hand_in(*presses)
    await nothing_parked(world)


def called(world: World, key: str, name: str, who: str, **given: Any) -> CommandCalled:
    return CommandCalled(
        platform=world.default,
        key=f"odd:{key}",
        space="home",
        at=world.clock.now(),
        actor=Person(key if who != "ana" else who, who),
        name=name,
        **given,
    )
