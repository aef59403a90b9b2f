"""`GET /calendar/<token>.ics`: a community's calendar, or a member's own, for calendar applications.

Who has the address may read it.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.build import House
from core.domain.community import Community
from core.domain.people import present
from core.features.community.activities.feed import OWN, feed, fits, own_feed
from core.kit.context import Context
from core.kit.texts import Texts
from core.store.unit import DatabaseDown, UnitOfWork

_TOKEN = re.compile(rf"(\d{{1,18}})-[0-9a-f]{{40}}|{OWN}[\w-]{{32}}", re.ASCII)


class CalendarFeed:
    """Answer with the calendar whose token is asked for."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def answer(self, request: Request) -> Response:
        """Return the calendar, 404 for a token that is none or none any more, 503 where there is no database."""
        given = request.path_params["token"]
        try:
            found = await self._found(given) if _TOKEN.fullmatch(given) else None
        except DatabaseDown:
            return PlainTextResponse("Kith can't reach its database. Try again later.", 503, {"Retry-After": "60"})
        if found is None:
            return PlainTextResponse("There is no such calendar. Say /calendar feed for its address.", 404)
        headers = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
        return Response(found, media_type="text/calendar; charset=utf-8", headers=headers)

    async def _found(self, given: str) -> str | None:
        house = self._house
        async with house.store.read() as unit:
            if given.startswith(OWN):
                return await self._own(unit, given)
            number = int(given.partition("-")[0])
            community = (await unit.communities.many([number])).get(number)
            if community is None:
                return None
            context = self._context(unit, community, community.settings.language)
            return await feed(context) if fits(context, given) else None

    async def _own(self, unit: UnitOfWork, given: str) -> str | None:
        """Return the calendar of a member, None for whoever isn't there any more."""
        if (known := await unit.activity_members.feed_at(given)) is None:
            return None
        account = await unit.members.account(known.account_id)
        member = await unit.members.get(account.member_id)
        if not present(member):
            return None
        community = await unit.communities.get(known.community_id)
        context = self._context(unit, community, member.language or community.settings.language)
        context.account, context.member = account, member
        return await own_feed(context)

    def _context(self, unit: UnitOfWork, community: Community, language: str) -> Context:
        house = self._house
        hashed, kinds = house.engine.sealer.hash, house.registry.kinds
        return Context(unit, house.clock.now(), community, Texts(language), erasure_hash=hashed, kinds=kinds)
