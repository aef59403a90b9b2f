"""What the parts of a loopback Discord share."""

from __future__ import annotations

import asyncio
import fnmatch
from dataclasses import dataclass
from typing import Any

from tests.world.discord_backend import WithPosts
from tests.world.discord_gateway import Gateway

Id = int | str


@dataclass(frozen=True)
class Call:
    """One REST request and the status it was answered with (0: the wire was cut)."""

    method: str
    path: str
    body: Any
    files: tuple[str, ...]
    status: int


@dataclass
class Fault:
    """What to answer instead of the truth, `times` times (None: always)."""

    method: str
    path: str
    status: int
    body: dict[str, Any]
    headers: dict[str, str]
    times: int | None
    cut: bool = False
    after: bool = False
    hold: asyncio.Event | None = None

    def takes(self, method: str, path: str) -> bool:
        return self.times != 0 and self.method in (method, "*") and fnmatch.fnmatchcase(path, self.path)

    def spend(self) -> None:
        if self.times is not None:
            self.times -= 1


def id_of(thing: Any) -> int:
    return int(getattr(thing, "id", thing))


class Part:
    """What every part of the server reaches: the state machine, the gateway, what was asked, what goes wrong."""

    backend: WithPosts
    gateway: Gateway
    calls: list[Call]
    faults: list[Fault]
    unreachable: set[int]
