"""A site of the web on loopback: pages that change, move, answer badly, and remember what they were asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpcore
from aiohttp import web

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Notes</title><link>{at}</link><language>en</language>{entries}</channel></rss>"""
ENTRY = """<item><title>{title}</title><link>{at}/{name}</link><description>{about}</description>
<category>pandas</category><category>数据</category><pubDate>Sun, 01 Feb 2026 09:00:00 GMT</pubDate></item>"""


@dataclass(slots=True)
class Site:
    """What is served under each path: a text, bytes, or a status; `moved` leads on, `headless` refuses HEAD.

    What is `packed` is sent as it is and called gzip, what is `cut` isn't answered, `faltering` says how often a path
    answers 503 first.
    """

    pages: dict[str, str | bytes | int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    methods: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    headless: set[str] = field(default_factory=set)
    packed: set[str] = field(default_factory=set)
    cut: set[str] = field(default_factory=set)
    faltering: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    address: str = ""

    def feed(self, *titles: str, path: str = "/feed") -> str:
        """Serve a feed with these titles and return its address."""
        entries = "".join(
            ENTRY.format(title=each, at=self.address, name=sha256(each.encode()).hexdigest()[:8], about="About it")
            for each in titles
        )
        self.pages[path] = FEED.format(at=self.address, entries=entries)
        return self.address + path

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one request; what wasn't changed since isn't sent again."""
        self.asked[request.path].append(dict(request.headers))
        self.methods[request.path].append(request.method)
        if request.path in self.cut and request.transport is not None:
            request.transport.abort()
        if self.faltering[request.path]:
            self.faltering[request.path] -= 1
            return web.Response(status=503)
        if request.method == "HEAD" and request.path in self.headless:
            return web.Response(status=405)
        if request.path in self.moved:
            raise web.HTTPFound(self.moved[request.path])
        found = self.pages.get(request.path, 404)
        if isinstance(found, int):
            return web.Response(status=found)
        body = found.encode() if isinstance(found, str) else found
        etag = f'"{sha256(body).hexdigest()[:12]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        headers = {"ETag": etag, "Last-Modified": "Sun, 01 Feb 2026 09:00:00 GMT"}
        headers |= {"Content-Encoding": "gzip"} if request.path in self.packed else {}
        return web.Response(body=body, headers=headers)


class Wire(httpcore.AnyIOBackend):
    """A network on which some addresses of the world are this machine."""

    def __init__(self, *here: str) -> None:
        self.here = here

    async def connect_tcp(self, host: str, port: int, *more: Any, **named: Any) -> httpcore.AsyncNetworkStream:
        """Connect to an address, or to this machine where that is it."""
        return await super().connect_tcp("127.0.0.1" if host in self.here else host, port, *more, **named)


@asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """Serve a site until the end."""
    site = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    where = web.TCPSite(runner, "127.0.0.1", 0)
    await where.start()
    port = runner.addresses[0][1]
    site.address = f"http://127.0.0.1:{port}"
    yield site
    await runner.cleanup()
