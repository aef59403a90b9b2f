"""How activities are tried, who was asked and who was held out, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, delete, func, literal, or_, select, update

from core.domain.activities import Phase
from core.domain.clock import day_number
from core.domain.effects import LOOKED_BACK, WEEK, Design, Draw, Metric, Trial
from core.domain.kinds import Kind
from core.store import bulk, dialect
from core.store.rows import Aggregate
from core.store.tables.activities import runs
from core.store.tables.exposures import exposures, trials
from core.store.tables.interactions import seen
from core.store.tables.members import accounts, members
from core.store.tables.rollups import activity_days, tie_days

_ACTIVE = (Kind.MESSAGE, Kind.REPLY, Kind.REACTION)  # what an activity itself gives somebody to press counts for none
_WAS_ACTIVE = activity_days.c.messages + activity_days.c.reactions > 0
_ADDRESSED = tie_days.c.replies + tie_days.c.mentions + tie_days.c.thanks > 0
_TOGETHER = tie_days.c.replies + tie_days.c.mentions + tie_days.c.thanks + tie_days.c.reactions > 0
_TRIAL = tuple(column.name for column in trials.c if column.name != "community_id")
_EXPOSURE = ("run_id", "community_id", "activity_id", "season", "at", "account_id", "held_out")
NEW = 30  # days for which somebody is a newcomer
Circles = Mapping[int, int]  # member → circle


@dataclass(frozen=True, slots=True)
class Exposed:
    """Whether somebody was held out of a run, and what came of it."""

    run_id: int
    activity_id: int
    member_id: int
    season: int
    held_out: bool
    at: datetime
    before: float | None
    outcome: float | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run whose outcomes can be counted now, by which metric."""

    run_id: int
    metric: Metric
    at: datetime


_HELD_OUT = and_(
    trials.c.activity_id == exposures.c.activity_id,
    trials.c.season == exposures.c.season,
    trials.c.design == Design.HOLDOUT.value,
)
_OVER = (
    select(exposures.c.run_id, trials.c.metric, exposures.c.at)
    .distinct()
    .join(trials, _HELD_OUT)
    .where(
        exposures.c.community_id == bindparam("community"),
        exposures.c.outcome.is_(None),
        exposures.c.at <= bindparam("until"),
    )
    .order_by(exposures.c.run_id)
)


