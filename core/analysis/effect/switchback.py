"""A room that is addressed as a whole: blocks of days with and without, in a drawn order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.effect.intervals import ALPHA

Floats = NDArray[np.float64]
BLOCKS_NEEDED = 24
_EXACT = 14  # pairs, up to which every order is tried
_DRAWS = 20_000


@dataclass(frozen=True, kw_only=True)
class Switchback:
    """What the blocks with the activity had more than those without, judged by the orders that might have been drawn.

    `enough` says whether there are 24 blocks; with fewer the interval is there but shows little.
    """

    estimate: float
    ci_low: float
    ci_high: float
    p: float
    blocks: int
    enough: bool


def draw_order(blocks: int, seed: int) -> NDArray[np.bool_]:
    """Draw which blocks have the activity: one of each two that follow each other, so that a season tilts nothing.

    Raise ValueError where `blocks` is odd or none.
    """
    if blocks < 2 or blocks % 2:
        raise ValueError("an even number of blocks")
    first = np.random.default_rng(seed).random(blocks // 2) < 0.5
    return np.column_stack([first, ~first]).ravel()


def switchback(days: Floats, active: NDArray[np.bool_], length: int, wash_out: int = 1) -> Switchback:
    """Compare blocks with and without the activity.

    `days` holds the outcome of each day, `active` a value a block of `length` days, in an order of `draw_order`; the
    first `wash_out` days of each block are left out, since the block before still shows in them. p is the share of
    all orders within pairs that show as much; the interval holds the effects which that test doesn't refuse at 5 %
    (Bojinov, Simchi-Levi and Zhao 2023, with pairs). Raise ValueError where the sizes don't fit.
    """
    if not 0 <= wash_out < length or len(days) != length * len(active) or len(active) % 2 or not len(active):
        raise ValueError("blocks of equal length, longer than what is washed out, in pairs")
    if any(active[i] == active[i + 1] for i in range(0, len(active), 2)):
        raise ValueError("one block of each pair has the activity")
    means = days.reshape(len(active), length)[:, wash_out:].mean(axis=1)
    gaps = np.where(active[::2], 1.0, -1.0) * (means[::2] - means[1::2])
    flips = _flips(len(gaps))
    low, high = _interval(gaps, flips)
    return Switchback(
        estimate=float(gaps.mean()),
        ci_low=low,
        ci_high=high,
        p=_p(gaps, flips),
        blocks=len(active),
        enough=len(active) >= BLOCKS_NEEDED,
    )


def _flips(pairs: int) -> Floats:
    """Return the signs that the pairs might have had: all, or a fixed draw of them with the true one first."""
    if pairs <= _EXACT:
        bits = (np.arange(2**pairs)[:, None] >> np.arange(pairs)) & 1
        return np.asarray(1.0 - 2.0 * bits, np.float64)
    drawn = np.random.default_rng(pairs).choice((-1.0, 1.0), size=(_DRAWS, pairs))
    drawn[0] = 1.0
    return drawn


def _p(gaps: Floats, flips: Floats) -> float:
    shown = abs(float(gaps.sum()))
    return float((np.abs(flips @ gaps) >= shown - 1e-12 * max(shown, 1.0)).mean())


def _interval(gaps: Floats, flips: Floats) -> tuple[float, float]:
    """Return the least and the greatest effect that, taken away, leave nothing to be seen."""
    centre = float(gaps.mean())
    reach = 20.0 * (float(gaps.std(ddof=1)) / np.sqrt(len(gaps)) if len(gaps) > 1 else 0.0)
    ends = []
    for sign in (-1.0, 1.0):
        if _p(gaps - centre - sign * reach, flips) > ALPHA:  # too few orders to refuse anything
            ends.append(sign * np.inf)
            continue
        inside, outside = 0.0, reach
        for _ in range(40):
            middle = (inside + outside) / 2.0
            refused = _p(gaps - centre - sign * middle, flips) <= ALPHA
            inside, outside = (inside, middle) if refused else (middle, outside)
        ends.append(centre + sign * outside)
    return float(ends[0]), float(ends[1])
