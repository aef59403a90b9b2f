"""Everything that commands say of a community's ties, found at once and written down as plain data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

import numpy as np
import scipy.sparse as sp

from core.analysis import importance as key
from core.analysis.circles import Changes, Circle, partition, renamed
from core.analysis.connect import connect
from core.analysis.health import Arrivals, Health, changed_most, health, welcome
from core.analysis.layout import network_map
from core.analysis.network import TIES_NEEDED, Network, analyse
from core.analysis.projection import Projection
from core.analysis.risk import risk
from core.analysis.ties import HALF_LIFE, Floats, Ints, Rows, Ties
from core.domain.network import Known

WEEKS = 12
WINDOW = 28  # days that a point of the trend looks back
NEWCOMER = 30  # days since somebody came
MOST = 10  # people in a list
PAIRS = 10
TALKED = 10  # messages from which somebody's rooms say what interests them
ROOMS = 3  # rooms named for a circle
DECIMALS = 6


def take(known: Known) -> dict[str, Any]:
    """Return what there is to say of a community on the newest day of its ties, as JSON takes it.

    People are places in `members`. Health is of the last 28 days, and its trend of the 28 days before each week's end.
    """
    rows = _rows(known.ties)
    until = min(known.today, int(max((tie[2] for tie in known.ties), default=known.today)))
    network = analyse(_ties(known, rows, until))
    before = analyse(_ties(known, rows, until - WINDOW))
    circles, changes, born, sizes = _lasting(known, network, rows, until)
    number = np.zeros(len(known.members), np.int64)
    for circle in circles:
        number[circle.members] = circle.id
    arrivals = _arrivals(known)
    weeks = _weeks(known, rows, arrivals, until)
    key_people = _key_people(known, network, before, arrivals, until)
    return {
        "until": until,
        "members": known.members,
        "pagerank": _plain(network.pagerank),
        "in_degree": network.ties.in_degree.tolist(),
        "out_degree": network.ties.out_degree.tolist(),
        "bridging": _plain(network.bridging.value),
        "core": network.core.tolist(),
        "clustering": _plain(network.clustering),
        "circle": number.tolist(),
        "circles": _circles(known, circles, born, sizes),
        "next_circle": max([circle.id for circle in circles] + [_next(known.yesterday) - 1], default=0) + 1,
        "changes": _changes(changes),
        "health": network.as_dict()["health"],
        "weeks": weeks,
        "changed": _changed(weeks),
        "key": key_people,
        "risk": _risks(network.ties, key_people),
        "newcomers": _newcomers(arrivals, until),
        "connect": _pairs(known, network.ties),
        "map": _map(known, network, number),
        "notes": network.notes,
        "parameters": {**network.as_dict()["parameters"], "window": WINDOW, "newcomer": NEWCOMER},
    }


def _rows(ties: Sequence[tuple[int, int, int, float]]) -> Rows:
    source, target, day, weight = zip(*ties, strict=True) if ties else ((), (), (), ())
    return Rows(
        np.array(source, np.int64),
        np.array(target, np.int64),
        np.array(weight, np.float64),
        np.array(day, np.float64),
    )


def _between(rows: Rows, since: float, until: float) -> Rows:
    day, weight = cast(Floats, rows.day), cast(Floats, rows.weight)
    chosen = (day > since) & (day <= until)
    return Rows(rows.source[chosen], rows.target[chosen], weight[chosen], day[chosen])


def _ties(known: Known, rows: Rows, until: int) -> Ties:
    names = [str(member) for member in known.members]
    return Ties.of(names, _between(rows, -np.inf, until), half_life=HALF_LIFE, until=float(until))


# --- circles ---------------------------------------------------------------------------


def _lasting(
    known: Known, network: Network, rows: Rows, until: int
) -> tuple[list[Circle], Changes, dict[int, int], dict[int, int]]:
    """Return circles under the ids that they had before, last week's changes, births, and last week's sizes."""
    place = {member: i for i, member in enumerate(known.members)}
    if known.yesterday is None:
        # Nothing was written down yet: what was a week ago is worked out from the ties of then.
        earlier = analyse(_ties(known, rows, until - 7)).circles
        circles, changes = renamed(network.circles, earlier)
        old = {circle.id: circle.size for circle in earlier}
        lives = {circle.id: until - 7 if circle.id in old else until for circle in circles}
        return circles, changes, lives, old
    circles, _ = renamed(network.circles, _of(known.yesterday, place), next_id=_next(known.yesterday))
    lives = {each["id"]: each["born"] for each in known.yesterday["circles"]}
    week = known.last_week or known.yesterday
    again, changes = renamed(network.circles, _of(week, place))
    said = {other.id: circle.id for other, circle in zip(again, circles, strict=True)}
    sizes = {each["id"]: each["size"] for each in week["circles"]}
    lives = {circle.id: lives.get(circle.id, until) for circle in circles}
    return circles, _translated(changes, said), lives, sizes


def _translated(changes: Changes, said: Mapping[int, int]) -> Changes:
    return Changes(
        tuple(said[each] for each in changes.born),
        changes.died,
        {said[into]: of for into, of in changes.merged.items()},
        {of: tuple(said[each] for each in into) for of, into in changes.split.items()},
    )


def _of(snapshot: Mapping[str, Any], place: dict[int, int]) -> list[Circle]:
    """Return a snapshot's circles, members by their present place; who is gone gets a place behind the last."""
    members: dict[int, list[int]] = defaultdict(list)
    for i, (member, circle) in enumerate(zip(snapshot["members"], snapshot["circle"], strict=True)):
        if circle:
            members[circle].append(place.get(member, len(place) + i))
    return [
        Circle(each["id"], np.array(members[each["id"]], np.int64), each["cohesion"])
        for each in snapshot["circles"]
        if members[each["id"]]
    ]


