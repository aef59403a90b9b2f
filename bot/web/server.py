"""The web server, ended with everything else, and patient with nobody who sends half a request."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

WHOLE = 20.0  # seconds in which a request has to be there, headers and body


class _Patience(H11Protocol):
    """Close a connection whose request isn't whole in time; uvicorn itself waits for ever."""

    whole = WHOLE
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._wait()
        else:
            self._wait_no_more()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(self.whole, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


class Server(uvicorn.Server):
    """Serve `web`; signals end the whole process in order, not the web server alone."""

    def __init__(self, web: ASGIApp, whole: float = WHOLE) -> None:
        protocol = type("Protocol", (_Patience,), {"whole": whole})
        super().__init__(
            uvicorn.Config(
                web,
                http=protocol,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=2,
                server_header=False,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
