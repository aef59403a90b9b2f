"""The playground has no forums of posts with tags: a question with points is a message that says how it stands."""

from __future__ import annotations

from bot.platforms.playground.adapter import Playground
from core.domain.message import Reply, Tag
from core.kit import posts
from core.store.unit import Store
from tests.platforms.conversation import on_playground
from tests.platforms.test_playground_polls import within


async def test_a_question_is_a_message_in_its_room(store: Store) -> None:
    assert not Playground.capabilities.forums
    asked = Reply("**Why?**", title="Owls", tag=Tag.OPEN)
    solved = Reply("**Solved** · Why?", title="Owls", tag=Tag.SOLVED)
    async with on_playground(store) as stage:
        rooms = set(stage.scene.rooms)
        await within(stage, lambda context, space: posts.put_up(context, "bounty:1", space, "general", asked))
        assert [each.text for each in stage.scene.messages("general", "ana")] == ["**Why?**"]
        await within(stage, lambda context, _: posts.close(context, "bounty:1", solved))
        assert [each.text for each in stage.scene.messages("general", "ana")] == ["**Solved** · Why?"]
        assert set(stage.scene.rooms) == rooms
