"""What the buttons under an activity do: preview, dry run, start, pause, stop, and one run earlier, later or not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.activities import EVERYBODY, Activity, Phase, Run, State
from core.domain.errors import BadInput, NotFound
from core.domain.message import Reply
from core.domain.network_result import ENOUGH
from core.domain.pushes import Refusal, Topic
from core.features.community.activities import pages
from core.features.community.activities.forecast import forecast
from core.features.community.activities.runs import begin, move, skip, start, stop
from core.kit import Context, Markup, Needs, Rights, action
from core.kit.activities import PREVIEW, ActivityKind, NothingToDo, in_public, place_of
from core.kit.audience import chosen
from core.kit.broadcasts import rehearse
from core.kit.drafts import add_draft
from core.kit.occurrences import Occurrence, said_time, upcoming

YEAR = timedelta(days=366)


@action(rights=Rights.MODERATOR, private=True)
async def activity_preview(context: Context, activity: int) -> Reply:
    """Show what is put up when a run begins, as everybody will see it."""
    it = await pages.found(context, activity)
    pages.must_start(context, it)
    kind = pages.kind_of(context, it)
    run = _rehearsed(context, it, kind)
    reply = await kind.begin(in_public(context), run)
    if reply is None:
        return Reply(context.t(run.detail.get("why", "activity-preview-nothing")))
    if kind.asks(it, run.values):
        reply = replace(reply, text=Markup(f"{reply.text}\n{context.t('activity-preview-poll')}"))
    return reply


def _rehearsed(context: Context, activity: Activity, kind: ActivityKind) -> Run:
    """Return a run that isn't one, as it would be now."""
    values = kind.values(activity.settings)
    ends_at = kind.ends_at(values, context.now, context.now) or context.now
    run = Run(id=PREVIEW, activity=activity, slot="", due_at=context.now, began_at=context.now, ends_at=ends_at)
    return replace(run, values=values)


@action(rights=Rights.MODERATOR, private=True)
async def activity_rehearse(context: Context, activity: int) -> Reply:
    """Say who would be asked, and who wouldn't and why."""
    it = await pages.found(context, activity)
    kind = pages.kind_of(context, it)
    lines = [context.t("activity-rehearsal", room=await pages.where(context, it))]
    choice = await chosen(context, it)
    asked = []
    if kind.values(it.settings).get("tell") == "direct":
        asked = [await kind.writes_to(context, _rehearsed(context, it, kind), choice.audience)]
    if kind.letters is not None:
        asked = [letter.to for letter in await kind.letters(context, _rehearsed(context, it, kind))]
    said, draw = await forecast(context, kind, _rehearsed(context, it, kind))
    if asked or kind.letters is not None:
        name, share = (it.subject, 0.0) if draw is None else (draw.name, draw.share)
        looked = [await rehearse(context, name, Topic.ACTIVITY, each, holdout=share) for each in asked]
        refused = sum((each for _, each in looked), Counter[Refusal]())
        key = "activity-rehearsal-direct" if kind.letters is None else "activity-rehearsal-letters"
        lines.append(context.t(key, count=sum(reached for reached, _ in looked)))
        lines += [
            context.t("activity-rehearsal-refused", count=count, why=context.t(f"activity-refusal-{why.name.lower()}"))
            for why, count in sorted(refused.items(), key=lambda each: -each[1])
        ]
    else:
        lines.append(context.t("activity-rehearsal-room"))
    if it.audience != EVERYBODY:
        size = await context.unit.pushes.size(context.community.id, choice.audience, context.now)
        everybody = await context.unit.pushes.size(context.community.id, EVERYBODY, context.now)
        lines.append(context.t("activity-rehearsal-audience", count=size, others=everybody - size))
    if choice.disagree:
        few = "yes" if choice.disagree < ENOUGH else "no"
        of = "segment" if it.audience.segment else "circle"
        lines.append(context.t(f"activity-rehearsal-disagree-{of}", count=choice.disagree, few=few))
    lines += [said] if said else []
    return Reply(Markup("\n".join(lines)))


