"""Discord's scheduled events: shown, changed, taken away, and who is interested in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import discord

from bot.platforms.discord.errors import as_the_port_says
from bot.platforms.discord.known import NAME, Known, Payload, Reader
from bot.platforms.discord.rest import PAGE, Body, Rest
from core.domain.events import Event, Interested, InterestLost
from core.domain.outgoing import ScheduledEvent

ELSEWHERE = 3  # entity type: at a place that is no voice channel
MEMBERS_ONLY = 2  # privacy level
SCHEDULED, ACTIVE, COMPLETED, CANCELLED = 1, 2, 3, 4  # status


async def show(rest: Rest, event: ScheduledEvent, me: str) -> str | None:
    """Let a server's calendar show a run as it is now, or no longer; return what Discord calls it, None for nothing.

    `me` is the bot's id. One that was made by a try of which nobody heard is found again, so that there aren't two.
    """
    with as_the_port_says():
        there = await _there(rest, event, me)
        if not event.shown:
            if there is not None and there["status"] in (SCHEDULED, ACTIVE):
                status = COMPLETED if there["status"] == ACTIVE else CANCELLED
                await rest.change_event(event.space, there["id"], {"status": status})
            return None if there is None else str(there["id"])
        body: Body = {
            "name": event.title,
            "entity_metadata": {"location": event.place},
            "scheduled_start_time": event.starts_at,
            "scheduled_end_time": event.ends_at,
        }
        if there is None or there["status"] == CANCELLED:  # nobody can call that off: another takes its place
            more = {"privacy_level": MEMBERS_ONLY, "entity_type": ELSEWHERE}
            return str((await rest.add_event(event.space, {**body, **more}))["id"])
        if there["status"] == ACTIVE:
            body.pop("scheduled_start_time")  # what has begun begins no other time
        if there["status"] in (SCHEDULED, ACTIVE):
            await rest.change_event(event.space, there["id"], body)
        return str(there["id"])


async def _there(rest: Rest, event: ScheduledEvent, me: str) -> Body | None:
    """Return the event as the server has it, None where there is none."""
    listed = await rest.events(event.space)
    if event.event is not None:
        return next((each for each in listed if str(each["id"]) == event.event), None)
    at = datetime.fromisoformat(event.starts_at)
    return next(
        (
            each
            for each in listed
            if each["name"] == event.title
            and datetime.fromisoformat(each["scheduled_start_time"]) == at
            and str(each.get("creator_id")) == me
        ),
        None,
    )


def _interest(data: Payload, known: Known, now: datetime, *, kind: type[Interested | InterestLost]) -> list[Event]:
    guild, user, event = str(data["guild_id"]), str(data["user_id"]), str(data["guild_scheduled_event_id"])
    key = f"i:{event}:{user}:{kind.__name__}:{now.timestamp()}:{next(known.reactions)}"
    actor = known.person(guild, {"id": user})
    return [kind(platform=NAME, key=key, space=guild, at=now, actor=actor, reference=event)]


async def missed_interest(
    client: Rest, guild: str, event: str, before: frozenset[str], known: Known, since: datetime, now: datetime
) -> list[Event]:
    """Return who became interested, or lost interest, since nobody listened; `before` is who was known to be."""
    people: dict[str, Payload] = {}
    after: str | None = None
    try:
        while page := await client.interested(guild, event, after):
            people |= {user["id"]: user for user in page}
            after = page[-1]["id"]
            if len(page) < PAGE:
                break
    except discord.NotFound:  # somebody took it away: nothing is known of it any more
        return []
    told: dict[str, Any] = {"platform": NAME, "space": guild, "at": now, "reference": event}
    return [
        (Interested if user in people else InterestLost)(
            **told,
            key=f"i:{event}:{user}:since:{since.timestamp()}",
            actor=known.person(guild, people.get(user, {"id": user})),
        )
        for user in sorted(people.keys() ^ before)
    ]


READERS: Mapping[str, Reader] = {
    "GUILD_SCHEDULED_EVENT_USER_ADD": partial(_interest, kind=Interested),
    "GUILD_SCHEDULED_EVENT_USER_REMOVE": partial(_interest, kind=InterestLost),
}
