"""`GET /calendar/<token>.ics`: a community's calendar for calendar applications; who has the address may read it."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.build import House
from core.features.community.activities.feed import feed, fits
from core.kit.context import Context
from core.kit.texts import Texts
from core.store.unit import DatabaseDown

_TOKEN = re.compile(r"(\d{1,18})-[0-9a-f]{40}")


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
            number = int(given.partition("-")[0])
            community = (await unit.communities.many([number])).get(number)
            if community is None:
                return None
            t, hashed = Texts(community.settings.language), house.engine.sealer.hash
            context = Context(unit, house.clock.now(), community, t, erasure_hash=hashed, kinds=house.registry.kinds)
            return await feed(context) if fits(context, given) else None