@action(rights=Rights.MODERATOR, private=True, needs={Needs.LACKS})
async def activity_start(context: Context, activity: int) -> Reply:
    """Let an activity run, from now or again."""
    it = await pages.found(context, activity)
    if it.state is State.STOPPED:
        raise NotFound("error-no-activity")
    pages.must_start(context, it)
    try:
        await place_of(context, it)
    except NothingToDo as why:
        raise BadInput(why.key) from None
    if it.schedule.after(context.now, context.community.settings.timezone) is None:
        raise BadInput("error-activity-past")
    if it.state is not State.ACTIVE:
        it = await start(context, it)
        await context.record("activity", name=it.kind, number=it.number, state=it.state.value)
    return await pages.page(context, it, context.t("activity-started"))


@action(rights=Rights.MODERATOR, private=True, needs={Needs.LACKS})
async def activity_pause(context: Context, activity: int) -> Reply:
    """Let an activity begin no more runs until it is started again."""
    return await _stopped(context, activity, State.PAUSED)


@action(rights=Rights.MODERATOR, private=True)
async def activity_stop(context: Context, activity: int) -> Reply:
    """Stop an activity for good; a run under way ends now."""
    return await _stopped(context, activity, State.STOPPED)


async def _stopped(context: Context, activity: int, state: State) -> Reply:
    it = await pages.found(context, activity)
    if it.state not in (state, State.STOPPED):
        it = await stop(context, it, state)
        await context.record("activity", name=it.kind, number=it.number, state=state.value)
    return await pages.page(context, it)


@action(rights=Rights.MODERATOR, private=True, needs={Needs.LACKS})
async def activity_begin(context: Context, activity: int, slot: str) -> Reply:
    """Begin a run now, once for each time that the button was shown."""
    it = await _active(context, activity)
    if not slot.startswith("now:"):
        raise NotFound("error-no-activity")
    run = await begin(context, it, slot, context.now)
    it = await pages.found(context, activity)
    key = "activity-begun" if run is not None else "activity-not-begun"
    return await pages.page(context, it, context.t(key))


@action(rights=Rights.MODERATOR, private=True, needs={Needs.LACKS})
async def activity_skip(context: Context, activity: int, slot: str) -> Reply:
    """Leave the next run out, and say so in its room."""
    it = await _active(context, activity)
    at = (await _coming(context, it, slot)).at
    await skip(context, it, slot, at)
    await pages.tell_room(context, it, "activity-skipped", at=at)
    return await pages.page(context, it, context.t("activity-skipped-done", at=said_time(context, at)))


@action(rights=Rights.MODERATOR, private=True, needs={Needs.LACKS})
async def activity_hour(context: Context, activity: int, slot: str) -> Reply:
    """Let the next run begin an hour later."""
    return await _later(context, activity, slot, timedelta(hours=1))


@action(rights=Rights.MODERATOR, private=True, needs={Needs.LACKS})
async def activity_day(context: Context, activity: int, slot: str) -> Reply:
    """Let the next run begin a day later."""
    return await _later(context, activity, slot, timedelta(days=1))


async def _later(context: Context, activity: int, slot: str, by: timedelta) -> Reply:
    it = await _active(context, activity)
    coming = await _coming(context, it, slot)
    to: datetime = coming.at + by
    await move(context, it, slot, to)
    await pages.tell_room(context, it, "activity-moved", at=coming.at, to=to)
    return await pages.page(context, it, context.t("activity-moved-done", to=said_time(context, to)))


@action(rights=Rights.MODERATOR, private=True, needs={Needs.LACKS})
async def activity_copy(context: Context, activity: int) -> Reply:
    """Set an activity up a second time, in this room; it doesn't run yet."""
    it = await pages.found(context, activity)
    made = await add_draft(context, it.kind, it.schedule, it.settings, it.audience)
    if made.audience.joined:
        made = replace(made, audience=replace(made.audience, joined=made.id))
        await context.unit.activities.save(made)
    return await pages.page(context, made, context.t("activity-copied"))


async def _active(context: Context, activity: int) -> Activity:
    it = await pages.found(context, activity)
    if it.state is not State.ACTIVE:
        raise BadInput("error-activity-not-active")
    return it


async def _coming(context: Context, activity: Activity, slot: str) -> Occurrence:
    """Return the run to come for a slot; raise BadInput where it began, or was left out."""
    coming = await upcoming(context, [activity], context.now + YEAR)
    found = next((each for each in coming if each.slot == slot), None)
    if found is None:
        known = await context.unit.activities.run_at(activity, slot)
        began = known is not None and known.phase in (Phase.OPEN, Phase.OVER)
        raise BadInput("error-activity-began" if began else "error-activity-left-out")
    return found
