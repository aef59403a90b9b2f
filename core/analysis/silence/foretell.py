"""Who may fall silent from a cut-off on: by a model where one is better than the base rate, else by a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

import numpy as np

from core.analysis.learn.features import Feature
from core.analysis.learn.fit import FEWEST_LATER, Learned, Split, blank_model, learn_by_time, learn_to_the_end
from core.analysis.learn.model import Model
from core.analysis.silence.features import FEATURES, Known, known_at, regulars
from core.analysis.silence.past import Bools, Floats, Ints, Past
from core.domain.silence import HORIZON, LATELY, NAMED

MONTHS = 24  # past cut-offs that are learned from
MOST_ROWS = 30_000  # that are learned from: beyond, another person adds nothing
TWICE = np.log(2.0)  # in log-odds: how far above the base rate somebody is named
_EPOCH = date(1970, 1, 1)
_DATE = "cutoff"


@dataclass(frozen=True, kw_only=True, eq=False)
class Lesson:
    """What was known of people at past cut-offs and whether they fell silent, the oldest first."""

    cutoff: Ints
    rows: Floats
    silent: Bools
    regular: Bools


@dataclass(frozen=True, kw_only=True, eq=False)
class Foretold:
    """What a cut-off foretells of `known` people: `chance` of each, None where the rule stands in for a model.

    `named` are places in `known`, the likeliest first. `learned` says how the model did, `model` is the one that
    serves.
    """

    known: Known
    chance: Floats | None
    named: Ints
    learned: Learned
    model: Model | None
    lesson: Lesson
    split: Split


def month_starts(first: int, last: int) -> list[int]:
    """Return the first days of the calendar months (UTC) from one day to another, both days since 1970."""
    begin, found = (_EPOCH + timedelta(days=first)).replace(day=1), []
    while (day := (begin - _EPOCH).days) <= last:
        found += [day] if day >= first else []
        begin = (begin + timedelta(days=31)).replace(day=1)
    return found


def lesson_of(past: Past) -> Lesson:
    """Return what the last 24 beginnings of a month teach, those of which the 30 days are over."""
    cutoffs = month_starts(past.first + LATELY, past.until - HORIZON)[-MONTHS:]
    parts = [(past.active(day - LATELY, day), day) for day in cutoffs]
    every = _one_in(sum(int(there.sum()) for there, _ in parts))
    rows, silent, regular, cutoff = [np.empty((0, len(FEATURES)))], [np.empty(0, bool)], [np.empty(0, bool)], []
    for there, day in parts:
        people = np.flatnonzero(there)[day % every :: every]
        rows.append(known_at(past, day, people).rows)
        silent.append(past.silent(day)[people])
        regular.append(np.isin(people, regulars(past, day)))
        cutoff.append(np.full(len(people), day))
    return Lesson(
        cutoff=np.concatenate([np.empty(0, np.int64), *cutoff]),
        rows=np.concatenate(rows),
        silent=np.concatenate(silent),
        regular=np.concatenate(regular),
    )


def foretell(past: Past, away: Ints | None = None) -> Foretold:
    """Return who may fall silent from the day after all that is known, but for those who are away already."""
    lesson = lesson_of(past)
    features, standard = _standardised(lesson)
    split = split_of(lesson)
    learned = learn_by_time(lesson.silent, standard, split, blank_model("silent", _DATE, features))
    known = known_at(past, past.until)
    there = np.ones(len(known.people), bool) if away is None else ~np.isin(known.people, away)
    model = None if learned.model is None else learn_to_the_end(lesson.silent, standard, split, learned.model)
    if model is None:
        late = np.flatnonzero(known.overdue & there)
        order = np.argsort(-known.column("quiet")[late], kind="stable")
        chance = None
    else:
        chance = model.predict(scaled(model, known.rows))
        odds, base = _odds(chance), _odds(np.array(model.base_rate))
        late = np.flatnonzero((odds >= base + TWICE) & there)
        order = np.argsort(-chance[late], kind="stable")
    return Foretold(
        known=known, chance=chance, named=late[order][:NAMED], learned=learned, model=model, lesson=lesson, split=split
    )  # fmt: skip


def split_of(lesson: Lesson) -> Split:
    """Return the rows that teach, those of later regulars that calibrate, and those of the latest that judge.

    Both of the latter are as few months as have ten people of either kind. What isn't over when the next part begins,
    as of 1 February when March does, is left out.
    """
    days = sorted(set(lesson.cutoff.tolist()))
    judged_from = _from(lesson, days)
    later_from = _from(lesson, [day for day in days if day + HORIZON <= judged_from]) or judged_from
    between = (lesson.cutoff >= later_from) & (lesson.cutoff + HORIZON <= judged_from)
    return Split(
        train=np.flatnonzero(lesson.cutoff + HORIZON <= later_from),
        later=np.flatnonzero(between & lesson.regular),
        test=np.flatnonzero((lesson.cutoff >= judged_from) & lesson.regular),
    )


def scaled(model: Model, rows: Floats) -> Floats:
    """Return rows in standard deviations, of the features that a model has."""
    made = [feature.standard(rows[:, FEATURES.index(feature.column)]) for feature in model.features]
    return np.column_stack(made) if made else np.empty((len(rows), 0))


def _from(lesson: Lesson, days: list[int]) -> int:
    """Return the first of the last months that have enough people of either kind, of all where none do, 0 of none."""
    parts = [lesson.silent[(lesson.cutoff == day) & lesson.regular] for day in reversed(days)]
    silent = accumulate(int(part.sum()) for part in parts)
    active = accumulate(int((~part).sum()) for part in parts)
    pairs = zip(reversed(days), silent, active, strict=True)
    return next((day for day, *both in pairs if min(both) >= FEWEST_LATER), days[0] if days else 0)


def _standardised(lesson: Lesson) -> tuple[list[Feature], Floats]:
    """Return the features that differ between those who are learned from first, and all rows in these."""
    split = split_of(lesson)
    found = []
    for place, name in enumerate(FEATURES):
        column = lesson.rows[split.train, place]
        if len(column) and float(np.ptp(column)) > 0.0:
            usual, mean, spread = float(np.median(column)), float(column.mean()), float(column.std())
            found.append(Feature(column=name, kind="number", usual=usual, mean=mean, spread=spread))
    return found, scaled(blank_model("silent", _DATE, found), lesson.rows)


def _one_in(rows: int) -> int:
    return max(-(-rows // MOST_ROWS), 1)


def _odds(chance: Floats) -> Floats:
    found: Floats = np.log(np.clip(chance, 1e-9, 1 - 1e-9)) - np.log1p(-np.clip(chance, 1e-9, 1 - 1e-9))
    return found
