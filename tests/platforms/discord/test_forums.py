"""A forum on Discord: questions with points are posts of their own, tagged as open and as solved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from simcord.backend.models import Channel, Message

from core.domain.message import Tag
from tests.platforms.discord.conftest import Stage, answered, push, settled
from tests.platforms.discord.test_calendar import sent
from tests.world.discord_forms import fill_in

QUESTION = "Why do owls *turn* their heads?"
RIGHTS = {"MANAGE_CHANNELS": 1 << 4, "MANAGE_THREADS": 1 << 34}


@pytest.fixture
def stage_url(database_url: str) -> str:
    """Let forums be tested on both databases."""
    return database_url


def withhold(stage: Stage, *names: str) -> None:
    """Take rights from Kith."""
    own = next(role for role in stage.guild.roles.values() if role.managed)
    lost = sum(RIGHTS[name] for name in names)
    stage.server.backend.edit_role(stage.guild.id, own.id, {"permissions": own.permissions & ~lost})


async def post(stage: Stage, forum: Channel, *states: str, **more: Any) -> tuple[Channel, list[str]]:
    """Let Kith put a question up in a forum, and return it with the names of its tags."""
    await push(stage, "**Why?**\nTell me.", room=str(forum.id), **{"tag": Tag.OPEN, **more})
    await settled(stage, *states, "sent")
    return stage.server.posts(forum)[-1]


async def invited(stage: Stage, forum: Channel) -> None:
    """Let questions be asked for points in a forum, and give Ana a hundred."""
    server = stage.server
    await stage.space()
    asked = {"which": "bounty", "settings": f"daily 12:00 room=<#{forum.id}>"}
    page = await answered(stage, server.slash(stage.ana, stage.room, "activities", asked))
    page = await answered(stage, server.press(stage.ana, page, label="Start"))
    page = await answered(stage, server.slash(stage.ana, stage.room, "activities", {"which": "1"}))
    await answered(stage, server.press(stage.ana, page, label="Run now"))
    await sent(stage)
    given = {"member": stage.ana, "amount": 100, "reason": "for the test"}
    await answered(stage, server.slash(stage.ana, stage.room, "grant", given))


async def ask(stage: Stage, under: Message, label: str, **given: str) -> Message:
    """Let Ana press a button and fill in what opens; return the answer."""
    opened = stage.server.press(stage.ana, under, label=label)
    await stage.server.until(lambda: opened.modal)
    said = await answered(stage, fill_in(stage.server, stage.ana, opened, {"points": "30", **given}))
    await sent(stage)
    return said


@pytest.mark.parametrize("kind", ["FORUM", "MEDIA"])
async def test_a_question_is_open_until_an_answer_is_accepted(stage: Stage, kind: str) -> None:
    server = stage.server
    stage.guild.owner_id = stage.ana.id
    forum = server.channel(stage.guild, "questions", kind=kind)
    (other,) = server.tags(forum, "pandas")
    async with stage.up():
        await invited(stage, forum)
        ((invitation, none),) = server.posts(forum)
        assert none == []
        (invites,) = server.messages(invitation)
        await ask(stage, invites, "Ask for points", question=QUESTION)
        _, (question, tags) = server.posts(forum)
        assert (question.name, tags) == (QUESTION, ["open"])
        (says,) = server.messages(question)
        assert says.content.startswith("**30 points for an answer**")
        server.backend.edit_channel(question.id, {"applied_tags": [int(other), *question.applied_tags]})
        server.say(stage.bo, question, "Their eyes are fixed.")
        await stage.keeps("message", 1)
        chosen = await answered(stage, server.press(stage.ana, says, label="Accept an answer"))
        server.archive(question)
        await answered(stage, server.press(stage.ana, chosen, label="Bo"))
        await sent(stage)
        _, (question, tags) = server.posts(forum)
        assert tags == ["pandas", "solved"]
        assert question.thread_metadata.archived
        assert server.messages(question)[0].content.startswith("**Solved**")
        assert [each["name"] for each in forum.available_tags] == ["pandas", "open", "solved"]


@asynccontextmanager
async def owls_asked_about(stage: Stage, *, may: bool) -> AsyncIterator[tuple[Any, Any]]:
    """Let Ana, who owns the guild, have asked in a forum, and give that and her post; there Kith `may` tag, or not."""
    stage.guild.owner_id = stage.ana.id
    forum = stage.server.channel(stage.guild, "questions", kind="FORUM")
    if not may:
        withhold(stage, "MANAGE_THREADS")
    async with stage.up():
        await invited(stage, forum)
        owls = stage.server.post(stage.ana, forum, "Why do owls turn?", "Their heads, I mean.")
        await stage.keeps("message", 1)
        yield forum, owls


@pytest.mark.parametrize("may", [True, False])
async def test_a_members_own_post_is_tagged_where_kith_may(stage: Stage, may: bool) -> None:
    server = stage.server
    async with owls_asked_about(stage, may=may) as (forum, owls):
        theirs = await answered(stage, server.slash(stage.bo, owls, "bounty"))
        assert "Ask for points" in str(theirs.components)
        assert "on this post" not in str(theirs.components)
        page = await answered(stage, server.slash(stage.ana, owls, "bounty"))
        await ask(stage, page, "Put points on this post")
        assert server.posts(forum)[1:] == [(owls, ["open"] if may else [])]
        _, says = (each for each in server.messages(owls) if not each.is_ephemeral)
        assert "Ana asks:\nWhy do owls turn?" in says.content
        page = await answered(stage, server.slash(stage.ana, owls, "bounty"))
        again = await ask(stage, page, "Put points on this post")
        assert again.content == "There are points on this post already."
        server.say(stage.bo, owls, "Their eyes are fixed.")
        await stage.keeps("message", 2)
        says = server.backend.get_message(owls.id, says.id)
        chosen = await answered(stage, server.press(stage.ana, says, label="Accept an answer"))
        server.archive(owls)
        await answered(stage, server.press(stage.ana, chosen, label="Bo"))
        await sent(stage)
        assert server.posts(forum)[1:] == [(owls, ["solved"] if may else [])]
        assert owls.thread_metadata.archived is may  # who may not tag another's post may open it, and not archive it
        assert server.backend.get_message(owls.id, says.id).content.startswith("**Solved**")
        async with stage.store.read() as unit:
            space = await unit.communities.spaces("discord", [str(stage.guild.id)])
            won = (await unit.ledger.with_keys(space[str(stage.guild.id)].community_id, ["bounty:1:won"])).popitem()[1]
        await answered(stage, server.slash(stage.ana, stage.room, "undo", {"entry": won.id}))
        await sent(stage)
        assert server.posts(forum)[1:] == [(owls, ["open"] if may else [])]
        assert not owls.thread_metadata.archived
        assert server.backend.get_message(owls.id, says.id).content.startswith("**30 points for an answer**")
        assert not [call for call in server.calls if call.status >= 400]
        found = [key for _, key, _ in await stage.platform.look_at(str(stage.guild.id))]
        assert ("doctor-discord-forum-posts" in found) is not may


@pytest.mark.parametrize("may", [True, False])
async def test_a_post_that_was_locked_is_tagged_and_shut_again_where_kith_may(stage: Stage, may: bool) -> None:
    server = stage.server
    async with owls_asked_about(stage, may=may) as (forum, owls):
        await ask(stage, await answered(stage, server.slash(stage.ana, owls, "bounty")), "Put points on this post")
        server.say(stage.bo, owls, "Their eyes are fixed.")
        await stage.keeps("message", 2)
        _, says, *_ = (each for each in server.messages(owls) if not each.is_ephemeral)
        chosen = await answered(stage, server.press(stage.ana, says, label="Accept an answer"))
        server.backend.edit_channel(owls.id, {}, thread_metadata={"archived": True, "locked": True})
        said = await answered(stage, server.press(stage.ana, chosen, label="Bo"))
        await sent(stage)
        assert said.content == "Accepted: Bo gets 30 points."
        assert (owls.thread_metadata.archived, owls.thread_metadata.locked) == (True, True)
        assert server.posts(forum)[1:] == [(owls, ["solved"] if may else [])]
        assert server.backend.get_message(owls.id, says.id).content.startswith("**Solved**") is may


async def test_a_tag_that_is_there_in_any_language_is_taken(stage: Stage) -> None:
    forum = stage.server.channel(stage.guild, "questions", kind="FORUM")
    stage.server.tags(forum, "待解决")
    async with stage.up():
        thread, tags = await post(stage, forum)
        assert (thread.name, tags) == ("Why?", ["待解决"])
        assert not stage.server.asked("PATCH", f"/channels/{forum.id}")


@pytest.mark.parametrize("why", ["right", "full", "moderated"])
async def test_where_no_tag_can_be_had_it_is_posted_without(stage: Stage, why: str) -> None:
    forum = stage.server.channel(stage.guild, "questions", kind="FORUM")
    if why == "full":
        stage.server.tags(forum, *(f"tag {each}" for each in range(20)))
    if why == "moderated":
        stage.server.tags(forum, "Open", moderated=True)
    withhold(stage, *{"right": ["MANAGE_CHANNELS"], "moderated": ["MANAGE_THREADS"]}.get(why, ()))
    async with stage.up():
        assert (await post(stage, forum))[1] == []
        assert not [call for call in stage.server.calls if call.status >= 400]
        found = await stage.platform.look_at(str(stage.guild.id))
        said = [key for _, key, _ in found]
        assert ("doctor-discord-forum-tags" in said) is (why == "right")
        if why == "right":
            assert found == await stage.platform.doctor() or found[-1] in await stage.platform.doctor()


async def test_a_post_of_whose_opening_nobody_heard_is_found_again(stage: Stage) -> None:
    forum = stage.server.channel(stage.guild, "questions", kind="FORUM")
    async with stage.up():
        await post(stage, forum)
        stage.server.cut_call("POST", f"/channels/{forum.id}/threads", after=True)
        await push(stage, "**Why?**\nAnother.", room=str(forum.id))
        await settled(stage, "sent", "again")
        await asyncio.sleep(0)
        await stage.advance(seconds=5)
        stage.house.deliverers["discord"].waiting.set()
        await settled(stage, "sent", "sent")
        assert len(stage.server.posts(forum)) == 2
