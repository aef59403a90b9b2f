"""Telegram has no forums of posts with tags: a question with points is a message that says by itself how it stands."""

from __future__ import annotations

from bot.platforms.telegram.adapter import Telegram
from core.domain.message import Reply, Tag
from core.kit import posts
from tests.platforms.telegram.test_polls import do

NAME = "bounty:1"


async def test_a_question_in_a_topic_is_a_message_there_and_leaves_the_topic_alone(kith):
    assert not Telegram.capabilities.forums
    topic = kith.server.topic("Forum", "questions", by="Olga")
    kith.server.say("Ana", "Forum", "hello", topic=topic)
    await kith.settled()

    async def asked(context):
        (space,) = await context.unit.communities.spaces_of(context.community.id)
        return await posts.put_up(context, NAME, space, str(topic), Reply("**Why?**", title="Owls", tag=Tag.OPEN))

    assert await do(kith, asked, "Forum")
    (says,) = kith.server.messages("Forum")
    assert (says["text"], says["message_thread_id"]) == ("Why?", topic)
    solved = Reply("**Solved** · Why?", title="Owls", tag=Tag.SOLVED)
    await do(kith, lambda context: posts.close(context, NAME, solved), "Forum")
    assert [each["text"] for each in kith.server.messages("Forum")] == ["Solved · Why?"]
    assert not [each.method for each in kith.server.calls if each.method.endswith("ForumTopic")]
