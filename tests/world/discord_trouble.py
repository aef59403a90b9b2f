"""What goes wrong with Discord and on the wire: errors, limits, calls that are cut, sockets that drop."""

from __future__ import annotations

import asyncio

from simcord.backend.models import User

from tests.world.discord_parts import Fault, Id, Part, id_of


class Trouble(Part):
    """Let requests fail, wait and be lost."""

    def fail(
        self, method: str, path: str, status: int, *, code: int = 0, text: str = "", times: int | None = 1
    ) -> Fault:
        fault = Fault(method, path, status, {"code": code, "message": text or str(status)}, {}, times)
        self.faults.append(fault)
        return fault

    def limit(
        self,
        method: str,
        path: str,
        retry_after: float,
        *,
        everywhere: bool = False,
        times: int | None = 1,
    ) -> Fault:
        """Answer 429 as Discord does, for one route or for the whole bot."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
        headers = {
            "Retry-After": str(int(retry_after) + 1),
            "X-RateLimit-Scope": "global" if everywhere else "user",
        }
        if everywhere:
            headers["X-RateLimit-Global"] = "true"
        fault = Fault(method, path, 429, body, headers, times)
        self.faults.append(fault)
        return fault

    def cut_call(self, method: str, path: str, *, after: bool, times: int | None = 1) -> Fault:
        """Hang up on a request: before it has an effect, or after, so that its answer is lost."""
        fault = Fault(method, path, 0, {}, {}, times, cut=True, after=after)
        self.faults.append(fault)
        return fault

    def hold(self, method: str, path: str) -> asyncio.Event:
        """Let such requests wait until the event is set."""
        fault = Fault(method, path, 0, {}, {}, None, hold=asyncio.Event())
        self.faults.append(fault)
        assert fault.hold is not None
        return fault.hold

    def block_dms(self, user: User | Id) -> None:
        self.unreachable.add(id_of(user))

    def drop_sockets(self, code: int | None = None) -> None:
        self.gateway.cut(code)

    def forget_sessions(self) -> None:
        self.gateway.forget()
