"""Segments: groups of members who are alike in how lately and how often they come and what it is worth, once a week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from core.domain.clock import day_number
from core.domain.network_result import ENOUGH
from core.domain.people import present
from core.domain.plans import PaymentKind, refunded
from core.domain.schedule import Weekly
from core.domain.segments import (
    BOUGHT,
    SEGMENTS,
    YEAR,
    Move,
    Place,
    Segment,
    SegmentFigures,
    SegmentsResult,
    Worth,
    segment_of,
)
from core.kit import Context
from core.kit.consent import personal
from core.kit.studies import Outcome, Reading, study
from core.store.unit import UnitOfWork

_EPOCH = date(1970, 1, 1)
_PAID = (PaymentKind.PAID, PaymentKind.RENEWED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitors:
    """Who came within a year up to a day of a month: figures by place, days but for `value`."""

    month: str
    until: int
    members: Sequence[int]
    recency: Sequence[int]
    frequency: Sequence[int]
    tenure: Sequence[int]
    value: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsInput:
    """What segments are found in: who came until today, and until last month's end."""

    now: Visitors
    before: Visitors
    worth: Worth | None
    currency: str


def find(given: SegmentsInput) -> Outcome[SegmentsResult]:
    """Return the segments of now and of last month, and who moved; it runs in the process that does heavy work."""
    places, figures, aside = _found(given.now, given.worth)
    before, _, _ = _found(given.before, given.worth)
    was = {each.member_id: each.segment for each in before}
    moved = Counter(
        (was[each.member_id], each.segment) for each in places if was.get(each.member_id, each.segment) != each.segment
    )
    result = SegmentsResult(
        until=given.now.until,
        month=given.now.month,
        people=len(given.now.members),
        worth=given.worth,
        currency=given.currency,
        segments=tuple(figures),
        before=given.before.month if places and before else "",
        moved=tuple(
            Move(before=Segment(one), now=Segment(other), count=count)
            for (one, other), count in sorted(moved.items(), key=lambda each: (-each[1], each[0]))
        ),
        aside=aside,
    )
    return Outcome(result=result, rows=tuple(places))


class _Columns(NamedTuple):
    """Figures of everybody, or their medians."""

    recency: Any
    frequency: Any
    tenure: Any
    value: Any


def _found(given: Visitors, worth: Worth | None) -> tuple[list[Place], list[SegmentFigures], tuple[str, ...]]:
    """Return in which segment each is, the segments' figures, and what says nothing about them; nothing without groups.

    Groups with one name are one segment: what words can't tell apart isn't two things to anybody.
    """
    # NumPy and scikit-learn take a second to load, which only the worker's process has to spend.
    import numpy as np  # noqa: PLC0415

    from core.analysis.segments import Customers, segments  # noqa: PLC0415

    every = _Columns(*(np.array(each, float) for each in (given.recency, given.frequency, given.tenure, given.value)))
    some = Customers(recency=every.recency, frequency=every.frequency, value=every.value if worth else None)
    groups: dict[Segment, list[tuple[list[int], float]]] = defaultdict(list)
    found = segments(some)
    for group in found:
        middle = _Columns(*(np.median(column[group.members]) for column in every))
        bought = worth in BOUGHT and middle.value > 0
        name = segment_of(recency=middle.recency, frequency=middle.frequency, tenure=middle.tenure, bought=bought)
        groups[name].append((group.members.tolist(), group.stability))
    places: list[Place] = []
    figures: list[SegmentFigures] = []
    for segment in (each for each in Segment if each in groups):
        at = [one for members, _ in groups[segment] for one in members]
        middle = _Columns(*(np.median(column[at]) for column in every))
        figures.append(
            SegmentFigures(
                segment=segment,
                size=len(at),
                recency=float(middle.recency),
                frequency=float(middle.frequency),
                value=float(middle.value),
                stability=min(stability for _, stability in groups[segment]),
            )
        )
        places += (
            Place(
                member_id=given.members[one],
                month=given.month,
                segment=segment.value,
                recency=given.recency[one],
                frequency=given.frequency[one],
                value=given.value[one],
            )
            for one in at
        )
    return places, figures, found[0].aside if found else ()


