"""Points for whoever writes again after a month: a reaction with one read, in one file."""

from __future__ import annotations

from datetime import timedelta

from core.domain.events import MessageSent
from core.domain.facts import LevelReached, TookPart
from core.domain.points import Entry, Reason
from core.kit import Happened, Happening, after, load, on
from core.store.audit import AuditEntry
from core.store.unit import UnitOfWork

ROOM, POINTS, AWAY = "lounge", 500, timedelta(days=30)

looked: list[int] = []  # how many messages each look was for


@load(MessageSent)
async def wrote_lately(unit: UnitOfWork, happened: Happened[MessageSent]) -> set[int]:
    """Find the members who wrote in the last month, before these messages."""
    looked.append(len(happened))
    since = {here.community.id: here.now - AWAY for here, _ in happened}
    found = [await unit.interactions.first_written(community, at) for community, at in since.items()]
    return {member for each in found for member in each}


@on(MessageSent)
def welcome_back(happening: Happening, event: MessageSent) -> None:
    """Give points to whoever was away, once a batch."""
    account, member, lately = happening.account, happening.member, happening.loaded(wrote_lately)
    if event.room != ROOM or account is None or member is None or member.id in lately:
        return
    lately.add(member.id)
    entry = Entry(account.id, POINTS, Reason.GRANT, f"back:{event.key}", event.at, POINTS)
    happening.books.give(happening, entry, fresh=True)


@after(MessageSent)
async def record(unit: UnitOfWork, happened: Happened[MessageSent]) -> None:
    """Write down how many messages of a batch were in the room."""
    here = [each for each, event in happened if event.room == ROOM]
    if here:
        entry = AuditEntry("lounge", here[0].now, None, None, {"messages": len(here)})
        await unit.audit.add(here[0].community.id, entry)


@load(LevelReached)
async def names(unit: UnitOfWork, happened: Happened[LevelReached]) -> dict[int, str]:
    """Look up the names of those who reached a level."""
    found = await unit.members.many({fact.member.id for _, fact in happened})
    return {each: member.name for each, member in found.items()}


@on(LevelReached)
def celebrate(happening: Happening, fact: LevelReached) -> None:
    """Let whoever reached a level in the room take part in a party of their own."""
    if happening.room is not None and happening.room.external_id == ROOM:
        subject = f"party of {happening.loaded(names)[fact.member.id]}"
        happening.raise_(TookPart(account=fact.account, member=fact.member, subject=subject))
