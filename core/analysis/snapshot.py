"""Everything that commands say of a community's ties, found at once and written down as plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from core.analysis import importance as key
from core.analysis import measures
from core.analysis.carried import (
    Figures,
    Ground,
    among_themselves,
    brought_up,
    joined_of,
    packed,
    summed_rows,
    unpacked,
)
from core.analysis.circles import Changes, Circle, circles_of, partition, renamed
from core.analysis.connect import connect
from core.analysis.health import Arrivals, Health, changed_most, health, welcome
from core.analysis.layout import network_map
from core.analysis.network import TIES_NEEDED, Network, Parameters, analyse
from core.analysis.projection import Bridging, Projection
from core.analysis.risk import risk
from core.analysis.ties import HALF_LIFE, Floats, Ints, Ties
from core.domain.network import WINDOW, Known

WEEKS = 12
NEWCOMER = 30  # days since somebody came
MOST = 10  # people in a list
PAIRS = 10
MEETING = 1_000  # people among whom pairs are looked for: of those who may be named, the most important
TALKED = 10  # messages from which somebody's rooms say what interests them
ROOMS = 3  # rooms named for a circle
DECIMALS = 6
ANEW = 0.2  # share of ties that are new from which circles are looked for from the start


@dataclass(frozen=True, eq=False)
class _Run:
    """What one run has: what it was given, what that amounts to, and the figures."""

    known: Known
    ground: Ground
    network: Network
    earlier: Floats  # PageRank of four weeks before
    arrivals: Arrivals
    named: Ints  # places of those about whom figures by name are wanted

    @property
    def until(self) -> int:
        return self.ground.until


def take(known: Known) -> dict[str, Any]:
    """Return what there is to say of a community on the newest day of its ties.

    `told` is what commands read, `circles` what the snapshots to come compare theirs with, both as JSON takes them;
    `carried` are bytes for the next run. People are places in each part's `members`. Health is of the last 28 days, and
    its trend of the 28 days before each week's end.
    """
    run = _run(known)
    told, circles = _said(run)
    network = run.network
    made = np.nan if network.bridging_day is None else network.bridging_day
    figures = Figures(
        network.pagerank,
        network.bridging.value,
        np.array([network.bridging.error, network.bridging.doubt, made]),
        network.clustering,
        network.part,
        run.earlier,
    )
    return {"told": told, "circles": circles, "carried": packed(run.ground, figures)}


def everything(known: Known) -> dict[str, Any]:
    """Return the same with the figures of every member in `figures`, and nothing for a next run."""
    run = _run(known)
    told, circles = _said(run)
    network = run.network
    figures = {
        "pagerank": _plain(network.pagerank),
        "in_degree": network.ties.in_degree.tolist(),
        "out_degree": network.ties.out_degree.tolist(),
        "bridging": _plain(network.bridging.value),
        "core": network.core.tolist(),
        "clustering": _plain(network.clustering),
    }
    return {"told": told, "circles": circles, "figures": figures}


def _run(known: Known) -> _Run:
    was, figures = unpacked(known.carried) if known.carried else (None, None)
    ground = brought_up(was, known)
    ties, previous = ground.graph, None
    if was is not None and figures is not None and len(known.ties) <= ANEW * was.ties.nnz:
        previous = _previous(was, figures)
    network = analyse(ties, previous=previous)
    start = None
    if figures is not None and len(ties) > measures.LARGE:  # below, it stops so soon that the start would show
        start = _grown(figures.earlier, len(ties), 0.0)
    earlier = measures.pagerank(ground.before, start=start) if ground.before.nnz else np.zeros(len(ties))
    joined = joined_of(known, ground.members)
    told = np.flatnonzero(ground.by >= 0)
    arrivals = Arrivals(
        np.fmin(joined, ground.first_wrote), ground.first_wrote, ground.by[told], told, ground.answered[told]
    )
    named = np.flatnonzero(np.isin(ground.members, np.asarray(known.named, np.int64)))
    return _Run(known, ground, network, earlier, arrivals, named)


def _previous(was: Ground, figures: Figures) -> Network:
    """Return yesterday's result as far as today's needs it."""
    ties = was.graph
    error, doubt, day = figures.bridging_made.tolist()
    circles, number = circles_of(ties.undirected, figures.part, figures.pagerank)
    return Network(
        ties=ties,
        parameters=Parameters(),
        pagerank=figures.pagerank,
        bridging=Bridging(figures.bridging, error, doubt),
        core=np.empty(0, np.int64),
        clustering=figures.clustering,
        part=figures.part,
        circle=number,
        circles=circles,
        changes=Changes(),
        health=_NO_HEALTH,
        bridging_day=None if np.isnan(day) else day,
    )


_NO_HEALTH = Health(0, 0, 0.0, None, 0, None, None, None, None)


def _grown(values: Any, size: int, fill: float) -> Any:
    return np.concatenate([values, np.full(size - len(values), fill, values.dtype)])


def _said(run: _Run) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what commands read, and what later snapshots compare with."""
    known, network, until = run.known, run.network, run.until
    circles, changes, born, sizes = _lasting(run)
    number = np.zeros(len(run.ground.members), np.int64)
    for circle in circles:
        number[circle.members] = circle.id
    weeks = _weeks(run)
    key_people = _key_people(run)
    told: dict[str, Any] = {
        "until": until,
        "people": len(run.ground.members),
        "named": len(run.named),
        "tied": int(np.count_nonzero(network.ties.contacts)),
        "hub": _first(network.ties.in_degree),
        "bridge": _first(network.bridging.value),
        "circles": _circles(run, circles, born, sizes),
        "changes": _changes(changes),
        "health": network.whole(),
        "weeks": weeks,
        "changed": _changed(weeks),
        "key": key_people,
        "risk": _risks(network.ties, key_people),
        "newcomers": _newcomers(run.arrivals, until),
        "connect": _pairs(run),
        "map": _map(run, number),
        "notes": network.notes,
        "parameters": {**network.made_with(), "window": WINDOW, "newcomer": NEWCOMER},
    }
    members = run.ground.members.tolist()
    lasting = {
        "until": until,
        "members": members,
        "circle": number.tolist(),
        "circles": [{name: each[name] for name in ("id", "size", "cohesion", "born")} for each in told["circles"]],
        "next_circle": max([circle.id for circle in circles] + [_next(known.yesterday) - 1], default=0) + 1,
        "weeks": weeks,
    }
    return _with_whom_it_names(told, members), lasting


