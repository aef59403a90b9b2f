"""People behind a bridge: one account that writes what others say elsewhere.

A bot begins its lines with the name, as in `[discord] <name> text`; a webhook bears another name for each message.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from core.domain.community import Settings
from core.domain.events import Event, MessageSent, Spoken
from core.domain.history import Record
from core.domain.people import BEHIND, Person, tidy_name

ENOUGH = 3  # lines in the name of others, or names of a webhook, from which an account may be a bridge
ID_LIMIT = 64
_LINE = re.compile(r"\s*(?:\[([^\[\]<>\n]{1,32})\]\s*)?<([^<>\n]{1,64})>(?=\s)")


def spoken_in(text: str) -> Spoken | None:
    """Return for whom a line speaks, by its beginning: `[discord] <ana> hello` or `<ana> hello`; None for nobody."""
    found = _LINE.match(text)
    name = tidy_name(found[2]) if found else ""
    return Spoken(name, tidy_name(found[1] or "")) if found and name else None


def worn_by(webhook: Person) -> Spoken | None:
    """Return for whom a message of a webhook speaks: whoever's name it wears, None where it wears none."""
    name = tidy_name(webhook.name)
    return Spoken(name, webhook=True) if name else None


def called(settings: Settings, event: Event) -> Settings:
    """Return settings that remember by which name a webhook went, up to the third."""
    spoken = getattr(event, "spoken", None)
    if spoken is None or not spoken.webhook or event.actor is None:
        return settings
    names = settings.webhooks.get(event.actor.id, [])
    name = hashlib.sha256(spoken.name.encode()).hexdigest()[:8]
    if name in names or len(names) >= ENOUGH:
        return settings
    return replace(settings, webhooks={**settings.webhooks, event.actor.id: [*names, name]})


def is_bridge(settings: Settings, event: Event) -> bool:
    """Say whether the account that wrote speaks for others, as far as that is known live."""
    spoken = getattr(event, "spoken", None)
    if spoken is None or event.actor is None:
        return False
    return not spoken.webhook or len(settings.webhooks.get(event.actor.id, [])) >= ENOUGH


def behind(bridge: Person, spoken: Spoken) -> Person:
    """Return whoever speaks through a bridge: known by the bridge's id and the name alone."""
    told = f"{BEHIND}{bridge.id}:"
    tail = spoken.name
    if len(told) + len(tail) > ID_LIMIT:
        tail = hashlib.sha256(tail.encode()).hexdigest()[: ID_LIMIT - len(told)]
    return Person(told + tail, spoken.name)


def bridge_of(person: Person) -> str:
    """Return the id of the bridge through which a person speaks; raise ValueError where there is none."""
    told, bridge, _ = person.id.split(":", 2)
    if f"{told}:" != BEHIND:
        raise ValueError(f"{person.id} is behind no bridge")
    return bridge


def unbridged(event: Event) -> Event:
    """Return a message of a bridge as the message of whoever speaks through it; any other event as it is."""
    if not isinstance(event, MessageSent) or event.spoken is None or event.actor is None:
        return event
    return replace(event, actor=behind(event.actor, event.spoken))


def split(record: Record, bridges: Collection[str]) -> Record:
    """Return an entry of an export so that people behind `bridges` (ids) speak and are reacted to themselves."""
    first = record.events[0] if record.events else None
    if not isinstance(first, MessageSent) or first.actor is None or first.actor.id not in bridges:
        return record
    spoken = unbridged(first)
    if spoken is first:
        actor = replace(first.actor, bot=True)
        return replace(record, events=tuple(_with(each, first.actor, actor) for each in record.events))
    return replace(record, events=tuple(_with(each, first.actor, spoken.actor) for each in record.events))


def _with(event: Event, old: Person, new: Person | None) -> Event:
    changes: dict[str, Any] = {name: new for name in ("actor", "author") if getattr(event, name, None) == old}
    return replace(event, **changes) if changes else event


@dataclass(slots=True)
class Bridge:
    """An account and what it wrote: all its messages, those in the name of others, and whose names."""

    person: Person
    messages: int = 0
    lines: int = 0
    names: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    webhook: bool = False

    @property
    def speaks_for_others(self) -> bool:
        """Say whether most of its messages, three at least, are in the name of others; a webhook's in three names."""
        enough = self.lines >= ENOUGH and self.lines * 2 > self.messages
        return enough and (not self.webhook or len(self.names) >= ENOUGH)


class Lookout:
    """Watch a history for bridges; what it keeps grows with the accounts and names, not with the messages."""

    def __init__(self) -> None:
        self._accounts: dict[str, Bridge] = {}

    def see(self, record: Record) -> None:
        """Count an entry of an export."""
        for event in record.events[:1]:
            if isinstance(event, MessageSent) and event.actor is not None:
                seen = self._accounts.setdefault(event.actor.id, Bridge(event.actor))
                seen.messages += 1
                if event.spoken is not None:
                    seen.lines += 1
                    seen.webhook |= event.spoken.webhook
                    seen.names.add(event.spoken.name)
                    seen.sources |= {event.spoken.source} - {""}

    def found(self) -> Iterator[Bridge]:
        """Yield the accounts that speak for others."""
        return (each for each in self._accounts.values() if each.speaks_for_others)
