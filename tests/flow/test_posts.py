"""What Kith puts up under a name: changed, pinned and closed by it, on both databases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.platforms.port import Unavailable, Unreachable
from core.domain.message import Button, Reply
from core.domain.outgoing import Edit, Outgoing, Pin
from core.engine.settle import settle
from core.kit import Context, Texts, posts
from core.store.posts import Post
from tests.world import World

NAME = "question:1"
Doing = Callable[[Context], Awaitable[object]]


def asked(taken: int = 0) -> Reply:
    return Reply(f"Who joins? {taken}", ((Button("Join", "points"), Button("More", url="https://example.org")),))


async def do(world: World, what: Doing, *, deliver: bool = True) -> None:
    """Let a context of the community do something, and settle it."""
    community = await world.community()
    async with world.store.begin() as unit:
        await unit.lock(community.id)
        context = Context(unit, world.clock.now(), community, Texts("en"))
        await what(context)
        await settle(unit, context, world.engine.registry)
    if deliver:
        await world.deliver()


async def put_up(context: Context, **more: object) -> bool:
    (space,) = await context.unit.communities.spaces_of(context.community.id)
    return await posts.put_up(context, NAME, space, "r1", asked(), **more)  # type: ignore[arg-type]


async def found(world: World) -> Post:
    community = await world.community()
    async with world.store.read() as unit:
        (post,) = await unit.posts.named(community.id, NAME)
    return post


def changes(world: World) -> list[Edit | Pin]:
    return world.platforms["fake"].changed


async def test_a_post_is_changed_and_closed_by_its_name(world: World) -> None:
    await do(world, put_up)
    first = world.sent[-1]
    assert (await found(world)).message == first.id
    await do(world, lambda context: posts.change(context, NAME, asked(1)))
    await do(world, lambda context: posts.close(context, NAME))
    changed, closed = changes(world)
    assert isinstance(changed, Edit)
    assert isinstance(closed, Edit)
    assert [each.message for each in (changed, closed)] == [first.id, first.id]
    assert changed.content is not None
    assert changed.content.text == "Who joins? 1"
    assert changed.content.buttons == first.outgoing.buttons  # the same tokens: one may be under a finger
    assert closed.content is None
    assert (await found(world)).closed


async def test_a_room_has_one_post_of_a_name(world: World) -> None:
    await do(world, put_up)
    await do(world, put_up)
    assert len(world.sent) == 1


async def test_anybody_presses_until_it_is_closed(world: World) -> None:
    await world.join("ana")
    await do(world, put_up)
    await world.press("ana", "Join")
    assert world.last.startswith("0 points")
    await do(world, lambda context: posts.close(context, NAME, Reply("Closed.", asked().buttons)))
    (closed,) = changes(world)
    assert isinstance(closed, Edit)
    assert closed.content is not None
    assert (closed.content.text, closed.content.buttons) == ("Closed.", ())
    await world.press("ana", "Join")
    assert "time is over" in world.last


async def test_of_changes_that_wait_the_last_one_alone_is_made(world: World) -> None:
    await do(world, put_up)
    for taken in range(1, 6):
        await do(world, lambda context, taken=taken: posts.change(context, NAME, asked(taken)), deliver=False)
    await world.deliver()
    (change,) = changes(world)
    assert isinstance(change, Edit)
    assert change.content is not None
    assert change.content.text == "Who joins? 5"


async def test_what_was_not_sent_yet_is_sent_as_it_was_changed(world: World) -> None:
    await do(world, put_up, deliver=False)
    await do(world, lambda context: posts.change(context, NAME, asked(3)))
    assert [sent.outgoing.text for sent in world.sent] == ["Who joins? 3"]
    assert changes(world) == []


async def test_put_up_and_changed_in_one_go(world: World) -> None:
    async def both(context: Context) -> None:
        await put_up(context)
        await posts.change(context, NAME, asked(2))

    await do(world, both)
    assert [sent.outgoing.text for sent in world.sent] == ["Who joins? 2"]


async def test_a_change_waits_for_what_it_changes(world: World) -> None:
    await do(world, put_up, deliver=False)
    await do(world, lambda context: posts.close(context, NAME), deliver=False)
    deliverer = world.house.deliverers["fake"]
    claimed = await deliverer.claim()
    assert {type(each.outgoing) for each in claimed} == {Edit, Outgoing}
    for letter in sorted(claimed, key=lambda each: isinstance(each.outgoing, Outgoing)):
        await deliverer._settle(letter)  # the change first: both are on their way
    assert changes(world) == []
    world.clock.advance(timedelta(seconds=2))
    await world.deliver()
    (closed,) = changes(world)
    assert closed.message == world.sent[-1].id


async def test_what_was_never_sent_is_not_changed(world: World) -> None:
    world.platforms["fake"].fail_next.append(Unreachable("no rights in that room"))
    await do(world, put_up)
    assert (await found(world)).refusal == "no rights in that room"
    await do(world, lambda context: posts.change(context, NAME, asked(1)))
    assert changes(world) == []
    async with world.store.read() as unit:
        assert await unit.outbox.backlog() == {}


async def test_a_post_is_pinned(world: World) -> None:
    await do(world, lambda context: put_up(context, pinned=True))
    world.clock.advance(timedelta(seconds=2))
    await world.deliver()
    (pin,) = changes(world)
    assert pin == Pin(platform="fake", space="home", room="r1", message=world.sent[-1].id)


async def test_a_change_that_fails_for_a_moment_is_made_again(world: World) -> None:
    await do(world, put_up)
    world.platforms["fake"].fail_next.append(Unavailable())
    await do(world, lambda context: posts.change(context, NAME, asked(1)))
    assert changes(world) == []
    world.clock.advance(timedelta(seconds=3))
    await world.deliver()
    assert len(changes(world)) == 1


@pytest.mark.parametrize("hours", [1, 30])
async def test_a_post_closes_by_itself(world: World, hours: int) -> None:
    """Also where nobody was there at its hour."""
    until = world.clock.now() + timedelta(hours=1)
    await do(world, lambda context: put_up(context, until=until))
    world.clock.advance(timedelta(minutes=59))
    await world.engine.due()
    assert not (await found(world)).closed
    world.clock.advance(timedelta(hours=hours))
    await world.engine.due()
    await world.deliver()
    (closed,) = changes(world)
    assert isinstance(closed, Edit)
    assert closed.content is None
    assert (await found(world)).closed
    await world.engine.due()
    await world.deliver()
    assert len(changes(world)) == 1


async def test_its_buttons_end_with_its_time_though_nobody_closed_it_yet(world: World) -> None:
    await world.join("ana")
    await do(world, lambda context: put_up(context, until=world.clock.now() + timedelta(hours=1)))
    world.clock.advance(timedelta(minutes=59))
    await world.press("ana", "Join")
    assert world.last.startswith("0 points")
    world.clock.advance(timedelta(minutes=2))
    await world.press("ana", "Join")
    assert "time is over" in world.last
    assert not (await found(world)).closed


async def test_what_is_closed_is_neither_changed_nor_closed_again(world: World) -> None:
    await do(world, lambda context: put_up(context, until=world.clock.now() + timedelta(hours=1)))
    post = await found(world)
    await do(world, lambda context: posts.close(context, NAME))
    await do(world, lambda context: posts.close(context, NAME, Reply("Closed again.")))
    await do(world, lambda context: posts.change(context, NAME, asked(1)))
    await do(world, lambda context: posts.change_post(context, post.id, asked(2)))
    await world.advance(hours=2)
    (closed,) = changes(world)
    assert isinstance(closed, Edit)
    assert closed.content is None


async def test_changed_twice_in_one_go_it_changes_once(world: World) -> None:
    async def twice(context: Context) -> None:
        await posts.change(context, NAME, asked(1))
        await posts.change(context, NAME, asked(2))

    await do(world, put_up)
    await do(world, twice)
    assert [each.content.text for each in changes(world) if isinstance(each, Edit) and each.content] == ["Who joins? 2"]


async def test_what_was_sent_is_not_refused_afterwards(world: World) -> None:
    """Where a claim was lost, and whoever took it over gives up what the first had sent."""
    await do(world, put_up)
    async with world.store.begin() as unit:
        await unit.posts.refused((await unit.posts.named((await world.community()).id, NAME))[0].id, "too late")
    assert (await found(world)).refusal is None
    await do(world, lambda context: posts.change(context, NAME, asked(1)))
    assert len(changes(world)) == 1
