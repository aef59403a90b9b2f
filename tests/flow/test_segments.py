"""/segments: groups of a community, who moved, whose names are said, and what the books make of value."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.domain.clock import day_number
from core.domain.people import Consent, Rights
from core.domain.pictures import Cells, Chart
from core.domain.plans import Payment, PaymentKind
from core.domain.segments import SEGMENTS, Move, Place, Segment, SegmentFigures, SegmentsResult, Worth
from core.store.snapshots import Snapshot
from core.store.unit import Store
from core.studies.segments import segments as study
from tests.world import World
from tests.world.sample import brought_in
from tests.world.segments import PLANTED, cloud, planted


async def asked(world: World, text: str = "/segments", who: str = "mod") -> str:
    """Return what is answered, once what is worked out first is there."""
    await world.say(who, text)
    await world.engine.due()
    await world.deliver()
    return world.last


async def newest(world: World) -> SegmentsResult:
    community = await world.community()
    async with world.store.read() as unit:
        found = await unit.snapshots.newest(community.id, SEGMENTS, SegmentsResult)
    assert found is not None
    return found.result


async def places(world: World, month: str = "2026-03") -> dict[int, Place]:
    community = await world.community()
    async with world.store.read() as unit:
        return await unit.segments.of(community.id, month)


async def pay(world: World, who: str, key: str, currency: str = "EUR", **more: Any) -> None:
    community, member, now = await world.community(), await world.member(who), world.clock.now()
    given: dict[str, Any] = {"kind": PaymentKind.PAID, "at": now - timedelta(hours=2), "amount": 1999, **more}
    async with world.store.begin() as unit:
        (account,) = await unit.members.accounts_of([member.id])
        told = Payment(key=key, currency=currency, **given)
        await unit.payments.book(community.id, f"shop:{who}", told, now, account_id=account.id)


async def say_yes(world: World, *people: str) -> None:
    """Let people agree to be known, as `/consent personal` does, without an act that would move them."""
    async with world.store.begin() as unit:
        members = [await world.member(each) for each in people]
        for each in members:
            each.consent = Consent.PERSONAL
        await unit.members.save(members)


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with three kinds of people, and a moderator."""
    world.moderator("mod")
    await planted(world)
    return world


async def test_planted_groups_are_said_with_what_marks_them(here: World) -> None:
    await asked(here)
    lines = here.last.splitlines()
    assert lines[0].startswith("42 members were active within a year until 2 March.")
    assert [line.split(" · ")[:2] for line in lines[1:4]] == [
        ["Regulars", "14"],
        ["Now and then", "14"],
        ["Gone quiet", "14"],
    ]
    assert "last active today · on 30 of 90 days" in lines[1]
    assert "Value is the points earned within a year" in lines[4]
    picture = here.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert picture.alt.startswith("Regulars: 14 of 42 members")
    assert here.sent[-1].outgoing.private


async def test_names_are_of_who_agreed_and_never_leave_fewer_than_five(here: World) -> None:
    await say_yes(here, *(f"regular{number}" for number in range(10)))
    await asked(here)
    await asked(here, "/segments gone_quiet")
    assert "I name nobody here" in here.last
    await asked(here, "/segments 常客")
    assert "regular0, regular1" in here.last
    assert "regular8 and 5 more. I name only who agreed to it." in here.last  # of ten: four would be left
    await here.say("mod", "/segments everyone")
    assert here.last.startswith("“everyone” is no group there is. There are Regulars, Now and then, Gone quiet.")
    await here.say("regular1", "/segments")
    assert here.last == "That's for moderators of this community."


async def test_who_moved_is_counted_from_the_end_of_last_month_on(here: World) -> None:
    await asked(here)
    assert here.last.splitlines()[-1] == "Since the end of Feb 2026 no five moved from one group to the same other."
    for number in range(8):
        await here.say(f"gone{number}", "back", room="general")
    await here.say("passing1", "again", room="general")
    await here.advance(days=7)
    await asked(here)
    assert here.last.splitlines()[-2:] == [
        "Moved since the end of Feb 2026, in fives:",
        "Gone quiet → Now and then: about 10",
    ]
    await asked(here, "/chart segment_moves")
    picture = here.sent[-1].outgoing.picture
    assert isinstance(picture, Cells)
    assert picture.values == ((10.0,),)


async def test_nothing_gives_a_count_under_five_away(world: World) -> None:
    world.moderator("mod")
    sizes = {Segment.REGULARS: 31, Segment.QUIET_BUYERS: 3, Segment.GONE_QUIET: 20}
    kept = SegmentsResult(
        until=day_number(world.clock.now()),
        month="2026-03",
        people=54,
        worth=Worth.SPENT,
        segments=tuple(
            SegmentFigures(segment=each, size=size, recency=1, frequency=20, value=9, stability=1)
            for each, size in sizes.items()
        ),
        before="2026-02",
        moved=(
            Move(before=Segment.REGULARS, now=Segment.GONE_QUIET, count=8),
            Move(before=Segment.GONE_QUIET, now=Segment.QUIET_BUYERS, count=4),
        ),
    )
    community = await world.community()
    async with world.store.begin() as unit:
        await unit.snapshots.keep(community.id, Snapshot(SEGMENTS, kept.until, kept))
    await world.say("mod", "/segments")
    lines = world.last.splitlines()
    assert lines[0].startswith("55 members were active")  # 54 less 31 and 20 would be three
    assert lines[2] == "Quiet buyers · fewer than five"
    assert lines[-2:] == ["Moved since the end of Feb 2026, in fives:", "Regulars → Gone quiet: about 10"]
    said = []
    for name in ("segment_sizes", "segment_moves"):
        await world.say("mod", f"/chart {name}")
        picture = world.sent[-1].outgoing.picture
        assert isinstance(picture, Chart | Cells)
        said += [[*row] for row in picture.rows()]
    assert said == [["", "Members"], ["Regulars", 31.0], ["Gone quiet", 20.0], ["", "Gone quiet"], ["Regulars", 10.0]]
    await world.say("mod", "/segments quiet_buyers")
    assert "I name nobody here" in world.last


