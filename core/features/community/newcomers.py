"""/newcomers: who came lately, wrote, and has had no answer yet."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from core.domain.clock import local_day
from core.domain.message import Reply
from core.kit import Audience, Context, Markup, Work, command
from core.kit.network import Seen, read
from core.kit.words import Rows, turn_pages

PAGE = 10


@command(audience=Audience.MODERATOR, private=True, hidden=("page",))
async def newcomers(context: Context, page: int = 1) -> Reply | Work:
    """Show who joined in the last 30 days, wrote, and got no reply."""
    return await read(context, "newcomers", partial(answer, page=page), page=page)


async def answer(context: Context, seen: Seen, page: int | None = None) -> Reply:
    """Return who waits for an answer: ten to a page, or all of them."""
    t, found = context.t, seen.result["newcomers"]
    waiting = found["unanswered"]
    head = t("newcomers-summary", came=found["came"], wrote=found["wrote"], waiting=len(waiting), day=seen.said_until)
    if not waiting:
        return Reply(head)
    zone = context.community.settings.timezone
    named = [(name, at) for place, at in waiting if (name := seen.name(place))]
    shown = named
    buttons: Rows = ()
    if page is not None:
        pages = max(1, -(-len(named) // PAGE))
        page = min(max(page, 1), pages)
        shown = named[(page - 1) * PAGE : page * PAGE]
        buttons = turn_pages(context, "newcomers", page, pages)
    lines = [
        t("newcomers-line", name=name, day=t.day(local_day(datetime.fromtimestamp(at * 86_400, UTC), zone)))
        for name, at in shown
    ]
    others = len(waiting) - len(named)
    if others:
        lines.append(t("newcomers-others", count=others))
    return Reply(Markup("\n".join([head, *lines])), buttons)
