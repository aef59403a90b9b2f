"""/library: what a member owns, kept for later, began and finished, and how far they are with a series."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.catalogue import Item, Use
from core.domain.message import Reply
from core.features.content.item import ON_BUTTON, show_certificate, show_item
from core.kit import Context, Markup, action, command
from core.kit.items import choices, item_line, mine
from core.kit.lessons import Lessons, lessons_of, progress
from core.kit.words import Rows, turn_pages

PAGE = 8
SERIES = 3  # of which it is said how far one is
_SHELVES = ("started", "saved", "owned", "finished")


@command(private=True)
async def library(context: Context) -> Reply:
    """See what you began, saved, own and finished."""
    return await _page(context, 1)


@action(private=True)
async def library_page(context: Context, page: int) -> Reply:
    """Show another page."""
    return await _page(context, page)


async def _page(context: Context, page: int) -> Reply:
    uses = {each: use for each, use in (await context.unit.uses.of(await context.my_accounts())).items() if _shelf(use)}
    items = await context.unit.catalogue.many(context.community.id, list(uses))
    if not items:
        return Reply(context.t("library-empty"))
    order = sorted(items, key=lambda each: _order(uses[each]))
    pages = -(-len(order) // PAGE)
    page = min(max(page, 1), pages)
    shown = [items[each] for each in order[(page - 1) * PAGE : page * PAGE]]
    lines = await _lines(context, shown, uses)
    these = await mine(context, shown)
    under_way = await _series(context, [items[each] for each in order]) if page == 1 else []
    lines = [*(progress(context, each) for each in under_way), *lines]
    return Reply(
        Markup("\n".join(lines)),
        (
            *_onward(context, under_way),
            *choices(context, these, show_item),
            *turn_pages(context, library_page, page, pages),
        ),
    )


async def _series(context: Context, items: Sequence[Item]) -> list[Lessons]:
    """Return the series that the caller is at, the last touched first, those that are complete behind."""
    first = {item.series: item for item in reversed(items) if item.series and item.place}
    found = [await lessons_of(context, item) for item in list(first.values())[-SERIES:][::-1]]
    there = [each for each in found if each is not None]
    return sorted(there, key=lambda each: each.complete)


def _onward(context: Context, under_way: Sequence[Lessons]) -> Rows:
    """Return a button for each series: on where one stopped, or its certificate."""
    rows = []
    for each in under_way:
        further = each.next()
        if further is None:
            word = context.t.plain("course-certificate", series=each.series[:ON_BUTTON])
            rows.append((context.button(word, show_certificate, item=each.parts[0].item.id),))
        else:
            word = context.t.plain("item-next", title=further.item.title[:ON_BUTTON])
            rows.append((context.button(word, show_item, item=further.item.id),))
    return tuple(rows)


async def _lines(context: Context, shown: Sequence[Item], uses: dict[int, Use]) -> list[Markup]:
    lines: list[Markup] = []
    last = ""
    for each in await mine(context, shown):
        shelf = _shelf(uses[each.item.id])
        if shelf != last:
            lines.append(context.t(f"library-{shelf}"))
            last = shelf
        lines.append(item_line(context, each))
    return lines


def _shelf(use: Use) -> str:
    """Return where in the library an item stands, empty for nowhere."""
    if use.finished_at is not None:
        return "finished"
    if use.opened_at is not None:
        return "started"
    if use.entry_id is not None:
        return "owned"
    return "saved" if use.saved_at is not None else ""


def _order(use: Use) -> tuple[int, float]:
    """Return where an item stands: shelf by shelf, the last touched first."""
    times = [each for each in (use.finished_at, use.opened_at, use.saved_at) if each is not None]
    return _SHELVES.index(_shelf(use)), -max((each.timestamp() for each in times), default=0.0)
