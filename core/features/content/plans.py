"""/plans and /code: what members can have for money, how they stand with it, and the codes that give it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any, Literal

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import folded
from core.domain.plans import (
    ABOUT_LIMIT,
    HOW_LIMIT,
    NAME_LIMIT,
    OPEN,
    PRICE_LIMIT,
    TRIAL_LIMIT,
    Payment,
    PaymentKind,
    Plan,
)
from core.domain.stars import MOST
from core.features.content.coupons import make_coupon, took
from core.features.content.plan_roles import plan_roles
from core.features.content.presents import presenting, took_present
from core.features.content.stars import paying
from core.features.content.stripe import stripe_price
from core.features.content.trials import trying
from core.kit import Context, Length, Markup, Range, Rights, action, command, form
from core.kit.consent import must_serve
from core.kit.declare import Needs
from core.kit.plan_roles import end
from core.kit.plans import Standings, lower_prices, my_plans, plan_with, plan_words, plans_told
from core.kit.words import Rows, one_of
from core.store.payments import coupon_key
from core.store.plans import new_code

PLANS = 20
CODE_DAYS, CODE_USES, CODE_LIFE = 3_650, 10_000, timedelta(days=365)


@command(private=True, needs={Needs.RIGHTS})
async def plans(context: Context) -> Reply:
    """Show what plans there are, and which of them are the caller's."""
    return await _shown(context)


async def _shown(context: Context) -> Reply:
    there = await plans_told(context)
    sold, there = there, await lower_prices(context, there)
    mine, owns = await my_plans(context), context.rights.covers(Rights.OWNER)
    if not there and not owns:
        return Reply(context.t("plans-none"))
    lines = [_line(context, each, mine) for each in there] or [context.t("plans-none-owner")]
    rows = (*await trying(context, there, mine), *paying(context, there, mine), *await presenting(context, sold))
    return Reply(Markup("\n\n".join(lines)), (*rows, *(_managing(context, there) if owns else ())))


def _line(context: Context, plan: Plan, mine: Standings) -> Markup:
    words = plan_words(context, plan)
    if plan.id not in mine:
        return words
    how, until = mine[plan.id]
    if how not in OPEN:
        return Markup(f"{words}\n{context.t('plan-standing-over', how=how.value)}")
    if until is None:
        return Markup(f"{words}\n{context.t('plan-standing', how=how.value)}")
    return Markup(f"{words}\n{context.t('plan-standing-until', how=how.value, until=context.said_moment(until))}")


def _managing(context: Context, there: list[Plan]) -> Rows:
    t = context.t
    rows = one_of(t.plain("plans-choose"), [context.button(each.name, manage_plan, plan=each.id) for each in there])
    return (*rows, (context.button(t.plain("plans-add"), write_plan),))


@form(rights=Rights.OWNER, private=True, hidden=("plan",))
async def write_plan(
    context: Context,
    name: Annotated[str, Length(NAME_LIMIT)],
    price: Annotated[str, Length(PRICE_LIMIT)] = "",
    about: Annotated[str, Length(ABOUT_LIMIT, long=True)] = "",
    how: Annotated[str, Length(HOW_LIMIT, long=True)] = "",
    plan: int = 0,
) -> Reply:
    """Write down a plan as members see it, and show what else can be done with it."""
    tidy = " ".join(name.split())
    there = await plans_told(context)
    if any(folded(each.name) == folded(tidy) and each.id != plan for each in there):
        raise BadInput("error-plan-twice", name=tidy)
    if not plan and len(there) >= PLANS:
        raise BadInput("error-plans-full", limit=PLANS)
    old = await plan_with(context, plan) if plan else Plan(name=tidy)
    said = replace(old, name=tidy, price=" ".join(price.split()), about=about.strip(), how=how.strip())
    if plan:
        await context.unit.plans.save(said)
    else:
        said = replace(said, id=await context.unit.plans.add(context.community.id, said, context.now))
    await context.record("plan", name=tidy)
    return _plan(context, said)


@action(rights=Rights.OWNER, private=True)
async def manage_plan(context: Context, plan: int) -> Reply:
    """Show a plan with what its owner can do."""
    return _plan(context, await plan_with(context, plan))


def _plan(context: Context, plan: Plan) -> Reply:
    t = context.t
    written: dict[str, Any] = {name: getattr(plan, name) or None for name in ("name", "price", "about", "how")}
    rows = (
        (
            context.button(t.plain("plan-change"), write_plan, plan=plan.id, **written),
            context.button(t.plain("plan-code"), make_code, plan=plan.id),
        ),
        (
            context.button(t.plain("plan-place"), plan_places, plan=plan.id),
            context.button(t.plain("plan-role"), plan_roles, plan=plan.id),
        ),
        (
            context.button(t.plain("plan-stars-price"), price_plan, plan=plan.id, **_priced(plan)),
            context.button(t.plain("plan-trial"), trial_plan, plan=plan.id, days=plan.trial_days or None),
        ),
        (
            context.button(t.plain("plan-coupon"), make_coupon, plan=plan.id),
            context.button(t.plain("stripe-price-set"), stripe_price, plan=plan.id),
        ),
        (context.button(t.plain("plan-end"), end_plan, plan=plan.id),),
    )
    return Reply(plan_words(context, plan), rows)


def _priced(plan: Plan) -> dict[str, Any]:
    return {"stars": plan.stars or None, "period": ("month" if plan.monthly else "once") if plan.stars else None}


