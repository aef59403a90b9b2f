"""Amounts: every figure said is in the ledger, every one that is taken has bounds, and sums grow past 32 bits."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from core.domain.events import CommandCalled
from core.domain.people import Rights
from core.domain.points import AMOUNT_LIMIT, PRICE_LIMIT, Entry, Reason, Rules
from core.engine.levels import Had, import_levels
from core.kit.arguments import optional
from core.kit.replay import apply_rules
from tests.world import World
from tests.world.turns import each_language_on_a_database

ROOT = Path(__file__).parents[2]
BEYOND = (2**31 - 1, 2**31, 10**12, 2**63 - 1, 2**63, 10**30)


async def _rich(world: World, who: str, amount: int) -> None:
    """Let somebody have brought much along."""
    community, member = await world.community(), await world.member(who)
    async with world.store.begin() as unit:
        account = (await unit.members.accounts_of([member.id]))[0]
        entry = Entry(account.id, amount, Reason.IMPORT, f"levels:{account.id}:0", world.clock.now(), amount)
        await unit.ledger.book([(community.id, entry)])


async def test_no_event_is_parked_where_32_bits_end(world: World) -> None:
    world.moderator("mo")
    await world.set(rules=Rules(message_min=AMOUNT_LIMIT, message_max=AMOUNT_LIMIT, cooldown=0))
    message = await world.say("ana", "hello")
    await _rich(world, "ana", 2**31 - 5 - AMOUNT_LIMIT)
    await world.say("ana", "hello")
    await world.react("bo", message)
    await world.say("ana", "/checkin")
    await world.say("mo", f"/grant @ana {AMOUNT_LIMIT} prize")
    await world.delete(message)
    await world.say("mo", f"/take @ana {AMOUNT_LIMIT} fine")
    ana = await world.member("ana")
    assert (ana.balance, ana.level > 900) == (2**31 + 8, True)
    community = await world.community()
    async with world.store.begin() as unit:
        await apply_rules(unit, community, Rules(message_min=1, message_max=1, cooldown=0), "1", world.clock.now())
    async with world.store.read() as unit:
        assert await unit.parked.all() == []
        assert (await unit.ledger.sums(community.id))[ana.id] == (await world.member("ana")).balance
    for text in ("/me", "/points", "/leaderboard ever", "/tier"):
        await world.say("ana", text)
    assert [text for text in world.texts if "K-" in text] == []


@pytest.mark.parametrize("amount", BEYOND)
async def test_an_amount_out_of_bounds_is_refused_in_one_line(world: World, amount: int) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.join("ana")
    for said, answer in (
        (f"/grant @ana {amount} prize", f" takes a number from 1 to {AMOUNT_LIMIT:,}, not “{amount}”."),
        (f"/take @ana {amount} fine", f" takes a number from 1 to {AMOUNT_LIMIT:,}, not “{amount}”."),
        (f"/shop {amount} A sticker", f" takes a number from 1 to {PRICE_LIMIT:,}, not “{amount}”."),
        *((f"/rules {each.name} {amount}", "takes a number from") for each in fields(Rules)),
    ):
        await world.say("olga", said)
        assert answer in world.last, said
    await world.set(language="zh-CN")
    await world.say("olga", f"/grant @ana {amount} prize")
    assert f"要在 1 到 {AMOUNT_LIMIT:,} 之间，「{amount}」不行。" in world.last
    assert (await world.member("ana")).balance == 0


async def test_no_number_whatever_breaks_a_command(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    asked = 0
    for command in world.engine.registry.commands.values():
        for parameter in command.parameters:
            if optional(parameter.annotation)[0] is not int:
                continue
            for number in (*BEYOND, -1, -(2**63) - 1):
                options = {each.name: "@ana" if each.name == "member" else "balanced" for each in command.parameters}
                options[parameter.name] = str(number)
                await world.happen(CommandCalled, "olga", name=command.name, options=options)
                asked += 1
    assert asked > len(BEYOND)
    assert [text for text in world.texts if "K-" in text] == []


async def test_a_check_in_says_nothing_that_isnt_booked(world: World) -> None:
    await world.say("ana", "/checkin")
    before = await world.member("ana")
    await world.say("ana", "/consent out")
    await world.press("ana", "Yes, leave me out")
    await world.say("ana", "/consent personal")
    await world.say("ana", "/checkin")
    assert world.last == "You checked in today already. Come back tomorrow."
    after = await world.member("ana")
    assert (after.balance, after.earned) == (before.balance, before.earned)
    await world.advance(days=1)
    await world.say("ana", "/checkin")
    assert world.last.startswith("Checked in: +11 points, 22 in all.")


#: What gives and takes, and who has it then; said before and after somebody asked to be left out, and again.
GIVING = {
    "checkin": ("ana", "/checkin"),
    "thanks": ("mo", "/thanks @ana"),
    "grant": ("mo", "/grant @ana 30 prize"),
    "take": ("mo", "/take @ana 4 fine"),
    "redeem": ("ana", "/redeem"),
    "undo": ("mo", "/undo 1"),
}


@each_language_on_a_database
async def test_every_figure_that_a_command_says_to_give_is_in_the_ledger(world: World, language: str) -> None:
    world.moderator("mo")
    await world.join("mo")
    await world.say("ana", "hello")
    await world.set(language=language, level_notice="off")
    community, ana = await world.community(), (await world.member("ana")).id
    async with world.store.begin() as unit:
        await unit.benefits.add(community.id, "Mug", 5, None, world.clock.now())

    async def booked() -> list[int]:
        async with world.store.read() as unit:
            return [entry.amount for entry in await unit.ledger.of_member(ana, 100)]

    for consent in ("", "/consent out", "/consent personal", "/consent personal"):
        if consent:
            await world.say("ana", consent)
        if consent == "/consent out":
            await world.press("ana", "Yes, leave me out" if language == "en" else "确定，不要记录我")
        for name, (who, text) in GIVING.items():
            before = await booked()
            await world.say(who, text)
            if name == "redeem" and world.sent[-1].outgoing.buttons:
                await world.press("ana", "Mug")
                await world.press("ana", "Take it" if language == "en" else "兑换")
            new = len(await booked()) - len(before)
            figures = [int(each) for each in re.findall(r"(?<![#\d/])[+−]?(\d+)", world.last)]
            if new:
                amount = abs((await booked())[0])
                balance = (await world.member("ana")).balance
                assert amount in figures or balance in figures, (name, world.last)
            else:
                assert not re.search(r"\+\d", world.last), (name, consent, world.last)


def test_commands_give_by_one_helper_alone() -> None:
    """Whatever gives says what `give` returned or raised.

    To book past it is for joining and parting accounts, for a run that is taken back from everybody at once, and for
    the sum of nothing that says that somebody was left out.
    """
    found = {
        f"{path.name}:{node.func.attr}"
        for path in sorted((ROOT / "core" / "features").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr == "ledger"
        and node.func.attr in {"book", "add", "take_back", "settle"}
    }
    assert found == {"link.py:settle", "unlink.py:add", "undoing.py:take_back", "consent.py:book"}


async def test_what_is_brought_along_again_after_a_take_moves_nothing(world: World) -> None:
    world.moderator("mo")
    await world.join("ana")
    community = await world.community()

    async def bring(points: int) -> None:
        rows = [Had(2, "fake:ana", points)]
        await import_levels(world.store, lambda *_: "", community.name, rows, ["fake"], world.clock.now())

    await bring(100)
    await world.say("mo", "/take @ana 100 cheated")
    await world.say("ana", "/checkin")
    for points in (50, 50, 80, 80):
        await bring(points)
        ana = await world.member("ana")
        # What was taken settles what is lowered, so what was earned since stays.
        assert (ana.balance, ana.earned, ana.owed) == (11 + points - 50, 11 + points - 50, 0)
