"""How activities find out what they change: whom a run holds out, and which blocks of days have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from core.domain.activities import Activity, Run
from core.domain.clock import day_number
from core.domain.effects import HOLDOUT, SEASON, TRIAL, WEEK, Design, Draw, Metric, Trial, is_on, share_held_out, slope
from core.domain.network_result import CIRCLES, Baseline
from core.domain.pushes import Addressee, Topic, is_held_out, may_be_asked
from core.kit.activities import ActivityKind
from core.kit.audience import chosen
from core.kit.context import Context
from core.store.exposures import Circles
from core.store.unit import UnitOfWork

_PAGE = 1_000


def design_of(kind: ActivityKind, values: Mapping[str, Any]) -> Design | None:
    """Return how an activity of a kind, so set up, finds out what it changes; None where it is to change nothing."""
    if kind.effect is None:
        return None
    direct = kind.letters is not None or values.get("tell") == "direct"
    if direct and values.get(HOLDOUT.name) == "yes":
        return Design.HOLDOUT
    return Design.SWITCHBACK if values.get(TRIAL.name) == "yes" else Design.DIFFERENCE


async def draw_of(context: Context, kind: ActivityKind, run: Run) -> Draw | None:
    """Return whom a run holds out, as its season does; None where nobody. A season that is over gives way to the next.

    Its share and what it is compared by are decided here, before anybody is asked.
    """
    if design_of(kind, run.values) is not Design.HOLDOUT:
        return None
    trial = await plan_trial(context, kind, run)
    if not trial.share:
        return None
    await context.unit.exposures.begin(context.community.id, trial)
    return drawn(run, trial, once=kind.effect is not None and kind.effect.once)


def drawn(run: Run, trial: Trial, *, once: bool) -> Draw:
    """Return whom a trial holds out of a run."""
    began = run.began_at or run.due_at
    return Draw(
        name=f"{run.activity.subject}:{trial.season}",
        share=trial.share,
        activity_id=run.activity.id,
        run_id=run.id,
        season=trial.season,
        at=began.isoformat(),
        once=once,
    )


async def plan_trial(context: Context, kind: ActivityKind, run: Run) -> Trial:
    """Return the trial of the season that a run is in, as it is or as it would be; its share is 0 where too few are."""
    unit, activity = context.unit, run.activity
    known = await unit.exposures.newest_trial(activity.id, Design.HOLDOUT)
    if known is not None and context.now < known.began_at + timedelta(days=SEASON):
        return known
    if kind.effect is None:
        raise LookupError(f"{kind.name} is to change nothing")
    people = await _eligible(context, kind, run)
    before = context.now - timedelta(days=WEEK)
    circles = await known_circles(unit, context.community.id)
    did = await unit.exposures.did(context.community.id, kind.effect.metric, people, context.now, circles)
    days = await unit.exposures.days_active(people, before)
    had = [float(days.get(each, 0)) for each in people]
    has = [float(each in did) for each in people]
    times = 1 if kind.effect.once else min(_slots(context, activity, SEASON), SEASON // WEEK)
    return Trial(
        activity_id=activity.id,
        design=Design.HOLDOUT,
        metric=kind.effect.metric,
        season=0 if known is None else known.season + 1,
        began_at=context.now,
        share=share_held_out(len(people)),
        eligible=len(people),
        planned=len(people) * max(times, 1),
        base=sum(has) / len(has) if has else 0.0,
        theta=slope(had, has),
    )


async def _eligible(context: Context, kind: ActivityKind, run: Run) -> list[int]:
    """Return who would be asked or held out within a season, by member id."""
    audience = (await chosen(context, run.activity)).audience
    if kind.expected is not None:
        audience = audience.among(await kind.expected(context, run))
    found: list[int] = []
    after, more = 0, True
    while more:
        page = await context.unit.pushes.addressees(
            context.community.id, audience, context.now, after=after, limit=_PAGE
        )
        found += [to.member.id for to in page if may_be_asked(to, Topic.ACTIVITY)]
        more = len(page) == _PAGE
        after = page[-1].member.id if page else after
    return found


async def known_circles(unit: UnitOfWork, community_id: int) -> Circles:
    """Return the circle of each member, as the last night found them."""
    kept = await unit.snapshots.newest(community_id, CIRCLES, Baseline)
    if kept is None:
        return {}
    pairs = zip(kept.result.members, kept.result.circle, strict=True)
    return {member: circle for member, circle in pairs if member is not None}


async def expose(unit: UnitOfWork, community_id: int, draw: Draw, page: Sequence[Addressee]) -> None:
    """Write down who of these people is asked and who is held out, but for those whom an earlier run still watches.

    Who had as many pushes this week as they want counts as asked: else those asked would drop out by being asked.
    """
    there = [to for to in page if to.account is not None and may_be_asked(to, Topic.ACTIVITY)]
    watched = await unit.exposures.under_watch(draw, [to.member.id for to in there])
    rows = [
        (to.account.id, is_held_out(to.member.id, draw.name, draw.share))
        for to in there
        if to.account is not None and to.member.id not in watched
    ]
    await unit.exposures.add(community_id, draw, rows)


async def is_off(context: Context, kind: ActivityKind, run: Run) -> bool:
    """Say whether a run falls into a block of days without the activity; the first run begins the blocks."""
    activity = run.activity
    design = design_of(kind, run.values)
    today = day_number(context.now)
    if design is not Design.SWITCHBACK or kind.effect is None:
        if TRIAL in kind.fields:
            await context.unit.exposures.end_switchback(activity.id, today)
        if design is Design.DIFFERENCE and kind.effect is not None and kind.effect.metric is Metric.ACTIVE:
            await context.unit.exposures.begin(context.community.id, _beside(context, activity))
        return False
    trial = await context.unit.exposures.newest_trial(activity.id, Design.SWITCHBACK)
    if trial is None or trial.ended:
        trial = Trial(
            activity_id=activity.id,
            design=Design.SWITCHBACK,
            metric=kind.effect.metric,
            season=0 if trial is None else trial.season + 1,
            began_at=context.now,
            first=today - 1,  # a block's first day is washed out, and must not be the one with the run
            length=block_length(context, activity),
        )
        await context.unit.exposures.begin(context.community.id, trial)
    return not _has_it(trial, context.now)


async def known_off(context: Context, kind: ActivityKind, activity: Activity) -> Callable[[datetime], bool]:
    """Return what says of a time whether it is known to fall into a block without an activity."""
    if design_of(kind, kind.values(activity.settings)) is Design.SWITCHBACK:
        trial = await context.unit.exposures.newest_trial(activity.id, Design.SWITCHBACK)
        if trial is not None and not trial.ended:
            return lambda at: not _has_it(trial, at)
    return lambda at: False


def _has_it(trial: Trial, at: datetime) -> bool:
    return is_on(block_draw(trial), trial.first, trial.length, day_number(at))


def _beside(context: Context, activity: Activity) -> Trial:
    """Return from when on those who take part are compared with others: the first run decides, later ones don't."""
    return Trial(
        activity_id=activity.id,
        design=Design.DIFFERENCE,
        metric=Metric.ACTIVE,
        season=0,
        began_at=context.now,
        first=day_number(context.now),
    )


def block_draw(trial: Trial) -> str:
    """Return what the order of a trial's blocks is drawn by."""
    return f"activity:{trial.activity_id}:{trial.first}"


def block_length(context: Context, activity: Activity) -> int:
    """Return how many days a block has: four where the activity runs nearly daily, else as many as one run needs."""
    runs = _slots(context, activity, 4 * WEEK)
    if runs >= 4 * 5:
        return 4
    return WEEK if runs >= 4 else 2 * WEEK if runs >= 2 else 4 * WEEK + 3


def _slots(context: Context, activity: Activity, days: int) -> int:
    """Return how often an activity runs in the days to come."""
    zone, until = context.community.settings.timezone, context.now + timedelta(days=days)
    count, slot = 0, activity.schedule.after(context.now, zone)
    while slot is not None and slot.at <= until and count <= days:
        count, slot = count + 1, activity.schedule.after(slot.at, zone)
    return count
