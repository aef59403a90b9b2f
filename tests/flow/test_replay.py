"""A replay of the past under given rules: the same points as live, and adjusting entries under others."""

from dataclasses import replace

import pytest

from core.domain.points import Entry, Reason, Rules
from core.kit.replay import Change, apply_rules, preview
from tests.world import World


async def _lively(world: World) -> None:
    """Fill a few days with messages, replies, reactions, links of cooldown and things taken back."""
    for day in range(3):
        for turn in range(4):
            first = await world.say("ana", "hello")
            answer = await world.say("ben", "well", reply_to=first)
            await world.say("cleo", "and", reply_to=answer)
            await world.react("cleo", first)
            await world.react("cleo", first, emoji="🎉")
            await world.react("ana", answer)
            if turn == 1:
                await world.react("ana", answer, removed=True)
            if turn == 2:
                await world.delete(answer)
            await world.advance(seconds=40 + day)
        await world.advance(days=1)


async def test_the_rules_as_they_are_move_nobody(world: World) -> None:
    await _lively(world)
    community = await world.community()
    async with world.store.read() as unit:
        assert await preview(unit, community, community.settings.rules) == []


async def test_other_rules_move_by_what_live_would_have_given(world: World) -> None:
    await _lively(world)
    community = await world.community()
    rules = replace(community.settings.rules, message_min=40, message_max=40, reply=7)
    before = await world.member("ana")
    async with world.store.begin() as unit:
        foreseen = await preview(unit, community, rules)
        moved = await apply_rules(unit, community, rules, "1", world.clock.now())
    assert moved == foreseen
    assert {change.name for change in moved} == {"Ana", "Ben", "Cleo"}
    ana = await world.member("ana")
    change = next(change for change in moved if change.name == "Ana")
    assert (ana.balance, ana.earned, ana.level) == (change.new_balance, change.new_earned, change.new_level)
    assert ana.earned > before.earned
    async with world.store.begin() as unit:
        assert await apply_rules(unit, community, rules, "1", world.clock.now()) == []
        assert await preview(unit, community, rules) == []
        assert (await unit.ledger.sums(community.id))[ana.id] == ana.balance
        assert len(await unit.ledger.each_of(community.id, [Reason.RULES])) == 3


async def test_back_and_forth_ends_where_it_began(world: World) -> None:
    await _lively(world)
    community = await world.community()
    before = await world.member("ana")
    for key, amount in (("1", 100), ("2", 0)):
        rules = replace(community.settings.rules, message_min=amount, message_max=amount)
        async with world.store.begin() as unit:
            await apply_rules(unit, community, rules, key, world.clock.now())
    async with world.store.begin() as unit:
        await apply_rules(unit, community, community.settings.rules, "3", world.clock.now())
    assert await world.member("ana") == before


async def test_what_was_spent_is_owed_and_nobody_falls_below_zero(world: World) -> None:
    await world.say("ana", "hello")
    ana = await world.member("ana")
    community = await world.community()
    async with world.store.begin() as unit:
        account = (await unit.members.accounts_of([ana.id]))[0]
        spent = Entry(account.id, 3 - ana.balance, Reason.REDEEM, "redeem:1:fake:1", world.clock.now())
        await unit.ledger.book([(community.id, spent)], floor=False)
    rules = replace(community.settings.rules, message_min=0, message_max=0)
    async with world.store.begin() as unit:
        (change,) = await apply_rules(unit, community, rules, "1", world.clock.now())
    assert (change.new_balance, change.new_earned, change.new_level) == (0, 0, 0)
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.owed) == (0, 0, -spent.amount)
    await world.say("ana", "/checkin")
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.owed) == (0, 11, -spent.amount - 11)


async def _changed(world: World, key: str, **rules: int) -> list[Change]:
    """Replay the past under the community's rules with these changes."""
    community = await world.community()
    changed = replace(community.settings.rules, **rules)
    async with world.store.begin() as unit:
        foreseen = await preview(unit, community, changed)
        assert await apply_rules(unit, community, changed, key, world.clock.now()) == foreseen
    return foreseen


async def test_who_was_left_out_and_came_back_keeps_what_a_replay_cant_see(world: World) -> None:
    await _lively(world)
    await world.say("ben", "/consent out")
    await world.press("ben", "Yes, leave me out")
    await world.say("ben", "/consent personal")
    before = {who: (await world.member(who)).earned for who in ("ana", "ben", "cleo")}
    # Ben's messages are gone, and so is what he gave to others: of that, new rules move nothing.
    moved = await _changed(world, "1", message_min=40, message_max=40, reply=7)
    assert "Ben" not in {change.name for change in moved}
    assert (await world.member("ben")).earned == before["ben"]
    assert (await world.member("ana")).earned > before["ana"]
    await world.advance(days=1)
    await world.say("ben", "hello again")
    moved = await _changed(world, "2", message_min=50, message_max=50)
    assert (await world.member("ben")).earned == before["ben"] + 50
    assert all(change.new_earned > change.earned for change in moved)


@pytest.mark.parametrize("leaving", ["/consent out", "/forgetme"])
async def test_what_somebody_gave_before_they_went_stays_with_whom_they_gave_it(world: World, leaving: str) -> None:
    message = await world.say("ana", "hello")
    await world.react("ben", message)
    await world.say("ben", "so", reply_to=message)
    before = (await world.member("ana")).earned
    await world.say("ben", leaving)
    await world.press("ben", "Erase everything" if leaving == "/forgetme" else "Yes, leave me out")
    await _changed(world, "1", reaction=0, reply=0)
    assert (await world.member("ana")).earned == before


