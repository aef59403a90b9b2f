"""The community graph: who ties a community together, worked out every night."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.domain.clock import day_number, day_start
from core.domain.network import WINDOW, NetworkInput, Talk, TieRows
from core.domain.network_result import CIRCLES, Baseline, NetworkResult
from core.domain.people import served
from core.domain.schedule import Daily
from core.kit import Context
from core.kit.consent import personal
from core.kit.studies import Outcome, Reading, study
from core.store.snapshots import Checkpoint, Snapshot
from core.store.unit import UnitOfWork

KIND = "network"
BASELINE = CIRCLES  # what later snapshots compare theirs with
LATELY = 119  # days before the newest tie: twelve weeks of newcomers, and the four weeks that the oldest looks back


def take(given: NetworkInput) -> Outcome[NetworkResult]:
    """Return what a snapshot finds; it runs in the process that does heavy work."""
    # SciPy, networkx and NetworKit take a second to load, which only this process has to spend.
    from core.analysis.snapshot import take as taken  # noqa: PLC0415

    found = taken(given)
    return Outcome(
        result=found.result, beside={BASELINE: found.baseline}, rows=found.baseline, checkpoint=found.checkpoint
    )


async def _any_tie(context: Context) -> bool:
    return await context.unit.interactions.any_tie(context.community.id)


@study(
    KIND,
    Daily("03:30"),
    compute=take,
    result=NetworkResult,
    possible=_any_tie,
    counting="network-counting",
    nothing="network-no-ties",
)
async def network(reading: Reading) -> NetworkInput | None:
    """Return what the analysis is given, None where nobody has a tie.

    That is what came since the last run where the next may go on from there, all there is otherwise. Bots, erased
    members and whoever is out have no part in it; who never wrote, was never addressed and was in no voice room with
    anybody stands outside.
    """
    unit, community_id, left = reading.unit, reading.community_id, reading.checkpoint
    today = day_number(reading.now)
    circles = await reading.newest(BASELINE, Baseline, before=today)
    last_week = await reading.newest(BASELINE, Baseline, before=today - 6)
    members = [member for member in await unit.members.who(community_id) if served(member)]
    there = {member.id for member in members}
    if left is None or circles is None or not _goes_on(left, circles, there, today):
        left = None
    if left is None or circles is None:
        rows = await unit.rollups.ties(community_id)
        if not any(row[0] in there and row[1] in there for row in rows):
            return None
        until = min(today, max(row[2] for row in rows))
        leaving: Sequence[tuple[int, int, int, int]] = ()
    else:
        rows = await unit.rollups.ties_behind(community_id, left.position, reading.position)
        since = circles.result.since
        if since is not None and any(row[2] < since for row in rows):
            # A history was imported, and circles may be older than they seemed.
            return await network.load(replace(reading, checkpoint=None))
        counted = circles.result.until
        until = max(counted, min(today, max((row[2] for row in rows), default=0)))
        days = counted - WINDOW + 1, until - WINDOW
        leaving = await unit.rollups.ties(community_id, days) if until > counted else ()
    by_name = [member for member in personal(members) if member.name]
    named = {member.id for member in by_name}
    return NetworkInput(
        today=today,
        until=until,
        people=array("q", [member.id for member in members]),
        labels=[member.name if member.id in named else "" for member in members],
        named=array("q", [member.id for member in by_name]),
        joined=array("d", [math.nan if member.joined_at is None else _exact(member.joined_at) for member in members]),
        ties=_tie_rows(rows),
        talk=await _talk(unit, community_id, until, (left.position if left else 0, reading.position)),
        leaving=_tie_rows(leaving),
        checkpoint=left.content if left else None,
        yesterday=circles.result if circles else None,
        last_week=last_week.result if last_week else None,
    )


@network.keeping
async def keep_first_circles(context: Context, found: Baseline) -> None:
    """Write down in which circle somebody is who wasn't in any before, of those who agreed to be known."""
    now = dict(zip(found.members, found.circle, strict=True))
    known = personal(await context.unit.members.who(context.community.id))
    circles = {each.id: now.get(each.id, 0) for each in known}
    await context.unit.stays.keep_first_circles(context.community.id, circles, found.until)


def _goes_on(left: Checkpoint, circles: Snapshot[Baseline], there: set[int], today: int) -> bool:
    """Say whether a run may go on from what the last one left.

    Not once a week, on the first day after the week's end, so that errors of rounding don't pile up; nor where somebody
    in it has no part in it any more.
    """
    if circles.day != left.day:
        return False
    return _week(circles.result.until) == _week(today) and there.issuperset(circles.result.members)


def _week(day: int) -> int:
    return (day + 3) // 7  # day 0 was a Thursday


def _tie_rows(rows: Sequence[tuple[int, int, int, int]]) -> TieRows:
    source, target, day, times = zip(*rows, strict=True) if rows else ((), (), (), ())
    return TieRows(array("q", source), array("q", target), array("q", day), array("d", times))


async def _talk(unit: UnitOfWork, community_id: int, until: int, behind: tuple[int, int]) -> Talk:
    """Return what was said lately, of what came behind the first of two interactions, up to the second."""
    since = day_start(until - LATELY)
    written = await unit.interactions.first_written(community_id, since, behind)
    first = {member: _exact(at) for member, at in written.items()}
    if behind[0] == 0:
        days = await unit.rollups.first_days(community_id)
        first = {member: _exactly(day, first.get(member)) for member, day in days.items()}
    addressed = await unit.interactions.addressed(community_id, since, behind)
    source, target, times = zip(*addressed, strict=True) if addressed else ((), (), ())
    wrote = await unit.interactions.written_where(community_id, since, behind)
    member, room, messages = zip(*wrote, strict=True) if wrote else ((), (), ())
    return Talk(
        array("q", source),
        array("q", target),
        array("d", map(_exact, times)),
        array("q", first),
        array("d", first.values()),
        array("q", member),
        array("q", room),
        array("d", messages),
    )


def _exactly(day: int, at: float | None) -> float:
    """Return when somebody first wrote: exactly where that was lately, else by the day."""
    return at if at is not None and int(at) == day else float(day)


def _exact(at: datetime) -> float:
    return at.timestamp() / 86_400
