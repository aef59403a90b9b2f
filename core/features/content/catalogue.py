"""/catalogue: what there is, for those who look after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from core.domain.catalogue import Item
from core.domain.message import Button, Reply
from core.features.content.dead_links import named_dead, show_dead_links
from core.features.content.feeds import show_feeds
from core.features.content.publish import preview, publish_item
from core.kit import Context, Markup, Rights, action, command
from core.kit.items import about, item_named, item_with
from core.kit.suggesting import MOST, Suggest, Suggestion
from core.kit.words import one_of, turn_pages

PAGE = 10


async def any_item_suggested(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    """Return items for an option, drafts and retired ones too, the newest first."""
    found = await context.unit.catalogue.all(context.community.id, 500)
    return [Suggestion(each.title, f"#{each.id}") for each in found][: 20 * MOST]


@command(rights=Rights.MODERATOR, private=True)
async def catalogue(context: Context, item: Annotated[str, Suggest(any_item_suggested)] | None = None) -> Reply:
    """See all that was published, with what members made of it."""
    if item is None:
        return await _page(context, 1)
    return await _looked_at(context, await item_named(context, item, everything=True))


@action(rights=Rights.MODERATOR, private=True)
async def catalogue_page(context: Context, page: int) -> Reply:
    """Show another page."""
    return await _page(context, page)


@action(rights=Rights.MODERATOR, private=True)
async def look_at_item(context: Context, item: int) -> Reply:
    """Show an item with what members made of it, and what can be done with it."""
    return await _looked_at(context, await item_with(context, item, everything=True))


async def _page(context: Context, page: int) -> Reply:
    total = await context.unit.catalogue.count(context.community.id)
    add: tuple[Button, ...] = (
        context.button(context.t.plain("publish-open"), publish_item),
        context.button(context.t.plain("feeds-open"), show_feeds),
    )
    if not total:
        return Reply(context.t("catalogue-empty"), (add,))
    if dead := len(await named_dead(context)):
        add = (*add, context.button(context.t.plain("dead-links-open", count=dead), show_dead_links))
    pages = -(-total // PAGE)
    page = min(max(page, 1), pages)
    shown = await context.unit.catalogue.all(context.community.id, PAGE, (page - 1) * PAGE)
    lines = [context.t("catalogue-title", count=total), *(_line(context, each) for each in shown)]
    buttons = [context.button(each.title[:60], look_at_item, item=each.id) for each in shown]
    turning = turn_pages(context, catalogue_page, page, pages)
    choice = one_of(context.t.plain("item-choose"), buttons)
    return Reply(Markup("\n".join(lines)), (*choice, *turning, add))


def _line(context: Context, item: Item) -> Markup:
    state = item.state.value if item.state != "live" or item.shown(context.now) else "later"
    if item.expires_at is not None and item.expires_at <= context.now:
        state = "over"
    return context.t("catalogue-line", title=item.title, about=about(context, item), state=state)


async def _looked_at(context: Context, item: Item) -> Reply:
    shown = preview(context, item)
    groups = (await context.unit.uses.reach(context.community.id, item.id)).values()
    steps = ("opened", "finished", "saved", "refused", "rated", "bought")
    made = context.t("catalogue-uses", **{step: sum(each[step] for each in groups) for step in steps})
    return Reply(Markup(f"{shown.text}\n{made}"), shown.buttons)
