"""What moderators do to the ledger: to whom, under which key, and taking an entry back."""

from __future__ import annotations

import re

from core.domain.booking import TakeBack, undo_key
from core.domain.errors import BadInput, NotFound
from core.domain.people import Account, Member
from core.domain.points import Reason
from core.kit.context import Context
from core.store.ledger import Booked

REASON_LIMIT = 200
_BENEFIT = re.compile(r"(?:^|:)redeem:(\d+):")  # joined communities put something before a key


async def account_of(context: Context, member: Member) -> Account:
    """Return the account to book on: the one on the platform where the moderator is, else the oldest.

    Raise NotFound where the member has none left.
    """
    accounts = await context.unit.members.accounts_of([member.id])
    if not accounts:
        raise NotFound("error-no-member", name=member.name)
    here = context.call.platform if context.call else ""
    return next((each for each in accounts if each.platform == here), accounts[0])


def call_key(context: Context, kind: str) -> str:
    """Return a ledger key that this call alone has, however often it is delivered."""
    if context.call is None:
        raise LookupError("nobody asks here")
    return f"{kind}:{context.call.platform}:{context.call.key}"


def tidy_reason(reason: str) -> str:
    """Return a reason in one line; raise BadInput where it is empty or longer than 200 characters."""
    tidy = " ".join(reason.split())
    if len(tidy) > REASON_LIMIT:
        raise BadInput("error-too-long", limit=REASON_LIMIT)
    return tidy


def redeem_key(context: Context, benefit_id: int, asked: str) -> str:
    """Return the ledger key of a benefit taken, once for a question that was asked; `take_back` reads it."""
    return f"redeem:{benefit_id}:{context.my_account.platform}:{asked}"


async def booked_under(context: Context, key: str) -> Booked:
    """Return the entry that was booked under `key` in this community."""
    return (await context.unit.ledger.with_keys(context.community.id, [key]))[key]


async def take_back(context: Context, entry: Booked) -> tuple[int, int]:
    """Book the reverse of an entry; return by how much the balance moved, and what was spent of it and is owed now.

    A benefit that was taken is in stock again. Raise BadInput where the entry was taken back already, takes another
    back itself, belongs to a change of rules or is the sum of several.
    """
    if entry.reason is Reason.SUM:
        raise BadInput("error-undo-of-sum", entry=entry.id)
    if entry.reason is Reason.REVERSAL:
        raise BadInput("error-undo-of-undo", entry=entry.id)
    if entry.reason is Reason.RULES:
        raise BadInput("error-undo-rules", entry=entry.id)
    if await context.unit.ledger.known({context.community.id: [undo_key(entry.key)]}):
        raise BadInput("error-undone-already", entry=entry.id)
    account = await context.unit.members.account(entry.account_id)
    before = await context.unit.members.get(account.member_id)
    back = TakeBack(entry.key, context.now, context.my_account.id)
    booking = await context.unit.ledger.take_back([(context.community.id, back)])
    if entry.reason is Reason.REDEEM and (taken := _BENEFIT.search(entry.key)):
        await context.unit.benefits.put_one_back(int(taken[1]))
    after = await context.booked(account, booking, again=True)
    return after.balance - before.balance, max(0, after.owed - before.owed)
