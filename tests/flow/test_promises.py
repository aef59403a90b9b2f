"""Whoever is promised a direct message, but never opened the chat, is told what it takes for it to arrive."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from core.domain.events import ButtonPressed, WroteDirectly
from core.domain.surveys import FACES
from tests.world import World
from tests.world.activities import set_up, with_people

HINT = "If you never wrote to me directly, do so once: else I may not be able to reach you."
WITH = {
    "raffle": ("hours=3 prize=A book", ("I'm in",)),
    "mentors": ("hours=3 topics=Python | SQL", ("I look for a mentor", "SQL")),
    "mentors, a mentor": ("hours=3 topics=Python | SQL", ("I can mentor", "2", "SQL")),
    "cohort": ("lead=3 topic=Pandas weeks=1: Read", ("I'm in, with a partner",)),
    "live": ("lead=3 topic=Pandas", ("Take a seat",)),
    "survey": ("hours=48 tell=room questions=Why?", ("9", "Later")),
    "pulse": ("hours=48 tell=room", ("Ask me directly each week, or no more",)),
}
Pressing = Callable[[str], Awaitable[None]]


async def begun(world: World, kind: str) -> Pressing:
    """Let a kind begin, and return what lets somebody press all that leads to what is promised."""
    await with_people(world, "ana", "bo")
    await world.say("olga", "/settings pulse yes")
    settings, (first, *more) = WITH[kind]
    await set_up(world, f"{kind.partition(',')[0]} daily 10:00 {settings}")
    await world.advance(hours=1)
    post = world.sent[-1]
    token = next(each.token for row in post.outgoing.buttons for each in row if each.label == first)

    async def pressing(who: str) -> None:
        await world.happen(ButtonPressed, who, token=token, message=post.id)
        for label in more:
            await world.press(who, label)

    return pressing


@pytest.mark.parametrize("kind", WITH)
async def test_a_promise_says_what_it_takes(world: World, kind: str) -> None:
    pressing = await begun(world, kind)
    await world.happen(WroteDirectly, "bo", text="hi", space="direct", direct=True)
    await pressing("ana")
    assert world.last.endswith(HINT)
    await pressing("bo")
    assert HINT not in world.last


@pytest.mark.parametrize(
    ("kind", "first", "second", "said"),
    [
        ("poll daily 10:00 tell=direct ask=Which? options=Red | Blue", "Red · 0", "Blue · 0", "Your vote: Blue."),
        ("pulse daily 10:00 tell=direct whom=everybody", FACES[0], FACES[4], f"{FACES[4]} it is now."),
        ("cohort daily 10:00 tell=direct topic=Pandas weeks=1: Read", "I'm in", "I'm out", "You are out."),
        ("live daily 10:00 tell=direct topic=Pandas", "Take a seat", "Give it up", "You gave it up."),
    ],
)
async def test_what_can_be_changed_can_be_where_it_was_asked(
    world: World, kind: str, first: str, second: str, said: str
) -> None:
    await with_people(world, "ana", "bo")
    await world.happen(WroteDirectly, "ana", text="hi", space="direct", direct=True)
    await world.say("olga", "/settings pulse yes")
    await set_up(world, kind)
    if kind.startswith("pulse"):
        await world.advance(hours=1)
        await world.press("ana", "Ask me directly each week, or no more")
        await world.advance(hours=23)
    await world.advance(hours=1)
    letter = next(each for each in reversed(world.sent) if each.outgoing.to == "ana" and each.outgoing.buttons)
    tokens = {each.label: each.token for row in letter.outgoing.buttons for each in row}
    for label in (first, second):
        await world.happen(ButtonPressed, "ana", token=tokens[label], message=letter.id, space="direct", direct=True)
        assert world.sent[-1].outgoing.replaces is None
    assert world.last.startswith(said)


async def test_who_waits_for_a_seat_is_told_too_and_who_goes_what_becomes_of_it(world: World) -> None:
    await with_people(world, "ana", "bo", "cleo")
    await set_up(world, "live daily 10:00 lead=3 seats=1 topic=Pandas")
    await world.advance(hours=1)
    await world.press("ana", "Take a seat")
    for who in ("bo", "cleo"):
        await world.press(who, "Take a seat")
        assert world.last.endswith(HINT)
    said = []
    for who in ("cleo", "ana", "bo", "bo"):
        before = len(world.sent)
        await world.press(who, "Give it up")
        said += [each.outgoing.text for each in world.sent[before:] if not each.outgoing.direct]
    assert said == [
        "You are in line no more.",
        "You gave it up. Thanks for saying so: the next in line is in.",
        "You gave it up. Thanks for saying so.",
        "You have no seat to give up.",
    ]
