"""What an owner offers for points."""

from __future__ import annotations

from core.domain.people import Rights
from tests.world import World


async def test_a_benefit_is_offered_counted_and_withdrawn(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/shop")
    assert world.last.startswith("Nothing is on offer.")
    await world.say("olga", "/shop 300 Early access: Pandas in practice")
    assert world.last == "“Early access: Pandas in practice” is on offer for 300 points. How many of them are there?"
    await world.press("olga", "5")
    await world.say("olga", "/shop 40 A sticker")
    await world.say("olga", "/shop")
    assert world.last.splitlines()[1:3] == ["40 · A sticker", "300 · Early access: Pandas in practice (5 left)"]
    await world.press("olga", "Withdraw A sticker")
    assert "A sticker" not in world.last
    await world.press("olga", "Withdraw A sticker")
    assert world.last == "That isn't on offer any more."
    for text, answer in (
        ("/shop 0 Nothing", "cost takes a number from 1 to 1,000,000, not “0”. Usage: /shop [cost] [name]"),
        ("/shop cheap thing", "cost takes a whole number, not “cheap”. Usage: /shop [cost] [name]"),
        ("/shop 10", "What is it called? Say /shop 300 Early access."),
        ("/shop 10 " + "x" * 81, "That is too long: 80 characters at most."),
    ):
        await world.say("olga", text)
        assert world.last == answer
