"""Heavy work on a Dask cluster, where one machine is outgrown: Kith must be installed on its workers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

AT_ONCE = 8  # pieces of heavy work on their way; the cluster decides who does which
PATIENCE = 10.0  # seconds until a cluster that doesn't answer counts as away


class Cluster(Executor):
    """A Dask cluster by the address of its scheduler, called first when there is work.

    What can't be done because the cluster is away, or its workers were killed, fails with BrokenExecutor.
    """

    at_once = AT_ONCE

    def __init__(self, address: str) -> None:
        self._address = address
        self._threads = ThreadPoolExecutor(AT_ONCE, "cluster")  # which wait, so that the event loop need not
        self._lock = Lock()
        self._client: Any = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Begin work; raise RuntimeError after `shutdown`."""
        return self._threads.submit(self._compute, fn, args, kwargs)

    def _compute(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        # Loaded where it is used: the extra `cluster` brings it.
        from distributed.client import FutureCancelledError  # noqa: PLC0415
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        try:
            # Not pure: the same work may be wanted again, of a database that moved on.
            return self._connected().get_executor(pure=False).submit(fn, *args, **kwargs).result()
        except (KilledWorker, FutureCancelledError, OSError) as error:
            self._let_go()
            raise BrokenExecutor(f"the cluster at {self._address} could not do it: {error}") from error

    def _connected(self) -> Any:
        from distributed import Client  # noqa: PLC0415  as above

        with self._lock:
            if self._client is None or self._client.status not in {"running", "connecting"}:
                # It has no types.
                self._client = Client(self._address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
            return self._client

    def _let_go(self) -> None:
        with self._lock:
            if self._client is not None and self._client.status != "running":
                self._client = None

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work, and leave the cluster."""
        with self._lock:
            if self._client is not None:
                self._client.close(timeout=PATIENCE if wait else 1)
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
