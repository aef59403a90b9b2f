"""Pairs who could be connected, against counting them one by one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import scipy.sparse as sp

from core.analysis.snapshot.unnamed import unnamed


def test_pairs_are_those_with_three_in_common_and_no_tie() -> None:
    rng = np.random.default_rng(1)
    upper = np.triu(rng.random((60, 60)) < 0.12, 1)
    tied = upper | upper.T
    ties = SimpleNamespace(undirected=sp.csr_array(tied.astype(float)))
    run: Any = SimpleNamespace(network=SimpleNamespace(pagerank=rng.random(60), ties=ties))
    common = tied.astype(int) @ tied.astype(int)
    wanted = [(i, j) for i in range(60) for j in range(i) if common[i, j] >= 3 and not tied[i, j]]
    assert unnamed(run, np.zeros(60, np.int64), []).pairs == len(wanted) > 5
