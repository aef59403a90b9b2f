"""How Kith is: one JSON object for people and watchdogs, and the same figures for Prometheus."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, Info, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.build import House
from core.store.unit import DatabaseDown

_PATIENCE = 2.0  # seconds until a database that doesn't answer counts as away


@dataclass(slots=True)
class Health:
    """Look at each part of a house."""

    house: House

    async def look(self) -> dict[str, Any]:
        """Return the state of each part, and `status`: ok, or down where a part doesn't work."""
        parts: dict[str, Any] = {
            "platforms": {name: self._platform(name) for name in self.house.platforms},
            "intake": self._intake(),
        }
        kind = self.house.store.url.partition(":")[0].partition("+")[0]
        try:
            backlog, parked = await asyncio.wait_for(self._books(), _PATIENCE)
        except (DatabaseDown, TimeoutError):
            parts["database"] = {"ok": False, "kind": kind}
        else:
            parts["database"] = {"ok": True, "kind": kind}
            parts["outbox"] = {"ok": True, "backlog": backlog, "waiting": sum(backlog.values())}
            parts["parked"] = {"ok": True, "events": parked}
        states = [part for name, part in parts.items() if name != "platforms"]
        well = all(state["ok"] for state in [*states, *parts["platforms"].values()])
        return {"status": "ok" if well else "down", **parts}

    async def _books(self) -> tuple[dict[str, int], int]:
        async with self.house.store.read() as unit:
            return await unit.outbox.backlog(), await unit.parked.count()

    def _platform(self, name: str) -> dict[str, Any]:
        running = name in self.house.running
        return {"ok": running, "state": "running" if running else "stopped"}

    def _intake(self) -> dict[str, Any]:
        intake = self.house.intake
        return {"ok": intake.down_since is None, "waiting": intake.waiting}

    async def health(self, request: Request) -> Response:
        """Answer with 200 where all is well and 503 where not."""
        seen = await self.look()
        return JSONResponse(seen, 200 if seen["status"] == "ok" else 503)

    async def metrics(self, request: Request) -> Response:
        """Answer in Prometheus' text format."""
        return Response(_figures(await self.look(), self.house), media_type="text/plain; version=0.0.4; charset=utf-8")


class _Accepted(Collector):
    def __init__(self, house: House) -> None:
        self._accepted = house.intake.accepted

    def collect(self) -> list[CounterMetricFamily]:
        events = CounterMetricFamily("kith_events", "Events taken in, by what became of them", labels=["outcome"])
        for outcome in ("new", "known", "parked"):
            events.add_metric([outcome], getattr(self._accepted, outcome))
        return [events]


def _figures(seen: dict[str, Any], house: House) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Accepted(house))
    Info("kith_database", "The database in use", registry=registry).info({"kind": seen["database"]["kind"]})
    up = Gauge("kith_part_up", "Whether a part of Kith works", ["part"], registry=registry)
    for part in ("database", "intake"):
        up.labels(part).set(seen[part]["ok"])
    for name, state in seen["platforms"].items():
        up.labels(f"platform:{name}").set(state["ok"])
    waiting = Gauge("kith_intake_waiting_events", "Events that wait for their commit", registry=registry)
    waiting.set(seen["intake"]["waiting"])
    if "outbox" in seen:
        backlog = Gauge("kith_outbox_messages", "Messages to be sent", ["platform"], registry=registry)
        for name in house.platforms:
            backlog.labels(name).set(seen["outbox"]["backlog"].get(name, 0))
        Gauge("kith_parked_events", "Events put aside", registry=registry).set(seen["parked"]["events"])
    return generate_latest(registry)
