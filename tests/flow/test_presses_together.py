"""Many who press at once: each is answered, counted once, and the post is redrawn once for all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from core.domain.activities import Phase, Run, State
from core.domain.events import ButtonPressed
from core.domain.kinds import Kind
from core.domain.message import Reply
from core.domain.outgoing import Edit
from core.domain.people import Person
from core.domain.tasks import Task
from core.kit import Context
from tests.world import World
from tests.world.activities import QUESTION, set_up, with_people
from tests.world.crowd import come
from tests.world.platform import Sent

CROWD = [f"p{number}" for number in range(60)]
JOINED = "You're in: +7 points. Write your answer in the room."


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with a crowd in it, a moderator, and a question that is open."""
    await with_people(world)
    await come(world, CROWD)
    await set_up(world, QUESTION)
    await world.advance(hours=3)
    return world


def pressed(world: World, who: str, post: Sent, key: str = "") -> ButtonPressed:
    (button,), *_ = post.outgoing.buttons
    return ButtonPressed(
        platform="fake",
        key=f"press:{who}{key}",
        space="home",
        at=world.clock.now(),
        actor=Person(who, who),
        token=button.token,
        message=post.id,
    )


def texts(world: World) -> list[str]:
    """Return what the post was changed to say."""
    changed = world.platforms["fake"].changed
    return [each.content.text for each in changed if isinstance(each, Edit) and each.content]


async def parts(world: World) -> int:
    community = await world.community()
    async with world.store.read() as unit:
        return await unit.interactions.count_about(community.id, Kind.TOOK_PART, "run:1")


async def test_each_is_answered_and_counted_once_and_the_post_redrawn_once(here: World) -> None:
    post = here.sent[-1]
    before = len(here.sent)
    twice = [pressed(here, who, post, key) for key in ("", ":again") for who in CROWD]
    await here.hand_in(*twice, *twice)
    said = Counter((each.outgoing.to, each.outgoing.text) for each in here.sent[before:])
    assert said == Counter({(who, text): 1 for who in CROWD for text in (JOINED, "You are in already.")})
    assert texts(here) == ["**What did you learn?**\n60 people answered so far."]
    assert await parts(here) == 60
    assert {(await here.member(who)).balance for who in CROWD[:3]} == {7}


async def test_what_they_all_need_is_read_once(here: World) -> None:
    post, asked = here.sent[-1], list[object]()
    event.listen(here.store._engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    await here.engine.accept([pressed(here, who, post) for who in CROWD[:10]])
    few = len(asked)
    await here.engine.accept([pressed(here, who, post) for who in CROWD[10:]])
    assert (len(asked) - 2 * few) / 40 <= 15  # statements for each press more


async def test_who_presses_before_it_is_stopped_takes_part_and_who_does_after_it_does_not(here: World) -> None:
    post = here.sent[-1]
    await here.say("olga", "/activities 1")
    stop = next(each for row in here.sent[-1].outgoing.buttons for each in row if each.label == "Stop")
    stopped = replace(pressed(here, "olga", post), token=stop.token, message=here.sent[-1].id)
    before = len(here.sent)
    await here.hand_in(pressed(here, "p0", post), stopped, pressed(here, "p1", post))
    said = {each.outgoing.to: each.outgoing.text for each in here.sent[before:]}
    assert said["p0"] == JOINED
    assert "time is over" in said["p1"]
    assert texts(here)[-1] == "**What did you learn?**\nClosed. 1 person answered."
    assert await parts(here) == 1


async def test_a_post_that_cannot_be_redrawn_takes_nobody_out(here: World) -> None:
    async def broken(context: Context, run: Run) -> Reply:
        raise LookupError("nothing to say")

    kinds = here.engine.registry.kinds
    broken_kind = replace(kinds["question"], begin=broken)
    here.engine.registry = replace(here.engine.registry, kinds={**kinds, "question": broken_kind})
    post = here.sent[-1]
    await here.hand_in(pressed(here, "p0", post), pressed(here, "p1", post))
    assert here.texts[-2:] == [JOINED, JOINED]
    assert await parts(here) == 2


@pytest.mark.parametrize("stopped", [False, True])
async def test_the_button_of_a_letter_stays_and_says_that_the_time_is_over(world: World, stopped: bool) -> None:
    await with_people(world)
    await come(world, ["cy"])
    await set_up(world, f"{QUESTION} tell=direct")
    await world.advance(hours=3)
    letter = next(each for each in world.sent if each.outgoing.to == "cy" and each.outgoing.buttons)
    if stopped:
        await world.say("olga", "/activities 1")
        await world.press("olga", "Stop")
    else:
        world.clock.advance(timedelta(hours=3))  # before anybody ended it
    await world.hand_in(pressed(world, "cy", letter))
    assert world.last.startswith("That one is over.")
    assert await parts(world) == 0


async def test_what_was_claimed_before_it_was_stopped_or_over_changes_nothing(here: World) -> None:
    community = await here.community()
    await here.say("olga", "/activities 1")
    await here.press("olga", "Stop")
    changed, sent = len(here.platforms["fake"].changed), len(here.sent)
    late = [("begin_run", "activity:1"), ("end_run", "run:1")]
    async with here.store.begin() as unit:
        await unit.tasks.add(
            Task(action=action, community_id=community.id, subject=about, slot="late", due_at=here.clock.now())
            for action, about in late
        )
    await here.advance(minutes=1)
    assert (len(here.platforms["fake"].changed), len(here.sent)) == (changed, sent)
    async with here.store.read() as unit:
        (activity,) = await unit.activities.of(community.id, (State.STOPPED,))
        assert len(await unit.activities.runs_of(activity, tuple(Phase), 5)) == 1
