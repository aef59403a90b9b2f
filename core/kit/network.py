"""The community graph as commands read it: the newest snapshot, with names for those alone who said *personal*."""

from __future__ import annotations

import math
from array import array
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from core.domain.clock import day_number
from core.domain.message import Reply
from core.domain.network import WINDOW, Known, Talk, TieRows
from core.domain.network_result import Baseline, CircleFigures, Found, NetworkResult
from core.domain.people import Member, served
from core.domain.pictures import NetworkMap, PlacedCircle, PlacedMember
from core.kit.consent import personal
from core.kit.context import Context
from core.kit.declare import Work
from core.kit.texts import Markup, Texts
from core.store.snapshots import Carried, Snapshot
from core.store.unit import UnitOfWork

KIND = "network"  # what commands read
CIRCLES = "circles"  # who was in which circle: what later snapshots compare theirs with
VERSION = 1  # of the way to count: raised where an analysis can't go on from what the one before left
LATELY = 119  # days before the newest tie: twelve weeks of newcomers, and the four weeks that the oldest looks back
LABELLED = 18  # circles that are named on the map
SHORT = 16  # letters of a room or a person that find a place there


@dataclass(frozen=True, slots=True)
class Seen:
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
                    members=size,
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


async def known(unit: UnitOfWork, community_id: int, now: datetime, *, anew: bool = False) -> Given | None:
    """Return what the analysis is given, None where nobody has a tie.

    That is what came since the last run where the next may go on from there, all there is otherwise and with `anew`.
    Bots, erased members and whoever is out have no part in it; who never wrote, was never addressed and was in no voice
    room with anybody stands outside.
    """
    today = day_number(now)
    circles = await unit.snapshots.newest(community_id, CIRCLES, Baseline, before=today)
    last_week = await unit.snapshots.newest(community_id, CIRCLES, Baseline, before=today - 6)
    members = [member for member in await unit.members.who(community_id) if served(member)]
    there = {member.id for member in members}
    linked = await unit.snapshots.linked(community_id)
    left = None if anew else await unit.snapshots.carried(community_id)
    if left is not None and not _goes_on(left, circles, linked, there, today):
        left = None
    end = await unit.rollups.position(community_id)
    if left is None:
        rows = await unit.rollups.ties(community_id)
        if not any(row[0] in there and row[1] in there for row in rows):
            return None
        until = min(today, max(row[2] for row in rows))
        leaving: Sequence[tuple[int, int, int, int]] = ()
    else:
        rows = await unit.rollups.ties_behind(community_id, left.position, end)
        since = circles.result.since if circles else None
        if since is not None and any(row[2] < since for row in rows):
            # A history was imported, and circles may be older than they seemed.
            return await known(unit, community_id, now, anew=True)
        until = max(left.until, min(today, max((row[2] for row in rows), default=0)))
        days = left.until - WINDOW + 1, until - WINDOW
        leaving = await unit.rollups.ties(community_id, days) if until > left.until else ()
    by_name = [member for member in personal(members) if member.name]
    named = {member.id for member in by_name}
    given = Known(
        today=today,
        until=until,
        people=array("q", [member.id for member in members]),
        labels=[member.name if member.id in named else "" for member in members],
        named=array("q", [member.id for member in by_name]),
        joined=array("d", [math.nan if member.joined_at is None else _exact(member.joined_at) for member in members]),
        ties=_tie_rows(rows),
        talk=await _talk(unit, community_id, until, (left.position if left else 0, end)),
        leaving=_tie_rows(leaving),
        carried=left.content if left else None,
        yesterday=circles.result if circles else None,
        last_week=last_week.result if last_week else None,
    )
    return Given(given, until, end, linked)


@dataclass(frozen=True, slots=True)
class Given:
    """What the analysis is given, and what is noted with that which it leaves to the next."""

    known: Known
    until: int
    position: int
    linked: str


def _goes_on(left: Carried, circles: Snapshot[Baseline] | None, linked: str, there: set[int], today: int) -> bool:
    """Say whether a run may go on from what the last one left.

    Not once a week, on the first day after the week's end, so that errors of rounding don't pile up; nor where somebody
    in it has no part in it any more, or accounts were linked or parted since: earlier ties are others' then.
    """
    if circles is None or circles.day != left.day or left.version != VERSION or left.linked != linked:
        return False
    return _week(left.until) == _week(today) and there.issuperset(circles.result.members)


def _week(day: int) -> int:
    return (day + 3) // 7  # day 0 was a Thursday


def _tie_rows(rows: Sequence[tuple[int, int, int, int]]) -> TieRows:
    source, target, day, times = zip(*rows, strict=True) if rows else ((), (), (), ())
    return TieRows(array("q", source), array("q", target), array("q", day), array("d", times))


async def _talk(unit: UnitOfWork, community_id: int, until: int, behind: tuple[int, int]) -> Talk:
    """Return what was said lately, of what came behind the first of two interactions, up to the second."""
    since = _start(until - LATELY)
    written = await unit.interactions.first_written(community_id, since, behind)
    first = {member: _exact(at) for member, at in written.items()}
    if behind[0] == 0:
        days = await unit.rollups.first_days(community_id)
        first = {member: _exactly(day, first.get(member)) for member, day in days.items()}
    addressed = await unit.interactions.addressed(community_id, since, behind)
    source, target, times = zip(*addressed, strict=True) if addressed else ((), (), ())
    wrote = await unit.interactions.written_where(community_id, since, behind)
    member, room, messages = zip(*wrote, strict=True) if wrote else ((), (), ())
    return Talk(
        array("q", source),
        array("q", target),
        array("d", map(_exact, times)),
        array("q", first),
        array("d", first.values()),
        array("q", member),
        array("q", room),
        array("d", messages),
    )


