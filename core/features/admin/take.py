"""/take: points taken by a moderator, with a reason; never below zero, never in public."""

from __future__ import annotations

from typing import Annotated

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import Member
from core.domain.points import AMOUNT_LIMIT, Reason
from core.kit import Context, Range, Rights, command
from core.kit.ledger_actions import account_of, booked_under, call_key, tidy_reason
from core.kit.words import name_of


@command(rights=Rights.MODERATOR, private=True)
async def take(context: Context, member: Member, amount: Annotated[int, Range(1, AMOUNT_LIMIT)], reason: str) -> Reply:
    """Take points from a member, with a reason."""
    name = name_of(context.t, member)
    if member.balance < amount:
        raise BadInput("error-take-too-much", name=name, balance=member.balance)
    account, key, why = await account_of(context, member), call_key(context, "take"), tidy_reason(reason)
    # A correction lowers the level too; what was spent isn't taken twice.
    earned = -min(amount, member.earned)
    left = await context.give(
        account, -amount, Reason.TAKE, key, earned=earned, note=why, actor_account_id=context.my_account.id
    )
    entry = await booked_under(context, key)
    await context.record("take", account, amount=amount, reason=why, entry=entry.id)
    undo = context.button(context.t.plain("button-undo"), "undo", entry=entry.id)
    return Reply(context.t("take-done", name=name, amount=amount, balance=left.balance, reason=why), ((undo,),))
