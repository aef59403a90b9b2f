"""Who falls silent: what the study is given and what it finds, as plain data."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HORIZON = 30  # days without anything are silence
LATELY = 30  # days in which somebody was active who could still fall silent
REGULAR = 3  # days in all on which they were active: before, nobody knows their usual gap
NAMED = 30  # people whom a list names at most
BINS = 5  # of a calibration curve, with as many people in each
ACTS = ("opened", "bought", "took_part")


def _ints() -> array[int]:
    return array("i")


def _columns(count: int) -> tuple[array[int], ...]:
    return tuple(_ints() for _ in range(count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Who was named on a day, by place, and who of them was written to."""

    cutoff: int
    by_model: bool
    named: array[int] = field(default_factory=_ints)
    written: array[int] = field(default_factory=_ints)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What became of a list within 30 days of its `cutoff` (a UTC day since 1970).

    Of the `named`, `written` were written to meanwhile, which changes the outcome: `silent` and `written_silent` are
    those of either who did nothing any more, `rest_silent` those of the `rest`, who weren't named. One that is
    `replayed` is what Kith would have said, learned from what came before alone; `rows` says from how much.
    """

    cutoff: int
    by_model: bool
    replayed: bool
    named: int
    silent: int
    written: int
    written_silent: int
    rest: int
    rest_silent: int
    rows: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What raises a probability: a feature, what it is, and by how much it moves the log-odds."""

    feature: str
    value: float
    part: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A feature as it was learned: what one standard deviation (`spread`) from its `mean` moves the log-odds by."""

    feature: str
    mean: float
    spread: float
    coefficient: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Of `n` people with like probabilities, `said` on average, the share that fell silent."""

    n: int
    said: float
    silent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How a model did on the people of the last cut-offs, from which it hadn't learned; see docs/insight.md."""

    first: int  # the first and the last cut-off that it learned from and was judged by
    last: int
    learned: int
    n: int
    auc: float
    auc_other: float  # of the model that doesn't serve
    brier: float
    brier_base: float
    ece: float
    ece_floor: float
    calibrated: bool
    curve: tuple[Bin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceInput:
    """What happened before the UTC day `until`: columns of rows, people by their place in `people` (ids of members).

    `days` are (member, messages, replies, reactions, other, day), `ties` (source, target, words, reactions, day),
    `acts` by kind (member, day). `away` are the places of those who left, `known` of those who agreed to be known,
    `kept` the first list of each month, `replayed` what an earlier run found of the months before these.
    """

    until: int
    people: array[int] = field(default_factory=lambda: array("q"))
    away: array[int] = field(default_factory=_ints)
    known: array[int] = field(default_factory=_ints)
    days: tuple[array[int], ...] = field(default_factory=lambda: _columns(6))
    ties: tuple[array[int], ...] = field(default_factory=lambda: _columns(5))
    acts: Mapping[str, tuple[array[int], ...]] = field(default_factory=lambda: {kind: _columns(2) for kind in ACTS})
    kept: tuple[Kept, ...] = ()
    replayed: tuple[Month, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceResult:
    """Who may fall silent in the 30 days from the UTC day `until` on, and how true earlier lists were.

    Of `people` who could, `members` are those who may, the likeliest first, with their probabilities and reasons: no id
    where somebody didn't agree to be known, of whom nothing is kept. Beside the `base` rate; without a model, it and
    `chance` are missing and `missing` says why: too-few, no-features or no-gain. `newer` people were active too, on
    fewer than three days in all.
    """

    until: int
    people: int = 0
    members: tuple[int | None, ...] = ()
    chance: tuple[float, ...] = ()
    base: float | None = None
    missing: str | None = None
    reasons: tuple[tuple[Reason, ...], ...] = ()
    newer: int = 0
    served: str | None = None
    judged: Judged | None = None
    weights: tuple[Weight, ...] = ()
    model: dict[str, Any] = field(default_factory=dict)
    months: tuple[Month, ...] = ()
