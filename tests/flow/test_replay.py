"""A replay of the past under given rules: the same points as live, and adjusting entries under others."""

from dataclasses import replace

from core.domain.points import Entry, Reason
from core.kit.replay import apply_rules, preview
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
