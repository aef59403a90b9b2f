"""Stars of a Bot API server: invoices, checkouts, payments, subscriptions, and what is given back."""

from __future__ import annotations

import copy
import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.world._telegram_params import Params
    from tests.world._telegram_things import Chat, Json
    from tests.world._telegram_world import World

MONTH = 2_592_000
PATIENCE = 10.0  # seconds that a checkout waits for its answer


class Stars:
    """What people pay, and what Telegram says of it."""

    invoices: dict[str, Json]
    checkouts: dict[str, Json]
    transactions: list[Json]
    stopped: dict[str, bool]

    def checkout(self, user: Any, link: str) -> str:
        """Press *Pay* behind an invoice link, and return the checkout's id: the bot is asked whether that may be."""
        invoice, who = self.invoices[link], self.person(user).user
        query = {
            "id": str(next(self._query_ids)),
            "from": who,
            "currency": "XTR",
            "total_amount": invoice["stars"],
            "invoice_payload": invoice["payload"],
        }
        self.checkouts[query["id"]] = {"at": self.now(), "invoice": invoice, "user": who["id"], "ok": None}
        self.push({"pre_checkout_query": query})
        return str(query["id"])

    def settle(self, checkout: str) -> Json | None:
        """Let the Stars go once the bot allowed it, and return the charge; None where it did not, or not in time."""
        asked = self.checkouts[checkout]
        if not asked["ok"]:
            return None
        return self._charge(asked["user"], asked["invoice"], first=True)

    def renew(self, user: Any, charge: Json) -> Json:
        """Let a subscription's next month be paid by itself."""
        return self._charge(self.person(user).user["id"], charge["invoice"], first=False)

    def subscription(self, user: Any, charge: Json, state: str) -> None:
        """Cancel a subscription (`canceled`), take that back (`active`), or let a payment of it fail (`failed`)."""
        who = self.person(user).user
        told = {"user": who, "invoice_payload": charge["invoice"]["payload"], "state": state}
        self.push({"subscription": told})

    def _charge(self, user: int, invoice: Json, *, first: bool) -> Json:
        number = f"stxCharge{next(self._charges)}"
        payment: Json = {
            "currency": "XTR",
            "total_amount": invoice["stars"],
            "invoice_payload": invoice["payload"],
            "telegram_payment_charge_id": number,
            "provider_payment_charge_id": f"{user}_{number}",
        }
        if invoice["period"]:
            payment |= {"subscription_expiration_date": int(self.now()) + invoice["period"], "is_recurring": True}
            payment |= {"is_first_recurring": True} if first else {}
        self._transact(number, user, invoice, source=True)
        chat = self.chats[user]
        self._tell("message", self._message(chat, self.people[user].user, successful_payment=payment), chat)
        return {"id": number, "invoice": invoice, "user": user}

    def _transact(self, number: str, user: int, invoice: Json, *, source: bool) -> None:
        partner = {"type": "user", "transaction_type": "invoice_payment", "user": self.people[user].user}
        partner |= {"invoice_payload": invoice["payload"]}
        if invoice["period"]:
            partner |= {"subscription_period": invoice["period"]}
        moved = {"id": number, "amount": invoice["stars"], "date": int(self.now())}
        self.transactions.append(moved | {"source" if source else "receiver": partner})

    _charges = itertools.count(1)
    _query_ids: Any
    _message: Any
    _tell: Any
    chats: dict[int, Chat]
    people: Any
    person: Any
    push: Any
    now: Any


class StarMethods:
    """The methods for Stars."""

    world: World

    def createInvoiceLink(self, params: Params) -> str:
        prices = params.json("prices") or []
        if params.text("currency") != "XTR" or params.text("provider_token"):
            raise self._bad("PAYMENT_PROVIDER_INVALID")
        if not 1 <= len(params.text("title")) <= 32 or not 1 <= len(params.text("description")) <= 255:
            raise self._bad("INVOICE_TEXT_INVALID")
        if not 1 <= len(params.text("payload").encode()) <= 128:
            raise self._bad("INVOICE_PAYLOAD_INVALID")
        if len(prices) != 1 or not 1 <= prices[0]["amount"] <= 10_000:
            raise self._bad("STARS_INVOICE_INVALID")
        period = params.number("subscription_period")
        if period not in (0, MONTH):
            raise self._bad("SUBSCRIPTION_PERIOD_INVALID")
        link = f"https://t.me/$invoice{len(self.world.invoices) + 1}"
        self.world.invoices[link] = {
            "title": params.text("title"),
            "description": params.text("description"),
            "payload": params.text("payload"),
            "stars": prices[0]["amount"],
            "period": period,
        }
        return link

    def answerPreCheckoutQuery(self, params: Params) -> bool:
        asked = self.world.checkouts.get(params.text("pre_checkout_query_id"))
        if asked is None or asked["ok"] is not None or self.world.now() - asked["at"] > PATIENCE:
            raise self._bad("query is too old and response timeout expired or query ID is invalid")
        asked["ok"] = params.flag("ok")
        asked["why"] = params.text("error_message")
        if not asked["ok"] and not asked["why"]:
            raise self._bad("error_message must be non-empty")
        return True

    def refundStarPayment(self, params: Params) -> bool:
        number, user = params.text("telegram_payment_charge_id"), params.number("user_id")
        mine = [one for one in self.world.transactions if one["id"] == number]
        if not mine or mine[0]["source"]["user"]["id"] != user:
            raise self._bad("CHARGE_NOT_FOUND")
        if len(mine) > 1:
            raise self._bad("CHARGE_ALREADY_REFUNDED")
        partner = mine[0]["source"]
        back = {"id": number, "amount": mine[0]["amount"], "date": int(self.world.now()), "receiver": partner}
        self.world.transactions.append(back)
        chat = self.world.chats[user]
        told = {
            "currency": "XTR",
            "total_amount": mine[0]["amount"],
            "invoice_payload": partner["invoice_payload"],
            "telegram_payment_charge_id": number,
        }
        self.world._tell("message", self.world._message(chat, self.world.me, refunded_payment=told), chat)
        return True

    def editUserStarSubscription(self, params: Params) -> bool:
        number, user = params.text("telegram_payment_charge_id"), params.number("user_id")
        mine = [one["source"] for one in self.world.transactions if one["id"] == number and "source" in one]
        if not mine or mine[0]["user"]["id"] != user or "subscription_period" not in mine[0]:
            raise self._bad("CHARGE_NOT_FOUND")
        self.world.stopped[number] = params.flag("is_canceled")
        return True

    def getStarTransactions(self, params: Params) -> Json:
        offset, limit = params.number("offset"), min(max(params.number("limit", 100), 1), 100)
        return {"transactions": copy.deepcopy(self.world.transactions[offset : offset + limit])}

    _bad: Any
