"""How a run begins and ends: each once, whatever happens meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.domain.activities import MOVES, Activity, Phase, Run, State
from core.domain.errors import BadInput, NotFound
from core.domain.message import Reply
from core.domain.pushes import Topic
from core.domain.tasks import Task
from core.features.community.activities.mirror import mirror
from core.kit import Context, Markup, Texts, polls, posts, task
from core.kit.activities import ActivityKind, NothingToDo, in_public, place_of
from core.kit.audience import chosen, is_empty
from core.kit.broadcasts import broadcast, call_back
from core.kit.effects import draw_of, is_off, known_off
from core.kit.texts import LANGUAGES

_BEGUN = (Phase.OPEN, Phase.OVER)


@task()
async def begin_run(context: Context, task: Task) -> None:
    """Begin the run of a slot, unless it was begun, left out or moved."""
    activity = await context.unit.activities.get(context.community.id, int(task.subject.split(":")[1]))
    if activity is None or activity.state is not State.ACTIVE:
        return
    slot = task.params.get("slot", task.slot)
    known = await context.unit.activities.run_at(activity, slot)
    if known is not None and (known.phase is not Phase.MOVED or "slot" not in task.params):
        return
    await begin(context, activity, slot, task.due_at, known)


@task()
async def end_run(context: Context, task: Task) -> None:
    """End a run whose time is over, unless it was ended before."""
    run = await context.unit.activities.run(context.community.id, int(task.subject.split(":")[1]))
    if run is not None and run.phase is Phase.OPEN:
        await end(context, run)


async def begin(
    context: Context, activity: Activity, slot: str, due_at: datetime, known: Run | None = None
) -> Run | None:
    """Begin a run, and return it; where that can't be the activity pauses, and whoever set it up is told why."""
    kind: ActivityKind | None = context.kinds.get(activity.kind)
    if kind is None:
        return None
    phase = Phase.SKIPPED if context.now - due_at > kind.late else Phase.OPEN
    values = kind.values(activity.settings)
    run = known or Run(id=0, activity=activity, slot=slot, due_at=due_at)
    run = replace(run, phase=phase, due_at=due_at, began_at=context.now, values=values)
    run = replace(run, ends_at=kind.ends_at(values, due_at, context.now))
    if known is not None:
        await context.unit.activities.save_run(run)
    elif (added := await context.unit.activities.add_run(run)) is None:
        return None
    else:
        run = added
    if phase is Phase.SKIPPED:
        return None
    if await is_off(context, kind, run):
        run.phase = Phase.SKIPPED
        run.detail.update(why="activity-off")
        await context.unit.activities.save_run(run)
        return None
    try:
        await _put_up(context, kind, run)
        if kind.plans is not None and run.phase is not Phase.SKIPPED:
            await kind.plans(context, run)
    except NothingToDo as why:
        run.phase = Phase.SKIPPED
        await pause(context, activity, why.key)
    await context.unit.activities.save_run(run)
    if run.phase is Phase.SKIPPED:
        return None
    await mirror(context, activity)
    return run


async def _put_up(context: Context, kind: ActivityKind, run: Run) -> None:
    await _not_refused(context, run)
    space, room = await place_of(context, run.activity)
    if await is_empty(context, run.activity):
        run.phase = Phase.SKIPPED
        run.detail.update(why="activity-nobody")
        return
    values = run.values
    draw = await draw_of(context, kind, run)
    if kind.letters is not None:
        for letter in await kind.letters(context, run):
            name = f"{run.name}:{letter.name}"
            await broadcast(context, name, Topic.ACTIVITY, letter.to, letter.replies, draw=draw)
        await _plan_end(context, run)
        return
    if kind.question is not None and kind.asks(run.activity, values):
        asked = await kind.question(in_public(context), run)
        pinned = values.get("pinned") == "yes"
        await polls.ask_poll(context, run.name, space, room, asked, until=run.ends_at, pinned=pinned)
        await _plan_end(context, run)
        return
    reply = await kind.begin(in_public(context), run)
    if reply is None:
        run.phase = Phase.SKIPPED
        return
    goes = 3600 * int(values.get("stays", 0))
    await posts.put_up(context, run.name, space, room, reply, pinned=values.get("pinned") == "yes", delete_after=goes)
    if values.get("tell") == "direct":
        replies = {each: await kind.begin(replace(context, t=Texts(each)), run) for each in LANGUAGES}
        head = {"community": context.community.name, "room": await _named(context, run.activity)}
        said = {
            language: replace(each, text=Markup(f"{Texts(language)('activity-direct', **head)}\n{each.text}"))
            for language, each in replies.items()
            if each is not None
        }
        to = await kind.writes_to(context, run, (await chosen(context, run.activity)).audience)
        await broadcast(context, run.name, Topic.ACTIVITY, to, said, draw=draw)
    await _plan_end(context, run)


async def _named(context: Context, activity: Activity) -> str:
    """Return what people call the room of an activity, `none` where it has the whole place."""
    if activity.room_id is None:
        return "none"
    room = await context.unit.communities.room_with(activity.room_id)
    return f"#{room.name}" if room.name else "none"


async def _plan_end(context: Context, run: Run) -> None:
    if run.ends_at is not None:
        await context.schedule(end_run, run.name, run.ends_at)
    else:
        run.phase = Phase.OVER
        await _stop_after_last(context, run.activity)


