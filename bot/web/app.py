"""The one web application: the playground, `/health`, `/metrics`, calendars, purchases, platforms' webhooks."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from bot.build import House
from bot.web.calendar import CalendarFeed
from bot.web.health import Health
from bot.web.purchases import PurchaseHook, StripeHook
from bot.web.security import SafeHeaders


def make_app(house: House, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the ASGI application of a house; `routes` come from platforms and pages, and are asked in order."""
    health = Health(house)
    own = [
        Route("/health", health.health),
        Route("/metrics", health.metrics),
        Route("/calendar/{token}.ics", CalendarFeed(house).answer),
        Route("/hooks/stripe", StripeHook(house).answer, methods=["POST"]),
        Route("/hooks/purchase", PurchaseHook(house).answer, methods=["POST"]),
    ]
    return Starlette(routes=[*own, *routes], middleware=[Middleware(SafeHeaders)])
