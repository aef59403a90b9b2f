"""Whom Kith may know: the one place where figures about a person ask for that person's consent first.

Points, level, tier, rank, streak and the days of presence that a tier asks are the service itself: every member but
those who are *out* has them. Whatever else is about one person is there only for those who said *personal*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from core.domain.clock import day_number
from core.domain.errors import NotAllowed
from core.domain.people import Consent, Member, served
from core.kit.context import Context
from core.store.board import Standing


@dataclass(frozen=True, slots=True)
class Service:
    """What the service shows of a member: their place on the board of all time, `of` how many, and their last days.

    `days` counts what they did on each day (UTC), oldest first.
    """

    place: Standing | None
    of: int
    days: tuple[int, ...]

    @property
    def present(self) -> int:
        """Return on how many of these days they were active."""
        return sum(1 for count in self.days if count)


def personal(members: Iterable[Member]) -> list[Member]:
    """Return those of `members` about whom figures and recommendations by name are wanted."""
    return [member for member in members if served(member) and member.consent is Consent.PERSONAL]


def names_of(members: Iterable[Member], *, everybody: bool = False) -> dict[int, str]:
    """Return the names that may stand beside figures, by member; those of `everybody` are for the operator alone."""
    return {member.id: member.name for member in (members if everybody else personal(members)) if member.name}


def must_serve(context: Context, member: Member) -> Member:
    """Return `member`; raise NotAllowed where Kith keeps no points for them."""
    if served(member):
        return member
    if context.member is not None and member.id == context.member.id:
        raise NotAllowed("error-you-are-out")
    raise NotAllowed("error-keeps-no-points", name=member.name or context.t("somebody"))


async def service(context: Context, member: Member, days: int = 30) -> Service:
    """Return what the service shows of a member; raise NotAllowed where Kith keeps no points for them."""
    must_serve(context, member)
    place = await context.unit.ledger.standing(context.community.id, member.id, None)
    _, of = await context.unit.ledger.board(context.community.id, None, 0, 0)
    return Service(place, of, await context.unit.rollups.days_of(member.id, context.now, days))


async def deeds_of(context: Context, member: Member, days: int) -> dict[int, dict[str, int]]:
    """Return what a member did on each of so many days (UTC) to today on which they did anything, by kind of activity.

    Raise NotAllowed without consent.
    """
    if not personal([member]):
        raise NotAllowed("error-personal-only")
    today = day_number(context.now)
    return await context.unit.rollups.deeds_of(member.id, (today - days + 1, today + 1))


async def ties_of(context: Context, member: Member) -> dict[int, tuple[int, int]]:
    """Return how often a member addressed others and they the member, by member; raise NotAllowed without consent."""
    if not personal([member]):
        raise NotAllowed("error-personal-only")
    return await context.unit.rollups.ties_of(member.id)


async def presence(context: Context, of: Collection[int] | None = None, days: int = 30) -> dict[int, int]:
    """Return on how many of the last `days` each member, or each of `of`, was active, of those whom Kith serves."""
    found = await context.unit.rollups.presence(context.community.id, context.now, days, of)
    members = await context.unit.members.many(found)
    return {member_id: count for member_id, count in found.items() if served(members[member_id])}
