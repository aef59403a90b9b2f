"""Consent, export and erasure: what is kept, what goes, and that it stays away."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from core.domain.events import ButtonPressed, MemberJoined, MessageSent
from core.domain.history import Chapter, Record
from core.domain.people import Consent, Person, Rights
from core.domain.points import Reason
from core.engine.history import import_history
from core.engine.levels import Had, import_levels
from core.store.tables import PERSONAL
from tests.world import World


async def rows_about(world: World, who: str) -> dict[str, int]:
    """Return how many rows each table has about a member, by the registry that /mydata reads."""
    member = await world.member(who)
    async with world.store.read() as unit:
        members, accounts = await unit.members.identity(member.id)
        tables = await unit.erasure.export(members, [account.id for account in accounts])
    return {name: len(rows) for name, rows in tables.items() if rows}


async def everything(world: World) -> str:
    """Return all that the database holds, as one text."""
    async with world.store.read() as unit:
        found = []
        for entry in PERSONAL.values():
            rows = await unit.connection.execute(entry.table.select())
            found += [str(dict(row._mapping)) for row in rows]
    return "\n".join(found)


async def test_start_asks_and_a_button_answers(world: World) -> None:
    await world.say("ana", "hello")
    await world.say("ana", "/start", direct=True)
    assert world.last.startswith("Hi Ana, I'm the host of Data Kitchen.")
    assert "Right now I only count." in world.last
    await world.press("ana", "Yes, show my circle", direct=True)
    assert (await world.member("ana")).consent is Consent.PERSONAL
    await world.say("ana", "/start")
    assert world.last.startswith("I'm the host of Data Kitchen:")


async def test_who_is_out_is_not_kept_and_not_on_boards(world: World) -> None:
    message = await world.say("ana", "hello")
    await world.say("li", "so", reply_to=message)
    await world.advance(days=1)
    await world.say("ana", "/consent")
    await world.press("ana", "Leave me out")
    await world.press("ana", "Yes, leave me out")
    member = await world.member("ana")
    assert (member.consent, member.name) == (Consent.OUT, "")
    async with world.store.read() as unit:
        assert [(a.name, a.username) for a in await unit.members.accounts_of([member.id])] == [("", None)]
    assert set(await rows_about(world, "ana")) <= {"accounts", "members", "ledger", "outbox", "buttons"}
    balance = member.balance
    await world.advance(minutes=5)
    await world.say("ana", "more")
    await world.react("ana", message)
    await world.advance(days=1)
    assert (await world.member("ana")).balance == balance
    assert "interactions" not in await rows_about(world, "ana")
    community = await world.community()
    async with world.store.read() as unit:
        assert await unit.ledger.standing(community.id, member.id, None) is None
    await world.say("ana", "/checkin")
    assert world.last == "You asked to be left out, so I keep no points for you. /consent changes that."
    await world.say("ana", "/consent counted")
    member = await world.member("ana")
    assert (member.consent, member.name, member.balance) == (Consent.COUNTED, "Ana", balance)


async def test_an_export_holds_every_row_and_is_for_its_owner_alone(world: World) -> None:
    message = await world.say("ana", "hello")
    await world.react("li", message)
    await world.advance(days=1)
    await world.say("ana", "/mydata")
    sent = world.sent[-1].outgoing
    assert sent.private
    assert sent.file is not None
    content = json.loads(sent.file.content)
    assert content["community"] == "Data Kitchen"
    assert set(content["kept"]) == {name for name, entry in PERSONAL.items() if entry.exported}
    assert {row["reason"] for row in content["kept"]["ledger"]} == {"message", "reaction"}
    # Their own message, the reaction to it, and the command itself.
    assert len(content["kept"]["interactions"]) == 3
    assert content["kept"]["members"][0]["name"] == "Ana"


async def test_forgetting_asks_first_and_leaves_no_name(world: World) -> None:
    message = await world.say("annabel", "hello")
    await world.say("li", "so", reply_to=message)
    await world.say("annabel", "/thanks @li")
    await world.advance(days=1)
    before = await world.member("annabel")
    community = await world.community()
    async with world.store.read() as unit:
        sums = await unit.ledger.sums(community.id)
    await world.say("annabel", "/forgetme")
    await world.press("annabel", "Keep it")
    assert world.last == "Nothing was changed."
    await world.say("annabel", "/forgetme")
    await world.press("annabel", "Erase everything")
    assert world.last.startswith("Everything about you is erased.")
    async with world.store.read() as unit:
        gone = await unit.members.get(before.id)
        assert await unit.ledger.sums(community.id) == sums
    assert gone.erased_at is not None
    assert (gone.name, gone.consent) == ("", Consent.OUT)
    kept = (await everything(world)).lower()
    # The one place left is the chat to which the answer goes, until it is pruned.
    assert [line for line in kept.splitlines() if "annabel" in line and "'chat': '@annabel'" not in line] == []
    await world.advance(days=8)
    assert "annabel" not in (await everything(world)).lower()


async def test_a_replay_never_brings_an_erased_name_back(world: World) -> None:
    ana = Person("annabel", "Annabel")
    history = [
        MessageSent(platform="fake", key="m:old1", space="home", at=world.clock.now(), actor=ana, length=5),
        MessageSent(
            platform="fake",
            key="m:old2",
            space="home",
            at=world.clock.now(),
            actor=Person("li", "Li"),
            reply_to="old1",
            reply_author=ana,
            mentions=(ana,),
            length=5,
        ),
        MemberJoined(platform="fake", key="j:old", space="home", at=world.clock.now(), actor=ana),
    ]
    await world.hand_in(*history)
    await world.advance(hours=1)
    await world.say("annabel", "/forgetme")
    await world.press("annabel", "Erase everything")
    await world.advance(days=9)
    await world.hand_in(*history)
    # What others say of her later, the platform naming her, brings nothing back either.
    await world.say("li", "as she said", reply_to="old1", reply_author=ana, mentions=(ana,))
    await world.say("li", "/thanks @annabel")
    assert world.last == "I don't know a member called “Annabel”."
    await world.advance(days=1)
    assert "annabel" not in (await everything(world)).lower()
    # Her own new doing makes her somebody new.
    await world.say(ana, "I'm back")
    assert (await world.member("annabel")).balance <= 25


async def test_events_and_erasure_in_one_batch_leave_nothing(world: World) -> None:
    await world.say("annabel", "hello")
    await world.say("annabel", "/forgetme")
    token = world.sent[-1].outgoing.buttons[0][0].token
    ana, now = Person("annabel", "Annabel"), world.clock.now()
    await world.hand_in(
        MessageSent(platform="fake", key="m:a", space="home", at=now, actor=ana, length=1),
        ButtonPressed(platform="fake", key="b:1", space="home", at=now, actor=ana, token=token),
        MessageSent(platform="fake", key="m:b", space="home", at=now, actor=ana, length=1),
        ButtonPressed(platform="fake", key="b:2", space="home", at=now, actor=ana, token=token),
    )
    await world.advance(days=8)
    assert "annabel" not in (await everything(world)).lower()


async def test_erasure_covers_joined_accounts_and_what_they_left_behind(world: World) -> None:
    """Linking empties a member: nothing of theirs may outlive the erasure."""
    await world.say("annabel", "hello")
    member = await world.member("annabel")
    await world.say("bella", "hello")
    other = await world.member("bella")
    async with world.store.begin() as unit:
        accounts = await unit.members.accounts_of([other.id])
        await unit.members.move_account(accounts[0].id, member.id)
        await unit.members.recount([member.id, other.id])
    await world.say("annabel", "/forgetme")
    await world.press("annabel", "Erase everything")
    await world.advance(days=8)
    kept = (await everything(world)).lower()
    assert "annabel" not in kept
    assert "bella" not in kept


async def test_erasure_amid_activity_and_a_replay_of_all_of_it(world: World) -> None:
    ana, li, now = Person("annabel", "Annabel"), Person("li", "Li"), world.clock.now()
    await world.say("annabel", "/forgetme")
    token = world.sent[-1].outgoing.buttons[0][0].token
    base = {"platform": "fake", "space": "home", "at": now, "length": 3}
    batches = [
        [
            MessageSent(**base, key=f"m:a{i}", actor=ana),
            MessageSent(**base, key=f"m:l{i}", actor=li, reply_to=f"a{i}", reply_author=ana, mentions=(ana,)),
        ]
        for i in range(20)
    ]
    press = ButtonPressed(platform="fake", key="b:1", space="home", at=now, actor=ana, token=token)
    doing = [world.engine.accept(batch) for batch in batches]
    doing.insert(10, world.engine.accept([press]))
    await asyncio.gather(*doing)
    for batch in batches:
        await world.hand_in(*batch)
    await world.advance(days=8)
    assert "annabel" not in (await everything(world)).lower()
    community = await world.community()
    async with world.store.read() as unit:
        sums = await unit.ledger.sums(community.id)
        members = await unit.members.all(community.id)
    assert {m.id: m.balance for m in members} == {m.id: sums.get(m.id, 0) for m in members}


async def test_an_import_brings_no_erased_name_back(world: World) -> None:
    ana, li, long_ago = Person("annabel", "Annabel"), Person("li", "Li"), world.clock.now() - timedelta(days=100)
    await world.say(ana, "hello")
    await world.say("annabel", "/forgetme")
    await world.press("annabel", "Erase everything")
    await world.advance(days=8)
    base = {"platform": "fake", "space": "home", "length": 3}
    history = [
        Chapter("home", "Data Kitchen"),
        Record((MessageSent(**base, key="m:1", at=long_ago, actor=ana),)),
        Record(
            (MessageSent(**base, key="m:2", at=long_ago, actor=li, reply_to="1", reply_author=ana, mentions=(ana,)),)
        ),
    ]
    hashed, now = world.engine.sealer.hash, world.clock.now()
    taken = await import_history(
        world.store, hashed, "fake", "Data Kitchen", history, path="x.json", now=now, with_points=True
    )
    assert (taken.messages, taken.skipped) == (1, {"erased": 1})
    assert "annabel" not in (await everything(world)).lower()


@pytest.mark.parametrize("text", ["/forgetme @bella", "/forgetme bella", "/unlink @bella"])
async def test_what_is_final_takes_no_other_words(world: World, text: str) -> None:
    await world.say("annabel", "hello")
    await world.say("bella", "hello")
    await world.say("annabel", text)
    assert "takes no words, so I did nothing" in world.last
    assert not world.sent[-1].outgoing.buttons
    assert (await world.member("annabel")).name == "Annabel"


async def test_leaving_out_says_what_is_lost_and_asks(world: World) -> None:
    for _ in range(23):
        await world.say("ana", "hello")
        await world.advance(minutes=2)
    balance = (await world.member("ana")).balance
    await world.say("ana", "/consent out", direct=True)
    assert "The 23 entries of your ledger become one sum" in world.last
    assert f"your {balance:,} points stay" in world.last
    await world.press("ana", "No, leave it as it is", direct=True)
    assert world.last == "Nothing was changed. You are counted."
    member = await world.member("ana")
    assert (member.consent, member.name) == (Consent.COUNTED, "Ana")
    await world.say("ana", "/start", direct=True)
    await world.press("ana", "Leave me out", direct=True)
    assert (await world.member("ana")).consent is Consent.COUNTED
    await world.press("ana", "Yes, leave me out", direct=True)
    assert (await world.member("ana")).consent is Consent.OUT


async def test_who_is_left_out_has_one_sum_and_earns_nothing_anew(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    message = await world.say("ana", "hello")
    await world.say("olga", "hello", reply_to=message)
    await world.say("olga", "/grant @ana 50 she helped")
    await world.say("ana", "/checkin")
    before, community = await world.member("ana"), await world.community()
    await world.say("ana", "/consent out")
    await world.press("ana", "Yes, leave me out")
    after = await world.member("ana")
    assert (after.balance, after.earned, after.level) == (before.balance, before.earned, before.level)
    async with world.store.read() as unit:
        entries = await unit.ledger.of_member(after.id)
        assert [(e.reason, e.amount, e.earned, e.note) for e in entries] == [
            (Reason.SUM, before.balance, before.earned, "")
        ]
        assert (await unit.ledger.sums(community.id))[after.id] == after.balance
    await world.say("olga", "/audit")
    assert "she helped" not in world.last
    await world.say("olga", f"/undo {entries[0].id}")
    assert "is the sum of many entries" in world.last
    # Back again on the same day: what gave points gives them once.
    await world.say("ana", "/consent counted")
    await world.say("ana", "/checkin")
    await world.say("ana", "hello again")
    again = MessageSent(
        platform="fake", key=f"m:{message}", space="home", at=world.clock.now(), actor=Person("ana", "Ana"), length=5
    )
    await world.hand_in(again)
    await world.delete(message)
    assert (await world.member("ana")).balance == before.balance
    await world.say("ana", "/points")
    assert "everything before, in one sum" in world.last
    # And a second time.
    await world.say("ana", "/consent out")
    await world.press("ana", "Yes, leave me out")
    assert (await world.member("ana")).balance == before.balance


async def test_levels_brought_along_are_not_booked_twice_after_leaving_out(world: World) -> None:
    await world.say("ana", "hello")
    rows = [Had(1, "fake:ana", 500)]
    hashed = world.engine.sealer.hash
    await import_levels(world.store, hashed, "Data Kitchen", rows, ["fake"], world.clock.now())
    balance = (await world.member("ana")).balance
    await world.say("ana", "/consent out")
    await world.press("ana", "Yes, leave me out")
    await world.say("ana", "/consent counted")
    await import_levels(world.store, hashed, "Data Kitchen", rows, ["fake"], world.clock.now())
    assert (await world.member("ana")).balance == balance
    more = [Had(1, "fake:ana", 600)]
    await import_levels(world.store, hashed, "Data Kitchen", more, ["fake"], world.clock.now())
    assert (await world.member("ana")).balance == balance + 100


async def test_the_question_stands_in_chinese_too(world: World) -> None:
    await world.set(language="zh-CN")
    await world.say("ana", "hello")
    await world.say("ana", "/consent out")
    assert "1 条积分明细会合并成一笔总额" in world.last
    await world.press("ana", "确定，不要记录我")
    assert (await world.member("ana")).consent is Consent.OUT
