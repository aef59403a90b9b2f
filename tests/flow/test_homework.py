"""Homework: handed in until it is due, rated by others or by moderators, and what is shown in the end."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from core.domain.events import ButtonPressed
from core.store.tables.homework import hand_ins, ratings
from tests.world import World
from tests.world.activities import fill, set_up, with_people

PEOPLE = ("ana", "bo", "cleo")
GIVEN = "homework daily 10:00 hours=10 review=4 peers=2 points=5 task=Write a query"  # due at 16:00


@pytest.fixture
async def here(world: World) -> World:
    """Give a world in which homework is to be handed in."""
    await with_people(world, *PEOPLE)
    await set_up(world, GIVEN)
    await world.advance(hours=1)
    return world


def post(world: World) -> str:
    changed = [each for each in world.platforms["fake"].changed if getattr(each, "content", None)]
    return changed[-1].content.text


async def press_post(world: World, who: str, label: str) -> None:
    """Let somebody press a button of the post as it is now."""
    now = [each.content for each in world.platforms["fake"].changed if getattr(each, "content", None)][-1]
    (token,) = (button.token for row in now.buttons for button in row if button.label == label)
    await world.happen(ButtonPressed, who, token=token, message=world.sent[0].id)


def to(world: World, who: str) -> list[str]:
    """Return what was written to somebody directly."""
    return [each.outgoing.text for each in world.sent if each.outgoing.to == who and each.outgoing.direct]


async def all_hand_in(world: World) -> None:
    for who in PEOPLE:
        await fill(world, who, "Hand in", work=f"SELECT {who}", attachment="")


async def rate(world: World, who: str, stars: dict[str, int]) -> None:
    """Let somebody rate all that waits for them, by whose work it is."""
    await press_post(world, who, "Rate")
    while (found := re.search(r"SELECT (\w+)", world.last)) is not None:
        await world.press(who, str(stars[found[1]]))
        await world.press(who, "Next")
    assert world.last == "Nothing waits for a rating of yours."


async def test_it_is_handed_in_changed_until_it_is_due_and_refused_late(here: World) -> None:
    await fill(here, "ana", "Hand in", work="SELECT 1", attachment="")
    assert here.sent[-1].outgoing.private
    assert here.last.startswith("Handed in: +5 points. Until 2 March, 16:00 (UTC) you can change it")
    await fill(here, "ana", "Hand in", work="SELECT *2*", attachment="")
    assert here.last.startswith("Handed in. Until")
    assert (await here.member("ana")).balance == 5
    assert post(here).endswith("1 person handed in so far.")
    await here.press("ana", "What I handed in")
    assert here.last == "You handed this in. It is not to be shown.\nSELECT *2*"
    await here.press("bo", "What I handed in")
    assert here.last == "You haven't handed in anything here."
    await here.advance(hours=6)
    assert "It is due: 1 person handed in. Moderators rate until" in post(here)
    await here.say("bo", "/activities")
    assert "is open until" not in here.last
    await fill(here, "bo", "Hand in", work="SELECT 3", attachment="")
    assert here.last == "It was due 2 March, 16:00 (UTC): it is too late to hand in."
    async with here.store.read() as unit:
        assert len((await unit.connection.execute(select(hand_ins))).all()) == 1


async def test_nobody_rates_where_nobody_is_left_who_handed_in(here: World) -> None:
    await fill(here, "ana", "Hand in", work="SELECT 1", attachment="")
    await here.say("ana", "/forgetme")
    await here.press("ana", "Erase everything")
    await here.advance(hours=6)
    assert post(here).splitlines()[1] == "It is due; nobody handed in."
    assert not any("to rate" in text for who in ("ana", "olga") for text in to(here, who))


async def test_peers_rate_without_names_and_the_best_is_shown_with_consent(here: World) -> None:
    await here.say("ana", "/consent personal")
    await here.say("cleo", "/consent personal")
    await all_hand_in(here)
    await here.press("cleo", "Don't show it")
    await here.say("ana", "hello")
    for who in ("ana", "bo"):
        await here.press(who, "What I handed in")
        await here.press(who, "Yes, show it")
        assert here.last.startswith("If it is among the best, I show it in the room")
    await here.press("ana", "What I handed in")
    await here.advance(hours=6)
    for who in PEOPLE:
        assert to(here, who)[-1].startswith("There is homework to rate in Data Kitchen, until")
    await rate(here, "ana", {"bo": 5, "cleo": 4})
    await rate(here, "bo", {"ana": 4, "cleo": 5})
    await rate(here, "cleo", {"ana": 2, "bo": 4})
    await here.advance(hours=4)
    assert post(here).splitlines() == [
        "**Write a query**",
        "Closed: 3 people handed in, 3 were rated.",
        "1. Cleo · 4.5 of 5",
        "2. Ana · 3.0 of 5",
        "**Among the best** (4.5): SELECT bo",
    ]
    assert to(here, "ana")[-1] == "Your homework in Data Kitchen got 3.0 of 5, from 2 people."


async def test_a_word_to_the_author_reaches_them_without_a_name(here: World) -> None:
    await all_hand_in(here)
    await here.advance(hours=6)
    await press_post(here, "ana", "Rate")
    author = re.search(r"SELECT (\w+)", here.last)
    assert author is not None
    await here.press("ana", "5")
    await fill(here, "ana", "Say why", comment="*Short* and right.")
    assert here.last == "The author reads it at the end, without your name."
    await here.advance(hours=4)
    said = to(here, author[1])[-1]
    assert said.splitlines() == [
        "Your homework in Data Kitchen got 5.0 of 5, from 1 person.",
        "– \\*Short\\* and right.",
    ]
    assert "Ana" not in said


async def test_nobody_rates_what_wasnt_given_to_them(here: World) -> None:
    for who in ("ana", "bo"):
        await fill(here, who, "Hand in", work=f"SELECT {who}", attachment="")
    await here.advance(hours=6)
    await press_post(here, "ana", "Rate")
    stars = here.sent[-1]
    (five,) = (b.token for row in stars.outgoing.buttons for b in row if b.label == "5")
    await here.happen(ButtonPressed, "cleo", token=five, message=stars.id)
    assert here.last == "That button is for the one who asked."
    await press_post(here, "cleo", "Rate")
    assert here.last == "Nothing waits for a rating of yours."
    async with here.store.read() as unit:
        given = await unit.homework.ratings(1)
    assert [each.stars for each in given] == [None, None]


async def test_moderators_rate_alone_where_peers_dont(world: World) -> None:
    await with_people(world, *PEOPLE)
    await set_up(world, GIVEN.replace("peers=2", "peers=0"))
    await world.advance(hours=1)
    await all_hand_in(world)
    await world.advance(hours=6)
    assert "Moderators rate until" in post(world)
    assert to(world, "olga")[-1].startswith("There is homework to rate in Data Kitchen, until")
    await rate(world, "olga", {"ana": 3, "bo": 4, "cleo": 5})
    await world.advance(hours=4)
    assert "3 people handed in, 3 were rated." in post(world)
    assert "SELECT" not in post(world)  # nobody said that theirs may be shown


async def test_what_was_handed_in_is_its_authors_and_goes_with_them(here: World) -> None:
    await all_hand_in(here)
    await here.advance(hours=6)
    await rate(here, "bo", {"ana": 4, "cleo": 5})
    await here.say("ana", "/mydata")
    file = next(each.outgoing.file for each in reversed(here.sent) if each.outgoing.file)
    kept = json.loads(file.content)["kept"]
    assert [each["work"] for each in kept["hand_ins"]] == ["SELECT ana"]
    await here.say("ana", "/forgetme")
    await here.press("ana", "Erase everything")
    async with here.store.read() as unit:
        works = [row.work for row in await unit.connection.execute(select(hand_ins))]
        left = (await unit.connection.execute(select(ratings))).all()
    assert sorted(works) == ["SELECT bo", "SELECT cleo"]
    assert len(left) == 2  # bo's of cleo's and cleo's of bo's
    await here.advance(hours=4)
    assert "2 people handed in, 1 were rated." in post(here)
