"""Farming gives little and no more: caps hold, and what is taken away takes its points along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.domain.events import ButtonPressed, Event, MemberJoined, MemberLeft, ReactionAdded
from core.domain.people import Person, Rights
from core.domain.points import Rules
from tests.world import World
from tests.world.activities import set_up, with_people

RULES = Rules()


async def sums_hold(world: World) -> None:
    """Compare every balance with the sum of the ledger, and every lifetime sum with its level."""
    community = await world.community()
    async with world.store.read() as unit:
        sums = await unit.ledger.sums(community.id)
        members = await unit.members.all(community.id)
    assert {m.id: m.balance for m in members} == {m.id: sums.get(m.id, 0) for m in members}
    assert all(member.balance >= 0 for member in members)


async def earned(world: World, who: str) -> int:
    return (await world.member(who)).balance


async def test_a_reaction_of_ones_own_gives_nothing(world: World) -> None:
    message = await world.say("ana", "hello")
    before = await earned(world, "ana")
    await world.react("ana", message)
    assert await earned(world, "ana") == before


async def test_adding_and_removing_a_reaction_gives_once_and_takes_it_back(world: World) -> None:
    message = await world.say("ana", "hello")
    before = await earned(world, "ana")
    for _ in range(10):
        await world.react("li", message)
        await world.react("li", message, removed=True)
    await world.react("li", message, "🔥")
    assert before <= await earned(world, "ana") <= before + RULES.reaction
    await sums_hold(world)


async def test_many_emoji_of_one_person_are_one_reaction(world: World) -> None:
    message = await world.say("ana", "hello")
    before = await earned(world, "ana")
    for emoji in "👍🔥🎉😀":
        await world.react("li", message, emoji)
    assert await earned(world, "ana") == before + RULES.reaction


async def test_a_flood_of_reactions_ends_at_the_days_cap(world: World) -> None:
    message = await world.say("ana", "hello")
    before = await earned(world, "ana")
    for i in range(RULES.reactions_a_day + 10):
        await world.react(f"alt{i}", message)
    assert await earned(world, "ana") == before + RULES.reaction * RULES.reactions_a_day
    await world.advance(days=1)
    await world.react("another", message)
    assert await earned(world, "ana") == before + RULES.reaction * (RULES.reactions_a_day + 1)
    await sums_hold(world)


async def test_a_ring_of_replies_gives_each_pair_once_a_day(world: World) -> None:
    ring = ["ana", "bo", "cy"]
    last = {who: await world.say(who, "hello") for who in ring}
    before = {who: await earned(world, who) for who in ring}
    for _ in range(20):
        for i, who in enumerate(ring):
            last[who] = await world.say(who, "yes", reply_to=last[ring[i - 1]])
    # Within the cooldown the replies themselves give nothing; being answered does, once for each person and day.
    assert {who: await earned(world, who) - before[who] for who in ring} == dict.fromkeys(ring, RULES.reply)
    await sums_hold(world)


async def test_answers_from_many_accounts_end_at_the_days_cap(world: World) -> None:
    message = await world.say("ana", "hello")
    before = await earned(world, "ana")
    for i in range(RULES.replies_a_day + 5):
        await world.say(f"alt{i}", "so", reply_to=message)
    assert await earned(world, "ana") == before + RULES.reply * RULES.replies_a_day


async def test_a_message_deleted_after_its_reward_is_taken_back_with_what_it_gave_others(world: World) -> None:
    asked = await world.say("ana", "hello")
    before = await earned(world, "ana")
    answer = await world.say("li", "so", reply_to=asked)
    await world.delete(answer)
    await world.delete(asked)
    assert await earned(world, "li") == 0
    assert await earned(world, "ana") == before - RULES.message_points(f"m:{asked}")
    await world.delete(asked)
    await sums_hold(world)


async def test_points_spent_before_a_deletion_leave_nobody_below_zero(world: World) -> None:
    message = await world.say("ana", "hello")
    community = await world.community()
    async with world.store.begin() as unit:
        await unit.benefits.add(community.id, "Sticker", 10, None, world.clock.now())
    await world.say("ana", "/redeem")
    await world.press("ana", "Sticker")
    await world.press("ana", "Take it")
    await world.delete(message)
    member = await world.member("ana")
    assert (member.balance, member.earned) == (0, 0)
    await sums_hold(world)


async def test_a_burst_of_messages_gives_one_reward_a_minute(world: World) -> None:
    for _ in range(30):
        await world.say("ana", "spam")
    assert await earned(world, "ana") <= RULES.message_max
    await world.say("ana", "/points")
    await world.advance(seconds=59)
    await world.say("ana", "spam")
    assert await earned(world, "ana") <= RULES.message_max
    await world.advance(seconds=1)
    await world.say("ana", "worth it")
    assert await earned(world, "ana") >= 2 * RULES.message_min


async def test_bots_and_those_who_are_out_neither_earn_nor_give(world: World) -> None:
    message = await world.say("ana", "hello")
    before = await earned(world, "ana")
    await world.react("out", message)
    await world.say("out", "/consent out")
    await world.press("out", "Yes, leave me out")
    bot = Person("robo", "Robo", bot=True)
    mine = await world.say(bot, "beep")
    await world.react("ana", mine)
    await world.say("ana", "so", reply_to=mine)
    await world.say("out", "so", reply_to=message)
    assert await earned(world, "robo") == 0
    assert await earned(world, "out") == 0
    assert await earned(world, "ana") == before + RULES.reaction


async def _out_and_back(world: World, who: str) -> None:
    await world.say(who, "/consent out")
    await world.press(who, "Yes, leave me out")
    await world.say(who, "/consent personal")


async def test_no_cap_of_a_day_begins_anew_by_leaving_out_and_coming_back(world: World) -> None:
    first = await world.say("ana", "hello")
    for i in range(RULES.reactions_a_day):
        await world.react(f"alt{i}", first)
    for i in range(RULES.replies_a_day):
        await world.say(f"alt{i}", "so", reply_to=first)
    before = await earned(world, "ana")
    await _out_and_back(world, "ana")
    second = await world.say("ana", "hello again")
    for i in range(RULES.reactions_a_day):
        await world.react(f"alt{i}", second)
        await world.say(f"alt{i}", "so", reply_to=second)
    assert await earned(world, "ana") == before
    await world.advance(days=1)
    await world.react("another", second)
    await world.say("another", "so", reply_to=second)
    assert await earned(world, "ana") == before + RULES.reaction + RULES.reply
    await sums_hold(world)


async def test_a_run_gives_its_points_once_however_often_somebody_goes_and_comes_back(world: World) -> None:
    await with_people(world, "ana", "bo")
    await set_up(world, "question daily 10:00 points=7 questions=Why? hours=72")
    await world.advance(hours=1)
    post = world.sent[-1]
    (token,) = [button.token for row in post.outgoing.buttons for button in row]

    async def press(who: str) -> None:
        await world.happen(ButtonPressed, who, token=token, message=post.id)

    for _ in range(3):
        await press("ana")
        await world.leave("ana")
        await world.join("ana")
    await press("bo")
    for days in (0, 1):  # later on the same day, and on the next, while it is open
        await world.advance(days=days)
        await _out_and_back(world, "bo")
        await press("bo")
    assert [(await world.member(who)).balance for who in ("ana", "bo")] == [7, 7]
    shown = next(each for each in reversed(world.platforms["fake"].changed) if each.message == post.id)
    assert shown.content.text.endswith("2 people answered so far.")


@pytest.mark.parametrize("who", [("bo",), ("ana",), ("ana", "bo"), ("bo", "ana")])
async def test_thanks_are_so_many_a_day_whoever_is_left_out_meanwhile(world: World, who: tuple[str, ...]) -> None:
    for each in ("ana", "bo"):
        await world.say(each, "hello")
    for _ in range(RULES.thanks_a_day):
        await world.say("ana", "/thanks @bo")
    before = await earned(world, "bo")
    for each in who:
        await _out_and_back(world, each)
    await world.say("ana", "/thanks @bo")
    assert await earned(world, "bo") == before
    await world.advance(days=1)
    await world.say("ana", "/thanks @bo")
    assert await earned(world, "bo") == before + RULES.thanks


async def test_who_left_earns_nothing_by_what_is_there_of_them(world: World) -> None:
    message = await world.say("ana", "hello")
    await world.react("bo", message)
    await world.leave("ana")
    before = await earned(world, "ana")
    await world.react("cy", message)
    await world.say("cy", "so", reply_to=message)
    assert await earned(world, "ana") == before
    await world.join("ana")
    await world.react("dee", message)
    assert await earned(world, "ana") == before + RULES.reaction
    await sums_hold(world)


@pytest.mark.parametrize("at_once", [True, False], ids=["one batch", "one by one"])
async def test_whether_somebody_is_there_is_known_within_a_batch(world: World, at_once: bool) -> None:
    message = await world.say("ana", "hello")
    before = await earned(world, "ana")

    def event(number: int, kind: type[Event], who: str, **more: Any) -> Event:
        at = world.clock.now() + timedelta(seconds=number)
        person = Person(who, who.capitalize())
        return kind(platform="fake", key=f"x:{number}", space="home", at=at, actor=person, **more)

    story = [
        event(1, ReactionAdded, "bo", message=message, emoji="👍"),
        event(2, MemberLeft, "ana"),
        event(3, ReactionAdded, "cy", message=message, emoji="👍"),
        event(4, MemberJoined, "ana"),
        event(5, ReactionAdded, "dee", message=message, emoji="👍"),
    ]
    for some in [story] if at_once else [[each] for each in story]:
        await world.hand_in(*some)
    assert await earned(world, "ana") == before + 2 * RULES.reaction


async def test_new_rules_give_nothing_anew_to_who_left(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.set(rules=RULES.changed("reaction", 0))
    message = await world.say("ana", "hello")
    await world.react("bo", message)
    await world.leave("ana")
    await world.say("olga", "/rules reaction 2")
    assert "it would move nobody" in world.last
