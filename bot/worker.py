"""The process that does heavy work, and another one in its place when it was killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from threading import Lock, Thread
from typing import Any


class Worker(Executor):
    """One process, started with the first work. What it was at when it was killed fails with BrokenExecutor."""

    at_once = 1

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()
        self._closed = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Begin work, in a new process where the last one is gone; raise RuntimeError after `shutdown`."""
        with self._lock:
            if self._closed:
                raise RuntimeError("no work is taken any more")
            if self._pool is not None:
                try:
                    return self._pool.submit(fn, *args, **kwargs)
                except BrokenExecutor:
                    self._pool.shutdown(wait=False)
            # A fork would take the event loop's threads and locks along half-way through whatever they do.
            spawning = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, spawning, initializer=_begin)
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work."""
        with self._lock:
            self._closed = True
            if self._pool is not None:
                self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _begin() -> None:
    """Let Ctrl+C end the parent alone, which ends this process in order; where the parent is killed, end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