@study(
    SEGMENTS,
    Weekly("mon 05:10"),
    compute=find,
    result=SegmentsResult,
    counting="segments-counting",
    nothing="segments-nobody",
)
async def segments(reading: Reading) -> SegmentsInput | None:
    """Return how members came until today and until last month's end, None where nobody did."""
    unit, here, today = reading.unit, reading.community_id, day_number(reading.now)
    first = (_EPOCH + timedelta(days=today)).replace(day=1)
    month, before = _month(first), _month(first - timedelta(days=1))
    worth, currency = await _worth(unit, here, today)
    now = await _visitors(unit, here, month, today, worth)
    if not now.members:
        return None
    # Found anew, since of those who are only counted nothing is kept that could be compared with.
    earlier = await _visitors(unit, here, before, (first - _EPOCH).days - 1, worth)
    return SegmentsInput(now=now, before=earlier, worth=worth, currency=currency)


@segments.keeping
async def keep(context: Context, places: Sequence[Place]) -> None:
    """Write down who is where, of those who are still there and agreed to be known."""
    people = await context.unit.members.who(context.community.id)
    there = {each.id for each in personal(people) if present(each)}
    await context.unit.segments.keep(context.community.id, [each for each in places if each.member_id in there])


def _month(day: date) -> str:
    return day.isoformat()[:7]


async def _visitors(unit: UnitOfWork, community_id: int, month: str, until: int, worth: Worth | None) -> Visitors:
    came = await unit.segments.came(community_id, until)
    values = await _values(unit, community_id, until, worth)
    wrote = await unit.rollups.first_days(community_id)
    known = await unit.members.many(each.member for each in came)
    joined = {id_: day_number(member.joined_at) for id_, member in known.items() if member.joined_at}
    # Of who only reacted neither is known.
    since = [min([each.last, *(days[each.member] for days in (wrote, joined) if each.member in days)]) for each in came]
    return Visitors(
        month=month,
        until=until,
        members=[each.member for each in came],
        recency=[until - each.last for each in came],
        frequency=[each.days for each in came],
        tenure=[until - each for each in since],
        value=[values.get(each.member, 0) for each in came],
    )


async def _worth(unit: UnitOfWork, community_id: int, until: int) -> tuple[Worth | None, str]:
    """Return what value is made of, and of money the currency: fewer than five people say nothing of all."""
    paid = await _paid(unit, community_id, until)
    if len({member for member, _ in paid}) >= ENOUGH:
        currencies = {currency for _, currency in paid}
        return (Worth.MONEY, currencies.pop()) if len(currencies) == 1 else (Worth.PAYMENTS, "")
    for worth in (Worth.SPENT, Worth.EARNED):
        if len(await _values(unit, community_id, until, worth)) >= ENOUGH:
            return worth, ""
    return None, ""


async def _values(unit: UnitOfWork, community_id: int, until: int, worth: Worth | None) -> dict[int, int]:
    """Return what each member is worth in the year up to a day, for whom it is anything."""
    if worth in (Worth.MONEY, Worth.PAYMENTS):
        sums: dict[int, int] = defaultdict(int)
        for (member, _), amounts in (await _paid(unit, community_id, until)).items():
            sums[member] += sum(amounts) if worth is Worth.MONEY else len(amounts)
        return dict(sums)
    if worth is None:
        return {}
    read = unit.segments.spent if worth is Worth.SPENT else unit.segments.earned
    return await read(community_id, *_year(until))


def _year(until: int) -> tuple[datetime, datetime]:
    end = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=until + 1)
    return end - timedelta(days=YEAR), end


async def _paid(unit: UnitOfWork, community_id: int, until: int) -> Mapping[tuple[int, str], list[int]]:
    """Return what is left of each payment in the year up to a day, by member and currency."""
    since, end = _year(until)
    owners = await unit.members.owners(community_id)
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for each in await unit.payments.all(community_id):
        owner = owners.get(each.account_id) if each.account_id is not None else None
        if owner is None:
            continue
        back: Counter[str] = Counter()
        for of, amount in refunded([one for one in each.payments if one.at < end]).values():
            back[of.key] += amount
        for one in each.payments:
            if one.kind in _PAID and since <= one.at < end and (left := (one.amount or 0) - back[one.key]) > 0:
                found[owner.id, one.currency].append(left)
    return found
