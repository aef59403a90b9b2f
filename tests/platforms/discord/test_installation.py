"""Roles, rights, tokens and intents: what an owner must mend is said."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.platforms.discord.doctor import NEEDED, invitation
from bot.platforms.port import RetryLater, Unavailable
from core.domain.errors import KithError
from core.kit import texts
from tests.platforms.discord.conftest import Stage, push, settled

# ---------------------------------------------------------------------- roles


async def test_roles_follow_tiers_below_ones_own(stage: Stage) -> None:
    server, space, ana = stage.server, str(stage.guild.id), str(stage.ana.id)
    regular, contributor = (server.role(stage.guild, name) for name in ("Regular", "Contributor"))
    above = server.role(stage.guild, "Boss", above_bot=True)
    server.give_role(stage.ana, stage.guild, regular)
    async with stage.up():
        await stage.platform.follow_tier(space, ana, [str(contributor.id)], ["Regular"])
        assert server.backend.get_member(stage.guild.id, stage.ana.id).role_ids == [contributor.id]
        with pytest.raises(KithError, match="error-discord-role"):
            await stage.platform.follow_tier(space, ana, [str(above.id)], [])
        with pytest.raises(KithError, match="error-discord-no-role"):
            await stage.platform.follow_tier(space, ana, ["Nobody"], [])
        await stage.platform.follow_tier(space, "1", [str(contributor.id)], [])
        assert not [call for call in server.calls if call.path.endswith(str(above.id))]


async def test_a_role_waits_where_discord_asks_for_it(stage: Stage) -> None:
    server, space, ana = stage.server, str(stage.guild.id), str(stage.ana.id)
    role = server.role(stage.guild, "Regular")
    async with stage.up():
        server.limit("PUT", "/guilds/*/members/*/roles/*", retry_after=300)
        with pytest.raises(RetryLater) as later:
            await stage.platform.follow_tier(space, ana, [str(role.id)], [])
        assert later.value.seconds == 300
        server.cut_call("PUT", "/guilds/*/members/*/roles/*", after=False, times=None)
        with pytest.raises(Unavailable):
            await stage.platform.follow_tier(space, ana, [str(role.id)], [])


async def test_what_is_lacking_in_a_server_is_said(stage: Stage) -> None:
    async with stage.up():
        assert [key for _, key, _ in await stage.platform.look_at(str(stage.guild.id))] == ["doctor-discord-server"]
        own = next(role for role in stage.guild.roles.values() if role.managed)
        stage.server.backend.edit_role(stage.guild.id, own.id, {"permissions": 0})
        stage.server.backend.edit_role(stage.guild.id, stage.guild.id, {"permissions": 0})

        async def told() -> bool:
            found = await stage.platform.look_at(str(stage.guild.id))
            lacks = ("write", "roles", "pins", "events", "polls")
            return found == [(False, f"doctor-discord-server-{each}", {"server": "Data Kitchen"}) for each in lacks]

        await stage.until(told)
        for language in ("en", "zh-CN"):
            for _, key, args in await stage.platform.look_at(str(stage.guild.id)):
                assert "Data Kitchen" in texts.Texts(language).plain(key, **args)


def test_the_invitation_asks_for_every_right_that_is_looked_for() -> None:
    (given,) = parse_qs(urlsplit(invitation(7)).query)["permissions"]
    asked = discord.Permissions(int(given))
    assert asked.is_superset(discord.Permissions(pin_messages=True, create_events=True, send_polls=True))
    assert asked.is_superset(NEEDED | discord.Permissions(manage_roles=True))
    assert not asked.administrator


# ---------------------------------------------------------------------- what an owner must mend


async def test_a_wrong_token_ends_with_one_line(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = stage.server.token
    stage.server.token = "MTIz.Secret.that-nobody-sees"
    with pytest.raises(ExceptionGroup) as ended:
        await ended_at_once(stage, token=wrong)
    assert ended.group_contains(KithError, match="error-discord-token")
    said = capsys.readouterr()
    assert wrong not in said.out + said.err


async def ended_at_once(stage: Stage, **more: Any) -> None:
    """Run Kith where it can't run."""
    async with stage.up(**more):
        pass


async def test_a_token_that_the_gateway_refuses_ends_with_one_line(stage: Stage) -> None:
    stage.server.gateway.token = "another"
    with pytest.raises(ExceptionGroup) as ended:
        await ended_at_once(stage)
    assert ended.group_contains(KithError, match="error-discord-token")


async def test_a_missing_intent_ends_with_one_line(stage: Stage) -> None:
    stage.server.gateway.approved = discord.Intents.default()
    with pytest.raises(ExceptionGroup) as ended:
        await ended_at_once(stage)
    assert ended.group_contains(KithError, match="error-discord-intents")


async def test_kith_waits_for_a_discord_that_is_away(stage: Stage) -> None:
    stage.server.cut_call("GET", "/users/@me", after=False)
    async with stage.up():
        stage.server.say(stage.ana, stage.room, "there you are")
        await stage.keeps("message", 1)


async def test_what_is_said_before_the_log_in_waits(stage: Stage) -> None:
    held = stage.server.hold("GET", "/users/@me")
    async with stage.up(wait=False):
        await push(stage, "early", room=str(stage.room.id))
        await asyncio.sleep(0)
        held.set()
        await stage.advance(seconds=10)
        await settled(stage, "sent")


async def test_the_doctor_says_what_is_missing(stage: Stage) -> None:
    async with stage.up():
        found = await stage.platform.doctor()
        assert [(well, key) for well, key, _ in found] == [
            (True, "doctor-discord-token"),
            (False, "doctor-discord-members-off"),
            (True, "doctor-discord-server"),
        ]
        stage.server.token = "another"
        assert [(well, key) for well, key, _ in await stage.platform.doctor()] == [
            (False, "doctor-discord-token-wrong")
        ]
        for language in ("en", "zh-CN"):
            assert all(texts.Texts(language).plain(key, **args) for _, key, args in found)
