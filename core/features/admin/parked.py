"""/parked: what couldn't be applied, and another try."""

from __future__ import annotations

from core.domain.message import Reply
from core.kit import Context, Markup, Rights, command
from core.kit.words import turn_pages
from core.store.parked import ParkedEvent

PAGE = 10


@command(rights=Rights.OWNER, private=True, hidden=("retry", "page"))
async def parked(context: Context, retry: int = 0, page: int = 1) -> Reply:
    """Show events that couldn't be applied, and try them again."""
    waiting = await context.unit.parked.of_community(context.community.id)
    if retry and waiting:
        # The engine tries them outside this unit of work, each in its own: one that fails spoils no other.
        await context.unit.parked.want([each.id for each in waiting])
        await context.record("retry", count=len(waiting))
        again = context.button(context.t.plain("parked-look"), "parked")
        return Reply(context.t("parked-wanted", count=len(waiting)), ((again,),))
    if not waiting:
        return Reply(context.t("parked-none"))
    pages = -(-len(waiting) // PAGE)
    page = min(max(page, 1), pages)
    head = context.t("parked-title", count=len(waiting))
    lines = [_line(context, each) for each in waiting[(page - 1) * PAGE : page * PAGE]]
    row = (context.button(context.t.plain("parked-retry"), "parked", retry=1),)
    return Reply(Markup("\n".join([head, *lines])), (row, *turn_pages(context, "parked", page, pages)))


def _line(context: Context, each: ParkedEvent) -> Markup:
    when = context.said_moment(each.at)
    return context.t("parked-line", day=when, reason=each.reason, attempts=each.attempts)
