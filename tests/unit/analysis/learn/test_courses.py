"""Withdrawal from courses (OULAD): learned from 2013, judged on 2014."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest

from core.analysis.learn import Learned, learn_table
from core.files.table import Table, read_table

STARTS = {"2013B": "2013-02-01", "2013J": "2013-10-01", "2014B": "2014-02-01", "2014J": "2014-10-01"}
EDUCATION = (
    "No Formal quals",
    "Lower Than A Level",
    "A Level or Equivalent",
    "HE Qualification",
    "Post Graduate Qualification",
)
AGES = ("0-35", "35-55", "55<=")
STANDINGS = (
    "score",
    "score by tutors",
    "score by computer",
    "late",
    "handed in",
    "days since",
    "registered",
    "credits",
    "left out",
)
KNOWN_BY = 30  # days after the start


def read(folder: Path, name: str) -> list[dict[str, str]]:
    columns = read_table(folder / "learning" / name).columns
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def course(row: dict[str, str]) -> tuple[str, str]:
    return row["code_module"], row["code_presentation"]


def enrolments(folder: Path) -> list[dict[str, str]]:
    """Return who was enrolled on day 30, what was known by then, and who withdrew later.

    Scores, haste and credits say something beside those of the same course only: each is so many standard deviations
    from its mean (`STANDINGS`).
    """
    dates = {(*course(row), row["id_student"]): row for row in read(folder, "studentRegistration.csv.gz")}
    tasks = {row["id_assessment"]: row for row in read(folder, "assessments.csv")}
    done = defaultdict(list)
    for row in read(folder, "studentAssessment.csv.gz"):
        if int(row["date_submitted"]) <= KNOWN_BY:
            done[*course(tasks[row["id_assessment"]]), row["id_student"]].append(row)
    due = defaultdict(set)
    for row in tasks.values():
        if row["date"] and int(row["date"]) <= KNOWN_BY:
            due[course(row)].add(row["id_assessment"])
    found: list[dict[str, str]] = []
    figures: list[dict[str, float | None]] = []
    for row in read(folder, "studentInfo.csv.gz"):
        key = (*course(row), row["id_student"])
        begin, end = dates[key]["date_registration"], dates[key]["date_unregistration"]
        if not begin or int(begin) > KNOWN_BY or (end and int(end) <= KNOWN_BY):
            continue
        missed = due[key[:2]] - {each["id_assessment"] for each in done[key]}
        found.append({
            "gender": row["gender"],
            "education": str(EDUCATION.index(row["highest_education"])),
            "deprivation": row["imd_band"].partition("-")[0],
            "age": str(AGES.index(row["age_band"])),
            "disability": row["disability"],
            "attempts": row["num_of_prev_attempts"],
            "module": row["code_module"],
            "started": STARTS[row["code_presentation"]],
            "missed": str(len(missed) / len(due[key[:2]])) if due[key[:2]] else "",
            "banked": str(sum(each["is_banked"] == "1" for each in done[key])),
            "withdrew": str(int(bool(end))),
        })  # fmt: skip
        figures.append({
            **_done([(tasks[each["id_assessment"]], each) for each in done[key] if each["is_banked"] == "0"]),
            "registered": float(begin),
            "credits": float(row["studied_credits"]),
            "left out": float(len(missed)),
        })  # fmt: skip
    for name in STANDINGS:
        usual = defaultdict(list)
        for row, of in zip(found, figures, strict=True):
            usual[row["module"], row["started"]].append(np.nan if of[name] is None else of[name])
        beside = {
            each: (np.nanmean(values), np.nanstd(values))
            for each, values in usual.items()
            if not np.all(np.isnan(values))
        }
        for row, of in zip(found, figures, strict=True):
            middle, spread = beside.get((row["module"], row["started"]), (0.0, 0.0))
            row[name] = str((of[name] - middle) / spread) if spread and of[name] is not None else ""
    return found


def _done(given: list[tuple[dict[str, str], dict[str, str]]]) -> dict[str, float | None]:
    """Return what is known of the work that somebody handed in."""
    scores = [(task["assessment_type"], float(each["score"])) for task, each in given if each["score"]]
    late = [int(each["date_submitted"]) - int(task["date"]) for task, each in given if task["date"]]
    of = {kind: [score for one, score in scores if kind in ("", one)] for kind in ("", "TMA", "CMA")}
    return {
        "score": fmean(of[""]) if of[""] else None,
        "score by tutors": fmean(of["TMA"]) if of["TMA"] else None,
        "score by computer": fmean(of["CMA"]) if of["CMA"] else None,
        "late": fmean(late) if late else None,
        "handed in": float(len(given)),
        "days since": float(KNOWN_BY - max((int(each["date_submitted"]) for _, each in given), default=-60)),
    }


@pytest.mark.shared_data
def test_withdrawal_by_module(shared_data: Path) -> None:
    rows = read(shared_data, "studentInfo.csv.gz")
    every = Counter(row["code_module"] for row in rows)
    gone = Counter(row["code_module"] for row in rows if row["final_result"] == "Withdrawn")
    assert (len(rows), gone.total()) == (32_593, 10_156)
    assert {module: round(100 * gone[module] / every[module], 1) for module in every} == {
        "AAA": 16.8, "BBB": 30.2, "CCC": 44.5, "DDD": 35.9, "EEE": 24.6, "FFF": 31.0, "GGG": 11.5,
    }  # fmt: skip


def learned(rows: list[dict[str, str]]) -> Learned:
    table = Table(
        name="courses", lines=range(2, len(rows) + 2), columns={name: [row[name] for row in rows] for name in rows[0]}
    )
    return learn_table(
        table, "withdrew", drop=[], dates="started", test_from=date(2014, 1, 1), today=date(2026, 1, 1)
    ).learned  # fmt: skip


# CCC has no 2013 to learn from.
@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("new_course", "n", "logistic", "boosting"), [(False, 12_189, 0.67, 0.665), (True, 15_689, 0.69, 0.67)]
)
def test_withdrawal_of_a_later_year(
    shared_data: Path, new_course: bool, n: int, logistic: float, boosting: float
) -> None:
    found = learned([row for row in enrolments(shared_data) if new_course or row["module"] != "CCC"])
    assert found.logistic is not None
    assert found.boosting is not None
    assert found.chosen is not None
    assert found.model is not None
    assert found.chosen.n == n
    assert found.logistic.auc >= logistic
    assert found.boosting.auc >= boosting
    assert found.chosen.brier < found.chosen.brier_base
    # Who withdraws, and why, changed between the years: Kith must not say that these probabilities are exact.
    assert not found.chosen.calibrated


def test_a_value_that_came_up_lately_is_learned_from() -> None:
    days = [date(2025, 1 + row // 100, 1).isoformat() for row in range(400)]
    columns = {
        "gone": [str(row % 3 // 2) for row in range(400)],
        "plan": ["new" if row >= 200 and row % 2 else "old" for row in range(400)],
        "day": days,
    }
    table = Table(name="plans", lines=range(2, 402), columns=columns)
    found = learn_table(table, "gone", drop=[], dates="day", test_from=date(2025, 4, 1), today=date(2026, 1, 1))
    assert found.learned.candidate is not None
    assert [feature.name for feature in found.learned.candidate.features] == ["plan: new"]
