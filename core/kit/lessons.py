"""Series and their parts: how far the caller is with one, what comes next, and what comes before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.catalogue import Access, Item
from core.domain.errors import BadInput
from core.domain.people import Member
from core.domain.pictures import Certificate
from core.kit.context import Context
from core.kit.items import Mine, mine
from core.kit.texts import Markup, Texts

PARTS = 500  # of a series that are looked at


@dataclass(frozen=True, slots=True)
class Lessons:
    """The parts of a series that members are shown, in their order, with what the caller made of each."""

    series: str
    parts: Sequence[Mine]

    @property
    def done(self) -> int:
        """Return how many parts the caller finished."""
        return sum(each.use.finished_at is not None for each in self.parts)

    @property
    def complete(self) -> bool:
        """Say whether the caller finished all of it."""
        return self.done == len(self.parts)

    def next(self, item_id: int = 0) -> Mine | None:
        """Return the first part behind an item, or of all, that the caller didn't finish; None after the last."""
        place = next((at for at, each in enumerate(self.parts) if each.item.id == item_id), -1)
        open_ = [at for at, each in enumerate(self.parts) if each.use.finished_at is None]
        return self.parts[min(open_, key=lambda at: (at <= place, at))] if open_ else None

    def missing(self, item: Item) -> Item | None:
        """Return the part before an item that comes in turn, if the caller didn't finish it."""
        before = [each for each in self.parts if each.item.place < item.place]
        last = before[-1] if item.in_turn and before else None
        return last.item if last is not None and last.use.finished_at is None else None


async def lessons_of(context: Context, item: Item) -> Lessons | None:
    """Return the series that an item is part of, None where it stands alone."""
    if not item.series or not item.place:
        return None
    here = context.community.id, context.now
    parts = [each for each in await context.unit.catalogue.shown(*here, PARTS, series=item.series) if each.place]
    return Lessons(item.series, await mine(context, parts)) if len(parts) > 1 else None


async def must_be_its_turn(context: Context, it: Mine) -> None:
    """Raise BadInput with the part before where an item comes in turn, and it isn't its turn yet.

    What was opened once stays open.
    """
    if not it.item.in_turn or it.use.opened_at is not None or it.access is Access.OWNED:
        return
    lessons = await lessons_of(context, it.item)
    if lessons is not None and (before := lessons.missing(it.item)) is not None:
        raise BadInput("error-item-turn", title=it.item.title, before=before.title)


def progress(context: Context, lessons: Lessons) -> Markup:
    """Return how far the caller is with a series, in a line."""
    return context.t("item-progress", series=lessons.series, done=lessons.done, count=len(lessons.parts))


def certificate(context: Context, lessons: Lessons, member: Member, t: Texts) -> Certificate:
    """Return what proves that a member went through a series, dated by its last part."""
    days = [each.use.finished_at for each in lessons.parts if each.use.finished_at is not None]
    return Certificate(
        heading=t.plain("course-heading"),
        name=member.name or t.plain("somebody"),
        done=t.plain("course-did"),
        topic=lessons.series,
        steps=t.plain("course-steps", count=len(lessons.parts)),
        foot=f"{context.community.name} · {context.said_day(max(days, default=context.now), t, dated=True)}",
    )
