"""The playground's own polls: voted on, changed, closed, and counted by Kith as on every platform."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.platforms.playground.scene import ChatMessage, Outside
from core.domain.polls import Question
from core.engine.settle import settle
from core.kit import polls
from core.kit.context import Context
from core.kit.texts import Texts
from core.store.unit import Store
from tests.platforms.conversation import OnPlayground, on_playground

LUNCH = Question(text="Lunch *today*?", options=("Soup", "Rice", "Bread"))


async def within(stage: OnPlayground, do) -> object:
    """Do something in a context of the community, and deliver what comes of it."""
    engine = stage.house.engine
    async with stage.store.begin() as unit:
        space = (await unit.communities.spaces("playground", ["home"]))["home"]
        community = await unit.communities.get(space.community_id)
        context = Context(unit, engine.clock.now(), community, Texts("en"), kinds=engine.registry.kinds)
        came = await do(context, space)
        await settle(unit, context, engine.registry)
    await stage.house.deliverers["playground"].drain()
    return came


async def put_up(stage: OnPlayground, question: Question, **more: object) -> ChatMessage:
    """Ask a question in a room, and return the message that shows it."""
    await within(stage, lambda context, space: polls.ask_poll(context, "p", space, "general", question, **more))
    return stage.scene.messages("general", "ana")[-1]


async def counted(stage: OnPlayground) -> tuple[tuple[int, ...], int]:
    result = await within(stage, lambda context, _: polls.poll_result(context, "p"))
    return result.counts, result.voters  # type: ignore[attr-defined]


async def vote(stage: OnPlayground, who: str, message: ChatMessage, option: int) -> None:
    await stage.platform.vote(stage.scene, stage.scene.people[who], message, option)


async def test_everybody_has_one_vote_that_changes_until_the_end(store: Store) -> None:
    async with on_playground(store) as stage:
        shown = await put_up(stage, LUNCH)
        assert shown.poll is not None
        assert (shown.buttons, shown.text) == ((), "**Lunch \\*today\\*?**")
        for who, option in (("ana", 0), ("liwei", 1), ("ana", 1), ("olga", 2), ("olga", 2)):
            await vote(stage, who, shown, option)
        assert (shown.poll.counts, shown.poll.share(1)) == ((0, 2, 0), 100)
        assert await counted(stage) == ((0, 2, 0), 2)
        assert shown.poll.tells("ana")
        assert not shown.poll.tells("olga")
        await within(stage, lambda context, _: polls.close_poll(context, "p"))
        assert shown.poll.closed
        assert shown.poll.tells("olga")
        with pytest.raises(LookupError):
            await vote(stage, "olga", shown, 0)
        assert await counted(stage) == ((0, 2, 0), 2)


async def test_nobody_is_told_who_chose_what_in_an_anonymous_one(store: Store) -> None:
    async with on_playground(store) as stage:
        shown = await put_up(stage, Question(text="Any?", options=("A", "B"), several=True, anonymous=True))
        for who, option in (("ana", 0), ("ana", 1), ("liwei", 1), ("ana", 0)):
            await vote(stage, who, shown, option)
        assert await counted(stage) == ((0, 2), 2)
        result = await within(stage, lambda context, _: polls.poll_result(context, "p"))
        assert result.votes is None  # type: ignore[attr-defined]


async def test_a_quiz_is_answered_once_and_no_vote_comes_from_outside(store: Store) -> None:
    async with on_playground(store) as stage:
        shown = await put_up(stage, Question(text="2+2?", options=("4", "5"), right=(0,), explanation="Count."))
        await vote(stage, "ana", shown, 1)
        await vote(stage, "ana", shown, 0)
        assert await counted(stage) == ((0, 1), 1)
        for option in (-1, 2):
            with pytest.raises(LookupError):
                await vote(stage, "liwei", shown, option)
        await stage.platform.leave(stage.scene, stage.scene.people["liwei"])
        with pytest.raises(Outside):
            await vote(stage, "liwei", shown, 0)
        assert await counted(stage) == ((0, 1), 1)


async def test_one_that_is_too_long_is_drawn_with_buttons(store: Store) -> None:
    async with on_playground(store) as stage:
        until = stage.house.engine.clock.now() + timedelta(days=1)
        shown = await put_up(stage, Question(text="Any?", options=("A", "B" * 101)), until=until)
        assert shown.poll is None
        assert [len(row) for row in shown.buttons] == [1, 1]
        await within(stage, lambda context, _: polls.close_poll(context, "p"))
        assert shown.buttons == ()
