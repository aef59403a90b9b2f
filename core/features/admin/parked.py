"""/parked: what couldn't be applied, and another try."""

from __future__ import annotations

from core.domain.message import Reply
from core.kit import Context, Markup, Rights, action, command
from core.kit.words import turn_pages
from core.store.parked import ParkedEvent

PAGE = 10


@command(rights=Rights.OWNER, private=True)
async def parked(context: Context) -> Reply:
    """Show events that couldn't be applied, and try them again."""
    return await _page(context, 1)


@action(rights=Rights.OWNER, private=True, formerly=("parked", "retry"))
async def retry_parked(context: Context) -> Reply:
    """Have them tried again."""
    waiting = await context.unit.parked.of_community(context.community.id)
    if not waiting:
        return Reply(context.t("parked-none"))
    # The engine tries them outside this unit of work, each in its own: one that fails spoils no other.
    await context.unit.parked.want([each.id for each in waiting])
    await context.record("retry", count=len(waiting))
    again = context.button(context.t.plain("parked-look"), parked)
    return Reply(context.t("parked-wanted", count=len(waiting)), ((again,),))


@action(rights=Rights.OWNER, private=True, formerly=("parked", "page"))
async def parked_page(context: Context, page: int) -> Reply:
    """Show another page."""
    return await _page(context, page)


async def _page(context: Context, page: int) -> Reply:
    waiting = await context.unit.parked.of_community(context.community.id)
    if not waiting:
        return Reply(context.t("parked-none"))
    pages = -(-len(waiting) // PAGE)
    page = min(max(page, 1), pages)
    head = context.t("parked-title", count=len(waiting))
    lines = [_line(context, each) for each in waiting[(page - 1) * PAGE : page * PAGE]]
    row = (context.button(context.t.plain("parked-retry"), retry_parked),)
    return Reply(Markup("\n".join([head, *lines])), (row, *turn_pages(context, parked_page, page, pages)))


def _line(context: Context, each: ParkedEvent) -> Markup:
    when = context.said_moment(each.at)
    return context.t("parked-line", day=when, reason=each.reason, attempts=each.attempts)
