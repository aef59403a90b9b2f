"""The community graph as commands read it: the newest snapshot, with names for those alone who said *personal*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from core.domain.clock import day_number
from core.domain.message import Reply
from core.domain.network import Known
from core.domain.people import Member
from core.domain.pictures import NetworkMap, PlacedCircle, PlacedMember
from core.kit.consent import personal, served
from core.kit.context import Context
from core.kit.declare import Work
from core.kit.texts import Markup, Texts
from core.store.snapshots import Snapshot
from core.store.unit import UnitOfWork

KIND = "network"
LATELY = 119  # days before the newest tie: twelve weeks of newcomers, and the four weeks that the oldest looks back
LABELLED = 6  # circles that have a colour of their own on the map
ROOM_NAME = 16  # letters of a room that find a place there


@dataclass(frozen=True, slots=True)
class Seen:
    """A snapshot as somebody may see it.

    `people` are those who may be named, by their place in the snapshot, `rooms` the names of rooms by id.
    """

    result: dict[str, Any]
    people: dict[int, Member]
    rooms: dict[int, str]
    t: Texts

    @property
    def until(self) -> date:
        """Return the newest day that was counted."""
        return day_of(self.result["until"])

    @property
    def said_until(self) -> str:
        """Return that day as people write it."""
        return self.t.day(self.until)

    @property
    def few(self) -> dict[str, int] | None:
        """Return how many ties there are and how many circles need, where they are too few."""
        found: dict[str, int] | None = self.result["notes"].get("too_few_ties")
        return found

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

    def place_of(self, member: Member) -> int | None:
        """Return a member's place, None where the snapshot doesn't have them."""
        found: list[int | None] = self.result["members"]
        return found.index(member.id) if member.id in found else None

    def circle(self, id_: int) -> dict[str, Any] | None:
        """Return a circle by its id."""
        return next((each for each in self.result["circles"] if each["id"] == id_), None)

    def circle_name(self, circle: dict[str, Any]) -> str:
        """Return what a circle is called: its number, and the room where its people write most."""
        rooms = self.rooms_of(circle)
        if rooms:
            return self.t.plain("circle-name-room", id=circle["id"], room=rooms[0])
        return self.t.plain("circle-name", id=circle["id"])

    def rooms_of(self, circle: dict[str, Any]) -> list[str]:
        """Return the names of the rooms where a circle's people write most."""
        return [self.rooms[room] for room in circle["rooms"] if room in self.rooms]

    def _label(self, circle: dict[str, Any]) -> str:
        rooms = self.rooms_of(circle)
        return f"{circle['id']} #{_cut(rooms[0])}" if rooms else self.circle_name(circle)

    def drawn(self, title: str, foot: str) -> NetworkMap:
        """Return the map."""
        given = self.result["map"]
        known = {each["id"]: each for each in self.result["circles"]}
        return NetworkMap(
            title=title,
            foot=foot,
            people=tuple(
                PlacedMember(name=self.name(at), x=x, y=y, size=size, circle=circle)
                for at, x, y, size, circle in given["people"]
            ),
            ties=tuple((one, other, strength) for one, other, strength in given["ties"]),
            cloud=tuple((x, y, circle) for x, y, circle in given["cloud"]),
            circles=tuple(
                PlacedCircle(label=self._label(known[id_]) if place < LABELLED and size > 2 else "", members=size)
                for place, (id_, size) in enumerate(given["circles"])
            ),
        )


def _cut(text: str) -> str:
    return text if len(text) <= ROOM_NAME else f"{text[: ROOM_NAME - 1].rstrip()}…"


def day_of(number: int) -> date:
    """Return a UTC day as a date."""
    return date(1970, 1, 1) + timedelta(days=number)


