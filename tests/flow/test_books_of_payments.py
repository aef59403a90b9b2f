"""What came in for plans: said in chat with its picture, printed by month, and brought in from a table."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from core.domain.people import Rights
from core.domain.pictures import Chart
from core.domain.plans import Payment, PaymentKind, Plan
from tests.world import World
from tests.world.command_line import plain_environment, run_here

TABLE = """Order,Date,Total,Currency,kind,refunds
1,2026-01-10,19.99,EUR,paid,
2,2026-02-10,19.99,EUR,paid,
3,2026-02-11,,,refunded,1
4,2026-02-12,500,JPY,paid,
"""
MAPPED = ["--column", "id=Order", "--column", "at=Date", "--column", "amount=Total", "--column", "currency=Currency"]


@pytest.fixture
async def shop(world: World) -> World:
    """Give a community with two plans."""
    world.moderator("own", Rights.OWNER)
    await world.say("own", "hello")
    here = await world.community()
    async with world.store.begin() as unit:
        for name in ("Pro", "Gold"):
            await unit.plans.add(here.id, Plan(name=name), world.clock.now())
    return world


async def test_books_are_said_by_month_with_a_picture(shop: World) -> None:
    await shop.say("own", "/books")
    assert shop.last.startswith("Nothing was told of payments yet.")
    here, now = await shop.community(), shop.clock.now()
    async with shop.store.begin() as unit:
        pro, gold = (each.id for each in await unit.plans.all(here.id))
        paid = Payment(key="a", kind=PaymentKind.PAID, at=now, plan_id=pro, amount=1999, currency="EUR")
        later = now + timedelta(days=31)
        told = [
            paid,
            replace(paid, key="b", plan_id=gold, amount=5000, at=later),
            Payment(key="c", kind=PaymentKind.REFUNDED, at=later, amount=500, currency="EUR", refunds="a"),
        ]
        for each in told:
            await unit.payments.book(here.id, f"shop:{each.key}", each, now, account_id=None)
    await shop.say("own", "/books")
    first, last = f"{now:%Y-%m}", f"{later:%Y-%m}"
    assert shop.last.splitlines() == [
        "What came in for plans",
        f"{last}: 50.00 EUR in 1 payment, 5.00 EUR paid back, 45.00 EUR left",
        f"{first}: 19.99 EUR in 1 payment",
        "2 purchases without a member: whoever paid isn’t known here yet.",
    ]
    picture = shop.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert picture.title == "64.99 EUR came in over 2 months"
    assert [*picture.rows()] == [("", "Pro", "Gold"), (first, 19.99, 0.0), (last, -5.0, 50.0)]
    await shop.say("ana", "/books")
    assert "50.00" not in shop.last


async def test_the_secret_is_shown_to_owners_and_changes_when_they_say_so(shop: World) -> None:
    await shop.say("own", "/books")
    await shop.press("own", "Connect a shop")
    assert "KITH_PUBLIC_URL" in shop.last
    shop.house.engine.registry = replace(shop.house.engine.registry, public_address="https://kith.example.org")
    await shop.say("own", "/books")
    await shop.press("own", "Connect a shop")
    first = shop.last
    assert "https://kith.example.org/hooks/purchase?community=" in first
    assert shop.sent[-1].outgoing.private
    await shop.press("own", "Another secret")
    assert shop.last != first


def printed(world: World, *words: str) -> CompletedProcess[str]:
    return run_here("books", *words, environment=plain_environment(KITH_DATABASE_URL=world.store.url))


async def test_a_table_is_brought_in_once_and_whole(shop: World, tmp_path: Path) -> None:
    table = tmp_path / "payments.csv"
    table.write_text(TABLE, "utf-8")
    name = ("--community", (await shop.community()).name)
    words = ("import", str(table), *name, *MAPPED, "--set", "plan=Pro")
    assert printed(shop, *words).stdout == "4 added, 0 known already\n"
    assert printed(shop, *words).stdout == "0 added, 4 known already\n"
    found = json.loads(printed(shop, *name, "--json").stdout)
    assert (found["payments"], found["unclaimed"]) == (4, 3)
    assert [(each["month"], each["currency"], each["income"], each["refunds"]) for each in found["months"]] == [
        ("2026-01", "EUR", 1999, 0),
        ("2026-02", "EUR", 1999, 1999),
        ("2026-02", "JPY", 500, 0),
    ]
    assert {(each["plan"], each["decimals"]) for each in found["months"]} == {("Pro", 2), ("Pro", 0)}
    assert printed(shop, *name).stdout.splitlines()[2] == "2026-02  Pro: 500 JPY in 1 payment, 0 JPY back, 500 JPY left"


@pytest.mark.parametrize(
    ("table", "more", "said"),
    [
        (TABLE + "5,2026-02-12,5.5,JPY,paid,\n", (), "Line 6: “5.5” is no amount in JPY."),
        (TABLE + "5,,5,JPY,paid,\n", (), "Line 6: “at” is missing."),
        (TABLE, ("--column", "id=Nr"), "has no column “Nr”"),
        (TABLE, ("--set", "colour=red"), "“colour” is no field of a payment."),
        (TABLE, ("--set", "plan"), "“plan” isn’t read."),
        (TABLE, ("--set", "plan=Silver"), "There is no plan called “Silver”."),
    ],
)
async def test_a_table_that_makes_no_sense_brings_nothing_in(
    shop: World, tmp_path: Path, table: str, more: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "payments.csv"
    path.write_text(table, "utf-8")
    here = await shop.community()
    ran = printed(shop, "import", str(path), "--community", here.name, *MAPPED, "--set", "plan=Pro", *more)
    assert (ran.returncode, said in ran.stderr, len(ran.stderr.splitlines())) == (2, True, 1), ran.stderr
    async with shop.store.read() as unit:
        assert await unit.payments.all(here.id) == []


async def test_a_file_of_items_names_plans_and_says_nothing_of_those_it_has_no_column_for(
    shop: World, tmp_path: Path
) -> None:
    here = await shop.community()

    async def brought(text: str) -> list[int | None]:
        path = tmp_path / "items.csv"
        path.write_text(text, "utf-8")
        environment = plain_environment(KITH_DATABASE_URL=shop.store.url)
        ran = run_here("catalogue", "import", str(path), "--community", here.name, environment=environment)
        async with shop.store.read() as unit:
            asked = [each.plan_id for each in await unit.catalogue.all(here.id)]
        return asked if ran.returncode == 0 else [*asked, -1]

    assert await brought("title,plan\nA,Bronze\n") == [-1]
    (asked,) = await brought("title,plan\nA,gold\n")
    assert asked is not None
    assert await brought("title,author\nA,Bo\n") == [asked]
    assert await brought("title,plan\nA,\n") == [None]
