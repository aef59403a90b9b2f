"""The webhook over HTTP: who may call it, how much it takes, and when it says yes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn
from sqlalchemy import func, select
from starlette.applications import Starlette

from bot.platforms.telegram.receive import BODY_LIMIT, SECRET_HEADER
from core.store.tables.interactions import interactions
from tests.platforms.telegram.conftest import running

SECRET = "s3cret-of-the-webhook"


@asynccontextmanager
async def called(server, store, clock) -> AsyncIterator[tuple]:
    """Run Kith by webhook, behind a real HTTP server; give it and the webhook's address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/hooks/telegram"
    async with running(server, store, clock, webhook_url=url, webhook_secret=SECRET) as kith:
        app = Starlette(routes=kith.telegram.routes())
        http = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
        serving = asyncio.create_task(http.serve(sockets=[listener]))
        async with asyncio.timeout(30):
            while not server.webhook:  # noqa: ASYNC110  the server is another's
                await asyncio.sleep(0.01)
        yield kith, url
        await server.stop_serving()
        http.should_exit = True
        await serving


async def messages(kith):
    async with kith.store.read() as unit:
        counted = select(func.count()).where(interactions.c.kind == "message")
        return (await unit.connection.execute(counted)).scalar_one()


def update(number=7, text="hi", message=70):
    sender = {"id": 501, "is_bot": False, "first_name": "Ana"}
    chat = {"id": -100777, "type": "supergroup", "title": "Hooked"}
    said = {"message_id": message, "date": 1_767_000_000, "chat": chat, "from": sender, "text": text}
    return {"update_id": number, "message": said}


async def test_updates_arrive_and_are_answered_once_committed(server, store, clock):
    async with called(server, store, clock) as (kith, url):
        assert server.webhook == {"url": url, "secret": SECRET}
        assert {"message_reaction", "subscription", "purchased_paid_media"} <= set(server.allowed)
        server.say("Ana", "Data Kitchen", "hello")
        server.poison()
        server.say("Li Wei", "Data Kitchen", "/echo pushed")
        await kith.settled()
        assert kith.texts("Data Kitchen") == ["pushed"]
        assert server.webhook_answers == [200, 200, 200]
        before = await messages(kith)
        server.redeliver()
        server.redeliver()
        await kith.settled()
        assert await messages(kith) == before == 1
        assert kith.texts("Data Kitchen") == ["pushed"]
        async with store.read() as unit:
            assert await unit.parked.count() >= 1


@pytest.mark.parametrize("secret", [None, "", "s3cret-of-the-webhooK", SECRET + "x", "é".encode()])
async def test_nobody_without_the_secret_gets_in(server, store, clock, secret):
    async with called(server, store, clock) as (kith, url), httpx.AsyncClient(timeout=60) as client:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        answer = await client.post(url, json=update(), headers=headers)
        assert (answer.status_code, answer.text) == (403, "forbidden")
        assert await messages(kith) == 0


async def test_what_is_too_long_or_no_json_is_refused(server, store, clock, caplog, capsys):
    caplog.set_level("DEBUG")

    async def endless():
        for _ in range(BODY_LIMIT // 65_536 + 2):
            yield b" " * 65_536

    async with called(server, store, clock) as (kith, url), httpx.AsyncClient(timeout=60) as client:
        headers = {SECRET_HEADER: SECRET}
        for body in (b"x" * (BODY_LIMIT + 1), endless()):
            assert (await client.post(url, content=body, headers=headers)).status_code == 413
        lying = headers | {"Content-Length": "nonsense"}
        with pytest.raises(httpx.HTTPError):
            (await client.post(url, content=b"{}", headers=lying)).raise_for_status()
        for body in (b"{", b"[" * 100_000, b"\xff\xfe"):
            assert (await client.post(url, content=body, headers=headers)).status_code == 400
        assert (await client.get(url, headers=headers)).status_code == 405
        for odd in (b"[]", b"5", b'{"update_id": true, "message": {}}'):
            assert (await client.post(url, content=odd, headers=headers)).status_code == 200
        assert await messages(kith) == 0
        for _ in range(10):
            assert (await client.post(url, json=update(), headers=headers)).status_code == 200
        assert await messages(kith) == 1
    said = caplog.text + capsys.readouterr().out
    assert SECRET not in said
    assert server.token not in said


async def test_an_address_that_telegram_refuses_is_one_clear_line(server, store, clock):
    async with running(server, store, clock, webhook_url="http://kith.example/telegram") as kith:
        await asyncio.sleep(0)
        with pytest.raises(Exception, match="telegram-webhook-refused"):
            await kith.telegram.run(kith.house.intake)
