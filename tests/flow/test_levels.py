"""Level-up notices: in the room, to the member alone, or not at all."""

from __future__ import annotations

from dataclasses import replace

from core.domain.events import RoomNamed
from core.domain.people import Member, served
from core.domain.points import Reason
from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.domain.tiers import Tier
from core.kit import Context, task
from core.kit.declare import TaskHandler, declared
from tests.world import World


async def climb(world: World, who: str, **where: str) -> None:
    """Let somebody write until they reach level 1."""
    while (await world.member(who)).level < 1:
        await world.say(who, "hello", **where)
        await world.advance(minutes=2)


async def test_it_is_said_once_in_the_room_where_it_happened(world: World) -> None:
    await world.happen(RoomNamed, None, room="r1", name="help")
    await world.say("ana", "hello", room="r1")
    await climb(world, "ana", room="r1")
    (sent,) = world.sent
    assert (world.last, sent.outgoing.room, sent.outgoing.delete_after) == ("Ana reached level 1.", "r1", 0)


async def test_a_quiet_room_has_it_deleted_again(world: World) -> None:
    await world.set(quiet_seconds=600)
    await world.say("ana", "hello")
    await climb(world, "ana")
    assert world.sent[-1].outgoing.delete_after == 600


async def test_a_member_may_have_it_direct_or_off(world: World) -> None:
    await world.say("ana", "/notify")
    await world.press("ana", "To me alone")
    await world.say("li", "/notify off")
    await climb(world, "ana")
    assert world.last == "You reached level 1."
    assert (world.sent[-1].outgoing.to, world.sent[-1].outgoing.private) == ("ana", True)
    count = len(world.sent)
    await climb(world, "li")
    assert len(world.sent) == count


async def test_what_is_said_to_a_member_alone_passes_the_push_gate(world: World) -> None:
    for who in ("ana", "bo", "cy"):
        await world.say(who, "/notify direct")
    await world.set(timezone="Asia/Tokyo")  # where it is evening, and soon one of the quiet hours
    await climb(world, "ana")
    assert (world.last, world.sent[-1].outgoing.silent) == ("You reached level 1.", False)
    await world.advance(hours=5)
    await climb(world, "bo")
    assert (world.last, world.sent[-1].outgoing.silent) == ("You reached level 1.", True)
    async with world.store.begin() as unit:
        await unit.members.set_reachable("fake", "cy", False)
    count = len(world.sent)
    await climb(world, "cy")
    assert len(world.sent) == count


async def test_a_community_may_switch_it_off(world: World) -> None:
    await world.set(level_notice="off")
    await world.say("ana", "hello")
    await climb(world, "ana")
    assert world.sent == []


async def test_what_a_level_opens_is_named(world: World) -> None:
    tiers = (Tier("newcomer", 0, 0), Tier("regular", 1, 4, "the #workshop room"))
    await world.set(tiers=tiers)
    await world.say("ana", "hello")
    await climb(world, "ana")
    assert world.last == (
        "Ana reached level 1. That is the level of Regular (the #workshop room); "
        "with 4 active days of the last 30 it is yours."
    )
    await world.set(tiers=(tiers[0], Tier("Insiders", 1, 0, "the #workshop room")), language="zh-CN")
    await world.say("li", "hello")
    await climb(world, "li")
    assert "Li 升到了 1 级。「Insiders」已解锁：the #workshop room。" in world.texts  # the tier's own praise follows


async def test_commands_that_give_points_announce_levels_too(world: World) -> None:
    while (await world.member("ana")).level < 1 if world.sent else True:
        await world.say("ana", "/checkin")
        await world.advance(days=1)
    assert world.texts[-1] == "Ana reached level 1."


async def test_a_level_reached_in_a_direct_chat_is_nobody_elses_news(world: World) -> None:
    await world.say("ana", "hello")
    while (await world.member("ana")).level < 1:
        await world.say("ana", "/checkin", direct=True)
        await world.advance(days=1)
    assert world.last == "You reached level 1."
    assert world.sent[-1].outgoing.to == "ana"


@task(every=Daily("12:00"))
async def prize(context: Context, task: Task) -> None:
    """Give everybody a prize."""
    for account in await context.unit.members.accounts_of([each.id for each in await served_members(context)]):
        await context.give(account, 500, Reason.GRANT, f"prize:{account.id}:{context.today}")


async def served_members(context: Context) -> list[Member]:
    return [each for each in await context.unit.members.all(context.community.id) if served(each)]


async def test_what_a_job_gives_is_said_to_whoever_reaches_a_level_by_it(world: World) -> None:
    await world.say("ana", "hello")
    await world.say("bo", "hello")
    await world.say("bo", "/notify off")
    prizes = declared(prize)
    assert isinstance(prizes, TaskHandler)
    world.engine.registry = replace(world.engine.registry, tasks={**world.engine.registry.tasks, "prize": prizes})
    await world.advance(days=1)
    told = [sent.outgoing for sent in world.sent if "You reached level" in sent.outgoing.text]
    assert [(each.to, each.private) for each in told] == [("ana", True)]
    assert (await world.member("bo")).level == (await world.member("ana")).level > 0
