"""Learning: logistic regression against boosting, judged on what came later, and served only where that helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from threadpoolctl import ThreadpoolController

from core.analysis.learn.features import Feature
from core.analysis.learn.measure import Bools, Floats, Quality, auc_of, calibration_line, quality
from core.analysis.learn.model import Model, Tree

Ints = NDArray[np.int64]
Fit = Callable[[Bools, Floats, Model], Model]
FEWEST = 30  # rows of each class to learn from, and 10 to calibrate and to judge by
FEWEST_LATER = 10
FOLDS = 5
GAIN = 0.01  # of AUC, by which boosting must win to serve
PENALTIES = (1.0, 10.0, 100.0)  # on squared weights, beside the sum of log losses


@dataclass(frozen=True, kw_only=True, eq=False)
class Learned:
    """What learning found. `model` is None where nothing may serve; `reason` says why: too-few, no-features or no-gain.

    `logistic` and `boosting` are the two models' quality, `chosen` that of the one that won; None where nothing was
    learned.
    """

    base_rate: float | None
    model: Model | None
    candidate: Model | None
    reason: str | None
    logistic: Quality | None
    boosting: Quality | None
    chosen: Quality | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Split:
    """Rows to learn from, rows to calibrate and choose by, and rows to judge by, one after the other in time."""

    train: Ints
    later: Ints
    test: Ints


def learn_by_time(label: Bools, rows: Floats, split: Split, model: Model) -> Learned:
    """Choose by learning from `split.train` for `split.later`, calibrate on the latter, judge on `split.test`.

    `rows` are standardised features; `model` carries their names and is returned filled.
    """
    parts = ((split.train, FEWEST), (split.later, FEWEST_LATER), (split.test, FEWEST_LATER))
    base = _base(label, np.concatenate([split.train, split.later]))
    if any(_rarer(label[part]) < fewest for part, fewest in parts):
        return _nothing(base, "too-few")
    if not rows.shape[1]:
        return _nothing(base, "no-features")
    # The base rate is the latest one that was known: that is what a model must beat.
    base = _base(label, split.later)
    penalty = _penalty(label, rows, [(split.train, split.later)], model)
    model = replace(model, base_rate=base, penalty=penalty)
    tried = _both(label[split.train], rows[split.train], model)
    chosen = _winner([auc_of(label[split.later], each.odds(rows[split.later])) for each in tried])
    known = np.concatenate([split.train, split.later])
    fitted = list(_both(label[known], rows[known], model))
    # Calibration takes five models more: the one that can't serve is judged as it is.
    line = _line(label, rows, (split.train, split.later), model, FITS[chosen])
    fitted[chosen] = replace(fitted[chosen], line=line)
    found = [quality(label[split.test], each.predict(rows[split.test]), base) for each in fitted]
    return _choose(base, fitted, chosen, found)


def learn_to_the_end(label: Bools, rows: Floats, split: Split, served: Model) -> Model:
    """Return the model that serves, learned again from all rows and calibrated on the latest, which had judged it."""
    before = np.concatenate([split.train, split.later])
    known = np.concatenate([before, split.test])
    blank = replace(served, base_rate=_base(label, split.test), trees=[])
    fitted = _logistic(label[known], rows[known], blank)
    if served.trees:  # they take the weights along, which give the reasons
        fitted = _boosting(label[known], rows[known], fitted)
    fit = FITS[1 if served.trees else 0]
    return replace(fitted, line=_line(label, rows, (before, split.test), blank, fit))


def _line(label: Bools, rows: Floats, parts: tuple[Ints, Ints], model: Model, fit: Fit) -> tuple[float, float]:
    """Return the calibration of a model of both parts on the second, by models that hadn't seen those rows."""
    before, latest = parts
    known = np.concatenate([before, latest])
    odds, _ = _out_of_fold(label[known], rows[known], model, (fit,))
    return calibration_line(label[latest], odds[0, len(before) :])


def learn_by_folds(label: Bools, rows: Floats, model: Model) -> Learned:
    """Learn without dates: judge each row by a model of the four fifths that it isn't in, then learn from all."""
    base = _base(label, np.arange(len(label)))
    if _rarer(label) < FEWEST + FEWEST_LATER:
        return _nothing(base, "too-few")
    if not rows.shape[1]:
        return _nothing(base, "no-features")
    fold = _folds(label)
    parts = [(np.flatnonzero(fold != number), np.flatnonzero(fold == number)) for number in range(FOLDS)]
    model = replace(model, base_rate=base, penalty=_penalty(label, rows, parts, model))
    odds, fold = _out_of_fold(label, rows, model, FITS)
    chance = np.empty((2, len(label)))
    # A fold is calibrated by the others', so that no row has a say in its own probability.
    for number in range(FOLDS):
        others, test = fold != number, fold == number
        for place in range(2):
            line = calibration_line(label[others], odds[place, others])
            chance[place, test] = replace(model, line=line).calibrated(odds[place, test])
    fitted = [
        replace(each, line=calibration_line(label, odds[place])) for place, each in enumerate(_both(label, rows, model))
    ]
    found = [quality(label, chance[place], base) for place in range(2)]
    return _choose(base, fitted, _winner([auc_of(label, odds[place]) for place in range(2)]), found)


