"""Forms in the playground: two people in one room fill in theirs at once, and nobody another's."""

from __future__ import annotations

import core.features
from bot.platforms.playground.scene import ChatMessage
from core.engine import discover
from core.store.unit import Store
from tests.platforms.conversation import OnPlayground, on_playground
from tests.world import feedback

WELL = {"stars": "5", "mood": "good", "topics": "", "day": "", "more": ""}


async def ask(stage: OnPlayground, who: str) -> ChatMessage:
    """Let somebody ask for the feedback, and return the answer with its button."""
    asked = await stage.platform.say(stage.scene, stage.scene.people[who], "general", "/feedback")
    await stage.house.deliverers["playground"].drain()
    return next(each for each in stage.scene.messages("general", who) if each.answers is asked)


def said(stage: OnPlayground, who: str) -> list[str]:
    return [each.text for each in stage.scene.messages("general", who) if each.author.id == "kith"]


async def test_two_people_in_one_room_have_each_their_own(store: Store) -> None:
    feedback.taken.clear()
    feedback.speak()
    async with on_playground(store) as stage:
        stage.house.engine.registry = discover(core.features, feedback)
        ana, liwei = (stage.scene.people[who] for who in ("ana", "liwei"))
        hers, his = await ask(stage, "ana"), await ask(stage, "liwei")
        tokens = [each.buttons[0][0].token for each in (hers, his)]
        opened = [
            await stage.platform.press(stage.scene, person, message.id, token, "general")
            for person, message, token in ((ana, hers, tokens[0]), (liwei, his, tokens[1]))
        ]
        assert [form.title for form in opened if form is not None] == ["Survey", "Survey"]
        wrong = {**WELL, "title": "Owls", "who": "@liwei", "stars": "9", "day": "soon"}
        await stage.platform.send_form(stage.scene, ana, hers.id, tokens[0], "general", wrong)
        well = {**WELL, "title": "Larks", "who": "@ana"}
        await stage.platform.send_form(stage.scene, liwei, his.id, tokens[1], "general", well)
        await stage.house.deliverers["playground"].drain()
        assert said(stage, "ana")[-1] == "Stars takes a number from 1 to 5, not “9”."
        assert said(stage, "liwei")[-1] == "Thanks for Larks."
        again = await stage.platform.press(stage.scene, ana, hers.id, tokens[0], "general")
        assert again is not None
        filled = {field.name: field.value for field in again.fields}
        assert (filled["title"], filled["stars"]) == ("Owls", "9")
        assert [field.person.id for field in again.fields if field.person] == ["liwei"]
        await stage.platform.send_form(
            stage.scene, ana, hers.id, tokens[0], "general", {"stars": "1", "more": "", "day": ""}
        )
        assert [(each.by, each.given["who"]) for each in feedback.taken] == [("Li Wei", "Ana"), ("Ana", "Li Wei")]


async def test_nobody_opens_or_sends_anothers(store: Store) -> None:
    feedback.taken.clear()
    feedback.speak()
    async with on_playground(store) as stage:
        stage.house.engine.registry = discover(core.features, feedback)
        liwei = stage.scene.people["liwei"]
        await ask(stage, "liwei")
        hers = await ask(stage, "ana")
        token = hers.buttons[0][0].token
        assert await stage.platform.press(stage.scene, liwei, hers.id, token, "general") is None
        sent = {**WELL, "title": "Owls", "who": ""}
        await stage.platform.send_form(stage.scene, liwei, hers.id, token, "general", sent)
        await stage.house.deliverers["playground"].drain()
        assert said(stage, "liwei")[-2:] == ["That button is for the one who asked."] * 2
        assert feedback.taken == []