def _first(values: Any) -> list[Any] | None:
    """Return the place of the largest value, and the value; None where there is nobody."""
    if not len(values):
        return None
    at = int(values.argmax())
    return [at, _short(values[at].item())]


def _with_whom_it_names(told: dict[str, Any], members: Sequence[int]) -> dict[str, Any]:
    """Return `told` with only those in `members` whom it speaks of, and their places there.

    Commands then read a few hundred people, however many there are.
    """
    place: dict[int, int] = {}

    def at(old: int) -> int:
        return place.setdefault(old, len(place))

    told = {
        **told,
        **{name: told[name] and [at(told[name][0]), told[name][1]] for name in ("hub", "bridge")},
        "key": {kind: [{**each, "at": at(each["at"])} for each in some] for kind, some in told["key"].items()},
        "risk": [
            {
                **each,
                "at": at(each["at"]),
                "cut_off": [at(one) for one in each["cut_off"]],
                "successors": [[at(one), share] for one, share in each["successors"]],
            }
            for each in told["risk"]
        ],
        "newcomers": {
            **told["newcomers"],
            "unanswered": [[at(one), when] for one, when in told["newcomers"]["unanswered"]],
        },
        "connect": [
            {
                **each,
                "one": at(each["one"]),
                "other": at(each["other"]),
                "through": [at(one) for one in each["through"]],
            }
            for each in told["connect"]
        ],
        "map": {**told["map"], "people": [[at(one), *rest] for one, *rest in told["map"]["people"]]},
    }
    return {**told, "members": [members[old] for old in place]}


# --- circles ---------------------------------------------------------------------------


def _lasting(run: _Run) -> tuple[list[Circle], Changes, dict[int, int], dict[int, int]]:
    """Return circles under the ids that they had before, last week's changes, births, and last week's sizes."""
    known, network, until = run.known, run.network, run.until
    place = {member: i for i, member in enumerate(run.ground.members.tolist())}
    if known.yesterday is None:
        # Nothing was written down yet: what was a week ago is worked out from the ties of then.
        earlier = _circles_until(run, until - 7)
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


def _circles_until(run: _Run, until: int) -> list[Circle]:
    matrix = _matrix(run, lambda day: day <= until, until)
    ties = Ties(run.network.ties.names, matrix, float(until), HALF_LIFE)
    if ties.matrix.nnz < TIES_NEEDED:
        return []
    part = partition(ties.undirected, Projection.of(ties.undirected))
    return circles_of(ties.undirected, part, measures.pagerank(ties.matrix))[0]


def _matrix(run: _Run, chosen: Callable[[Ints], Any], until: int | None) -> sp.csr_array:
    """Return what the rows of the days that are chosen sum to."""
    return summed_rows(run.known, run.ground.members, chosen, until)


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
    run: _Run, circles: Sequence[Circle], born: Mapping[int, int], sizes: Mapping[int, int]
) -> list[dict[str, Any]]:
    rooms = _most_used(run.ground, circles)
    return [
        {
            "id": circle.id,
            "size": circle.size,
            "before": sizes.get(circle.id),
            "cohesion": round(circle.cohesion, DECIMALS),
            "born": born[circle.id],
            "rooms": used,
        }
        for circle, used in zip(circles, rooms, strict=True)
    ]


