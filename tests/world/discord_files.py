"""What Discord keeps of uploaded files, and for how long: those of a form go away after a day."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web
from simcord.backend.cdn import CDN_BASE

from tests.world.discord_backend import WithPosts


class Files:
    """The part of a loopback Discord from which files are fetched."""

    backend: WithPosts
    port: int

    def on_loopback(self, answer: Any) -> Any:
        """An answer with addresses under which a client of this server finds files."""
        return json.loads(json.dumps(answer).replace(CDN_BASE, f"http://127.0.0.1:{self.port}/cdn"))

    def upload(self, name: str, content: bytes) -> dict[str, Any]:
        """Take in a file of a form, as Discord names it in there."""
        file = self.backend.cdn.store_attachment(self.backend.snowflake(), 0, name, content, None)
        named: dict[str, Any] = self.on_loopback({**file, "ephemeral": True})
        return named

    def expire_uploads(self) -> None:
        """Let a day pass for the files of forms."""
        blobs = self.backend.cdn._blobs
        for address in [each for each in blobs if f"{CDN_BASE}/attachments/0/" in each]:
            del blobs[address]

    async def _download(self, request: web.Request) -> web.Response:
        content = self.backend.cdn.get(f"{CDN_BASE}/{request.match_info['path']}")
        return web.Response(status=404) if content is None else web.Response(body=content)
