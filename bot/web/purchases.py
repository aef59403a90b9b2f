"""`POST /hooks/purchase?community=<number>`: what a shop tells of a payment, signed, and booked once."""

from __future__ import annotations

import re

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.build import House
from core.domain.errors import BadInput, KithError
from core.domain.message import plain_text
from core.domain.purchases import read_purchase, signed_at
from core.kit.context import Context
from core.kit.purchases import book_purchase, hook_secret
from core.kit.texts import Texts
from core.store.unit import DatabaseDown

HEADER = "Kith-Signature"
MOST = 65_536  # bytes of a body
SOURCE = "hook"
_log = structlog.get_logger()


class PurchaseHook:
    """Book what shops tell; every answer is one line."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def answer(self, request: Request) -> Response:
        """Return 200 once it is in the books, 400 for what makes no sense, 401 for whom nobody knows.

        413 where the body is too long, 503 where there is no database: whoever gets that tries again later.
        """
        body = await _body(request)
        if body is None:
            return PlainTextResponse(f"A purchase has at most {MOST:,} bytes.", 413)
        given = request.query_params.get("community", "")
        community_id = int(given) if re.fullmatch(r"\d{1,18}", given, re.ASCII) else 0
        try:
            new = await self._booked(community_id, request.headers.get(HEADER, ""), body)
        except _Unknown as error:
            _log.warning("a purchase was refused", community=community_id, why=error.key)
            return _line(error, 401)
        except KithError as error:
            _log.warning("a purchase was refused", community=community_id, why=error.key)
            return _line(error, 400)
        except DatabaseDown:
            return PlainTextResponse("Kith can't reach its database. Try again later.", 503, {"Retry-After": "60"})
        _log.info("a purchase was told", community=community_id, new=new)
        return PlainTextResponse("Booked." if new else "Known already.")

    async def _booked(self, community_id: int, header: str, body: bytes) -> bool:
        house = self._house
        now = house.clock.now()
        async with house.store.begin() as unit:
            community = (await unit.communities.many([community_id])).get(community_id)
            secret = None
            if community is not None:
                hashed = house.engine.sealer.hash
                secret = hook_secret(Context(unit, now, community, Texts("en"), erasure_hash=hashed))
            if secret is None:
                raise _Unknown("error-purchase-signature")
            try:
                told_at = signed_at(secret, header, body, now)
            except BadInput as error:
                raise _Unknown(error.key, **error.args_) from None
            await unit.lock(community_id)
            return await book_purchase(unit, community_id, read_purchase(body, SOURCE, told_at), now)


class _Unknown(BadInput):
    """Say that whoever told this isn't known, or told it too long ago."""


async def _body(request: Request) -> bytes | None:
    """Return the body, None for one that is too long."""
    found = b""
    async for chunk in request.stream():
        found += chunk
        if len(found) > MOST:
            return None
    return found


def _line(error: KithError, status: int) -> Response:
    return PlainTextResponse(" ".join(plain_text(Texts("en").error(error)).split()), status)
