"""More like this: what is about the same as an item, and what those who opened it opened too."""

from __future__ import annotations

from core.domain.catalogue import Item, alike
from core.domain.message import Reply
from core.domain.people import folded
from core.features.content.item import show_item
from core.kit import Context, Markup, action
from core.kit.items import choices, item_line, item_with, mine

LIST = 5
_OF_A_TOPIC = 100  # items that are looked at


@action(private=True)
async def alike_items(context: Context, item: int) -> Reply:
    """Show what is most like an item."""
    given = await item_with(context, item)
    found = [it for it in await mine(context, await _near(context, given)) if it.use.refused_at is None][:LIST]
    if not found:
        return Reply(context.t("alike-none", title=given.title))
    lines = [context.t("alike-title", title=given.title), *(item_line(context, it) for it in found)]
    return Reply(Markup("\n".join(lines)), choices(context, found, show_item))


async def _near(context: Context, given: Item) -> list[Item]:
    """Return what is like an item, the most so first, without the parts of its own series."""
    here = context.community.id, context.now
    opened, together = await context.unit.uses.together(given.id)
    items = await context.unit.catalogue.many(context.community.id, list(together))
    for topic in given.topics:
        items |= {each.id: each for each in await context.unit.catalogue.shown(*here, _OF_A_TOPIC, topic=topic)}
    topics = set(map(folded, given.topics))
    scores = {}
    for each in items.values():
        own = each.series and each.series == given.series
        if each.id == given.id or own or not each.shown(context.now):
            continue
        both, other = together.get(each.id, (0, 0))
        scores[each.id] = alike(topics, set(map(folded, each.topics)), both, opened, other)
    return [items[each] for each in sorted(scores, key=lambda each: (-scores[each], -each)) if scores[each] > 0]
