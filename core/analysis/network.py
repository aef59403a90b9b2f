"""The whole analysis of a community's ties in one call."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from core.analysis import circles as groups
from core.analysis import measures, projection
from core.analysis.circles import Changes, Circle
from core.analysis.health import health
from core.analysis.ties import Floats, Ints, Ties
from core.domain.network_analysis import AnalysedCircle, AnalysedMember, Analysis
from core.domain.network_result import Health, MadeWith, Notes, Sampling, TooFew

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")
TIES_NEEDED = 30  # below this, circles would be chance
DECIMALS = 12  # beyond them lies the last bit of sums, which depends on the order of rows


NOTHING = Notes()


@dataclass(frozen=True)
class Parameters:
    """What a result depends on besides the ties."""

    damping: float = measures.DAMPING  # of PageRank: the chance to follow a tie
    seed: int = groups.SEED
    ties_needed: int = TIES_NEEDED
    exact_up_to: int = projection.EXACT_UP_TO  # members for whom bridging is exact
    bridging_error: float | None = None  # absolute, where bridging is sampled; None: by the number of members
    weight: str = "count"  # what a tie weighed when it was read


@dataclass(frozen=True, eq=False)
class Network:
    """A snapshot of a community's ties: figures of members, circles and the whole, with what made them.

    Arrays stand in the order of `ties.names`; `circle` is the id of a member's circle, 0 for none.
    """

    ties: Ties
    parameters: Parameters
    pagerank: Floats
    bridging: projection.Bridging
    core: Ints
    clustering: Floats
    part: Ints
    circle: Ints
    circles: list[Circle]
    changes: Changes
    health: Health
    bridging_day: float | None
    notes: Notes = NOTHING

    def members(self) -> tuple[AnalysedMember, ...]:
        """Return the figures of each member, the most important first."""
        pagerank = np.round(self.pagerank, DECIMALS)
        order = np.argsort(-pagerank, kind="stable")
        columns = (
            [self.ties.names[i] for i in order],
            pagerank[order].tolist(),
            self.ties.in_degree[order].tolist(),
            self.ties.out_degree[order].tolist(),
            np.round(self.bridging.value, DECIMALS)[order].tolist(),
            self.core[order].tolist(),
            np.round(self.clustering, DECIMALS)[order].tolist(),
            [number or None for number in self.circle[order].tolist()],
        )
        names = [each.name for each in fields(AnalysedMember)]
        return tuple(AnalysedMember(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True))

    def analysis(self) -> Analysis:
        """Return the whole under the names of the ties."""
        name = self.ties.names.__getitem__
        return Analysis(
            members=self.members(),
            circles=tuple(
                AnalysedCircle(
                    id=circle.id,
                    size=circle.size,
                    cohesion=round(circle.cohesion, DECIMALS),
                    members=tuple(sorted(map(name, circle.members.tolist()))),
                )
                for circle in self.circles
            ),
            health=self.whole(),
            parameters=self.made_with(),
            notes=self.notes,
        )

    def whole(self) -> Health:
        """Return the figures of the whole, rounded."""
        return rounded(self.health, DECIMALS)

    def made_with(self) -> MadeWith:
        """Return what made these figures."""
        made = self.parameters
        return MadeWith(
            weight=made.weight,
            half_life=self.ties.half_life,
            day=self.ties.day,
            damping=made.damping,
            seed=made.seed,
            ties_needed=made.ties_needed,
            bridging=Sampling(
                method="sampled" if self.bridging.error else "exact",
                error=self.bridging.error,
                doubt=self.bridging.doubt,
                day=self.bridging_day,
            ),
        )


def analyse(ties: Ties, parameters: Parameters | None = None, previous: Network | None = None) -> Network:
    """Return everything there is to say about ties: importance, bridging, circles, health.

    With `previous`, an earlier result whose members are the first of these in the same order (as
    `Ties.renewed` keeps them), circles start from there and keep their ids, and above `exact_up_to` members
    the run is a day's increment: figures move on from the earlier ones, and sampled bridging is carried over
    with its day. Too few ties for circles are said in `notes`, not raised.
    """
    parameters = parameters or Parameters()
    exact = len(ties) <= parameters.exact_up_to
    touched = np.empty(0, np.int64) if previous is None else _touched(ties, previous.ties)
    figures = None if previous is None or exact else _moved_on(ties, parameters, previous, touched)
    if figures is None:
        figures = _figures(ties, parameters, exact)
    part, notes = _parts(ties, figures.view, parameters, previous, touched)
    circles, number = groups.circles_of(ties.undirected, part, figures.pagerank)
    changes = Changes()
    if previous is not None:
        circles, changes = groups.renamed(circles, previous.circles)
        number = np.array([0, *(circle.id for circle in circles)], np.int64)[number]
    return Network(
        ties=ties,
        parameters=parameters,
        pagerank=figures.pagerank,
        bridging=figures.bridging,
        core=figures.core,
        clustering=figures.clustering,
        part=part,
        circle=number,
        circles=circles,
        changes=changes,
        health=health(ties, part if circles else None),
        bridging_day=figures.bridging_day,
        notes=notes,
    )


@dataclass(frozen=True, eq=False)
class _Figures:
    pagerank: Floats
    bridging: projection.Bridging
    bridging_day: float | None
    core: Ints
    clustering: Floats
    view: projection.Projection | None = None


def _figures(ties: Ties, parameters: Parameters, exact: bool) -> _Figures:
    view = projection.Projection.of(ties.undirected)
    bridging = projection.bridging(view, error=parameters.bridging_error, seed=parameters.seed, exact=exact)
    return _Figures(
        measures.pagerank(ties.matrix, damping=parameters.damping),
        bridging,
        ties.day,
        projection.core_numbers(view),
        projection.clustering(view),
        view,
    )


def _moved_on(ties: Ties, parameters: Parameters, previous: Network, touched: Ints) -> _Figures | None:
    """Return the figures of a day's increment, or None where ties are gone and all must be counted anew."""
    before, after = previous.ties.undirected, ties.undirected
    met = measures.met_since(before, after, touched)
    if after.nnz - before.nnz != met.nnz:
        return None
    earlier, size = previous.bridging, len(ties)
    start = _grown(previous.pagerank, size)
    return _Figures(
        measures.pagerank(ties.matrix, damping=parameters.damping, start=start),
        projection.Bridging(_grown(earlier.value, size), earlier.error, earlier.doubt),
        previous.bridging_day,
        measures.core_numbers(after),
        measures.clustering_after(previous.clustering, before, after, met),
    )


