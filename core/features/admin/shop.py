"""/shop: what members can have for points."""

from __future__ import annotations

from typing import Annotated

from core.domain.errors import BadInput, NotFound
from core.domain.message import Reply
from core.domain.points import PRICE_LIMIT
from core.kit import Audience, Context, Level, Markup, command

NAME_LIMIT = 80
OFFERS = 20  # benefits on offer at once
STOCKS = (1, 5, 10, 50)
UNLIMITED = 0


@command(audience=Audience.OWNER, private=True, hidden=("withdraw", "benefit", "stock"))
async def shop(
    context: Context,
    cost: Annotated[int, Level(1, PRICE_LIMIT)] | None = None,
    name: str | None = None,
    withdraw: int | None = None,
    benefit: int | None = None,
    stock: int = UNLIMITED,
) -> Reply:
    """Offer benefits that cost points, or withdraw them."""
    if withdraw is not None:
        return await _withdraw(context, withdraw)
    if benefit is not None:
        left = None if stock == UNLIMITED else stock
        if not await context.unit.benefits.set_stock(context.community.id, benefit, left):
            raise NotFound("error-no-benefit")
        return await _list(context)
    if cost is None:
        return await _list(context)
    if name is None:
        raise BadInput("error-shop-name")
    return await _offer(context, cost, name)


async def _withdraw(context: Context, benefit: int) -> Reply:
    offered = await context.unit.benefits.offered(context.community.id)
    name = next((each.name for each in offered if each.id == benefit), None)
    if name is None or not await context.unit.benefits.withdraw(context.community.id, benefit):
        raise NotFound("error-no-benefit")
    await context.record("withdraw", name=name)
    return await _list(context)


async def _offer(context: Context, cost: int, name: str) -> Reply:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > NAME_LIMIT:
        raise BadInput("error-too-long", limit=NAME_LIMIT)
    if len(await context.unit.benefits.offered(context.community.id)) >= OFFERS:
        raise BadInput("error-shop-full", limit=OFFERS)
    made = await context.unit.benefits.add(context.community.id, tidy, cost, None, context.now)
    await context.record("offer", benefit=made, name=tidy, cost=cost)
    buttons = [context.button(context.t.plain("shop-unlimited"), "shop", benefit=made, stock=UNLIMITED)]
    buttons += [context.button(f"{stock:,}", "shop", benefit=made, stock=stock) for stock in STOCKS]
    return Reply(context.t("shop-offered", name=tidy, cost=cost), (tuple(buttons[:1]), tuple(buttons[1:])))


async def _list(context: Context) -> Reply:
    offered = await context.unit.benefits.offered(context.community.id)
    if not offered:
        return Reply(context.t("shop-empty"))
    lines = [context.t("shop-title")]
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
    rows = tuple(
        (context.button(context.t.plain("shop-withdraw", name=each.name[:40]), "shop", withdraw=each.id),)
        for each in offered
    )
    return Reply(Markup("\n".join(lines)), rows)