def _next(snapshot: Mapping[str, Any] | None) -> int:
    return int(snapshot["next_circle"]) if snapshot else 1


def _circles(
    known: Known, circles: Sequence[Circle], born: Mapping[int, int], sizes: Mapping[int, int]
) -> list[dict[str, Any]]:
    rooms = _rooms(known)
    return [
        {
            "id": circle.id,
            "size": circle.size,
            "before": sizes.get(circle.id),
            "cohesion": round(circle.cohesion, DECIMALS),
            "born": born[circle.id],
            "rooms": _most_used(rooms, circle.members.tolist()),
        }
        for circle in circles
    ]


def _rooms(known: Known) -> dict[int, Counter[int]]:
    used: dict[int, Counter[int]] = defaultdict(Counter)
    for member, room, messages in known.wrote:
        used[member][room] += messages
    return used


def _most_used(rooms: Mapping[int, Counter[int]], members: Iterable[int]) -> list[int]:
    """Return the rooms where a group's people write most, everyone counting alike however much they write."""
    shares: Counter[int] = Counter()
    for member in members:
        total = sum(rooms[member].values()) if member in rooms else 0
        for room, messages in rooms[member].items() if total else ():
            shares[room] += messages / total  # type: ignore[assignment]  # a counter takes shares too
    return [room for room, _ in sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:ROOMS]]


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "born": list(changes.born),
        "died": list(changes.died),
        "merged": [[into, list(of)] for into, of in changes.merged.items()],
        "split": [[of, list(into)] for of, into in changes.split.items()],
    }


# --- health ----------------------------------------------------------------------------


def _weeks(known: Known, rows: Rows, arrivals: Arrivals, until: int) -> list[dict[str, Any]]:
    """Return the whole's figures of the 28 days to each week's end, oldest first; finished weeks stay as they were."""
    earlier = {week["day"]: week for week in known.yesterday["weeks"][:-1]} if known.yesterday else {}
    sunday = until - (until + 4) % 7  # day 0 was a Thursday
    ends = [sunday - 7 * back for back in range(WEEKS) if sunday - 7 * back < until][: WEEKS - 1]
    first = min((tie[2] for tie in known.ties), default=until)
    past = [earlier.get(day) or _week(rows, arrivals, day) for day in reversed(ends) if day >= first]
    return [*past, _week(rows, arrivals, until)]


def _week(rows: Rows, arrivals: Arrivals, day: int) -> dict[str, Any]:
    window = _between(rows, day - WINDOW, day)
    who, place = np.unique(np.concatenate([window.source, window.target]), return_inverse=True)
    half = len(window.source)
    ties = Ties.of([str(each) for each in who], Rows(place[:half], place[half:], window.weight, window.day))
    part = None
    if ties.matrix.nnz >= TIES_NEEDED:
        part = partition(ties.undirected, Projection.of(ties.undirected))
    # Who came within the last week may still be answered: they don't count yet.
    came = welcome(arrivals, day + 1 - 7 - WINDOW, day + 1 - 7)
    figures = {name: _short(value) for name, value in asdict(health(ties, part)).items()}
    wrote = int(came.wrote.sum())
    return {"day": day, **figures, "newcomers": wrote, "answered": _short(came.share), "wait": _short(came.median_wait)}


