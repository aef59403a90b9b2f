"""What the playground's routes work with: the house, its chats and clock, and who looks at what."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field

import structlog
from starlette.datastructures import QueryParams

from bot.sandbox.sandbox import Sandbox
from bot.web.playground.render import View, view_language
from core.domain.people import Member
from core.kit.texts import Texts

_log = structlog.get_logger()


@dataclass(slots=True)
class Desk:
    """Everything that the page's routes work with; `host` is what the server listens on."""

    sandbox: Sandbox
    host: str = "127.0.0.1"
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def view(self, params: QueryParams, accepted: str = "") -> View:
        """Return who looks at what, from an address; what it lacks has a default."""
        language = view_language(params.get("lang"), accepted)
        scenes = self.sandbox.playground.scenes
        scene = next((s for s in scenes.values() if s.language == language), next(iter(scenes.values())))
        person = scene.people.get(params.get("as", ""), next(iter(scene.people.values())))
        return View(scene, person, Texts(language), self.sandbox.clock.now())

    async def member(self, view: View) -> Member | None:
        """Return what the books say of the one who looks."""
        platform = self.sandbox.playground.name
        async with self.sandbox.house.store.read() as unit:
            spaces = await unit.communities.spaces(platform, [view.scene.id])
            if view.scene.id not in spaces:
                return None
            community = spaces[view.scene.id].community_id
            found = await unit.members.find(platform, {community: [view.person.id]})
            account = found.get((community, view.person.id))
            return None if account is None else await unit.members.get(account.member_id)

    def later(self, work: Awaitable[None]) -> None:
        """Let something go on after the answer."""

        async def done() -> None:
            try:
                await work
            except Exception:
                _log.exception("the playground could not finish")

        task = asyncio.create_task(done())
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)
