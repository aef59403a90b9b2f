"""/me: the card and its line."""

from __future__ import annotations

from core.domain.pictures import Card
from tests.world import World


async def test_a_card_and_one_line(world: World) -> None:
    await world.say("li", "hello")
    for _ in range(4):
        await world.say("ana", "/checkin")
        await world.say("ana", "hello")
        await world.advance(days=1)
    await world.say("ana", "/me")
    member = await world.member("ana")
    assert member.level == 1
    assert world.last == (f"Level 1 · Newcomer · rank 1 of 2 · {255 - member.earned} to level 2 · 4 days in a row")
    sent = world.sent[-1]
    card = sent.outgoing.picture
    assert isinstance(card, Card)
    assert card.progress == (member.earned - 100) / 155
    assert (card.days_label, sum(card.days), len(card.days)) == ("active on 4 of 30 days", 4, 30)
    assert sent.image is not None
    assert sent.image.startswith(b"\x89PNG")


async def test_somebody_new_has_a_card_too(world: World) -> None:
    await world.set(language="zh-CN")
    await world.say("ana", "/me")
    assert world.last == "等级 0 · 新成员 · 距 1 级还差 100 分"


async def test_a_streak_that_broke_is_not_shown(world: World) -> None:
    for _ in range(2):
        await world.say("ana", "/checkin")
        await world.advance(days=1)
    await world.advance(days=1)
    await world.say("ana", "/me")
    assert "streak" not in world.last
