"""Files that people sent on Telegram, which keeps them under their ids, and gives bots those of up to 20 MB."""

from __future__ import annotations

import httpx
from telegram.error import BadRequest

from bot.platforms.port import Unavailable, must_fit
from bot.platforms.telegram.connection import Connection, means, said, trusted
from core.domain.errors import BadInput, NotFound
from core.domain.forms import MEGABYTE
from core.domain.message import Attachment

DOWNLOAD, UPLOAD = 20 * MEGABYTE, 50 * MEGABYTE  # what a bot may fetch and send
_SECONDS = 20.0


async def fetch(connection: Connection, attachment: Attachment, most: int) -> bytes:
    """Return the content of a file; see the port for what it raises."""
    limit = min(most, DOWNLOAD)
    must_fit(attachment, attachment.size, limit)
    await connection.ready()
    try:
        file = await said(lambda: connection.bot.get_file(attachment.reference.partition(":")[2]))
    except BadRequest as error:
        if means(error, "too big"):
            raise BadInput("error-file-large", name=attachment.name, limit=limit // MEGABYTE) from None
        raise NotFound("error-file-gone", name=attachment.name) from None
    # Whatever goes wrong is said without its words: the address holds the token.
    try:
        return await _read(file.file_path or "", attachment, limit)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(type(error).__name__) from None


async def _read(address: str, attachment: Attachment, limit: int) -> bytes:
    content = bytearray()
    opened = httpx.AsyncClient(timeout=_SECONDS, verify=trusted())
    async with opened as client, client.stream("GET", address) as answer:
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise NotFound("error-file-gone", name=attachment.name)
        if not answer.is_success:
            raise Unavailable(f"HTTP {answer.status_code}")
        async for piece in answer.aiter_bytes():
            content += piece
            must_fit(attachment, len(content), limit)
    return bytes(content)
