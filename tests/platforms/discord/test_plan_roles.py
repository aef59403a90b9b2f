"""A plan by a role of a server: given and taken as Discord tells, and looked at as a whole."""

from __future__ import annotations

import pytest

from core.domain.plans import Plan, Standing
from core.kit.plan_roles import question
from core.kit.plans import stand
from tests.platforms.discord.conftest import Stage, settled


async def has(stage: Stage, person: int, plan_id: int) -> bool:
    space = await stage.space()
    async with stage.store.read() as unit:
        found = await unit.members.find("discord", {space.community_id: [str(person)]})
        if not found:
            return False
        account = found[space.community_id, str(person)]
        plans = await unit.plans.all(space.community_id)
        stands = stand(plans, await unit.payments.of([account.id]), set(), stage.clock.now())
    return stands.get(plan_id, (Standing.NONE, None))[0] is Standing.ROLE


async def test_a_role_gives_a_plan_as_it_is_told_and_as_it_is_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.discord.rest.MEMBERS", 1)  # so that there are pages
    server, guild = stage.server, stage.guild
    patron = server.role(guild, "Patron")
    async with stage.up():
        for who in (stage.ana, stage.bo):
            server.say(who, stage.room, "hello")
        await stage.keeps("message", 2)
        space = await stage.space()
        async with stage.store.begin() as unit:
            plan = Plan(name="Pro", role=str(patron.id), role_space_id=space.id)
            plan_id = await unit.plans.add(space.community_id, plan, stage.clock.now())
        roles = await stage.platform.roles_to_give(str(guild.id), every=True)
        assert (str(patron.id), "Patron") in roles
        await stage.advance(minutes=1)
        server.give_role(stage.ana, guild, patron)
        await stage.until(lambda: has(stage, stage.ana.id, plan_id))
        assert not await has(stage, stage.bo.id, plan_id)
        await stage.advance(minutes=1)
        member = server.backend.get_member(guild.id, stage.ana.id)
        member.role_ids.remove(patron.id)  # and nobody tells
        server.backend.get_member(guild.id, stage.bo.id).role_ids.append(patron.id)
        for state in ("failed", "sent"):
            if state == "failed":
                server.fail("GET", "/guilds/*/members", 403, code=50001)
            async with stage.store.begin() as unit:
                asked = await question(unit, space.community_id, (await unit.plans.all(space.community_id))[0])
                assert asked is not None
                await unit.outbox.add([asked], stage.clock.now())
            stage.house.deliverers["discord"].waiting.set()
            await settled(stage, *(("failed",) if state == "failed" else ("failed", "sent")))
            assert await has(stage, stage.ana.id, plan_id) == (state == "failed")
        assert await has(stage, stage.bo.id, plan_id)
