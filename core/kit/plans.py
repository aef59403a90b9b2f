"""Plans in words: which the caller has, and how one gets one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.domain.errors import NotFound
from core.domain.plans import OPEN, Payment, Plan, Standing, standing
from core.domain.stars import SELLING, Hash, lowered
from core.kit.context import Context
from core.kit.texts import Markup
from core.store.payments import PLACE_KEY, ROLE_KEY, Entitlement, coupon_key
from core.store.plans import code_of

Standings = dict[int, tuple[Standing, datetime | None]]
NO_CHECKOUT = frozenset({"telegram"})  # where digital goods may not be sold by a link to somewhere else
_LINK = re.compile(r"\S*(?:://|\bwww\.)\S*|\b(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:/\S*)?")


async def my_plans(context: Context) -> Standings:
    """Return how the caller stands with each plan that they have or had, by plan, and until when."""
    mine = await context.my_accounts()
    plans = await context.unit.plans.all(context.community.id)
    places: set[int] = set()
    if any(each.space_id is not None for each in plans):
        there = await context.unit.presences.places([context.me.id])
        places = {space for _, space in there[context.me.id]}
    return stand(plans, await context.unit.payments.of(mine), places, context.now)


def stand(plans: Iterable[Plan], held: Iterable[Entitlement], places: set[int], now: datetime) -> Standings:
    """Return how somebody who is in these spaces stands with each plan: what opens it for longest holds."""
    held, found = list(held), Standings()
    for plan in plans:
        known = [_standing(each, plan.id, now) for each in held]
        if plan.space_id is not None and plan.space_id in places and not _paid_for(held, plan, now):
            known.append((Standing.PLACE, None))
        known = [each for each in known if each[0] is not Standing.NONE]
        if known:
            found[plan.id] = max(known, key=lambda each: (each[0] in OPEN, each[1] is None, each[1] or now))
    return found


def _paid_for(held: Iterable[Entitlement], plan: Plan, now: datetime) -> bool:
    """Say whether it is known until when somebody paid for being where they have a plan."""
    mine = (each for each in held if each.key.startswith(PLACE_KEY))
    return any(standing(each.payments, plan.id, now)[0] in OPEN for each in mine)


def _standing(held: Entitlement, plan_id: int, now: datetime) -> tuple[Standing, datetime | None]:
    how, until = standing(held.payments, plan_id, now)
    return Standing.ROLE if how is Standing.GIFTED and held.key.startswith(ROLE_KEY) else how, until


def opened(found: Standings) -> frozenset[int]:
    """Return the plans that somebody has now."""
    return frozenset(plan_id for plan_id, (how, _) in found.items() if how in OPEN)


async def plan_with(context: Context, plan_id: int) -> Plan:
    """Return a plan by its id; raise NotFound where there is none."""
    if (found := await context.unit.plans.get(context.community.id, plan_id)) is None:
        raise NotFound("error-plan-gone")
    return found


async def plans_told(context: Context) -> list[Plan]:
    """Return the plans that one can have, but for those of one item alone, which stand on its card."""
    there = await context.unit.plans.all(context.community.id)
    return [each for each in there if each.active and each.item_id is None]


async def sold_alone_told(context: Context) -> list[Plan]:
    """Return what items alone are sold by that one can have, by the items' titles."""
    there = await context.unit.plans.all(context.community.id)
    return sorted((each for each in there if each.active and each.item_id is not None), key=lambda each: each.name)


async def lower_prices(context: Context, plans: Sequence[Plan]) -> list[Plan]:
    """Return plans with what they cost the caller in Stars, by the best coupon that they used and that still holds."""
    sold = {each.id for each in plans if each.stars}
    coupons = await context.unit.plans.coupons(context.community.id, context.now) if sold else []
    off: dict[int, int] = {}
    mine = await context.my_accounts() if coupons else []
    for each in coupons:
        if each.plan_id in sold - off.keys() and await context.unit.payments.has(mine, coupon_key(each.id)):
            off[each.plan_id] = each.percent
    return [replace(each, stars=lowered(each.stars, off[each.id])) if each.id in off else each for each in plans]


def plan_words(context: Context, plan: Plan) -> Markup:
    """Return a plan's name and price, and how one gets it: without a link where none to a checkout may stand."""
    t = context.t
    lines = [t("plan-named", **_named(context, plan))]
    lines += [t("plan-text", text=text) for text in (_here(context, plan.about),) if text]
    return Markup("\n".join([*lines, *_ways(context, plan)]))


def _ways(context: Context, plan: Plan) -> list[Markup]:
    """Return how one gets a plan where the caller reads it."""
    how, ways = _here(context, plan.how), []
    if plan.trial_days:
        ways.append(context.t("plan-trial-for", days=plan.trial_days))
    if plan.stars:
        where = "here" if sells_stars(context) else "there"
        ways.append(context.t("plan-stars", where=where, **stars_of(plan)))
    if how:
        ways.append(context.t("plan-how", how=how))
    return ways or [context.t("plan-how-ask")]


def sells_stars(context: Context) -> bool:
    """Say whether the caller can pay with Stars where they are."""
    return context.account is not None and context.account.platform in SELLING


def stars_of(plan: Plan) -> dict[str, Any]:
    """Return what a plan costs in Stars, for the catalogues."""
    return {"stars": plan.stars, "period": "month" if plan.monthly else "once"}


def plan_name(plan: Plan) -> str:
    """Return what a plan is called, without a link."""
    return _LINK.sub("…", plan.name)


def present_code(hashed: Hash, paid: Payment) -> str:
    """Return the code of what was paid for somebody else."""
    return code_of(hashed("present", paid.key))


def alone(context: Context, plan: Plan) -> Markup:
    """Return in a line how one gets the one item that a plan is of, empty where nobody said how."""
    if not (plan.price or plan.how or plan.stars or plan.trial_days):
        return Markup("")
    return Markup(" ".join([context.t("item-alone", **_named(context, plan)), *_ways(context, plan)]))


def how_to_get(context: Context, plan: Plan) -> Markup:
    """Return in a line that a plan is missing, and how one gets it."""
    if plan.item_id is not None:
        return alone(context, plan) or context.t("plan-how-ask")
    return Markup(" ".join([context.t("item-needs-plan", **_named(context, plan)), *_ways(context, plan)]))


def _named(context: Context, plan: Plan) -> dict[str, str]:
    price = _here(context, plan.price)
    return {"name": plan_name(plan), "price": price, "priced": "yes" if price else "no"}


def _here(context: Context, text: str) -> str:
    """Return what an owner wrote of a plan as it may stand where the caller reads it."""
    if context.account is None or context.account.platform not in NO_CHECKOUT:
        return text
    return without_links(text)


def without_links(text: str) -> str:
    """Return what is left of a text without its sentences that hold a link."""
    parts = re.split(r"(?<=[.!?])\s+|(?<=[。！？])|\n", text)  # a sentence that pointed at a link is nothing without it
    return " ".join(each for each in parts if each and not _LINK.search(each)).strip()
