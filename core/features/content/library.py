"""/library: what a member owns, kept for later, began and finished, and how far they are with a series."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.domain.catalogue import Item, Use
from core.domain.message import Reply
from core.features.content.item import ON_BUTTON, show_certificate, show_item
from core.kit import Context, Markup, action, command
from core.kit.items import bought_alone, choices, item_line, mine
from core.kit.lessons import Lessons, lessons_of, progress
from core.kit.words import Rows, turn_pages

PAGE = 5
SERIES = 2  # of which it is said how far one is
Shelf = Literal["started", "saved", "owned", "finished"]
_SHELVES: tuple[Shelf, ...] = ("started", "saved", "owned", "finished")


@dataclass(frozen=True, slots=True)
class _Library:
    """What a member has, by shelf, the last touched first."""

    uses: Mapping[int, Use]
    shelves: Mapping[Shelf, Sequence[Item]]


@command(private=True)
async def library(context: Context) -> Reply:
    """See what you began, saved, own and finished."""
    return await _page(context, None, 1)


@action(private=True)
async def library_page(context: Context, page: int, shelf: Shelf | None = None) -> Reply:
    """Show another page, or another shelf."""
    return await _page(context, shelf, page)


async def _page(context: Context, wanted: Shelf | None, page: int) -> Reply:
    found = await _library(context)
    if not found.shelves:
        return Reply(context.t("library-empty"))
    shelf = wanted if wanted is not None and wanted in found.shelves else next(iter(found.shelves))
    items = found.shelves[shelf]
    pages = -(-len(items) // PAGE)
    page = min(max(page, 1), pages)
    these = await mine(context, items[(page - 1) * PAGE : page * PAGE])
    under_way = await _series(context, found) if wanted is None else []
    lines = [progress(context, each) for each in under_way]
    lines += [
        context.t(f"library-{shelf}", count=len(items)),
        *(item_line(context, each, brief=True) for each in these),
    ]
    offered = {further.item.id for each in under_way if (further := each.next()) is not None}
    return Reply(
        Markup("\n".join(lines)),
        (
            *_onward(context, under_way),
            *choices(context, [each for each in these if each.item.id not in offered], show_item),
            *turn_pages(context, library_page, page, pages, shelf=shelf),
            *_others(context, found, shelf),
        ),
    )


def _others(context: Context, found: _Library, shelf: Shelf) -> Rows:
    """Return a row of buttons to the shelves that aren't shown."""
    row = tuple(
        context.button(context.t.plain(f"library-open-{each}", count=len(items)), library_page, page=1, shelf=each)
        for each, items in found.shelves.items()
        if each != shelf
    )
    return (row,) if row else ()


async def _library(context: Context) -> _Library:
    uses, owned = await context.unit.uses.of(await context.my_accounts()), await bought_alone(context)
    uses = {each: Use(item_id=each) for each in owned} | uses
    on = {each: shelf for each, use in uses.items() if (shelf := _shelf(use, owned))}
    items = await context.unit.catalogue.many(context.community.id, list(on))
    order = sorted(items, key=lambda each: _touched(uses[each]), reverse=True)
    shelves = {shelf: [items[each] for each in order if on[each] == shelf] for shelf in _SHELVES}
    return _Library(uses, {shelf: some for shelf, some in shelves.items() if some})


async def _series(context: Context, found: _Library) -> list[Lessons]:
    """Return the series that the caller is at, the last touched first, those that are complete behind."""
    items = [item for some in found.shelves.values() for item in some]
    first = {item.series: item for item in reversed(items) if item.series and item.place}
    last = [await lessons_of(context, item) for item in list(first.values())[-SERIES:][::-1]]
    there = [each for each in last if each is not None]
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


def _shelf(use: Use, owned: Collection[int]) -> Shelf | None:
    """Return where in the library an item stands, None for nowhere."""
    if use.finished_at is not None:
        return "finished"
    if use.opened_at is not None:
        return "started"
    if use.entry_id is not None or use.item_id in owned:
        return "owned"
    return "saved" if use.saved_at is not None else None


def _touched(use: Use) -> float:
    """Return when something was last done with an item, in seconds."""
    times = [each for each in (use.finished_at, use.opened_at, use.saved_at) if each is not None]
    return max((each.timestamp() for each in times), default=0.0)
