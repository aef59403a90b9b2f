"""Silence foretold from what is known: no leak, nothing where there is nothing, truth where there is some."""

from __future__ import annotations

from array import array
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from core.analysis.learn.measure import auc_of
from core.analysis.silence.features import FEATURES, known_at, regulars
from core.analysis.silence.foretell import Foretold, foretell, lesson_of, month_starts, scaled, split_of
from core.analysis.silence.past import Past, past_of
from core.analysis.silence.record import record
from core.domain.silence import ACTS, HORIZON, SilenceInput
from tests.benchmarks.risk import served_by_lot

BEGIN = 20_089  # 1 January 2025
MONTHS = 12
UNTIL = BEGIN + 365


def ints(values: np.ndarray) -> array[int]:
    return array("i", values.astype(np.int32).tolist())


def community(daily: np.ndarray, seed: int, until: int = UNTIL, begin: int = BEGIN) -> SilenceInput:
    """Return a year of people who are active on each day with a probability of their own: `daily` is people × days."""
    draw = np.random.default_rng(seed)
    who, day = np.nonzero(draw.random(daily.shape) < daily)
    count = 1 + draw.poisson(1.0, len(who))
    none = np.zeros(len(who), int)
    return SilenceInput(
        until=until,
        people=array("q", range(len(daily))),
        days=tuple(map(ints, (who, count, none, none, none, day + begin))),
    )


def falling(people: int, seed: int = 1) -> np.ndarray:
    """Return people who come often or seldom, and some time after they joined fall silent, after three slow weeks."""
    draw = np.random.default_rng(seed)
    daily = np.repeat(draw.beta(1.5, 5.0, people)[:, None], 365, axis=1)
    begin, day = draw.integers(-200, 340, people), np.arange(365)
    end = begin + draw.exponential(150, people)
    daily = np.where(day < begin[:, None], 0.0, daily)
    daily = np.where(day >= end[:, None] - 21, daily * 0.3, daily)
    return np.where(day >= end[:, None], 0.0, daily)


def known(given: SilenceInput, cutoff: int) -> np.ndarray:
    return known_at(past_of(given), cutoff).values


def test_whatever_comes_at_the_cut_off_or_after_moves_no_feature() -> None:
    given = community(falling(300), 2)
    cutoff = BEGIN + 200
    before = known(given, cutoff)
    ties = tuple(map(ints, (np.arange(50), np.arange(50, 100), np.ones(50), np.ones(50), np.full(50, cutoff))))
    acts = {kind: (array("i", range(50)), array("i", [cutoff] * 50)) for kind in ACTS}
    days = tuple(
        column + array("i", [value] * 300) for column, value in zip(given.days, (7, 9, 9, 9, 9, cutoff), strict=True)
    )
    days[0][-300:] = array("i", range(300))
    planted = SilenceInput(until=UNTIL, people=given.people, days=days, ties=ties, acts=acts)
    assert np.array_equal(known(planted, cutoff), before)
    past, everybody = past_of(planted), np.arange(300)
    assert np.array_equal(regulars(past, cutoff), regulars(past_of(given), cutoff))
    moved = known_at(past, cutoff + 1, everybody).values != known_at(past_of(given), cutoff + 1, everybody).values
    assert {"messages", "ties", "opened", "bought", "took-part", "replies-received", "reactions-given", "other"} <= {
        FEATURES[place] for place in np.flatnonzero(moved.any(axis=0)).tolist()
    }


def test_a_past_that_ends_holds_nothing_of_its_last_day_or_after() -> None:
    given, cutoff = community(falling(100), 2), BEGIN + 200
    late = ints(np.arange(cutoff - 2, cutoff + 3))
    ones = array("i", [1] * len(late))
    acts = dict.fromkeys(ACTS, (ones, late))
    past = past_of(
        SilenceInput(until=UNTIL, people=given.people, days=given.days, ties=(ones,) * 4 + (late,), acts=acts)
    )
    before = past.before(cutoff)
    assert past.days.day.max() > cutoff
    for rows in (before.days, before.ties, *before.acts.values()):
        assert rows.day.max() == cutoff - 1
        assert {len(column) for column in rows.columns.values()} == {len(rows.day)}


def test_what_isnt_over_isnt_learned_from() -> None:
    past = past_of(community(falling(300), 2))
    with pytest.raises(ValueError, match="isn't before"):
        past_of(SilenceInput(until=BEGIN, days=tuple(array("i", [BEGIN]) for _ in range(6))))
    with pytest.raises(ValueError, match="up to which all is known"):
        known_at(past, UNTIL + 1)
    with pytest.raises(ValueError, match="isn't known before"):
        past.before(BEGIN + 100).silent(BEGIN + 100 - HORIZON + 1)
    for end in (BEGIN + 150, BEGIN + 181, BEGIN + 210):
        assert lesson_of(past.before(end)).cutoff.max() + HORIZON <= end


