"""Whether recommendations help: what members with their own made of items, beside those who get what is popular."""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.domain.clock import day_number
from core.domain.effect_result import EffectsInput, HoldoutInput, Planned
from core.domain.effects import SEASON, WEEK, Gain
from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.domain.uplift import RecommendationTrial, Showing, UpliftInput, UpliftResult, Worth
from core.kit import Context, task
from core.kit.studies import Outcome, Reading, study
from core.store.unit import UnitOfWork

KEPT = timedelta(days=365)
_WITHIN = timedelta(days=WEEK)
Times = Mapping[int, Sequence[datetime]]


def compare(given: UpliftInput) -> Outcome[UpliftResult]:
    """Return what a night finds; it runs in the process that does heavy work."""
    # NumPy and SciPy take a second to load, which only this process has to spend.
    import numpy as np  # noqa: PLC0415

    from core.analysis.effect import measure  # noqa: PLC0415
    from core.recommend import judge  # noqa: PLC0415

    def worth(policy: Sequence[float]) -> Worth:
        found = judge(np.array(given.opened), np.array(given.probability), np.array(policy))
        return Worth(share=found.estimate, low=found.ci_low, high=found.ci_high, ess=found.ess)

    gains = measure(EffectsInput(holdouts=given.holdouts, switchbacks=(), ties=())).measured
    return Outcome(result=UpliftResult(gains=gains, own=worth(given.own), popular=worth(given.popular)))


@task(every=Daily("04:20"))
async def forget_recommended(context: Context, task: Task) -> None:
    """Forget what was recommended a year ago."""
    await context.unit.recommended.forget(context.community.id, context.now - KEPT)


async def _any_trial(context: Context) -> bool:
    return bool(await context.unit.recommended.trials(context.community.id))


@study(
    "uplift",
    Daily("04:45"),
    compute=compare,
    result=UpliftResult,
    possible=_any_trial,
    counting="uplift-counting",
    nothing="uplift-nothing",
)
async def uplift(reading: Reading) -> UpliftInput | None:
    """Return what the comparison is given, None where nobody was drawn."""
    recommended, here = reading.unit.recommended, reading.community_id
    trials = await recommended.trials(here)
    if not trials:
        return None
    shown = await recommended.all(here)
    holdouts = []
    for number, gain in enumerate(Gain):
        times: dict[int, list[datetime]] = defaultdict(list)
        for member, _, at in await recommended.times(here, gain):
            times[member].append(at)
        holdouts.append(
            _holdout(number, gain, trials, shown, {who: sorted(each) for who, each in times.items()}, reading)
        )
    over = await judged(reading.unit, here, reading.now)
    return UpliftInput(
        holdouts=tuple(holdouts),
        opened=[float(opened) for _, _, opened in over],
        probability=[probability for _, probability, _ in over],
        own=[float(each.in_own) for each, *_ in over],
        popular=[float(each.in_popular) for each, *_ in over],
    )


async def judged(unit: UnitOfWork, community_id: int, now: datetime) -> list[tuple[Showing, float, bool]]:
    """Return what was shown a week ago or more, with the probability that it was, and whether it was opened."""
    share = {each.season: each.share for each in await unit.recommended.trials(community_id)}
    opened: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for member, item, at in await unit.recommended.times(community_id, Gain.OPENED):
        opened[member, item].append(at)
    over = [
        each for each in await unit.recommended.all(community_id) if each.at + _WITHIN <= now and each.season in share
    ]
    return [
        (
            each,
            (1 - share[each.season]) * each.in_own + share[each.season] * each.in_popular,
            _came(sorted(opened[each.member_id, each.item_id]), each.at),
        )
        for each in over
    ]


def _holdout(
    number: int,
    gain: Gain,
    trials: Sequence[RecommendationTrial],
    shown: Sequence[Showing],
    times: Times,
    reading: Reading,
) -> HoldoutInput:
    """Return one row for each member and week of a season in which they were recommended something, by its first time.

    Who was drawn differs by nothing but the list, so whatever they opened counts, recommended or not.
    """
    seasons = {each.season for each in trials}
    first: dict[tuple[int, int], Showing] = {}
    for each in shown:
        if each.season in seasons:
            first.setdefault((each.member_id, day_number(each.at) // WEEK), each)
    known = [(week, each) for (_, week), each in first.items()]
    return HoldoutInput(
        activity=number,
        metric=gain,
        today=day_number(reading.now),
        seasons=tuple(
            Planned(
                season=each.season,
                began=each.season * SEASON,
                share=each.share,
                planned=each.eligible * (SEASON // WEEK),
                theta=0.0,
            )
            for each in trials
        ),
        member=tuple(each.member_id for _, each in known),
        run=tuple(week for week, _ in known),
        season=tuple(each.season for _, each in known),
        held_out=tuple(each.popular for _, each in known),
        closed=tuple(day_number(each.at) + WEEK for _, each in known),
        before=(0.0,) * len(known),
        outcome=tuple(
            float(_came(times.get(each.member_id, ()), each.at)) if each.at + _WITHIN <= reading.now else math.nan
            for _, each in known
        ),
    )


def _came(times: Sequence[datetime], since: datetime) -> bool:
    """Say whether one of these times, in order, is within a week of another."""
    at = bisect.bisect_right(times, since)
    return at < len(times) and times[at] <= since + _WITHIN
