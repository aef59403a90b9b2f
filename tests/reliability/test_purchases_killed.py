"""kill -9 at any step of what a shop tells: all of a message is booked or nothing, and told again it is booked once."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from psycopg import connect
from sqlalchemy import Connection, Engine, event

from bot.web.app import make_app
from core.domain.plans import Plan
from core.domain.purchases import sign
from core.kit.context import Context
from core.kit.purchases import hook_secret, renew_hook
from core.kit.stripe import Price as StripePrice
from core.kit.stripe import keep_prices, keep_secret
from core.kit.texts import Texts
from core.store.unit import Store
from tests.flow.test_catalogue import made as item
from tests.flow.test_stripe import SECRET, invoice, made, refund, session
from tests.world import World
from tests.world.postgres import emptied

Books = list[tuple[Any, ...]]


@pytest.fixture
async def database(sqlite_template: Path, tmp_path: Path) -> Path:
    """Give the database of a community that sells a plan and an item, with secrets for both hooks."""
    path = tmp_path / "shop.db"
    shutil.copyfile(sqlite_template, path)
    async with living(f"sqlite:///{path}") as world:
        await open_shop(world)
    return path


async def open_shop(world: World) -> None:
    await world.say("ana", "hello")
    here, sealer = await world.community(), world.house.engine.sealer
    async with world.store.begin() as unit:
        plan = await unit.plans.add(here.id, Plan(name="Pro"), world.clock.now())
        await unit.catalogue.put(here.id, [item("The long run", "https://a.example/1", ())], world.clock.now())
        context = Context(unit, world.clock.now(), here, Texts("en"), erasure_hash=sealer.hash, seal=sealer.seal)
        await renew_hook(context)
        await keep_secret(context, SECRET)
        await keep_prices(context, {"price_month": StripePrice(plan)})


@asynccontextmanager
async def living(url: str) -> AsyncIterator[World]:
    """Give a world on a database, and close it."""
    store = Store(url)
    world = World(store)
    await world.open()
    try:
        yield world
        await store.empty_log()
    finally:
        await store.close()


def story(at: int) -> list[tuple[str, dict[str, Any]]]:
    """Return what two shops tell, by hook: a refund before what it is of, a claim, payments that are named twice."""
    paid = {"kind": "paid", "amount": "49", "currency": "EUR"}
    with_it = {"id": "inpay_1", "invoice": "in_1", "payment": {"payment_intent": "pi_1"}}
    return [
        ("purchase", {**paid, "id": "e1", "item": "The long run", "claim": "0123456789abcdef"}),
        ("purchase", {"id": "e3", "kind": "refunded", "refunds": "e2"}),
        ("purchase", {**paid, "id": "e2", "plan": "Pro", "member": "fake:ana", "reference": "s1"}),
        ("stripe", refund(at, 500, payment_intent="pi_1")),
        ("stripe", session(at)),
        ("stripe", invoice(1, at)),
        ("stripe", made("with", "invoice_payment.paid", at, with_it)),
    ]


async def tell(world: World, told: list[tuple[str, dict[str, Any]]], answered: Callable[[], None]) -> None:
    here, at = await world.community(), int(world.clock.now().timestamp())
    async with world.store.read() as unit:
        context = Context(unit, world.clock.now(), here, Texts("en"), erasure_hash=world.house.engine.sealer.hash)
        secrets = {"purchase": hook_secret(context) or "", "stripe": SECRET}
    transport = httpx.ASGITransport(app=make_app(world.house))
    async with httpx.AsyncClient(transport=transport, base_url="https://kith.example.org") as client:
        for hook, message in told:
            body = json.dumps(message).encode()
            signature = sign(secrets[hook], at, body)
            headers = {"Kith-Signature": signature, "Stripe-Signature": signature}
            answer = await client.post(f"/hooks/{hook}?community={here.id}", content=body, headers=headers)
            assert answer.status_code == 200, answer.text
            answered()


@contextmanager
def at_each_moment(engine: Engine | type[Engine], step: Callable[[Connection], None]) -> Iterator[None]:
    """Call `step` just before and just after each statement that writes, and at each commit, until the block ends."""

    def statement(connection: Connection, cursor: Any, what: str, *_: object) -> None:
        if not what.lstrip().startswith(("SELECT", "PRAGMA", "BEGIN")):
            step(connection)

    hooks = [(name, statement) for name in ("before_cursor_execute", "after_cursor_execute")] + [("commit", step)]
    for name, hook in hooks:
        event.listen(engine, name, hook)
    try:
        yield
    finally:
        for name, hook in hooks:
            event.remove(engine, name, hook)


@contextmanager
def copied(database: Path, folder: Path, answered: list[int]) -> Iterator[list[int]]:
    """Copy a file and its log at each moment, as a kill would leave them.

    What is given are how many messages were answered at each of these moments.
    """
    moments: list[int] = []

    def copy(_: Connection) -> None:
        for ending in ("", "-wal"):
            if (file := Path(f"{database}{ending}")).exists():
                shutil.copyfile(file, folder / f"{len(moments)}.db{ending}")
        moments.append(len(answered))

    with at_each_moment(Engine, copy):
        yield moments


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed(store: Store, moment: int) -> Iterator[None]:
    """End at a moment, for PostgreSQL as a process that is killed: its connection is gone, and nothing follows."""
    reached = 0

    def step(connection: Connection) -> None:
        nonlocal reached
        reached += 1
        if reached == moment:
            lost: Any = connection.connection.driver_connection
            with connect(store.url.replace("+psycopg", "")) as other:
                gone = other.execute("SELECT pg_terminate_backend(%s, 10000)", [lost.info.backend_pid]).fetchone()
            assert gone == (True,)
            raise Killed

    with at_each_moment(store._engine.sync_engine, step):
        yield


def left(folder: Path, moment: int) -> tuple[bytes, ...]:
    """Return what a kill left of the files."""
    return tuple(each.read_bytes() for each in sorted(folder.glob(f"{moment}.db*")))


async def kept(world: World) -> Books:
    """Return what is booked, by names that don't depend on when a row was written."""
    here = await world.community()
    async with world.store.read() as unit:
        plans = {each.id: each.name for each in await unit.plans.all(here.id)}
        return sorted(
            (each.key, each.account_id, [replace(one, plan_id=None) for one in each.payments], plans.get(plan or 0))
            for each in await unit.payments.all(here.id)
            for plan in [next((one.plan_id for one in each.payments if one.plan_id), None)]
        )


