"""What is offered to somebody who types a command: only what they may see, on both databases."""

from __future__ import annotations

from itertools import count

import pytest

from core.domain.events import CommandCalled
from core.domain.people import Consent, Member, Person, Rights
from core.kit.suggesting import Suggestion, fitting
from tests.world.world import World

_keys = count(1)


async def offered(world: World, who: str, command: str, option: str, typed: str, **given: str) -> list[str]:
    """Return the labels that somebody is offered."""
    call = CommandCalled(
        platform=world.default,
        key=f"typing:{next(_keys)}",
        space="home",
        at=world.clock.now(),
        actor=Person(who, who.capitalize()),
        name=command,
        options={**given, option: typed},
    )
    return [each.label for each in await world.house.intake.suggest(call, option)]


async def agree(world: World, who: str, consent: Consent) -> Member:
    """Let somebody decide what is kept of them."""
    member = await world.member(who)
    member.consent = consent
    async with world.store.begin() as unit:
        await unit.members.save([member])
    return member


async def test_members_are_offered_those_who_agreed_to_be_named(world: World) -> None:
    await world.open()
    for name in ("ana", "anna", "anton", "annika"):
        await world.say(name, "hello")
    await agree(world, "anna", Consent.PERSONAL)
    await agree(world, "annika", Consent.PERSONAL)
    await world.leave("annika")
    world.moderator("mod")
    assert await offered(world, "ana", "thanks", "member", "an") == ["Anna"]
    assert await offered(world, "ana", "thanks", "member", "amna") == ["Anna"]
    assert await offered(world, "ana", "thanks", "member", "anton") == []
    assert await offered(world, "mod", "history", "member", "an") == ["Ana", "Anna", "Annika", "Anton"]
    assert await offered(world, "ana", "history", "member", "an") == []
    # Who is erased is nobody's to choose.
    await world.say("anton", "/forgetme")
    await world.press("anton", "Erase everything")
    assert await offered(world, "mod", "history", "member", "ant") == []


async def test_another_communitys_people_and_things_are_never_offered(world: World) -> None:
    await world.open()
    await world.open("away", "Elsewhere")
    await world.say("zoe", "hello", space="away")
    await world.say("bo", "hello")
    community = await world.community("away")
    async with world.store.begin() as unit:
        await unit.benefits.add(community.id, "Their mug", 5, None, world.clock.now())
    world.moderator("mod", Rights.OWNER)
    assert await offered(world, "mod", "history", "member", "zoe") == []
    assert await offered(world, "mod", "redeem", "name", "") == []
    assert await offered(world, "mod", "nothing", "name", "") == []
    assert await offered(world, "mod", "redeem", "nothing", "") == []


async def test_two_of_one_name_are_told_apart(world: World) -> None:
    await world.open()
    for who in ("a", "b"):
        await world.say(Person(who, "Li Wei"), "hello")
    world.moderator("mod")
    found = await offered(world, "mod", "history", "member", "li")
    assert len(set(found)) == 2
    assert all(label.startswith("Li Wei #") for label in found)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", "Alpha"),
        ("be", "Beta test"),
        ("test", "Beta test"),
        ("etate", "Beta test"),
        ("bteatest", "Beta test"),
        ("zz", None),
        ("%", None),
    ],
)
def test_what_fits_comes_first(typed: str, first: str | None) -> None:
    found = fitting(typed, [Suggestion("Alpha", "1"), Suggestion("Beta test", "2")])
    assert (found[0].label if found else None) == first


def test_no_more_are_offered_than_fit() -> None:
    found = fitting("", [Suggestion("a" * 300, "v")] * 40 + [Suggestion("b", "v" * 101)])
    assert len(found) == 25
    assert {len(each.label) for each in found} == {100}
