"""Interactions under way: answered in time or deferred, and what comes after the first answer.

Discord waits three seconds for an answer or the promise of one, and takes answers for 15 minutes.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from enum import StrEnum

import aiohttp
import discord
import structlog

from bot.platforms.discord import rest
from bot.platforms.discord.interactions import Handle
from bot.platforms.discord.pages import Page, plain_body
from bot.platforms.discord.rest import Rest

PROMISE_AFTER = 2.0  # seconds without an answer
KEPT = 5_000  # interactions remembered; those before are asked about again
ALREADY_ANSWERED, UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, STALE_TOKEN = 40060, 10062, 10015, 50027
_log = structlog.get_logger()


class TooLate(Exception):
    """Say that an interaction can't be answered any more."""


class Stage(StrEnum):
    """How far an interaction is."""

    UNKNOWN = "unknown"
    OPEN = "open"
    PROMISED = "promised"
    ANSWERED = "answered"


@dataclass(slots=True)
class _UnderWay:
    stage: Stage
    private: bool = True  # how the promise is made: to the caller alone, or to the room
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    timer: asyncio.TimerHandle | None = None


class Answers:
    """Answer interactions, each under a lock of its own."""

    def __init__(self, client: Rest, promise_after: float = PROMISE_AFTER) -> None:
        self._rest = client
        self._promise_after = promise_after
        self._under_way: OrderedDict[str, _UnderWay] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def asked(self, handle: Handle, *, private: bool) -> None:
        """Start the clock of an interaction that just came; one that came before is left alone.

        `private` says whom a promise is to be shown, should the answer take long.
        """
        if handle.id in self._under_way:
            return
        under_way = self._remember(handle, Stage.OPEN)
        under_way.private = private
        loop = asyncio.get_running_loop()
        under_way.timer = loop.call_later(self._promise_after, self._start_promise, handle, under_way)

    async def close(self) -> None:
        """Let the clocks go."""
        for under_way in self._under_way.values():
            if under_way.timer is not None:
                under_way.timer.cancel()
        for task in list(self._tasks):
            task.cancel()

    async def answer(self, handle: Handle, page: Page, *, private: bool, change: bool) -> str:
        """Send a page to whoever asked and return the message's id; raise TooLate.

        `private` shows it to them alone; `change` puts it in the place of the message with the button.
        """
        under_way = self._under_way.get(handle.id) or self._remember(handle, Stage.UNKNOWN)
        if under_way.timer is not None:
            under_way.timer.cancel()
        async with under_way.lock:
            try:
                return await self._answer(under_way, handle, page, private=private, change=change)
            except discord.HTTPException as error:
                if error.code in (UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, STALE_TOKEN):
                    raise TooLate from error
                raise

    async def _answer(self, under_way: _UnderWay, handle: Handle, page: Page, *, private: bool, change: bool) -> str:
        whole = Page({**page.body, "flags": page.body["flags"] | rest.EPHEMERAL}, page.files) if private else page
        if under_way.stage in (Stage.OPEN, Stage.UNKNOWN):
            first = await self._first(under_way, handle, page if change else whole, change=change)
            if first is not None:
                return first
        if under_way.stage is Stage.PROMISED:
            under_way.stage = Stage.ANSWERED
            if change if handle.component else private is under_way.private:
                return str((await self._rest.edit_answer(handle, page.body, page.files))["id"])
            if not handle.component:
                # What comes first fills the promise, for whom that was made; only then is there room for another.
                await self._rest.edit_answer(handle, plain_body("…"))
                await self._rest.delete_answer(handle)
        return str((await self._rest.follow_up(handle, whole.body, page.files))["id"])

    async def _first(self, under_way: _UnderWay, handle: Handle, page: Page, *, change: bool) -> str | None:
        kind = rest.CHANGE if change and handle.component else rest.ANSWER
        try:
            answered = await self._rest.respond(handle, kind, page.body, page.files)
        except discord.HTTPException as error:
            if error.code != ALREADY_ANSWERED:
                raise
            return await self._look_back(under_way, handle, page)
        under_way.stage = Stage.ANSWERED
        return str(answered["resource"]["message"]["id"])

    async def _look_back(self, under_way: _UnderWay, handle: Handle, page: Page) -> str | None:
        """Find out what an earlier try, or a process that is gone, has said already."""
        original = await self._rest.original(handle)
        if original.get("flags", 0) & rest.LOADING:
            under_way.stage = Stage.PROMISED
            under_way.private = bool(original["flags"] & rest.EPHEMERAL)
            return None
        under_way.stage = Stage.ANSWERED
        return str(original["id"]) if original.get("content") == page.body["content"] else None

    def _remember(self, handle: Handle, stage: Stage) -> _UnderWay:
        under_way = self._under_way[handle.id] = _UnderWay(stage)
        while len(self._under_way) > KEPT:
            self._under_way.popitem(last=False)
        return under_way

    def _start_promise(self, handle: Handle, under_way: _UnderWay) -> None:
        task = asyncio.create_task(self._promise(handle, under_way))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _promise(self, handle: Handle, under_way: _UnderWay) -> None:
        async with under_way.lock:
            if under_way.stage is not Stage.OPEN:
                return
            try:
                if handle.component:
                    await self._rest.respond(handle, rest.DEFER_CHANGE)
                else:
                    flags = rest.EPHEMERAL if under_way.private else 0
                    await self._rest.respond(handle, rest.DEFER, {"flags": flags})
            except discord.HTTPException as error:
                under_way.stage = Stage.UNKNOWN
                _log.warning("could not defer an interaction", status=error.status, code=error.code)
            except (OSError, aiohttp.ClientError, discord.RateLimited) as error:
                under_way.stage = Stage.UNKNOWN
                _log.warning("could not defer an interaction", error=type(error).__name__)
            else:
                under_way.stage = Stage.PROMISED
