"""/grant: points from a moderator, with a reason that everybody may read."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import Member
from core.domain.points import AMOUNT_LIMIT, Reason
from core.kit import Context, Length, Menu, Range, Rights, command, form
from core.kit.consent import must_serve
from core.kit.ledger_actions import REASON_LIMIT, account_of, booked_under, call_key, tidy_reason
from core.kit.words import name_of

Amount = Annotated[int, Range(1, AMOUNT_LIMIT)]


@form(rights=Rights.MODERATOR, hidden=("member",))
async def grant_points(
    context: Context, member: Member, amount: Amount, reason: Annotated[str, Length(REASON_LIMIT)]
) -> Reply:
    """Give points to a member, as was filled in."""
    return await _give(context, member, amount, reason)


@command(rights=Rights.MODERATOR, menus={Menu.MEMBER: grant_points})
async def grant(context: Context, member: Member, amount: Amount | None = None, reason: str | None = None) -> Reply:
    """Give points to a member, with a reason; what isn't said is asked for."""
    if amount is not None and reason is not None:
        return await _give(context, member, amount, reason)
    _check(context, member)
    opens = context.button(context.t.plain("grant-fill-in"), grant_points, member=f"#{member.id}", amount=amount)
    asked = context.t("grant-ask", name=name_of(context.t, member))
    return Reply(asked, ((replace(opens, replace_message=False),),), private=True)


def _check(context: Context, member: Member) -> None:
    if member.bot:
        raise BadInput("error-grant-bot")
    must_serve(context, member)


async def _give(context: Context, member: Member, amount: int, reason: str) -> Reply:
    _check(context, member)
    account, key, why = await account_of(context, member), call_key(context, "grant"), tidy_reason(reason)
    await context.give(account, amount, Reason.GRANT, key, note=why, actor_account_id=context.my_account.id)
    entry = await booked_under(context, key)
    action = "grant-own" if member.id == context.me.id else "grant"
    await context.record(action, account, amount=amount, reason=why, entry=entry.id, **_said_in(context))
    undo = context.button(context.t.plain("button-undo"), "undo", entry=entry.id)
    said = context.t(
        "grant-done", name=name_of(context.t, member), amount=amount, actor=name_of(context.t, context.me), reason=why
    )
    return Reply(said, ((undo,),))


def _said_in(context: Context) -> dict[str, int | str]:
    """Return where everybody reads of this, for /undo to tell them."""
    if context.space is None or context.call is None or context.call.direct:
        return {}
    return {"said_space": context.space.id, "said_room": context.room.external_id if context.room else ""}
