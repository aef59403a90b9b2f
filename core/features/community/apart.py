"""/apart: whom a member doesn't want to be paired with, for that member alone to see and to take back."""

from __future__ import annotations

from core.domain.errors import BadInput, NotFound
from core.domain.message import Reply
from core.domain.people import Member
from core.kit import Context, Markup, action, command
from core.kit.activities import in_rows
from core.kit.consent import must_serve
from core.kit.ledger_actions import account_of
from core.kit.words import name_of

MOST = 25  # as many buttons as every platform shows


@command(private=True)
async def apart(context: Context, member: Member | None = None) -> Reply:
    """See whom I don't pair you with, or add somebody; nobody else sees it."""
    must_serve(context, context.me)
    if member is None:
        return await _listed(context)
    if member.id == context.me.id:
        raise BadInput("error-apart-self")
    mine = await _mine(context)
    if member.id not in mine and len(mine) >= MOST:
        raise BadInput("error-apart-full", most=MOST)
    if member.id not in mine:
        other = await account_of(context, member)
        await context.unit.activity_members.keep_apart(
            context.community.id, context.my_account.id, other.id, context.now
        )
    return await _listed(context, context.t("apart-kept"))


@action(private=True)
async def let_meet(context: Context, apart: int) -> Reply:
    """Let whoever presses be paired with somebody again."""
    if not await context.unit.activity_members.let_meet(apart, await context.my_accounts()):
        raise NotFound("error-apart-gone")
    return await _listed(context, context.t("apart-taken-back"))


async def _mine(context: Context) -> dict[int, int]:
    """Return whom whoever asks is kept apart from, and the number of the row that says so."""
    found = await context.unit.activity_members.apart(context.community.id, await context.my_accounts())
    return {each.other_id: each.id for each in found}


async def _listed(context: Context, said: Markup | None = None) -> Reply:
    t, mine = context.t, await _mine(context)
    if not mine:
        return Reply(Markup("\n".join([*([said] if said else []), t("apart-none")])))
    people = await context.unit.members.many(mine)
    names = {each: name_of(t, people[each]) for each in mine}
    lines = [*([said] if said else []), t("apart-title", names=t.listed(names.values()))]
    made = [
        context.button(t.plain("apart-take-back", name=name)[:80], let_meet, apart=mine[each])
        for each, name in list(names.items())[:MOST]
    ]
    return Reply(Markup("\n".join(lines)), in_rows(made, 5))
