"""The calendar as a feed for calendar applications: who has its address reads it, until there is a new one."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.domain.activities import CHANGES, MOVES, Activity, Phase, Run, State, starts_at
from core.domain.icalendar import Entry, icalendar
from core.features.community.activities.pages import where
from core.kit import Context
from core.kit.activities import in_rooms
from core.kit.audience import is_for
from core.kit.occurrences import upcoming

BACK, AHEAD = timedelta(days=30), timedelta(days=90)
LASTS = timedelta(minutes=30)
OWN = "own-"  # with which tokens of members begin
_SEED = "calendar_feed"  # among a community's settings: of what the token is made
_CANCELLED = (Phase.SKIPPED, Phase.UNDONE)
_RUNS = 200  # of an activity that are looked at


def token(context: Context) -> str | None:
    """Return what the feed's address ends in, None where nobody asked for one yet."""
    seed = context.community.settings.own.get(_SEED)
    if not isinstance(seed, str) or not seed:
        return None
    return f"{context.community.id}-{context.erasure_hash('calendar', f'{context.community.id}:{seed}')[:40]}"


def fits(context: Context, given: str) -> bool:
    """Say whether `given` is the token of the community."""
    known = token(context)
    return known is not None and hmac.compare_digest(known.encode(), given.encode())


async def renew(context: Context) -> None:
    """Give the feed a new address; the one it had leads nowhere any more."""
    settings = context.community.settings
    context.community.settings = replace(settings, own={**settings.own, _SEED: secrets.token_hex(16)})
    await context.unit.communities.save(context.community)


async def own_token(context: Context) -> str:
    """Return what the address of a member's own calendar ends in, a new one where they have none."""
    found = await context.unit.activity_members.feed_of(await context.my_accounts())
    return found or await renew_own(context)


async def renew_own(context: Context) -> str:
    """Give a member's own calendar a new address; the one it had leads nowhere any more."""
    fresh = f"{OWN}{secrets.token_urlsafe(24)}"
    mine = await context.my_accounts()
    await context.unit.activity_members.new_feed(context.community.id, context.my_account.id, mine, fresh)
    return fresh


async def drop_own(context: Context) -> None:
    """Let a member's own calendar have no address any more."""
    await context.unit.activity_members.new_feed(
        context.community.id, context.my_account.id, await context.my_accounts(), None
    )


async def own_feed(context: Context) -> str:
    """Return a member's own calendar: what is for them, where one must join what they joined."""
    joined = await context.unit.activity_members.joined(await context.my_accounts())
    every = await context.unit.activities.of(context.community.id, tuple(State))
    mine = [each for each in every if each.audience.joined in {0, *joined} and await is_for(context, each)]
    return await _calendar(context, in_rooms(context, mine))


async def feed(context: Context) -> str:
    """Return the calendar: runs of the last 30 days and of the next 90, those that were left out as cancelled."""
    every = await context.unit.activities.of(context.community.id, tuple(State))
    return await _calendar(context, in_rooms(context, every))


async def _calendar(context: Context, there: Sequence[Activity]) -> str:
    entries: list[Entry] = []
    for activity in there:
        title, place = context.t.plain(f"activity-{activity.kind}"), await where(context, activity)
        kind = context.kinds[activity.kind]
        values = kind.values(activity.settings)
        made = await _runs(context, activity)
        entries += [
            Entry(
                uid=f"{activity.id}.{run.slot}@kith",
                at=starts_at(values, run.due_at),
                lasts=kind.takes(values) or LASTS,
                title=title,
                place=place,
                sequence=_changes(activity) + run.detail.get(MOVES, 0) + (run.phase in _CANCELLED),
                cancelled=run.phase in _CANCELLED,
            )
            for run in made
        ]
    entries.sort(key=lambda each: (each.at, each.uid))
    return icalendar(context.community.name, entries, now=context.now)


async def _runs(context: Context, activity: Activity) -> list[Run]:
    """Return the runs that were, and those to come of one that is active."""
    known = await context.unit.activities.runs_of(activity, tuple(Phase), _RUNS)
    runs = {run.slot: run for run in known if run.phase is not Phase.MOVED and run.due_at >= context.now - BACK}
    if activity.state is State.ACTIVE:
        moved = {run.slot: run for run in known if run.phase is Phase.MOVED}
        for each in await upcoming(context, [activity], context.now + AHEAD):
            fresh = Run(id=0, activity=activity, slot=each.slot, due_at=each.at)
            runs[each.slot] = moved.get(each.slot, fresh)
    return list(runs.values())


def _changes(activity: Activity) -> int:
    return int(activity.settings.get(CHANGES, 0))
