"""What Discord is offered while somebody types: by name, in their language, and nothing that isn't theirs to see."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.backend.models import User

from core.domain.community import Settings
from core.domain.people import Consent, Person
from core.store.members import Newcomer
from core.store.tables.interactions import interactions
from core.store.tables.members import members
from tests.platforms.discord.conftest import Stage, answered

STAFF = discord.Permissions(moderate_members=True).value
KEEPERS = discord.Permissions(manage_guild=True, moderate_members=True).value


async def offered(stage: Stage, user: User, command: str, option: str, typed: str, **more: Any) -> dict[str, str]:
    """Type into an option in the room and return what is offered, values by label."""
    asked = stage.server.type(user, more.pop("room", stage.room), command, option, typed, **more)
    await stage.server.until(lambda: asked.responded)
    assert asked.autocomplete_choices is not None
    return {each["name"]: each["value"] for each in asked.autocomplete_choices}


@pytest.fixture
async def known(stage: Stage) -> Stage:
    """Let Ana keep the server and Bo look after it."""
    for user, permissions in ((stage.ana, KEEPERS), (stage.bo, STAFF)):
        role = stage.server.role(stage.guild, f"of {user.name}", permissions=permissions)
        stage.server.give_role(user, stage.guild, role)
    return stage


async def enrol(
    stage: Stage, *people: tuple[str, str, Consent], platform: str = "telegram", elsewhere: bool = False
) -> None:
    """Let people be members of the community, or of another one."""
    space = await stage.space()
    async with stage.store.begin() as unit:
        community = space.community_id
        if elsewhere:
            community = (await unit.communities.add("Elsewhere", Settings(), stage.clock.now())).id
        await unit.members.enrol(
            [
                Newcomer(community, "telegram", Person(id_, name), consent, stage.clock.now())
                for id_, name, consent in people
            ]
        )


async def test_settings_are_offered_in_the_callers_language(known: Stage) -> None:
    async with known.up():
        await known.space()
        assert (await offered(known, known.ana, "settings", "name", "time"))["Time zone"] == "timezone"
        assert (await offered(known, known.ana, "settings", "name", "时区", locale="zh-CN")) == {"时区": "timezone"}
        # Misspelled, and in the other language.
        assert (await offered(known, known.ana, "settings", "name", "tmie zone"))["Time zone"] == "timezone"
        assert (await offered(known, known.ana, "settings", "name", "时区"))["Time zone"] == "timezone"
        # What is for owners alone isn't offered to a moderator.
        assert "consent" in (await offered(known, known.ana, "settings", "name", "")).values()
        assert "consent" not in (await offered(known, known.bo, "settings", "name", "")).values()
        values = await offered(known, known.ana, "settings", "value", "", filled={"name": "notices"})
        assert set(values.values()) == {"room", "quiet", "direct", "off"}
        assert not await offered(known, known.bo, "settings", "value", "", filled={"name": "consent"})


async def test_time_zones_rooms_and_tiers_are_offered(known: Stage) -> None:
    server = known.server
    help_ = server.channel(known.guild, "help")
    async with known.up():
        await known.space()
        zones = await offered(known, known.ana, "setup", "timezone", "shang")
        assert next(iter(zones.values())) == "Asia/Shanghai"
        assert "Asia/Shanghai" in (await offered(known, known.ana, "quiet", "timezone", "北京")).values()
        assert len(await offered(known, known.ana, "quiet", "timezone", "")) == 25
        assert (await offered(known, known.ana, "rooms", "name", "hlep")) == {"✓ #help": help_.name}
        tiers = await offered(known, known.ana, "tiers", "tier", "贡献者", locale="zh-CN")
        assert list(tiers) == ["贡献者"]
        taken = await answered(known, server.slash(known.ana, known.room, "tiers", {"tier": tiers["贡献者"]}))
        assert "Contributor" in taken.content or "贡献者" in taken.content


async def test_moderators_choose_among_the_community_on_every_platform(known: Stage) -> None:
    async with known.up():
        await known.space()
        await enrol(known, ("1", "李伟", Consent.COUNTED), ("2", "Zoë", Consent.PERSONAL), ("3", "Noor", Consent.OUT))
        await enrol(known, ("4", "Zorro", Consent.PERSONAL), elsewhere=True)
        assert list(await offered(known, known.bo, "history", "member", "伟")) == ["李伟"]
        assert list(await offered(known, known.bo, "history", "member", "zoe")) == ["Zoë"]
        assert list(await offered(known, known.bo, "grant", "member", "Zo")) == ["Zoë"]
        value = (await offered(known, known.bo, "grant", "member", "zö"))["Zoë"]
        options = {"member": value, "amount": 5, "reason": "kind"}
        given = await answered(known, known.server.slash(known.bo, known.room, "grant", options))
        assert "Zoë" in given.content
        # A mention that somebody types counts as one, of who was seen there.
        options["member"] = known.bo
        given = await answered(known, known.server.slash(known.bo, known.room, "grant", options))
        assert "Bo" in given.content


async def test_who_may_not_call_is_offered_nothing(known: Stage) -> None:
    cy = known.server.user("cy", guild=known.guild)
    async with known.up():
        await known.space()
        await enrol(known, ("2", "Zoë", Consent.PERSONAL))
        assert not await offered(known, cy, "history", "member", "zo")
        assert not await offered(known, cy, "settings", "name", "")
        assert not await offered(known, known.bo, "tiers", "tier", "")
        assert await offered(known, cy, "help", "topic", "")
        assert "grant" not in (await offered(known, cy, "help", "topic", "")).values()
        # In a direct chat rights are asked for, and nobody is met by typing.
        assert not await offered(known, cy, "history", "member", "zo", room=known.server.dm(cy))
        async with known.store.read() as unit:
            rows = await unit.connection.execute(interactions.select())
            assert not [row for row in rows if row.kind == "command"]
            names = {row.name for row in await unit.connection.execute(members.select())}
        assert not {"Cy", "cy"} & names


async def test_benefits_are_offered_with_what_they_cost(known: Stage) -> None:
    async with known.up():
        space = await known.space()
        async with known.store.begin() as unit:
            await unit.benefits.add(space.community_id, "Early access", 300, None, known.clock.now())
            await unit.benefits.add(space.community_id, "Mug", 900, 0, known.clock.now())
        assert await offered(known, known.bo, "redeem", "name", "acces") == {
            "Early access · 300 points": "Early access"
        }
        assert await offered(known, known.bo, "redeem", "name", "", locale="zh-CN") == {
            "Early access · 300 积分": "Early access"
        }


async def test_what_cant_be_read_holds_nothing_up(known: Stage) -> None:
    async with known.up():
        await known.space()
        known.server.backend.emit("INTERACTION_CREATE", {"type": 4, "id": "1", "token": "t", "data": {}})
        assert await offered(known, known.ana, "settings", "name", "lang") == {"Language": "language"}
