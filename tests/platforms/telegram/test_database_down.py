"""The database goes away under traffic: nothing is acknowledged that isn't committed, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, make_url, select

from core.store.tables.interactions import interactions
from core.store.unit import Store
from tests.platforms.telegram.conftest import running
from tests.world.postgres import emptied


class Cable:
    """A connection to PostgreSQL that can be pulled out and put back."""

    def __init__(self, url: str) -> None:
        self._target = make_url(url)
        self._streams: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The database's address through this cable."""
        return self._target.set(host="127.0.0.1", port=self._port, query={}).render_as_string(False)

    async def plug(self) -> None:
        """Let connections through."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def pull(self) -> None:
        """Cut every connection, and take no new one."""
        self._server.close()
        for stream in list(self._streams):
            stream.transport.abort()
        await self._server.wait_closed()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        folder = self._target.query.get("host")
        if folder:
            port = self._target.port or 5432
            back, forth = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
        else:
            back, forth = await asyncio.open_connection(self._target.host, self._target.port or 5432)
        self._streams |= {writer, forth}
        await asyncio.gather(self._pump(reader, forth), self._pump(back, writer))
        self._streams -= {writer, forth}

    @staticmethod
    async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                sink.write(data)
                await sink.drain()
        except OSError:
            pass
        finally:
            sink.transport.abort()


@asynccontextmanager
async def plugged(url: str) -> AsyncIterator[Cable]:
    cable = Cable(url)
    await cable.plug()
    try:
        yield cable
    finally:
        await cable.pull()


async def test_nothing_is_acknowledged_while_the_database_is_down(server, clock, postgres, capsys):
    async with plugged(emptied(postgres)) as cable:
        store = Store(cable.url)
        async with running(server, store, clock) as kith:
            server.say("Ana", "Data Kitchen", "before")
            await kith.settled()
            acknowledged = set(server.confirmed)
            await cable.pull()
            server.crowd("Data Kitchen", 150)
            server.poison()
            await asyncio.sleep(1.5)
            assert server.confirmed == acknowledged
            assert kith.house.intake.down_since is not None
            await cable.plug()
            await kith.settled(within=30)
            async with store.read() as unit:
                counted = select(func.count()).where(interactions.c.kind == "message")
                assert (await unit.connection.execute(counted)).scalar_one() == 151
                assert await unit.parked.count() == 1
        await store.close()
    said = capsys.readouterr().out
    assert said.count("database can't be reached") == 1
    assert "database is back" in said
