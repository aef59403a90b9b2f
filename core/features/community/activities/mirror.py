"""The next run of an activity in the calendar of its platform: shown, moved and taken away again with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.activities import Activity, Phase, Run, State, starts_at
from core.domain.community import Space
from core.domain.events import Interested, InterestLost
from core.domain.outgoing import ScheduledEvent
from core.domain.people import Consent
from core.kit import Context, Happened, Texts, after
from core.kit.activities import ActivityKind
from core.kit.occurrences import upcoming
from core.store.mirrors import Mirror
from core.store.outbox import EVENT, OutboxRow
from core.store.unit import UnitOfWork

AHEAD = timedelta(days=366)
_LIMIT = 100  # characters of a title or a place: Discord's


async def mirror(context: Context, activity: Activity) -> None:
    """Let the platform's calendar show the next run of an activity as it is now, and no other any more."""
    kind: ActivityKind | None = context.kinds.get(activity.kind)
    if kind is None or not kind.mirrored:
        return
    space = await context.unit.communities.space(activity.space_id)
    wanted = None if space.closed else await _wanted(context, kind, activity, space)
    there = {each.slot: each for each in await context.unit.mirrors.of(activity.id)}
    for each in there.values():
        if each.shown and (wanted is None or each.slot != wanted.slot):
            await _show(context, space, replace(each, shown=False))
    if wanted is None:
        return
    known = there.get(wanted.slot)
    if known is None:
        if wanted.starts_at > context.now:  # nothing begins in the past
            _send(context, space, await context.unit.mirrors.add(wanted))
        return
    fresh = replace(wanted, id=known.id, reference=known.reference)
    if fresh != known or known.reference is None:  # what was refused is tried again
        await _show(context, space, fresh)


async def _wanted(context: Context, kind: ActivityKind, activity: Activity, space: Space) -> Mirror | None:
    found = await _next(context, activity)
    if found is None:
        return None
    slot, begin = found
    values = kind.values(activity.settings)
    starts = starts_at(values, begin)
    room = None if activity.room_id is None else await context.unit.communities.room_with(activity.room_id)
    words = Texts(context.community.settings.language)
    return Mirror(
        id=0,
        community_id=context.community.id,
        activity_id=activity.id,
        slot=slot,
        platform=space.platform,
        title=str(values.get("topic") or words.plain(f"activity-{activity.kind}"))[:_LIMIT],
        place=(f"#{room.name}" if room is not None and room.name else space.title)[:_LIMIT] or "-",
        starts_at=starts,
        ends_at=starts + (kind.takes(values) or timedelta(hours=1)),
    )


async def _next(context: Context, activity: Activity) -> tuple[str, datetime] | None:
    """Return the slot and the begin of the run under way, else of the next."""
    if activity.state is State.DRAFT:
        return None
    runs: list[Run] = await context.unit.activities.runs_of(activity, (Phase.OPEN,), 1)
    if runs:
        return runs[0].slot, runs[0].due_at
    if activity.state is not State.ACTIVE:
        return None
    coming = await upcoming(context, [activity], context.now + AHEAD)
    return (coming[0].slot, coming[0].at) if coming else None


async def _show(context: Context, space: Space, it: Mirror) -> None:
    await context.unit.mirrors.save(it)
    _send(context, space, it)


def _send(context: Context, space: Space, it: Mirror) -> None:
    event = ScheduledEvent(
        platform=space.platform,
        space=space.external_id,
        mirror=it.id,
        title=it.title,
        place=it.place,
        starts_at=it.starts_at.isoformat(),
        ends_at=it.ends_at.isoformat(),
        shown=it.shown,
    )
    context.outbox.append(OutboxRow(event, context.community.id, kind=EVENT))


@after(Interested, InterestLost)
async def count_interest(unit: UnitOfWork, happened: Happened[Interested | InterestLost]) -> None:
    """Keep who is interested in what a platform's calendar shows; of who asked to be left out nothing is kept."""
    told = {event.reference for _, event in happened}
    for platform in {event.platform for _, event in happened}:
        known = await unit.mirrors.known(platform, told)
        for here, event in happened:
            it = known.get(event.reference)
            if it is None or here.account is None or here.member is None or it.community_id != here.community.id:
                continue
            if isinstance(event, InterestLost):
                await unit.mirrors.not_interested(it.id, here.account.id)
            elif here.member.consent is not Consent.OUT:
                await unit.mirrors.interested(it.id, here.account.id, event.at)
