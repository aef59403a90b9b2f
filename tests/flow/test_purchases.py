"""Purchases that shops tell: signed as the page says, booked once in whatever order, refused in one line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from bot.web.app import make_app
from core.domain.people import Rights
from core.domain.plans import Plan
from core.domain.purchases import sign
from core.kit.context import Context
from core.kit.purchases import hook_secret, renew_hook
from core.kit.texts import Texts
from tests.world import World

PAGE = Path(__file__).parents[2] / "docs" / "plans.md"
PAID = {"id": "e1", "kind": "paid", "plan": "Pro", "reference": "s1", "amount": "19.99", "currency": "EUR"}
MINE = {**PAID, "member": "fake:ana"}


@pytest.fixture
async def shop(world: World) -> World:
    """Give a community with a plan and a secret for shops."""
    world.moderator("own", Rights.OWNER)
    await world.say("ana", "hello")
    here = await world.community()
    async with world.store.begin() as unit:
        await unit.plans.add(here.id, Plan(name="Pro"), world.clock.now())
        await renew_hook(context(world, unit, here))
    return world


def context(world: World, unit: Any, community: Any) -> Context:
    hashed = world.house.engine.sealer.hash
    return Context(unit, world.clock.now(), community, Texts("en"), erasure_hash=hashed)


async def secret_of(world: World) -> str:
    here = await world.community()
    async with world.store.read() as unit:
        found = hook_secret(context(world, unit, here))
    assert found is not None
    return found


async def post(world: World, body: bytes, headers: dict[str, str]) -> httpx.Response:
    here = await world.community()
    transport = httpx.ASGITransport(app=make_app(world.house))
    async with httpx.AsyncClient(transport=transport, base_url="https://kith.example.org") as client:
        return await client.post(f"/hooks/purchase?community={here.id}", content=body, headers=headers)


async def tell(world: World, told: object, *, late: int = 0) -> httpx.Response:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    at = int(world.clock.now().timestamp()) - late
    return await post(world, body, {"Kith-Signature": sign(await secret_of(world), at, body)})


async def standing(world: World) -> str:
    await world.say("ana", "/plans")
    return world.last


async def test_the_example_of_the_page_is_booked_and_claimed(shop: World) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    made: dict[str, Any] = {}
    exec(code, made)
    made["time"] = SimpleNamespace(time=shop.clock.now().timestamp)
    headers = made["headers"](await secret_of(shop), made["body"])
    first = await post(shop, made["body"], headers)
    again = await post(shop, made["body"], headers)
    assert (first.status_code, first.text, again.status_code, again.text) == (200, "Booked.", 200, "Known already.")
    assert "Yours" not in await standing(shop)
    await shop.say("ana", "/code 7f3c9a52e1b84d60")
    assert "✓ Yours until" in shop.last
    await shop.say("own", "/code 7f3c9a52e1b84d60")
    assert "That code doesn’t work" in shop.last


@pytest.mark.parametrize("first", ["refund", "payment"])
@pytest.mark.parametrize("more", [{"reference": "s1"}, {"refunds": "e1"}, {"reference": "s1", "refunds": "e1"}])
async def test_a_refund_holds_before_and_behind_its_payment(shop: World, first: str, more: dict[str, str]) -> None:
    told = [MINE, {"id": "e2", "kind": "refunded", **more}]
    for each in told if first == "payment" else reversed(told):
        await shop.advance(seconds=1)
        assert (
            await tell(shop, {**each, "at": int(shop.clock.now().timestamp()) - each["id"].count("1")})
        ).text == "Booked."
    assert "You were paid back for it." in await standing(shop)


async def test_who_comes_later_gets_it_when_it_is_told_again(shop: World) -> None:
    told = {**PAID, "member": "fake:new"}
    assert (await tell(shop, told)).text == "Booked."
    await shop.say("new", "hello")
    assert (await tell(shop, told)).text == "Known already."
    await shop.say("new", "/plans")
    assert "✓ Yours." in shop.last


@pytest.mark.parametrize(
    ("told", "status", "line"),
    [
        (b"no json", 400, "This is no JSON object."),
        (b"[" * 50_000, 400, "This is no JSON object."),
        ({**MINE, "plan": "Gold"}, 400, "There is no plan called “Gold”."),
        ({**MINE, "kind": "stolen"}, 400, "“stolen” is no kind of payment."),
        ({**MINE, "amount": "19.999"}, 400, "“19.999” is no amount in EUR."),
        ({**MINE, "currency": "EURO"}, 400, "“EURO” is no currency."),
        ({**MINE, "id": ""}, 400, "“id” is missing."),
        ({**MINE, "id": "a\x00b"}, 400, "“ab” makes no sense under “id”."),
        ({**MINE, "id": "\ud800"}, 400, "“” makes no sense under “id”."),
        ({**MINE, "at": "9999-12-31"}, 400, "“9999-12-31” makes no sense under “at”."),
        ({**MINE, "member": {"id": 1}}, 400, "“dict” makes no sense under “member”."),
        ({**MINE, "claim": "short"}, 400, "A claim has 16 to 80 characters."),
        (b"x" * 70_000, 413, "A purchase has at most 65,536 bytes."),
    ],
)
async def test_what_makes_no_sense_is_refused_in_a_line(shop: World, told: object, status: int, line: str) -> None:
    answer = await tell(shop, told)
    assert (answer.status_code, answer.text.splitlines()[0][: len(line)]) == (status, line)
    assert len(answer.text.splitlines()) == 1
    here = await shop.community()
    async with shop.store.read() as unit:
        assert await unit.payments.all(here.id) == []


async def test_signatures_that_do_not_fit_are_refused(shop: World, capfd: pytest.CaptureFixture[str]) -> None:
    body, now = json.dumps(MINE).encode(), int(shop.clock.now().timestamp())
    secret = await secret_of(shop)
    right = sign(secret, now, body)
    wrong = [
        "",
        "t=1",
        f"t={now},v1=" + "0" * 64,
        right.replace(f"t={now}", f"t={now + 1}"),
        right.replace("v1", "v0"),
        f"{right},t={now}",
        sign(secret, now, body + b" "),
        sign("kith_other", now, body),
        sign(secret, now - 301, body),
        sign(secret, now + 301, body),
    ]
    for each in wrong:
        answer = await post(shop, body, {"Kith-Signature": each})
        assert (answer.status_code, len(answer.text.splitlines())) == (401, 1), each
    assert (await tell(shop, MINE, late=299)).text == "Booked."
    here = await shop.community()
    async with shop.store.begin() as unit:
        await renew_hook(context(shop, unit, here))
    answer = await post(shop, body, {"Kith-Signature": right})
    assert answer.status_code == 401
    said = capfd.readouterr()
    assert secret not in said.out + said.err
    assert "e1" not in re.findall(r"why=\S+", said.out + said.err)


async def test_amounts_of_the_body_are_read_exactly(shop: World) -> None:
    body = json.dumps({**MINE, "amount": 19.99}).encode()
    assert (await tell(shop, body)).text == "Booked."
    here = await shop.community()
    async with shop.store.read() as unit:
        (found,) = await unit.payments.all(here.id)
    assert found.payments[0].amount == 1999


async def test_a_purchase_that_is_cut_off_at_any_step_is_booked_once_when_it_is_told_again(shop: World) -> None:
    class Killed(Exception):
        pass

    engine, here = shop.store._engine.sync_engine, await shop.community()
    at = [0, 0]  # which step is cut off, and how many there were

    def step(*_: object) -> None:
        at[1] += 1
        if at[1] == at[0]:
            raise Killed

    async def booked() -> int:
        async with shop.store.read() as unit:
            return sum(len(each.payments) for each in await unit.payments.all(here.id))

    done = 0
    while True:
        at[:] = [at[0] + 1, 0]
        told = {**MINE, "id": f"e{at[0]}", "reference": f"s{at[0]}"}
        event.listen(engine, "before_cursor_execute", step)
        try:
            cut = await tell(shop, told) is None
        except Killed:
            cut = True
        finally:
            event.remove(engine, "before_cursor_execute", step)
        assert await booked() == done + (not cut)
        await tell(shop, told)
        done += 1
        assert await booked() == done
        if not cut:
            break
    assert at[0] > 6
