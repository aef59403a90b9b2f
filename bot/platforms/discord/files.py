"""Files that people hand over on Discord, kept where they last.

What is uploaded in a form goes away after a day, and every address after a while. So a file that is to last is put into
the direct chat of whoever handed it over, and known by that message: asked for it, Discord gives an address of now.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable

import aiohttp
import discord
import structlog

from bot.platforms.discord import forms
from bot.platforms.discord.errors import as_the_port_says
from bot.platforms.discord.known import Payload
from bot.platforms.discord.pages import plain_body
from bot.platforms.discord.rest import Rest, attachment
from bot.platforms.port import Unreachable, must_fit
from core.domain.errors import KithError, NotFound
from core.domain.forms import MEGABYTE
from core.domain.message import Attachment
from core.kit.texts import Texts, language_of

LIMIT = 10 * MEGABYTE  # what a bot may upload where nobody pays for more
AT_ONCE = 4  # files in memory
_GONE = {403, 404}
_log = structlog.get_logger()


class Files:
    """Keep and fetch files; `direct_chat` gives the id of the direct chat with a person."""

    def __init__(self, rest: Rest, direct_chat: Callable[[str], Awaitable[str]]) -> None:
        self._rest = rest
        self._direct_chat = direct_chat
        self._carrying = asyncio.Semaphore(AT_ONCE)

    async def kept(self, data: Payload) -> Payload:
        """Return a form that was sent with where its files are kept; what can't be is left as it came."""
        for file in forms.lasting_of(data):
            try:
                async with self._carrying:
                    reference = await self._keep(data, file)
            except (KithError, Unreachable, discord.DiscordException, OSError, aiohttp.ClientError) as error:
                _log.info("a file could not be kept", error=type(error).__name__)
            else:
                data = forms.with_reference(data, str(file["id"]), reference)
        return data

    async def _keep(self, data: Payload, file: Payload) -> str:
        name = str(file["filename"])
        must_fit(Attachment("", "", name), int(file.get("size") or 0), LIMIT)
        content = await self._rest.download(str(file["url"]))
        user = (data.get("member") or data)["user"]
        said = Texts(language_of(data.get("locale"))).plain("discord-file-kept")
        # Sent twice, say after a reconnect, it stands there once.
        once = hashlib.sha256(f"kept:{data['id']}:{file['id']}".encode()).hexdigest()[:25]
        body = {**plain_body(said), "nonce": once, "enforce_nonce": True}
        body["attachments"] = [{"id": 0, "filename": name}]
        chat = await self._direct_chat(str(user["id"]))
        made = await self._rest.create(chat, body, [attachment(name, content)])
        return f"{chat}/{made['id']}"

    async def fetch(self, wanted: Attachment, most: int) -> bytes:
        """Return the content of a file; see the port for what it raises."""
        must_fit(wanted, wanted.size, most)
        with as_the_port_says():
            try:
                return await self._rest.download(await self._address(wanted))
            except discord.HTTPException as error:
                if error.status not in _GONE:
                    raise
        raise NotFound("error-file-gone", name=wanted.name)

    async def _address(self, wanted: Attachment) -> str:
        """Return where a file is now."""
        chat, _, message = wanted.reference.partition("/")
        if not chat.isdecimal():
            return wanted.reference  # as it came in a form that was sent just now
        shown = await self._rest.message(chat, message)
        if not shown.get("attachments"):
            raise NotFound("error-file-gone", name=wanted.name)
        return str(shown["attachments"][0]["url"])
