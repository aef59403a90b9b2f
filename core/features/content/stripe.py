"""Stripe, of /books: its secret, and which plan each of its prices is of."""

from __future__ import annotations

from typing import Annotated

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.stripe import PRICE, SECRET
from core.kit import Context, Length, Markup, Range, Rights, action, form
from core.kit.plans import plan_with
from core.kit.stripe import Price, connected, keep_prices, keep_secret, prices
from core.kit.words import one_of

DAYS = 3_650
PRICES = 100  # of a community


@action(rights=Rights.OWNER, private=True)
async def show_stripe(context: Context) -> Reply:
    """Show where Stripe tells of payments, and which plan each price is of."""
    return await _page(context)


async def _page(context: Context) -> Reply:
    t = context.t
    address = f"{context.public_address}/hooks/stripe?community={context.community.id}"
    known, plans = prices(context.community), await context.unit.plans.all(context.community.id)
    names = {each.id: each.name for each in plans}
    lines = [t("stripe-shown", address=address, connected="yes" if connected(context.community) else "no")]
    lines += [
        t("stripe-price", price=price, name=names.get(each.plan_id, ""), days=each.days)
        for price, each in known.items()
    ]
    lines.append(t("stripe-how" if known else "stripe-none"))
    drop = [context.button(price[:60], drop_price, price=price) for price in known]
    secret = (context.button(t.plain("stripe-secret-set"), stripe_key),)
    return Reply(Markup("\n".join(lines)), (secret, *one_of(t.plain("stripe-drop"), drop)))


@form(rights=Rights.OWNER, private=True)
async def stripe_key(context: Context, secret: Annotated[str, Length(220)]) -> Reply:
    """Say what Stripe signs with."""
    if not SECRET.fullmatch(secret.strip()):
        raise BadInput("error-stripe-secret")
    await keep_secret(context, secret.strip())
    await context.record("stripe-secret")
    return await _page(context)


@form(rights=Rights.OWNER, private=True, hidden=("plan",))
async def stripe_price(
    context: Context,
    price: Annotated[str, Length(100)],
    days: Annotated[int, Range(0, DAYS)] = 0,
    plan: int = 0,
) -> Reply:
    """Say that whoever pays a price of Stripe has a plan."""
    found, tidy = await plan_with(context, plan), price.strip()
    if not PRICE.fullmatch(tidy):
        raise BadInput("error-stripe-price", text=tidy[:40])
    known = prices(context.community)
    if tidy not in known and len(known) >= PRICES:
        raise BadInput("error-stripe-full", limit=PRICES)
    await keep_prices(context, {**known, tidy: Price(found.id, days)})
    await context.record("stripe-price", price=tidy, name=found.name)
    return await _page(context)


@action(rights=Rights.OWNER, private=True)
async def drop_price(context: Context, price: str) -> Reply:
    """Let a price be of no plan any more; who has one by it goes on."""
    known = prices(context.community)
    if price in known:
        await keep_prices(context, {name: each for name, each in known.items() if name != price})
        await context.record("stripe-price-off", price=price)
    return await _page(context)
