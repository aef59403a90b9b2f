"""Discord's scheduled events: one for the next session, after it through moves and restarts, and who is interested."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
from simcord.backend.models import ScheduledEvent
from simcord.backend.ops.scheduled_events import ScheduledEventMixin
from sqlalchemy import select

from bot.platforms.discord.inflow import LOST
from core.domain.events import Finding
from core.store.tables.members import accounts
from core.store.tables.mirrors import interests
from tests.platforms.discord.conftest import Stage, answered, states

SET_UP = "daily 12:00 lead=2 minutes=60 topic=Pandas"


def shown(stage: Stage) -> list[ScheduledEvent]:
    """Return what stands in the server's calendar and isn't over or cancelled."""
    events: list[ScheduledEvent] = [*stage.guild.scheduled_events.values()]
    return [each for each in events if each.status in (1, 2)]


async def sent(stage: Stage) -> None:
    """Wait until nothing is on its way any more."""
    stage.house.deliverers["discord"].waiting.set()

    async def so() -> bool:
        there = set(await states(stage))
        if "again" in there:
            stage.clock.advance(timedelta(seconds=1))
            stage.house.deliverers["discord"].waiting.set()
        return not {"waiting", "sending", "again"} & there

    await stage.until(so)


async def press(stage: Stage, who: Any, label: str, which: str = "1") -> str:
    """Press a button of the activity's page, and return what is answered."""
    page = await answered(stage, stage.server.slash(who, stage.room, "activities", {"which": which}))
    told = await answered(stage, stage.server.press(who, page, label=label))
    await sent(stage)
    return str(told.content)


async def set_up(stage: Stage) -> None:
    stage.guild.owner_id = stage.ana.id
    await stage.space()
    asked = {"which": "live", "settings": SET_UP}
    await answered(stage, stage.server.slash(stage.ana, stage.room, "activities", asked))
    await press(stage, stage.ana, "Start")


async def test_one_event_follows_the_run_over_a_restart(stage: Stage) -> None:
    async with stage.up():
        await set_up(stage)
        (event,) = shown(stage)
        assert (event.name, event.scheduled_start_time) == ("Pandas", "2026-03-02T14:00:00+00:00")
        assert event.entity_metadata == {"location": "#general"}
    async with stage.up():
        await press(stage, stage.ana, "1 hour later")
        assert [each.id for each in shown(stage)] == [event.id]
        assert event.scheduled_start_time == "2026-03-02T15:00:00+00:00"
        await press(stage, stage.ana, "Skip the next")
        assert event.status == 4
        (following,) = shown(stage)
        assert following.scheduled_start_time == "2026-03-03T14:00:00+00:00"
        await press(stage, stage.ana, "Pause")
        assert shown(stage) == []


async def test_a_run_that_is_taken_back_takes_its_event_along(stage: Stage) -> None:
    async with stage.up():
        await set_up(stage)
        await press(stage, stage.ana, "Run now")
        (event,) = shown(stage)
        page = await answered(stage, stage.server.slash(stage.ana, stage.room, "activities", {"which": "1"}))
        for label in ("Undo a run", "2 March, 09:00", "Take it back"):
            page = await answered(stage, stage.server.press(stage.ana, page, label=label))
        await sent(stage)
        assert event.status == 4
        (following,) = shown(stage)
        assert following.scheduled_start_time == "2026-03-02T14:00:00+00:00"


async def test_an_event_of_whose_making_nobody_heard_is_found_again(stage: Stage) -> None:
    async with stage.up():
        stage.server.cut_call("POST", f"/guilds/{stage.guild.id}/scheduled-events", after=True)
        await set_up(stage)
        assert len(stage.guild.scheduled_events) == 1


async def test_who_is_interested_counts_once_and_for_this_run(stage: Stage) -> None:
    async with stage.up():
        await set_up(stage)
        (event,) = shown(stage)
        cy, ana, bo = stage.server.user("cy", guild=stage.guild), stage.ana, stage.bo
        for who, coming in ((cy, True), (ana, True), (bo, True), (ana, False), (ana, True), (cy, False)):
            interest(stage, event, who, coming)
        await stage.server.gateway.tell()
        await interested(stage, str(ana.id), str(bo.id))
        stage.clock.advance(timedelta(hours=4))
        await stage.house.engine.due()
        await sent(stage)
        newest = stage.server.from_bot(stage.room)[-1]
        assert "2 people are interested on Discord." in newest.content


def interest(stage: Stage, event: ScheduledEvent, who: Any, coming: bool = True) -> None:
    assert isinstance(stage.server.backend, ScheduledEventMixin)
    stage.server.backend.set_scheduled_event_subscription(stage.guild.id, event.id, who.id, coming)


async def interested(stage: Stage, *who: str) -> None:
    """Wait until these people, by their ids, are known to be interested."""

    async def so() -> bool:
        found = select(accounts.c.external_id).join(interests, interests.c.account_id == accounts.c.id)
        async with stage.store.read() as unit:
            return sorted((await unit.connection.execute(found)).scalars()) == sorted(who)

    await stage.until(so)


async def test_interest_given_and_lost_while_kith_was_away_is_taken_in_once(stage: Stage) -> None:
    crowd = [stage.server.user(f"c{number}", guild=stage.guild) for number in range(110)]  # more than one page
    async with stage.up():
        await set_up(stage)
        (event,) = shown(stage)
        interest(stage, event, stage.ana)
        await stage.server.gateway.tell()
        await interested(stage, str(stage.ana.id))
    interest(stage, event, stage.ana, coming=False)
    for each in (stage.bo, *crowd):
        interest(stage, event, each)
    for _ in range(2):
        async with stage.up():
            await interested(stage, *(str(each.id) for each in (stage.bo, *crowd)))


async def test_interest_that_cant_be_read_is_a_gap_and_an_event_that_is_gone_none(stage: Stage) -> None:
    async with stage.up():
        await set_up(stage)
        (event,) = shown(stage)

    async def recorded(what: str) -> None:
        space = await stage.space()

        async def so() -> bool:
            async with stage.store.read() as unit:
                return [each for _, _, _, each in await unit.communities.gaps([space.id])][:1] == [what]

        await stage.until(so)

    stage.server.fail("GET", f"/guilds/{stage.guild.id}/scheduled-events/{event.id}/users", 403, code=50013)
    async with stage.up():
        await recorded(f"{LOST}, interest")
    del stage.guild.scheduled_events[event.id]
    async with stage.up():
        await recorded(LOST)


async def test_a_right_that_is_missing_is_said_before_the_start_and_nothing_breaks(stage: Stage) -> None:
    own = next(item for item in stage.guild.roles.values() if item.managed)
    everyone = stage.guild.roles[stage.guild.id]
    for role in (own, everyone):
        role.permissions &= ~discord.Permissions(
            administrator=True, manage_events=True, create_events=True, manage_guild=True
        ).value
    async with stage.up():
        stage.guild.owner_id = stage.ana.id
        await stage.space()
        asked = {"which": "live", "settings": SET_UP}
        page = await answered(stage, stage.server.slash(stage.ana, stage.room, "activities", asked))
        assert "Create Events" in page.content
        await press(stage, stage.ana, "Start")
        assert shown(stage) == []
        findings: list[Finding] = await stage.platform.look_at(str(stage.guild.id))
        assert "doctor-discord-server-events" in {key for _, key, _ in findings}
