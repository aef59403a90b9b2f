"""The plans of a community, and the codes that give one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from core.domain.people import folded
from core.domain.plans import Plan
from core.store.rows import Aggregate
from core.store.tables.catalogue import items
from core.store.tables.plans import plan_codes, plans

_WRITTEN = (
    "name",
    "about",
    "price",
    "how",
    "space_id",
    "active",
    "stars",
    "monthly",
    "role",
    "role_space_id",
    "trial_days",
    "item_id",
)


@dataclass(frozen=True, slots=True)
class PlanCode:
    """A code that may still be used: which plan it gives, for how many days (0: for ever).

    One with `percent` is a coupon: it gives nothing, and lowers the plan's price in Stars until `expires_at`.
    """

    id: int
    plan_id: int
    days: int
    percent: int
    expires_at: datetime


_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LONG = 12  # letters: nobody guesses one of 32 ** 12


def new_code() -> str:
    """Return a code that nobody guesses."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(_LONG // 4))


def code_of(digits: str) -> str:
    """Return the code that hexadecimal digits which nobody guesses stand for, two for a letter."""
    letters = [_LETTERS[int(digits[place : place + 2], 16) % len(_LETTERS)] for place in range(0, 2 * _LONG, 2)]
    return "-".join("".join(letters[place : place + 4]) for place in range(0, _LONG, 4))


def code_hash(code: str) -> str:
    """Return under what a code is kept, however it is written."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


class Plans(Aggregate):
    """Keep plans and their codes."""

    async def add(self, community_id: int, plan: Plan, now: datetime) -> int:
        """Write a new plan and return its id."""
        values = {**_values(plan), "community_id": community_id, "created_at": now}
        return int((await self._connection.execute(insert(plans).values(values).returning(plans.c.id))).scalar_one())

    async def save(self, plan: Plan) -> None:
        """Write what may change of a plan."""
        await self._connection.execute(update(plans).where(plans.c.id == plan.id).values(_values(plan)))

    async def all(self, community_id: int) -> list[Plan]:
        """Return a community's plans, those that nobody gets any more too, the oldest first."""
        found = (
            select(plans, items.c.title)
            .outerjoin(items, items.c.id == plans.c.item_id)
            .where(plans.c.community_id == community_id)
            .order_by(plans.c.id)
        )
        rows = await self._connection.execute(found)
        return [replace(_plan(row), name=row.title or row.name) for row in rows]

    async def of_item(self, community_id: int, item_id: int) -> Plan | None:
        """Return what an item alone is sold by, None where it isn't."""
        return next((each for each in await self.all(community_id) if each.item_id == item_id), None)

    async def get(self, community_id: int, plan_id: int) -> Plan | None:
        """Return a community's plan by its id."""
        return next((each for each in await self.all(community_id) if each.id == plan_id), None)

    async def community_of(self, plan_ids: Collection[int]) -> dict[int, int]:
        """Return in which communities plans are now, by plan: those of communities that joined moved."""
        found = select(plans.c.id, plans.c.community_id).where(plans.c.id.in_(plan_ids))
        return {row.id: row.community_id for row in await self._connection.execute(found)}

    async def with_roles(self, space_ids: Collection[int]) -> dict[int, list[Plan]]:
        """Return the plans that come with a role of these spaces, by space."""
        found: dict[int, list[Plan]] = {}
        for row in await self._connection.execute(select(plans).where(plans.c.role_space_id.in_(space_ids))):
            found.setdefault(row.role_space_id, []).append(_plan(row))
        return found

    async def named(self, community_id: int, name: str) -> Plan | None:
        """Return a community's plan by its name, one that can be had first; none that is of one item alone."""
        there = [each for each in await self.all(community_id) if each.item_id is None]
        same = [each for each in there if folded(each.name) == folded(name)]
        return next((each for each in same if each.active), same[0] if same else None)

    async def add_code(
        self,
        community_id: int,
        code: str,
        plan_id: int,
        days: int,
        uses: int,
        expires_at: datetime,
        *,
        percent: int = 0,
    ) -> None:
        """Keep the hash of a code that so many may use until a time; one with `percent` is a coupon."""
        values = {"community_id": community_id, "plan_id": plan_id, "days": days, "left": uses, "percent": percent}
        await self._connection.execute(
            insert(plan_codes).values(**values, code_hash=code_hash(code), expires_at=expires_at)
        )

    async def code(self, community_id: int, code: str, now: datetime) -> PlanCode | None:
        """Return a code that may still be used, None for any other."""
        found = select(plan_codes).where(
            plan_codes.c.community_id == community_id,
            plan_codes.c.code_hash == code_hash(code),
            plan_codes.c.left > 0,
            plan_codes.c.expires_at > now,
        )
        row = (await self._connection.execute(found)).first()
        return None if row is None else _code(row)

    async def coupons(self, community_id: int, now: datetime) -> list[PlanCode]:
        """Return a community's coupons that still hold, used up or not, those that lower a price most first."""
        found = select(plan_codes).where(
            plan_codes.c.community_id == community_id, plan_codes.c.percent > 0, plan_codes.c.expires_at > now
        )
        return [_code(row) for row in await self._connection.execute(found.order_by(plan_codes.c.percent.desc()))]

    async def use_code(self, code_id: int) -> bool:
        """Use a code once; return False where nothing is left of it."""
        used = update(plan_codes).where(plan_codes.c.id == code_id, plan_codes.c.left > 0)
        return (await self._connection.execute(used.values(left=plan_codes.c.left - 1))).rowcount == 1

    async def drop_codes(self, plan_id: int) -> None:
        """Let no code give a plan any more."""
        await self._connection.execute(delete(plan_codes).where(plan_codes.c.plan_id == plan_id))


def _code(row: Any) -> PlanCode:
    return PlanCode(**{each: getattr(row, each) for each in ("id", "plan_id", "days", "percent", "expires_at")})


def _plan(row: Any) -> Plan:
    return Plan(id=row.id, **{name: getattr(row, name) for name in _WRITTEN})


def _values(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in _WRITTEN}