def _most_used(ground: Ground, circles: Sequence[Circle]) -> list[list[int]]:
    """Return the rooms where each circle's people write most, everyone counting alike however much they write."""
    said = np.asarray(ground.wrote.sum(axis=1), np.float64).ravel()
    share = sp.diags_array(np.divide(1.0, said, out=np.zeros(len(said)), where=said > 0)) @ ground.wrote
    column = np.repeat(np.arange(len(circles)), [circle.size for circle in circles])
    row = np.concatenate([circle.members for circle in circles]) if circles else np.empty(0, np.int64)
    belongs = sp.csr_array(sp.coo_array((np.ones(len(row)), (column, row)), shape=(len(circles), len(said))))
    sums = sp.csr_array(belongs @ share)
    found = []
    for start, end in zip(sums.indptr[:-1].tolist(), sums.indptr[1:].tolist(), strict=True):
        room, weight = ground.rooms[sums.indices[start:end]], sums.data[start:end]
        found.append(room[np.lexsort((room, -np.round(weight, 9)))][:ROOMS].tolist())
    return found


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "born": list(changes.born),
        "died": list(changes.died),
        "merged": [[into, list(of)] for into, of in changes.merged.items()],
        "split": [[of, list(into)] for of, into in changes.split.items()],
    }


# --- health ----------------------------------------------------------------------------


def _weeks(run: _Run) -> list[dict[str, Any]]:
    """Return the whole's figures of the 28 days to each week's end, oldest first; finished weeks stay as they were."""
    known, until = run.known, run.until
    earlier = {week["day"]: week for week in known.yesterday["weeks"][:-1]} if known.yesterday else {}
    first = min(known.ties.day, default=until) if known.carried is None else min(earlier, default=until)
    past = [
        earlier.get(day) or _week(_matrix(run, _window_to(day), None), run.arrivals, day)
        for day in reversed(week_ends(until))
        if day >= first
    ]
    return [*past, _week(run.ground.window, run.arrivals, until)]


def _window_to(end: int) -> Callable[[Ints], Any]:
    return lambda day: (day > end - WINDOW) & (day <= end)


def week_ends(until: int) -> list[int]:
    """Return the last days of the finished weeks that the trend tells of, the newest first."""
    sunday = until - (until + 4) % 7  # day 0 was a Thursday
    return [sunday - 7 * back for back in range(WEEKS) if sunday - 7 * back < until][: WEEKS - 1]


def _week(window: sp.csr_array, arrivals: Arrivals, day: int) -> dict[str, Any]:
    """Return the figures of four weeks."""
    ties = among_themselves(window)
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


def _key_people(run: _Run) -> dict[str, list[dict[str, Any]]]:
    """Return who stands out, of those about whom figures by name are wanted."""
    network, until = run.network, run.until
    came = welcome(run.arrivals, until + 1 - WEEKS * 7, until + 1)
    found = {
        "hubs": _wanted(run, lambda most: key.hubs(network, most)),
        "bridges": _wanted(run, lambda most: key.bridges(network, most)),
        "welcomers": _wanted(run, lambda most: key.welcomers(came, most)),
        "rising": _wanted(run, lambda most: key.rising(network, run.earlier, most)) if run.ground.before.nnz else [],
    }
    return {
        kind: [{"at": each.member, **{name: _short(value) for name, value in each.because.items()}} for each in people]
        for kind, people in found.items()
    }


def _wanted(run: _Run, find: Callable[[int], list[key.KeyPerson]]) -> list[key.KeyPerson]:
    """Return the first of those whom `find` finds about whom figures by name are wanted; `find` is given how many."""
    wanted = set(run.named.tolist())
    for most in (10 * MOST, len(run.ground.members)):
        found = find(most)
        people = [each for each in found if each.member in wanted][:MOST]
        if len(people) == MOST or len(found) < most:
            break
    return people


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


def _pairs(run: _Run) -> list[dict[str, Any]]:
    if len(run.named) < 2:
        return []
    among = run.named[np.argsort(-run.network.pagerank[run.named], kind="stable")[:MEETING]]
    found = connect(run.network.ties, among=among, interests=_interests(run.ground), most=PAIRS)
    return [
        {"one": each.one, "other": each.other, "through": list(each.through), "alike": _short(each.alike)}
        for each in found
    ]


def _interests(ground: Ground) -> sp.csr_array | None:
    """Return members x rooms: messages as logarithms, a room the less the more people write in it (tf-idf).

    Of somebody with fewer than ten messages the rooms say nothing yet. None where nobody has more.
    """
    talked = np.asarray(ground.wrote.sum(axis=1)).ravel() >= TALKED
    if not talked.any():
        return None
    kept = sp.csr_array(sp.diags_array(talked.astype(np.float64)) @ ground.wrote)
    kept.eliminate_zeros()
    writers = np.bincount(kept.indices, minlength=kept.shape[1])
    rarity = np.log(1 + np.count_nonzero(talked) / np.maximum(writers, 1))
    return sp.csr_array((np.log1p(kept.data) * rarity[kept.indices], kept.indices, kept.indptr), shape=kept.shape)


def _map(run: _Run, number: Ints) -> dict[str, Any]:
    """Return where everybody stands; people as [place in members, x, y, size, circle's place]."""
    network = run.network
    drawn = np.where(number > 0, number, -1)
    order = np.argsort(-network.pagerank, kind="stable")
    label = dict(zip(run.known.people, run.known.labels, strict=True))
    labels = [label[each] for each in run.ground.members.tolist()]
    made = network_map(network.ties.matrix, drawn, network.pagerank, labels, {}, title="", foot="")
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
