"""What somebody puts into any command is in no table and no log once those whom it concerns are erased."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Literal, get_args, get_origin

import pytest
import structlog
from sqlalchemy import insert

from bot.log import set_up
from core.domain.events import CommandCalled
from core.domain.people import Member, Person, Rights
from core.domain.points import Entry, Reason
from core.engine.registry import Registry, discover
from core.kit.arguments import optional
from core.kit.declare import Command
from core.store.tables import metadata
from core.store.tables.ledger import ledger_rows
from tests.world import World

MARK = "zqx"
# What owners name here is the community's own, as its rules are: it concerns nobody and stays.
COMMUNITYS_OWN = {"shop", "tiers"}
# What somebody says of themself is theirs: it goes with them, not with others.
ONES_OWN = {"interests"}
REGISTRY: Registry = discover()
COMMANDS = sorted(REGISTRY.commands)


def mark(command: str) -> str:
    return f"{MARK}-{command}-mark"


def value(command: Command, annotation: Any) -> str:
    """Return something that an option takes, with the mark where it takes words."""
    kind, limits = optional(annotation)
    if kind is Member:
        return "@ana"
    if kind is int:
        return str(limits.low if limits else 1)
    return str(get_args(kind)[0]) if get_origin(kind) is Literal else mark(command.name)


def calls(command: Command) -> Iterator[dict[str, Any]]:
    """Yield ways to call a command: each option as it should be, the mark in each, the mark for everything."""
    good = {each.name: value(command, each.annotation) for each in command.parameters}
    yield {"options": good}
    for name in good:
        yield {"options": {**good, name: mark(command.name)}}
    yield {"text": " ".join([*good.values(), mark(command.name)])}
    yield {"text": mark(command.name)}


async def left(world: World) -> dict[str, set[str]]:
    """Return the commands whose mark is still in a table, by table."""
    found: dict[str, set[str]] = {}
    async with world.store.read() as unit:
        for table in metadata.sorted_tables:
            rows = str([tuple(row) for row in await unit.connection.execute(table.select())])
            if some := {name for name in COMMANDS if mark(name) in rows} - COMMUNITYS_OWN:
                found[table.name] = some
    return found


async def erase(world: World, who: str) -> None:
    await world.say(who, "/forgetme", direct=True)
    await world.press(who, "Erase everything", direct=True)


async def test_no_word_put_into_a_command_outlives_whom_it_concerns(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(json=False, secrets=[])
    world.moderator("olga", Rights.OWNER)
    await world.say("ana", "hello")
    await world.say("olga", "hello")
    await world.advance(hours=1)
    for name in COMMANDS:
        for given in calls(REGISTRY.commands[name]):
            mentions = {"@ana": Person("ana", "Ana")}
            await world.happen(CommandCalled, "olga", name=name, mentions=mentions, **given)
            await world.advance(minutes=2)
    assert {"grant", "take"} <= (await left(world))["audit"]
    await erase(world, "ana")
    assert set().union(*(await left(world)).values()) <= ONES_OWN
    await world.say("olga", "/audit", direct=True)
    assert mark("grant") not in world.last
    assert mark("take") not in world.last
    await world.say("olga", "/mydata", direct=True)
    export = world.sent[-1].outgoing.file
    assert export is not None
    assert {name for name in COMMANDS if mark(name) in export.content.decode()} <= COMMUNITYS_OWN | ONES_OWN
    logging.getLogger("tests").warning("this would be seen")
    said = capsys.readouterr().err
    assert "this would be seen" in said
    assert MARK not in said


async def test_no_word_outlives_who_wrote_it(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    for who in ("ana", "olga"):
        await world.say(who, "hello")
    await world.say("olga", f"/grant @ana 5 {mark('grant')}")
    await erase(world, "olga")
    assert await left(world) == {}
    await world.say("ana", "/points")
    assert "+5 given by somebody" in world.last


@pytest.mark.parametrize("json", [True, False])
async def test_a_fault_logs_where_it_came_from_and_not_what_people_wrote(
    world: World, capsys: pytest.CaptureFixture[str], json: bool
) -> None:
    set_up(json=json, secrets=[])
    await world.say("ana", "hello")
    await world.say("olga", "hello")
    community, ana = await world.community(), await world.member("ana")
    log = structlog.get_logger()
    no_amount: Any = None

    async def refused(amount: int) -> None:
        async with world.store.begin() as unit:
            account = (await unit.members.accounts_of([ana.id]))[0]
            entry = Entry(account.id, amount, Reason.GRANT, "grant:1", world.clock.now(), 0, mark("grant"))
            row = {"community_id": community.id, **asdict(entry)}
            await unit.connection.execute(insert(ledger_rows), [row, row])

    for wrong in (no_amount, 5):  # a row that lacks something, and one that is there
        try:
            await refused(wrong)
        except Exception:
            log.exception("command failed")
            logging.getLogger("other").exception("failed")
    try:
        int(mark("points"))
    except ValueError as error:
        try:
            raise KeyError(mark("points")) from error
        except KeyError:
            log.exception("command failed")
    try:
        raise ConnectionRefusedError(111, "Connection refused")
    except OSError:
        log.exception("no connection")
    said = capsys.readouterr().err
    assert said.count("IntegrityError") >= 4
    assert "test_nothing_left.py" in said
    assert "ValueError" in said
    assert "Connection refused" in said
    assert MARK not in said
