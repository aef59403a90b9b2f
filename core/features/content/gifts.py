"""/gift: a plan, or an item that is sold alone, for a member, for so many days, with a word to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import Member
from core.domain.plans import OPEN, Payment, PaymentKind, Plan, Standing
from core.kit import Context, Length, Range, Rights, action, command, form
from core.kit.consent import must_serve
from core.kit.ledger_actions import account_of, call_key
from core.kit.plans import plan_name, plan_with, plans_told, sold_alone_told, stand, without_links
from core.kit.words import Rows, name_of, one_of, turn_pages

GIFT_DAYS, WORDS_LIMIT = 3_650, 300
PAGE = 10


@command(rights=Rights.MODERATOR, private=True)
async def gift(context: Context, member: Member) -> Reply:
    """Give a member a plan or an item for some days."""
    must_serve(context, member)
    there, alone = await plans_told(context), await sold_alone_told(context)
    if not there and not alone:
        raise BadInput("error-gift-no-plans")
    if not there:
        return _items(context, member, alone, 1)
    t = context.t
    more = context.button(t.plain("gift-items", count=len(alone)), gift_items, member=f"#{member.id}")
    rows = (*_choice(context, member, there), *(((more,),) if alone else ()))
    return Reply(t("gift-which", name=name_of(t, member), what="plan"), rows)


@action(rights=Rights.MODERATOR, private=True)
async def gift_items(context: Context, member: Member, page: int = 1) -> Reply:
    """Ask which item that is sold alone a member gets."""
    must_serve(context, member)
    if not (there := await sold_alone_told(context)):
        raise BadInput("error-plan-gone")
    return _items(context, member, there, page)


def _items(context: Context, member: Member, there: Sequence[Plan], page: int) -> Reply:
    pages = -(-len(there) // PAGE)
    page = min(max(page, 1), pages)
    rows = _choice(context, member, there[(page - 1) * PAGE : page * PAGE])
    turn = turn_pages(context, gift_items, page, pages, member=f"#{member.id}")
    return Reply(context.t("gift-which", name=name_of(context.t, member), what="item"), (*rows, *turn))


def _choice(context: Context, member: Member, plans: Sequence[Plan]) -> Rows:
    buttons = [context.button(plan_name(each)[:60], give_plan, plan=each.id, member=f"#{member.id}") for each in plans]
    return one_of(context.t.plain("gift-choose"), buttons)


@form(rights=Rights.MODERATOR, private=True, hidden=("plan", "member"))
async def give_plan(
    context: Context,
    days: Annotated[int, Range(0, GIFT_DAYS)],
    plan: int,
    member: Member,
    words: Annotated[str, Length(WORDS_LIMIT, long=True)] = "",
) -> Reply:
    """Let a member have a plan for some days, and tell them."""
    must_serve(context, member)
    found = await plan_with(context, plan)
    if not found.active:
        raise BadInput("error-plan-gone")
    await _must_gain(context, member, found, days)
    account, key = await account_of(context, member), call_key(context, "gift")
    until = context.now + timedelta(days=days) if days else None
    given = Payment(key=key, kind=PaymentKind.GIFTED, at=context.now, plan_id=plan, until=until, amount=0)
    await context.unit.payments.book(context.community.id, key, given, context.now, account_id=account.id)
    await context.record("plan-gift", account, name=found.name, days=days)
    told = await _tell(context, member, found, given, words)
    back = context.button(context.t.plain("gift-back"), take_gift, member=f"#{member.id}", key=key)
    said = context.t("gift-done", name=name_of(context.t, member), plan=plan_name(found), days=days, told=told)
    return Reply(said, ((back,),))


async def _must_gain(context: Context, member: Member, plan: Plan, days: int) -> None:
    """Raise BadInput where a member has a plan already for as long as the gift would last."""
    accounts = [each.id for each in await context.unit.members.accounts_of([member.id])]
    held = await context.unit.payments.of(accounts)
    how, until = stand([plan], held, set(), context.now).get(plan.id, (Standing.NONE, None))
    if how not in OPEN or how is Standing.ROLE:
        return
    if until is None or (days and until >= context.now + timedelta(days=days)):
        end = context.said_day(until) if until else "none"
        raise BadInput("error-gift-less", name=name_of(context.t, member), plan=plan_name(plan), until=end)


async def _tell(context: Context, member: Member, plan: Plan, given: Payment, words: str) -> str:
    """Tell a member what they were given, with these words but for links, and return whether that went out."""
    t = context.texts_for(member)
    said = t(
        "gift-told",
        plan=plan_name(plan),
        community=context.community.name,
        until=context.said_moment(given.until, t) if given.until else "",
        lasts="days" if given.until else "good",
        by=name_of(t, context.me),
        what="plan" if plan.item_id is None else "item",
        worded="yes" if (tidy := without_links(words)) else "no",
        words=tidy,
    )
    return "no" if await context.tell(member, Reply(said)) else "yes"


@action(rights=Rights.MODERATOR, private=True)
async def take_gift(context: Context, member: Member, key: str) -> Reply:
    """Take a gift back: what it opened closes at once."""
    accounts = [each.id for each in await context.unit.members.accounts_of([member.id])]
    mine = [each for each in await context.unit.payments.of(accounts) if each.key == key and key.startswith("gift:")]
    if not mine:
        raise BadInput("error-gift-gone")
    over = Payment(key=f"{key}:over", kind=PaymentKind.EXPIRED, at=context.now)
    account_id = mine[0].account_id
    if await context.unit.payments.book(context.community.id, key, over, context.now, account_id=account_id):
        await context.record("plan-gift-back", await account_of(context, member))
    return Reply(context.t("gift-taken", name=name_of(context.t, member)))