def test_a_lesson_says_of_each_day_what_was_known_then_and_what_came() -> None:
    """A time axis that is shuffled, or a label of another month, would teach what nobody could have known."""
    past = past_of(community(falling(300), 2))
    lesson = lesson_of(past)
    days = sorted(set(lesson.cutoff.tolist()))
    assert days == month_starts(past.first + 30, UNTIL - HORIZON)
    assert lesson.cutoff.tolist() == sorted(lesson.cutoff.tolist())
    for day in days:
        there, people = lesson.cutoff == day, np.flatnonzero(past.active(day - 30, day))
        assert np.array_equal(lesson.rows[there], known_at(past.before(day), day, people).rows)
        assert np.array_equal(lesson.silent[there], past.silent(day)[people])


@pytest.mark.parametrize("end", [UNTIL, BEGIN + 91, BEGIN + 122], ids=["January", "April", "May"])
def test_who_teaches_calibrates_and_judges_come_one_after_the_other(end: int) -> None:
    lesson = lesson_of(past_of(community(falling(300), 2, end, end - 365)))
    split = split_of(lesson)
    train, later, test = (set(lesson.cutoff[part].tolist()) for part in (split.train, split.later, split.test))
    assert max(train) < min(later) <= max(later) < min(test)
    # A month's thirty days are over before the next month begins to be judged.
    assert max(train) + HORIZON <= min(later)
    assert max(later) + HORIZON <= min(test)


def test_only_those_who_teach_say_what_is_usual() -> None:
    past = past_of(community(falling(700), 4))
    found = foretell(past)
    assert found.model is not None
    taught = found.lesson.rows[found.split.train]
    for feature in found.model.features:
        column = taught[:, FEATURES.index(feature.column)]
        assert (feature.mean, feature.spread) == (column.mean(), column.std())


def test_the_present_foretells_the_same_whatever_comes_of_it() -> None:
    """Learning at a past cut-off is learning from a copy that ends there: a leak anywhere would part them."""
    given = community(falling(400), 3)
    end = BEGIN + 243
    there = np.array(given.days[5]) < end
    cut = SilenceInput(until=end, people=given.people, days=tuple(ints(np.array(each)[there]) for each in given.days))
    one, other = foretell(past_of(given).before(end)), foretell(past_of(cut))
    assert one.chance is not None
    assert other.chance is not None
    assert np.array_equal(one.chance, other.chance)
    assert one.named.tolist() == other.named.tolist()


def later(found: Foretold, past: Past, cutoff: int) -> float:
    """Return the AUC of what was foretold at a cut-off, by what came."""
    assert found.chance is not None
    return auc_of(past.silent(cutoff)[found.known.people], found.chance)


def test_who_falls_silent_is_found_and_the_record_says_how_often() -> None:
    past = past_of(community(falling(700), 4)).before(BEGIN + 243)
    cutoff = BEGIN + 212
    found = foretell(past.before(cutoff))
    assert later(found, past, cutoff) > 0.8
    silent = past.silent(cutoff)
    month = next(each for each in record(past) if each.cutoff == cutoff)
    people = regulars(past, cutoff)
    named = found.known.people[found.named]
    assert (month.named, month.silent) == (len(named), int(silent[named].sum()))
    assert (month.rest, month.rest_silent) == (
        len(people) - len(named),
        int(silent[people].sum() - silent[named].sum()),
    )
    assert month.silent / month.named > 2 * month.rest_silent / month.rest


def test_a_month_that_was_replayed_holds_until_more_is_known_of_it() -> None:
    past = past_of(community(falling(100), 5)).before(BEGIN + 130)
    first = record(past)
    marked = tuple(replace(each, named=99) for each in first)
    assert marked
    assert all(each.named == 99 for each in record(past, before=marked))
    more = past_of(community(falling(101), 5)).before(BEGIN + 130)
    assert record(more, before=marked) == record(more)


def test_permuted_labels_foretell_nothing() -> None:
    """Who is who after a cut-off is drawn by lot: what was learned ranks them as chance does."""
    aucs = []
    for seed in range(4):
        given = community(falling(500, seed), seed)
        who, day = np.array(given.days[0]), np.array(given.days[5])
        draw = np.random.default_rng(seed)
        for month in month_starts(BEGIN, UNTIL):
            there = (day >= month) & (day < month + 31)
            who[there] = draw.permutation(500)[who[there]]
        shuffled = past_of(SilenceInput(until=UNTIL, people=given.people, days=(ints(who), *given.days[1:])))
        cutoff = BEGIN + 304
        found = foretell(shuffled.before(cutoff))
        candidate = found.learned.candidate
        if candidate is not None:
            chance = candidate.predict(scaled(candidate, found.known.rows))
            aucs.append(auc_of(shuffled.silent(cutoff)[found.known.people], chance))
    assert len(aucs) >= 3
    assert abs(float(np.mean(aucs)) - 0.5) < 0.06


@pytest.mark.parametrize(("people", "times"), [(50, 60), (300, 60), (1_000, 30), (5_000, 12)])
def test_where_the_past_says_nothing_there_is_not_enough_history(people: int, times: int) -> None:
    """Fewer are served than one in twenty would be in 99 of 100 such tests; tests/benchmarks/risk.py takes 2,000."""
    assert served_by_lot(people, range(times))["served"] <= stats.binom.isf(0.01, times, 0.05)