class Exposures(Aggregate):
    """Keep trials, write down who was asked, and count what came of it."""

    async def newest_trial(self, activity_id: int, design: Design) -> Trial | None:
        """Return how an activity is tried now, or was last."""
        here = trials.c.activity_id == activity_id, trials.c.design == design.value
        return next(iter((await self._trials(select(trials).where(*here)))[-1:]), None)

    async def trials_of(self, community_id: int) -> list[Trial]:
        """Return how a community's activities were and are tried, the oldest first."""
        return await self._trials(select(trials).where(trials.c.community_id == community_id))

    async def _trials(self, wanted: Select[Any]) -> list[Trial]:
        rows = await self._connection.execute(wanted.order_by(trials.c.activity_id, trials.c.design, trials.c.season))
        return [Trial(**{name: row._mapping[name] for name in _TRIAL} | _words(row)) for row in rows]

    async def begin(self, community_id: int, trial: Trial) -> None:
        """Write a trial down, unless there is one of its season."""
        values = {
            **asdict(trial),
            "design": trial.design.value,
            "metric": trial.metric.value,
            "community_id": community_id,
        }
        await self._connection.execute(dialect.insert_new(self._connection, trials).values(values))

    async def end_switchback(self, activity_id: int, day: int) -> None:
        """Let an activity have no more blocks from a day on: where they are wanted again they are drawn anew."""
        here = trials.c.activity_id == activity_id, trials.c.design == Design.SWITCHBACK.value, trials.c.ended == 0
        await self._connection.execute(update(trials).where(*here).values(ended=day))

    async def under_watch(self, draw: Draw, member_ids: Collection[int]) -> set[int]:
        """Return who of these members counts already: their week isn't over, or with `once` this season has them.

        Two weeks of one person that overlap would say the same thing twice.
        """
        lately = exposures.c.at > datetime.fromisoformat(draw.at) - timedelta(days=WEEK)
        already = or_(lately, exposures.c.season == draw.season) if draw.once else lately
        found = (
            select(accounts.c.member_id)
            .join(exposures, exposures.c.account_id == accounts.c.id)
            .where(
                self._among(accounts.c.member_id, member_ids),
                exposures.c.activity_id == draw.activity_id,
                exposures.c.run_id != draw.run_id,
                already,
            )
        )
        return set((await self._connection.execute(found)).scalars())

    async def add(self, community_id: int, draw: Draw, rows: Iterable[tuple[int, bool]]) -> None:
        """Write down which accounts a run was to ask and which it held out, once each."""
        same = draw.run_id, community_id, draw.activity_id, draw.season, datetime.fromisoformat(draw.at)
        values = [(*same, account_id, held) for account_id, held in rows]
        await bulk.write_rows(self._connection, exposures, _EXPOSURE, values, new=True)

    async def drop(self, run_id: int) -> None:
        """Forget who was asked and held out in a run that was taken back: it says nothing any more."""
        await self._connection.execute(delete(exposures).where(exposures.c.run_id == run_id))

    async def of(self, community_id: int) -> list[Exposed]:
        """Return who was asked and held out in a community, the oldest first; one person twice where two accounts."""
        found = (
            select(*(exposures.c[name] for name in ("run_id", "activity_id")), accounts.c.member_id)
            .add_columns(*(exposures.c[name] for name in ("season", "held_out", "at", "before", "outcome")))
            .join(accounts, accounts.c.id == exposures.c.account_id)
            .where(exposures.c.community_id == community_id)
            .order_by(exposures.c.at, exposures.c.run_id, accounts.c.member_id)
        )
        return [Exposed(*row) for row in await self._connection.execute(found)]

    async def over(self, community_id: int, now: datetime) -> list[Waiting]:
        """Return the runs whose week is over and whose outcomes aren't counted."""
        rows = await self._run(_OVER, community=community_id, until=now - timedelta(days=WEEK))
        return [Waiting(row[0], Metric(row[1]), row[2]) for row in rows]

    async def close(self, community_id: int, run: Waiting, circles: Circles) -> None:
        """Count what came of a run within a week, and how active everybody was before."""
        its = exposures.c.run_id == run.run_id
        who = accounts.c.member_id.in_(
            select(accounts.c.member_id).join(exposures, exposures.c.account_id == accounts.c.id).where(its)
        )
        did = await self._did(community_id, run.metric, who, run.at, run.at + timedelta(days=WEEK), circles)
        mine, theirs = accounts.alias("mine"), accounts.alias("theirs")
        day = day_number(run.at)
        before = (
            select(func.count(activity_days.c.day.distinct()))
            .select_from(mine)
            .join(theirs, theirs.c.member_id == mine.c.member_id)
            .join(activity_days, activity_days.c.account_id == theirs.c.id)
            .where(
                mine.c.id == exposures.c.account_id,
                activity_days.c.day >= day - LOOKED_BACK,
                activity_days.c.day < day,
                _WAS_ACTIVE,
            )
            .scalar_subquery()
        )
        await self._connection.execute(update(exposures).where(its).values(outcome=0.0, before=before))
        reached = exposures.c.account_id.in_(select(accounts.c.id).where(self._among(accounts.c.member_id, did)))
        await self._connection.execute(update(exposures).where(its, reached).values(outcome=1.0))

    async def forget(self, community_id: int, before: datetime) -> None:
        """Forget who was asked and held out before a time."""
        old = exposures.c.community_id == community_id, exposures.c.at < before
        await self._connection.execute(delete(exposures).where(*old))

    async def did(
        self, community_id: int, metric: Metric, member_ids: Collection[int], until: datetime, circles: Circles
    ) -> set[int]:
        """Return who of these members had what a metric counts, in the week until a time."""
        who = self._among(accounts.c.member_id, member_ids)
        return await self._did(community_id, metric, who, until - timedelta(days=WEEK), until, circles)

    async def days_active(self, member_ids: Collection[int], until: datetime) -> dict[int, int]:
        """Return on how many of the 28 days before a time each of these members was active, if on any."""
        day = day_number(until)
        found = (
            select(accounts.c.member_id, func.count(activity_days.c.day.distinct()))
            .join(activity_days, activity_days.c.account_id == accounts.c.id)
            .where(
                self._among(accounts.c.member_id, member_ids),
                activity_days.c.day >= day - LOOKED_BACK,
                activity_days.c.day < day,
                _WAS_ACTIVE,
            )
            .group_by(accounts.c.member_id)
        )
        return {row[0]: row[1] for row in await self._connection.execute(found)}

    async def _did(
        self,
        community_id: int,
        metric: Metric,
        who: ColumnElement[bool],
        since: datetime,
        until: datetime,
        circles: Circles,
    ) -> set[int]:
        if metric is Metric.ACTIVE:
            found = (
                select(accounts.c.member_id)
                .distinct()
                .join(seen, seen.c.account_id == accounts.c.id)
                .where(who, seen.c.at > since, seen.c.at <= until, seen.c.kind.in_([each.value for each in _ACTIVE]))
            )
            return set((await self._connection.execute(found)).scalars())
        # By the day, and not on the first, part of which was before.
        days = tie_days.c.day > day_number(since), tie_days.c.day <= day_number(until)
        some = set((await self._connection.execute(select(accounts.c.member_id).where(who))).scalars())
        found_pairs = await self._pairs(community_id, metric, *days)
        if metric is Metric.ANSWERED:
            return {target for _, target, _ in found_pairs} & some
        return {each for one, other, _ in found_pairs if _apart(circles, one, other) for each in (one, other)} & some

    async def _pairs(self, community_id: int, metric: Metric, *where: ColumnElement[bool]) -> set[tuple[int, int, int]]:
        """Return who addressed whom on which day."""
        source, target = accounts.alias("source"), accounts.alias("target")
        found = (
            select(source.c.member_id, target.c.member_id, tie_days.c.day)
            .distinct()
            .select_from(tie_days)
            .join(source, source.c.id == tie_days.c.source_account_id)
            .join(target, target.c.id == tie_days.c.target_account_id)
            .where(
                tie_days.c.community_id == community_id,
                source.c.member_id != target.c.member_id,
                _ADDRESSED if metric is Metric.ANSWERED else _TOGETHER,
                *where,
            )
        )
        return {(one, other, day) for one, other, day in await self._connection.execute(found)}

    async def by_day(
        self, community_id: int, metric: Metric, first: int, last: int, circles: Circles
    ) -> dict[int, int]:
        """Return what a metric counts in a community on each day from `first` to `last`, if anything.

        That is people who were active, newcomers of the last month who were answered, pairs across circles.
        """
        if metric is Metric.ACTIVE:
            days = activity_days.c.day.between(first, last)
            found = (
                select(activity_days.c.day, func.count(accounts.c.member_id.distinct()))
                .join(accounts, accounts.c.id == activity_days.c.account_id)
                .where(activity_days.c.community_id == community_id, days, _WAS_ACTIVE)
                .group_by(activity_days.c.day)
            )
            return {row[0]: row[1] for row in await self._connection.execute(found)}
        pairs = await self._pairs(community_id, metric, tie_days.c.day.between(first, last))
        joined = await self._joined(community_id) if metric is Metric.ANSWERED else {}
        counted: dict[int, set[Any]] = defaultdict(set)
        for one, other, day in pairs:
            if metric is Metric.ANSWERED and 0 <= day - joined.get(other, -NEW) < NEW:
                counted[day].add(other)
            elif metric is Metric.ACROSS and _apart(circles, one, other):
                counted[day].add(frozenset((one, other)))
        return {day: len(found) for day, found in counted.items()}

    async def weeks_active(self, community_id: int, first: int, last: int) -> dict[int, set[int]]:
        """Return in which weeks from the day `first` on, until `last`, each member was active, numbered from 0."""
        week = ((activity_days.c.day - first) // 7).label("week")
        found = (
            select(accounts.c.member_id, week)
            .distinct()
            .join(activity_days, activity_days.c.account_id == accounts.c.id)
            .where(activity_days.c.community_id == community_id, activity_days.c.day.between(first, last), _WAS_ACTIVE)
        )
        weeks: dict[int, set[int]] = defaultdict(set)
        for member, number in await self._connection.execute(found):
            weeks[member].add(number)
        return weeks

    async def first_parts(self, activity_id: int) -> dict[int, int]:
        """Return on which day (since 1970) each member first took part in an activity."""
        found = (
            select(accounts.c.member_id, func.min(seen.c.at))
            .join(seen, seen.c.account_id == accounts.c.id)
            .join(runs, seen.c.subject == literal("run:") + cast(runs.c.id, String))
            .where(
                runs.c.activity_id == activity_id,
                runs.c.phase != Phase.UNDONE.value,
                seen.c.community_id == runs.c.community_id,
                seen.c.kind == Kind.TOOK_PART.value,
            )
            .group_by(accounts.c.member_id)
        )
        return {member: day_number(at) for member, at in await self._connection.execute(found)}

    async def _joined(self, community_id: int) -> dict[int, int]:
        found = select(members.c.id, members.c.joined_at).where(
            members.c.community_id == community_id, members.c.joined_at.is_not(None)
        )
        return {row[0]: day_number(row[1]) for row in await self._connection.execute(found)}


def _words(row: Any) -> dict[str, Any]:
    return {"design": Design(row.design), "metric": Metric(row.metric)}


def _apart(circles: Circles, one: int, other: int) -> bool:
    """Say whether two members are known to be of different circles; -1 is none."""
    mine, theirs = circles.get(one, -1), circles.get(other, -1)
    return mine != theirs and min(mine, theirs) >= 0
