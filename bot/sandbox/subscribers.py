"""Lets people of the sample community pay for a plan month by month, some no longer."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib import resources

from bot.platforms.playground.scene import PLATFORM
from bot.sandbox.sample import Cast
from bot.sandbox.sample.cast import Soul
from core.domain.people import Rights
from core.domain.plans import STARS, Payment, PaymentKind, Plan
from core.kit.purchases import sold_alone
from core.store.unit import UnitOfWork

_MONTH = timedelta(days=30)
_MOST = 7  # months for which the plan has been there
_NEW = 75  # days: who came later hasn't thought of it yet
_STOPS = (0.2, 0.12, 0.08, 0.05)  # how many stop at their first, second … renewal, the last from then on

_ALONE = 0.15  # of those who could, how many buy the item that is sold alone
_ENDS = ((PaymentKind.CANCELLED, 9), (PaymentKind.CANCELLED, 2), (PaymentKind.FAILED, 0))  # so many days ahead


@dataclass(slots=True)
class Subscribers:
    """Write the plan of one community, and who paid for it by `today`, in a unit of work."""

    unit: UnitOfWork
    community_id: int
    cast: Cast
    today: datetime

    async def subscribe(self) -> None:
        """Offer the plan, and book what was paid for it."""
        source = resources.files("bot.sandbox.sample").joinpath(f"shelf-{self.cast.language}.toml")
        sample = tomllib.loads(source.read_text("utf-8"))
        words = sample["plan"]
        amount, currency = words.pop("amount"), words.pop("currency")
        since = self.today - _MOST * _MONTH
        plan = await self.unit.plans.add(self.community_id, Plan(**words), since)
        await self._sell_alone(sample["alone"]["item"], sample["alone"]["stars"], since)
        payers = [each for each in self.cast.souls if each.brought and each.since >= _NEW and not _runs(each)]
        for soul, account_id in (await self._accounts(payers)).items():
            key = f"sample:{soul.person.id}"
            for payment in self._paid(soul, key, plan, amount, currency):
                await self.unit.payments.book(self.community_id, key, payment, payment.at, account_id=account_id)

    async def _sell_alone(self, title: str, stars: int, since: datetime) -> None:
        """Let one item be had for Stars too."""
        if (item := await self.unit.catalogue.called(self.community_id, title)) is None:
            raise LookupError(title)
        plan = await sold_alone(self.unit, self.community_id, item, since)
        await self.unit.plans.save(replace(plan, stars=stars))
        chances = {soul: random.Random(f"{soul.person.id} buys") for soul in self.cast.souls}
        buyers = [soul for soul, chance in chances.items() if _came(soul) and chance.random() < _ALONE]
        for soul, account_id in (await self._accounts(buyers)).items():
            key = f"sample:alone:{soul.person.id}"
            at = self.today - timedelta(days=chances[soul].uniform(1, min(soul.since, _MOST * _MONTH.days)))
            paid = Payment(key=f"{key}:0", kind=PaymentKind.PAID, at=at, plan_id=plan.id, amount=stars, currency=STARS)
            await self.unit.payments.book(self.community_id, key, paid, at, account_id=account_id)

    async def _accounts(self, souls: Sequence[Soul]) -> dict[Soul, int]:
        found = await self.unit.members.find(PLATFORM, {self.community_id: {each.person.id for each in souls}})
        return {soul: found[self.community_id, soul.person.id].id for soul in souls}

    def _paid(self, soul: Soul, key: str, plan: int, amount: int, currency: str) -> Iterator[Payment]:
        chance = random.Random(f"{soul.person.id} pays")
        days = chance.uniform(20, min(soul.since, _MOST * _MONTH.days))
        at, number = self.today - timedelta(days=days), 0
        while True:
            ends = at + _MONTH
            kind = PaymentKind.RENEWED if number else PaymentKind.PAID
            paid = Payment(key=f"{key}:{number}", kind=kind, at=at, plan_id=plan, until=ends)
            yield replace(paid, amount=amount, currency=currency)
            stops = chance.random() < _STOPS[min(number, len(_STOPS) - 1)]
            how, ahead = chance.choice(_ENDS)
            told = ends - timedelta(days=ahead)
            if stops and told <= self.today:
                yield Payment(key=f"{key}:{number}:{how.value}", kind=how, at=told)
            if stops or ends > self.today:
                return
            at, number = ends, number + 1


def _came(soul: Soul) -> bool:
    return soul.since >= _MONTH.days and not _runs(soul)


def _runs(soul: Soul) -> bool:
    return soul.face in {Rights.MODERATOR.value, Rights.OWNER.value}
