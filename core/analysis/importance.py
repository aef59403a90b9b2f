"""Key people: hubs, bridges, welcomers and the rising, each with the figures that say why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from core.analysis.health import Welcome
from core.analysis.network import Network
from core.analysis.ties import Floats, Ints

ENOUGH = 3  # people who addressed a member before it counts as rising


@dataclass(frozen=True)
class KeyPerson:
    """A member who stands out, `score` being what they are ranked by and `because` the figures to say."""

    member: int
    score: float
    because: Mapping[str, float]


def hubs(network: Network, most: int = 10) -> list[KeyPerson]:
    """Return whom the community turns to: the largest PageRank, with how many people addressed them."""
    received = np.asarray(network.ties.matrix.sum(axis=0), np.float64).ravel()
    total = max(network.ties.weight, 1e-300)
    return [
        KeyPerson(
            i,
            float(network.pagerank[i]),
            {"people": int(network.ties.in_degree[i]), "share": float(received[i] / total)},
        )
        for i in _largest(np.where(network.ties.in_degree > 0, network.pagerank, 0.0), most)
    ]


def bridges(network: Network, most: int = 10) -> list[KeyPerson]:
    """Return who joins circles: the largest betweenness among those with ties into several circles.

    `participation` is 1 - sum over circles of the squared share of a member's ties: Guimera and Amaral (2005).
    """
    share, reached = participation(network.ties.undirected, network.circle)
    score = np.where(reached > 1, network.bridging.value, 0.0)
    return [
        KeyPerson(
            i,
            float(score[i]),
            {"circles": int(reached[i]), "participation": float(share[i]), "share": float(score[i])},
        )
        for i in _largest(score, most)
    ]


def participation(undirected: sp.csr_array, circle: Ints) -> tuple[Floats, Ints]:
    """Return how evenly each member's tie weight is spread over circles, and into how many it reaches."""
    ids, column = np.unique(circle, return_inverse=True)
    entries = (undirected.data, column[undirected.indices], undirected.indptr)
    # A copy: summing takes place where the entries stand, and those of the ties must stay as they are.
    towards = sp.csr_array(entries, shape=(len(circle), len(ids)), copy=True)
    towards.sum_duplicates()
    strength = np.asarray(towards.sum(axis=1), np.float64).ravel()
    squares = np.asarray(towards.multiply(towards).sum(axis=1), np.float64).ravel()
    share = 1.0 - np.divide(squares, strength**2, out=np.ones(len(circle)), where=strength > 0)
    in_circle = sp.csr_array(towards[:, ids > 0])
    return share, np.diff(in_circle.indptr).astype(np.int64)


def welcomers(welcome: Welcome, most: int = 10) -> list[KeyPerson]:
    """Return who answered newcomers first, most often first, with the share and the median wait in days."""
    answered = welcome.by[welcome.by >= 0]
    if not len(answered):
        return []
    who, times = np.unique(answered, return_counts=True)
    order = np.argsort(-times, kind="stable")[:most]
    return [
        KeyPerson(
            int(who[i]),
            float(times[i]),
            {
                "newcomers": int(times[i]),
                "share": float(times[i] / len(answered)),
                "days": float(np.median(welcome.waited[welcome.by == who[i]])),
            },
        )
        for i in order
    ]


def rising(now: Network, earlier: Floats, most: int = 10) -> list[KeyPerson]:
    """Return whose share of attention grew most: PageRank now over `earlier`, the one before, by the same places.

    What was before counts as at least an even share (1 / members), so that a first small step is not the steepest
    climb; who was addressed by fewer than three people is left out.
    """
    growth = now.pagerank / np.maximum(earlier, 1.0 / max(len(now.ties), 1))
    score = np.where((now.ties.in_degree >= ENOUGH) & (growth > 1.0), growth, 0.0)
    return [
        KeyPerson(
            i,
            float(score[i]),
            {"people": int(now.ties.in_degree[i]), "before": float(earlier[i]), "now": float(now.pagerank[i])},
        )
        for i in _largest(score, most)
    ]


def _largest(score: Floats, most: int) -> list[int]:
    """Return the members with the largest positive score, the first of equals first."""
    order = np.argsort(-np.round(score, 12), kind="stable")[:most]
    return [int(i) for i in order if score[i] > 0]
