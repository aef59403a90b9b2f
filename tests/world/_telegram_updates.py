"""How a loopback Telegram tells of what happened: fetched by long polling, or pushed to a webhook."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from tests.world._telegram_params import ApiError, Params
from tests.world._telegram_things import Json
from tests.world._telegram_world import World


class Updates(World):
    """A world that is told of, by one way at a time."""

    def __init__(self, *args: Any, retry_delay: float = 0.05, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.webhook: Json = {}
        self.webhook_answers: list[int] = []
        self._poller: asyncio.Future[None] | None = None
        self._pushing: asyncio.Task[None] | None = None
        self._retry_delay = retry_delay

    # --- updates, fetched --------------------------------------------------------------

    async def _get_updates(self, params: Params) -> list[Json]:
        if self.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
                "the webhook first",
            )
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        mine = self._poller = asyncio.get_running_loop().create_future()
        allowed = params.json("allowed_updates")
        if allowed is not None:
            self.allowed = list(allowed)
        offset, limit = params.number("offset"), min(max(params.number("limit", 100), 1), 100)
        if offset > 0:
            self.confirm(offset)
        elif offset < 0:
            self.updates = self.updates[offset:]
        return await self._wait_for_updates(mine, limit, params.number("timeout"))

    async def _wait_for_updates(self, mine: asyncio.Future[None], limit: int, seconds: int) -> list[Json]:
        deadline = asyncio.get_running_loop().time() + min(seconds, 50)
        while True:
            if mine.done():
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
            repeated, self.again = self.again[:limit], self.again[limit:]
            batch = repeated + self.updates[: limit - len(repeated)]
            left = deadline - asyncio.get_running_loop().time()
            if batch or left <= 0:
                return batch
            self.news.clear()
            news = asyncio.ensure_future(self.news.wait())
            await asyncio.wait({news, mine}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()

    # --- updates, pushed ---------------------------------------------------------------

    async def _set_webhook(self, params: Params) -> bool:
        url, secret = params.text("url"), params.text("secret_token")
        if not url:
            return await self._delete_webhook(params)
        if not url.startswith(("https://", "http://127.0.0.1")):
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        allowed = params.json("allowed_updates")
        if allowed is not None:
            self.allowed = list(allowed)
        if params.flag("drop_pending_updates"):
            self.confirm(1 << 60)
        self.webhook = {"url": url, "secret": secret}
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        if self._pushing is None:
            self._pushing = asyncio.create_task(self._push_all())
        return True

    async def _delete_webhook(self, params: Params) -> bool:
        self.webhook = {}
        if params.flag("drop_pending_updates"):
            self.confirm(1 << 60)
        if self._pushing:
            self._pushing.cancel()
            self._pushing = None
        return True

    async def _webhook_info(self, _: Params) -> Json:
        info: Json = {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }
        if self.allowed:
            info["allowed_updates"] = self.allowed
        return info

    async def _push_all(self) -> None:
        """Push each update, in order, again with doubling delay until it is answered with 2xx."""
        delay = self._retry_delay
        async with aiohttp.ClientSession() as session:
            while self.webhook:
                waiting = self.again or self.updates
                if not waiting:
                    self.news.clear()
                    await self.news.wait()
                    continue
                update, repeated = waiting[0], bool(self.again)
                status = await self._push_one(session, update)
                self.webhook_answers.append(status)
                if not 200 <= status < 300:
                    await asyncio.sleep(delay)
                    delay = min(delay * 2, 60)
                    continue
                delay = self._retry_delay
                if repeated:
                    self.again.remove(update)
                else:
                    self.updates = [one for one in self.updates if one is not update]
                    self.confirmed.add(update["update_id"])

    async def _push_one(self, session: aiohttp.ClientSession, update: Json) -> int:
        headers = {}
        if self.webhook["secret"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook["secret"]
        try:
            async with session.post(self.webhook["url"], json=update, headers=headers) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0
