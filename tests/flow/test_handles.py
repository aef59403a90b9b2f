"""A handle belongs to one person at a time, and memory writes nobody's name back."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from bot.platforms.discord.known import Known
from bot.platforms.telegram.translate import Translator
from core.domain.events import MessageSent
from core.domain.people import Person
from core.store.unit import Store
from tests.world import World
from tests.world.platform import FakePlatform

HOME = {"id": -1001, "type": "supergroup", "title": "Home"}
_numbers = count(1)


def said(person: int, name: str, handle: str | None, text: str) -> dict[str, Any]:
    """Return the update of a group's message; a command names a handle in its second word."""
    number = next(_numbers)
    user = {"id": person, "is_bot": False, "first_name": name} | ({"username": handle} if handle else {})
    message = {"message_id": number, "chat": HOME, "date": 1772442400 + number, "from": user, "text": text}
    if text.startswith("/"):
        command, named = text.split()[:2]
        message["entities"] = [
            {"type": "bot_command", "offset": 0, "length": len(command)},
            {"type": "mention", "offset": len(command) + 1, "length": len(named)},
        ]
    return {"update_id": number, "message": message}


@pytest.fixture
async def group(store: Store):
    """Give a Telegram group, and a way to hand its updates in, as one batch or one by one."""
    world = World(store, FakePlatform(name="telegram"))
    translator = Translator(7, "kith_bot", world.clock, {"thanks"})

    async def hand_in(*updates: dict[str, Any], at_once: bool) -> None:
        events = [event for update in updates for event in translator.translate(update)]
        for some in [events] if at_once else [[event] for event in events]:
            await world.hand_in(*some)

    return world, hand_in


async def _names(world: World, platform: str = "telegram") -> dict[str, tuple[str, str | None]]:
    async with world.store.read() as unit:
        return {a.external_id: (a.name, a.username) async for a, _ in unit.members.each_account()}


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_handle_given_up_is_nobodys(group, at_once: bool) -> None:
    world, hand_in = group
    await hand_in(
        said(1, "Ana", "sam", "hello"),
        said(3, "Cem", "cem", "hey"),
        said(1, "Ana Lee", "ana_lee", "renamed"),
        said(3, "Cem", "cem", "/thanks @sam great"),
        at_once=at_once,
    )
    assert world.last.startswith("I don't know a member called “@sam")
    assert await _names(world) == {"1": ("Ana Lee", "ana_lee"), "3": ("Cem", "cem")}


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("seen", [True, False])
async def test_a_handle_taken_over_is_the_new_owners(group, at_once: bool, seen: bool) -> None:
    world, hand_in = group
    await hand_in(said(1, "Ana", "sam", "hello"), said(3, "Cem", "cem", "hey"), at_once=at_once)
    if seen:
        await hand_in(said(1, "Ana", None, "free"), at_once=at_once)
    await hand_in(said(2, "Sam", "sam", "mine"), at_once=at_once)
    assert await _names(world) == {"1": ("Ana", None), "2": ("Sam", "sam"), "3": ("Cem", "cem")}
    await hand_in(said(3, "Cem", "cem", "/thanks @SAM great"), at_once=at_once)
    assert world.last.startswith("Cem thanks Sam")


async def test_names_from_memory_are_written_over_nothing(world: World) -> None:
    known = Known("9")
    user = {"id": "5", "username": "ana", "global_name": "Ana of Elsewhere"}
    here = known.person("home", user, {"nick": "Ana of the Oven"})
    await world.happen(MessageSent, here)
    afresh = Known("9")  # after a restart
    asked = await world.happen(MessageSent, here)
    for person in (afresh.person("home", user), afresh.person(None, user), known.person("home", {"id": "5"})):
        await world.happen(MessageSent, Person("6", "Bo"), reply_to=asked.key[2:], reply_author=person)
        await world.happen(MessageSent, person)
    assert await _names(world) == {"5": ("Ana of the Oven", "ana"), "6": ("Bo", None)}


async def test_who_is_met_by_memory_alone_has_a_name(world: World) -> None:
    await world.happen(MessageSent, "bo", mentions=(Person("5", "Ana", "ana", remembered=True),))
    assert (await _names(world))["5"] == ("Ana", "ana")


async def test_somebody_is_found_by_the_id_that_discord_writes(world: World) -> None:
    world.moderator("mod")
    await world.say("771", "hello")
    for written in ("<@771>", "<@!771>"):
        await world.say("mod", f"/points {written}")
        assert world.last.startswith(f"771: {(await world.member('771')).balance} points"), world.last
    await world.say("mod", "/points <@772>")
    assert "<@772>" in world.last
    async with world.store.read() as unit:
        assert {each.name for each in await unit.members.all((await world.community()).id)} == {"Mod", "771"}
