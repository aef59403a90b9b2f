"""Polls on Discord: its own where it has such, else buttons; votes back in the books, over a restart too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from simcord.backend.models import Message

from bot.platforms.discord.inflow import LOST
from core.domain.polls import Question, Result
from core.engine.settle import settle
from core.kit import Context, Texts, polls
from tests.platforms.discord.conftest import Stage

NAME = "poll:1"
LUNCH = Question(text="Lunch?", options=("Rice", "Noodles", "Soup"))
SEVERAL = Question(text="Lunch?", options=("Rice", "Noodles", "Soup"), several=True)
QUIZ = Question(text="2 + 2?", options=("3", "4"), right=(1,), explanation="Count your fingers.")


async def do(stage: Stage, what: Callable[[Context], Awaitable[Any]]) -> Any:
    space = await stage.space()
    async with stage.store.begin() as unit:
        await unit.lock(space.community_id)
        community = await unit.communities.get(space.community_id)
        context = Context(unit, stage.clock.now(), community, Texts("en"))
        told = await what(context)
        await settle(unit, context, stage.registry)
    stage.house.deliverers["discord"].waiting.set()
    return told


async def ask(stage: Stage, question: Question, **more: Any) -> Message:
    """Ask the room, and return the message once its name is noted."""

    async def doing(context: Context) -> bool:
        (space,) = await context.unit.communities.spaces_of(context.community.id)
        return await polls.ask_poll(context, NAME, space, str(stage.room.id), question, **more)

    assert await do(stage, doing)

    async def noted() -> bool:
        async with stage.store.read() as unit:
            (post,) = await unit.posts.named((await stage.space()).community_id, NAME)
        return post.message is not None

    await stage.until(noted)
    message: Message = stage.server.from_bot(stage.room)[-1]
    return message


async def result(stage: Stage) -> Result:
    found: Result = await do(stage, lambda context: polls.poll_result(context, NAME))
    return found


async def counts_so(stage: Stage, *expected: int) -> None:
    async def so() -> bool:
        return (await result(stage)).counts == expected

    await stage.until(so)


def vote(stage: Stage, user: Any, message: Message, *answers: int) -> None:
    stage.server.backend.set_poll_votes(stage.room.id, message.id, [each + 1 for each in answers], user.id)


@pytest.mark.parametrize(("question", "chosen"), [(LUNCH, (1,)), (SEVERAL, (0, 2))])
async def test_discords_own_poll_brings_its_votes_into_the_books(
    stage: Stage, question: Question, chosen: tuple[int, ...]
) -> None:
    async with stage.up():
        message = await ask(stage, question)
        assert message.poll is not None
        assert message.poll.allow_multiselect is question.several
        vote(stage, stage.bo, message, *chosen)
        await counts_so(stage, *(int(place in chosen) for place in range(3)))
        assert list((await result(stage)).votes.values()) == [chosen]
        vote(stage, stage.bo, message, 2)
        await counts_so(stage, 0, 0, 1)
        vote(stage, stage.bo, message)
        await counts_so(stage, 0, 0, 0)
        (first, *_) = await stage.keeps("voted", 1)
        assert first.subject == NAME


async def test_it_is_closed_by_name_and_one_that_is_over_is_no_failure(stage: Stage) -> None:
    async with stage.up():
        message = await ask(stage, LUNCH, until=stage.clock.now() + timedelta(days=2))
        vote(stage, stage.bo, message, 1)
        await counts_so(stage, 0, 1, 0)
        await do(stage, lambda context: polls.close_poll(context, NAME))
        await stage.server.until(lambda: message.poll.finalized)
        assert (await result(stage)).counts == (0, 1, 0)


async def test_votes_are_heard_by_the_process_that_comes_after(stage: Stage) -> None:
    async with stage.up():
        message = await ask(stage, LUNCH)
    async with stage.up():
        vote(stage, stage.ana, message, 0)
        await counts_so(stage, 1, 0, 0)


@pytest.mark.parametrize("question", [LUNCH, SEVERAL])
async def test_votes_of_the_time_in_which_kith_was_away_are_taken_in_once(stage: Stage, question: Question) -> None:
    cy = stage.server.user("cy", guild=stage.guild, global_name="Cy")
    async with stage.up():
        message = await ask(stage, question)
        for user in (stage.ana, stage.bo):
            vote(stage, user, message, 0)
        await counts_so(stage, 2, 0, 0)
    vote(stage, stage.ana, message, 1)  # another mind
    vote(stage, stage.bo, message)  # taken back
    vote(stage, cy, message, *((1, 2) if question.several else (2,)))  # and somebody new
    after = (0, 2, 1) if question.several else (0, 1, 1)
    for _ in range(2):
        async with stage.up():
            await counts_so(stage, *after)
    assert len(await stage.keeps("voted", 4)) == 4


async def test_votes_that_cant_be_read_are_a_gap(stage: Stage) -> None:
    async with stage.up():
        message = await ask(stage, LUNCH)
    del stage.server.backend.messages[message.channel_id][message.id]
    async with stage.up():
        space = await stage.space()

        async def recorded() -> bool:
            async with stage.store.read() as unit:
                return [what for _, _, _, what in await unit.communities.gaps([space.id])][-1:] == [f"{LOST}, votes"]

        await stage.until(recorded)


@pytest.mark.parametrize(
    "question",
    [
        QUIZ,
        Question(text="Lunch?", options=("Rice", "Soup"), anonymous=True),
        Question(text="Lunch?", options=tuple("abcdefghijk")),
        Question(text="Lunch?", options=("Rice", "x" * 56)),
    ],
    ids=["quiz", "anonymous", "eleven options", "a long one"],
)
async def test_one_that_discord_cant_ask_has_buttons(stage: Stage, question: Question) -> None:
    async with stage.up():
        message = await ask(stage, question)
        assert message.poll is None
        labels = [button["label"] for row in message.components for button in row["components"]]
        assert labels == list(question.options)
        token = message.components[0]["components"][0]["custom_id"]
        stage.server.press(stage.bo, message, token)
        await counts_so(stage, 1, *(0 for _ in question.options[1:]))
        assert ((await result(stage)).votes is None) is question.anonymous
        await do(stage, lambda context: polls.close_poll(context, NAME))
        await stage.server.until(lambda: not stage.server.from_bot(stage.room)[0].components)
