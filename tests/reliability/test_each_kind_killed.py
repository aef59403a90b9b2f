"""Killed wherever something is committed, before and after: a run of each kind is finished once, as if never killed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.domain.events import ButtonPressed, FormSent
from core.domain.outgoing import ASKS, Edit
from core.domain.plans import Plan
from core.engine import discover
from core.store.tables import metadata
from core.store.tables.base import Instant
from core.store.tables.ledger import ledger
from core.store.tables.tasks import tasks
from tests.flow.test_activity_kinds import GIVEN
from tests.flow.test_renewal import pay
from tests.flow.test_season import WRITTEN
from tests.reliability.mortal import MortalWorld
from tests.world.activities import set_up, with_people
from tests.world.platform import Sent
from tests.world.postgres import emptied
from tests.world.stores import opened
from tests.world.turns import DATABASES

PEOPLE = ("ana", "bo")
HOURS = (1, 5, 6 * 24)  # begun, over, and what comes of it in the days after
LEAST = 15  # places where it is killed
ROUNDS = 2  # of presses: what is said to a press may have buttons itself
PASSING = {"attempts", "token", "token_hash", "sealed"}  # says how often it was tried, or is drawn anew


async def lived(url: str, kind: str, *, mortal: bool) -> dict[str, Any]:
    """Let a run of a kind be begun, pressed, ended and what comes after be done; return all that is there then."""
    async with opened(url) as store:
        world = MortalWorld(store)
        await world.open()
        await with_people(world, *PEOPLE)
        async with store.begin() as unit:
            await unit.members.open_chats("fake", PEOPLE, world.clock.now())
            await unit.plans.add((await world.community()).id, Plan(name="Club"), world.clock.now())
        for who in PEOPLE:
            await pay(world, who, who, 7)
        await set_up(world, f"{kind} mon 10:00 {GIVEN[kind]}")
        await world.come_to(world.clock.now())  # what has nothing to do with it
        began, world.mortal, seen = world.clock.now(), mortal, len(world.sent)
        for hours in HOURS:
            await world.come_to(began + timedelta(hours=hours))
            for _ in range(ROUNDS):
                new, seen = world.sent[seen:], len(world.sent)
                for sent in new:
                    await pressed(world, sent)
        assert len(world.been) > LEAST if mortal else not world.been
        return await found(world)


async def pressed(world: MortalWorld, sent: Sent) -> None:
    """Let each of those who see a message press one of its buttons."""
    tokens = [button.token for row in sent.outgoing.buttons for button in row if button.token]
    who = [sent.outgoing.to] if sent.outgoing.to else PEOPLE
    for at, each in enumerate(who if tokens else ()):
        token = tokens[at % len(tokens)]
        place: dict[str, Any] = {
            "space": sent.outgoing.space or "direct",
            "room": sent.outgoing.room,
            "message": sent.id,
        }
        place |= {"direct": sent.outgoing.direct, "token": token}
        if token.startswith(ASKS):
            await world.happen(FormSent, each, values=WRITTEN, **place)
        else:
            await world.happen(ButtonPressed, each, **place)


async def found(world: MortalWorld) -> dict[str, Any]:
    """Return the rows of each table, and what a platform shows, without when that was."""
    there: dict[str, Any] = {}
    async with world.store.read() as unit:
        for table in [each for each in metadata.sorted_tables if each is not tasks]:
            kept = [each for each in table.c if not isinstance(each.type, Instant) and each.name not in PASSING]
            rows = await unit.connection.execute(select(*kept))
            there[table.name] = Counter(_timeless(repr(tuple(row))) for row in rows)
        mine = select(tasks.c.action, tasks.c.subject, tasks.c.state).where(tasks.c.subject != "")
        there["tasks"] = Counter(map(tuple, await unit.connection.execute(mine)))
        there["amounts"] = Counter(await unit.connection.scalars(select(ledger.c.amount)))
    platform = world.platforms["fake"]
    there["sent"] = Counter(_timeless(f"{each.outgoing.to} {each.outgoing.text}") for each in platform.sent)
    shown = {each.message: each.content.text for each in platform.changed if isinstance(each, Edit) and each.content}
    there["shown"] = {message: _timeless(text) for message, text in shown.items()}
    there["changed"] = Counter((each.message, type(each).__name__) for each in platform.changed)
    there["rest"] = platform.gone, platform.calendar.keys(), [poll.question for poll in platform.polls]
    return there


def _timeless(text: str) -> str:
    """Leave out times, and what buttons are known by."""
    text = re.sub(r'"token": "[^"]*"', "", text)
    return re.sub(r"\d\d:\d\d(:\d\d)?|\d{10}(\.\d+)?", "·", text)


def _unnumbered(there: dict[str, Any]) -> dict[str, Any]:
    """Leave out the numbers of rows: PostgreSQL gives none twice, be it that a row was rolled back."""
    kept = {"sent", "amounts"}
    gone, calendar, polls = there["rest"]
    counts = {name: each.total() for name, each in there.items() if isinstance(each, Counter) and name not in kept}
    tasks_left = Counter((action, state) for action, _, state in there["tasks"].elements())
    changed = Counter(kind for _, kind in there["changed"].elements())
    return {
        **counts,
        **{name: there[name] for name in kept},
        "shown": sorted(there["shown"].values()),
        "changed": changed,
        "tasks": tasks_left,
        "rest": (len(gone), len(calendar), polls),
    }


@pytest.fixture(params=DATABASES)
def anew(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> Callable[[], str]:
    """Give what gives an empty database each time it is called."""
    numbers = count()

    def made() -> str:
        if request.param == "postgresql":
            return emptied(request.getfixturevalue("postgres"))
        path = tmp_path / f"{next(numbers)}.db"
        path.write_bytes(sqlite_template.read_bytes())
        return f"sqlite:///{path}"

    return made


@pytest.mark.parametrize("kind", sorted(discover().kinds))
async def test_killed_anywhere_a_run_is_finished_once(
    kind: str, anew: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda size: "5" * 2 * size)  # what a raffle draws by
    never, everywhere = [await lived(anew(), kind, mortal=mortal) for mortal in (False, True)]
    if anew().startswith("postgresql"):
        never, everywhere = _unnumbered(never), _unnumbered(everywhere)
    for each in never:
        assert everywhere[each] == never[each], each
