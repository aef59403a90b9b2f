"""What Kith says unasked, to one or to many: through the gate, in quiet hours, once each, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from core.domain.audience import Audience
from core.domain.events import WroteDirectly
from core.domain.message import Button, Reply
from core.domain.outgoing import Outgoing
from core.domain.pushes import Preferences, Refusal, Topic
from core.domain.tasks import Task
from core.engine.settle import settle
from core.kit import Again, Context, Texts
from core.kit import broadcasts as kit
from core.kit.broadcasts import broadcast, rehearse
from core.kit.pushing import push
from core.store.outbox import OutboxRow
from core.store.pushes import Broadcast
from tests.world import World

NEWS = {
    "en": Reply("A new column is out.", ((Button("Read", "points"),),)),
    "zh-CN": Reply("新专栏上线了。", ((Button("阅读", "points"),),)),
}
PEOPLE = ("ana", "bo", "cy", "di", "ed")


class Killed(Exception):
    """The process ends here."""


async def do(world: World, what: Callable[[Context], Awaitable[object]]) -> object:
    community = await world.community()
    async with world.store.begin() as unit:
        await unit.lock(community.id)
        context = Context(unit, world.clock.now(), community, Texts("en"))
        done = await what(context)
        await settle(unit, context, world.engine.registry)
    await world.deliver()
    return done


async def open_chat(world: World, who: str) -> None:
    await world.happen(WroteDirectly, who, space="direct", direct=True, room=None)
    world.clock.advance(timedelta(seconds=1))


@pytest.fixture
async def crowd(world: World) -> World:
    """Give five members, of whom the last one never wrote to Kith alone."""
    for who in PEOPLE:
        await world.join(who)
        await world.say(who, "hello")
    for who in PEOPLE[:-1]:
        await open_chat(world, who)
    world.platforms["fake"].sent.clear()
    return world


async def say(world: World, name: str = "news", **more: object) -> bool:
    async def send(context: Context) -> bool:
        return await broadcast(context, name, Topic.CONTENT, more.pop("audience", Audience()), NEWS, **more)  # type: ignore[arg-type]

    return bool(await do(world, send))


async def found(world: World, name: str = "news") -> Broadcast:
    community = await world.community()
    async with world.store.read() as unit:
        known = await unit.pushes.named(community.id, name)
    assert known is not None
    return known


async def go(world: World) -> list[str | None]:
    """Run what is due, and return to whom something was sent."""
    await world.engine.due()
    await world.deliver()
    return [sent.outgoing.to for sent in world.sent]


async def test_everybody_gets_it_once_in_their_language(crowd: World) -> None:
    await crowd.say("bo", "/language zh")
    crowd.platforms["fake"].sent.clear()
    assert await say(crowd)
    assert sorted(filter(None, await go(crowd))) == ["ana", "bo", "cy", "di"]
    assert len(await go(crowd)) == 4
    assert {sent.outgoing.text: sent.outgoing.to for sent in crowd.sent}["新专栏上线了。"] == "bo"
    assert all(sent.outgoing.private and sent.outgoing.direct for sent in crowd.sent)
    now = await found(crowd)
    assert (now.done, now.queued, now.refused, now.content) == (True, 4, Counter({Refusal.UNREACHABLE: 1}), {})
    assert not await say(crowd)
    assert len(await go(crowd)) == 4


async def test_nothing_that_goes_to_many_is_a_notice(crowd: World) -> None:
    with pytest.raises(ValueError, match="can't be a notice"):
        await do(crowd, lambda context: broadcast(context, "news", Topic.NOTICE, Audience(), NEWS))
    assert await go(crowd) == []


async def test_its_button_is_pressed(crowd: World) -> None:
    await say(crowd)
    await go(crowd)
    await crowd.press("ana", "Read", room=None)
    assert "points" in crowd.last


async def test_who_is_left_out_and_why(crowd: World) -> None:
    await crowd.leave("ana")
    await crowd.say("bo", "/consent out")
    await crowd.press("bo", "Yes, leave me out")
    community = await crowd.community()
    cy = await crowd.member("cy")
    async with crowd.store.begin() as unit:
        await unit.pushes.prefer(community.id, cy.id, Preferences(a_week=0))
    crowd.platforms["fake"].sent.clear()
    reached, why = await do(crowd, lambda context: rehearse(context, "news", Topic.CONTENT, Audience()))  # type: ignore[misc]
    await say(crowd)
    assert await go(crowd) == ["di"]
    expected = Counter({Refusal.LEFT: 1, Refusal.OUT: 1, Refusal.OFF: 1, Refusal.UNREACHABLE: 1})
    assert (await found(crowd)).refused == expected
    assert (reached, why) == (1, expected)


async def test_nobody_gets_more_in_a_week_than_they_want(crowd: World) -> None:
    for number in range(4):
        await say(crowd, f"news {number}")
        await go(crowd)
    assert Counter(sent.outgoing.to for sent in crowd.sent) == dict.fromkeys(PEOPLE[:-1], 3)
    assert (await found(crowd, "news 3")).refused[Refusal.SPENT] == 4
    crowd.clock.advance(timedelta(days=7, hours=1))
    await say(crowd, "news 5")
    assert len(await go(crowd)) == 16


async def test_in_quiet_hours_it_waits_for_the_morning(crowd: World) -> None:
    crowd.clock.advance(timedelta(hours=14))
    await crowd.set(timezone="UTC")
    await say(crowd)
    assert await go(crowd) == []
    crowd.clock.advance(timedelta(hours=8, minutes=58))
    assert await go(crowd) == []
    crowd.clock.advance(timedelta(minutes=2))
    assert len(await go(crowd)) == 4


async def test_a_share_is_held_out(crowd: World) -> None:
    await say(crowd, holdout=1.0)
    assert await go(crowd) == []
    assert (await found(crowd)).refused[Refusal.HELD_OUT] == 4


async def test_an_audience_is_chosen(crowd: World) -> None:
    bo = await crowd.member("bo")
    await say(crowd, audience=Audience(members=(bo.id,)))
    assert await go(crowd) == ["bo"]
    await say(crowd, "later", audience=Audience(joined_since=crowd.clock.now()))
    await say(crowd, "higher", audience=Audience(tier=1))
    assert await go(crowd) == ["bo"]


async def test_killed_between_two_pages_it_goes_on_where_it_was(crowd: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "PAGE", 2)
    await say(crowd)
    task = Task(action="unfold_broadcast", community_id=(await crowd.community()).id, subject="news")

    async def unfold(context: Context) -> object:
        return await kit.unfold_broadcast(context, task)

    async def die(context: Context) -> object:
        await unfold(context)
        raise Killed

    assert isinstance(await do(crowd, unfold), Again)
    with suppress(Killed):
        await do(crowd, die)
    assert await go(crowd) == ["ana", "bo", "cy", "di"]


async def test_who_comes_when_it_is_done_gets_nothing_of_it(crowd: World) -> None:
    await say(crowd)
    await go(crowd)
    before = await found(crowd)
    await crowd.join("fay")
    await open_chat(crowd, "fay")
    task = Task(action="unfold_broadcast", community_id=(await crowd.community()).id, subject="news")
    assert await do(crowd, lambda context: kit.unfold_broadcast(context, task)) is None
    assert await found(crowd) == before


async def test_a_notice_in_the_night_makes_no_sound(crowd: World) -> None:
    await crowd.set(timezone="UTC")
    crowd.clock.advance(timedelta(hours=14))
    bo = await crowd.member("bo")
    await do(crowd, lambda context: context.tell(bo, Reply("Thanks!")))
    await crowd.say("bo", "/quiet off")
    await do(crowd, lambda context: context.tell(bo, Reply("Thanks!")))
    told = [sent.outgoing.silent for sent in crowd.sent if sent.outgoing.text == "Thanks!"]
    assert told == [True, False]


async def test_a_button_that_leads_to_an_address_keeps_it(crowd: World) -> None:
    bo = await crowd.member("bo")
    row = (Button("Read on", url="https://example.org/news"), Button("Points", "points"))
    await do(crowd, lambda context: context.tell(bo, Reply("Thanks!", (row,))))
    (sent,) = crowd.sent[-1].outgoing.buttons
    assert [(each.label, each.url) for each in sent] == [("Read on", "https://example.org/news"), ("Points", None)]
    await crowd.press("bo", "Points", room=None)
    assert "points" in crowd.last


async def test_whose_chat_was_shut_is_written_to_once_they_open_it(crowd: World) -> None:
    async with crowd.store.begin() as unit:
        await unit.members.set_reachable("fake", "ana", False)
    await say(crowd)
    assert await go(crowd) == ["bo", "cy", "di"]
    await crowd.say("ana", "/points", space="direct", direct=True, room=None)
    await say(crowd, "news 2", audience=Audience(members=((await crowd.member("ana")).id,)))
    assert (await go(crowd))[-1] == "ana"


@pytest.mark.parametrize("said", ["/quiet 23-7", "/quiet 23:00-07:00 Europe/Lisbon"])
async def test_quiet_hours_are_chosen(crowd: World, said: str) -> None:
    await crowd.say("ana", said)
    assert "Between" not in crowd.last
    assert "between 23:00 and 07:00" in crowd.last
    async with crowd.store.read() as unit:
        wanted = await unit.pushes.preferences((await crowd.member("ana")).id)
    assert (wanted.quiet_from, wanted.quiet_until) == (23 * 60, 7 * 60)
    assert wanted.timezone == ("Europe/Lisbon" if "Lisbon" in said else None)
    await crowd.say("ana", "/quiet")
    await crowd.press("ana", "None")
    assert crowd.last.startswith("Done: you have no quiet hours any more.\n")
    await crowd.say("ana", "/quiet sometimes")
    assert crowd.last.startswith("I can't read “sometimes” as hours.")


async def test_what_somebody_wants_goes_along_when_accounts_are_linked(crowd: World) -> None:
    ana = await crowd.member("ana")
    community = await crowd.community()
    bo = await crowd.member("bo")
    async with crowd.store.begin() as unit:
        await unit.pushes.prefer(community.id, ana.id, Preferences(a_week=1))
        await unit.pushes.hand_on(community.id, ana.id, bo.id)
        await unit.pushes.hand_on(community.id, bo.id, ana.id)
        assert await unit.pushes.preferences(bo.id) == Preferences(a_week=1)


async def test_who_is_erased_gets_nothing_that_was_under_way(crowd: World) -> None:
    await crowd.set(timezone="UTC")
    crowd.clock.advance(timedelta(hours=14))
    await say(crowd)
    await go(crowd)
    await crowd.say("ana", "/forgetme")
    await crowd.press("ana", next(each for row in crowd.sent[-1].outgoing.buttons for each in row).label)
    crowd.platforms["fake"].sent.clear()
    crowd.clock.advance(timedelta(hours=10))
    assert await go(crowd) == ["bo", "cy", "di"]


@pytest.mark.parametrize(("topic", "counted"), [(Topic.NOTICE, None), (Topic.CONTENT, "content")])
async def test_a_notice_counts_towards_nothing_and_speaks_the_members_language(
    crowd: World, topic: Topic, counted: str | None
) -> None:
    await crowd.say("bo", "/language zh")
    community, bo = await crowd.community(), await crowd.member("bo")
    async with crowd.store.begin() as unit:
        row = await push(unit, community, bo, Reply("好"), crowd.clock.now(), topic=topic)
    assert isinstance(row, OutboxRow)
    assert isinstance(row.outgoing, Outgoing)
    assert (row.topic, row.outgoing.locale, row.outgoing.space) == (counted, "zh-CN", "home")
