"""Keeps connections to PostgreSQL from test to test.

Each is a process of the server's, which reads the catalogue and plans its statements anew: half of what a test costs.
"""

from __future__ import annotations

import asyncio
import select
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import AsyncConnection
from psycopg.pq import TransactionStatus
from psycopg.waiting import Ready, Wait
from sqlalchemy import event, make_url

from core.store.dialect import normal_url
from core.store.unit import Store

AT_ONCE = 5  # milliseconds after which others go on: the server may wait for them
_KEPT: dict[str, list[_Kept]] = {}  # by the folder of the socket at which the server whose connections are kept listens


def kept(store: Store) -> None:
    """Let a store, not connected yet, use connections of those before, where its server's are kept."""
    engine = store._engine.sync_engine
    if engine.dialect.name == "postgresql":
        event.listen(engine, "do_connect", _connects_again)


@contextmanager
def keeping(url: str) -> Iterator[None]:
    """Keep connections to the server at `url` until the block ends."""
    at = str(make_url(normal_url(url)).query["host"])
    _KEPT[at] = []
    try:
        yield
    finally:
        for each in _KEPT.pop(at):
            each.pgconn.finish()


class _Kept(AsyncConnection[Any]):
    at: str

    async def wait(self, gen: Any, *arguments: Any, **given: Any) -> Any:
        """Wait in this thread, after whatever else is ready had its turn, and as others do once that takes long."""
        await asyncio.sleep(0)
        try:
            wants = next(gen)
            while ready := _ready(self.pgconn.socket, wants):
                wants = gen.send(ready)
        except StopIteration as end:
            return end.value
        return await super().wait(_resumed(gen, wants), *arguments, **given)

    async def rollback(self) -> None:
        """Wait for nobody where there is nothing to be rolled back: the pool asks it of each that it gets."""
        if self.info.transaction_status != TransactionStatus.IDLE:
            await super().rollback()

    async def close(self) -> None:
        """Be kept, unless it is in the middle of something, or hears what nobody waits for any longer."""
        idle = not self.closed and self.info.transaction_status == TransactionStatus.IDLE
        if idle and not self.autocommit and self.at in _KEPT:
            _KEPT[self.at].append(self)
        else:
            await super().close()


def _connects_again(dialect: object, record: object, arguments: object, given: dict[str, Any]) -> None:
    given["async_creator_fn"] = _connect


async def _connect(*arguments: Any, **given: Any) -> AsyncConnection[Any]:
    at = given["host"]
    while waiting := _KEPT.get(at):
        again = waiting.pop()
        if not again.closed:
            again.lock = asyncio.Lock()  # of the loop of this test
            return again
    made = await _Kept.connect(*arguments, **given)
    made.at = at
    return made


def _ready(socket: int, wants: Wait) -> int:
    poll = select.poll()
    poll.register(socket, (select.POLLIN if wants & Wait.R else 0) | (select.POLLOUT if wants & Wait.W else 0))
    ready = 0
    for _, found in poll.poll(AT_ONCE):
        ready |= (Ready.R if found & ~select.POLLOUT else 0) | (Ready.W if found & select.POLLOUT else 0)
    return ready


def _resumed(gen: Any, wants: Any) -> Generator[Any, Any, Any]:
    while True:
        ready = yield wants
        try:
            wants = gen.send(ready)
        except StopIteration as end:
            return end.value
