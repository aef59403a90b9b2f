"""What comes of floods, faults, other pollers and groups that move."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.platforms.port import RetryLater
from bot.platforms.telegram.adapter import Telegram
from bot.platforms.telegram.pace import Pace
from bot.platforms.telegram.translate import ALLOWED_UPDATES
from core.domain.errors import KithError
from core.domain.outgoing import Outgoing
from tests.platforms.telegram.conftest import running
from tests.world.telegram_server import TelegramServer


async def test_a_migration_first_heard_of_when_sending(kith):
    old = kith.server.group("Quiet", ["Ana"], owner="Olga", kind="group")["id"]
    kith.server.say("Ana", "Quiet", "hello")
    await kith.settled()
    community = await kith.community(old)
    kith.server.allowed = ["callback_query"]  # the updates about it are lost
    new = kith.server.migrate(old)
    kith.server.allowed = list(ALLOWED_UPDATES)
    sent = await kith.telegram.send(1, Outgoing(text="news", platform="telegram", space=str(old)), None)
    assert sent.startswith(f"{new}:")
    kith.server.say("Ana", new, "hello again")
    await kith.settled()
    assert (await kith.community(new)).id == community.id


async def test_a_flood_in_one_group_holds_up_no_other_and_nothing_is_tried_early(kith):
    server = kith.server
    for number in range(3):
        server.say("Ana", "Data Kitchen", f"/echo {number}")
    await kith.settled()
    server.flood("Data Kitchen", 300)
    for number in range(3, 6):
        server.say("Ana", "Data Kitchen", f"/echo {number}")
    server.say("Li Wei", "Forum", "/echo elsewhere")
    await kith.settled()
    assert kith.texts("Forum") == ["elsewhere"]
    kith.clock.advance(timedelta(seconds=299))
    await asyncio.sleep(0.05)
    refused = [call for call in server.called("sendMessage", "Data Kitchen") if call.status == 429]
    assert len(refused) == 1
    assert kith.texts("Data Kitchen") == ["0", "1", "2"]
    kith.clock.advance(timedelta(seconds=2))
    await kith.settled()
    assert kith.texts("Data Kitchen") == [str(number) for number in range(6)]
    assert len([call for call in server.calls if call.status == 429]) == 1


@pytest.mark.parametrize("days", [5, -5])
async def test_a_clock_that_is_wrong_for_a_moment_makes_no_chat_mute(kith, days):
    server, jump = kith.server, timedelta(days=days)
    await kith.settled()
    server.fail("sendMessage", 429, "Too Many Requests: retry after 20", times=1, retry_after=20)
    kith.clock.jump(jump)
    server.say("Ana", "Data Kitchen", "/echo hello")
    await kith.settled()
    assert kith.texts("Data Kitchen") == []
    assert [call.status for call in server.called("sendMessage")] == [429]
    kith.clock.jump(-jump)
    kith.clock.advance(timedelta(seconds=21))
    async with asyncio.timeout(30):
        while kith.texts("Data Kitchen") != ["hello"]:  # noqa: ASYNC110  the server tells nobody
            await asyncio.sleep(0.05)


async def test_the_network_fails_and_comes_back(kith):
    await kith.settled()
    kith.server.fail("getUpdates", 502, "Bad Gateway", times=1)
    kith.server.drop("getUpdates", times=1)
    kith.server.drop("sendMessage", times=1)
    kith.server.fail("sendMessage", 500, "Internal Server Error")
    kith.server.say("Ana", "Data Kitchen", "/echo still here")
    await kith.settled()
    for _ in range(3):
        kith.clock.advance(timedelta(seconds=60))
        await kith.settled()
    assert kith.texts("Data Kitchen") == ["still here"]


async def test_a_refused_token_is_one_clear_line(store, clock):
    async with TelegramServer("4242:right") as server:
        server.token = "4242:other"
        async with running(server, store, clock) as kith:
            server.token = "4242:changed"
            with pytest.raises(KithError) as refused:
                await kith.telegram.run(kith.house.intake)
    assert refused.value.key == "telegram-token-refused"
    assert "4242" not in repr(refused.value)


async def test_nothing_secret_is_logged(server, store, clock, caplog):
    caplog.set_level("DEBUG")
    async with running(server, store, clock) as kith:
        server.say("Ana", "Data Kitchen", "/echo x")
        server.fail("getUpdates", 500, "Oops")
        await asyncio.sleep(0.1)
        await kith.settled()
    assert server.token not in caplog.text
    assert server.token.split(":")[1] not in caplog.text


async def test_another_poller_is_waited_out(kith, capsys):
    await kith.settled()
    kith.server.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=2)
    kith.server.say("Ana", "Data Kitchen", "/echo mine again")
    await kith.settled()
    assert kith.texts("Data Kitchen") == ["mine again"]
    assert capsys.readouterr().out.count("another process receives with this token") == 1


async def test_who_left_while_kith_was_down_is_found_to_be_gone(server, store, clock):
    async with running(server, store, clock) as kith:
        for who in ("Ana", "Noor"):
            server.say(who, "Data Kitchen", "hello")
        await kith.settled()
    room = server.chat("Data Kitchen")
    # Nobody tells: an update that waits for more than a day is let go.
    room.members[server.person("Ana").user["id"]] = {"status": "left"}
    clock.advance(timedelta(days=2))
    async with running(server, store, clock) as kith, asyncio.timeout(30):
        while (await kith.member("Ana", "Data Kitchen")).left_at is None:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        assert (await kith.member("Noor", "Data Kitchen")).left_at is None


async def test_what_would_wait_long_waits_in_the_outbox(server, clock):
    telegram = Telegram(server.token, clock, api_url=server.url, pace=Pace(a_chat=0, a_group=2))
    chat = str(server.chat("Data Kitchen").id)
    for number in (1, 2):
        await telegram.send(number, Outgoing(text="x", platform="telegram", space=chat), None)
    with pytest.raises(RetryLater) as later:
        await telegram.send(3, Outgoing(text="x", platform="telegram", space=chat), None)
    assert 50 < later.value.seconds <= 60
    await telegram.close()
