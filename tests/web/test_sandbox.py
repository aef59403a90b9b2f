"""The sandbox without a browser: the sample community, its clock, and health when a part is away."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route

from bot.build import build
from bot.platforms.discord.platform import Discord
from bot.platforms.playground.scene import KEPT, Change, Scene
from bot.platforms.port import Unreachable
from bot.platforms.telegram.adapter import Telegram
from bot.sandbox.sample import Script, load
from bot.sandbox.sample.script import Act
from bot.sandbox.sandbox import Sandbox, begin_sandbox, open_sandbox
from bot.sandbox.shelf import items
from bot.web.app import make_app
from core.analysis.disclosure import stands_for
from core.domain.activities import Phase, State
from core.domain.clock import ManualClock, ShiftedClock
from core.domain.kinds import Kind
from core.domain.outgoing import Deletion, Edit, Outgoing, Pin, SentButton
from core.domain.people import Person
from core.engine.seal import Sealer
from core.kit.surveys import read
from core.kit.texts import LANGUAGES, Texts
from core.store.unit import Store
from tests.world.background import beside
from tests.world.world import KEY

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


async def opened(store: Store, now: datetime = NOW) -> Sandbox:
    return await open_sandbox(store, Sealer([KEY]), ManualClock(now), ("en",))


def said_by_people(scene: Scene) -> list[str]:
    return [message.id for message in scene.messages("help", "en-ana") if not message.author.bot]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_is_the_same_at_every_start(language: str) -> None:
    days = [Script(load(language), NOW.date()).between(NOW - timedelta(days=31), NOW) for _ in range(2)]
    assert days[0] == days[1]
    said = [turn for turn in days[0] if turn.act is Act.SAY]
    assert len(said) > 600
    assert len({turn.key for turn in days[0]}) == len(days[0])
    assert {room.id for room in load(language).rooms} == {turn.room for turn in said}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_comes_twice_among_those_that_a_room_shows(language: str) -> None:
    said = [t for t in Script(load(language), NOW.date()).between(NOW - timedelta(days=6), NOW) if t.act is Act.SAY]
    for room in load(language).rooms:
        texts = [re.sub(r"@\w+", "", turn.text) for turn in said if turn.room == room.id][-KEPT:]
        assert len(texts) == len(set(texts))


async def test_what_was_put_up_is_changed_pinned_and_stripped_of_its_buttons(store: Store) -> None:
    sandbox = await opened(store)
    (scene,) = sandbox.playground.scenes.values()
    place = {"platform": "playground", "space": scene.id, "room": scene.rooms[0].id}
    said = Outgoing(text="Who joins? 0", buttons=((SentButton("Join", "tok"),),), **place)
    message = (await sandbox.playground.perform(1, said, None)).message
    changed = Edit(message=message, content=replace(said, text="Who joins? 1"), **place)
    for number, action in enumerate([changed, Pin(message=message, **place), Edit(message=message, **place)], 2):
        await sandbox.playground.perform(number, action, None)
    shown = scene.by_id[message]
    assert (shown.text, shown.buttons, shown.pinned, shown.edited) == ("Who joins? 1", (), True, True)
    await sandbox.playground.perform(9, Deletion(message=message, **place), None)
    with pytest.raises(Unreachable):
        await sandbox.playground.perform(10, changed, None)


def test_both_languages_play_the_same_piece() -> None:
    english, chinese = load("en"), load("zh-CN")
    assert [room.id for room in english.rooms] == [room.id for room in chinese.rooms]
    for room, threads in english.threads.items():
        assert [[(x.who, x.answers, x.emoji) for x in t] for t in threads] == [
            [(x.who, x.answers, x.emoji) for x in t] for t in chinese.threads[room]
        ]
    assert len({soul.person.name for soul in chinese.souls}) == len(chinese.souls)


async def test_the_sample_community_gives_every_board_something_to_show(store: Store) -> None:
    sandbox = await opened(store)
    scene = sandbox.playground.scenes["sample-en"]
    assert all(len(scene.chats[room.id]) > 10 for room in scene.rooms)
    async with store.read() as unit:
        members = [m for m in await unit.members.all(1) if m.left_at is None]
        assert {member.tier for member in members} == {0, 1, 2, 3}
        assert len(await unit.rollups.ties(1)) > 100
        assert max(member.streak for member in members) >= 5
        for member_id, total in (await unit.ledger.sums(1)).items():
            assert next(m for m in members if m.id == member_id).balance == total


async def test_the_sample_has_a_shop_and_tiers_that_give_something_and_its_newcomer_met_kith(store: Store) -> None:
    sandbox = await opened(store)
    async with store.read() as unit:
        assert len(await unit.benefits.offered(1)) == 3
        assert [bool(tier.benefits) for tier in (await unit.communities.get(1)).settings.tiers] == [False] + [True] * 3
    asked, answer = sandbox.playground.scenes["sample-en"].messages("@en-greta", "en-greta")[:2]
    assert asked.text == "/start"
    assert "Data Kitchen" in answer.text
    assert answer.at == asked.at
    assert answer.buttons


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_sample_has_activities_that_ran_and_run(store: Store, language: str) -> None:
    sandbox = await open_sandbox(store, Sealer([KEY]), ManualClock(NOW), (language,))
    async with store.read() as unit:
        there = await unit.activities.of(1, (State.ACTIVE,))
        runs = {each.kind: await unit.activities.runs_of(each, (Phase.OPEN, Phase.OVER), 50) for each in there}
        totals = await unit.ledger.sums(1)
        balances = {member.id: member.balance for member in await unit.members.all(1)}
        assert await unit.tasks.failed() == []
    cast = load(language)
    assert len(runs) == len(cast.habits) + len(cast.surveys)
    assert all(len(runs[each.kind]) >= 4 for each in cast.habits)
    for each in cast.surveys:
        told = [found for run in runs[each.kind] if (found := read(run)) is not None]
        assert len(told) >= 3
        assert all(
            found.answers and sum(stands_for(cell or 0) for cell in found.told[0].totals) >= 10 for found in told
        )
    assert {each: balances[each] for each in totals} == totals
    # Both arms of the holdout have weeks behind them, and who was held out of a run took no part in it.
    async with store.read() as unit:
        over = [each for each in await unit.exposures.of(1) if each.outcome is not None]
        took = {
            run: await unit.interactions.who_did(1, Kind.TOOK_PART, f"run:{run}") for run in {x.run_id for x in over}
        }
        mine = {account.id: account.member_id for account in await unit.members.accounts_of(balances)}
    assert min(Counter(each.held_out for each in over).values()) > 150
    parts = Counter(each.held_out for each in over if each.member_id in {mine[who] for who in took[each.run_id]})
    assert parts[False] > 50
    assert not parts[True]
    (scene,) = sandbox.playground.scenes.values()
    voted = [m.poll.counts for m in scene.by_id.values() if m.poll is not None]
    assert voted
    assert all(sum(each) >= 2 for each in voted)


async def test_there_is_something_to_read_before_anything_is_in_the_books(store: Store) -> None:
    sandbox = await begin_sandbox(store, Sealer([KEY]), ManualClock(NOW), ("en",))
    (scene,) = sandbox.playground.scenes.values()
    await sandbox.show(scene)
    assert not scene.ready.is_set()
    shown, there = said_by_people(scene), set(scene.present)
    assert len(shown) > 5
    async with store.read() as unit:
        assert await unit.communities.all() == []
    await sandbox.catch_up()
    await sandbox.open(scene)
    assert sandbox.clock.now() == NOW
    async with store.read() as unit:
        space = (await unit.communities.spaces("playground", [scene.id]))[scene.id]
        found = await unit.members.find("playground", {space.community_id: there})
        kept = await unit.interactions.with_keys("playground", [f"m:{key}" for key in shown])
    assert {who for _, who in found} == there <= scene.present
    assert len(kept) == len(shown)


async def test_the_other_language_comes_in_quietly_after_the_first(store: Store) -> None:
    sandbox = await open_sandbox(store, Sealer([KEY]), ManualClock(NOW), LANGUAGES)
    english, chinese = sandbox.playground.scenes.values()
    assert english.ready.is_set()
    assert not chinese.ready.is_set()
    said = len(english.chats["lobby"])
    await sandbox.open(chinese)
    assert chinese.ready.is_set()
    assert len(chinese.present) == len(english.present)
    assert not [message for message in chinese.by_id.values() if message.author.bot]
    assert len(english.chats["lobby"]) == said
    async with store.read() as unit:
        members = [m for m in await unit.members.all(2) if m.left_at is None]
    assert {member.tier for member in members} == {0, 1, 2, 3}
    again = await open_sandbox(store, Sealer([KEY]), ManualClock(NOW), LANGUAGES)
    assert not again.missing


async def test_a_kept_database_goes_on_where_it_was(store: Store) -> None:
    first = await opened(store)
    scene = first.playground.scenes["sample-en"]
    async with store.read() as unit:
        before = await unit.ledger.sums(1)
    again = await opened(store)
    async with store.read() as unit:
        assert await unit.ledger.sums(1) == before
        assert len(await unit.communities.all()) == 1
    reopened = again.playground.scenes["sample-en"]
    assert reopened.present == scene.present
    assert said_by_people(reopened)[-5:] == said_by_people(scene)[-5:]


async def test_time_stops_at_what_is_due_and_people_talk_meanwhile(store: Store) -> None:
    sandbox = await opened(store)
    scene = sandbox.playground.scenes["sample-en"]
    start = sandbox.clock.now()
    seen = []
    with scene.listen() as listener:
        await sandbox.machine.advance(timedelta(days=1))
        while not listener.empty:
            seen.append(await listener.next())
    assert sandbox.clock.now() - start == timedelta(days=1)
    times = [n.message.at for n in seen if n.change is Change.NEW and n.message and not n.message.command]
    assert len(times) > 10
    assert all(start < at <= sandbox.clock.now() for at in times)
    assert sum(n.change is Change.TIME for n in seen) >= 24


async def test_whoever_is_played_or_left_does_nothing_by_themselves(store: Store) -> None:
    sandbox = await opened(store)
    scene = sandbox.playground.scenes["sample-en"]
    start = sandbox.clock.now()
    scene.present.discard("en-liwei")
    scene.gone.add("en-liwei")
    with scene.listen("en-ana"):
        await sandbox.machine.advance(timedelta(days=4))
    later = [m for chat in scene.chats.values() for m in chat if m.at > start]
    assert len(later) > 100
    assert not {m.author.id for m in later} & {"en-ana", "en-liwei"}
    assert not {who for m in later for given in m.reactions.values() for who in given} & {"en-ana", "en-liwei"}
    assert not [m for m in later if m.room == "@en-ana" and not m.author.bot]
    start = sandbox.clock.now()
    await sandbox.machine.advance(timedelta(days=4))
    assert [m for chat in scene.chats.values() for m in chat if m.at > start and m.author.id == "en-ana"]


async def test_an_answer_carries_the_time_at_which_it_was_asked(store: Store) -> None:
    sandbox = await opened(store)
    scene = sandbox.playground.scenes["sample-en"]
    at_work = asyncio.create_task(sandbox.house.run())
    try:
        moving = asyncio.create_task(sandbox.machine.advance(timedelta(days=7)))
        asked = []
        while not moving.done():
            before = sandbox.clock.now()
            asked.append(await sandbox.playground.say(scene, scene.people["en-greta"], "help", "/me"))
            while sandbox.clock.now() == before and not moving.done():  # noqa: ASYNC110  time tells nobody here
                await asyncio.sleep(0)
        await moving
        await sandbox.playground.answer_all()
    finally:
        at_work.cancel()
        await asyncio.wait({at_work})
    assert len({message.at for message in asked}) > 3
    for message in asked:
        answer = next(m for m in scene.by_id.values() if m.answers is message)
        assert answer.at == message.at
    chat = list(scene.chats["help"])
    assert [m.at for m in chat] == sorted(m.at for m in chat)


def test_a_clock_that_is_shifted_runs_on_and_never_back() -> None:
    base = ManualClock(NOW)
    clock = ShiftedClock(base)
    clock.advance(timedelta(days=7))
    base.advance(timedelta(minutes=1))
    assert clock.now() == NOW + timedelta(days=7, minutes=1)
    with pytest.raises(ValueError, match="forwards"):
        clock.advance(-timedelta(seconds=1))


def test_people_who_are_made_up_get_handles_of_their_own() -> None:
    scene = load("en").scene()
    made = [scene.invent(name) for name in ("Ana", "ana!", "李 雷", "<b>", "\u202e")]
    assert [person.username if person else None for person in made] == ["ana2", "ana3", "李雷", "b", None]
    assert isinstance(made[0], Person)
    for number in range(300):
        last = scene.invent(f"Guest {number}")
    assert last is None


def test_what_the_drawer_says_of_private_answers_is_so() -> None:
    said = Texts("en")
    assert not Telegram.capabilities.ephemeral
    assert Telegram.capabilities.ephemeral_where_admin
    assert "where Kith is an administrator; else it goes to the direct chat" in said("web-native-telegram-private")
    assert Discord.capabilities.ephemeral
    assert "only the one who asked" in said("web-native-discord-private")


async def test_health_says_when_the_database_is_away(tmp_path: Path) -> None:
    store = Store("postgresql://nobody@127.0.0.1:9/none")
    house = build(store, ManualClock(NOW), Sealer([KEY]), [])
    app = make_app(house, [Route("/hook", lambda request: None)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kith") as client:
        answer = await client.get("/health")
        figures = (await client.get("/metrics")).text
    await house.close()
    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    database = answer.json()["database"]
    assert (database["ok"], database["kind"], database["why"]) == (False, "postgresql", "DatabaseDown")
    assert database["last_success"] is None
    assert 'kith_part_up{part="database"} 0.0' in figures


async def test_points_follow_the_reactions_and_messages_that_are_there_in_the_end(store: Store) -> None:
    sandbox = await opened(store)
    playground, intake = sandbox.playground, sandbox.house.intake
    scene = playground.scenes["sample-en"]
    ana, ben = [soul for soul in scene.people.values() if not soul.bot][:2]

    async def points() -> tuple[int, int]:
        async with store.read() as unit:
            found = (await unit.members.find("playground", {1: [ana.id]}))[1, ana.id]
            member = await unit.members.get(found.member_id)
        return member.balance, member.earned

    async with beside(intake.run(), playground.run(intake)):
        sandbox.clock.advance(timedelta(minutes=5))
        quiet = await points()
        message = await playground.say(scene, ana, scene.rooms[0].id, "hello")
        written = await points()
        for emoji, there in (("👍", 1), ("🎉", 1), ("👍", 1), ("🎉", 0), ("🎉", 1), ("🎉", 0), ("👍", 1)):
            await playground.react(scene, ben, message, emoji)
            assert await points() == tuple(each + 2 * there for each in written)
        await playground.react(scene, ben, message, "👍")
        await playground.delete(scene, message)
        assert await points() == quiet


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_catalogue_holds_forty_items_each_with_an_address(language: str) -> None:
    found = [item for item, _ in items(language)]
    assert len(found) == 40
    assert len({item.key for item in found}) == len({item.link for item in found}) == 40
    assert [item.place for item in found if item.series] == [1, 2, 3, 4, 5, 6]
    assert all(item.topics for item in found)
