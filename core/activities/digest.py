"""Digest: what the last week held, by the books alone: figures, links, and who helped of those who may be named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from core.domain.activities import Choice, Run, State
from core.domain.audience import Audience
from core.domain.effects import TRIAL, Effect, Metric
from core.domain.errors import BadInput, NotFound
from core.domain.kinds import Kind
from core.domain.message import Reply
from core.domain.people import Member, served
from core.domain.pushes import Topic
from core.domain.schedule import Weekly
from core.domain.tasks import Task
from core.kit import Again, Context, Markup, action, task
from core.kit.activities import PREVIEW, activity, button, in_rooms, run_of
from core.kit.broadcasts import rehearse
from core.kit.consent import must_serve, personal
from core.kit.links import message_link
from core.kit.occurrences import ahead, said_time
from core.store.counts import ACTIVE
from core.store.lately import Answered

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
TOLD = 50  # members to whom one step of a task writes
SHOWN = 3  # messages, people, rooms and activities of each line
_LOOKED_AT = 100  # of what may or can't be said, for the first that is


@activity(
    schedule=Weekly("sun 18:00"),
    fields=(Choice(name="pinned"), TRIAL),
    needs={"pinned=yes": "pin"},
    effect=Effect(metric=Metric.ACTIVE),
)
async def digest(context: Context, run: Run) -> Reply | None:
    """Put up what the week held; where that is nothing, nothing is."""
    happened = [await _answered(context), await _helped(context), await _thanked(context), *await _came(context)]
    lines = [each for each in happened if each]
    if not lines:
        run.detail["why"] = "activity-digest-nothing"
        return None
    coming = await _coming(context, run)
    title = context.t("activity-digest-title", community=context.community.name)
    own = button(context, "activity-digest-want", digest_wanted, run)
    return Reply(Markup("\n".join([title, *lines, *([coming] if coming else [])])), ((own,),))


@digest.planning
async def planned(context: Context, run: Run) -> None:
    """Let who wants a part of their own have it."""
    await context.schedule(digest_letters, run.name, context.now)


@task()
async def digest_letters(context: Context, task: Task) -> Again | None:
    """Write to each of those who want it what the week held for them."""
    run = await run_of(context, int(task.subject.split(":")[1]))
    wanting = await context.unit.activity_members.there(run.activity, context.now)
    people = {member.id: member for member in wanting.values() if served(member)}
    after = int(task.progress.get("after", 0))
    page = sorted(member for member in people if member > after)[:TOLD]
    answered = await context.unit.lately.most_answered(context.community.id, context.now - WEEK, _LOOKED_AT)
    for member in page:
        theirs = replace(context, t=context.texts_for(people[member]))
        if lines := await _own(theirs, people[member], answered):
            stop = context.button(theirs.t.plain("activity-digest-stop"), digest_unwanted, activity=run.activity.id)
            title = theirs.t("activity-digest-own", community=context.community.name)
            said = Reply(Markup("\n".join([title, *lines])), ((stop,),))
            await context.tell(people[member], said, Topic.ACTIVITY)
    return Again({"after": page[-1]}) if len(page) == TOLD else None


@action(private=True)
async def digest_wanted(context: Context, run: int) -> Reply:
    """Let whoever presses have a part of their own with each digest from now on."""
    if run == PREVIEW:
        raise BadInput("activity-preview-only")
    it = (await run_of(context, run)).activity
    must_serve(context, context.me)
    await context.unit.activity_members.join(it, context.my_account.id, context.now)
    reached, _ = await rehearse(context, it.subject, Topic.ACTIVITY, Audience(members=(context.me.id,)))
    stop = context.button(context.t.plain("activity-digest-stop"), digest_unwanted, activity=it.id)
    agreed = "yes" if personal([context.me]) else "no"
    said = context.t("activity-digest-wanted", reached="yes" if reached else "no", agreed=agreed)
    return Reply(said, ((stop,),))


@action(private=True)
async def digest_unwanted(context: Context, activity: int) -> Reply:
    """Let whoever presses have no part of their own any more."""
    it = await context.unit.activities.get(context.community.id, activity)
    if it is None:
        raise NotFound("error-no-activity")
    mine = await context.my_accounts()
    await context.unit.activity_members.leave(it, mine)
    return Reply(context.t("activity-digest-unwanted"))


async def _own(context: Context, member: Member, answered: Sequence[Answered]) -> list[Markup]:
    """Return what the week held for a member: what they missed only where they agreed that Kith looks at that."""
    t, since, lines = context.t, context.now - WEEK, []
    accounts = [account.id for account in await context.unit.members.accounts_of([member.id])]
    if personal([member]):
        rooms = set(await context.unit.lately.rooms_written_in(accounts, context.now - MONTH))
        known = await context.unit.lately.touched(accounts, since)
        missed = [each for each in answered if each.room_name in rooms and (each.platform, each.message) not in known]
        if missed:
            lines.append(
                t("activity-digest-missed", messages=t.listed(_said(context, each) for each in missed[:SHOWN]))
            )
    entries = await context.unit.ledger.of_member(member.id, _LOOKED_AT)
    points = sum(each.amount for each in entries if each.at >= since and each.amount > 0)
    if points:
        lines.append(t("activity-digest-points", points=points, balance=member.balance))
    yesterday = (date.fromisoformat(context.today) - timedelta(days=1)).isoformat()
    if member.streak > 1 and (member.checked_in_on or "") >= yesterday:
        lines.append(t("activity-digest-streak", streak=member.streak))
    return lines


async def _answered(context: Context) -> Markup | None:
    found = await context.unit.lately.most_answered(context.community.id, context.now - WEEK, SHOWN)
    if not found:
        return None
    return context.t("activity-digest-answered", messages=context.t.listed(_said(context, each) for each in found))


def _said(context: Context, each: Answered) -> Markup:
    """Return a message as a link where its platform has one, else by its room."""
    t = context.t
    people = t("activity-digest-people", count=each.people)
    if link := message_link(each.platform, each.space, each.room, each.message):
        return Markup(f"[{people}]({link})")
    return t("activity-digest-message", people=people, room=f"#{each.room_name}") if each.room_name else people


async def _helped(context: Context) -> Markup | None:
    helpers = await context.unit.lately.helpers(context.community.id, context.now - WEEK)
    if not helpers:
        return None
    most = [member_id for member_id, _ in helpers[:_LOOKED_AT]]
    there = await context.unit.members.many(most)
    named = [each.name for each in personal(there[member_id] for member_id in most) if each.name][:SHOWN]
    return context.t("activity-digest-helped", count=len(helpers), names=context.t.listed(named) if named else "none")


async def _thanked(context: Context) -> Markup | None:
    hours = await context.unit.counts.read(context.community.id, ACTIVE, context.now - WEEK, context.now)
    count = sum(value for _, _, kind, value in hours if kind == Kind.THANKS)
    return context.t("activity-digest-thanks", count=count) if count else None


async def _came(context: Context) -> list[Markup]:
    """Return how newcomers were received, and where some wait for an answer."""
    t, since = context.t, context.now - WEEK
    found = await context.unit.lately.arrivals(context.community.id, since)
    if not found.came:
        return []
    people = await context.unit.members.of_accounts(found.waiting)
    waiting = len({member.id for member in people.values()})
    lines = [t("activity-digest-came", came=found.came, wrote=found.wrote, answered=found.wrote - waiting)]
    if waiting:
        rooms = await context.unit.lately.rooms_written_in(found.waiting, since)
        said = t.listed(f"#{room}" for room in rooms[:SHOWN]) if rooms else "none"
        lines.append(t("activity-digest-waiting", count=waiting, rooms=said))
    return lines


async def _coming(context: Context, run: Run) -> Markup | None:
    there = await context.unit.activities.of(context.community.id, (State.ACTIVE,))
    others = [each for each in in_rooms(context, there) if each.id != run.activity.id]
    coming = (await ahead(context, others, context.now + WEEK))[:SHOWN]
    if not coming:
        return None
    t = context.t
    said = [
        t("activity-digest-activity", name=t(f"activity-{each.activity.kind}"), at=said_time(context, each.at))
        for each in coming
    ]
    return t("activity-digest-coming", activities=t.listed(said))
