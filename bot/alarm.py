"""APScheduler as the alarm clock alone: what is due stands in the database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

PULSE = 30  # seconds


class Alarm:
    """Wake `due` every half minute, one call at a time."""

    def __init__(self, due: Callable[[], Awaitable[object]]) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(due, "interval", seconds=PULSE, max_instances=1, coalesce=True)

    def start(self) -> None:
        """Begin to tick on the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        self._scheduler.shutdown(wait=False)
