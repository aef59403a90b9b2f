"""Work that is begun at once, and gets a task only where it has to wait: what most of it has to do is done by then."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine, Generator
from types import coroutine
from typing import Any, TypeVar, cast

A = TypeVar("A")

if sys.version_info >= (3, 12):

    def begun(work: Coroutine[Any, Any, A]) -> asyncio.Future[A]:
        """Begin work, and return the future of what it returns; whoever is cancelled meanwhile, it goes on."""
        return asyncio.Task(work, loop=asyncio.get_running_loop(), eager_start=True)

else:

    def begun(work: Coroutine[Any, Any, A]) -> asyncio.Future[A]:
        """Begin work, and return the future of what it returns; whoever is cancelled meanwhile, it goes on."""
        done: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        try:
            waits = work.send(None)
        except StopIteration as end:
            done.set_result(end.value)
        except Exception as error:
            done.set_exception(error)
        else:
            return asyncio.ensure_future(_rest(work, waits))
        return done

    async def _rest(work: Coroutine[Any, Any, A], waits: object) -> A:
        return await _stepped(work, waits)

    @coroutine
    def _stepped(work: Coroutine[Any, Any, A], waits: object) -> Generator[object, Any, A]:
        while True:
            step: Callable[[Any], object] = work.send
            try:
                given = yield waits
            except BaseException as error:
                step, given = work.throw, error
            try:
                waits = step(given)
            except StopIteration as end:
                return cast(A, end.value)