def _winner(aucs: list[float]) -> int:
    """Return the place in `FITS` of what serves: boosting where it wins clearly."""
    return 1 if aucs[1] > aucs[0] + GAIN else 0


def _choose(base: float, fitted: list[Model], chosen: int, found: list[Quality]) -> Learned:
    better = found[chosen].better
    return Learned(
        base_rate=base,
        model=fitted[chosen] if better else None,
        candidate=fitted[chosen],
        reason=None if better else "no-gain",
        logistic=found[0],
        boosting=found[1],
        chosen=found[chosen],
    )


def _nothing(base: float | None, reason: str) -> Learned:
    return Learned(
        base_rate=base, model=None, candidate=None, reason=reason, logistic=None, boosting=None, chosen=None
    )  # fmt: skip


def _base(label: Bools, rows: Ints) -> float:
    return float(label[rows].mean()) if len(rows) else 0.0


def _rarer(label: Bools) -> int:
    return int(min(label.sum(), (~label).sum()))


def _folds(label: Bools) -> Ints:
    """Return each row's fold, with as many of both classes in each."""
    fold = np.empty(len(label), np.int64)
    random = np.random.default_rng(0)
    for each in (label, ~label):
        fold[random.permutation(np.flatnonzero(each))] = np.arange(int(each.sum())) % FOLDS
    return fold


def _out_of_fold(label: Bools, rows: Floats, model: Model, fits: Sequence[Fit]) -> tuple[Floats, Ints]:
    """Return the models' log-odds of each row, learned from the folds that it isn't in, and each row's fold."""
    odds, fold = np.empty((len(fits), len(label))), _folds(label)
    for number in range(FOLDS):
        train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        for place, fit in enumerate(fits):
            odds[place, test] = fit(label[train], rows[train], model).odds(rows[test])
    return odds, fold


def _penalty(label: Bools, rows: Floats, parts: list[tuple[Ints, Ints]], model: Model) -> float:
    """Return the penalty with which rows that aren't learned from are foretold best, by log loss."""
    losses = {}
    for penalty in PENALTIES:
        tried = replace(model, penalty=penalty, trees=[])
        odds = [
            np.where(label[test], -1.0, 1.0) * _logistic(label[train], rows[train], tried).odds(rows[test])
            for train, test in parts
        ]
        losses[penalty] = float(np.logaddexp(0.0, np.concatenate(odds)).mean())
    return min(losses, key=losses.__getitem__)


def _both(label: Bools, rows: Floats, model: Model) -> tuple[Model, Model]:
    logistic = _logistic(label, rows, model)
    return logistic, _boosting(label, rows, logistic)


# Below, threads that wait for each other on a busy machine take forty times as long as one. Looking for the libraries
# that have any takes as long as a small model.
_THREADS = ThreadpoolController()


def _logistic(label: Bools, rows: Floats, model: Model) -> Model:
    with _THREADS.limit(limits=1):
        fitted = LogisticRegression(C=1.0 / model.penalty, max_iter=1_000).fit(rows, label)
    return replace(model, intercept=float(fitted.intercept_[0]), weights=np.asarray(fitted.coef_[0], float))


def _boosting(label: Bools, rows: Floats, logistic: Model) -> Model:
    boosting = HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.08, max_leaf_nodes=8, min_samples_leaf=40, l2_regularization=5.0, random_state=0,
        early_stopping=False,
    )  # fmt: skip
    with _THREADS.limit(limits=1):
        fitted = boosting.fit(rows, label)
    # scikit-learn offers no plain form of these trees; a test holds that ours says the same.
    trees = [_plain(predictors[0].nodes) for predictors in fitted._predictors]
    return replace(logistic, start=float(np.ravel(fitted._baseline_prediction)[0]), trees=trees)


def _plain(nodes: NDArray[np.void]) -> Tree:
    leaf = nodes["is_leaf"].astype(bool)
    # A threshold of infinity parts what is missing from the rest, and nothing is missing here.
    largest = np.finfo(float).max
    return Tree(
        feature=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int64),
        threshold=np.where(leaf, 0.0, np.clip(nodes["num_threshold"], -largest, largest)),
        left=np.where(leaf, -1, nodes["left"].astype(np.int64)),
        right=np.where(leaf, -1, nodes["right"].astype(np.int64)),
        value=nodes["value"].astype(float),
    )


FITS: tuple[Fit, Fit] = (_logistic, _boosting)


def blank_model(label: str, date: str | None, features: list[Feature]) -> Model:
    """Return a model of these features that has learned nothing yet."""
    return Model(
        label=label,
        date=date,
        base_rate=0.0,
        features=features,
        intercept=0.0,
        weights=np.zeros(len(features)),
        line=(0.0, 1.0),
    )
