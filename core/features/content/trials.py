"""Trials of plans: one button in /plans, once a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import served
from core.domain.plans import Payment, PaymentKind, Plan
from core.kit import Context, action
from core.kit.consent import must_serve
from core.kit.plans import Standings, my_plans, plan_name, plan_with
from core.kit.words import Rows, one_of


async def trying(context: Context, plans: Sequence[Plan], mine: Standings) -> Rows:
    """Return buttons that begin trials, of the plans that the caller never had."""
    if not served(context.me):
        return ()
    new = [each for each in plans if each.trial_days and each.id not in mine and not await _tried(context, each)]
    t = context.t
    buttons = [
        context.button(t.plain("trial-begin", name=plan_name(each), days=each.trial_days), try_plan, plan=each.id)
        for each in new
    ]
    return one_of(t.plain("trial-choose"), buttons)


@action(private=True)
async def try_plan(context: Context, plan: int) -> Reply:
    """Let the caller try a plan for some days, once a person."""
    must_serve(context, context.me)
    found = await plan_with(context, plan)
    if not (found.active and found.trial_days):
        raise BadInput("error-plan-gone")
    if plan in await my_plans(context) or await _tried(context, found):
        raise BadInput("error-trial-once", name=plan_name(found))
    until = context.now + timedelta(days=found.trial_days)
    for key, account_id in (await _keys(context, found)).items():
        trial = Payment(key=key, kind=PaymentKind.TRIAL, at=context.now, plan_id=plan, until=until, amount=0)
        await context.unit.payments.book(context.community.id, key, trial, context.now, account_id=account_id)
    return Reply(context.t("trial-begun", name=plan_name(found), until=context.said_moment(until)))


async def _tried(context: Context, plan: Plan) -> bool:
    return bool(await context.unit.payments.known(await _keys(context, plan)))


async def _keys(context: Context, plan: Plan) -> dict[str, int]:
    """Return under what a trial is kept, by account of the caller: a keyed hash, which outlives an erasure."""
    accounts = await context.unit.members.accounts_of([context.me.id])
    hashed = context.erasure_hash
    return {f"trial:{plan.id}:{hashed(f'trial:{each.platform}', each.external_id)}": each.id for each in accounts}
