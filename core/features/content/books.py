"""/books: what came in and went back for plans, by month, and how shops tell of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from core.domain.message import Reply
from core.domain.pictures import Chart, Series
from core.domain.plans import Income, decimals_of, said_amount
from core.domain.plans import books as income_of
from core.features.content.stripe import show_stripe
from core.kit import Context, Markup, Rights, action, command
from core.kit.purchases import hook_secret, renew_hook

MONTHS = 12  # that the picture shows
SHOWN = 6  # months that are said in words


@command(rights=Rights.OWNER, private=True)
async def books(context: Context) -> Reply:
    """Show what came in and went back for plans, by month."""
    t = context.t
    hook = ((context.button(t.plain("books-hook"), show_hook),),)
    told = await context.unit.payments.all(context.community.id)
    lines = income_of([each.payments for each in told], context.community.settings.timezone)
    if not lines:
        return Reply(t("books-none"), hook)
    said = [t("books-title")]
    for month in sorted({each.month for each in lines}, reverse=True)[:SHOWN]:
        said += [_sum(context, month, currency, some) for currency, some in _by_currency(lines, month).items()]
    waiting = sum(1 for each in told if each.account_id is None)
    if waiting:
        said.append(t("books-waiting", count=waiting))
    plans = {each.id: each.name for each in await context.unit.plans.all(context.community.id)}
    return Reply(Markup("\n".join(said)), hook, picture=_picture(context, lines, plans))


def _by_currency(lines: Sequence[Income], month: str) -> dict[str, list[Income]]:
    found: dict[str, list[Income]] = {}
    for each in lines:
        if each.month == month:
            found.setdefault(each.currency, []).append(each)
    return dict(sorted(found.items()))


def _sum(context: Context, month: str, currency: str, some: Sequence[Income]) -> Markup:
    refunds = sum(each.refunds for each in some)
    return context.t(
        "books-line",
        month=month,
        income=said_amount(sum(each.income for each in some), currency),
        count=sum(each.payments for each in some),
        refunded="yes" if refunds else "no",
        refunds=said_amount(refunds, currency),
        net=said_amount(sum(each.net for each in some), currency),
    )


def _picture(context: Context, lines: Sequence[Income], plans: Mapping[int, str]) -> Chart:
    """Return what was left by month and plan, in the currency of most payments."""
    t = context.t
    months = sorted({each.month for each in lines})[-MONTHS:]
    counts: Counter[str] = Counter()
    for each in lines:
        counts[each.currency] += each.payments + 1
    currency = min(counts, key=lambda each: (-counts[each], each))
    mine = [each for each in lines if each.currency == currency and each.month in months]
    unit = 10 ** decimals_of(currency)  # a picture alone shows fractions
    rows = {plan: dict.fromkeys(months, 0) for plan in sorted({each.plan_id for each in mine})}
    for each in mine:
        rows[each.plan_id][each.month] += each.net
    series = tuple(
        Series(label=plans.get(plan, t.plain("books-no-plan")), values=tuple(net / unit for net in row.values()))
        for plan, row in rows.items()
    )
    total = said_amount(sum(each.net for each in mine), currency)
    foot = t.plain("books-foot", currency=currency, first=months[0], last=months[-1])
    title = t.plain("books-sentence", total=total, count=len(months))
    return Chart(title=title, foot=foot, kind="column", x=tuple(months), series=series, unit=f" {currency}")


@action(rights=Rights.OWNER, private=True)
async def show_hook(context: Context) -> Reply:
    """Show where and with which secret a shop tells of payments."""
    return await _hook(context)


async def _hook(context: Context) -> Reply:
    if not context.public_address:
        return Reply(context.t("books-hook-nowhere"))
    if hook_secret(context) is None:
        await renew_hook(context)
    address = f"{context.public_address}/hooks/purchase?community={context.community.id}"
    again = context.button(context.t.plain("books-hook-renew"), renew_secret)
    stripe = context.button(context.t.plain("stripe-open"), show_stripe)
    return Reply(context.t("books-hook-shown", address=address, secret=hook_secret(context) or ""), ((again, stripe),))


@action(rights=Rights.OWNER, private=True)
async def renew_secret(context: Context) -> Reply:
    """Give shops another secret."""
    await renew_hook(context)
    await context.record("purchase-secret")
    return await _hook(context)
