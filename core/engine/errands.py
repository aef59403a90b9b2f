"""Works out what takes too long to answer at once, outside the unit of work in which it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from core.domain.errors import KithError
from core.domain.events import CommandCalled
from core.domain.message import Reply
from core.domain.people import Person, Rights
from core.engine.calls import Caller, fault
from core.engine.due import Heavy, roll_up
from core.kit.context import Context
from core.kit.declare import Work
from core.store.errands import Errand
from core.store.unit import DatabaseDown, Store, UnitOfWork

LONGEST = 120.0  # seconds that somebody waits for an answer
Callers = Callable[[UnitOfWork], Caller]


async def run_errands(store: Store, caller: Callers, now: datetime, heavy: Heavy) -> int:
    """Run the errands that wait, one by one, and return how many that were.

    One that only reads holds nothing while it is worked out; its answer is written in a unit of work of its own.
    """
    async with store.read() as unit:
        if not await unit.errands.any(now):
            return 0
    async with store.begin() as unit:
        claimed = await unit.errands.claim(now)
    for community_id in {errand.community_id for errand in claimed}:
        await roll_up(store, community_id)
    for errand in claimed:
        await _run(store, caller, errand, now, heavy)
    return len(claimed)


async def _run(store: Store, caller: Callers, errand: Errand, now: datetime, heavy: Heavy) -> None:
    event = _event(errand, now)
    context: Context | None = None
    reply: Reply | Work
    try:
        async with store.begin() if errand.writes else store.read() as unit:
            context = await caller(unit).again(errand, event)
            reply = await caller(unit).call(context, errand.command, errand.options)
            if errand.writes:
                if not isinstance(reply, Reply):
                    raise TypeError(f"/{errand.command} writes, and can't put work off")
                await caller(unit).write(context, event, reply)
                await unit.errands.done(errand.id)
                return
        if isinstance(reply, Work):
            result = await asyncio.wait_for(heavy(reply), LONGEST)
            async with store.begin() as unit:
                await unit.lock(errand.community_id)
                context = await caller(unit).again(errand, event)
                answer = await caller(unit).answered(context, errand.command, reply.save(context, result))
                await caller(unit).write(context, event, answer)
                await unit.errands.done(errand.id)
            return
    except DatabaseDown:
        raise
    except Exception as error:
        if context is None:
            async with store.begin() as unit:
                await unit.errands.done(errand.id)  # whoever asked is gone
            return
        context.forget()
        said = context.t.error(error) if isinstance(error, KithError) else fault(context, errand.command)
        reply = Reply(said, private=True)
    assert isinstance(reply, Reply)  # noqa: S101  Work went its own way above
    async with store.begin() as unit:
        await caller(unit).write(context, event, reply)
        await unit.errands.done(errand.id)


def _event(errand: Errand, now: datetime) -> CommandCalled:
    asked = dict(errand.asked)
    return CommandCalled(
        key=f"errand:{errand.id}",
        at=now,
        actor=Person(asked.pop("person"), asked.pop("person_name")),
        rights=Rights(asked.pop("rights")),
        name=errand.command,
        options=errand.options,
        **asked,
    )
