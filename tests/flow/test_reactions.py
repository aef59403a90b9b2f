"""Points and ties follow the reactions and answers that are there in the end, however they came about."""

from __future__ import annotations

from typing import Any

import pytest

from core.domain.events import (
    Event,
    MessageDeleted,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCleared,
    ReactionsCounted,
    burst,
)
from core.domain.people import Person
from core.domain.points import Rules
from core.engine.news import roll_up
from tests.world import World

RULES = Rules()
#: What happens between Li and Ana's message, and whether a reaction of Li's is there in the end.
STORIES = {
    "one": ("+👍", True),
    "taken back": ("+👍 -👍", False),
    "changed, the new one first": ("+👍 +🔥 -👍", True),
    "changed, the old one first": ("+👍 -👍 +🔥", True),
    "one of two": ("+👍 +🔥 -🔥", True),
    "both of two": ("+👍 +🔥 -🔥 -👍", False),
    "put back": ("+👍 -👍 +👍", True),
    "put back and gone again, twice": ("+👍 -👍 +👍 -👍 +👍 -👍", False),
    "a burst that goes": ("+👍 +👍! -👍!", True),
    "a burst that stays": ("+👍 +👍! -👍", True),
    "told twice": ("+👍 +👍 -👍", False),
    "cleared by a moderator": ("+👍 +🔥 0", False),
    "one emoji cleared by a moderator": ("+👍 +🔥 0👍", True),
    "the only emoji cleared, its burst too": ("+👍 +👍! 0👍", False),
    "cleared and put back": ("+👍 0 +👍", True),
    "taken back before it was seen": ("-👍 +👍", True),
}


def _events(world: World, message: str, story: str) -> list[Event]:
    events: list[Event] = []
    for place, word in enumerate(story.split()):
        shared: dict[str, Any] = {
            "platform": "fake",
            "space": "home",
            "at": world.clock.now(),
            "key": f"r:{message}:{place}",
            "message": message,
        }
        emoji = burst(word[1:-1]) if word.endswith("!") else word[1:]
        li = Person("li", "Li")
        if word[0] == "+":
            events.append(ReactionAdded(**shared, actor=li, emoji=emoji))
        elif word[0] == "-":
            events.append(ReactionRemoved(**shared, actor=li, emoji=emoji))
        else:
            events.append(ReactionsCleared(**shared, emoji=emoji or None))
    return events


async def _ties(world: World) -> int:
    """Return the sum of all ties, checked against a count from the first interaction on."""
    community = await world.community()
    await roll_up(world.store, community.id)
    async with world.store.read() as unit:
        stands = await unit.rollups.ties(community.id)
        position = await unit.rollups.position(community.id)
        behind = await unit.rollups.ties_behind(community.id, 0, position)
    sums: dict[tuple[int, int, int], int] = {}
    for source, target, day, times in behind:
        sums[source, target, day] = sums.get((source, target, day), 0) + times
    assert {row[:3]: row[3] for row in stands} == {place: times for place, times in sums.items() if times}
    return sum(row[3] for row in stands)


@pytest.mark.parametrize("at_once", [True, False], ids=["one batch", "one by one"])
@pytest.mark.parametrize(("story", "there"), STORIES.values(), ids=STORIES.keys())
async def test_the_state_in_the_end_counts(world: World, story: str, *, there: bool, at_once: bool) -> None:
    message = await world.say("ana", "hello")
    before = await world.member("ana")
    events = _events(world, message, story)
    for some in [events] if at_once else [[event] for event in events]:
        await world.hand_in(*some)
    ana = await world.member("ana")
    given = RULES.reaction if there else 0
    assert (ana.balance - before.balance, ana.earned - before.earned) == (given, given)
    assert bool(await _ties(world)) == there
    # It comes again, as after a crash: nothing moves.
    await world.hand_in(*events)
    for event in reversed(events):
        await world.hand_in(event)
    assert await world.member("ana") == ana


async def test_a_reaction_that_goes_on_another_day_ends_the_tie_where_it_was(world: World) -> None:
    message = await world.say("ana", "hello")
    await world.react("li", message)
    assert await _ties(world) == 1
    await world.advance(days=3)
    await world.react("li", message, removed=True)
    assert await _ties(world) == 0


async def test_what_a_list_shows_to_have_changed_unheard_is_made_up_for(world: World) -> None:
    message = await world.say("ana", "hello")
    before = (await world.member("ana")).balance
    await world.react("li", message, "👍", whole=("👍",))
    await world.react("li", message, "🎉", removed=True, whole=("🔥",))  # that 👍 became 🔥 and 🎉 came nobody heard
    assert (await world.member("ana")).balance == before + RULES.reaction
    await world.react("li", message, "🔥", removed=True, whole=())
    assert (await world.member("ana")).balance == before
    assert await _ties(world) == 0


async def test_a_moderator_who_clears_reactions_takes_from_all_and_nobody_comes_back_by_it(world: World) -> None:
    message = await world.say("ana", "hello")
    before = (await world.member("ana")).balance
    for who in ("li", "bo", "cy"):
        await world.react(who, message)
    await world.leave("cy")
    await world.happen(ReactionsCleared, None, message=message)
    assert (await world.member("ana")).balance == before
    assert (await world.member("cy")).left_at is not None


async def test_counted_reactions_are_as_many_as_the_last_count_says(world: World) -> None:
    message = await world.say("ana", "hello")
    for number in (1, 5, 3, 3):
        await world.happen(ReactionsCounted, None, message=message, count=number)
    community = await world.community()
    async with world.store.read() as unit:
        assert (await unit.interactions.totals(community.id))["reactions"] == 3


async def test_an_answer_that_goes_leaves_what_another_of_that_day_gave(world: World) -> None:
    asked = await world.say("ana", "hello")
    before = (await world.member("ana")).earned
    first = await world.say("li", "so", reply_to=asked)
    second = await world.say("li", "and so", reply_to=asked)
    assert await _ties(world) == 2
    await world.delete(first)
    assert (await world.member("ana")).earned == before + RULES.reply
    assert await _ties(world) == 1
    await world.delete(second)
    await world.delete(second)
    assert (await world.member("ana")).earned == before
    assert await _ties(world) == 0
    await world.say("li", "once more", reply_to=asked)
    assert (await world.member("ana")).earned == before + RULES.reply


async def test_an_answer_with_mentions_that_comes_and_goes_in_one_batch_leaves_nothing(world: World) -> None:
    asked = await world.say("ana", "hello")
    before = await world.member("ana")
    shared: dict[str, Any] = {"platform": "fake", "space": "home", "at": world.clock.now()}
    ana, li = Person("ana", "Ana"), Person("li", "Li")
    sent = MessageSent(**shared, key="m:so", actor=li, reply_to=asked, mentions=(ana,), length=2)
    await world.hand_in(sent, MessageDeleted(**shared, key="d:so", message="so"))
    assert await world.member("ana") == before
    li_ = await world.member("li")
    assert (li_.balance, li_.earned, li_.level) == (0, 0, 0)
    assert await _ties(world) == 0
    assert not [text for text in world.texts if "level" in text]


async def test_what_a_moderator_took_back_doesnt_come_back_by_toggling(world: World) -> None:
    world.moderator("mo")
    message = await world.say("ana", "hello")
    before = (await world.member("ana")).balance
    await world.react("li", message)
    await world.say("mo", "/undo 2")
    assert (await world.member("ana")).balance == before
    await world.react("li", message, removed=True)
    await world.react("li", message)
    assert (await world.member("ana")).balance == before
