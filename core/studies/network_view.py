"""The community graph as commands read it: the newest result, with names for those alone who said *personal*."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from core.domain.clock import day_number
from core.domain.message import Reply
from core.domain.network_result import ENOUGH, Baseline, CircleFigures, NetworkResult
from core.domain.people import Member, present
from core.domain.pictures import NetworkMap, PlacedCircle, PlacedMember
from core.kit import Context, Markup, Texts, Work
from core.kit.consent import personal
from core.studies.network import BASELINE, network

LABELLED = 18  # circles that are named on the map
SHORT = 16  # letters of a room or a person that find a place there


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A snapshot as somebody may see it.

    `people` are those of whom it speaks and who may be named, by their place in it, `gone` the places of those who
    left since, `rooms` the names of rooms by id.
    """

    result: NetworkResult
    people: dict[int, Member]
    gone: frozenset[int]
    rooms: dict[int, str]
    t: Texts
    today: date

    @property
    def until(self) -> date:
        """Return the newest day that was counted."""
        return day_of(self.result.until)

    @property
    def said_until(self) -> str:
        """Return that day as people write it."""
        return self.day(self.result.until)

    def day(self, number: int, *, short: bool = False) -> str:
        """Return a UTC day as people write it."""
        return self.t.day(day_of(number), today=self.today, short=short)

    @property
    def few(self) -> dict[str, int] | None:
        """Return how many ties there are and how many circles need, where they are too few."""
        few = self.result.notes.too_few_ties
        return None if few is None else asdict(few)

    def name(self, place: int) -> str:
        """Return the name of whoever stands at a place, empty where they may not be named."""
        member = self.people.get(place)
        return member.name if member else ""

    def names(self, places: Sequence[int]) -> str:
        """Return the names of those who may be named, and how many others there are, as part of a sentence."""
        named = [name for place in places if (name := self.name(place))]
        others = len(places) - len(named)
        if not named:
            return self.t.plain("network-others-only", count=others)
        listed = self.t.plain("list-comma").join(named)
        return self.t.plain("network-and-others", names=listed, count=others) if others else listed

    def circle(self, id_: int) -> CircleFigures | None:
        """Return a circle by its id."""
        return next((each for each in self.result.circles if each.id == id_), None)

    def circle_name(self, circle: CircleFigures) -> str:
        """Return what a circle is called: by the room where its people write most, and by people of it."""
        return self._called(self._names_of)[circle.id]

    def rooms_of(self, circle: CircleFigures) -> list[str]:
        """Return the names of the rooms where a circle's people write most."""
        return [self.rooms[room] for room in circle.rooms if room in self.rooms]

    def _called(self, names: Callable[[CircleFigures], Iterable[str]]) -> dict[int, str]:
        """Return each circle's name by its id: the first of its `names` that no older one has."""
        called: dict[int, str] = {}
        for circle in sorted(self.result.circles, key=lambda each: (each.size < 3, each.born, each.id)):
            taken = set(called.values())
            called[circle.id] = next(name for name in names(circle) if name not in taken)
        return called

    def _known_by(self, circle: CircleFigures) -> list[str]:
        return [name for at in circle.people if (name := self.name(at))]

    def _names_of(self, circle: CircleFigures) -> Iterator[str]:
        rooms, people = self.rooms_of(circle), self.t.plain("list-comma").join(self._known_by(circle))
        if rooms:
            yield self.t.plain("circle-name-room", room=rooms[0], people=people, known="yes" if people else "no")
            yield self.t.plain("circle-name-number-room", id=circle.id, room=rooms[0])
        elif people:
            yield people
        yield self.t.plain("circle-name", id=circle.id)

    def _short_names_of(self, circle: CircleFigures) -> Iterator[str]:
        """Yield what a circle may be called where there is little room."""
        rooms, people = ([_cut(each) for each in some] for some in (self.rooms_of(circle), self._known_by(circle)))
        yield from (f"#{room}" for room in rooms[:1])
        yield from (f"#{room} · {one}" for room in rooms[:1] for one in people)
        yield from people if not rooms else ()
        yield from (f"#{room} {circle.id}" for room in rooms[:1])
        yield self.t.plain("circle-name", id=circle.id)

    def drawn(self, title: str, foot: str) -> NetworkMap:
        """Return the map."""
        given = self.result.map
        known = {each.id: each for each in self.result.circles}
        called = self._called(self._short_names_of)
        return NetworkMap(
            title=title,
            foot=foot,
            people=tuple(
                PlacedMember(name=self.name(at), x=x, y=y, size=size, circle=circle)
                for at, x, y, size, circle in given.people
            ),
            ties=given.ties,
            cloud=given.cloud,
            circles=tuple(
                PlacedCircle(
                    label=called[id_] if place < LABELLED and size > 2 else "",
                    members=0 if size < ENOUGH else size,
                    colour=-1 if size < 3 else place if (colour := known[id_].colour) is None else colour,
                )
                for place, (id_, size) in enumerate(given.circles)
            ),
        )


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def day_of(number: int) -> date:
    """Return a UTC day as a date."""
    return date(1970, 1, 1) + timedelta(days=number)


