"""/forgetme: real erasure, after being asked twice."""

from __future__ import annotations

from typing import Literal

from core.domain.message import Reply
from core.kit import Context, action, command
from core.kit.erasing import communities_of, erase, erase_everywhere
from core.store.audit import AuditEntry


@command(private=True, leavers=True)
async def forgetme(context: Context) -> Reply:
    """Have everything about you erased."""
    t = context.t
    accounts = await context.unit.members.accounts_of([context.me.id])
    others = set(await communities_of(context.unit, accounts)) - {context.community.id}
    kept = context.button(t.plain("button-forget-no"), forget, sure="no")
    if not others:
        row = (context.button(t.plain("button-forget-yes"), forget, sure="yes"), kept)
        return Reply(t("forgetme-sure", balance=context.me.balance), (row,))
    names = [each.name for each in (await context.unit.communities.many(others)).values()]
    said = t(
        "forgetme-sure-where",
        sure=t("forgetme-sure", balance=context.me.balance),
        here=context.community.name,
        others=tuple(sorted(names)),
    )
    choices = (("button-forget-here", "yes"), ("button-forget-everywhere", "everywhere"))
    rows = tuple((context.button(t.plain(label), forget, sure=given),) for label, given in choices)
    return Reply(said, (*rows, (kept,)))


@action(private=True, leavers=True, formerly=("forgetme", "sure"))
async def forget(context: Context, sure: Literal["yes", "everywhere", "no"]) -> Reply:
    """Erase it here or everywhere, or let it be, once that was asked."""
    if sure == "no":
        return Reply(context.t("forgetme-kept"))
    me, unit, now = context.me.id, context.unit, context.now
    if sure == "everywhere":
        places = await erase_everywhere(unit, me, context.erasure_hash, now)
    else:
        places = [context.community.id]
        await erase(unit, context.community.id, me, context.erasure_hash, now)
    # From here on there is nobody to whom the answer, or the deed, could be put down.
    context.member = context.account = None
    for place in places:
        await context.unit.audit.add(place, AuditEntry("forgotten", now))
    return Reply(context.t("forgetme-done", where=sure))
