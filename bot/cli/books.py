"""`kith books`: what came in for plans, and payments brought in from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.shared import bad_input, fail, show, with_store
from bot.settings import Settings
from core.domain.clock import SystemClock
from core.domain.errors import BadInput
from core.domain.plans import books as income_of
from core.domain.plans import decimals_of, said_amount
from core.kit.communities import community_named
from core.kit.purchases import Purchases
from core.store.unit import Store

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
Community = Annotated[str | None, typer.Option("--community", help="Its name.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Pairs = list[str]


@app.callback(invoke_without_command=True)
def books(context: typer.Context, community: Community = None, as_json: AsJson = False) -> None:
    """Print what came in and went back, by month, plan and currency."""
    if context.invoked_subcommand is not None:
        return
    if community is None:
        raise fail("--community is missing: name the community (kith books --help says more)")
    name = community

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        async with store.read() as unit:
            here = await community_named(unit, name)
            told = await unit.payments.all(here.id)
            plans = {each.id: each.name for each in await unit.plans.all(here.id)}
        lines = income_of([each.payments for each in told], here.settings.timezone)
        return {
            "community": here.name,
            "payments": sum(len(each.payments) for each in told),
            "unclaimed": sum(1 for each in told if each.account_id is None),
            "months": [
                {
                    "month": each.month,
                    "plan": plans.get(each.plan_id),
                    "currency": each.currency,
                    "decimals": decimals_of(each.currency),
                    "payments": each.payments,
                    "income": each.income,
                    "refunds": each.refunds,
                    "net": each.net,
                }
                for each in lines
            ],
        }

    show(with_store(work), as_json, _lines)


def _lines(result: dict[str, Any]) -> list[str]:
    if not result["months"]:
        return ["Nothing was told of payments yet."]
    lines = []
    for each in result["months"]:
        income, refunds, net = (said_amount(each[name], each["currency"]) for name in ("income", "refunds", "net"))
        plan = each["plan"] or "no plan"
        count = "1 payment" if each["payments"] == 1 else f"{each['payments']:,} payments"
        lines.append(f"{each['month']}  {plan}: {income} in {count}, {refunds} back, {net} left")
    if result["unclaimed"]:
        lines.append(f"{result['unclaimed']:,} wait for whoever paid")
    return lines


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file with a header.")],
    community: Community = None,
    columns: Annotated[Pairs, typer.Option("--column", help="FIELD=COLUMN, where a column isn't called so.")] = [],  # noqa: B006
    given: Annotated[Pairs, typer.Option("--set", help="FIELD=VALUE, which holds for all rows.")] = [],  # noqa: B006
    source: Annotated[str, typer.Option(help="Whose ids these are; hook for those of the webhook.")] = "csv",
    as_json: AsJson = False,
) -> None:
    """Bring payments in: what is known by its id stays as it is."""
    if community is None:
        raise fail("--community is missing: name the community (kith books import --help says more)")
    name = community

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        from core.files.payments import read_payments  # noqa: PLC0415  loads NumPy

        now = SystemClock().now()
        if not source.isalnum() or len(source) > 20:
            raise BadInput("books-source", text=source[:40])
        found = read_payments(file, source, _pairs(columns), _pairs(given), now)
        async with store.begin() as unit:
            here = await community_named(unit, name)
            await unit.lock(here.id)
            added = await Purchases(unit, here.id, now).book_all(found)
        return {"community": here.name, "added": added, "known": len(found) - added}

    with bad_input():
        show(
            with_store(work), as_json, lambda result: [f"{result['added']:,} added, {result['known']:,} known already"]
        )


def _pairs(some: Pairs) -> dict[str, str]:
    found = {}
    for each in some:
        name, sign, value = each.partition("=")
        if not (name and sign and value):
            raise BadInput("books-pair", text=each[:40])
        found[name] = value
    return found
