"""/newcomers: who came lately, wrote, and has had no answer yet."""

from __future__ import annotations

from datetime import UTC, datetime

from core.domain.clock import local_day
from core.domain.message import Reply
from core.kit import Audience, Context, Markup, Work, command
from core.kit.network import Seen, read

MOST = 10


@command(audience=Audience.MODERATOR, private=True)
async def newcomers(context: Context) -> Reply | Work:
    """Show who joined in the last 30 days, wrote, and got no reply."""
    return await read(context, "newcomers", answer)


async def answer(context: Context, seen: Seen) -> Reply:
    """Return who waits for an answer."""
    t, found = context.t, seen.result["newcomers"]
    waiting = found["unanswered"]
    head = t("newcomers-summary", came=found["came"], wrote=found["wrote"], waiting=len(waiting), day=seen.said_until)
    if not waiting:
        return Reply(head)
    zone = context.community.settings.timezone
    named = [(name, at) for place, at in waiting if (name := seen.name(place))]
    lines = [
        t("newcomers-line", name=name, day=t.day(local_day(datetime.fromtimestamp(at * 86_400, UTC), zone)))
        for name, at in named[:MOST]
    ]
    others = len(waiting) - len(lines)
    if others:
        lines.append(t("newcomers-others", count=others))
    return Reply(Markup("\n".join([head, *lines])))
