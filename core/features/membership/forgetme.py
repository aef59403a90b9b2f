"""/forgetme: real erasure, after being asked twice."""

from __future__ import annotations

from typing import Literal

from core.domain.message import Reply
from core.kit import Context, command


@command(private=True, hidden=("sure",), leavers=True)
async def forgetme(context: Context, sure: Literal["yes", "no"] | None = None) -> Reply:
    """Have everything about you erased."""
    if sure is None:
        t = context.t
        row = (
            context.button(t.plain("button-forget-yes"), "forgetme", sure="yes"),
            context.button(t.plain("button-forget-no"), "forgetme", sure="no"),
        )
        return Reply(t("forgetme-sure", balance=context.me.balance), (row,))
    if sure == "no":
        return Reply(context.t("forgetme-kept"))
    members, accounts = await context.unit.members.identity(context.me.id)
    hashes = [context.erasure_hash(account.platform, account.external_id) for account in accounts]
    await context.unit.erasure.erase(members, [account.id for account in accounts], hashes, context.now)
    # From here on there is nobody to whom the answer, or the deed, could be put down.
    context.member = context.account = None
    await context.record("forgotten")
    return Reply(context.t("forgetme-done"))
