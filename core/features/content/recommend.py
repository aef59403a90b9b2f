"""/recommend: a few items that the caller may want next, each with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from core.domain.catalogue import Access, Candidate, Item
from core.domain.message import Reply
from core.domain.people import folded
from core.features.content.item import show_item
from core.kit import Context, Markup, command
from core.kit.consent import must_serve, personal
from core.kit.items import Mine, choices, item_line, mine

LIST = 5
ALIKE = 2  # items of a list whose first topic is the same
FEW = 5  # people of whom a number is told
POPULAR_DAYS = 90
_LOOKED_AT = 60  # items that are popular or new, where nothing else is known


@command(private=True)
async def recommend(context: Context) -> Reply:
    """Get a few things you may want next, each with why."""
    must_serve(context, context.me)
    found = await best(context, LIST)
    if not found:
        empty = not await context.unit.catalogue.count_shown(context.community.id, context.now)
        return Reply(context.t("browse-empty" if empty else "recommend-all-seen"))
    await note_shown(context, [it for it, _ in found])
    agreed = bool(personal([context.me]))
    lines = [context.t("recommend-title" if agreed else "recommend-title-many")]
    titles = await _titles(context, [candidate for _, candidate in found])
    for it, candidate in found:
        lines += [item_line(context, it), why(context, candidate, titles)]
    if not agreed:
        lines.append(context.t("recommend-agree"))
    return Reply(Markup("\n".join(lines)), choices(context, [it for it, _ in found], show_item))


async def note_shown(context: Context, found: Sequence[Mine]) -> None:
    """Write down that these were recommended to the caller."""
    ids = [each.item.id for each in found]
    await context.unit.uses.note_shown(context.community.id, context.my_account.id, ids, context.now)


async def best(context: Context, count: int) -> list[tuple[Mine, Candidate]]:
    """Return what the caller may want next: worked out for them at night, then of their topics, popular, new.

    Never what they opened, finished, own, or said isn't for them, nor what their tier may not open.
    """
    agreed = bool(personal([context.me]))
    stored = await context.unit.uses.suggested(context.me.id) if agreed else []
    topics = await context.unit.uses.chosen(await context.my_accounts()) if agreed else {}
    items = await _items(context, [each.item_id for each in stored])
    shelf = await _shelf(context)
    found: list[tuple[Mine, Candidate]] = []
    seen: Counter[str] = Counter()
    order = [*stored, *_otherwise(shelf, topics)]
    wanted = list(dict.fromkeys(each.item_id for each in order))
    by_id = items | {item.id: item for item, _ in shelf}
    there = {it.item.id: it for it in await mine(context, [by_id[each] for each in wanted if each in by_id])}
    unwanted = {folded(topic) for topic, wants in topics.items() if not wants}
    for spare in (False, True):  # what is alike fills what is left
        for candidate in order:
            it = there.get(candidate.item_id)
            if it is None or len(found) == count or not _may(it, unwanted) or any(it is each for each, _ in found):
                continue
            first = folded(it.item.topics[0]) if it.item.topics else ""
            if first and seen[first] >= ALIKE and not spare:
                continue
            seen[first] += 1
            found.append((it, candidate))
    return found


def _may(it: Mine, unwanted: set[str]) -> bool:
    use = it.use
    known = use.opened_at or use.finished_at or use.refused_at or use.rating is not None
    return not known and it.access in {Access.OPEN, Access.PRICE} and not unwanted & set(map(folded, it.item.topics))


async def _items(context: Context, item_ids: Sequence[int]) -> dict[int, Item]:
    found = await context.unit.catalogue.many(context.community.id, item_ids)
    return {each: item for each, item in found.items() if item.shown(context.now)}


async def _shelf(context: Context) -> list[tuple[Item, int]]:
    """Return what most opened lately, then the newest, each with how many opened it."""
    here = context.community.id
    popular = dict(await context.unit.uses.popular(here, context.now - timedelta(days=POPULAR_DAYS), _LOOKED_AT))
    items = await _items(context, list(popular))
    newest = await context.unit.catalogue.shown(here, context.now, _LOOKED_AT)
    found = [(items[each], count) for each, count in popular.items() if each in items]
    return found + [(item, 0) for item in newest if item.id not in items]


def _otherwise(shelf: Sequence[tuple[Item, int]], topics: Mapping[str, bool]) -> Iterable[Candidate]:
    """Yield what may be wanted where little is known: of chosen topics, then what many opened, then the newest."""
    wanted = {folded(topic): topic for topic, wants in topics.items() if wants}
    for item, _ in shelf:
        if shared := [each for each in item.topics if folded(each) in wanted]:
            yield Candidate(item_id=item.id, reason="because-topic", about=shared[0])
    for item, count in shelf:
        yield Candidate(item_id=item.id, reason="because-popular" if count >= FEW else "because-new", about=str(count))


async def _titles(context: Context, found: Sequence[Candidate]) -> dict[str, str]:
    """Return the titles of the items that reasons speak of."""
    ids = {int(each.about) for each in found if each.reason in {"because-like", "because-wanted"}}
    items = await context.unit.catalogue.many(context.community.id, ids) if ids else {}
    return {str(each): item.title for each, item in items.items()}


def why(context: Context, candidate: Candidate, titles: Mapping[str, str]) -> Markup:
    """Return in a line why an item is recommended; figures of fewer than five people are left out."""
    if candidate.reason in {"because-like", "because-wanted"}:
        if title := titles.get(candidate.about):
            return context.t(candidate.reason, title=title)
        return context.t("because-new")
    if candidate.reason == "because-topic":
        return context.t("because-topic", topic=candidate.about)
    if candidate.reason == "because-popular" and int(candidate.about or 0) >= FEW:
        return context.t("because-popular", count=int(candidate.about))
    return context.t("because-new")