async def test_money_makes_buyers_and_only_owners_hear_how_much(here: World) -> None:
    here.moderator("olga", Rights.OWNER)
    for number in range(14):
        await pay(here, f"passing{number}", f"p{number}")
    await pay(here, "gone1", "g1")
    await pay(here, "gone1", "g1back", kind=PaymentKind.REFUNDED, at=here.clock.now(), amount=None)
    await say_yes(here, "gone1")
    await asked(here)
    assert "Quiet buyers · 14" in here.last
    assert "19.99" not in here.last
    assert "Value is the money paid for plans within a year" in here.last
    await asked(here, who="olga")
    assert "paid 19.99 EUR" in here.last
    gone = (await here.member("gone1")).id
    assert (await places(here))[gone].value == 0
    await pay(here, "passing1", "again", "USD")
    await here.advance(days=7)
    await asked(here, who="olga")
    assert "Value is the number of payments for plans" in here.last
    assert (await newest(here)).worth is Worth.PAYMENTS


async def test_money_that_tells_nobody_apart_is_left_aside(here: World) -> None:
    draw = random.Random(2)
    for kind in PLANTED:
        for number in range(14):
            await pay(here, f"{kind}{number}", f"{kind}{number}", amount=round(draw.lognormvariate(7, 1)))
    await asked(here)
    lines = here.last.splitlines()
    assert [line.split(" · ")[1] for line in lines[1:4]] == ["14", "14", "14"]
    assert lines[5] == "Left aside, as it doesn't tell these groups apart: value."
    await here.say("mod", "/language zh")
    await asked(here)
    assert here.last.splitlines()[5] == "与分群无关、没有计入：价值。"


async def test_where_no_groups_are_stable_it_says_so_and_nobody_is_in_one(world: World) -> None:
    world.moderator("mod")
    await cloud(world)
    await asked(world)
    assert world.last.startswith("No stable groups: of 60 members active within a year until 2 March, no division")
    assert await places(world) == {}
    await world.say("mod", "/segments regulars")
    assert world.last == "There are no groups at the moment: /segments says why."
    await world.say("mod", "/chart segment_sizes")
    assert world.last == "There are too few figures for this chart yet."


async def test_few_people_and_none_are_said_to_be(world: World) -> None:
    world.moderator("mod")
    await asked(world)
    assert world.last == "Nobody was active within the last year, so there are no groups to look for."
    await world.say("ana", "hello", room="general")
    await asked(world)
    assert world.last == "Too few to look for groups: 1 member active within a year until 2 March, and it takes 30."


async def test_it_is_kept_of_who_agreed_and_goes_with_them(here: World) -> None:
    await say_yes(here, "regular1", "regular2", "gone1")
    await asked(here)
    leaving, out, less = [(await here.member(name)).id for name in ("regular1", "regular2", "gone1")]
    assert {member: place.segment for member, place in (await places(here)).items()} == {
        leaving: "regulars",
        out: "regulars",
        less: "gone_quiet",
    }
    assert "Regulars · 14" in here.last  # of who is only counted nothing is kept, and they are counted
    await here.say("regular1", "/mydata")
    file = here.sent[-1].outgoing.file
    assert file is not None
    assert b'"segment": "regulars"' in file.content
    await here.say("regular1", "/forgetme")
    await here.press("regular1", "Erase everything")
    assert leaving not in await places(here)
    await here.say("regular2", "/consent out")
    await here.press("regular2", "Yes, leave me out")
    await here.say("gone1", "/consent counted")
    await here.advance(days=7)
    assert await places(here) == {}


@pytest.mark.shared_data
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_real_server_has_groups_that_hold(store: Store, shared_data: Path) -> None:
    sample = await brought_in(store, shared_data, "discord", datetime(2026, 4, 14, 9, tzinfo=UTC))
    await sample.ask("/segments")
    await sample.world.engine.due()
    await sample.world.deliver()
    lines = sample.world.last.splitlines()
    assert [line.split(" · ")[:2] for line in lines[1:6]] == [
        ["New faces", "93"],
        ["Regulars", "87"],
        ["Now and then", "114"],
        ["Drifting away", "337"],
        ["Gone quiet", "303"],
    ]
    assert "New faces → Drifting away: about 75" in lines


@pytest.mark.shared_data
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_real_group_had_groups_while_it_was_alive(store: Store, shared_data: Path) -> None:
    sample = await brought_in(store, shared_data, "telegram", datetime(2026, 4, 14, 9, tzinfo=UTC))
    await sample.ask("/segments")
    await sample.world.engine.due()
    await sample.world.deliver()
    assert sample.world.last.startswith("Nobody was active within the last year")
    found = await study.anew(store, sample.space.community_id, datetime(2024, 6, 30, 9, tzinfo=UTC))
    assert found is not None
    assert [(each.segment.value, each.size) for each in found.segments] == [
        ("occasional", 14),
        ("drifting", 22),
        ("gone_quiet", 40),
    ]