async def end(context: Context, run: Run) -> None:
    """Let a run be over: its post says how it went, nobody is asked or can press anything any more."""
    await call_back(context, run.name)  # before the end says anything to many itself
    kind: ActivityKind | None = context.kinds.get(run.activity.kind)
    reply = None
    if kind is not None:
        run = replace(run, values=kind.values(run.activity.settings))
        reply = await kind.finish(in_public(context), run) if kind.finish else None
    if run.values.get("pinned") == "yes":
        await posts.unpin(context, run.name)
    if await polls.poll_result(context, run.name) is None:
        await posts.close(context, run.name, reply)
    else:
        await polls.close_poll(context, run.name)
        await _say_result(context, run, reply)
    run.phase = Phase.OVER
    await context.unit.activities.save_run(run)
    await _stop_after_last(context, run.activity)
    await mirror(context, run.activity)


async def _say_result(context: Context, run: Run, reply: Reply | None) -> None:
    """Say what came of a poll, which itself can't say it."""
    try:
        space, room = await place_of(context, run.activity)
    except NothingToDo:
        return
    if reply is not None:
        in_public(context).say(space, room, reply)


async def start(context: Context, activity: Activity) -> Activity:
    """Let an activity run from its next slot on."""
    started = replace(activity, state=State.ACTIVE, trouble="")
    await context.unit.activities.save(started)
    await context.schedule(begin_run, activity.subject, activity.schedule)
    await mirror(context, started)
    return started


async def stop(context: Context, activity: Activity, state: State) -> Activity:
    """Let an activity begin no more runs: `state` says until when; once it is stopped, those under way are over."""
    stopped = replace(activity, state=state)
    await context.unit.activities.save(stopped)
    await context.cancel(begin_run, activity.subject)
    if state is State.STOPPED:
        for run in await context.unit.activities.runs_of(stopped, (Phase.OPEN,), 20):
            await context.cancel(end_run, run.name)
            await end(context, run)
    await mirror(context, stopped)
    return stopped


async def skip(context: Context, activity: Activity, slot: str, at: datetime) -> None:
    """Leave one run out, or take it from where it was moved."""
    known = await context.unit.activities.run_at(activity, slot)
    if known is None:
        await context.unit.activities.add_run(Run(id=0, activity=activity, slot=slot, due_at=at, phase=Phase.SKIPPED))
        await mirror(context, activity)
        return
    await context.cancel(begin_run, _moved(activity, slot))
    if known.phase is Phase.MOVED:
        await context.unit.activities.save_run(replace(known, phase=Phase.SKIPPED))
    await mirror(context, activity)


async def move(context: Context, activity: Activity, slot: str, to: datetime) -> None:
    """Let one run begin at another time.

    Raise NotFound where it isn't to come any more, BadInput where a trial would leave it out then.
    """
    kind: ActivityKind | None = context.kinds.get(activity.kind)
    if kind is not None and (await known_off(context, kind, activity))(to):
        raise BadInput("error-activity-off")
    known = await context.unit.activities.run_at(activity, slot)
    if known is not None and known.phase is not Phase.MOVED:
        raise NotFound("error-no-activity")
    moved = Run(id=0, activity=activity, slot=slot, due_at=to, phase=Phase.MOVED, detail={MOVES: 1})
    if known is None:
        await context.unit.activities.add_run(moved)
    else:
        moves = {**known.detail, MOVES: known.detail.get(MOVES, 0) + 1}
        await context.unit.activities.save_run(replace(known, due_at=to, detail=moves))
    await context.schedule(begin_run, _moved(activity, slot), to, slot=slot)
    await mirror(context, activity)


def _moved(activity: Activity, slot: str) -> str:
    return f"{activity.subject}:{slot}"


async def _not_refused(context: Context, run: Run) -> None:
    """Raise NothingToDo where the platform took none of the posts of the run before."""
    before = await context.unit.activities.runs_of(run.activity, _BEGUN, 2)
    last = next((each for each in before if each.id != run.id), None)
    put_up = [] if last is None else await context.unit.posts.named(context.community.id, last.name)
    if last is not None and not last.detail.get("told") and any(post.refusal for post in put_up):
        last.detail.update(told=True)
        await context.unit.activities.save_run(last)
        raise NothingToDo("activity-trouble-refused")


async def pause(context: Context, activity: Activity, why: str) -> None:
    """Let an activity wait for a moderator, and tell whoever set it up."""
    await context.unit.activities.save(replace(activity, state=State.PAUSED, trouble=why))
    await context.cancel(begin_run, activity.subject)
    if activity.account_id is None:
        return
    member = (await context.unit.members.of_accounts([activity.account_id])).get(activity.account_id)
    if member is not None:
        t = context.texts_for(member)
        given = {"name": t(f"activity-{activity.kind}"), "number": activity.number, "community": context.community.name}
        await context.tell(member, Reply(t("activity-paused-itself", why=t(why), **given)))


async def _stop_after_last(context: Context, activity: Activity) -> None:
    zone = context.community.settings.timezone
    if activity.state is State.ACTIVE and activity.schedule.after(context.now, zone) is None:
        current = await context.unit.activities.get(activity.community_id, activity.id)
        if current is not None and current.state is State.ACTIVE:
            await context.unit.activities.save(replace(current, state=State.STOPPED))
