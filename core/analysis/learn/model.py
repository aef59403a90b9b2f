"""A model as plain data: what it multiplies and compares, and nothing that runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from core.analysis.learn.features import Feature
from core.domain.errors import BadInput, NotFound

Floats = NDArray[np.float64]
FORMAT, VERSION = "kith-model", 1
LARGEST_FILE = 50_000_000  # bytes


def probability(features: Floats, weights: Floats) -> Floats:
    """Return 1 / (1 + e^(−weights · features)), for one row or for each."""
    chance: Floats = special.expit(features @ weights)
    return chance


@dataclass(frozen=True, kw_only=True, eq=False)
class Tree:
    """One tree of boosting, as arrays over its nodes; a leaf has no `left` (−1)."""

    feature: NDArray[np.int64]
    threshold: Floats
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Floats

    def predict(self, rows: Floats) -> Floats:
        """Return what each row's leaf adds to the log-odds."""
        node = np.zeros(len(rows), np.int64)
        going = np.flatnonzero(self.left[node] >= 0)
        while len(going):
            at = node[going]
            below = rows[going, self.feature[at]] <= self.threshold[at]
            node[going] = np.where(below, self.left[at], self.right[at])
            going = going[self.left[node[going]] >= 0]
        found: Floats = self.value[node]
        return found


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """What was learned from a table.

    `weights` are the logistic model's, for standardised features, after `intercept`. With `trees` boosting serves, from
    `start` on, and the weights give the reasons. `line` is the calibration's intercept and slope on the log-odds.
    """

    label: str
    date: str | None
    base_rate: float
    features: list[Feature]
    intercept: float
    weights: Floats
    line: tuple[float, float]
    start: float = 0.0
    trees: list[Tree] = field(default_factory=list)
    penalty: float = 1.0  # on squared weights, with which it was learned

    @property
    def served(self) -> str:
        """Return which model gives the probabilities."""
        return "boosting" if self.trees else "logistic"

    def odds(self, rows: Floats) -> Floats:
        """Return log-odds before calibration, for rows of standardised features."""
        if not self.trees:
            return self.intercept + rows @ self.weights
        total = np.full(len(rows), self.start)
        for tree in self.trees:
            total += tree.predict(rows)
        return total

    def predict(self, rows: Floats) -> Floats:
        """Return calibrated probabilities for rows of standardised features."""
        return self.calibrated(self.odds(rows))

    def calibrated(self, odds: Floats) -> Floats:
        """Return the probabilities that log-odds mean."""
        return probability(np.column_stack([np.ones(len(odds)), odds]), np.array(self.line))

    def reasons(self, row: Floats, most: int = 3) -> list[tuple[Feature, float]]:
        """Return the features that move a row's log-odds most from those of the usual row, and by how much."""
        parts = self.weights * row
        order = np.argsort(-np.abs(parts), kind="stable")[:most]
        return [(self.features[place], float(parts[place])) for place in order.tolist() if abs(parts[place]) > 1e-9]

    def plain(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "label": self.label,
            "date": self.date,
            "base_rate": self.base_rate,
            "features": [asdict(feature) for feature in self.features],
            "intercept": self.intercept,
            "weights": self.weights.tolist(),
            "line": list(self.line),
            "start": self.start,
            "trees": [{name: column.tolist() for name, column in vars(tree).items()} for tree in self.trees],
        }

    def write(self, path: Path) -> None:
        """Write it as JSON; raise BadInput where that can't be done."""
        try:
            path.write_text(json.dumps(self.plain(), ensure_ascii=False), "utf-8")
        except OSError as error:
            raise BadInput("learn-model-unwritable", file=str(path), reason=error.strerror or str(error)) from None


def read_model(path: Path) -> Model:
    """Read a model that `Model.write` wrote; raise NotFound or BadInput for anything else."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput("learn-model-unknown", file=path.name)
        return _model(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise NotFound("analysis-file-missing", file=str(path)) from None
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError):
        raise BadInput("learn-model-unknown", file=path.name) from None


def _model(plain: dict[str, Any]) -> Model:
    """Return the model that plain data holds; raise ValueError, KeyError or TypeError where they hold none."""
    if (plain["format"], plain["version"]) != (FORMAT, VERSION):
        raise ValueError("another format or version")
    features = [_feature(each) for each in plain["features"]]
    weights = _finite(plain["weights"])
    intercept, slope = _finite(plain["line"]).tolist()
    base, start, constant = _finite([plain["base_rate"], plain["start"], plain["intercept"]]).tolist()
    if len(weights) != len(features) or not isinstance(plain["label"], str):
        raise ValueError("weights and features differ")
    if not (plain["date"] is None or isinstance(plain["date"], str)):
        raise ValueError("a date's column is a name")
    return Model(
        label=plain["label"],
        date=plain["date"],
        base_rate=base,
        features=features,
        intercept=constant,
        weights=weights,
        line=(intercept, slope),
        start=start,
        trees=[_tree(each, len(features)) for each in plain["trees"]],
    )


def _feature(plain: dict[str, Any]) -> Feature:
    feature = Feature(**plain)
    _finite([feature.usual, feature.mean, feature.spread])
    if feature.kind not in {"number", "days", "value", "missing"} or feature.spread <= 0:
        raise ValueError("no feature")
    if not (isinstance(feature.column, str) and isinstance(feature.value, str)):
        raise TypeError("names are text")
    return feature


def _tree(plain: dict[str, Any], features: int) -> Tree:
    feature, left, right = (np.array(plain[name], np.int64) for name in ("feature", "left", "right"))
    size, place = len(feature), np.arange(len(feature))
    inner = left >= 0
    # Children stand after their parent, so that every way down ends.
    after = (left > place) & (right > place) & (left < size) & (right < size)
    if not size or not np.all(after[inner]) or not np.all((feature >= 0) & (feature < features)):
        raise ValueError("no tree")
    threshold, value = _finite(plain["threshold"]), _finite(plain["value"])
    if not len(threshold) == len(value) == len(left) == len(right) == size:
        raise ValueError("no tree")
    return Tree(feature=feature, threshold=threshold, left=left, right=right, value=value)


def _finite(numbers: Sequence[float]) -> Floats:
    found = np.array(numbers, float)
    if found.ndim != 1 or not np.all(np.isfinite(found)):
        raise ValueError("a number is missing")
    return found
