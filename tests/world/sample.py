"""Bring the real histories in, and ask about them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.imports.discord import read as read_discord
from bot.imports.telegram import read as read_telegram
from core.domain.community import Space
from core.domain.people import Consent
from core.engine.history import import_history
from core.store.unit import Store
from tests.world.platform import FakePlatform
from tests.world.world import World

DISCORD = "chats/discord_meshcore.zip"
TELEGRAM = "chats/telegram_hyperdbg_result.json.gz"


class Sample:
    """A world that a real history was brought into, and its space."""

    def __init__(self, world: World, space: Space) -> None:
        self.world, self.space = world, space

    async def ask(self, text: str, who: str = "mod") -> str:
        """Let somebody, with a moderator's rights, call a command; return what was answered."""
        await self.world.say(who, text, space=self.space.external_id)
        return self.world.last

    async def agree(self) -> None:
        """Let everybody who is there say *personal*."""
        async with self.world.store.begin() as unit:
            everybody = await unit.members.all(self.space.community_id)
            for member in everybody:
                member.consent = Consent.PERSONAL
            await unit.members.save(everybody)


async def brought_in(store: Store, folder: Path, platform: str, now: datetime, name: str = "Mesh") -> Sample:
    """Bring a sample in as the community `name`, and return a world that goes on at `now`."""
    world = World(store, FakePlatform(platform))
    world.clock.advance(now - world.clock.now())
    world.moderator("mod")
    records = (
        read_discord(folder / DISCORD, _watch)
        if platform == "discord"
        else read_telegram(folder / TELEGRAM, "UTC", (), _watch)
    )
    await import_history(store, world.engine.sealer.hash, platform, name, records, path="sample", now=now)
    async with store.read() as unit:
        community = await unit.communities.named(name)
        assert community is not None
        space = (await unit.communities.spaces_of(community.id))[0]
    return Sample(world, space)


def _watch(done: int, total: int | None) -> None:
    """Show nothing."""