def _exactly(day: int, at: float | None) -> float:
    """Return when somebody first wrote: exactly where that was lately, else by the day."""
    return at if at is not None and int(at) == day else float(day)


def _start(day: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)


def _exact(at: datetime) -> float:
    return at.timestamp() / 86_400


def take(given: Known) -> Found:
    """Return what a snapshot finds; it runs in the process that does heavy work."""
    # SciPy, networkx and NetworKit take a second to load, which only this process has to spend.
    from core.analysis.snapshot import take as taken  # noqa: PLC0415

    return taken(given)


def work(given: Given, answer: Callable[[Context, Seen], Awaitable[Any]] | None = None) -> Work:
    """Return the work of a snapshot: to take it and write it down, and then what `answer` says of it."""

    async def save(context: Context, result: Found) -> Any:
        snapshot = await keep(context, result, given)
        return None if answer is None else await answer(context, await look(context, snapshot))

    return Work(take, given.known, save)


async def keep(context: Context, found: Found, given: Given) -> Snapshot[NetworkResult]:
    """Write a snapshot down, without those who were erased while it was computed."""
    unit, community_id, day = context.unit, context.community.id, day_number(context.now)
    result, baseline = found.result, found.baseline
    gone = set(baseline.members) - {member.id for member in await unit.members.who(community_id) if served(member)}
    snapshot = Snapshot(KIND, day, replace(result, members=_without(result.members, gone)))
    circles = Snapshot(CIRCLES, day, replace(baseline, members=_without(baseline.members, gone)))
    for each in (snapshot, circles):
        await unit.snapshots.keep(community_id, each)
    if gone or await unit.snapshots.linked(community_id) != given.linked:
        await unit.snapshots.drop_carried([community_id])
    else:
        left = Carried(day, given.until, given.position, given.linked, VERSION, found.checkpoint)
        await unit.snapshots.carry(community_id, left)
    return snapshot


def _without(members: Sequence[int | None], gone: Collection[int | None]) -> tuple[int | None, ...]:
    return tuple(None if each in gone else each for each in members)


async def seen(context: Context) -> Seen | None:
    """Return the newest snapshot, None where there is none yet."""
    snapshot = await context.unit.snapshots.newest(context.community.id, KIND, NetworkResult)
    return None if snapshot is None else await look(context, snapshot)


async def look(context: Context, snapshot: Snapshot[NetworkResult]) -> Seen:
    """Return a snapshot with the names that may be said now."""
    result = snapshot.result
    there = await context.unit.members.many(each for each in result.members if each is not None)
    may = {member.id for member in personal(there.values()) if member.name}
    people = {i: there[each] for i, each in enumerate(result.members) if each in may}
    stayed = {member.id for member in there.values() if served(member) and member.left_at is None}
    gone = frozenset(i for i, each in enumerate(result.members) if each not in stayed)
    used = {room for each in result.circles for room in each.rooms}
    if waiting := result.unnamed.waiting:
        used |= {each.room for each in waiting.rooms}
    rooms = await context.unit.interactions.room_names(used)
    return Seen(result, people, gone, rooms, context.t, day_of(day_number(context.now)))


async def circle_of(context: Context, member: Member, found: Seen) -> CircleFigures | None:
    """Return a member's circle, None where they have none that is known."""
    circles = await context.unit.snapshots.newest(context.community.id, CIRCLES, Baseline)
    if circles is None or member.id not in circles.result.members:
        return None
    return found.circle(circles.result.circle[circles.result.members.index(member.id)])


async def members_of(context: Context, circle: int) -> list[int]:
    """Return the members of a circle, by its id."""
    circles = await context.unit.snapshots.newest(context.community.id, CIRCLES, Baseline)
    if circles is None:
        return []
    both = zip(circles.result.members, circles.result.circle, strict=True)
    return [member for member, number in both if number == circle and member is not None]


async def read(context: Context, command: str, answer: Any, **options: Any) -> Reply | Work:
    """Return `answer(context, seen)`, an async function's reply; without a snapshot, once there is one.

    A community without ties is told so.
    """
    if (found := await seen(context)) is not None:
        return await _answered(context, answer, found)
    if not context.working:
        if not await context.unit.interactions.any_tie(context.community.id):
            return Reply(context.t("network-no-ties"))
        context.later(command, **options)
        return Reply(context.t("network-counting"))
    given = await known(context.unit, context.community.id, context.now)
    return Reply(context.t("network-no-ties")) if given is None else work(given, answer)


async def _answered(context: Context, answer: Any, found: Seen) -> Reply:
    reply: Reply = await answer(context, found)
    return reply


def invite(context: Context) -> Markup:
    """Return how people come to be named: they agree themselves."""
    return context.t("network-invite", button=context.t.plain("button-start-personal"))


def too_few(context: Context, found: Seen) -> Markup | None:
    """Return the words for too few ties to tell circles, None where there are enough."""
    return context.t("network-too-few", **found.few) if found.few else None