async def known(unit: UnitOfWork, community_id: int, now: datetime) -> Known | None:
    """Return what the analysis is given, None where nobody has a tie.

    Bots, erased members and whoever is out have no part in it; who never wrote, was never
    addressed and was in no voice room with anybody stands outside.
    """
    tied = await unit.rollups.ties(community_id)
    members = {member.id: member for member in await unit.members.all(community_id) if served(member)}
    rows = [row for row in tied if row[0] in members and row[1] in members]
    if not rows:
        return None
    today = day_number(now)
    wrote = await unit.rollups.first_days(community_id)
    ids = sorted(({row[0] for row in rows} | {row[1] for row in rows} | set(wrote)) & set(members))
    place = {member_id: i for i, member_id in enumerate(ids)}
    since = _start(min(today, max(row[2] for row in rows)) - LATELY)
    first = await unit.interactions.first_written(community_id, since)
    by_name = personal(members[each] for each in ids)
    yesterday = await unit.snapshots.newest(community_id, KIND, before=today)
    last_week = await unit.snapshots.newest(community_id, KIND, before=today - 6)
    return Known(
        today=today,
        members=ids,
        labels=[member.name if member in by_name else "" for member in map(members.__getitem__, ids)],
        named=[place[member.id] for member in by_name],
        ties=[(place[row[0]], place[row[1]], row[2], float(sum(row[3:]))) for row in rows],
        joined=[_days(members[each].joined_at) for each in ids],
        first_wrote=[_first(wrote.get(each), first.get(each)) for each in ids],
        answers=[
            (place[source], place[target], _exact(at))
            for source, target, at in await unit.interactions.addressed(community_id, since)
            if source in place and target in place
        ],
        wrote=[
            (place[member], room, count)
            for member, room, count in await unit.interactions.written_where(community_id, since)
            if member in place
        ],
        yesterday=yesterday.result if yesterday else None,
        last_week=last_week.result if last_week else None,
    )


def _start(day: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)


def _exact(at: datetime) -> float:
    return at.timestamp() / 86_400


def _days(at: datetime | None) -> float | None:
    return None if at is None else _exact(at)


def _first(day: int | None, at: datetime | None) -> float | None:
    """Return when somebody first wrote: exactly where that was lately, else by the day."""
    if day is None:
        return None
    return _exact(at) if at is not None and day_number(at) == day else float(day)


def take(given: Known) -> dict[str, Any]:
    """Return a snapshot's result; it runs in the process that does heavy work."""
    # SciPy, networkx and NetworKit take a second to load, which only this process has to spend.
    from core.analysis.snapshot import take as taken  # noqa: PLC0415

    return taken(given)


async def keep(context: Context, result: dict[str, Any]) -> Snapshot:
    """Write a snapshot down, without those who were erased while it was computed."""
    there = await context.unit.members.many(each for each in result["members"] if each is not None)
    result["members"] = [each if each in there and served(there[each]) else None for each in result["members"]]
    snapshot = Snapshot(KIND, day_number(context.now), result["parameters"], result)
    await context.unit.snapshots.keep(context.community.id, snapshot)
    return snapshot


async def seen(context: Context) -> Seen | None:
    """Return the newest snapshot, None where there is none yet."""
    snapshot = await context.unit.snapshots.newest(context.community.id, KIND)
    return None if snapshot is None else await look(context, snapshot)


async def look(context: Context, snapshot: Snapshot) -> Seen:
    """Return a snapshot with the names that may be said now."""
    result = snapshot.result
    there = await context.unit.members.many(each for each in result["members"] if each is not None)
    may = {member.id for member in personal(there.values())}
    people = {i: there[each] for i, each in enumerate(result["members"]) if each in may}
    rooms = await context.unit.interactions.room_names({room for c in result["circles"] for room in c["rooms"]})
    return Seen(result, people, rooms, context.t)


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
    if given is None:
        return Reply(context.t("network-no-ties"))

    async def save(later: Context, result: dict[str, Any]) -> Reply:
        return await _answered(later, answer, await look(later, await keep(later, result)))

    return Work(take, given, save)


async def _answered(context: Context, answer: Any, found: Seen) -> Reply:
    reply: Reply = await answer(context, found)
    return reply


def too_few(context: Context, found: Seen) -> Markup | None:
    """Return the words for too few ties to tell circles, None where there are enough."""
    return context.t("network-too-few", **found.few) if found.few else None
