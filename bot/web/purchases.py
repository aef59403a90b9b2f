"""`POST /hooks/purchase` and `/hooks/stripe?community=<number>`: what shops tell of payments, signed, booked once."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from datetime import datetime
from typing import ClassVar

import structlog
from cryptography.fernet import InvalidToken
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.build import House
from core.domain.community import Community
from core.domain.errors import BadInput, KithError
from core.domain.message import plain_text
from core.domain.purchases import read_purchase, signed_at
from core.domain.stripe import read_event
from core.kit.context import Context
from core.kit.purchases import Purchases, hook_secret
from core.kit.stripe import Booked, book_stripe, stripe_secret
from core.kit.texts import Texts
from core.store.unit import DatabaseDown, UnitOfWork

SOURCE = "hook"
_SAID = {Booked.NEW: "Booked.", Booked.KNOWN: "Known already.", Booked.NONE: "Noted: no plan is sold by it."}
_log = structlog.get_logger()


class _Hook(ABC):
    """Book what a shop tells; every answer is one line."""

    header: ClassVar[str]
    most: ClassVar[int]  # bytes of a body

    def __init__(self, house: House) -> None:
        self._house = house

    @abstractmethod
    def _secret(self, unit: UnitOfWork, community: Community, now: datetime) -> str | None:
        """Return what a community's shop signs with, None where nobody said it."""

    @abstractmethod
    async def _book(
        self, unit: UnitOfWork, community: Community, body: bytes, told_at: datetime, now: datetime
    ) -> Booked:
        """Book what a body tells."""

    async def answer(self, request: Request) -> Response:
        """Return 200 once it is in the books, 400 for what makes no sense, 401 for whom nobody knows.

        413 where the body is too long, 503 where there is no database: whoever gets that tries again later.
        """
        body = await self._body(request)
        if body is None:
            return PlainTextResponse(f"A purchase has at most {self.most:,} bytes.", 413)
        given = request.query_params.get("community", "")
        community_id = int(given) if re.fullmatch(r"\d{1,18}", given, re.ASCII) else 0
        try:
            booked = await self._booked(community_id, request.headers.get(self.header, ""), body)
        except _Unknown as error:
            _log.warning("a purchase was refused", community=community_id, why=error.key)
            return _line(error, 401)
        except KithError as error:
            _log.warning("a purchase was refused", community=community_id, why=error.key)
            return _line(error, 400)
        except DatabaseDown:
            return PlainTextResponse("Kith can't reach its database. Try again later.", 503, {"Retry-After": "60"})
        _log.info("a purchase was told", community=community_id, booked=booked.value)
        return PlainTextResponse(_SAID[booked])

    async def _booked(self, community_id: int, header: str, body: bytes) -> Booked:
        now = self._house.clock.now()
        async with self._house.store.begin() as unit:
            community = (await unit.communities.many([community_id])).get(community_id)
            secret = None if community is None else self._secret(unit, community, now)
            if community is None or secret is None:
                raise _Unknown("error-purchase-signature")
            try:
                told_at = signed_at(secret, header, body, now)
            except BadInput as error:
                raise _Unknown(error.key, **error.args_) from None
            await unit.lock(community_id)
            return await self._book(unit, community, body, told_at, now)

    async def _body(self, request: Request) -> bytes | None:
        """Return the body, None for one that is too long."""
        found = b""
        async for chunk in request.stream():
            found += chunk
            if len(found) > self.most:
                return None
        return found


class PurchaseHook(_Hook):
    """Book what any shop tells in Kith's own shape."""

    header = "Kith-Signature"
    most = 65_536

    def _secret(self, unit: UnitOfWork, community: Community, now: datetime) -> str | None:
        hashed = self._house.engine.sealer.hash
        return hook_secret(Context(unit, now, community, Texts("en"), erasure_hash=hashed))

    async def _book(
        self, unit: UnitOfWork, community: Community, body: bytes, told_at: datetime, now: datetime
    ) -> Booked:
        new = await Purchases(unit, community.id, now).book(read_purchase(body, SOURCE, told_at))
        return Booked.NEW if new else Booked.KNOWN


class StripeHook(_Hook):
    """Book what Stripe tells in its events."""

    header = "Stripe-Signature"
    most = 1_048_576  # an invoice of many lines

    def _secret(self, unit: UnitOfWork, community: Community, now: datetime) -> str | None:
        try:
            return stripe_secret(community, self._house.engine.sealer.open)
        except InvalidToken:  # sealed with a key that isn't there any more
            return None

    async def _book(
        self, unit: UnitOfWork, community: Community, body: bytes, told_at: datetime, now: datetime
    ) -> Booked:
        news = read_event(body, told_at)
        return Booked.NONE if news is None else await book_stripe(unit, community, news, now)


class _Unknown(BadInput):
    """Say that whoever told this isn't known, or told it too long ago."""


def _line(error: KithError, status: int) -> Response:
    return PlainTextResponse(" ".join(plain_text(Texts("en").error(error)).split()), status)