async def network_view(context: Context) -> NetworkView | None:
    """Return the newest result, None where there is none yet."""
    found = await network.newest(context)
    return None if found is None else await look(context, found)


async def circle_names(context: Context) -> dict[int, str]:
    """Return what the circles of today are called, by id."""
    view = await network_view(context)
    return {} if view is None else {each.id: view.circle_name(each) for each in view.result.circles}


async def read(
    context: Context, command: str, answer: Callable[[Context, NetworkView], Awaitable[Reply]], **options: Any
) -> Reply | Work:
    """Return `answer(context, view)`; without a result, once there is one."""

    async def told(context: Context, result: NetworkResult) -> Reply:
        return await answer(context, await look(context, result))

    return await network.read(context, command, told, **options)


async def look(context: Context, result: NetworkResult) -> NetworkView:
    """Return a result with the names that may be said now."""
    there = await context.unit.members.many(each for each in result.members if each is not None)
    may = {member.id for member in personal(there.values()) if member.name}
    people = {i: there[each] for i, each in enumerate(result.members) if each in may}
    stayed = {member.id for member in there.values() if present(member)}
    gone = frozenset(i for i, each in enumerate(result.members) if each not in stayed)
    used = {room for each in result.circles for room in each.rooms}
    if waiting := result.unnamed.waiting:
        used |= {each.room for each in waiting.rooms}
    rooms = await context.unit.interactions.room_names(used)
    return NetworkView(result, people, gone, rooms, context.t, day_of(day_number(context.now)))


async def circle_of(context: Context, member: Member, view: NetworkView) -> CircleFigures | None:
    """Return a member's circle, None where they have none that is known."""
    circles = await network.beside(context, BASELINE, Baseline)
    if circles is None or member.id not in circles.members:
        return None
    return view.circle(circles.circle[circles.members.index(member.id)])


async def members_of(context: Context, circle: int) -> list[int]:
    """Return the members of a circle, by its id."""
    circles = await network.beside(context, BASELINE, Baseline)
    if circles is None:
        return []
    both = zip(circles.members, circles.circle, strict=True)
    return [member for member, number in both if number == circle and member is not None]


def invite(context: Context) -> Markup:
    """Return how people come to be named: they agree themselves."""
    return context.t("network-invite", button=context.t.plain("button-start-personal"))


def too_few(context: Context, view: NetworkView) -> Markup | None:
    """Return the words for too few ties to tell circles, None where there are enough."""
    return context.t("network-too-few", **view.few) if view.few else None


def people_in(t: Texts, size: int) -> str:
    """Return how many people there are, in words; of fewer than five no more than that."""
    return t.plain("circle-people", size=size, few="yes" if size < ENOUGH else "no")
