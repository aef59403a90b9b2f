"""What each kind of interaction counts as: every kind, and every event that there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.domain import events, memberships
from core.domain.clock import day_number
from core.domain.events import Asked, Event, MessageSent, VoiceLeft
from core.domain.kinds import (
    ACTIVITY,
    ADDRESSING,
    EARNING,
    ENDING,
    KINDS,
    PRESENCE,
    THERE,
    TIES,
    WRITTEN,
    Counts,
    Kind,
    kind_of,
)
from core.store.interactions import Interaction
from core.store.tables.interactions import interactions
from core.store.tables.rollups import activity_days, tie_days
from tests.world import World


def test_what_counts_stands_on_one_page() -> None:
    assert {kind: (kind in PRESENCE, kind in TIES, kind in EARNING, kind in THERE) for kind in Kind} == {
        "message": (True, False, True, True),
        "reply": (True, True, True, True),
        "mention": (False, True, False, False),
        "reaction": (True, True, True, True),
        "voice": (True, True, False, True),
        "thanks": (True, True, False, False),
        "took_part": (True, False, False, False),
        "voted": (True, False, False, False),
        "met": (False, False, False, False),
        "opened": (False, False, False, False),
        "finished": (False, False, False, False),
        "rated": (False, False, False, False),
        "bought": (False, False, False, False),
        "checkin": (False, False, False, False),
        "joined": (False, False, False, True),
        "left": (False, False, False, False),
        "deleted": (False, False, False, False),
        "unreaction": (False, False, False, False),
        "reactions": (False, False, False, False),
        "command": (False, False, False, False),
        "system": (False, False, False, False),
    }
    assert set(ENDING) == {"deleted", "unreaction"}
    assert {kind for kind in PRESENCE if "messages" in PRESENCE[kind]} == set(WRITTEN)


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_kept_and_counted_in_columns_that_are_there(kind: Kind) -> None:
    assert len(kind) <= interactions.c.kind.type.length  # type: ignore[attr-defined]  a String has one
    assert str(kind) == kind.value
    assert set(kind.counts.presence) <= set(ACTIVITY) <= set(activity_days.c.keys())
    if kind.counts.tie is not None:
        assert kind.counts.tie.counted in tie_days.c
        assert kind.counts.tie.weight > 0
    assert not kind.counts.ends or kind.counts == Counts(ends=True), "what takes away gives nothing"


def test_every_event_says_as_what_it_is_kept() -> None:
    named = [*vars(events).values(), *vars(memberships).values()]
    there = {each for each in named if isinstance(each, type) and issubclass(each, Event)}
    assert there - {Asked} == KINDS.keys()  # that is only what some of them share


class _Sneezed(MessageSent):
    """One of those that nobody thought of."""


def test_an_event_of_which_nothing_is_said_counts_as_nothing() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    shared = {"platform": "fake", "space": "s", "at": at}
    assert kind_of(_Sneezed(key="m:1", **shared)) is Kind.SYSTEM  # type: ignore[arg-type]
    assert Kind.SYSTEM.counts == Counts()
    assert kind_of(MessageSent(key="m:2", reply_to="1", **shared)) is Kind.REPLY  # type: ignore[arg-type]
    assert kind_of(VoiceLeft(key="v:1", since=at, **shared)) is Kind.VOICE  # type: ignore[arg-type]


async def test_only_what_says_so_is_presence_or_a_tie(world: World) -> None:
    await world.say("ana", "hello")
    await world.say("ben", "hello")
    community = await world.community()
    async with world.store.begin() as unit:
        (space,) = await unit.communities.spaces_of(community.id)
        ana, ben = sorted(await unit.members.owners(community.id))
        while await unit.rollups.advance(community.id):
            pass
        rows = [
            Interaction("fake", kind, community.id, space.id, kind, _day(world, place), None, ana, ben)
            for place, kind in enumerate(Kind)
        ]
        await unit.interactions.add(rows)
        while await unit.rollups.advance(community.id):
            pass
        days = select(activity_days.c.day).where(activity_days.c.day > day_number(world.clock.now()))
        present = set((await unit.connection.execute(days)).scalars())
        ties = {row.day: dict(row._mapping) for row in await unit.connection.execute(select(tie_days))}
    assert present == {day_number(_day(world, place)) for place, kind in enumerate(Kind) if kind in PRESENCE}
    # Time in a voice room ties those who share it, and nobody did.
    tied = {day_number(_day(world, place)): kind for place, kind in enumerate(Kind) if kind in ADDRESSING}
    counted = {day: [tie.counted for tie in TIES.values() if row[tie.counted]] for day, row in ties.items()}
    assert counted == {day: [ADDRESSING[kind].counted] for day, kind in tied.items()}


def _day(world: World, place: int) -> datetime:
    return world.clock.now() + timedelta(days=1 + place)
