"""Choices among many as menus, of which a row of buttons holds too few."""

from __future__ import annotations

from typing import Any

import discord
from simcord.backend.models import Message

from tests.platforms.discord.conftest import Stage, answered

KEEPERS = discord.Permissions(manage_guild=True, moderate_members=True).value


def parts(message: Message) -> list[dict[str, Any]]:
    """Return what can be pressed or chosen under a message."""
    return [part for row in message.components for part in row["components"]]


async def keep(stage: Stage) -> None:
    """Let Ana keep the server."""
    role = stage.server.role(stage.guild, "Keepers", permissions=KEEPERS)
    stage.server.give_role(stage.ana, stage.guild, role)


async def test_settings_are_chosen_from_menus_in_both_languages(stage: Stage) -> None:
    server = stage.server
    await keep(stage)
    async with stage.up():
        await stage.space()
        shown = await answered(stage, server.slash(stage.ana, stage.room, "settings"))
        (menu,) = parts(shown)
        assert (menu["type"], menu["placeholder"], len(menu["options"])) == (3, "Choose a setting", 11)
        await answered(stage, server.press(stage.ana, shown, label="Time zone"))
        zones = await changed(stage, shown, 2)
        menu, back = parts(zones)
        # Twelve zones were more than five rows of buttons held, and the way back was the last.
        assert len(menu["options"]) == 12
        assert back["label"].endswith("Back")
        shanghai = next(each["label"] for each in menu["options"] if "Shanghai" in each["label"])
        server.press(stage.ana, zones, label=shanghai)

        async def set_() -> bool:
            async with stage.store.read() as unit:
                return (await unit.communities.get((await stage.space()).community_id)).settings.timezone != "UTC"

        await stage.until(set_)
        await answered(stage, server.slash(stage.ana, stage.room, "language", {"to": "zh"}))
        shown = await answered(stage, server.slash(stage.ana, stage.room, "settings"))
        assert parts(shown)[0]["placeholder"] == "选择要修改的设置"


async def test_the_role_of_a_tier_is_chosen_from_a_menu_of_those_that_may_be_given(stage: Stage) -> None:
    server = stage.server
    await keep(stage)
    for name in ("Core", "Twin", "Twin", "Guests", "Readers"):
        server.role(stage.guild, name)
    server.role(stage.guild, "Power", permissions=KEEPERS)
    async with stage.up():
        await stage.space()
        shown = await answered(stage, server.slash(stage.ana, stage.room, "tiers", {"tier": "2"}))
        server.press(stage.ana, shown, label="Choose a role")
        menu, _ = parts(await changed(stage, shown, 2))
        assert menu["placeholder"] == "Choose a role"
        offered = [each["label"] for each in menu["options"]]
        assert offered[0] == "No role"
        assert sorted(offered[1:]) == ["Core", "Guests", "Readers", "Twin", "Twin"]
        server.press(stage.ana, shown, label="Core")
        room = server.backend.messages[shown.channel_id]
        await server.until(lambda: "If “Core” followed the tier" in room[shown.id].content)


async def changed(stage: Stage, message: Message, count: int) -> Message:
    """Wait until a message has so many parts."""
    room = stage.server.backend.messages[message.channel_id]
    await stage.server.until(lambda: len(parts(room[message.id])) == count)
    return room[message.id]


async def test_every_room_of_a_page_can_be_chosen_and_the_next_page_too(stage: Stage) -> None:
    server = stage.server
    for place in range(12):
        server.channel(stage.guild, f"room-{place:02}")
    await keep(stage)
    async with stage.up():
        await stage.space()
        shown = await answered(stage, server.slash(stage.ana, stage.room, "rooms"))
        menu, *turning = parts(shown)
        assert len(menu["options"]) == 8
        assert [each["label"] for each in turning] == ["1/2", "›"]
        server.press(stage.ana, shown, label="✓ #general")
        room = server.backend.messages[shown.channel_id]
        await server.until(lambda: "✗ #general" in str(room[shown.id].components))


async def test_another_persons_choice_is_refused(stage: Stage) -> None:
    server = stage.server
    await keep(stage)
    async with stage.up():
        await stage.space()
        shown = await answered(stage, server.slash(stage.ana, stage.room, "settings"))
        refused = await answered(stage, server.press(stage.bo, shown, label="Language"))
        assert refused.is_ephemeral
        assert refused.content == "That button is for the one who asked."
        assert len(parts(shown)) == 1


async def test_a_choice_among_few_stays_buttons(stage: Stage) -> None:
    server = stage.server
    await keep(stage)
    async with stage.up():
        await stage.space()
        shown = await answered(stage, server.slash(stage.ana, stage.room, "tiers"))
        assert {each["type"] for each in parts(shown)} == {2}
