"""Presents: plans that members pay for others with Stars, to hand to one person, who takes them with one press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import Member, served
from core.domain.plans import OPEN, Payment, PaymentKind, Plan, Standing
from core.domain.stars import OFFERED, Offer
from core.features.content.stars import invoiced
from core.kit import Context, Markup, action, form
from core.kit.consent import must_serve
from core.kit.plans import my_plans, plan_name, plan_with, plans_told, present_code, sells_stars, stars_of
from core.kit.words import Rows, name_of, one_of
from core.store.payment_batch import PRESENT_KEY
from core.store.payments import Present

SHOWN = 10  # presents, the latest


async def presenting(context: Context, plans: Sequence[Plan]) -> Rows:
    """Return buttons that pay a plan for somebody else, and that show what the caller paid so."""
    t, rows = context.t, []
    if sells_stars(context) and any(each.stars for each in plans) and served(context.me):
        rows.append((context.button(t.plain("present-open"), choose_present),))
    if count := len(await _waiting(context)):
        rows.append((context.button(t.plain("presents-open", count=count), show_presents),))
    return tuple(rows)


@action(private=True)
async def choose_present(context: Context) -> Reply:
    """Ask which plan the caller wants to pay for somebody else."""
    must_serve(context, context.me)
    t = context.t
    sold = [each for each in await plans_told(context) if each.stars]
    buttons = [
        context.button(t.plain("present-plan", name=plan_name(each), **stars_of(each)), pay_present, plan=each.id)
        for each in sold
    ]
    return Reply(t("present-which"), one_of(t.plain("present-choose"), buttons))


@action(private=True)
async def pay_present(context: Context, plan: int) -> Reply:
    """Offer a plan for Stars to the caller, to give to somebody else."""
    must_serve(context, context.me)
    found = await plan_with(context, plan)
    if not (found.active and found.stars):
        raise BadInput("error-plan-gone")
    name, cost = plan_name(found), stars_of(found)
    if not sells_stars(context):
        raise BadInput("error-stars-elsewhere", name=name)
    offer = Offer(found.id, found.stars, found.monthly, context.now + OFFERED, present=True)
    about = context.t.plain("present-about", name=name, community=context.community.name, **cost)
    return Reply(context.t("present-offer", name=name, **cost), ((invoiced(context, offer, name, about),),))


async def _waiting(context: Context) -> list[Present]:
    """Return what the caller paid for others that nobody took yet, the latest."""
    there = await context.unit.payments.presents_of(await context.my_accounts())
    return [each for each in there if each.account_id is None][-SHOWN:]


@action(private=True)
async def show_presents(context: Context) -> Reply:
    """Show the presents that the caller can hand to somebody."""
    return await _shown(context)


async def _shown(context: Context) -> Reply:
    t, there = context.t, await _waiting(context)
    if not there:
        return Reply(t("presents-none"))
    plans = {each.id: plan_name(each) for each in await context.unit.plans.all(context.community.id)}
    lines, buttons = [t("presents-title")], []
    for number, each in enumerate(there, 1):
        name, code = plans.get(each.payment.plan_id or 0, "?"), present_code(context.erasure_hash, each.payment)
        lines.append(t("present-line", number=number, name=name, days=_days(each.payment), code=code))
        buttons.append(context.button(t.plain("present-hand", number=number, name=name), hand_present, present=each.id))
    return Reply(Markup("\n".join(lines)), one_of(t.plain("present-hand-choose"), buttons))


@form(private=True, hidden=("present",))
async def hand_present(context: Context, member: Member, present: int) -> Reply:
    """Tell a member of a present, which they take with one press; until they do it stays the caller's."""
    must_serve(context, member)
    found = next((each for each in await _waiting(context) if each.id == present), None)
    if found is None:
        raise BadInput("error-present-gone")
    t, plan = context.texts_for(member), await plan_with(context, found.payment.plan_id or 0)
    by, name = name_of(t, context.me), plan_name(plan)
    said = t("present-told", by=by, name=name, community=context.community.name, days=_days(found.payment))
    take = context.button(t.plain("present-take"), take_present, present=present)
    if await context.tell(member, Reply(said, ((take,),))):
        code = present_code(context.erasure_hash, found.payment)
        return Reply(context.t("present-unreachable", name=name_of(context.t, member), code=code))
    return Reply(context.t("present-handed", name=name_of(context.t, member)))


@action(private=True)
async def take_present(context: Context, present: int) -> Reply:
    """Take what somebody paid for the caller."""
    found = await context.unit.payments.present(context.community.id, present)
    if found is None:
        raise BadInput("error-present-gone")
    return await took_present(context, found)


async def took_present(context: Context, found: Present) -> Reply:
    """Give the caller a present; it begins when what they have of the plan ends."""
    must_serve(context, context.me)
    plan = await plan_with(context, found.payment.plan_id or 0)
    starts = await _starts(context, plan)
    paid, now = found.payment, context.now
    until = None if paid.until is None else starts + (paid.until - paid.at)
    key = f"{PRESENT_KEY}{paid.key}"
    payment = Payment(key=key, kind=PaymentKind.GIFTED, at=now, plan_id=plan.id, until=until, amount=0)
    await context.unit.payments.take_present(context.community.id, found, payment, context.my_account.id, now)
    lasts, end = ("days", context.said_moment(until)) if until else ("good", "")
    return Reply(context.t("present-taken", name=plan_name(plan), lasts=lasts, until=end))


async def _starts(context: Context, plan: Plan) -> datetime:
    """Return when a present of a plan begins to count; raise BadInput where the caller would gain nothing by it."""
    how, until = (await my_plans(context)).get(plan.id, (Standing.NONE, None))
    if how not in OPEN:
        return context.now
    if until is None or how is Standing.ACTIVE:
        raise BadInput("error-present-yours", name=plan_name(plan))
    return until


def _days(paid: Payment) -> int:
    return 0 if paid.until is None else (paid.until - paid.at).days
