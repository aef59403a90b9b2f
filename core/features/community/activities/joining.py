"""What /activities shows members: what is open, what comes, what they are in; one button to join, one to leave."""

from __future__ import annotations

from core.domain.activities import Activity, State, starts_at
from core.domain.errors import BadInput
from core.domain.message import Button, Reply
from core.features.community.activities.pages import PAGE, found, kind_name, kind_of, where
from core.features.community.activities.plan import said_schedule
from core.kit import Context, Markup, action
from core.kit.activities import in_rooms, in_rows
from core.kit.audience import is_for, must_be_for
from core.kit.consent import must_serve
from core.kit.occurrences import said_time, starts_next

PER_ROW = 2


async def joinable(context: Context, said: Markup | None = None) -> Reply:
    """Return what a member can take part in, with what they joined; `said` is what was done."""
    active = await context.unit.activities.of(context.community.id, (State.ACTIVE,))
    active = [each for each in active if each.kind in context.kinds and await is_for(context, each)]
    there = [each for each in active if each.audience.joined or in_rooms(context, [each])]
    lines = await _open(context, {each.id for each in there})
    mine = await _mine(context)
    for each in there:
        if (line := await _coming(context, each, mine)) is not None:
            lines.append(line)
    if not lines:
        return Reply(said or context.t("activities-nothing"))
    title = context.t("activities-title", community=context.community.name)
    buttons = [_button(context, each, mine) for each in there if each.audience.joined]
    return Reply(Markup("\n".join([*([said] if said else []), title, *lines])), in_rows(buttons[:PAGE], PER_ROW))


async def _open(context: Context, activity_ids: set[int]) -> list[Markup]:
    lines = []
    for run in await context.unit.activities.open_runs(context.community.id):
        if run.activity.id not in activity_ids:
            continue
        until = kind_of(context, run.activity).takes_until(run)
        if until is not None and until > context.now:
            name, room = kind_name(context, run.activity), await where(context, run.activity)
            lines.append(context.t("activities-open", name=name, room=room, until=said_time(context, until)))
    return lines


async def _coming(context: Context, activity: Activity, mine: set[int]) -> Markup | None:
    if (coming := await starts_next(context, activity)) is None:
        return None
    # The schedule is when it is announced, which isn't what people look forward to.
    announced = starts_at(kind_of(context, activity).values(activity.settings), context.now) > context.now
    return context.t(
        "activities-coming",
        name=kind_name(context, activity),
        room=await where(context, activity),
        when="none" if announced else said_schedule(context, activity),
        next=said_time(context, coming.at),
        joined="in" if activity.id in mine else "out" if activity.audience.joined else "open",
    )


def _button(context: Context, activity: Activity, mine: set[int]) -> Button:
    there = activity.id in mine
    label = context.t.plain("activities-leave" if there else "activities-join", name=kind_name(context, activity))
    return context.button(label, leave_activity if there else join_activity, activity=activity.id)


async def _mine(context: Context) -> set[int]:
    """Return which activities whoever asks joined."""
    return await context.unit.activity_members.joined(await context.my_accounts())


@action(private=True)
async def join_activity(context: Context, activity: int) -> Reply:
    """Let whoever presses be in an activity from now on."""
    it = await found(context, activity)
    must_serve(context, context.me)
    if it.state is not State.ACTIVE or not it.audience.joined:
        raise BadInput("error-activity-not-joinable")
    await must_be_for(context, it)
    if it.id not in await _mine(context):
        await context.unit.activity_members.join(it, context.my_account.id, context.now)
    return await joinable(context, context.t("activities-joined", name=kind_name(context, it)))


@action(private=True)
async def leave_activity(context: Context, activity: int) -> Reply:
    """Let whoever presses be in an activity no more."""
    it = await found(context, activity)
    await context.unit.activity_members.leave(it, await context.my_accounts())
    return await joinable(context, context.t("activities-left", name=kind_name(context, it)))
