"""/checkin: a few points for coming by, more for coming daily."""

from __future__ import annotations

from datetime import date, timedelta

from core.domain.errors import BadInput
from core.domain.facts import CheckedIn
from core.domain.message import Reply
from core.domain.points import Reason
from core.kit import Context, command
from core.kit.consent import must_serve
from core.kit.context import BookedAlready


@command()
async def checkin(context: Context) -> Reply:
    """Check in once a day."""
    member = must_serve(context, context.me)
    today = context.today
    yesterday, tomorrow = ((date.fromisoformat(today) + timedelta(days=by)).isoformat() for by in (-1, 1))
    last = member.checked_in_on
    if last is not None and today <= last <= tomorrow:  # tomorrow: in a time zone that was changed since
        raise BadInput("error-checked-in", streak=member.streak)
    goes_on = last is not None and (last == yesterday or last > tomorrow)  # the clock was ahead for a while
    streak = member.streak + 1 if goes_on else 1
    points = context.rules.checkin_points(streak)
    try:
        key = f"checkin:{member.id}:{today}"
        member = await context.give(context.my_account, points, Reason.CHECKIN, key, note=str(streak))
    except BookedAlready:  # before they asked to be left out, with which the streak went
        raise BadInput("error-checked-in", streak=1) from None
    member.streak, member.checked_in_on = streak, today
    await context.unit.members.save([member])
    context.raise_(CheckedIn(account=context.my_account, member=member, streak=streak))
    more = context.rules.checkin_points(streak + 1)
    return Reply(context.t("checkin-done", points=points, streak=streak, tomorrow=more, balance=member.balance))
