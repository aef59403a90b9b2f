"""A process of Kith's own that imports a history, to be killed at a step of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from core.engine import history, import_points
from core.engine.history import import_history
from core.store import stages
from core.store.staged_entries import StagedEntries
from core.store.stages import Stages
from tests.reliability.child import nursery, running
from tests.world.stores import opened
from tests.world.talk import told
from tests.world.world import START

# What an import calls at each step, and at the end of the how manieth call the process stays there.
STEPS: dict[str, tuple[Any, str, int]] = {
    "staging": (history._Bringing, "_flush", 3),
    "rolling up": (Stages, "roll_up", 2),
    "points worked out": (import_points, "work_out", 1),
    "points written": (StagedEntries, "add", 2),
    "publishing": (Stages, "publish", 1),
    "booking": (import_points, "book", 1),
    "published": (history._Bringing, "_publish_all", 1),
}
_nursery = nursery(__name__)


@contextmanager
def importer(url: str, name: str, space: str, step: str) -> Iterator[tuple[BaseProcess, Connection]]:
    """Run a process that imports a history into the community `name`; it stays at a step and tells so."""
    with running(_nursery, work, url, name, space, step) as child:
        yield child


def work(url: str, name: str, space: str, step: str, tell: Connection) -> None:
    """Import, up to the step."""
    owner, called, times = STEPS[step]
    done: Callable[..., Awaitable[Any]] = getattr(owner, called)
    left = times

    async def stay(*given: Any, **more: Any) -> Any:
        nonlocal left
        found = await done(*given, **more)
        left -= 1
        if not left:
            tell.send(step)
            await asyncio.Event().wait()
        return found

    setattr(owner, called, stay)
    asyncio.run(bring(url, name, space))


async def bring(url: str, name: str, space: str) -> None:
    """Import a history of some dozen events, with points, in steps of a few."""
    history.EVENTS, stages.ROWS, import_points.ENTRIES = 8, 12, 5
    talk = told(24, space)
    async with opened(url) as store:
        await import_history(store, lambda *_: "", "fake", name, talk, path="talk.json", now=START, with_points=True)
