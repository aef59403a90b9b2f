"""Telegram Stars: what is told of payments, who may pay, the links that pay, and what is given back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from telegram import LabeledPrice
from telegram.error import BadRequest

from bot.platforms.port import Intake, Unreachable
from bot.platforms.telegram.connection import Connection, means, said
from bot.platforms.telegram.directory import Directory
from bot.platforms.telegram.fields import DIRECT, PLATFORM, Json, clean, time_of, whole
from core.domain.events import PaymentTold
from core.domain.message import Invoice
from core.domain.outgoing import Outgoing, Refund, SentButton
from core.domain.plans import STARS, PaymentKind
from core.domain.stars import CHARGE_LIMIT, MONTH

PAGE = 100  # transactions in one answer: Telegram's most
ANSWERED = 1_000  # checkouts that are remembered
_CHANGES = {"canceled": PaymentKind.CANCELLED, "active": PaymentKind.RESUMED, "failed": PaymentKind.FAILED}
_log = structlog.get_logger()


def paid(message: Json, directory: Directory, at: datetime) -> Iterator[PaymentTold]:
    """Yield what a message of Telegram's own says of Stars that were paid or given back; of money, nothing."""
    # A notice of Telegram's own may come in the bot's name: the chat is the person's in either case.
    chat, sender = message["chat"], message.get("from", {})
    who = sender if sender.get("id") == chat["id"] else {**chat, "is_bot": False}
    for field in ("successful_payment", "refunded_payment"):
        told = message.get(field)
        if not told or told["currency"] != STARS:
            continue
        charge = clean(str(told["telegram_payment_charge_id"]))[:CHARGE_LIMIT]
        again = told.get("is_recurring") and not told.get("is_first_recurring")
        kind = PaymentKind.RENEWED if again else PaymentKind.PAID
        until = told.get("subscription_expiration_date")
        yield PaymentTold(
            platform=PLATFORM,
            key=f"{field}:{charge}",
            space=DIRECT,
            at=at,
            actor=directory.person(who),
            kind=PaymentKind.REFUNDED if field == "refunded_payment" else kind,
            payload=clean(str(told["invoice_payload"])),
            charge=charge,
            stars=whole(told["total_amount"]),
            until=None if until is None else time_of(until),
        )


def changed(subscription: Json, key: str, directory: Directory, at: datetime) -> Iterator[PaymentTold]:
    """Yield what became of a subscription: cancelled, resumed, or not paid."""
    kind = _CHANGES.get(subscription["state"])
    if kind is not None:
        yield PaymentTold(
            platform=PLATFORM,
            key=key,
            space=DIRECT,
            at=at,
            actor=directory.person(subscription["user"]),
            kind=kind,
            payload=clean(str(subscription["invoice_payload"])),
        )


class Checkouts:
    """Say at once who may pay: Telegram waits ten seconds, a database may take longer."""

    def __init__(self, connection: Connection, intake: Intake) -> None:
        self._connection = connection
        self._intake = intake
        self._answered: deque[str] = deque(maxlen=ANSWERED)

    async def answer(self, updates: Sequence[Any]) -> None:
        """Answer each checkout among `updates`, once."""
        asked = (each.get("pre_checkout_query") for each in updates if isinstance(each, dict))
        await asyncio.gather(*(self._answer(query) for query in asked if query is not None))

    async def _answer(self, query: Json) -> None:
        number = str(query.get("id")) if isinstance(query, dict) else ""
        if number in self._answered:
            return
        self._answered.append(number)
        try:
            why, bot = self._refusal(query), self._connection.bot
            await said(lambda: bot.answer_pre_checkout_query(number, ok=why is None, error_message=why))
        except Exception as error:
            # Whatever it is, nobody else's may wait for it; another look may try this one again.
            self._answered.remove(number)
            _log.warning("a checkout couldn't be answered", platform=PLATFORM, why=type(error).__name__)

    def _refusal(self, query: Json) -> str | None:
        person, stars = query["from"], whole(query["total_amount"])
        asked = stars if query["currency"] == STARS else 0  # nothing of ours is sold for money
        payload, locale = clean(str(query["invoice_payload"])), person.get("language_code")
        return self._intake.refusal(PLATFORM, str(whole(person["id"])), payload, asked, locale)


class Transactions:
    """Read the list of a bot's transactions on from where it was read to."""

    def __init__(self, connection: Connection, directory: Directory) -> None:
        self._connection = connection
        self._directory = directory
        self._read = 0

    async def pages(self) -> AsyncIterator[list[PaymentTold]]:
        """Yield what was paid for invoices and given back, page by page; raise as `said` does."""
        while True:
            await self._connection.ready()
            rows = (await said(self._ask))["transactions"]
            yield [told for row in rows if (told := self._told(row)) is not None]
            self._read += len(rows)
            if len(rows) < PAGE:
                return

    async def _ask(self) -> Json:
        return (await self._connection.bot.get_star_transactions(self._read, PAGE)).to_dict()

    def _told(self, row: Json) -> PaymentTold | None:
        partner = row.get("source") or row.get("receiver") or {}
        if partner.get("transaction_type") != "invoice_payment" or "invoice_payload" not in partner:
            return None
        back, charge = "source" not in row, clean(str(row["id"]))[:CHARGE_LIMIT]
        return PaymentTold(
            platform=PLATFORM,
            key=f"listed:{charge}:{'back' if back else 'paid'}",
            space=DIRECT,
            at=time_of(row["date"]),
            actor=self._directory.person(partner["user"]),
            kind=PaymentKind.REFUNDED if back else PaymentKind.PAID,
            payload=clean(str(partner["invoice_payload"])),
            charge=charge,
            stars=whole(row["amount"]),
            listed=True,
        )


async def payable(connection: Connection, outgoing: Outgoing) -> Outgoing:
    """Return a message whose invoices have become links that pay them inside Telegram; raise as `said` does."""
    if not any(button.invoice for row in outgoing.buttons for button in row):
        return outgoing
    rows = [[await _payable(connection, button) for button in row] for row in outgoing.buttons]
    return replace(outgoing, buttons=tuple(tuple(row) for row in rows))


async def _payable(connection: Connection, button: SentButton) -> SentButton:
    invoice = button.invoice
    if invoice is None:
        return button
    link = await said(lambda: _link(connection, invoice))
    return replace(button, url=link, invoice=None)


async def _link(connection: Connection, invoice: Invoice) -> str:
    return await connection.bot.create_invoice_link(
        title=invoice.title,
        description=invoice.about,
        payload=invoice.payload,
        currency=STARS,
        prices=[LabeledPrice(invoice.title, invoice.stars)],
        provider_token="",
        subscription_period=MONTH if invoice.monthly else None,
    )


async def give_back(connection: Connection, refund: Refund) -> None:
    """Give Stars back, and let nothing more be paid; that they were already is as good.

    Raise Unreachable where Telegram refuses.
    """
    await connection.ready()
    bot, person = connection.bot, int(refund.to)
    try:
        await said(lambda: bot.refund_star_payment(person, refund.charge))
    except BadRequest as error:
        if not means(error, "charge_already_refunded"):
            raise Unreachable(error.message) from None
    with suppress(BadRequest):  # what was paid once is no subscription
        await said(lambda: bot.edit_user_star_subscription(person, refund.charge, True))
