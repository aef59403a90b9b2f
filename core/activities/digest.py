"""Digest: what the last week held, by the books alone: figures, links, and who helped of those who may be named."""

from __future__ import annotations

from datetime import timedelta

from core.domain.activities import Choice, Run, State
from core.domain.effects import TRIAL, Effect, Metric
from core.domain.kinds import Kind
from core.domain.message import Reply
from core.domain.schedule import Weekly
from core.kit import Context, Markup
from core.kit.activities import activity, in_rooms
from core.kit.consent import personal
from core.kit.links import message_link
from core.kit.occurrences import ahead, said_time
from core.store.counts import ACTIVE
from core.store.lately import Answered

WEEK = timedelta(days=7)
SHOWN = 3  # messages, people, rooms and activities of each line
_LOOKED_AT = 50  # of those who helped, for the first who may be named


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
    return Reply(Markup("\n".join([title, *lines, *([coming] if coming else [])])))


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
