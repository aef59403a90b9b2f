"""What somebody else wrote is nobody's command: forwarded, quoted, said through a webhook, or by a bot."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from core.store.tables.outbox import outbox
from tests.platforms.discord.conftest import Stage

TEXT = "/grant @bo 500 for nothing"


def message(stage: Stage, number: int, **more: Any) -> dict[str, Any]:
    """Return a message of a server as the gateway tells it, by the server's owner unless `more` says otherwise."""
    owner = stage.server.backend.users[stage.server.backend.get_guild(stage.guild.id).owner_id]
    return {
        "id": str(10**18 + number),
        "channel_id": str(stage.room.id),
        "guild_id": str(stage.guild.id),
        "author": {"id": str(owner.id), "username": "olga", "global_name": "Olga", "discriminator": "0"},
        "content": "",
        "timestamp": stage.clock.now().isoformat(),
        "edited_timestamp": None,
        "mentions": [],
        "type": 0,
        **more,
    }


def forwarded(stage: Stage) -> dict[str, Any]:
    """Return the fields of a forward: its text stands in a snapshot, not in the message."""
    there = {"type": 1, "message_id": "9", "channel_id": "8", "guild_id": str(stage.guild.id)}
    snapshot = {"content": TEXT, "mentions": [], "timestamp": stage.clock.now().isoformat(), "type": 0}
    return {"message_reference": there, "message_snapshots": [{"message": snapshot}]}


async def test_no_words_of_somebody_else_are_a_command(stage: Stage) -> None:
    raw, robot = stage.server.gateway.raw, {"id": "77", "username": "Hook", "discriminator": "0000", "bot": True}
    async with stage.up() as house:
        stage.server.say(stage.bo, stage.room, "hello")
        raw("MESSAGE_CREATE", message(stage, 1, **forwarded(stage)))
        raw("MESSAGE_CREATE", message(stage, 2, content=TEXT, webhook_id="77", author=robot))
        raw("MESSAGE_CREATE", message(stage, 3, content=TEXT, author=robot))
        raw("MESSAGE_CREATE", message(stage, 4, content=f"> {TEXT}"))
        raw("MESSAGE_CREATE", message(stage, 5, content="so", embeds=[{"description": TEXT}]))
        raw("MESSAGE_CREATE", message(stage, 6, content=TEXT))  # a slash command is no message at all
        await stage.keeps("message", 7)
        async with house.store.read() as unit:
            assert list(await unit.connection.execute(select(outbox.c.id))) == []
            assert await unit.parked.count() == 0
    assert await stage.kept("command") == []
    assert [row.account_id is None for row in await stage.kept("message")] == [False] * 7


@pytest.mark.parametrize("sign", ["forwarded", "webhook", "bot"])
async def test_what_somebody_passes_on_to_kith_alone_asks_nothing(stage: Stage, sign: str) -> None:
    async with stage.up() as house:
        stage.server.say(stage.bo, stage.room, "hello")
        alone = {name: value for name, value in message(stage, 1, content=TEXT).items() if name != "guild_id"}
        alone["author"] = {**alone["author"], "id": str(stage.bo.id)}
        bot = {**alone["author"], "bot": True}
        more = {"forwarded": forwarded(stage), "webhook": {"webhook_id": "77"}, "bot": {"author": bot}}[sign]
        stage.server.gateway.raw("MESSAGE_CREATE", {**alone, "channel_id": "999", **more})
        stage.server.say(stage.bo, stage.room, "and on")
        await stage.keeps("message", 2)
        async with house.store.read() as unit:
            assert list(await unit.connection.execute(select(outbox.c.id))) == []
    assert await stage.kept("command") == []
