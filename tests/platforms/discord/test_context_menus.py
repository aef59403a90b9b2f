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
from tests.world.discord_forms import controls, fill_in, labels
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
        # Ana is met and Bo isn't: what the menu can't tell is asked for with a button.
        met = stage.server.user("cy", guild=stage.guild, global_name="Cy")
        asked = await answered(stage, server.open_menu(stage.ana, stage.room, "Grant points", met))
        assert asked.is_ephemeral
        assert asked.content == "How many points for Cy, and what for?"
        pressed = server.press(stage.ana, asked, label="Fill in")
        await server.until(lambda: pressed.responded)
        given = await answered(stage, fill_in(server, stage.ana, pressed, {"amount": "7", "reason": "the notes"}))
        assert "Cy gets 7 points" in given.content
        assert not given.is_ephemeral


async def test_the_menu_of_a_member_opens_a_form_and_keeps_what_was_wrong(stage: Stage) -> None:
    server = stage.server
    server.give_role(stage.ana, stage.guild, server.role(stage.guild, "Staff", permissions=STAFF))
    async with stage.up():
        await stage.space()
        for each in (stage.ana, stage.bo):
            await answered(stage, server.slash(each, stage.room, "points"))
        opened = server.open_menu(stage.ana, stage.room, "Grant points", stage.bo)
        await server.until(lambda: opened.responded)
        assert labels(opened) == ["Points", "What for"]
        wrong = await answered(stage, fill_in(server, stage.ana, opened, {"amount": "0", "reason": "the notes"}))
        assert wrong.is_ephemeral
        again = server.press(stage.ana, wrong, label="Change")
        await server.until(lambda: again.responded)
        assert controls(again)["reason"]["value"] == "the notes"
        given = await answered(stage, fill_in(server, stage.ana, again, {"amount": "7"}))
        assert "Bo gets 7 points" in given.content
        assert not given.is_ephemeral
        async with stage.store.read() as unit:
            booked = [(row.reason, row.amount) for row in await unit.connection.execute(ledger.select())]
        assert booked.count(("grant", 7)) == 1


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
