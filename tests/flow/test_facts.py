"""What Kith itself sees: kept where it has a kind, reacted to wherever it comes from, and with an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

import core.activities
import core.features
import tests.world.features
from core.domain import facts
from core.domain.events import MessageSent
from core.domain.facts import CheckedIn, Fact, LevelReached, TierMoved, TookPart
from core.domain.kinds import Kind
from core.domain.people import Consent, Person
from core.domain.tiers import Move
from core.engine.registry import discover
from core.engine.settle import settle
from core.kit import Context, Texts
from core.store.tables.interactions import interactions
from core.store.tables.ledger import ledger
from tests.world import World
from tests.world.features import quiz


@pytest.fixture
def playing(world: World) -> Iterator[World]:
    world.engine.registry = discover(core.features, core.activities, tests.world.features)
    quiz.seen.clear()
    yield world
    quiz.seen.clear()


async def kept(world: World, *kinds: Kind) -> list[Any]:
    async with world.store.read() as unit:
        found = select(interactions).where(interactions.c.kind.in_(kinds)).order_by(interactions.c.id)
        return list(await unit.connection.execute(found))


def _written(world: World, key: str, room: str, **more: Any) -> MessageSent:
    given = {"at": world.clock.now(), "length": 5, **more}
    return MessageSent(platform="fake", key=key, space="home", room=room, actor=Person("ana", "Ana"), **given)


def test_a_fact_names_a_subject_where_its_kind_has_one() -> None:
    every = [each for each in vars(facts).values() if isinstance(each, type) and issubclass(each, Fact)]
    named = {each: "subject" in each.__annotations__ for each in every if each is not Fact and each.kind is not None}
    assert len(named) >= 3
    assert named == {each: each.kind is not None and each.kind.counts.subject for each in named}
    kinds = [each.kind for each in named]
    assert len(kinds) == len(set(kinds))


async def test_a_checkin_is_kept_and_is_no_presence(world: World) -> None:
    await world.say("ana", "/checkin")
    await world.say("ana", "/checkin")
    (row,) = await kept(world, Kind.CHECKIN)
    ana = await world.member("ana")
    async with world.store.read() as unit:
        assert (await unit.members.account(row.account_id)).member_id == ana.id
    assert (row.target_account_id, row.subject, row.at) == (None, None, world.clock.now())
    await world.advance(hours=1)
    async with world.store.read() as unit:
        assert await unit.rollups.presence((await world.community()).id, world.clock.now()) == {}


async def test_what_a_reaction_raises_is_kept_with_its_subject_and_time(playing: World) -> None:
    before = playing.clock.now() - timedelta(hours=2)
    event = _written(playing, "m:1", quiz.ROOM, at=before)
    await playing.hand_in(event)
    await playing.hand_in(event)  # a platform that tells it again changes nothing
    (row,) = await kept(playing, Kind.TOOK_PART)
    assert (row.event_key, row.subject, row.at) == ("m:1#took_part", quiz.RUN, before)
    assert row.room_id is not None
    await playing.advance(hours=1)
    async with playing.store.read() as unit:
        days = await unit.rollups.presence((await playing.community()).id, playing.clock.now())
    assert days == {(await playing.member("ana")).id: 1}


async def test_points_for_a_fact_of_a_batch_reach_a_level_which_is_a_fact_again(playing: World) -> None:
    await playing.hand_in(_written(playing, "m:1", quiz.ROOM), _written(playing, "m:2", quiz.ROOM))
    assert [type(each) for each in quiz.seen] == [TookPart, TookPart, LevelReached]
    assert playing.last.startswith("Ana reached level 1")
    assert playing.sent[-1].outgoing.room == quiz.ROOM
    ana = await playing.member("ana")
    assert ana.earned == ana.balance >= quiz.POINTS
    assert len(await kept(playing, Kind.TOOK_PART)) == 2
    async with playing.store.read() as unit:
        given = (await unit.connection.execute(select(ledger.c.key).where(ledger.c.key.like("quiz:%")))).scalars()
        assert len(list(given)) == 1


async def test_points_for_a_fact_of_a_command_reach_a_level_behind_its_answer(playing: World) -> None:
    await playing.say("ana", "/checkin")
    assert [type(each) for each in quiz.seen] == [CheckedIn, TookPart, LevelReached]
    answer, level = playing.texts[-2:]
    assert answer.startswith("Checked in")
    assert level.startswith("Ana reached level 1")
    assert (await playing.member("ana")).balance == 11 + quiz.POINTS
    first, second = await kept(playing, Kind.CHECKIN, Kind.TOOK_PART)
    assert first.event_key.removesuffix("checkin") == second.event_key.removesuffix("took_part")


async def test_a_job_raises_facts_too(playing: World) -> None:
    for _ in range(5):
        await playing.hand_in(_written(playing, f"m:{playing.clock.now():%d%H}", quiz.ROOM))
        await playing.advance(days=1)
    playing.moderator("mo")
    await playing.say("mo", "/grant @ana 2000 prize")
    quiz.seen.clear()
    await playing.hand_in(_written(playing, "m:last", "general"))
    await playing.advance(days=1)
    (moved,) = [each for each in quiz.seen if isinstance(each, TierMoved)]
    assert (moved.move, moved.old, moved.new, moved.member.name) == (Move.RISE, 0, 1, "Ana")


async def test_nothing_is_kept_of_who_is_out(playing: World) -> None:
    await playing.hand_in(_written(playing, "m:1", "general"))
    async with playing.store.begin() as unit:
        ana = await playing.member("ana")
        ana.consent = Consent.OUT
        await unit.members.save([ana])
    await playing.hand_in(_written(playing, "m:2", quiz.ROOM))
    assert quiz.seen == []
    assert await kept(playing, Kind.TOOK_PART) == []


async def test_facts_without_end_put_their_event_aside_alone(playing: World) -> None:
    await playing.hand_in(_written(playing, "m:1", quiz.LOOP), _written(playing, "m:2", quiz.ROOM))
    async with playing.store.read() as unit:
        assert [(each.event_key, each.reason) for each in await unit.parked.all()] == [("m:1", "RecursionError")]
    assert [row.event_key for row in await kept(playing, Kind.MESSAGE, Kind.TOOK_PART)] == ["m:2", "m:2#took_part"]


@pytest.mark.parametrize("out", ["ana", "bo"])
async def test_of_who_asked_to_be_left_out_no_fact_is_kept(world: World, out: str) -> None:
    for who in ("ana", "bo"):
        await world.say(who, "hello")
    community = await world.community()
    async with world.store.begin() as unit:
        found = await unit.members.find("fake", {community.id: ["ana", "bo"]})
        ana, bo = (found[community.id, who] for who in ("ana", "bo"))
        members = {who: await unit.members.get(found[community.id, who].member_id) for who in ("ana", "bo")}
        members[out].consent = Consent.OUT
        context = Context(unit, world.clock.now(), community, Texts("en"))
        context.raise_(facts.Thanked(account=ana, member=members["ana"], target=bo, target_member=members["bo"]))
        await settle(unit, context, world.engine.registry)
    rows = await kept(world, Kind.THANKS)
    assert [(row.account_id, row.target_account_id) for row in rows] == ([] if out == "ana" else [(ana.id, None)])
