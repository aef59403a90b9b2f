"""Polls on Telegram: its own where it has such, else buttons; votes back in the books, over a restart too."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.domain.polls import Question
from core.engine.settle import settle
from core.kit import Context, Texts, polls
from tests.platforms.telegram.conftest import running
from tests.platforms.telegram.test_events import kinds, parked

CHAT = "Data Kitchen"
NAME = "poll:1"
LUNCH = Question(text="Lunch?", options=("Rice", "Noodles", "Soup"))
SEVERAL = Question(text="Lunch?", options=("Rice", "Noodles", "Soup"), several=True)
QUIZ = Question(text="2 + 2?", options=("3", "4"), right=(1,), explanation="Count your fingers.")
LONG = Question(text="Lunch?", options=("Rice", "x" * 101))


async def do(kith, what, chat=CHAT):
    community = await kith.community(chat)
    async with kith.store.begin() as unit:
        await unit.lock(community.id)
        context = Context(unit, kith.clock.now(), community, Texts("en"))
        told = await what(context)
        await settle(unit, context, kith.house.engine.registry)
    for deliverer in kith.house.deliverers.values():
        deliverer.waiting.set()
    await kith.settled()
    return told


async def ask(kith, question, chat=CHAT, room=None, **more):
    """Ask a chat, and return the message as it stands there."""
    kith.server.say("Ana", chat, "hello")
    await kith.settled()

    async def doing(context):
        (space,) = await context.unit.communities.spaces_of(context.community.id)
        return await polls.ask_poll(context, NAME, space, room, question, **more)

    assert await do(kith, doing, chat)
    return kith.server.messages(chat)[-1]


async def result(kith, chat=CHAT):
    return await do(kith, lambda context: polls.poll_result(context, NAME), chat)


@pytest.mark.parametrize(("question", "chosen"), [(LUNCH, (1,)), (SEVERAL, (0, 2)), (QUIZ, (0,))])
async def test_telegrams_own_poll_brings_its_votes_into_the_books(kith, question, chosen):
    poll = (await ask(kith, question))["poll"]
    assert [option["text"] for option in poll["options"]] == list(question.options)
    assert (poll["type"] == "quiz", poll.get("explanation", "")) == (question.is_quiz, question.explanation)
    assert not poll["is_anonymous"]
    kith.server.vote("Li Wei", poll["id"], *chosen)
    await kith.settled()
    found = await result(kith)
    assert found.counts == tuple(int(place in chosen) for place in range(len(question.options)))
    assert list(found.votes.values()) == [chosen]
    assert await kinds(kith) == ["message", "voted"]
    for _ in range(2):
        kith.server.redeliver()
        await kith.settled()
    assert await result(kith) == found
    assert await kinds(kith) == ["message", "voted"]
    assert await parked(kith) == []


async def test_a_vote_is_changed_and_taken_back(kith):
    poll = (await ask(kith, LUNCH))["poll"]
    for options in ((0,), (2,), ()):
        kith.server.vote("Li Wei", poll["id"], *options)
    kith.server.vote("Noor", poll["id"], 1)
    await kith.settled()
    found = await result(kith)
    assert (found.counts, found.voters, list(found.votes.values())) == ((0, 1, 0), 1, [(1,)])


async def test_an_anonymous_one_tells_figures_and_nobody(kith):
    poll = (await ask(kith, Question(text="Lunch?", options=("Rice", "Soup"), anonymous=True)))["poll"]
    assert poll["is_anonymous"]
    for who, option in (("Li Wei", 1), ("Noor", 1), ("Ana", 0)):
        kith.server.vote(who, poll["id"], option)
    await kith.settled()
    found = await result(kith)
    assert (found.counts, found.votes) == ((1, 2), None)
    assert await kinds(kith) == ["message"]


async def test_it_is_closed_by_name_once(kith):
    message = await ask(kith, LUNCH)
    kith.server.vote("Noor", message["poll"]["id"], 1)
    await kith.settled()
    for _ in range(2):
        await do(kith, lambda context: polls.close_poll(context, NAME))
    assert message["poll"]["is_closed"]
    assert len(kith.server.called("stopPoll")) == 1
    assert (await result(kith)).counts == (0, 1, 0)


async def test_its_time_is_over_and_votes_count_though_kith_was_away(server, store, clock):
    async with running(server, store, clock) as kith:
        message = await ask(kith, LUNCH, until=clock.now() + timedelta(hours=1))
    server.vote("Noor", message["poll"]["id"], 2)
    clock.advance(timedelta(hours=2))
    async with running(server, store, clock) as kith:
        await kith.settled()
        await kith.house.engine.keep_house()
        async with asyncio.timeout(30):
            while not message["poll"]["is_closed"]:  # noqa: ASYNC110  the server tells nobody
                await asyncio.sleep(0.02)
        await kith.settled()
        assert (await result(kith)).counts == (0, 0, 1)


async def test_it_stands_in_its_topic(kith):
    topic = kith.server.topic("Forum", "help", by="Olga")
    message = await ask(kith, LUNCH, "Forum", str(topic))
    assert message["message_thread_id"] == topic


async def test_one_that_telegram_cant_ask_has_buttons(kith):
    message = await ask(kith, LONG)
    assert "poll" not in message
    assert message["text"].startswith("Lunch?")
    row = message["reply_markup"]["inline_keyboard"][0]
    query = kith.server.press("Noor", message, row[0]["callback_data"])
    await kith.settled()
    assert kith.server.answers[query] == {"text": "Your vote: Rice.", "show_alert": True}
    assert "Rice: 1 vote" in kith.server.messages(CHAT)[-1]["text"]
    assert (await result(kith)).counts == (1, 0)
    await do(kith, lambda context: polls.close_poll(context, NAME))
    assert "reply_markup" not in kith.server.messages(CHAT)[-1]


async def test_what_a_chat_refuses_as_a_poll_has_buttons(kith):
    kith.server.fail("sendPoll", 400, "Bad Request: not enough rights to send polls to the chat")
    message = await ask(kith, LUNCH)
    assert "poll" not in message
    assert len(message["reply_markup"]["inline_keyboard"]) == 3


async def test_a_poll_of_somebody_else_is_none_of_kiths(kith):
    kith.server.say("Ana", CHAT, "hello")
    user = kith.server.person("Ana").user
    kith.server.push({"poll_answer": {"poll_id": "77", "user": user, "option_ids": [0]}})
    kith.server.push({"poll": {"id": "77", "options": [{"text": "a", "voter_count": 3}]}})
    kith.server.push({"poll_answer": {"poll_id": "77", "voter_chat": {"id": -5, "type": "channel"}, "option_ids": [0]}})
    await kith.settled()
    assert await kinds(kith) == ["message"]
    assert await parked(kith) == []