async def test_what_was_answered_is_booked_and_what_comes_again_once_whatever_the_moment(
    database: Path, tmp_path: Path
) -> None:
    answered: list[int] = []
    wholes: list[Books] = []  # after so many messages
    (folder := tmp_path / "moments").mkdir()
    async with living(f"sqlite:///{database}") as world:
        told = story(int(world.clock.now().timestamp()))
        wholes.append(await kept(world))
        with copied(database, folder, answered) as moments:
            for each in told:
                await tell(world, [each], lambda: answered.append(1))
                wholes.append(await kept(world))
    assert len(moments) > 3 * len(told)
    apart = {(count, left(folder, moment)): moment for moment, count in enumerate(moments)}
    for (count, _), moment in apart.items():
        async with living(f"sqlite:///{folder / f'{moment}.db'}") as world:
            found = await kept(world)
            assert found in wholes[count : count + 2], f"moment {moment}: all of a message, or nothing"
            await tell(world, told, lambda: None)
            assert await kept(world) == wholes[-1], f"moment {moment}"


async def test_what_postgresql_loses_at_any_moment_is_booked_once_when_it_comes_again(postgres: str) -> None:
    wholes: list[Books] = []
    async with living(emptied(postgres)) as world:
        await open_shop(world)
        told = story(int(world.clock.now().timestamp()))
        for each in [None, *told]:
            await tell(world, [] if each is None else [each], lambda: None)
            wholes.append(await kept(world))
    deaths = 0
    async with living(emptied(postgres)) as world:
        await open_shop(world)
        for count, message in enumerate(told):
            for moment in range(1, 1_000):
                alive = await told_until(postgres, message, moment)
                assert await kept(world) == wholes[count + alive], f"message {count}, moment {moment}"
                if alive:
                    break
                deaths += 1
        assert deaths > 3 * len(told)
        await tell(world, told, lambda: None)
        assert await kept(world) == wholes[-1]


async def told_until(url: str, message: tuple[str, dict[str, Any]], moment: int) -> bool:
    """Tell a message in a process that ends at a moment, and return whether it was answered before."""
    async with living(url) as world:
        with killed(world.store, moment):
            try:
                await tell(world, [message], lambda: None)
            except Killed:
                return False
    return True
