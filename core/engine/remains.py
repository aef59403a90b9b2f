"""What remains of messages and reactions: events that change nothing go, and one that clears many is unfolded.

Platforms tell of reactions one by one, by the list, twice, or by "all of them"; what is there in the end counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.domain.events import (
    EMOJI_LIMIT,
    Event,
    MessageDeleted,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCleared,
    ReactionsCounted,
    burst,
    message_key,
)
from core.domain.kinds import Kind
from core.domain.people import Person
from core.store.interactions import Interactions

About = ReactionAdded | ReactionRemoved | ReactionsCleared | ReactionsCounted | MessageDeleted
ABOUT = (ReactionAdded, ReactionRemoved, ReactionsCleared, ReactionsCounted, MessageDeleted)
_WHOLE = (ReactionsCleared, ReactionsCounted)
_KEY_LIMIT = 160


@dataclass(slots=True)
class Remains:
    """What is there of the messages that a batch is about, by event key of the message, as its events go by."""

    history: bool = False
    _there: dict[str, dict[str, dict[str, None]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    _seen: set[tuple[str, str, str]] = field(default_factory=set)
    _people: dict[str, Person] = field(default_factory=dict)
    _counted: dict[str, int] = field(default_factory=dict)
    _deleted: set[str] = field(default_factory=set)

    async def follow(self, interactions: Interactions, platform: str, events: Sequence[Event]) -> list[Event]:
        """Return what of `events` changes something, in order."""
        about = [event for event in events if isinstance(event, ABOUT)]
        if not about:
            return list(events)
        whole = {message_key(event.message) for event in about if isinstance(event, _WHOLE)}
        people = {event.actor.id for event in about if event.actor is not None}
        messages = {message_key(event.message) for event in about}
        for row in await interactions.about(platform, messages, whole, people):
            self._load(*row)
        return [each for event in events for each in (self._after(event) if isinstance(event, ABOUT) else (event,))]

    def _load(self, kind: str, message: str, emoji: str | None, amount: int, *person: str | bool | None) -> None:
        if kind == Kind.DELETED:
            self._deleted.add(message)
        elif kind == Kind.REACTIONS:
            self._counted[message] = self._counted.get(message, 0) + amount
        elif isinstance(person[0], str):
            who = Person(
                person[0], str(person[1] or ""), None if person[2] is None else str(person[2]), bool(person[3])
            )
            self._people[who.id] = who
            self._mark(message, who.id, emoji or "", there=kind == Kind.REACTION)

    def _mark(self, message: str, who: str, emoji: str, *, there: bool) -> None:
        self._seen.add((message, who, emoji))
        if there:
            self._there[message][who][emoji] = None
        else:
            self._there[message][who].pop(emoji, None)

    def _after(self, event: About) -> Iterator[Event]:
        """Yield what an event changes; one that changes nothing is noted, so that it is known when it comes again."""
        message = message_key(event.message)
        if isinstance(event, ReactionAdded):
            yield from (event,) if self._comes(event, message) else self._noted(event)
            yield from self._as_a_whole(event, message)
        elif isinstance(event, ReactionRemoved):
            yield from self._goes(event, message) or self._noted(event)
            yield from self._as_a_whole(event, message)
        elif isinstance(event, ReactionsCleared):
            yield from self._noted(event)
            yield from self._cleared(event, message, event.emoji)
        elif isinstance(event, ReactionsCounted):
            more = event.count - self._counted.get(message, 0)
            self._counted[message] = event.count
            yield from (replace(event, count=more),) if more else self._noted(event)
        elif message in self._deleted:
            yield from self._noted(event)
        else:  # what others gave for it stands: nobody took that back
            self._deleted.add(message)
            yield event

    def _noted(self, event: Event) -> Iterator[Event]:
        if not self.history:
            yield Event(platform=event.platform, key=event.key, space=event.space, at=event.at, room=event.room)

    def _comes(self, event: ReactionAdded, message: str) -> bool:
        if event.actor is None:
            return True
        emoji, who = event.emoji[:EMOJI_LIMIT], event.actor.id
        # A history may be older than what was seen live: it brings nothing back.
        known = (message, who, emoji) in self._seen if self.history else emoji in self._there[message][who]
        if known:
            return False
        self._people.setdefault(who, event.actor)
        self._mark(message, who, emoji, there=True)
        return True

    def _goes(self, event: ReactionRemoved, message: str) -> list[ReactionRemoved]:
        """Return the removal, which knows whether it was of the last; nothing where there was nothing to remove."""
        if event.actor is None:
            return []
        emoji, theirs = event.emoji[:EMOJI_LIMIT], self._there[message][event.actor.id]
        if emoji not in theirs:
            return []
        self._mark(message, event.actor.id, emoji, there=False)
        return [replace(event, last=not theirs)]

    def _as_a_whole(self, event: ReactionAdded | ReactionRemoved, message: str) -> Iterator[Event]:
        """Yield what the platform's list shows to have come or gone besides, while nobody listened."""
        if event.whole is None or event.actor is None:
            return
        whole = [each[:EMOJI_LIMIT] for each in event.whole]
        for each in whole:
            added = ReactionAdded(**_shared(event, message, each), actor=event.actor, emoji=each)
            if self._comes(added, message):
                yield added
        for each in list(self._there[message][event.actor.id]):
            removed = ReactionRemoved(**_shared(event, message, each), actor=event.actor, emoji=each)
            if each not in whole:
                yield from self._goes(removed, message)

    def _cleared(self, event: Event, message: str, emoji: str | None) -> Iterator[Event]:
        """Yield that each of the reactions goes: of one person where the event has one, of one emoji or all."""
        for who, theirs in list(self._there[message].items()):
            if event.actor is not None and event.actor.id != who:
                continue
            for each in [each for each in theirs if emoji is None or _same(each, emoji)]:
                shared = _shared(event, message, f"{who}:{each}")
                yield from self._goes(ReactionRemoved(**shared, actor=self._people[who], emoji=each), message)


def _shared(event: Event, message: str, more: str) -> dict[str, Any]:
    """Return what an event that follows from another has of it; `more` makes its key one of its own."""
    return {
        "platform": event.platform,
        "key": f"{event.key[: _KEY_LIMIT // 2]}:{more}"[:_KEY_LIMIT],
        "space": event.space,
        "at": event.at,
        "room": event.room,
        "message": message.removeprefix(message_key("")),
    }


def _same(one: str, emoji: str) -> bool:
    """Say whether a reaction is of an emoji, be it a burst or not."""
    return one in (emoji, burst(emoji))
