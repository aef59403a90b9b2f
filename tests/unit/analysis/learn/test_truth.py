"""Probabilities against what is known: worked examples, perfect models, labels that mean nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy import special
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from core.analysis.learn import learn_table, probability, read_model
from core.analysis.learn.features import Feature
from core.analysis.learn.fit import Split, _boosting, _logistic, blank_model, learn_by_folds, learn_by_time
from core.analysis.learn.measure import auc_of, beats_base, calibration_line, ece_floor, ece_of, logit, quality
from core.analysis.learn.table import _split
from core.files.table import read_table

DRAW = np.random.default_rng(7)


def features(count: int) -> list[Feature]:
    return [Feature(column=f"f{place}", kind="number") for place in range(count)]


def test_the_worked_examples() -> None:
    assert probability(np.array([5.0, 2.0]), np.array([0.5, 0.3])) == pytest.approx(0.957, abs=0.0005)
    assert probability(np.array([3.0, 0.0]), np.array([-0.4, -0.2])) == pytest.approx(0.231, abs=0.0005)


def test_auc_is_scikit_learn_s_with_ties_too() -> None:
    chance = DRAW.integers(0, 20, 500) / 20
    label = DRAW.random(500) < chance
    assert auc_of(label, chance) == pytest.approx(roc_auc_score(label, chance), abs=1e-12)


@pytest.mark.parametrize("n", [100, 877, 3_000, 20_000])
def test_a_perfect_model_passes_and_a_bold_one_does_not(n: int) -> None:
    draw = np.random.default_rng(n)
    chance = draw.beta(2, 4, n)
    under = passed = 0
    for _ in range(60):
        label = draw.random(n) < chance
        under += ece_of(label, chance) <= ece_floor(chance, draws=300)
        passed += quality(label, chance, 1 / 3).calibrated
    assert under >= 52
    assert passed >= (45 if n > 100 else 25)
    bold = probability(np.column_stack([logit(chance)]), np.array([2.0]))
    if n > 100:
        assert not quality(draw.random(n) < chance, bold, 1 / 3).calibrated


def test_the_calibration_line_undoes_what_was_done() -> None:
    odds = DRAW.normal(size=200_000)
    label = DRAW.random(200_000) < 1 / (1 + np.exp(-(0.5 + 0.6 * odds)))
    assert calibration_line(label, odds) == pytest.approx((0.5, 0.6), abs=0.02)


def test_our_trees_say_what_scikit_learn_s_say() -> None:
    rows = DRAW.normal(size=(3_000, 4))
    label = DRAW.random(3_000) < 1 / (1 + np.exp(-(rows[:, 0] * rows[:, 1])))
    ours = _boosting(label, rows, _logistic(label, rows, blank_model("left", None, features(4))))
    theirs = HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.08, max_leaf_nodes=8, min_samples_leaf=40, l2_regularization=5.0, random_state=0,
        early_stopping=False,
    ).fit(rows, label)  # fmt: skip
    fresh = DRAW.normal(size=(2_000, 4))
    assert ours.odds(fresh) == pytest.approx(theirs.decision_function(fresh), abs=1e-9)


def test_boosting_serves_what_only_it_can_see_and_is_written_as_plain_data(tmp_path: Path) -> None:
    rows = DRAW.normal(size=(3_000, 3))
    label = DRAW.random(3_000) < 1 / (1 + np.exp(-2 * rows[:, 0] * rows[:, 1]))
    found = learn_by_folds(label, rows, blank_model("left", None, features(3)))
    assert found.model is not None
    assert found.model.served == "boosting"
    assert found.chosen is not None
    assert found.chosen.auc > 0.7
    assert found.chosen.calibrated
    found.model.write(tmp_path / "model.json")
    assert read_model(tmp_path / "model.json").predict(rows) == pytest.approx(found.model.predict(rows), abs=1e-12)


def test_permuted_labels_rank_as_chance_does() -> None:
    aucs = []
    for seed in range(4):
        draw = np.random.default_rng(seed)
        rows, label = draw.normal(size=(800, 20)), draw.random(800) < 0.3
        split = Split(train=np.arange(200), later=np.arange(200, 300), test=np.arange(300, 800))
        found = learn_by_time(label, rows, split, blank_model("left", None, features(20)))
        assert found.logistic is not None
        aucs.append(found.logistic.auc)
    assert np.mean(aucs) == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize(("n", "share"), [(50, 0.5), (500, 0.3), (5_000, 0.1)])
def test_what_says_nothing_serves_in_fewer_than_one_of_twenty_cases(n: int, share: float) -> None:
    """What ranks people by lot is calibrated on as many as it is judged by; tests/benchmarks/risk.py learns too."""
    draw, served, repetitions = np.random.default_rng(n), 0, 2_000
    for _ in range(repetitions):
        odds, label = draw.normal(size=(2, n)), draw.random((2, n)) < share
        intercept, slope = calibration_line(label[0], odds[0])
        served += beats_base(label[1], special.expit(intercept + slope * odds[1]), float(label[0].mean()))
    assert served / repetitions <= 0.05


def test_what_judges_teaches_nothing() -> None:
    """Whatever comes of the latest rows moves neither weights nor calibration nor base rate: it isn't known by then."""
    draw = np.random.default_rng(5)
    rows = draw.normal(size=(600, 3))
    label = draw.random(600) < 1 / (1 + np.exp(-rows[:, 0]))
    split = Split(train=np.arange(300), later=np.arange(300, 450), test=np.arange(450, 600))
    other = np.concatenate([label[:450], ~label[450:]])
    one, two = (learn_by_time(each, rows, split, blank_model("left", None, features(3))) for each in (label, other))
    assert one.candidate is not None
    assert two.candidate is not None
    assert one.candidate.plain() == two.candidate.plain()
    assert one.candidate.base_rate == pytest.approx(label[300:450].mean())
    assert one.model is not None
    assert two.model is None


