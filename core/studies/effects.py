"""What activities changed: outcomes are counted as their weeks end, and every activity is compared at night."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from core.domain.clock import day_number
from core.domain.effect_result import (
    DifferenceInput,
    EffectsInput,
    EffectsResult,
    HoldoutInput,
    Planned,
    SwitchbackInput,
)
from core.domain.effects import BLOCKS_NEEDED, WEEK, WEEKS_AFTER, WEEKS_BEFORE, Design, Trial, is_on
from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.kit import Context, task
from core.kit.effects import block_draw, known_circles
from core.kit.studies import Outcome, Reading, study
from core.store.exposures import Circles, Exposed
from core.store.unit import UnitOfWork

TIES = 90  # days of ties that are looked at for what those held out may have felt
WASH_OUT = 1
KEPT = timedelta(days=365)


def compare(given: EffectsInput) -> Outcome[EffectsResult]:
    """Return what a night finds; it runs in the process that does heavy work."""
    from core.analysis.effect import measure  # noqa: PLC0415  as in core.studies.network

    return Outcome(result=measure(given))


@task(every=Daily("04:15"))
async def count_outcomes(context: Context, task: Task) -> None:
    """Count what came of every run whose week is over, and forget what was a year ago."""
    await context.unit.exposures.forget(context.community.id, context.now - KEPT)
    waiting = await context.unit.exposures.over(context.community.id, context.now)
    circles = await known_circles(context.unit, context.community.id) if waiting else {}
    for run in waiting:
        await context.unit.exposures.close(context.community.id, run, circles)


async def _any_trial(context: Context) -> bool:
    return bool(await context.unit.exposures.trials_of(context.community.id))


@study(
    "effects",
    Daily("04:30"),
    compute=compare,
    result=EffectsResult,
    possible=_any_trial,
    counting="effects-counting",
    nothing="effects-nothing",
)
async def effects(reading: Reading) -> EffectsInput | None:
    """Return what the comparison is given, None where nothing is tried."""
    unit, community_id, today = reading.unit, reading.community_id, day_number(reading.now)
    trials = await unit.exposures.trials_of(community_id)
    if not trials:
        return None
    seasons: dict[int, list[Trial]] = defaultdict(list)
    for each in trials:
        if each.design is Design.HOLDOUT:
            seasons[each.activity_id].append(each)
    rows: dict[int, list[Exposed]] = defaultdict(list)
    for row in await unit.exposures.of(community_id) if seasons else ():
        rows[row.activity_id].append(row)
    ties: Counter[tuple[int, int]] = Counter()
    for source, target, _, times in await unit.rollups.ties(community_id, (today - TIES, today)) if seasons else ():
        ties[source, target] += times
    circles = await known_circles(unit, community_id)
    newest = {each.activity_id: each for each in trials if each.design is Design.SWITCHBACK}
    blocks = [each for each in newest.values() if not each.ended or _blocks(each, today) == BLOCKS_NEEDED]
    return EffectsInput(
        holdouts=tuple(_holdout(found, rows[number], today) for number, found in sorted(seasons.items())),
        switchbacks=tuple([await _switchback(unit, community_id, each, today, circles) for each in blocks]),
        differences=tuple(
            [await _difference(unit, community_id, each, today) for each in trials if each.design is Design.DIFFERENCE]
        ),
        ties=tuple((source, target, float(times)) for (source, target), times in ties.items()),
    )


def _holdout(trials: Sequence[Trial], rows: Sequence[Exposed], today: int) -> HoldoutInput:
    return HoldoutInput(
        activity=trials[0].activity_id,
        metric=trials[0].metric,
        today=today,
        seasons=tuple(
            Planned(
                season=each.season,
                began=day_number(each.began_at),
                share=each.share,
                planned=each.planned,
                theta=each.theta,
            )
            for each in trials
        ),
        member=tuple(row.member_id for row in rows),
        run=tuple(row.run_id for row in rows),
        season=tuple(row.season for row in rows),
        held_out=tuple(row.held_out for row in rows),
        closed=tuple(day_number(row.at) + WEEK for row in rows),
        before=tuple(0.0 if row.before is None else row.before for row in rows),
        outcome=tuple(math.nan if row.outcome is None else row.outcome for row in rows),
    )


async def _difference(unit: UnitOfWork, community_id: int, trial: Trial, today: int) -> DifferenceInput:
    """Return the weeks of those who were active before the activity's start."""
    first = trial.first - WEEKS_BEFORE * WEEK
    weeks = WEEKS_BEFORE + min(max((today - trial.first) // WEEK, 0), WEEKS_AFTER)
    active = await unit.exposures.weeks_active(community_id, first, first + weeks * WEEK - 1)
    known = {member: there for member, there in sorted(active.items()) if min(there) < WEEKS_BEFORE}
    began = await unit.exposures.first_parts(trial.activity_id)
    return DifferenceInput(
        activity=trial.activity_id,
        metric=trial.metric,
        today=today,
        start=WEEKS_BEFORE,
        weeks=weeks,
        since=tuple(max((began[each] - first) // WEEK, WEEKS_BEFORE) if each in began else None for each in known),
        active=tuple(tuple(sorted(there)) for there in known.values()),
    )


def _blocks(trial: Trial, today: int) -> int:
    return min(max(((trial.ended or today) - trial.first) // trial.length, 0), BLOCKS_NEEDED)


async def _switchback(
    unit: UnitOfWork, community_id: int, trial: Trial, today: int, circles: Circles
) -> SwitchbackInput:
    """Return the whole blocks so far, up to as many as are needed."""
    blocks = _blocks(trial, today)
    end = trial.first + blocks * trial.length
    counted = await unit.exposures.by_day(community_id, trial.metric, trial.first, end - 1, circles)
    return SwitchbackInput(
        activity=trial.activity_id,
        metric=trial.metric,
        today=today,
        length=trial.length,
        wash_out=WASH_OUT,
        days=tuple(float(counted.get(day, 0)) for day in range(trial.first, end)),
        active=tuple(
            is_on(block_draw(trial), trial.first, trial.length, trial.first + number * trial.length)
            for number in range(blocks)
        ),
    )
