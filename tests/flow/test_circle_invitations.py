"""A circle is invited to a room, a role or a group: shown to the moderator first, and for its own people alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.people import Rights
from core.store.unit import Store
from tests.world import World
from tests.world.crowd import circle_in_a_room
from tests.world.platform import FakePlatform


async def test_a_circle_is_offered_its_room_after_a_look_at_what_would_be_sent(world: World) -> None:
    await circle_in_a_room(world)
    before = len(world.sent)
    await world.press("mod", "Propose something for #help")
    assert world.last.startswith("#help has 5 people. Nothing is sent yet")
    assert "#help" in world.last
    await world.press("mod", "In their room")
    assert "5 of the circle's 5 people are on that platform" in world.last
    await world.press("mod", "Back")
    await world.press("mod", "In their room")
    # All this is shown to the moderator alone; of the circle nobody has heard a word.
    assert all(sent.outgoing.private and sent.outgoing.to == "mod" for sent in world.sent[before:])
    await world.press("mod", "Send it")
    (posted,) = [sent.outgoing for sent in world.sent[before:] if not sent.outgoing.private]
    assert posted.room == "r1"
    assert posted.text.startswith("5 of you talk with each other a lot, mostly here in #help.")
    await world.say("mod", "/audit")
    assert "Mod invited a circle in #help: a room" in world.last
    with pytest.raises(AssertionError):
        await world.press("mod", "Propose something for Circle 9")


async def test_a_role_goes_to_those_of_the_circle_who_press(world: World) -> None:
    fake = world.platforms[world.default]
    assert isinstance(fake, FakePlatform)
    fake.roles_on_offer = ["Cooks", "Bakers"]
    await circle_in_a_room(world)
    world.moderator("olga", Rights.OWNER)
    await world.say("mod", "/circles 1")
    assert "Cooks" not in str(world.sent[-1].outgoing.buttons)  # a role opens doors: owners give them
    await world.say("olga", "/circles 1")
    await world.press("olga", "Role: Cooks")
    assert "Who is in the circle and presses within 14 days gets the role “Cooks”." in world.last
    assert not fake.roles
    before = len(world.sent)
    await world.press("olga", "Send it")
    assert sum(not sent.outgoing.private for sent in world.sent[before:]) == 1
    assert not fake.roles
    await world.press("ben", "Join")
    assert fake.roles == {"ben": {"Cooks"}}
    await world.press("gus", "Join")
    assert world.last.startswith("That invitation is for the people of one circle")
    world.clock.advance(timedelta(days=15))
    await world.press("ana", "Join")
    assert fake.roles == {"ben": {"Cooks"}}


async def test_a_role_that_kith_may_give_no_more_is_not_offered(world: World) -> None:
    fake = world.platforms[world.default]
    assert isinstance(fake, FakePlatform)
    fake.roles_on_offer = ["Cooks"]
    await circle_in_a_room(world)
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/circles 1")
    await world.press("olga", "Role: Cooks")
    fake.roles_on_offer = []
    await world.press("olga", "Send it")
    assert world.last == "I can't give that role any more. /circles shows those that I may give."


async def test_a_telegram_groups_link_is_for_those_of_the_circle_who_press(store: Store) -> None:
    world = World(store, FakePlatform("telegram"))
    await world.open()
    await circle_in_a_room(world)
    await world.say("mod", "/circles 1")
    assert "`" not in world.last
    assert "say /circles 1 <link>" in world.last
    await world.say("mod", "/circles 1 https://example.org/x")
    assert world.last.startswith("To offer a group, make one on Telegram")
    await world.say("mod", "/circles 1 https://t.me/+AbCd1234")
    assert "In #help I would write" in world.last
    before = len(world.sent)
    await world.press("mod", "Send it")
    assert not any("t.me" in sent.outgoing.text + str(sent.outgoing.buttons) for sent in world.sent[before:])
    await world.press("gus", "Join")
    assert "t.me" not in str(world.sent[-1].outgoing)
    await world.press("ben", "Join")
    shown = world.sent[-1].outgoing
    assert (shown.to, shown.private, shown.buttons[0][0].url) == ("ben", True, "https://t.me/+AbCd1234")