async def test_a_room_without_points_and_another_time_zone_move_nobody(world: World) -> None:
    first = await world.say("ana", "hello", room="r1")
    await world.say("ben", "so", room="r1", reply_to=first)
    await world.set(timezone="Pacific/Kiritimati")
    async with world.store.begin() as unit:
        spaces = await unit.communities.spaces_of((await world.community()).id)
        (room,) = (await unit.communities.rooms([spaces[0].id])).values()
        room.earns = False
        await unit.communities.save_room(room)
    before = (await world.member("ana")).earned
    assert await _changed(world, "1", checkin=20) == []
    await _changed(world, "2", message_min=0, message_max=0)
    assert (await world.member("ana")).earned == before


async def test_rules_that_were_changed_from_now_on_are_what_the_past_is_compared_with(world: World) -> None:
    await world.set(rules=Rules(message_min=20, message_max=20))
    await world.say("ana", "hello")
    await world.advance(minutes=5)
    await world.set(rules=Rules(message_min=30, message_max=30))
    await world.say("ana", "hello")
    assert (await world.member("ana")).earned == 50
    assert await _changed(world, "1", checkin=20) != []  # the first message is worth 30 by now
    assert (await world.member("ana")).earned == 60
    await _changed(world, "2", message_min=5, message_max=5)
    assert (await world.member("ana")).earned == 10


async def test_what_is_deleted_after_a_replay_takes_along_what_it_is_worth_by_then(world: World) -> None:
    await world.set(rules=Rules(message_min=100, message_max=100))
    messages = []
    for _ in range(2):
        messages.append(await world.say("ana", "hello"))
        await world.advance(minutes=5)
    await _changed(world, "1", message_min=13, message_max=13)
    await world.delete(messages[0])
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.owed) == (13, 13, 0)
    await world.delete(messages[1])
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.owed) == (0, 0, 0)


async def test_what_only_a_replay_gave_goes_with_its_message(world: World) -> None:
    await world.set(rules=Rules(message_min=20, message_max=20, cooldown=600))
    await world.say("ana", "hello")
    await world.advance(seconds=61)
    second = await world.say("ana", "and")  # within the cooldown
    await _changed(world, "1", cooldown=60)
    assert (await world.member("ana")).earned == 40
    await world.delete(second)
    assert (await world.member("ana")).earned == 20
    await _changed(world, "2", message_min=10, message_max=10)
    assert (await world.member("ana")).earned == 10


@pytest.mark.parametrize("meanwhile", [True, False])
async def test_spam_that_was_taken_and_then_deleted_is_taken_once(world: World, *, meanwhile: bool) -> None:
    world.moderator("mo")
    await world.set(rules=Rules(message_min=20, message_max=20, cooldown=0))
    spam = [await world.say("ana", "buy now") for _ in range(5)]
    await world.say("mo", "/take @ana 100 spam")
    meant = await world.say("ana", "hello") if meanwhile else None
    for message in spam:
        await world.delete(message)
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.owed) == ((20, 20, 0) if meanwhile else (0, 0, 0))
    if meant is not None:
        await world.delete(meant)  # came after the take, which can't have meant it
        assert (await world.member("ana")).earned == 0
    await world.say("ana", "sorry")
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.owed) == (20, 20, 0)
    await world.say("ana", "/leaderboard")
    assert "20" in world.last
    # The take has nothing left to give back: what it took is gone by itself.
    await world.say("mo", "/history @ana")
    async with world.store.read() as unit:
        (take,) = [each for each in await unit.ledger.of_member(ana.id, 50) if each.reason is Reason.TAKE and each.note]
    await world.say("mo", f"/undo {take.id}")
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.owed) == (20, 20, 0)


async def test_an_entry_of_a_replay_is_changed_back_by_rules_alone(world: World) -> None:
    world.moderator("mo")
    await world.say("ana", "hello")
    await _changed(world, "1", message_min=100, message_max=100)
    await world.say("mo", "/undo 2")
    assert world.last == "#2 came with a change of the points rules. Change them back with /rules and replay the past."


async def test_what_only_a_replay_gave_may_go_and_come_back(world: World) -> None:
    await world.set(rules=Rules(message_min=0, message_max=0, reaction=0))
    message = await world.say("ana", "hello")
    await world.react("ben", message)
    await _changed(world, "1", reaction=3)
    for _ in range(3):
        assert (await world.member("ana")).earned == 3
        await world.react("ben", message, removed=True)
        assert (await world.member("ana")).earned == 0
        await world.react("ben", message)
    assert (await world.member("ana")).earned == 3
    await _changed(world, "2", reaction=7)
    await world.react("ben", message, removed=True)
    assert (await world.member("ana")).earned == 0


async def test_nobody_wins_back_by_toggling_what_a_moderator_took(world: World) -> None:
    world.moderator("mo")
    await world.set(rules=Rules(message_min=20, message_max=20, cooldown=0))
    message = await world.say("ana", "hello")
    await world.say("mo", "/take @ana 20 rude")
    for _ in range(5):
        await world.react("ben", message)
        await world.react("ben", message, removed=True)
        await world.delete(await world.say("ana", "again"))
    ana = await world.member("ana")
    assert (ana.balance, ana.earned, ana.owed) == (0, 0, 0)