def test_a_table_is_parted_by_its_dates() -> None:
    days = [date(2026, 1, 1) + timedelta(days=int(day)) for day in np.random.default_rng(6).integers(0, 90, 400)]
    split = _split(days, date(2026, 3, 1))
    train, later, test = ([days[row] for row in part.tolist()] for part in (split.train, split.later, split.test))
    assert max(train) < min(later) <= max(later) < date(2026, 3, 1) <= min(test)
    assert len(train) + len(later) + len(test) == 400
    by_itself = _split(days, None)
    assert max(days[row] for row in by_itself.later.tolist()) < min(days[row] for row in by_itself.test.tolist())


def test_a_time_axis_turned_round_is_seen() -> None:
    """What held at first and turned into its opposite later must not serve."""
    draw = np.random.default_rng(3)
    rows = draw.normal(size=(3_000, 2))
    sign = np.where(np.arange(3_000) < 2_000, 1.0, -1.0)
    label = draw.random(3_000) < 1 / (1 + np.exp(-sign * rows[:, 0]))
    split = Split(train=np.arange(1_500), later=np.arange(1_500, 2_000), test=np.arange(2_000, 3_000))
    assert learn_by_time(label, rows, split, blank_model("left", None, features(2))).model is None
    assert learn_by_folds(label[:2_000], rows[:2_000], blank_model("left", None, features(2))).model is not None


@pytest.mark.shared_data
def test_subscribers_who_leave(shared_data: Path) -> None:
    table = read_table(shared_data / "learning" / "telco_churn.csv")
    assert sum(not cell for cell in table.columns["TotalCharges"]) == 11
    found = learn_table(table, "Churn", drop=["customerID"], dates=None, test_from=None, today=date(2026, 1, 1)).learned
    assert found.model is not None
    assert found.model.served == "logistic"
    assert "TotalCharges (missing)" in {feature.name for feature in found.model.features}
    assert found.logistic is not None
    assert found.logistic.auc >= 0.845
    assert found.logistic.ece <= 0.02
    assert found.logistic.calibrated
