"""The playground's pretend shop: a plan is offered, paid by a press, and opened, in both languages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import core.features
from bot.platforms.playground.scene import ChatMessage
from core.domain.people import Person
from core.domain.plans import Plan
from core.engine import discover
from core.store.unit import Store
from tests.platforms.conversation import OnPlayground, on_playground


@asynccontextmanager
async def selling(store: Store, plan: Plan) -> AsyncIterator[tuple[OnPlayground, Person, Person]]:
    """Give a playground that sells a plan, and two who are there."""
    async with on_playground(store) as stage:
        stage.house.engine.registry = discover(core.features)
        ana, liwei = (stage.scene.people[who] for who in ("ana", "liwei"))
        for person in (ana, liwei):
            await stage.platform.say(stage.scene, person, "general", "hello")
        async with store.begin() as unit:
            here = next(iter((await unit.communities.spaces("playground", [stage.scene.id])).values())).community_id
            await unit.plans.add(here, plan, stage.house.clock.now())
        yield stage, ana, liwei


async def last(stage: OnPlayground, who: str) -> ChatMessage:
    await stage.house.deliverers["playground"].drain()
    return stage.scene.messages(f"@{who}", who)[-1]


async def press(stage: OnPlayground, who: str, label: str, shown: ChatMessage) -> ChatMessage:
    token = next(each.token for row in shown.buttons for each in row if label in each.label)
    await stage.platform.press(stage.scene, stage.scene.people[who], shown.id, token, shown.room)
    return await last(stage, who)


async def test_pretend_stars_open_a_plan_and_nobody_elses_offer(store: Store) -> None:
    async with selling(store, Plan(name="Pro", stars=250)) as (stage, ana, liwei):
        await stage.platform.say(stage.scene, ana, "@ana", "/plans")
        offer = await press(stage, "ana", "Pro: 250 ★ a month", await last(stage, "ana"))
        assert "for 250 Stars a month" in offer.text
        token = offer.buttons[0][0].token
        room = f"@{liwei.id}"
        await stage.platform.press(stage.scene, liwei, "gone", token, room)
        assert "isn’t for you" in (await last(stage, "liwei")).text
        thanks = await press(stage, "ana", "Pay 250 ★", offer)
        assert thanks.text.startswith("Thank you: **Pro** is yours until")
        assert offer.buttons == ()
        await stage.platform.say(stage.scene, ana, "@ana", "/plans")
        shown = await last(stage, "ana")
        assert "✓ Yours until" in shown.text
        assert [each.label for row in shown.buttons for each in row] == ["Give a plan to somebody"]


async def test_a_present_is_paid_and_said_in_the_pretend_shop(store: Store) -> None:
    async with selling(store, Plan(name="Pro", stars=250, monthly=False)) as (stage, ana, liwei):
        await stage.platform.say(stage.scene, ana, "@ana", "/plans")
        which = await press(stage, "ana", "Give a plan to somebody", await last(stage, "ana"))
        offer = await press(stage, "ana", "Pro: 250 ★ for good", which)
        thanks = await press(stage, "ana", "Pay 250 ★", offer)
        code = thanks.text.split("`")[1]
        await stage.platform.say(stage.scene, liwei, f"@{liwei.id}", code)
        assert "**Pro** is yours for good." in (await last(stage, "liwei")).text
