"""How Kith is: one JSON object for people and watchdogs, and the same figures for Prometheus."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, Info, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.build import House
from core.domain.pulse import Pulse
from core.store.unit import DatabaseDown

_PATIENCE = 2.0  # seconds until a database that doesn't answer counts as away
_OVERDUE = timedelta(minutes=2)  # past which a message that should have gone says that none goes
_SILENT = timedelta(minutes=10)  # past which tasks that are looked at every second have come to a stop


@dataclass(slots=True)
class Health:
    """Look at each part of a house, and remember when the database last answered."""

    house: House
    database: Pulse = field(default_factory=Pulse)

    async def look(self) -> dict[str, Any]:
        """Return the state of each part, and `status`: ok, degraded where one fails since a moment, else down."""
        house, now = self.house, self.house.clock.now()
        parts: dict[str, Any] = {
            "platforms": {name: self._platform(name) for name in house.platforms},
            "intake": _state(house.intake.pulse, now, waiting=house.intake.waiting),
        }
        kind = house.store.url.partition(":")[0].partition("+")[0]
        tasks: dict[str, int] = {}
        try:
            backlog, parked, due, tasks = await asyncio.wait_for(self._books(now), _PATIENCE)
        except (DatabaseDown, TimeoutError) as error:
            self.database.failed(now, type(error).__name__)
        else:
            self.database.worked(now)
            overdue = {name for name, at in due.items() if at is not None and now - at > _OVERDUE}
            sent = [pulse.worked_at for each in house.deliverers.values() if (pulse := each.pulse).worked_at]
            parts["outbox"] = {"ok": not overdue, "last_success": _iso(max(sent, default=None))}
            parts["outbox"] |= {"backlog": backlog, "waiting": sum(backlog.values())}
            if overdue:
                parts["outbox"]["why"] = f"nothing goes to {', '.join(sorted(overdue))}"
            parts["parked"] = {"ok": True, "events": parked}
        parts["database"] = _state(self.database, kind=kind)
        if house.engine.pulse.worked_at or not house.engine.pulse.well:
            parts["tasks"] = self._tasks(now) | tasks
            parts["worker"] = _state(house.engine.worker, killed=house.engine.worker.failures)
        states = [part for name, part in parts.items() if name != "platforms"] + [*parts["platforms"].values()]
        fails = any("failing_since" in state for state in states)
        well = all(state["ok"] for state in states)
        return {"status": "down" if not well else "degraded" if fails else "ok", **parts}

    async def _books(self, now: datetime) -> tuple[dict[str, int], int, dict[str, datetime | None], dict[str, int]]:
        async with self.house.store.read() as unit:
            due = {name: await unit.outbox.next_due(name) for name in self.house.platforms}
            return await unit.outbox.backlog(), await unit.parked.count(), due, await unit.tasks.counts()

    def _platform(self, name: str) -> dict[str, Any]:
        pulse, now = self.house.platforms[name].pulse, self.house.clock.now()
        state = _state(pulse, now)
        if name not in self.house.running:
            return state | {"ok": False, "state": "stopped"}
        if not pulse.well:
            return state | {"state": "unreachable" if pulse.out(now) else "faltering"}
        return state | {"ok": pulse.worked_at is not None, "state": _STATES[pulse.worked_at is not None]}

    def _tasks(self, now: datetime) -> dict[str, Any]:
        pulse = self.house.engine.pulse
        state = _state(pulse, now)
        if pulse.well and pulse.worked_at is not None and now - pulse.worked_at > _SILENT:
            state |= {"ok": False, "why": "nothing was looked at since"}
        return state

    async def health(self, request: Request) -> Response:
        """Answer with 503 where a part is down, else with 200."""
        seen = await self.look()
        return JSONResponse(seen, 503 if seen["status"] == "down" else 200)

    async def metrics(self, request: Request) -> Response:
        """Answer in Prometheus' text format."""
        return Response(_figures(await self.look(), self.house), media_type="text/plain; version=0.0.4; charset=utf-8")


_STATES = {False: "connecting", True: "running"}


def _state(pulse: Pulse, now: datetime | None = None, **more: Any) -> dict[str, Any]:
    """Tell of a part; with `now` a failure of a moment is told, and no outage."""
    well = pulse.well if now is None else not pulse.out(now)
    state = {"ok": well, "last_success": _iso(pulse.worked_at)}
    if not pulse.well:
        state |= {"failing_since": _iso(pulse.failed_at), "why": pulse.why}
    return state | more


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")


class _Accepted(Collector):
    def __init__(self, house: House) -> None:
        self._accepted = house.intake.accepted

    def collect(self) -> list[CounterMetricFamily]:
        events = CounterMetricFamily("kith_events", "Events taken in, by what became of them", labels=["outcome"])
        for outcome in ("new", "known", "parked"):
            events.add_metric([outcome], getattr(self._accepted, outcome))
        return [events]


def _parts(seen: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, state in seen.items():
        if name == "platforms":
            yield from ((f"platform:{platform}", each) for platform, each in state.items())
        elif isinstance(state, dict):
            yield name, state


def _figures(seen: dict[str, Any], house: House) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Accepted(house))
    Info("kith_database", "The database in use", registry=registry).info({"kind": seen["database"]["kind"]})
    up = Gauge("kith_part_up", "Whether a part of Kith works", ["part"], registry=registry)
    last = Gauge("kith_part_last_success_timestamp_seconds", "When a part last worked", ["part"], registry=registry)
    for part, state in _parts(seen):
        up.labels(part).set(state["ok"])
        if (at := state.get("last_success")) is not None:
            last.labels(part).set(datetime.fromisoformat(at).timestamp())
    if "worker" in seen:
        killed = Gauge("kith_worker_killed", "How often the process for heavy work was killed", registry=registry)
        killed.set(seen["worker"]["killed"])
    if "tasks" in seen:
        tasks = Gauge("kith_tasks", "Tasks that wait, and those that were given up", ["state"], registry=registry)
        for each in ("waiting", "failed"):
            tasks.labels(each).set(seen["tasks"].get(each, 0))
    waiting = Gauge("kith_intake_waiting_events", "Events that wait for their commit", registry=registry)
    waiting.set(seen["intake"]["waiting"])
    if "outbox" in seen:
        backlog = Gauge("kith_outbox_messages", "Messages to be sent", ["platform"], registry=registry)
        for name in house.platforms:
            backlog.labels(name).set(seen["outbox"]["backlog"].get(name, 0))
        Gauge("kith_parked_events", "Events put aside", registry=registry).set(seen["parked"]["events"])
    return generate_latest(registry)
