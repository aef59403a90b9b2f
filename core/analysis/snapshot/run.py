"""What one run has, and its figures: from the start, or going on from the day before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from core.analysis import measures
from core.analysis.checkpoint import Figures, Ground, brought_up, joined_of, summed_rows, unpacked
from core.analysis.circles import Changes, circles_of
from core.analysis.health import Arrivals
from core.analysis.network import Network, Parameters, analyse
from core.analysis.projection import Bridging
from core.analysis.ties import Floats, Ints
from core.domain.network import NetworkInput
from core.domain.network_result import Health

DECIMALS = 6
ANEW = 0.2  # share of ties that are new from which circles are looked for from the start


@dataclass(frozen=True, eq=False)
class Run:
    """What one run has: what it was given, what that amounts to, and the figures."""

    known: NetworkInput
    ground: Ground
    network: Network
    earlier: Floats  # PageRank of four weeks before
    arrivals: Arrivals
    named: Ints  # places of those about whom figures by name are wanted

    @property
    def until(self) -> int:
        return self.ground.until


def run_of(known: NetworkInput) -> Run:
    """Return the figures of `known`, worked out from those it carries where there are any and few ties are new."""
    was, figures = unpacked(known.checkpoint) if known.checkpoint else (None, None)
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
    return Run(known, ground, network, earlier, arrivals, named)


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


_NO_HEALTH = Health(
    nodes=0,
    ties=0,
    weight=0.0,
    reciprocity=None,
    components=0,
    modularity=None,
    decentralisation=None,
    fragmentation=None,
    gini=None,
)


def _grown(values: Any, size: int, fill: float) -> Any:
    return np.concatenate([values, np.full(size - len(values), fill, values.dtype)])


def matrix_of(run: Run, chosen: Callable[[Ints], Any], until: int | None) -> sp.csr_array:
    """Return what the rows of the days that are chosen sum to."""
    return summed_rows(run.known, run.ground.members, chosen, until)


def short(value: float) -> float:
    """Return a number with the six decimals that are written down."""
    return round(value, DECIMALS)
