"""Works out what takes too long to answer at once, outside the unit of work in which it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from core.domain.clock import Clock
from core.domain.errors import KithError
from core.domain.events import CommandCalled
from core.domain.message import Reply
from core.domain.people import Person, Rights
from core.domain.tasks import Task
from core.engine.calls import Caller, fault
from core.engine.news import roll_up
from core.kit.context import Context
from core.kit.declare import Work
from core.store.tasks import Lost
from core.store.unit import DatabaseDown, Store, UnitOfWork

LONGEST = 120.0  # seconds that somebody waits for an answer


@dataclass(slots=True)
class Answers:
    """Answer commands that were put off."""

    store: Store
    caller: Callable[[UnitOfWork], Caller]
    clock: Clock
    heavy: Callable[[Work], Awaitable[Any]]

    async def work_out(self, task: Task) -> None:
        """Call a command again and write its answer down; whatever goes wrong ends in one line to the person.

        One that only reads holds nothing while it is worked out; its answer is written in a unit of work of its own.
        """
        await roll_up(self.store, task.community_id)
        event = _event(task, self.clock)
        context: Context | None = None
        writes = task.params["writes"]
        try:
            async with self.store.begin() if writes else self.store.read() as unit:
                context = await self.caller(unit).again(task, event)
                answer = await self.caller(unit).call(context, task.subject, task.params["options"])
                if writes:
                    if not isinstance(answer, Reply):
                        raise TypeError(f"/{task.subject} writes, and can't put work off")
                    await self._end(unit, task, context, event, answer)
                    return
            if isinstance(answer, Work):
                result = await asyncio.wait_for(self.heavy(answer), LONGEST)
                async with self.store.begin() as unit:
                    await unit.lock(task.community_id)
                    context = await self.caller(unit).again(task, event)
                    saved = answer.save(context, result)
                    reply = await self.caller(unit).answered(task.subject, task.params["options"], saved)
                    await self._end(unit, task, context, event, reply)
                return
            reply = answer
        except (DatabaseDown, Lost):
            raise
        except Exception as error:
            if context is None:
                async with self.store.begin() as unit:
                    await unit.tasks.settle(task)  # whoever asked is gone
                return
            context.forget()
            said = context.t.error(error) if isinstance(error, KithError) else fault(context, task.subject)
            reply = Reply(said, private=True)
        async with self.store.begin() as unit:
            await self._end(unit, task, context, event, reply)

    async def _end(self, unit: UnitOfWork, task: Task, context: Context, event: CommandCalled, reply: Reply) -> None:
        await self.caller(unit).write(context, event, reply)
        await unit.tasks.settle(task)


def _event(task: Task, clock: Clock) -> CommandCalled:
    asked = dict(task.params["asked"])
    return CommandCalled(
        key=f"errand:{task.id}",
        at=clock.now(),
        actor=Person(asked.pop("person"), asked.pop("person_name")),
        rights=Rights(asked.pop("rights")),
        name=task.subject,
        options=task.params["options"],
        **asked,
    )
