"""What stands in the menus of people and messages: named in both languages, and rights asked again at the call."""

from __future__ import annotations

import discord
import pytest

from bot.platforms.discord.commands import menu_commands, menu_names
from core.engine import discover
from core.kit.declare import Menu
from core.kit.texts import LANGUAGES, Texts
from core.store.tables.ledger import ledger
from tests.platforms.discord.conftest import Stage, answered
from tests.world.discord_server import NotOffered

COMMANDS = discover().commands
STAFF = discord.Permissions(moderate_members=True).value


def test_menus_are_few_and_named_in_every_language() -> None:
    made = menu_commands(COMMANDS.values())
    for kind in (2, 3):
        names = [each["name"] for each in made if each["type"] == kind]
        assert len(names) == len(set(names)) <= 15
    for each in made:
        assert 1 <= len(each["name"]) <= 32
        assert "options" not in each
        assert "description" not in each
        assert 1 <= len(each["name_localizations"]["zh-CN"]) <= 32
    assert {each["name"] for each in made} == set(menu_names(COMMANDS.values()))
    for command in COMMANDS.values():
        if command.menus:
            assert all(Texts(language).has(f"menu-{command.name}") for language in LANGUAGES)
    assert COMMANDS["thanks"].menus == {Menu.MEMBER, Menu.MESSAGE}


async def test_somebody_is_thanked_from_their_menu_and_from_what_they_wrote(stage: Stage) -> None:
    server = stage.server
    # Cy has said nothing yet: the menu names people whom Kith never met.
    cy = server.user("cy", guild=stage.guild, global_name="Cy")
    async with stage.up():
        await stage.space()
        thanked = await answered(stage, server.open_menu(stage.ana, stage.room, "Thank", cy))
        assert "Cy" in thanked.content
        assert not thanked.is_ephemeral
        said = server.say(stage.bo, stage.room, "here is how")
        thanked = await answered(stage, server.open_menu(stage.ana, stage.room, "Thank", said))
        assert "Bo" in thanked.content
        own = await answered(stage, server.open_menu(stage.bo, stage.room, "Thank", said))
        assert own.is_ephemeral
        async with stage.store.read() as unit:
            booked = [row.reason for row in await unit.connection.execute(ledger.select())]
        assert booked.count("thanks") == 2


async def test_a_moderator_looks_at_somebodys_history_and_grants(stage: Stage) -> None:
    server = stage.server
    server.give_role(stage.ana, stage.guild, server.role(stage.guild, "Staff", permissions=STAFF))
    async with stage.up():
        await stage.space()
        shown = await answered(stage, server.open_menu(stage.ana, stage.room, "History", stage.bo))
        assert shown.is_ephemeral
        assert "Bo" in shown.content
        # What the menu can't tell is asked for, to the moderator alone.
        asked = await answered(stage, server.open_menu(stage.ana, stage.room, "Grant points", stage.bo))
        assert asked.is_ephemeral
        assert "amount" in asked.content
        async with stage.store.read() as unit:
            assert not (await unit.connection.execute(ledger.select())).all()


@pytest.mark.parametrize("name", ["History", "Grant points"])
async def test_a_member_is_offered_nothing_of_moderators_and_refused_it(stage: Stage, name: str) -> None:
    server = stage.server
    async with stage.up():
        await stage.space()
        with pytest.raises(NotOffered):
            server.open_menu(stage.ana, stage.room, name, stage.bo)
        refused = await answered(stage, server.open_menu(stage.ana, stage.room, name, stage.bo, force=True))
        assert refused.is_ephemeral
        assert "moderators" in refused.content


async def test_what_a_bot_wrote_is_thanked_to_nobody(stage: Stage) -> None:
    server = stage.server
    async with stage.up():
        await stage.space()
        shown = await answered(stage, server.slash(stage.ana, stage.room, "points"))
        refused = await answered(stage, server.open_menu(stage.ana, stage.room, "Thank", shown))
        assert refused.is_ephemeral
        async with stage.store.read() as unit:
            assert not (await unit.connection.execute(ledger.select())).all()
