"""A form that is shown as a whole: sent, wrong, opened again, and nobody else's."""

from __future__ import annotations

import pytest

from core.domain.events import ButtonPressed
from core.domain.people import Person, Rights
from core.store.tables.drafts import drafts
from tests.world import World, feedback
from tests.world.activities import send


@pytest.fixture
def whole(asked: World) -> World:
    """Give the same on a platform that shows a form whole."""
    asked.engine.dialogs = frozenset({"fake"})
    return asked


WELL = {"title": "Owls", "stars": "5", "mood": "good", "topics": "", "who": "", "day": "", "more": ""}


async def test_a_whole_form_is_sent_at_once(whole: World) -> None:
    await whole.say("ana", "/feedback")
    assert whole.sent[-1].outgoing.buttons[0][0].token.startswith("form.")
    await send(whole, "ana", "Take part", **WELL)
    assert whole.last == "Thanks for Owls."
    assert feedback.taken[0].run == 7


async def test_what_is_wrong_is_said_and_the_rest_stays(whole: World) -> None:
    await whole.say("ana", "/feedback")
    first = whole.sent[-1].id
    await send(whole, "ana", "Take part", **{**WELL, "stars": "9"})
    assert whole.last == "Stars takes a number from 1 to 5, not “9”."
    assert (whole.sent[-1].outgoing.private, whole.sent[-1].outgoing.replaces) == (True, None)
    await send(whole, "ana", "Change", stars="4", mood="bad")
    assert whole.last.startswith("3 of 7 are filled in")
    await send(whole, "ana", "Go on", topics="", who="", day="", more="much")
    assert whole.last == "Thanks for Owls."
    assert (feedback.taken[0].given["stars"], feedback.taken[0].given["more"]) == (4, "much")
    async with whole.store.read() as unit:
        assert list(await unit.connection.execute(drafts.select())) == []
    assert first


@pytest.mark.parametrize("title", ["refuse", "break"])
async def test_what_the_action_refuses_is_there_when_the_form_is_opened_again(whole: World, title: str) -> None:
    await whole.say("ana", "/feedback")
    first = whole.sent[-1]
    await send(whole, "ana", "Take part", **{**WELL, "title": title})
    assert [b.label for row in whole.sent[-1].outgoing.buttons for b in row] == ["Change"]
    for sent in (first, whole.sent[-1]):
        button = sent.outgoing.buttons[-1][0]
        pressed = ButtonPressed(
            platform="fake",
            key="p",
            space="home",
            at=whole.clock.now(),
            actor=Person("ana", "Ana"),
            room=sent.outgoing.room,
            token=button.token,
        )
        form = await whole.engine.form(pressed, 50)
        assert form is not None
        assert [each.value for each in form.fields if each.name in ("title", "stars")] == [title, "5"]
    assert feedback.taken == []


async def test_what_rides_along_is_nobodys_to_change(whole: World) -> None:
    await whole.say("ana", "/feedback")
    await send(whole, "ana", "Take part", **{**WELL, "run": "9", "nothing": "such"})
    assert feedback.taken[0].run == 7


async def test_another_person_does_not_send_my_form(whole: World) -> None:
    await whole.join("bo")
    await whole.say("ana", "/feedback")
    await send(whole, "bo", "Take part", **WELL)
    assert whole.last == "That button is for the one who asked."
    assert feedback.taken == []


async def test_what_was_filled_in_about_one_thing_is_not_shown_of_another(whole: World) -> None:
    whole.moderator("olga", Rights.OWNER)
    await whole.say("olga", "/tiers 2")
    await send(whole, "olga", "Name, benefits and all", name="Owl", level="many", days="0")
    await whole.say("olga", "/tiers 3")
    shown = whole.sent[-1]
    token = next(b.token for row in shown.outgoing.buttons for b in row if b.label == "Name, benefits and all")
    form = await whole.engine.form(whole.event(ButtonPressed, "olga", token=token, message=shown.id), 50)
    assert form is not None
    assert "Owl" not in [each.value for each in form.fields]