def _parts(
    ties: Ties,
    view: projection.Projection | None,
    parameters: Parameters,
    previous: Network | None,
    touched: Ints,
) -> tuple[Ints, Notes]:
    if ties.matrix.nnz < parameters.ties_needed:
        few = TooFew(ties=ties.matrix.nnz, needed=parameters.ties_needed)
        return np.full(len(ties), -1, np.int64), Notes(too_few_ties=few)
    if previous is None or not previous.circles:
        view = view or projection.Projection.of(ties.undirected)
        return groups.partition(ties.undirected, view, seed=parameters.seed), Notes()
    before = np.concatenate([previous.part, np.full(len(ties) - len(previous.part), -1, np.int64)])
    return groups.repartition(ties.undirected, before, touched), Notes()


def _touched(ties: Ties, before: Ties) -> Ints:
    """Return the members with more, fewer or newly weighted ties than fading alone would leave."""
    faded = np.zeros(len(ties))
    strength = np.asarray(before.undirected.sum(axis=1), np.float64).ravel()
    if ties.half_life is not None and ties.day is not None and before.day is not None:
        strength *= 0.5 ** ((ties.day - before.day) / ties.half_life)
    faded[: len(strength)] = strength
    now = np.asarray(ties.undirected.sum(axis=1), np.float64).ravel()
    return np.flatnonzero(~np.isclose(now, faded, rtol=1e-9))


def _grown(values: Floats, size: int) -> Floats:
    return np.concatenate([values, np.zeros(size - len(values))])


def rounded(figures: D, decimals: int) -> D:
    """Return figures that a dataclass holds with their floats rounded to so many decimals."""
    values = ((each.name, getattr(figures, each.name)) for each in fields(figures))
    return replace(figures, **{name: round(value, decimals) for name, value in values if isinstance(value, float)})
