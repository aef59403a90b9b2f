"""What imported history gives, beside what was lived: points, levels, names, and who is there."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.imports.discord import read as discord
from bot.imports.telegram import read as telegram
from bot.platforms.discord.known import Known
from bot.platforms.discord.messages import message_sent
from bot.platforms.telegram.translate import Translator
from core.domain.clock import SystemClock
from core.domain.events import MemberJoined, MemberLeft, MessageSent, ReactionAdded
from core.domain.history import Chapter, Record
from core.domain.people import Consent, Person
from core.domain.points import Reason
from core.engine.history import import_history
from core.kit.replay import preview
from core.kit.texts import Texts
from core.store.unit import Store
from tests.platforms.exports import channel, chat, said, service, written, wrote
from tests.world import World


async def bring(world: World, path: str, *history: Chapter | Record, with_points: bool = False) -> dict[str, Any]:
    taken = await import_history(
        world.store,
        world.engine.sealer.hash,
        world.default,
        "Data Kitchen",
        history,
        path=path,
        now=world.clock.now(),
        with_points=with_points,
    )
    return taken.to_json()


def test_live_then_imported_meets_the_same_keys(tmp_path: Path) -> None:
    live = message_sent(
        {
            "id": "1000000000000000002",
            "type": 19,
            "guild_id": "55",
            "channel_id": "77",
            "timestamp": "2026-01-05T12:02:00.000+00:00",
            "content": "hello",
            "author": {"id": "1", "username": "handle1", "global_name": "Member 1"},
            "mentions": [],
            "message_reference": {"message_id": "1000000000000000001"},
        },
        None,
        Known(bot_id="0"),
    )
    exported = wrote(2, kind="Reply", reference={"messageId": "1000000000000000001"})
    _, record = discord(written(tmp_path, channel(exported)))
    assert isinstance(record, Record)
    assert live is not None
    assert live == record.events[0]

    group = {"id": -1001234567890, "type": "supergroup", "title": "Data Kitchen"}
    user = {"id": 5, "first_name": "Member", "last_name": "5", "is_bot": False}
    sent = {"message_id": 2, "date": 1767614520, "chat": group, "from": user}
    translator = Translator(1, "kith_bot", SystemClock())
    lived = translator.translate({"update_id": 1, "message": {**sent, "text": "hello"}})
    joined = translator.translate({"update_id": 2, "message": {**sent, "new_chat_members": [user]}})
    _, record, came = telegram(
        written(tmp_path, chat(said(2, 5), service(3, "join_group_by_link", 5, date_unixtime="1767614520")))
    )
    assert isinstance(record, Record)
    assert isinstance(came, Record)
    assert lived[-1].key == record.events[0].key
    assert lived[-1].space == record.events[0].space
    assert joined[-1].key == came.events[0].key


def _records(world: World) -> list[Chapter | Record]:
    """Return a few days of a lively room as an export would tell them."""
    people = [Person(name, name.capitalize()) for name in ("ana", "ben", "cleo", "dan")]
    at = world.clock.now()
    told: list[Chapter | Record] = [Chapter("home", "Data Kitchen", room="r", room_name="Room")]
    for number in range(1, 240):
        at += timedelta(seconds=(number * 37) % 90, hours=5 if number % 20 == 0 else 0)
        who = people[(number * 7 + number // 5) % 4]
        parent = number - 1 - number % 3
        shared: dict[str, Any] = {"platform": world.default, "space": "home", "at": at, "room": "r"}
        sent = MessageSent(
            key=f"m:{number}",
            actor=who,
            reply_to=str(parent) if number % 2 and parent > 0 else None,
            mentions=(people[number % 4],) if number % 11 == 0 else (),
            **shared,
        )
        liked = [
            ReactionAdded(
                key=f"r:{number}:{fan.id}:{mark}", actor=fan, message=str(number), emoji=mark, author=who, **shared
            )
            for fan in people[: number % 3]
            for mark in "ab"[: 1 + number % 2]
        ]
        told.append(Record((sent, *liked)))
    return told


async def balances(world: World) -> dict[str, tuple[int, int, int]]:
    community = await world.community()
    async with world.store.read() as unit:
        everyone = await unit.members.all(community.id)
    return {m.name: (m.balance, m.earned, m.level) for m in everyone}


@pytest.fixture
async def twin(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[World]:
    """Give a second world, on a database of its own."""
    path = tmp_path / "twin.db"
    shutil.copy(sqlite_template, path)
    made = World(Store(f"sqlite:///{path}"))
    await made.open()
    yield made
    await made.store.close()


async def test_with_points_gives_what_live_would_have_given(world: World, twin: World) -> None:
    live = twin
    history = _records(world)
    for record in history:
        if isinstance(record, Record):
            await live.hand_in(*record.events)
    expected = await balances(live)
    assert all(earned > 300 for _, earned, _ in expected.values())
    taken = await bring(world, "x.json", *history, with_points=True)
    assert taken["messages"] == 239
    assert await balances(world) == expected
    community = await world.community()
    async with world.store.read() as unit, live.store.read() as other_unit:
        for each in (Reason.MESSAGE, Reason.REPLY, Reason.REACTION):
            mine = await unit.ledger.each_of(community.id, [each])
            theirs = await other_unit.ledger.each_of((await live.community()).id, [each])
            assert [(e.key, e.amount, e.at) for e in mine] == [(e.key, e.amount, e.at) for e in theirs]
        sums = await unit.ledger.sums(community.id)
        assert sums == {m.id: m.balance for m in await unit.members.all(community.id)}


async def test_without_points_history_counts_for_nothing_but_figures(world: World) -> None:
    await bring(world, "x.json", *_records(world))
    assert set((await balances(world)).values()) == {(0, 0, 0)}
    community = await world.community()
    async with world.store.read() as unit:
        assert await preview(unit, community, community.settings.rules) == []
        assert await unit.ledger.sums(community.id) == {}
        assert await unit.rollups.messages(community.id) == 239


async def test_half_lived_half_imported_gives_each_its_points_once(world: World) -> None:
    history = _records(world)
    seen = [record for record in history if isinstance(record, Record)][100:140]
    for record in seen:
        await world.hand_in(*record.events)
    before = await balances(world)
    taken = await bring(world, "x.json", *history, with_points=True)
    assert taken["duplicates"] == 40
    assert taken["messages"] == 199
    community = await world.community()
    async with world.store.read() as unit:
        entries = await unit.ledger.each_of(community.id, [Reason.MESSAGE, Reason.REPLY, Reason.REACTION])
        assert len({entry.key for entry in entries}) == len(entries)
        members = await unit.members.all(community.id)
        assert await unit.ledger.sums(community.id) == {m.id: m.balance for m in members}
    after = await balances(world)
    assert all(after[name][1] > before[name][1] for name in before)


async def test_history_changes_no_name_and_brings_nobody_back(world: World) -> None:
    history = _records(world)
    await world.advance(days=3)
    await world.happen(MessageSent, Person("ana", "Ana the Great"), key="m:900")
    await world.happen(MessageSent, Person("ben", "Ben"), key="m:901")
    await world.happen(MessageSent, Person("cleo", "Cleo"), key="m:902")
    community = await world.community()
    out = await world.member("cleo")
    out.consent = Consent.OUT
    async with world.store.begin() as unit:
        await unit.members.save([out])
        (silent,) = await unit.members.accounts_of([out.id])
    await world.say("ben", "/forgetme", direct=True)
    await world.press("ben", Texts("en").plain("button-forget-yes"))
    taken = await bring(world, "x.json", *history, with_points=True)
    bens = [r for r in history if isinstance(r, Record) and r.events[0].actor == Person("ben", "Ben")]
    assert bens
    assert taken["skipped"] == {"erased": len(bens)}
    names = set(await balances(world))
    assert "Ana the Great" in names
    assert "Ben" not in names
    async with world.store.read() as unit:
        rows = [row async for row in unit.interactions.in_order(community.id)]
    imported = [row for row in rows if row.import_id is not None]
    assert imported
    assert not any(silent.id in (row.account_id, row.target_account_id) for row in imported)


async def test_who_left_in_the_past_and_is_here_now_is_here(world: World) -> None:
    at = world.clock.now() - timedelta(days=9)
    await world.say("ana", "hello")
    shared: dict[str, Any] = {"platform": world.default, "space": "home"}
    people = [Person("ana", "Ana"), Person("ben", "Ben")]
    history = [
        Record((event,), system=True)
        for person in people
        for event in (
            MemberLeft(key=f"l:{person.id}", actor=person, at=at + timedelta(days=1), **shared),
            MemberJoined(key=f"j:{person.id}", actor=person, at=at, **shared),
        )
    ]
    taken = await bring(world, "x.json", Chapter("home", "Data Kitchen"), *history)
    assert (taken["joins"], taken["system"]) == (2, 4)
    ana, ben = await world.member("ana"), await world.member("ben")
    assert (ana.joined_at, ana.left_at) == (at, None)
    assert (ben.joined_at, ben.left_at) == (at, at + timedelta(days=1))
