"""/recommend: a few items that the caller may want next, each with why."""

from __future__ import annotations

from core.domain.message import Reply
from core.features.content.best import best, note_shown, recommended_lines
from core.features.content.item import show_item
from core.features.content.picks import ask_once
from core.kit import Context, Markup, command
from core.kit.consent import must_serve, personal
from core.kit.items import choices

LIST = 5


@command(private=True)
async def recommend(context: Context) -> Reply:
    """Get a few things you may want next, each with why."""
    must_serve(context, context.me)
    found = await best(context, LIST)
    if not found.items:
        empty = not await context.unit.catalogue.count_shown(context.community.id, context.now)
        return Reply(context.t("browse-empty" if empty else "recommend-all-seen"))
    await note_shown(context, found)
    agreed = bool(personal([context.me]))
    lines = [context.t("recommend-title" if agreed else "recommend-title-many")]
    lines += await recommended_lines(context, found.found)
    if not agreed:
        lines.append(context.t("recommend-agree"))
    asked, want = await ask_once(context)
    return Reply(Markup("\n".join([*lines, *asked])), (*choices(context, found.items, show_item), *want))
