"""Coupons: codes that lower what a plan costs in Stars, for whoever said one with /code."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.plans import Plan
from core.domain.stars import lowered
from core.features.content.stars import pay_button
from core.kit import Context, Range, Rights, form
from core.kit.plans import lower_prices, plan_name, plan_with, sells_stars, stars_of
from core.store.payments import coupon_key
from core.store.plans import PlanCode, new_code

COUPON_DAYS, COUPON_USES = 365, 10_000


@form(rights=Rights.OWNER, private=True, hidden=("plan",))
async def make_coupon(
    context: Context,
    percent: Annotated[int, Range(1, 99)],
    days: Annotated[int, Range(1, COUPON_DAYS)] = 30,
    uses: Annotated[int, Range(1, COUPON_USES)] = 1,
    plan: int = 0,
) -> Reply:
    """Make a code that lowers a plan's price in Stars, for so many members, until so many days from now."""
    found = await plan_with(context, plan)
    if not found.stars:
        raise BadInput("error-coupon-no-stars", name=found.name)
    code, until = new_code(), context.now + timedelta(days=days)
    await context.unit.plans.add_code(context.community.id, code, plan, 0, uses, until, percent=percent)
    await context.record("plan-coupon", name=found.name, uses=uses, percent=percent)
    said = {"code": code, "name": found.name, "uses": uses, "percent": percent, "until": context.said_moment(until)}
    return Reply(context.t("coupon-made", **said, stars=lowered(found.stars, percent)))


async def took(context: Context, plan: Plan, coupon: PlanCode) -> Reply:
    """Keep a coupon that was just used for the caller, and say what the plan costs them now."""
    key = f"{coupon_key(coupon.id)}{context.my_account.id}"
    await context.unit.payments.hold(context.community.id, key, context.my_account.id, context.now)
    (mine,) = await lower_prices(context, [plan])
    here = sells_stars(context)
    said = context.t(
        "coupon-used",
        name=plan_name(plan),
        before=plan.stars,
        where="here" if here else "there",
        until=context.said_moment(coupon.expires_at),
        **stars_of(mine),
    )
    return Reply(said, ((pay_button(context, mine),),) if here else ())
