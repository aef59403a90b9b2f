"""Which of many effects to believe."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.analysis.effect.intervals import ALPHA


def discoveries(e_values: Sequence[float], alpha: float = ALPHA) -> list[int]:
    """Return the places of the e-values to believe, so that at most a share `alpha` of them is expected to be false.

    e-BH (Wang and Ramdas 2022): the k largest where the k-th is at least m / (k·α). It needs no independence, which
    activities of one community don't have.
    """
    values = np.asarray(e_values, float)
    order = np.argsort(-values, kind="stable")
    needed = len(values) / (alpha * np.arange(1, len(values) + 1))
    enough = np.flatnonzero(values[order] >= needed)
    return [] if not len(enough) else sorted(int(place) for place in order[: enough[-1] + 1])
