"""What every answer carries, and who may post: this page alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
_OWN_NAMES = {"localhost", "127.0.0.1", "::1"}


class SafeHeaders:
    """Put the headers on every answer that keep foreign scripts and frames out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, dressed)


def own_page(headers: Headers, host: str) -> bool:
    """Say whether a request comes from our own page, and to the name we go by.

    A page elsewhere can send requests here, and can make its own name lead here (DNS rebinding); browsers say where a
    request comes from. `host` is what we listen on: only on a loopback address the names are known beforehand.
    """
    named = _split(f"//{headers.get('host', '')}").hostname or ""
    if host in _OWN_NAMES and named not in _OWN_NAMES:
        return False
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or _split(origin).netloc == headers.get("host")


def _split(address: str) -> SplitResult:
    """Return the parts of an address, none of what is no address."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


Endpoint = Callable[[Request], Awaitable[Response]]


def guarded(endpoint: Endpoint, host: str) -> Endpoint:
    """Return `endpoint` for our own page alone; others are told 403."""

    async def checked(request: Request) -> Response:
        if not own_page(request.headers, host):
            return PlainTextResponse("This page answers to itself alone.", 403)
        return await endpoint(request)

    return checked
