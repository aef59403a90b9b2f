"""A run of the study: from what was loaded to what is kept."""

from __future__ import annotations

import numpy as np

from core.analysis.learn.measure import Quality
from core.analysis.learn.model import Model
from core.analysis.silence.features import ABOUT, FEATURES, regulars
from core.analysis.silence.foretell import Foretold, foretell, scaled
from core.analysis.silence.past import Bools, Floats, Ints, past_of
from core.analysis.silence.record import record
from core.domain.silence import BINS, LATELY, Bin, Judged, Reason, SilenceInput, SilenceResult, Weight

REASONS = 3


def measure(given: SilenceInput) -> SilenceResult:
    """Return who may fall silent, why, and how true earlier lists were."""
    past = past_of(given)
    found = foretell(past, np.array(given.away, np.int64))
    named, known = found.known.people[found.named], set(given.known)
    there = past.active(past.until - LATELY, past.until)
    there[np.array(given.away, np.int64)] = False
    there[regulars(past, past.until)] = False
    return SilenceResult(
        until=past.until,
        people=len(found.known.people),
        members=tuple(given.people[place] if place in known else None for place in named.tolist()),
        chance=() if found.chance is None else tuple(round(each, 4) for each in found.chance[found.named].tolist()),
        base=None if found.model is None else found.model.base_rate,
        missing=found.learned.reason,
        reasons=tuple(reasons_of(found, place) for place in found.named.tolist()),
        newer=int(there.sum()),
        served=None if found.model is None else found.model.served,
        judged=_judged(found),
        weights=() if found.model is None else _weights(found.model),
        model={} if found.model is None else found.model.plain(),
        months=record(past, given.kept, given.replayed),
    )


def reasons_of(found: Foretold, place: int) -> tuple[Reason, ...]:
    """Return what raises somebody's probability most, three at most; how long they have been quiet, by the rule.

    A feature counts where alone it moves the label as it does among the others: one that merely takes back a part of
    what another says is no reason. Of features about the same the one that says most stands for all.
    """
    values = found.known.values[place]
    if found.model is None:
        return tuple(
            Reason(feature=name, value=float(values[FEATURES.index(name)]), part=0.0) for name in ("recency", "gap")
        )
    model = found.model
    parts = model.weights * scaled(model, found.known.rows[place : place + 1])[0]
    parts[np.sign(model.weights) != _alone(found, model)] = 0.0
    reasons: dict[str, Reason] = {}
    for each in np.argsort(-parts, kind="stable").tolist():
        name = model.features[each].column
        if parts[each] > 0.0 and len(reasons) < REASONS:
            value, part = float(values[FEATURES.index(name)]), round(float(parts[each]), 4)
            reasons.setdefault(ABOUT.get(name, name), Reason(feature=name, value=value, part=part))
    return tuple(reasons.values())


def _alone(found: Foretold, model: Model) -> Floats:
    """Return of each feature whether who fell silent had more (1) or less (-1) of it."""
    rows = scaled(model, found.lesson.rows)
    silent = found.lesson.silent
    signs: Floats = np.sign(rows[silent].mean(axis=0) - rows[~silent].mean(axis=0))
    return signs


def _weights(model: Model) -> tuple[Weight, ...]:
    return tuple(
        Weight(feature=each.column, mean=each.mean, spread=each.spread, coefficient=float(weight))
        for each, weight in zip(model.features, model.weights, strict=True)
    )


def _judged(found: Foretold) -> Judged | None:
    """Return how the model that serves, or could have, did on the latest people."""
    learned, lesson, test = found.learned, found.lesson, found.split.test
    if learned.candidate is None or learned.chosen is None or learned.logistic is None or learned.boosting is None:
        return None
    best: Quality = learned.chosen
    other = learned.logistic if learned.candidate.trees else learned.boosting
    chance = learned.candidate.predict(scaled(learned.candidate, lesson.rows[test]))
    return Judged(
        first=int(lesson.cutoff.min()),
        last=int(lesson.cutoff.max()),
        learned=len(found.split.train) + len(found.split.later),
        n=best.n,
        auc=best.auc,
        auc_other=other.auc,
        brier=best.brier,
        brier_base=best.brier_base,
        ece=best.ece,
        ece_floor=best.ece_floor,
        calibrated=best.calibrated,
        curve=_curve(lesson.silent[test], chance),
    )


def _curve(silent: Bools, chance: Floats) -> tuple[Bin, ...]:
    order: Ints = np.argsort(chance, kind="stable")
    return tuple(
        Bin(n=len(part), said=float(chance[part].mean()), silent=float(silent[part].mean()))
        for part in np.array_split(order, BINS)
        if len(part)
    )
