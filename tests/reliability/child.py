"""Processes of Kith's own that are there to be killed."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any


def nursery(module: str) -> ForkServerContext:
    """Return where processes are forked from one that loaded `module`: starting Python anew would take longer."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


@contextmanager
def running(
    context: ForkServerContext, target: Callable[..., None], *given: Any
) -> Iterator[tuple[BaseProcess, Connection]]:
    """Run `target(*given, tell)` in a process, and give that and what it tells; at the end it is killed."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = context.Process(target=target, args=(*given, there), daemon=True)
    process.start()
    there.close()
    try:
        yield process, here
    finally:
        process.kill()
        process.join()
        here.close()


def stopping(stop: str, tell: Connection) -> Callable[[str], Awaitable[None]]:
    """Return what a process calls at each step: at `stop` it tells so, and stays there."""

    async def step(name: str) -> None:
        if name == stop:
            tell.send(name)
            await asyncio.Event().wait()

    return step
