"""/browse and /search: what the community has to offer, by topic or by words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from core.domain.errors import NotFound
from core.domain.message import Reply
from core.domain.people import folded
from core.features.content.item import show_item, shown
from core.kit import Context, Length, Markup, action, command
from core.kit.items import choices, item_line, item_with, items_suggested, mine, numbered
from core.kit.suggesting import Suggest, Suggestion
from core.kit.words import Rows, one_of, turn_pages

PAGE = 8
FOUND = 8
WORDS = 100  # characters of what somebody searches for
_TOPICS = 12  # offered as buttons


async def topics_suggested(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    """Return the topics there are, the largest first."""
    topics = await context.unit.catalogue.topics(context.community.id, context.now, 200)
    return [Suggestion(f"{topic} ({count:,})", topic, (topic,)) for topic, count in topics]


@command(private=True)
async def browse(context: Context, topic: Annotated[str, Suggest(topics_suggested)] | None = None) -> Reply:
    """Look through what there is, all of it or of a topic."""
    return await _page(context, topic or "", 1)


@action(private=True)
async def browse_page(context: Context, page: int, topic: str = "") -> Reply:
    """Show another page."""
    return await _page(context, topic, page)


@command(private=True)
async def search(
    context: Context, item: Annotated[str, Suggest(items_suggested), Length(WORDS)] | None = None
) -> Reply:
    """Find what there is about something."""
    if item is None:
        return Reply(context.t("search-how"), await _topics(context))
    if (number := numbered(item)) is not None:
        return await shown(context, await item_with(context, number))
    found = await context.unit.catalogue.search(context.community.id, context.now, item, FOUND)
    if not found:
        return Reply(context.t("search-nothing", words=item), await _topics(context))
    these = await mine(context, found)
    lines = [context.t("search-found", words=item), *(item_line(context, each) for each in these)]
    return Reply(Markup("\n".join(lines)), choices(context, these, show_item))


async def _page(context: Context, topic: str, page: int) -> Reply:
    here = context.community.id, context.now
    total = await context.unit.catalogue.count_shown(*here, topic=topic)
    if not total and topic:
        missing = NotFound("error-no-topic", topic=topic[:64])
        near = await context.unit.catalogue.topics(*here, 5)
        missing.offers = tuple((each, each) for each, _ in near)
        raise missing
    if not total:
        return Reply(context.t("browse-empty"))
    pages = -(-total // PAGE)
    page = min(max(page, 1), pages)
    these = await mine(context, await context.unit.catalogue.shown(*here, PAGE, (page - 1) * PAGE, topic=topic))
    title = context.t("browse-topic", topic=topic, count=total) if topic else context.t("browse-all", count=total)
    lines = [title, *(item_line(context, each) for each in these)]
    turning = turn_pages(context, browse_page, page, pages, topic=topic or None)
    return Reply(
        Markup("\n".join(lines)), (*choices(context, these, show_item), *turning, *await _topics(context, topic))
    )


async def _topics(context: Context, but: str = "") -> Rows:
    """Return a choice among topics, if there are any others."""
    found = await context.unit.catalogue.topics(context.community.id, context.now, _TOPICS)
    others = [(topic, count) for topic, count in found if folded(topic) != folded(but)]
    buttons = [context.button(f"{topic} ({count:,})", browse_page, page=1, topic=topic) for topic, count in others]
    return one_of(context.t.plain("browse-choose"), buttons, in_a_row=3)
