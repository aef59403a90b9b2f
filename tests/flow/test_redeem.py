"""/redeem: a question first, and never more than there is."""

from __future__ import annotations

import asyncio

from core.domain.events import ButtonPressed, CommandCalled
from core.domain.people import Person
from core.domain.points import Reason
from tests.world import World


async def offer(world: World, name: str, cost: int, stock: int | None) -> int:
    community = await world.community()
    async with world.store.begin() as unit:
        return await unit.benefits.add(community.id, name, cost, stock, world.clock.now())


async def rich(world: World, who: str, days: int) -> int:
    for _ in range(days):
        await world.say(who, "/checkin")
        await world.advance(days=1)
    return (await world.member(who)).balance


async def test_a_shop_with_a_question_and_an_answer(world: World) -> None:
    balance = await rich(world, "ana", 3)
    await world.say("ana", "/redeem")
    assert world.last == "Nothing is on offer right now."
    await offer(world, "Sticker", 20, 2)
    await offer(world, "Course", 5000, None)
    await world.say("ana", "/redeem")
    assert world.last == (f"You have {balance} points. On offer:\n· Sticker: 20 points, 2 left\n· Course: 5,000 points")
    await world.press("ana", "Course")
    assert world.last == f"Course costs 5,000 points; you have {balance}."
    await world.press("ana", "Sticker")
    assert world.last == f"Sticker costs 20 points; you would have {balance - 20} left."
    await world.press("ana", "Take it")
    assert world.last.startswith(f"Sticker is yours. {balance - 20} points left. Whoever offers it will hand it over")
    member = await world.member("ana")
    assert (member.balance, member.earned) == (balance - 20, balance)
    await world.say("ana", "/points")
    assert world.last.startswith(
        f"{balance - 20} points (earned {balance}, spent 20)\nLately: −20 Sticker · +13 check-in, day 3"
    )


async def test_a_button_that_is_pressed_twice_pays_once(world: World) -> None:
    balance = await rich(world, "ana", 4)
    await offer(world, "Sticker", 20, None)
    await world.say("ana", "/redeem")
    await world.press("ana", "Sticker")
    await world.press("ana", "Take it")
    await world.press("ana", "Take it")
    assert world.last == "You have taken that already. /redeem shows what else there is."
    assert (await world.member("ana")).balance == balance - 20


async def test_what_is_undone_is_in_stock_again(world: World) -> None:
    world.moderator("mo")
    balance = await rich(world, "ana", 4)
    await offer(world, "Badge", 20, None)
    await offer(world, "Sticker", 20, 1)
    for name in ("Sticker", "Badge"):
        await world.say("ana", "/redeem")
        await world.press("ana", name)
        await world.press("ana", "Take it")
    await world.say("ana", "/redeem")
    assert "Sticker: 20 points, sold out" in world.last
    member = await world.member("ana")
    async with world.store.read() as unit:
        taken = [entry.id for entry in await unit.ledger.of_member(member.id) if entry.reason is Reason.REDEEM]
    for _ in range(2):  # the second time is refused, and puts nothing back
        for entry in taken:
            await world.say("mo", f"/undo {entry}")
    assert (await world.member("ana")).balance == balance
    await world.say("ana", "/redeem")
    assert world.last.splitlines()[1:] == ["· Badge: 20 points", "· Sticker: 20 points, 1 left"]


async def test_a_hundred_at_once_never_go_below_zero(world: World) -> None:
    balance = await rich(world, "ana", 10)
    await offer(world, "Sticker", 20, 100)
    tokens = []
    for number in range(100):
        asked = CommandCalled(
            platform="fake", key=f"q:{number}", space="home", at=world.clock.now(), actor=Person("ana"), name="redeem"
        )
        await world.hand_in(asked)
        shop = world.sent[-1].outgoing.buttons[0][0].token
        await world.happen(ButtonPressed, "ana", token=shop)
        tokens.append(world.sent[-1].outgoing.buttons[0][0].token)
    presses = [
        ButtonPressed(
            platform="fake", key=f"p:{i}", space="home", at=world.clock.now(), actor=Person("ana"), token=token
        )
        for i, token in enumerate(tokens)
    ]
    await asyncio.gather(*(world.engine.accept([press]) for press in presses))
    member = await world.member("ana")
    assert member.balance == balance % 20
    community = await world.community()
    async with world.store.read() as unit:
        assert (await unit.ledger.sums(community.id))[member.id] == member.balance
        (sticker,) = await unit.benefits.offered(community.id)
    assert sticker.stock == 100 - balance // 20


async def test_the_last_one_goes_to_one_of_many(world: World) -> None:
    people = [f"m{i}" for i in range(8)]
    for who in people:
        await rich(world, who, 1)
    await offer(world, "Sticker", 10, 1)
    tokens = {}
    for who in people:
        await world.say(who, "/redeem")
        await world.press(who, "Sticker")
        tokens[who] = world.sent[-1].outgoing.buttons[0][0].token
    presses = [
        ButtonPressed(
            platform="fake", key=f"p:{who}", space="home", at=world.clock.now(), actor=Person(who), token=token
        )
        for who, token in tokens.items()
    ]
    await asyncio.gather(*(world.engine.accept([press]) for press in presses))
    balances = [(await world.member(who)).balance for who in people]
    assert sorted(balances) == [1] + [11] * 7
    await world.say("m0", "/redeem")
    assert "sold out" in world.last
