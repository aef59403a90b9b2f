"""/effect and /effects: what activities changed; one that does harm pauses by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from core.domain.activities import Activity, State
from core.domain.effect_result import EffectsResult, Measured
from core.domain.effects import BLOCKS_NEEDED, TRIAL, Design
from core.domain.errors import NotFound
from core.domain.message import Reply, plain_text
from core.domain.pictures import Chart, Effect, Forest, Reference, Series
from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.features.community.activities import pages
from core.features.community.activities.runs import pause
from core.kit import Context, Markup, Rights, Work, command, task
from core.kit.activities import ActivityKind
from core.kit.charts import chart
from core.kit.effects import design_of
from core.kit.suggesting import Suggest, Suggestion
from core.studies.effects import effects as study

HARM = "harm"  # among an activity's settings, its id once it was paused for it, which a moderator may overrule
Named = list[tuple[str, Measured]]
_STATES = (State.ACTIVE, State.PAUSED, State.STOPPED)


async def suggested(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    """Return the activities that measure something."""
    return [Suggestion(_name(context, each), str(each.number)) for each in await _measuring(context)]


@command(rights=Rights.MODERATOR, private=True)
async def effect(context: Context, activity: Annotated[str, Suggest(suggested)]) -> Reply | Work:
    """Show what an activity changed."""
    number = activity.strip().lstrip("#")
    if not number.isdecimal():
        raise NotFound("error-no-activity")
    it = await pages.numbered(context, int(number[:18]))
    kind = pages.kind_of(context, it)
    design = design_of(kind, kind.values(it.settings))
    if not any(each.activity_id == it.id for each in await context.unit.exposures.trials_of(context.community.id)):
        return Reply(_unmeasured(context, it, kind, design))

    async def answer(context: Context, found: EffectsResult) -> Reply:
        mine = [each for each in found.measured if each.activity == it.id]
        if not mine:
            return Reply(context.t("effect-tomorrow", name=_name(context, it)))
        lines = [Markup(f"**{context.t(f'activity-{it.kind}')}** · {it.number}")]
        for each in mine:
            lines += told(context, each)
        if design is Design.DIFFERENCE:
            lines.append(_unmeasured(context, it, kind, design))
        return Reply(Markup("\n".join(lines)), picture=_over_time(context, it, mine[0]))

    return await study.read(context, "effect", answer, activity=str(it.number))


@command(rights=Rights.MODERATOR, private=True)
async def effects(context: Context) -> Reply | Work:
    """Show what each activity changed."""

    async def answer(context: Context, found: EffectsResult) -> Reply:
        named = await _named(context, found)
        if not named:
            return Reply(context.t("effects-nothing"))
        lines = [context.t("effects-title", community=context.community.name)]
        lines += [context.t("effects-line", name=name, said=told(context, each)[0]) for name, each in named]
        buttons = tuple((context.button(name, effect, activity=each.activity),) for name, each in named[:5])
        return Reply(Markup("\n".join(lines)), buttons, picture=effects_compared(context, named))

    return await study.read(context, "effects", answer)


@task(every=Daily("05:15"))
async def pause_harmful(context: Context, task: Task) -> None:
    """Pause what is believed to do harm, once, and tell whoever set it up."""
    found = await study.newest(context)
    for number in found.harmful if found is not None else ():
        it = await context.unit.activities.get(context.community.id, number)
        if it is not None and it.state is State.ACTIVE and it.settings.get(HARM) != it.id:
            await pause(context, replace(it, settings={**it.settings, HARM: it.id}), "activity-trouble-harm")


async def _named(context: Context, found: EffectsResult) -> Named:
    there = {each.id: _name(context, each) for each in await _measuring(context)}
    named = [(there[each.activity], each) for each in found.measured if each.activity in there]
    return [(name if _trusted(each) else context.t.plain("effects-doubtful", name=name), each) for name, each in named]


@chart(study=study, view=_named)
def effects_compared(context: Context, named: Named) -> Forest | None:
    """Draw every effect with its interval, of 100."""
    t = context.t
    shown = [(name, each, of_hundred(each)) for name, each in named if _looked_at(each)]
    if not shown:
        return None
    sure = sum(_trusted(each) and ((low or 0) > 0 or (high or 0) < 0) for _, each, (_, low, high) in shown)
    until = datetime.fromtimestamp(max(each.until for _, each, _ in shown) * 86_400, UTC)
    return Forest(
        title=t.plain("effects-picture", sure=sure, count=len(shown)),
        foot=t.plain("effects-foot", community=context.community.name, day=context.said_day(until)),
        effects=tuple(Effect(label=name, value=value, low=low, high=high) for name, _, (value, low, high) in shown),
    )


def _looked_at(each: Measured) -> bool:
    known = each.low is not None and each.high is not None and each.enough
    return known and each.design is not Design.DIFFERENCE  # which is no effect


def _trusted(each: Measured) -> bool:
    return each.balanced and not each.felt


def of_hundred(each: Measured) -> tuple[float, float | None, float | None]:
    """Return an estimate and its interval in points of 100 people; of a room, of 100 there are without it."""
    whole = 1.0 if each.design is Design.HOLDOUT else each.base or 1.0
    ends = (None if end is None else 100 * end / whole for end in (each.low, each.high))
    return 100 * each.estimate / whole, *ends  # type: ignore[return-value]  # two ends


def told(context: Context, each: Measured) -> list[Markup]:
    """Return what is known in sentences, the answer first."""
    if each.design is Design.DIFFERENCE:
        return [_beside(context, each)]
    return _blocks(context, each) if each.design is Design.SWITCHBACK else _held_out(context, each)


def _held_out(context: Context, each: Measured) -> list[Markup]:
    t = context.t
    counts = {"asked": each.asked, "held": each.held_out, "runs": each.runs}
    if each.low is None or each.high is None or not each.enough:
        if not each.asked + each.held_out:
            return [t("effect-waiting", waiting=each.waiting)]
        weeks = -1 if each.weeks is None else each.weeks
        said = [t("effect-few", points=max(round(each.seen * 100), 1), weeks=weeks, **counts)]
        return [*said, *_doubts(context, each)]
    value, low, high = (_signed(end, each) for end in (each.estimate, each.low, each.high))
    one = "yes" if value in ("+1", "−1") else "no"
    lines = [t("effect-said", metric=each.metric.value, points=value, one=one, low=low, high=high, **counts)]
    if each.low <= 0 <= each.high:
        lines.append(t("effect-none", points=max(round(each.seen * 100), 1)))
    lines += _doubts(context, each)
    if each.planned_end is None:
        return lines
    day = context.said_day(datetime.fromtimestamp(each.planned_end * 86_400, UTC))
    if each.fixed_low is None or each.fixed_high is None:
        return [*lines, t("effect-any-day", day=day)]
    ends = {"low": _signed(each.fixed_low, each), "high": _signed(each.fixed_high, each)}
    return [*lines, t("effect-planned", day=day, **ends)]


def _doubts(context: Context, each: Measured) -> list[Markup]:
    lines = [] if each.balanced else [context.t("effect-unbalanced")]
    return [*lines, context.t("effect-felt")] if each.felt else lines


def _blocks(context: Context, each: Measured) -> list[Markup]:
    t = context.t
    if each.low is None or each.high is None or not each.enough:
        done = each.asked + each.held_out
        return [t("effect-blocks-few", blocks=done, needed=BLOCKS_NEEDED, weeks=each.weeks or 0)]
    value, low, high = (f"{end:+.1f}".replace("-", "−") for end in (each.estimate, each.low, each.high))
    counts = {"on": each.asked, "off": each.held_out}
    lines = [t("effect-blocks", metric=each.metric.value, more=value, low=low, high=high, **counts)]
    return [*lines, t("effect-blocks-none")] if each.low <= 0 <= each.high else lines


def _beside(context: Context, each: Measured) -> Markup:
    counts = {"took": each.asked, "others": each.held_out}
    if each.low is None or each.high is None:
        return context.t("effect-beside-few", **counts)
    value, low, high = (_signed(end, each) for end in (each.estimate, each.low, each.high))
    return context.t("effect-beside", weeks=value, low=low, high=high, **counts)


def _signed(share: float, each: Measured) -> str:
    """Return a share as points of 100 with their sign, as exactly as the interval is narrow."""
    wide = (each.high or 0.0) - (each.low or 0.0) >= 0.04
    said = f"{share * 100:+.0f}" if wide else f"{share * 100:+.1f}"
    return "0" if float(said) == 0 else said.replace("-", "−")


def _over_time(context: Context, activity: Activity, each: Measured) -> Chart | None:
    """Draw how the interval became narrower, look by look; None before the second."""
    t, looks = context.t, each.looks
    if len(looks) < 2:
        return None
    today = context.now.date()
    days = [datetime.fromtimestamp(look.day * 86_400, UTC).date() for look in looks]
    return Chart(
        title=plain_text(told(context, each)[0]).rstrip(".。"),  # a heading
        foot=t.plain("effect-foot", community=context.community.name, name=_name(context, activity)),
        kind="line",
        x=tuple(t.day(day, today=today, short=True) for day in days),
        series=(
            Series(
                label=t.plain("effect-series"),
                values=tuple(100 * look.estimate for look in looks),
                low=tuple(100 * look.low for look in looks),
                high=tuple(100 * look.high for look in looks),
            ),
        ),
        reference=Reference(label=t.plain("effect-reference"), value=0.0),
    )


def _unmeasured(context: Context, activity: Activity, kind: ActivityKind, design: Design | None) -> Markup:
    """Return why nothing is measured of an activity, and what would change that."""
    name = _name(context, activity)
    if kind.effect is None:
        return context.t("effect-never", name=name)
    if design is not Design.DIFFERENCE:
        return context.t("effect-not-yet", name=name)
    how = "trial" if TRIAL in kind.fields else "direct"
    return context.t("effect-unmeasured", name=name, number=activity.number, how=how)


async def _measuring(context: Context) -> list[Activity]:
    there = await context.unit.activities.of(context.community.id, _STATES)
    return [each for each in there if each.kind in context.kinds and context.kinds[each.kind].effect is not None]


def _name(context: Context, activity: Activity) -> str:
    return f"{activity.number}. {context.t.plain(f'activity-{activity.kind}')}"
