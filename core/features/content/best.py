"""What somebody may want next: worked out for them at night, then of their topics, popular, new; each with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.domain.catalogue import Access, Candidate, Item
from core.domain.effects import share_held_out
from core.domain.people import folded
from core.domain.pushes import is_held_out
from core.domain.uplift import RecommendationTrial, Showing, season_of
from core.kit import Context, Markup
from core.kit.consent import personal
from core.kit.items import Mine, item_line, mine
from core.kit.lessons import lessons_of

ALIKE = 2  # items of a list whose first topic is the same
FEW = 5  # people of whom a number is told
POPULAR_DAYS = 90
_LOOKED_AT = 60  # items that are popular or new, where nothing else is known


@dataclass(frozen=True, slots=True)
class Best:
    """What somebody may want next, each with why.

    Where the season's members are drawn, `trial` is how, `popular` says that this one gets what is popular, and
    `others` are the items of the list that they don't get.
    """

    found: Sequence[tuple[Mine, Candidate]]
    trial: RecommendationTrial | None = None
    popular: bool = False
    others: Collection[int] = ()

    @property
    def items(self) -> list[Mine]:
        """Return the items alone."""
        return [it for it, _ in self.found]


async def note_shown(context: Context, shown: Best) -> None:
    """Write down that these were recommended to the caller, and in which of the two lists they stand."""
    here, mine, ids = context.community.id, context.my_account.id, [each.item.id for each in shown.items]
    await context.unit.uses.note_shown(here, mine, ids, context.now)
    if shown.trial is None:
        return
    rows = [
        Showing(
            member_id=context.me.id,
            item_id=each,
            at=context.now,
            season=shown.trial.season,
            popular=shown.popular,
            in_own=not shown.popular or each in shown.others,
            in_popular=shown.popular or each in shown.others,
            place=place,
        )
        for place, each in enumerate(ids)
    ]
    await context.unit.recommended.add(here, mine, rows)


async def best(context: Context, count: int, but: Collection[int] = ()) -> Best:
    """Return what the caller may want next: worked out for them at night, then of their topics, popular, new.

    Never what they opened, finished, own, or said isn't for them, nor what their tier may not open, nor what
    is in `but`, nor a part of a series whose turn it isn't. Some of those for whom something was worked out are drawn
    to get what is popular and new alone.
    """
    agreed = bool(personal([context.me]))
    stored = await context.unit.uses.suggested(context.me.id) if agreed else []
    topics = await context.unit.uses.chosen(await context.my_accounts()) if agreed else {}
    items = await _items(context, [each.item_id for each in stored])
    shelf = await _shelf(context)
    by_id = items | {item.id: item for item, _ in shelf}
    there = {it.item.id: it for it in await mine(context, [it for each, it in by_id.items() if each not in but])}
    unwanted = {folded(topic) for topic, wants in topics.items() if not wants}
    may = {each: it for each, it in there.items() if _may(it, unwanted)}
    own = await _varied(context, (*stored, *_otherwise(shelf, topics)), may, count)
    trial = await _trial(context) if stored else None
    if trial is None:
        return Best(own)
    popular = await _varied(context, tuple(_otherwise(shelf, {})), may, count)
    drawn = is_held_out(context.me.id, trial.draw(context.community.id), trial.share)
    given, other = (popular, own) if drawn else (own, popular)
    return Best(given, trial, drawn, {it.item.id for it, _ in other})


async def _trial(context: Context) -> RecommendationTrial | None:
    """Return how this season's members are drawn, decided by the first that is asked for; None where too few are."""
    unit, here, season = context.unit, context.community.id, season_of(context.now)
    known = [each for each in await unit.recommended.trials(here) if each.season == season]
    if known:
        return known[0]
    eligible = await unit.recommended.eligible(here)
    if not (share := share_held_out(eligible)):
        return None
    trial = RecommendationTrial(season=season, share=share, eligible=eligible)
    await unit.recommended.begin(here, trial)
    return trial


async def _varied(
    context: Context, order: Sequence[Candidate], may: Mapping[int, Mine], count: int
) -> list[tuple[Mine, Candidate]]:
    """Return the first of an order that somebody may open, not many of one topic while others are left."""
    found: list[tuple[Mine, Candidate]] = []
    seen: Counter[str] = Counter()
    turns: dict[str, int] = {}
    for spare in (False, True):  # what is alike fills what is left
        for candidate in order:
            it = may.get(candidate.item_id)
            if it is None or len(found) == count or any(it is each for each, _ in found):
                continue
            first = folded(it.item.topics[0]) if it.item.topics else ""
            if (first and seen[first] >= ALIKE and not spare) or not await _in_turn(context, it, turns):
                continue
            seen[first] += 1
            found.append((it, candidate))
    return found


async def _in_turn(context: Context, it: Mine, turns: dict[str, int]) -> bool:
    """Say whether it is an item's turn in its series: `turns` keeps the part of each that is next."""
    if not it.item.in_turn:
        return True
    if it.item.series not in turns:
        lessons = await lessons_of(context, it.item)
        further = None if lessons is None else lessons.next()
        turns[it.item.series] = it.item.id if further is None else further.item.id
    return turns[it.item.series] == it.item.id


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


async def recommended_lines(context: Context, found: Sequence[tuple[Mine, Candidate]]) -> list[Markup]:
    """Return each item in a line, with a line that says why."""
    titles = await _titles(context, [candidate for _, candidate in found])
    return [line for it, each in found for line in (item_line(context, it), why(context, each, titles))]


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