def _changed(weeks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    wholes = [Health(**{name: week[name] for name in Health.__dataclass_fields__}) for week in weeks]
    return [{name: _short(value) for name, value in asdict(each).items()} for each in changed_most(wholes)]


def _arrivals(known: Known) -> Arrivals:
    wrote = np.array([np.nan if at is None else at for at in known.first_wrote], np.float64)
    joined = np.array([np.nan if at is None else at for at in known.joined], np.float64)
    source, target, at = zip(*known.answers, strict=True) if known.answers else ((), (), ())
    return Arrivals(
        np.fmin(joined, wrote),
        wrote,
        np.array(source, np.int64),
        np.array(target, np.int64),
        np.array(at, np.float64),
    )


def _newcomers(arrivals: Arrivals, until: int) -> dict[str, Any]:
    """Return who came in the last 30 days, who of them wrote, and who has had no answer yet, the newest first."""
    came = welcome(arrivals, until + 1 - NEWCOMER, until + 1, within=float(NEWCOMER))
    waiting = came.unanswered[np.argsort(-arrivals.first_wrote[came.unanswered], kind="stable")]
    return {
        "came": len(came.newcomer),
        "wrote": int(came.wrote.sum()),
        "unanswered": [[int(i), round(float(arrivals.first_wrote[i]), 3)] for i in waiting],
    }


# --- people ----------------------------------------------------------------------------


def _key_people(
    known: Known, network: Network, before: Network, arrivals: Arrivals, until: int
) -> dict[str, list[dict[str, Any]]]:
    """Return who stands out, of those about whom figures by name are wanted."""
    everybody, wanted = len(known.members), set(known.named)
    came = welcome(arrivals, until + 1 - WEEKS * 7, until + 1)
    found = {
        "hubs": key.hubs(network, everybody),
        "bridges": key.bridges(network, everybody),
        "welcomers": key.welcomers(came, everybody),
        "rising": key.rising(network, before, everybody) if before.ties.matrix.nnz else [],
    }
    return {
        kind: [
            {"at": each.member, **{name: _short(value) for name, value in each.because.items()}}
            for each in people
            if each.member in wanted
        ][:MOST]
        for kind, people in found.items()
    }


def _risks(ties: Ties, people: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return what hangs on the hubs and bridges, the largest share of ties first."""
    members = sorted({each["at"] for kind in ("hubs", "bridges") for each in people[kind][: MOST // 2]})
    found = [risk(ties, member) for member in members]
    return [
        {
            "at": each.member,
            "share": _short(each.share),
            "cut_off": each.cut_off.tolist(),
            "successors": [[other.member, _short(other.coverage)] for other in each.successors],
        }
        for each in sorted(found, key=lambda each: -each.share)
    ]


def _pairs(known: Known, ties: Ties) -> list[dict[str, Any]]:
    if len(known.named) < 2:
        return []
    found = connect(ties, among=np.array(known.named, np.int64), interests=_interests(known), most=PAIRS)
    return [
        {"one": each.one, "other": each.other, "through": list(each.through), "alike": _short(each.alike)}
        for each in found
    ]


def _interests(known: Known) -> sp.csr_array | None:
    """Return members x rooms: messages as logarithms, a room the less the more people write in it (tf-idf).

    Of somebody with fewer than ten messages the rooms say nothing yet. None where nobody has more.
    """
    said = Counter[int]()
    for member, _, messages in known.wrote:
        said[member] += messages
    rows = [row for row in known.wrote if said[row[0]] >= TALKED]
    if not rows:
        return None
    table = np.array(rows, np.int64)
    who, room, counts = table[:, 0], table[:, 1], table[:, 2]
    places, column, writers = np.unique(room, return_inverse=True, return_counts=True)
    rarity = np.log(1 + len(np.unique(who)) / writers)
    weight = np.log1p(counts.astype(np.float64)) * rarity[column]
    return sp.csr_array(sp.coo_array((weight, (who, column)), (len(known.members), len(places))))


def _map(known: Known, network: Network, number: Ints) -> dict[str, Any]:
    """Return where everybody stands; people as [place in members, x, y, size, circle's place]."""
    drawn = np.where(number > 0, number, -1)
    order = np.argsort(-network.pagerank, kind="stable")
    made = network_map(network.ties.matrix, drawn, network.pagerank, known.labels, {}, title="", foot="")
    ids, counts = np.unique(drawn[drawn > 0], return_counts=True)
    sizes = sorted(zip(ids.tolist(), counts.tolist(), strict=True), key=lambda each: (-each[1], each[0]))
    return {
        "people": [
            [int(at), each.x, each.y, each.size, each.circle]
            for at, each in zip(order[: len(made.people)], made.people, strict=True)
        ],
        "ties": [list(tie) for tie in made.ties],
        "cloud": [list(dot) for dot in made.cloud],
        "circles": [list(each) for each in sizes],
    }


def _plain(values: Floats) -> list[float]:
    return [round(value, DECIMALS + 2) for value in values.tolist()]


def _short(value: float | None) -> float | None:
    return round(value, DECIMALS) if isinstance(value, float) else value
