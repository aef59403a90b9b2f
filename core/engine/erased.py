"""Leaves erased people out of what comes in late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from core.domain.events import Event, people_of, without_people
from core.engine.people import People
from core.engine.places import Places
from core.store.unit import UnitOfWork


async def without_erased(
    unit: UnitOfWork, places: Places, people: People, erasure_hash: Callable[[str, str], str], events: list[Event]
) -> list[Event]:
    """Leave out what erased people did before they asked for it, and their names in what others did since."""
    everyone = {person.id for event in events for person in people_of(event)}
    hashes = {erasure_hash(places.platform, each): each for each in everyone}
    erased = await unit.erasure.erased(hashes, places.communities)
    gone: dict[int, dict[str, datetime]] = defaultdict(dict)
    for (hashed, community_id), at in erased.items():
        gone[community_id][hashes[hashed]] = at
        people.gone.add((community_id, hashes[hashed]))
    left: list[Event] = []
    for event in events:
        here = gone.get(places.space(event).community_id, {})
        silent = {each for each, at in here.items() if event.at <= at}
        if event.actor is None or event.actor.id not in silent:
            left.append(without_people(event, silent))
    return left
