"""What is said before an activity starts about how its effect is found out, and what that costs."""

from __future__ import annotations

from core.domain.activities import Activity, Run
from core.domain.effects import BLOCKS_NEEDED, WEEK, Design, Draw, Trial, smallest_seen
from core.kit import Context, Markup
from core.kit.activities import ActivityKind
from core.kit.effects import block_length, design_of, drawn, plan_trial


async def is_tried(context: Context, kind: ActivityKind, activity: Activity) -> bool:
    """Say whether an activity is being tried as it is set up, so that nothing about it need be said any more."""
    design = design_of(kind, kind.values(activity.settings))
    if design is None or design is Design.DIFFERENCE:
        return True
    known = await context.unit.exposures.newest_trial(activity.id, design)
    return known is not None and not known.ended


async def forecast(context: Context, kind: ActivityKind, run: Run) -> tuple[Markup | None, Draw | None]:
    """Return how a run's effect is found out, in words, and whom it would hold out; it may be one that isn't yet."""
    design = design_of(kind, run.values)
    if design is Design.HOLDOUT and kind.effect is not None:
        trial = await plan_trial(context, kind, run)
        said = _held_out(context, trial)
        return said, drawn(run, trial, once=kind.effect.once) if trial.share else None
    if design is Design.SWITCHBACK:
        days = block_length(context, run.activity)
        weeks = -(-BLOCKS_NEEDED * days // WEEK)
        return context.t("activity-forecast-blocks", days=days, needed=BLOCKS_NEEDED, weeks=weeks), None
    return None, None


def _held_out(context: Context, trial: Trial) -> Markup:
    if not trial.share:
        return context.t("activity-forecast-few", eligible=trial.eligible)
    held = round(trial.eligible * trial.share)
    points = smallest_seen(trial.eligible - held, held, trial.base) * 100
    return context.t(
        "activity-forecast-holdout",
        asked=trial.eligible - held,
        held=held,
        points=round(points),
        base=round(trial.base * 100),
    )
