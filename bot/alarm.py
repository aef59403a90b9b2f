"""APScheduler as the alarm clock alone: what is due stands in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from core.domain.clock import SystemClock

PULSE = 30.0  # seconds


class Alarm:
    """Wake `due` every `pulse` seconds, one call at a time, whatever becomes of the machine's time."""

    def __init__(self, due: Callable[[], Awaitable[object]], pulse: float = PULSE) -> None:
        self._pulse = pulse
        self._watching: asyncio.TimerHandle | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._job = self._scheduler.add_job(
            due, "interval", seconds=pulse, max_instances=1, coalesce=True, misfire_grace_time=None
        )

    def start(self) -> None:
        """Begin to tick on the running event loop."""
        self._scheduler.start()
        self._watch()

    def _watch(self) -> None:
        """Ring at once where the machine's time went back since the next ring was set, by days perhaps."""
        now = SystemClock().now()
        if self._job.next_run_time - now > timedelta(seconds=2 * self._pulse):
            self._job.modify(next_run_time=now)
        self._watching = asyncio.get_running_loop().call_later(self._pulse, self._watch)

    def stop(self) -> None:
        """Tick no more."""
        if self._watching is not None:
            self._watching.cancel()
        self._scheduler.shutdown(wait=False)
