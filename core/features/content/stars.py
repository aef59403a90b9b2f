"""/paysupport, /terms and /refund: plans that are paid with Telegram's Stars, and how they are given back."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.errors import BadInput
from core.domain.message import Button, Invoice, Reply
from core.domain.outgoing import Refund
from core.domain.people import Member
from core.domain.plans import OPENING, STARS, Payment, PaymentKind, Plan, Standing, refunded, said_amount
from core.domain.stars import OFFERED, Offer, payload_of
from core.kit import Context, Markup, Rights, action, command
from core.kit.consent import must_serve
from core.kit.plans import Standings, lower_prices, my_plans, plan_name, plan_with, sells_stars, stars_of
from core.kit.words import Rows, name_of, one_of
from core.store.outbox import REFUND, OutboxRow
from core.store.payments import Entitlement, stars_key

TITLE, ABOUT = 32, 255  # characters of an invoice, as Telegram takes them
SHOWN = 10  # payments, the latest


def paying(context: Context, plans: Sequence[Plan], mine: Standings) -> Rows:
    """Return buttons that get plans for Stars, where there are Stars and the caller lacks the plan."""
    if not sells_stars(context):
        return ()
    sold = [each for each in plans if each.stars and not _has(each, mine)]
    return one_of(context.t.plain("stars-choose"), [pay_button(context, each) for each in sold])


def pay_button(context: Context, plan: Plan) -> Button:
    """Return a button that gets a plan for Stars."""
    return context.button(context.t.plain("stars-get", name=plan_name(plan), **stars_of(plan)), pay_plan, plan=plan.id)


def _has(plan: Plan, mine: Standings) -> bool:
    """Say whether there is nothing of a plan left to pay for: it is renewed by itself, or open for good."""
    how, until = mine.get(plan.id, (Standing.NONE, None))
    return how is Standing.ACTIVE if plan.monthly else how is Standing.ACTIVE and until is None


@action(private=True)
async def pay_plan(context: Context, plan: int) -> Reply:
    """Offer a plan for Stars to the caller alone."""
    must_serve(context, context.me)
    (found,) = await lower_prices(context, [await plan_with(context, plan)])
    if not (found.active and found.stars):
        raise BadInput("error-plan-gone")
    if not sells_stars(context):
        raise BadInput("error-stars-elsewhere", name=found.name)
    if _has(found, await my_plans(context)):
        raise BadInput("error-plan-yours", name=plan_name(found))
    offer = Offer(found.id, found.stars, found.monthly, context.now + OFFERED)
    name, cost = plan_name(found), stars_of(found)
    about = context.t.plain("stars-about", name=name, community=context.community.name, **cost)
    return Reply(context.t("stars-offer", name=name, **cost), ((invoiced(context, offer, name, about),),))


def invoiced(context: Context, offer: Offer, name: str, about: str) -> Button:
    """Return a button that pays an offer, which the caller alone can press."""
    account = context.my_account
    invoice = Invoice(
        title=name[:TITLE],
        about=about[:ABOUT],
        payload=payload_of(offer, account.platform, account.external_id, context.erasure_hash),
        stars=offer.stars,
        monthly=offer.renews,
    )
    return Button(context.t.plain("stars-pay", stars=offer.stars), invoice=invoice)


@command(private=True, leavers=True)
async def paysupport(context: Context) -> Reply:
    """Say whom to ask about a payment, with what the caller paid in Stars."""
    t = context.t
    paid = _paid(await context.unit.payments.of(await context.my_accounts()))
    lines = [t("paysupport", community=context.community.name)]
    lines += [t("paysupport-paid")] if paid else []
    return Reply(Markup("\n".join([*lines, *(await _lines(context, paid))])))


@command(private=True, leavers=True)
async def terms(context: Context) -> Reply:
    """Say what one buys with Stars, how it is renewed, cancelled and given back."""
    return Reply(context.t("terms", community=context.community.name))


@command(rights=Rights.MODERATOR, private=True)
async def refund(context: Context, member: Member) -> Reply:
    """Show what a member paid in Stars, to give it back."""
    accounts = [each.id for each in await context.unit.members.accounts_of([member.id])]
    paid = _paid(await context.unit.payments.of(accounts))
    if not paid:
        return Reply(context.t("refund-none", name=name_of(context.t, member)))
    left = [(number, each) for number, (each, back) in enumerate(paid, 1) if not back]
    buttons = [
        context.button(
            context.t.plain("refund-one", number=number, amount=said_amount(each.amount or 0, STARS)),
            ask_refund,
            member=f"#{member.id}",
            payment=each.key,
        )
        for number, each in left
    ]
    lines = await _lines(context, paid)
    title = context.t("refund-title", name=name_of(context.t, member))
    return Reply(Markup("\n".join([title, *lines])), one_of(context.t.plain("refund-choose"), buttons))


@action(rights=Rights.MODERATOR, private=True)
async def ask_refund(context: Context, member: Member, payment: str) -> Reply:
    """Ask whether a payment is to be given back."""
    _, found = await _payment(context, member, payment)
    given = {"amount": said_amount(found.amount or 0, STARS), "name": name_of(context.t, member)}
    sure = context.button(context.t.plain("refund-sure"), give_back, member=f"#{member.id}", payment=payment)
    return Reply(context.t("refund-ask", **given), ((sure,),))


@action(rights=Rights.MODERATOR, private=True)
async def give_back(context: Context, member: Member, payment: str) -> Reply:
    """Let the platform give a payment back; access ends when it has."""
    held, found = await _payment(context, member, payment)
    account = await context.unit.members.account(held.account_id or 0)
    charge = found.key.removeprefix(stars_key(""))
    back = Refund(platform=account.platform, to=account.external_id, charge=charge)
    context.outbox.append(OutboxRow(back, context.community.id, account.id, kind=REFUND))
    await context.record("stars-refund", account, amount=said_amount(found.amount or 0, STARS))
    return Reply(context.t("refund-done", name=name_of(context.t, member)))


async def _payment(context: Context, member: Member, key: str) -> tuple[Entitlement, Payment]:
    """Return a payment in Stars of a member that wasn't given back; raise BadInput for any other."""
    accounts = [each.id for each in await context.unit.members.accounts_of([member.id])]
    held = await context.unit.payments.of(accounts)
    there = {each.key for each, back in _paid(held) if not back}
    for entitlement in held:
        for each in entitlement.payments:
            if each.key == key and key in there:
                return entitlement, each
    raise BadInput("error-refund-gone")


def _paid(held: Sequence[Entitlement]) -> list[tuple[Payment, bool]]:
    """Return the latest payments in Stars, the oldest first, and whether each was given back."""
    found: list[tuple[Payment, bool]] = []
    for entitlement in held:
        back = {of.key for of, _ in refunded(entitlement.payments).values()}
        kinds = (*OPENING, PaymentKind.PRESENT)
        mine = [each for each in entitlement.payments if each.currency == STARS and each.kind in kinds]
        found += [(each, each.key in back) for each in mine]
    return sorted(found, key=lambda each: each[0].at)[-SHOWN:]


async def _lines(context: Context, paid: Sequence[tuple[Payment, bool]]) -> list[Markup]:
    plans = {each.id: plan_name(each) for each in await context.unit.plans.all(context.community.id)}
    return [
        context.t(
            "stars-payment",
            number=number,
            day=context.said_day(each.at),
            name=plans.get(each.plan_id or 0, "?"),
            amount=said_amount(each.amount or 0, STARS),
            back="yes" if back else "no",
            present="yes" if each.kind is PaymentKind.PRESENT else "no",
            charge=each.key.removeprefix(stars_key("")),
        )
        for number, (each, back) in enumerate(paid, 1)
    ]