@form(rights=Rights.OWNER, private=True, hidden=("plan",))
async def price_plan(
    context: Context,
    stars: Annotated[int, Range(0, MOST)],
    period: Literal["month", "once"] = "month",
    plan: int = 0,
) -> Reply:
    """Say for how many Stars members get a plan on Telegram, each month or once for good."""
    old = await plan_with(context, plan)
    priced = replace(old, stars=stars, monthly=period == "month")
    await context.unit.plans.save(priced)
    await context.record("plan-stars", name=priced.name, stars=stars)
    shown = _plan(context, priced)
    if not (old.stars and old.monthly) or (stars, priced.monthly) == (old.stars, old.monthly):
        return shown
    kept = context.t("plan-price-kept", stars=old.stars)
    return Reply(Markup(f"{shown.text}\n{kept}"), shown.buttons)


@form(rights=Rights.OWNER, private=True, hidden=("plan",))
async def trial_plan(context: Context, days: Annotated[int, Range(0, TRIAL_LIMIT)], plan: int = 0) -> Reply:
    """Say for how many days a plan can be tried, once a person."""
    tried = replace(await plan_with(context, plan), trial_days=days)
    await context.unit.plans.save(tried)
    await context.record("plan-trial", name=tried.name, days=days)
    return _plan(context, tried)


@action(rights=Rights.OWNER, private=True)
async def plan_places(context: Context, plan: int) -> Reply:
    """Ask in which group or server everybody has a plan."""
    found, t = await plan_with(context, plan), context.t
    spaces = [each for each in await context.unit.communities.spaces_of(context.community.id) if not each.closed]
    buttons = [context.button(each.title[:60], place_plan, plan=plan, space=each.id) for each in spaces]
    buttons.append(context.button(t.plain("plan-place-none"), place_plan, plan=plan))
    return Reply(t("plan-place-ask", name=found.name), one_of(t.plain("plan-place"), buttons))


@action(rights=Rights.OWNER, private=True)
async def place_plan(context: Context, plan: int, space: int | None = None) -> Reply:
    """Let whoever is in a group or server have a plan, for as long as they are there."""
    found, t = await plan_with(context, plan), context.t
    spaces = {each.id: each for each in await context.unit.communities.spaces_of(context.community.id)}
    if space is not None and space not in spaces:
        raise BadInput("error-plan-gone")
    await context.unit.plans.save(replace(found, space_id=space))
    await context.record("plan", name=found.name)
    if space is None:
        return Reply(t("plan-place-over", name=found.name))
    return Reply(t("plan-place-set", name=found.name, place=spaces[space].title))


@action(rights=Rights.OWNER, private=True)
async def end_plan(context: Context, plan: int) -> Reply:
    """Let nobody get a plan any more; whoever has it keeps it to its end."""
    found = await plan_with(context, plan)
    await end(context.unit, context.community.id, found, context.now)
    over = replace(found, active=False, space_id=None, stars=0, role="", role_space_id=None, trial_days=0)
    await context.unit.plans.save(over)
    await context.unit.plans.drop_codes(plan)
    await context.record("plan-end", name=found.name)
    return Reply(context.t("plan-ended", name=found.name))


@form(rights=Rights.OWNER, private=True, hidden=("plan",))
async def make_code(
    context: Context,
    days: Annotated[int, Range(0, CODE_DAYS)],
    uses: Annotated[int, Range(1, CODE_USES)] = 1,
    plan: int = 0,
) -> Reply:
    """Make a code that gives a plan for some days, to so many members, each once."""
    found = await plan_with(context, plan)
    code = new_code()
    await context.unit.plans.add_code(context.community.id, code, plan, days, uses, context.now + CODE_LIFE)
    await context.record("plan-code", name=found.name, uses=uses)
    return Reply(context.t("plan-code-made", code=code, name=found.name, days=days, uses=uses))


@command(private=True)
async def code(context: Context, code: Annotated[str, Length(80)]) -> Reply:
    """Get a plan with a code, or for less with a coupon, or what was bought with the code that the shop gave."""
    must_serve(context, context.me)
    found = await context.unit.plans.code(context.community.id, code, context.now)
    if found is None:
        return await _claimed(context, code)
    plan, mine = await plan_with(context, found.plan_id), await context.my_accounts()
    key = coupon_key(found.id) if found.percent else f"code:{found.id}:"
    if await context.unit.payments.has(mine, key):
        raise BadInput("error-code-once")
    if not await context.unit.plans.use_code(found.id):
        raise BadInput("error-code")
    if found.percent:
        return await took(context, plan, found)
    until = context.now + timedelta(days=found.days) if found.days else None
    key = f"{key}{context.my_account.id}"
    gift = Payment(key=key, kind=PaymentKind.GIFTED, at=context.now, plan_id=plan.id, until=until, amount=0)
    account = context.my_account.id
    await context.unit.payments.book(context.community.id, key, gift, context.now, account_id=account)
    return await _given(context)


async def _claimed(context: Context, said: str) -> Reply:
    if (present := await context.unit.payments.present_coded(context.community.id, said)) is not None:
        return await took_present(context, present)
    if await context.unit.payments.claim(context.community.id, said, context.my_account.id) is None:
        raise BadInput("error-code")
    return await _given(context)


async def _given(context: Context) -> Reply:
    reply = await _shown(context)
    return Reply(Markup(f"{context.t('code-used')}\n{reply.text}"))
