"""/points: what a member has, and how it came about."""

from __future__ import annotations

from core.domain.message import Reply
from core.domain.people import Member
from core.kit import Context, command


@command()
async def points(context: Context, member: Member | None = None) -> Reply:
    """Show points and the last entries of the ledger."""
    shown = member or context.me
    spent = await context.unit.ledger.spent(shown.id)
    return Reply(context.t("points-summary", balance=shown.balance, earned=shown.earned, spent=spent))
