"""/newcomers: who came lately, wrote, and has had no answer yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from core.domain.clock import day_number, local_day
from core.domain.message import Reply
from core.kit import Audience, Context, Markup, Work, command
from core.kit.consent import personal, served
from core.kit.network import Seen, read

MOST = 10
LATELY = 30  # days since somebody came


@command(audience=Audience.MODERATOR, private=True)
async def newcomers(context: Context) -> Reply | Work:
    """Show who joined in the last 30 days, wrote, and got no reply."""
    if not await context.unit.interactions.any_addressed(context.community.id):
        return await _unaddressed(context)
    return await read(context, "newcomers", answer)


async def answer(context: Context, seen: Seen) -> Reply:
    """Return who waits for an answer."""
    found = seen.result["newcomers"]
    waiting = [(seen.name(place), datetime.fromtimestamp(at * 86_400, UTC)) for place, at in found["unanswered"]]
    return _told(context, found["came"], found["wrote"], waiting, seen.said_until)


async def _unaddressed(context: Context) -> Reply:
    """Return who waits where nobody ever answered anybody: everybody who wrote."""
    unit, lately = context.unit, context.now - timedelta(days=LATELY)
    before = await unit.rollups.first_days(context.community.id)
    wrote = {
        member: at
        for member, at in (await unit.interactions.first_written(context.community.id, lately)).items()
        if before.get(member, day_number(at)) >= day_number(at)
    }
    came = [
        member
        for member in await unit.members.all(context.community.id)
        if served(member) and (member.id in wrote or (member.joined_at is not None and member.joined_at >= lately))
    ]
    waiting = sorted((member for member in came if member.id in wrote), key=lambda each: wrote[each.id], reverse=True)
    named = {member.id for member in personal(waiting)}
    days = [(member.name if member.id in named else "", wrote[member.id]) for member in waiting]
    until = context.t.day(local_day(context.now, context.community.settings.timezone))
    return _told(context, len(came), len(waiting), days, until)


def _told(context: Context, came: int, wrote: int, waiting: Sequence[tuple[str, datetime]], until: str) -> Reply:
    """Return it in words: `waiting` are names, empty for who may not be named, and when each wrote first."""
    t, zone = context.t, context.community.settings.timezone
    head = t("newcomers-summary", came=came, wrote=wrote, waiting=len(waiting), day=until)
    if not waiting:
        return Reply(head)
    lines = [t("newcomers-line", name=name, day=t.day(local_day(at, zone))) for name, at in waiting if name][:MOST]
    others = len(waiting) - len(lines)
    if others:
        lines.append(t("newcomers-others", count=others))
    return Reply(Markup("\n".join([head, *lines])))
