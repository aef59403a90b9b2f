"""Who stands out, what hangs on them, who ought to meet, and where everybody stands on the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import scipy.sparse as sp

from core.analysis import importance as key
from core.analysis.checkpoint import Ground
from core.analysis.connect import connect
from core.analysis.health import welcome
from core.analysis.layout import network_map
from core.analysis.risk import risk
from core.analysis.snapshot.run import Run, short
from core.analysis.snapshot.trend import WEEKS
from core.analysis.ties import Ints, Ties
from core.domain.network_result import (
    BridgePerson,
    CircleSize,
    Hub,
    KeyPeople,
    Map,
    Pair,
    Place,
    Rising,
    Risk,
    Share,
    Welcomer,
)

MOST = 10  # people in a list
PAIRS = 10
MEETING = 1_000  # people among whom pairs are looked for: of those who may be named, the most important
TALKED = 10  # messages from which somebody's rooms say what interests them
K = TypeVar("K")


def key_people_of(run: Run) -> KeyPeople:
    """Return who stands out, of those about whom figures by name are wanted."""
    network, until = run.network, run.until
    came = welcome(run.arrivals, until + 1 - WEEKS * 7, until + 1)
    earlier = run.earlier
    return KeyPeople(
        hubs=_wanted(run, Hub, lambda most: key.hubs(network, most)),
        bridges=_wanted(run, BridgePerson, lambda most: key.bridges(network, most)),
        welcomers=_wanted(run, Welcomer, lambda most: key.welcomers(came, most)),
        rising=_wanted(run, Rising, lambda most: key.rising(network, earlier, most)) if run.ground.before.nnz else (),
    )


def _wanted(run: Run, kind: Callable[..., K], find: Callable[[int], list[key.KeyPerson]]) -> tuple[K, ...]:
    """Return the first of those whom `find` finds about whom figures by name are wanted; `find` is given how many."""
    wanted = set(run.named.tolist())
    for most in (10 * MOST, len(run.ground.members)):
        found = find(most)
        people = [each for each in found if each.member in wanted][:MOST]
        if len(people) == MOST or len(found) < most:
            break
    return tuple(
        kind(at=each.member, **{name: short(value) for name, value in each.because.items()}) for each in people
    )


def risks(ties: Ties, people: KeyPeople) -> tuple[Risk, ...]:
    """Return what hangs on the hubs and bridges, the largest share of ties first."""
    members = sorted({each.at for some in (people.hubs, people.bridges) for each in some[: MOST // 2]})
    found = [risk(ties, member) for member in members]
    return tuple(
        Risk(
            at=each.member,
            share=short(each.share),
            cut_off=tuple(each.cut_off.tolist()),
            successors=tuple(Share(other.member, short(other.coverage)) for other in each.successors),
        )
        for each in sorted(found, key=lambda each: -each.share)
    )


def pairs(run: Run) -> tuple[Pair, ...]:
    """Return who ought to meet, the best first, of those about whom figures by name are wanted."""
    if len(run.named) < 2:
        return ()
    among = run.named[np.argsort(-run.network.pagerank[run.named], kind="stable")[:MEETING]]
    found = connect(run.network.ties, among=among, interests=_interests(run.ground), most=PAIRS)
    return tuple(
        Pair(one=each.one, other=each.other, through=tuple(each.through), alike=short(each.alike)) for each in found
    )


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


def drawn(run: Run, number: Ints) -> Map:
    """Return where everybody stands."""
    network = run.network
    drawn = np.where(number > 0, number, -1)
    order = np.argsort(-network.pagerank, kind="stable")
    label = dict(zip(run.known.people, run.known.labels, strict=True))
    labels = [label[each] for each in run.ground.members.tolist()]
    made = network_map(network.ties.matrix, drawn, network.pagerank, labels, {}, title="", foot="")
    ids, counts = np.unique(drawn[drawn > 0], return_counts=True)
    sizes = sorted(zip(ids.tolist(), counts.tolist(), strict=True), key=lambda each: (-each[1], each[0]))
    return Map(
        people=tuple(
            Place(int(at), each.x, each.y, each.size, each.circle)
            for at, each in zip(order[: len(made.people)], made.people, strict=True)
        ),
        ties=made.ties,
        cloud=made.cloud,
        circles=tuple(CircleSize(*each) for each in sizes),
    )
