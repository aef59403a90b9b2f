"""What each member may want next: the community's recommenders, fitted every night on what members made of items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.catalogue import Candidate, Item, Use
from core.domain.people import folded
from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.kit import Context, Work, task
from core.kit.consent import personal

KEPT = 30  # candidates of a member
GOOD, POOR = 4, 2  # stars from which an item was liked, and up to which it wasn't
_DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendInput:
    """What recommenders learn from: members and items by their places, days since 1970.

    `signals` are (member, item, day), `refused` (member, item), `chosen` (member, topic) of those that are wanted.
    """

    members: Sequence[int]
    items: Sequence[int]
    texts: Sequence[str]
    topics: Sequence[str]
    item_topics: Sequence[tuple[int, int]]
    published: Sequence[float]
    signals: Sequence[tuple[int, int, float]]
    refused: Sequence[tuple[int, int]]
    chosen: Sequence[tuple[int, int]]


def recommended(given: RecommendInput) -> dict[int, list[Candidate]]:
    """Return what each member may want next; it runs in the process that does heavy work."""
    # NumPy, SciPy and scikit-learn take a second to load, which only this process has to spend.
    import numpy as np  # noqa: PLC0415
    import scipy.sparse as sp  # noqa: PLC0415

    from core.recommend import Blend, Items, Reason, Signals  # noqa: PLC0415

    def ones(pairs: Sequence[tuple[int, int]], shape: tuple[int, int]) -> sp.csr_array:
        rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
        matrix = sp.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
        matrix.data[:] = 1.0
        return matrix

    signals = Signals(
        member=np.array([each[0] for each in given.signals], np.int64),
        item=np.array([each[1] for each in given.signals], np.int64),
        day=np.array([each[2] for each in given.signals], np.float64),
        members=len(given.members),
        items=len(given.items),
        refused=np.array(given.refused, np.int64).reshape(-1, 2),
    )
    about = Items(
        texts=given.texts,
        topics=ones(given.item_topics, (len(given.items), len(given.topics))),
        topic_names=given.topics,
        chosen=ones(given.chosen, (len(given.members), len(given.topics))),
        published=np.array(given.published, np.float64),
    )
    blend = Blend().fit(signals, about)
    best = blend.recommend(np.arange(len(given.members)), KEPT)

    def said(reason: Reason) -> str:
        if reason.topic is not None:
            return given.topics[reason.topic]
        if reason.item is not None:
            return str(given.items[reason.item])
        return "" if reason.count is None else str(reason.count)

    found: dict[int, list[Candidate]] = {}
    for place, row in enumerate(best):
        some = [int(item) for item in row if item >= 0]
        found[given.members[place]] = [
            Candidate(item_id=given.items[item], reason=reason.key, about=said(reason))
            for item, reason in zip(some, blend.reasons(place, some), strict=True)
        ]
    return found


@task(every=Daily("04:10"), heavy=True)
async def recommendations(context: Context, task: Task) -> Work | None:
    """Work out what each member may want next, of those who agreed to it and made something of an item."""
    given = await taken(context)
    return None if given is None else Work(recommended, given, _keep)


async def _keep(context: Context, found: Mapping[int, Sequence[Candidate]]) -> None:
    """Keep what was found for those who still agree to it, of what is still there."""
    unit, here = context.unit, context.community.id
    there = {member.id for member in personal((await unit.members.many(list(found))).values())}
    items = {each.id for each in await unit.catalogue.all_shown(here, context.now)}
    kept = {
        member: [each for each in some if each.item_id in items] for member, some in found.items() if member in there
    }
    await unit.uses.suggest(here, kept)


async def taken(context: Context) -> RecommendInput | None:
    """Return what recommenders learn from, None where there is nothing to recommend or nobody who wants it."""
    unit, here = context.unit, context.community.id
    items = await unit.catalogue.all_shown(here, context.now)
    owners = await unit.members.owners(here)
    agreed = {member.id for member in personal(owners.values())}
    of = {account: member.id for account, member in owners.items() if member.id in agreed}
    uses = [(of[account], use) for account, use in await unit.uses.all(here) if account in of]
    choices = await unit.uses.all_chosen(here)
    chosen = [(of[account], topic, wants) for account, topic, wants in choices if account in of]
    return _given(context.now, items, uses, chosen) if items and (uses or chosen) else None


def _given(
    now: datetime,
    items: Sequence[Item],
    uses: Sequence[tuple[int, Use]],
    chosen: Sequence[tuple[int, str, bool]],
) -> RecommendInput:
    """Return members, items and topics by their places; uses and choices name members."""
    members = sorted({member for member, _ in uses} | {member for member, *_ in chosen})
    place = {member: at for at, member in enumerate(members)}
    item_place = {item.id: at for at, item in enumerate(items)}
    said = {folded(topic): topic for item in items for topic in item.topics}
    topic_place = {topic: at for at, topic in enumerate(said)}
    has = [{topic_place[folded(topic)] for topic in item.topics} for item in items]
    choices = [(place[member], topic_place[topic], wants) for member, topic, wants in chosen if topic in topic_place]
    known = [(place[member], item_place[use.item_id], use) for member, use in uses if use.item_id in item_place]
    none_of = {(member, item) for member, topic, wants in choices if not wants for item in _with(has, topic)}
    return RecommendInput(
        members=members,
        items=[item.id for item in items],
        texts=[f"{item.title}\n{item.description}" for item in items],
        topics=list(said.values()),
        item_topics=[(at, topic) for at, each in enumerate(has) for topic in sorted(each)],
        published=[(item.published_at or now).timestamp() / _DAY for item in items],
        signals=_signals(known, now),
        refused=sorted({(member, item) for member, item, use in known if _refused(use)} | none_of),
        chosen=[(member, topic) for member, topic, wants in choices if wants],
    )


def _with(has: Sequence[set[int]], topic: int) -> list[int]:
    return [item for item, topics in enumerate(has) if topic in topics]


def _signals(known: Sequence[tuple[int, int, Use]], now: datetime) -> list[tuple[int, int, float]]:
    """Return the day on which each member first wanted an item; a member's accounts are one."""
    first: dict[tuple[int, int], float] = {}
    for member, item, use in known:
        day = None if _refused(use) else _wanted(use, now)
        if day is not None:
            first[member, item] = min(day, first.get((member, item), day))
    return [(member, item, day) for (member, item), day in first.items()]


def _refused(use: Use) -> bool:
    return use.refused_at is not None or (use.rating is not None and use.rating <= POOR)


def _wanted(use: Use, now: datetime) -> float | None:
    """Return the day on which somebody first wanted an item, None where nothing says that they do."""
    times = [each for each in (use.saved_at, use.opened_at, use.finished_at) if each is not None]
    if not times and (use.rating is None or use.rating < GOOD) and use.entry_id is None:
        return None
    return min(times, default=now).timestamp() / _DAY
