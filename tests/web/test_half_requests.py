"""Whoever sends half a request is not waited for."""

from __future__ import annotations

import asyncio
import socket

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

from bot.web.server import Server

HALVES = [b"", b"GET / HTTP/1.1\r\nHost: kith\r\n", b"POST / HTTP/1.1\r\nHost: kith\r\nContent-Length: 10\r\n\r\nhal"]
WHOLE = b"POST / HTTP/1.1\r\nHost: kith\r\nContent-Length: 4\r\n\r\nhalf"


async def _echo(request: Request) -> Response:
    body = await request.body()
    await asyncio.sleep(1.0)  # longer than a request may take to come: an answer may take what it takes
    return PlainTextResponse(body)


@pytest.mark.parametrize("half", HALVES)
async def test_half_a_request_is_let_go_and_a_whole_one_answered(half: bytes) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(Router([Route("/", _echo, methods=["POST"])]), whole=0.5)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    host, port = listening.getsockname()
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(half)
    other, asking = await asyncio.open_connection(host, port)
    asking.write(WHOLE)
    assert (await asyncio.wait_for(other.readuntil(b"half"), 20)).startswith(b"HTTP/1.1 200")
    assert b"200" not in await asyncio.wait_for(reader.read(), 20)
    for each in (writer, asking):
        each.close()
        await each.wait_closed()
    server.should_exit = True
    await serving
