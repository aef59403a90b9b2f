"""/thanks: recognition from one member to another, a few times a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.domain.errors import BadInput
from core.domain.facts import Thanked
from core.domain.kinds import Kind
from core.domain.message import Reply
from core.domain.people import Account, Member
from core.domain.points import Reason
from core.kit import Context, Menu, command
from core.kit.consent import must_serve
from core.kit.ledger_actions import tidy_reason
from core.kit.words import name_of


@command(menus={Menu.MEMBER, Menu.MESSAGE})
async def thanks(context: Context, member: Member, reason: str = "") -> Reply:
    """Thank a member with points."""
    _check(context, member)
    why = tidy_reason(reason)
    allowed = context.rules.thanks_a_day
    left = allowed - await _given_today(context)
    if left <= 0:
        raise BadInput("error-thanks-used-up", allowed=allowed)
    giver, account = context.my_account, await _account_of(context, member)
    if account.behind_bridge:
        raise BadInput("error-thanks-bridge", name=member.name)
    points = context.rules.thanks
    key = f"thanks:{giver.platform}:{_event_key(context)}"
    await context.give(account, points, Reason.THANKS, key, actor_account_id=giver.id)
    context.raise_(Thanked(account=giver, member=context.me, target=account, target_member=member))
    words = {"from": name_of(context.t, context.me), "to": name_of(context.t, member), "points": points}
    words |= {"reasoned": "yes" if why else "no", "reason": why}
    if context.call is not None and context.call.direct:
        await context.tell(member, Reply(context.texts_for(member)("thanks-received", **words)))
    return Reply(context.t("thanks-given", left=left - 1, **words))


def _check(context: Context, member: Member) -> None:
    must_serve(context, context.me)
    if member.bot:
        raise BadInput("error-thanks-bot")
    if member.id == context.me.id:
        raise BadInput("error-thanks-self")
    must_serve(context, member)
    if member.left_at is not None:
        raise BadInput("error-thanks-left", name=member.name)


def _event_key(context: Context) -> str:
    if context.call is None:
        raise LookupError("nobody asks here")
    return context.call.key


async def _given_today(context: Context) -> int:
    zone = ZoneInfo(context.community.settings.timezone)
    midnight = datetime.combine(date.fromisoformat(context.today), time(), zone).astimezone(UTC)
    mine = await context.my_accounts()
    if await context.unit.ledger.tally(mine, (Reason.SUM,), midnight):
        raise BadInput("error-thanks-summed-up")
    # Whoever was thanked and asked to be left out since has but a sum.
    booked = await context.unit.ledger.count_given(mine, Reason.THANKS, midnight)
    return max(booked, await context.unit.interactions.count_by(mine, Kind.THANKS, midnight))


async def _account_of(context: Context, member: Member) -> Account:
    """Return the member's account on the platform where the thanks are said, or any."""
    accounts = await context.unit.members.accounts_of([member.id])
    here = [account for account in accounts if account.platform == context.my_account.platform]
    return (here or accounts)[-1]
