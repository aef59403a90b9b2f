"""Gateway payloads, as Discord documents them (v10), in the words of the core.

Pure: what a payload means depends on it and on the few facts in `Known`. Raw payloads rather than
discord.py's objects, because a payload can be put aside and tried again, comes the same from the gateway and
from the history, and needs no cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.platforms.discord import events, interactions, messages, polls, servers
from bot.platforms.discord.known import Known, Payload, Reader
from core.domain.events import Event

_READERS: Mapping[str, Reader] = {
    **messages.READERS,
    **servers.READERS,
    **interactions.READERS,
    **polls.READERS,
    **events.READERS,
}


def translate(name: str, data: Payload, known: Known, now: datetime) -> list[Event]:
    """Return what the dispatch `name` tells the core, nothing where it doesn't matter.

    Raises KeyError, TypeError or ValueError for a payload that isn't what Discord documents.
    """
    reader = _READERS.get(name)
    return [] if reader is None else reader(data, known, now)


def put_aside(name: str, data: Any, known: Known, now: datetime) -> dict[str, Any]:
    """Return what `again` needs to read the dispatch `name`, which came at `now` and can't be read."""
    guild = data.get("guild_id") if isinstance(data, Mapping) else None
    return {"name": name, "data": data, "bot": known.bot_id, "owner": known.owners.get(str(guild)), "at": now}


def again(raw: Payload) -> list[Event]:
    """Translate what was put aside, with nothing known of what came before it; raise as `translate` does."""
    known = Known(raw["bot"])
    if raw["owner"] is not None:
        known.owners[raw["data"]["guild_id"]] = raw["owner"]
    return translate(raw["name"], raw["data"], known, raw["at"])
