"""A quiz under way: whoever writes in its room takes part, and taking part gives points."""

from __future__ import annotations

from core.domain.events import MessageSent
from core.domain.facts import CheckedIn, Fact, LevelReached, TierMoved, TookPart
from core.domain.points import Entry, Reason
from core.kit import Happening, on

ROOM, RUN, POINTS = "quiz", "quiz-1", 120
LOOP = "loop"  # a room in which each fact leads to another

seen: list[Fact] = []


@on(MessageSent)
def answer(happening: Happening, event: MessageSent) -> None:
    """Let whoever writes in the room take part."""
    if happening.account is None or happening.member is None or event.room not in (ROOM, LOOP):
        return
    subject = RUN if event.room == ROOM else LOOP
    happening.raise_(TookPart(account=happening.account, member=happening.member, subject=subject, at=event.at))


@on(TookPart)
def reward(happening: Happening, fact: TookPart) -> None:
    """Give points to whoever took part, once a run."""
    seen.append(fact)
    key = f"quiz:{fact.subject}:{fact.account.id}"
    entry = Entry(fact.account.id, POINTS, Reason.GRANT, key, happening.now, POINTS)
    happening.books.give(happening, entry)
    if fact.subject == LOOP:
        happening.raise_(fact)


@on(CheckedIn)
def remember_checkin(happening: Happening, fact: CheckedIn) -> None:
    """Remember that somebody came by, which makes them take part as well."""
    seen.append(fact)
    happening.raise_(TookPart(account=fact.account, member=fact.member, subject=RUN))


@on(LevelReached)
def remember_level(happening: Happening, fact: LevelReached) -> None:
    """Remember that somebody reached a level."""
    seen.append(fact)


@on(TierMoved)
def remember_tier(happening: Happening, fact: TierMoved) -> None:
    """Remember that somebody's tier moved."""
    seen.append(fact)
