"""/atrisk: who may fall silent, by consent, with reasons, and a record that events bear out."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.analysis.silence.foretell import foretell
from core.analysis.silence.past import past_of
from core.domain.clock import day_number
from core.domain.kinds import ADDRESSING, PRESENCE, Kind
from core.domain.pictures import Chart
from core.domain.silence import HORIZON, Month, SilenceInput, SilenceResult
from core.store.snapshots import Snapshot
from core.store.tables.interactions import seen
from core.store.tables.members import accounts
from core.store.tables.outbox import outbox
from core.store.unit import Store
from tests.world import World
from tests.world.crowd import come, write
from tests.world.sample import Sample, brought_in

Event = tuple[int, str, int, int | None]  # day, kind, member, whom they addressed


async def events_of(sample: Sample) -> tuple[list[Event], list[int]]:
    """Return what people did and who there is, from what is kept of events, past all roll-ups."""
    source, target = accounts.alias("source"), accounts.alias("target")
    found = (
        select(seen.c.at, seen.c.kind, source.c.member_id, target.c.member_id)
        .join(source, source.c.id == seen.c.account_id)
        .outerjoin(target, target.c.id == seen.c.target_account_id)
        .where(seen.c.community_id == sample.space.community_id)
    )
    async with sample.world.store.read() as unit:
        members = {each.id for each in await unit.members.who(sample.space.community_id) if not each.bot}
        rows = (await unit.connection.execute(found)).all()
    return [(day_number(at), kind, who, whom) for at, kind, who, whom in rows if who in members], sorted(members)


def given_of(events: list[Event], people: list[int], until: int) -> SilenceInput:
    """Return what the study would be given of events, counted one by one."""
    place = {member: number for number, member in enumerate(people)}
    days: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    ties: dict[tuple[int, int, int], Counter[str]] = defaultdict(Counter)
    for day, kind, who, whom in events:
        for column in PRESENCE.get(Kind(kind), ()):
            days[place[who], day][column] += 1
        if Kind(kind) in ADDRESSING and whom in place and whom != who:
            ties[place[who], place[whom], day]["reactions" if kind == Kind.REACTION else "words"] += 1
    active = [
        (who, *(counts[name] for name in ("messages", "replies", "reactions", "other")), day)
        for (who, day), counts in sorted(days.items())
    ]
    tied = [(*pair, counts["words"], counts["reactions"], day) for (*pair, day), counts in sorted(ties.items())]
    return SilenceInput(
        until=until,
        people=array("q", people),
        days=tuple(array("i", column) for column in zip(*active, strict=True)),
        ties=tuple(array("i", column) for column in zip(*tied, strict=True)),
    )


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("database_url", "platform", "language"),
    [("sqlite", "discord", "en"), ("postgresql", "telegram", "zh")],
    indirect=["database_url"],
)
async def test_the_record_of_real_histories_is_what_events_say(
    store: Store, shared_data: Path, platform: str, language: str
) -> None:
    sample = await brought_in(store, shared_data, platform, datetime(2026, 4, 26, 9, tzinfo=UTC))
    await sample.agree()
    await sample.ask(f"/language {language}")
    await sample.ask("/atrisk")
    await sample.world.engine.due()
    await sample.world.deliver()
    async with store.read() as unit:
        kept = await unit.snapshots.newest(sample.space.community_id, "silence", SilenceResult)
    assert kept is not None
    events, people = await events_of(sample)
    there = defaultdict(set)
    for day, kind, who, _ in events:
        if Kind(kind) in PRESENCE:
            there[who].add(day)
    assert kept.result.until == max(map(max, there.values())) + 1
    for month in kept.result.months:
        at, end = month.cutoff, month.cutoff + HORIZON
        before = [each for each in events if each[0] < at]
        found = foretell(past_of(given_of(before, people, at)))
        lately = {who for who, days in there.items() if any(at - 30 <= day < at for day in days)}
        regular = {who for who in lately if sum(day < at for day in there[who]) >= 3}
        silent = {who for who in regular if not any(at <= day < end for day in there[who])}
        named = {people[found.known.people[place]] for place in found.named.tolist()}
        assert {people[each] for each in found.known.people.tolist()} == regular
        said = (month.named, month.silent, month.rest, month.rest_silent)
        assert said == (len(named), len(named & silent), len(regular - named), len(silent - named)), month
        assert month.by_model == (found.model is not None)


async def months_of_talk(world: World) -> None:
    """Let four people write every other day for ten weeks; then Dan and Eve no more, for ten days."""
    world.moderator("mod")
    start = world.clock.now()
    await come(world, ["ana", "ben", "dan", "eve"])
    talk = [(who, start + timedelta(days=day)) for day in range(0, 80, 2) for who in ("ana", "ben", "dan", "eve")]
    world.clock.advance(timedelta(days=80))
    await write(world, [(who, at) for who, at in talk if who in {"ana", "ben"} or at < start + timedelta(days=70)])
    await world.engine.due()


async def asked(world: World, text: str = "/atrisk", who: str = "mod") -> str:
    await world.say(who, text)
    await world.engine.due()
    await world.deliver()
    return world.last


async def test_with_too_little_history_the_rule_names_who_agreed_and_counts_the_others(world: World) -> None:
    await months_of_talk(world)
    await world.say("dan", "/consent personal")
    said = await asked(world)
    assert "Not enough history yet for probabilities" in said
    assert "\nDan: quiet for 10 days, usually there every 2 days\n" in said
    assert "1 more may, unnamed here because they haven't agreed" in said
    assert not re.search(r"\b(Eve|Ana|Ben)\b", said)
    # Of who didn't agree nothing is kept; who takes it back isn't named from then on.
    async with world.store.read() as unit:
        community = await world.community()
        kept = await unit.snapshots.newest(community.id, "silence", SilenceResult)
        cutoffs = await unit.forecasts.firsts(community.id)
        rows = await unit.forecasts.at(community.id, cutoffs[0])
    dan, eve = await world.member("dan"), await world.member("eve")
    assert kept is not None
    assert set(kept.result.members) == {dan.id, None}
    assert [each.member_id for each in rows] == [dan.id]
    assert eve.id not in kept.result.members
    await world.say("dan", "/consent counted")
    said = await asked(world)
    assert "Dan" not in said
    assert "2 people may, unnamed here" in said
    await world.say("ana", "/atrisk")
    assert "quiet for" not in world.last


async def test_who_comes_back_leaves_the_list_and_a_button_sets_up_a_way_back(world: World) -> None:
    await months_of_talk(world)
    for who in ("dan", "eve"):
        await world.say(who, "/consent personal")
    await asked(world)
    await world.say("dan", "here I am again")
    await world.engine.due()
    said = await asked(world)
    assert "1 person who was on the list has done something since." in said
    assert "Dan" not in said
    await world.press("mod", "Write to who falls silent")
    assert "Begins when somebody: falls silent" in world.last


async def test_the_record_is_of_the_lists_that_were_kept_and_parts_who_was_written_to(world: World) -> None:
    await months_of_talk(world)
    for who in ("dan", "eve"):
        await world.say(who, "/consent personal")
        await world.say(who, "/start", direct=True)
    await asked(world)
    member, community = await world.member("eve"), await world.community()
    async with world.store.begin() as unit:
        account = (await unit.members.identity(member.id))[0][0]
        values = {"community_id": community.id, "account_id": account, "platform": "fake", "chat": "", "lane": 2}
        now = {"due_at": world.clock.now(), "created_at": world.clock.now()}
        letter = {"kind": "push", "payload": {}, "state": "sent", "attempts": 1, "topic": "activity"}
        await unit.connection.execute(outbox.insert().values(values | now | letter))
    start = world.clock.now()
    await world.advance(days=2)
    world.clock.advance(timedelta(days=35))
    await write(world, [(who, start + timedelta(days=day)) for day in range(0, 37, 2) for who in ("ana", "ben")])
    await world.engine.due()
    await world.advance(nights=True, days=8)
    said = await asked(world)
    async with world.store.read() as unit:
        kept = await unit.snapshots.newest(community.id, "silence", SilenceResult)
    assert kept is not None
    month = next(each for each in kept.result.months if not each.replayed)
    assert (month.named, month.silent, month.written, month.written_silent) == (2, 1, 1, 1)
    assert (month.rest, month.by_model) == (2, False)
    assert "1 named, who fell silent; fewer than five others." in said
    assert "One more was named and written to, which may have changed things: they fell silent." in said


async def test_no_share_of_fewer_than_five_is_told(world: World) -> None:
    world.moderator("mod")
    await come(world, ["ana"])
    community, until = await world.community(), day_number(world.clock.now())
    few = Month(
        cutoff=until - 61, by_model=False, replayed=True, named=4, silent=1, written=0, written_silent=0, rest=20,
        rest_silent=2,
    )  # fmt: skip
    more = replace(few, cutoff=until - 31, named=6, silent=3, rest=4, rest_silent=1)
    enough = replace(few, cutoff=until - 92, named=8, silent=2)
    for months, drawn in (((few, more), None), ((enough, few, more), 1)):
        kept = SilenceResult(until=until, people=24, missing="too-few", months=months)
        async with world.store.begin() as unit:
            await unit.snapshots.keep(community.id, Snapshot("silence", until, kept))
        for language, said in (
            ("en", ("of 4 named 1 fell silent; of 20 others 10", "of 6 named 3 fell silent (50", "than five others.")),
            ("zh", ("点名 4 人，沉默 1 人；其余 20 人中 10%。", "沉默 3 人（50%）；其余不到 5 人。")),
        ):
            await world.say("mod", f"/language {language}")
            await world.say("mod", "/atrisk")
            assert all(each in world.last for each in said), world.last
            picture = world.sent[-1].outgoing.picture
            assert (len(picture.x) if isinstance(picture, Chart) else None) == drawn


async def test_what_was_foretold_is_told_and_goes_with_whoever_it_is_about(world: World) -> None:
    await months_of_talk(world)
    await world.say("dan", "/consent personal")
    await asked(world)
    community, member = await world.community(), await world.member("dan")
    async with world.store.read() as unit:
        cutoff = (await unit.forecasts.firsts(community.id))[0]
        rows = await unit.forecasts.at(community.id, cutoff)
    assert {each.member_id for each in rows} == {member.id}
    await world.say("dan", "/forgetme")
    await world.press("dan", "Erase everything")
    async with world.store.read() as unit:
        rows = await unit.forecasts.at(community.id, cutoff)
        assert member.id not in {each.member_id for each in rows}
    assert "Dan" not in await asked(world)
