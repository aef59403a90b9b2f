"""/shop: what members can have for points."""

from __future__ import annotations

from typing import Annotated

from core.domain.errors import BadInput, NotFound
from core.domain.message import Reply
from core.domain.people import folded
from core.domain.points import PRICE_LIMIT, Reason
from core.kit import Context, Length, Markup, Range, Rights, action, command, form
from core.kit.words import Rows, name_of, one_of

NAME_LIMIT = 80
OFFERS = 20  # benefits on offer at once
STOCKS = (1, 5, 10, 50)
STOCK_LIMIT = 1_000_000
UNLIMITED = 0
WAITING = 10  # redemptions shown at once


@command(rights=Rights.OWNER, private=True)
async def shop(
    context: Context, cost: Annotated[int, Range(1, PRICE_LIMIT)] | None = None, name: str | None = None
) -> Reply:
    """Offer benefits that cost points, or withdraw them."""
    if cost is None:
        return await _list(context)
    if name is None:
        raise BadInput("error-shop-name")
    return await _offer(context, cost, name)


@form(rights=Rights.OWNER, private=True)
async def offer_benefit(
    context: Context,
    name: Annotated[str, Length(NAME_LIMIT)],
    cost: Annotated[int, Range(1, PRICE_LIMIT)],
    stock: Annotated[int, Range(1, STOCK_LIMIT)] | None = None,
) -> Reply:
    """Offer a benefit, and show all there are."""
    await _put_up(context, cost, name, stock)
    return await _list(context)


@action(rights=Rights.OWNER, private=True, formerly=("shop", "handed"))
async def hand_over(context: Context, handed: int) -> Reply:
    """Note that somebody has what they took with this entry, and tell them."""
    entry = await context.unit.ledger.entry(context.community.id, handed)
    if entry is None or entry.reason is not Reason.REDEEM:
        raise NotFound("error-no-redemption")
    if await context.unit.ledger.reversal_of(handed):
        raise BadInput("error-undone-already", entry=handed)
    if not await context.unit.benefits.hand_over(handed, context.now):
        raise BadInput("error-handed-already")
    account = await context.unit.members.account(entry.account_id)
    member = await context.unit.members.get(account.member_id)
    await context.record("handover", account, name=entry.note)
    t = context.texts_for(member)
    await context.tell(member, Reply(t("redeem-handed", name=entry.note, community=context.community.name)))
    return await _list(context)


async def _waiting(context: Context) -> tuple[list[Markup], Rows]:
    """Return what was taken and waits to be handed over, in words and as buttons."""
    ids = await context.unit.benefits.waiting(context.community.id, WAITING)
    if not ids:
        return [], ()
    entries = await context.unit.ledger.entries(ids)
    people = await context.unit.members.of_accounts([entry.account_id for entry in entries.values()])
    lines, buttons = [context.t("shop-waiting")], []
    for entry in map(entries.__getitem__, ids):
        name = name_of(context.t, people.get(entry.account_id))
        day = context.said_day(entry.at)
        lines.append(context.t("shop-waiting-line", name=name, benefit=entry.note, day=day))
        label = context.t.plain("shop-handed-to", name=name[:30], benefit=entry.note[:30])
        buttons.append(context.button(label, hand_over, handed=entry.id))
    return lines, one_of(context.t.plain("shop-handed"), buttons)


@action(rights=Rights.OWNER, private=True, formerly=("shop", "withdraw"))
async def withdraw_benefit(context: Context, withdraw: int) -> Reply:
    """Take a benefit off the shelf."""
    offered = await context.unit.benefits.offered(context.community.id)
    name = next((each.name for each in offered if each.id == withdraw), None)
    if name is None or not await context.unit.benefits.withdraw(context.community.id, withdraw):
        raise NotFound("error-no-benefit")
    await context.record("withdraw", name=name)
    return await _list(context)


@action(rights=Rights.OWNER, private=True, formerly=("shop", "benefit"))
async def stock_benefit(context: Context, benefit: int, stock: int = UNLIMITED) -> Reply:
    """Say how many there are of a benefit."""
    left = None if stock == UNLIMITED else stock
    if not await context.unit.benefits.set_stock(context.community.id, benefit, left):
        raise NotFound("error-no-benefit")
    return await _list(context)


async def _offer(context: Context, cost: int, name: str) -> Reply:
    made, tidy = await _put_up(context, cost, name, None)
    buttons = [context.button(context.t.plain("shop-unlimited"), stock_benefit, benefit=made, stock=UNLIMITED)]
    buttons += [context.button(f"{stock:,}", stock_benefit, benefit=made, stock=stock) for stock in STOCKS]
    return Reply(context.t("shop-offered", name=tidy, cost=cost), (tuple(buttons[:1]), tuple(buttons[1:])))


async def _put_up(context: Context, cost: int, name: str, stock: int | None) -> tuple[int, str]:
    """Put a benefit on offer, and return its id and its name; raise BadInput where there can't be such a one."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > NAME_LIMIT:
        raise BadInput("error-too-long", limit=NAME_LIMIT)
    offered = await context.unit.benefits.offered(context.community.id)
    if any(folded(each.name) == folded(tidy) for each in offered):
        raise BadInput("error-shop-twice", name=tidy)
    if len(offered) >= OFFERS:
        raise BadInput("error-shop-full", limit=OFFERS)
    made = await context.unit.benefits.add(context.community.id, tidy, cost, stock, context.now)
    await context.record("offer", benefit=made, name=tidy, cost=cost)
    return made, tidy


async def _list(context: Context) -> Reply:
    offered = await context.unit.benefits.offered(context.community.id)
    waiting, handing = await _waiting(context)
    add = (context.button(context.t.plain("shop-add"), offer_benefit),)
    if not offered:
        return Reply(Markup("\n".join([*waiting, context.t("shop-empty")])), (*handing, add))
    lines = [*waiting, context.t("shop-title")]
    lines += [
        context.t(
            "shop-line",
            name=each.name,
            cost=each.cost,
            stock=-1 if each.stock is None else each.stock,
        )
        for each in offered
    ]
    lines.append(context.t("shop-how"))
    buttons = [
        context.button(context.t.plain("shop-withdraw", name=each.name[:40]), withdraw_benefit, withdraw=each.id)
        for each in offered
    ]
    choice = one_of(context.t.plain("shop-choose"), buttons)
    return Reply(Markup("\n".join(lines)), (*handing, *choice, add))
