"""Groups of customers: planted ones are found again, and where there are none Kith says so."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.cli.segments import app
from core.analysis.segments import Customers, customers, segments

RUN = CliRunner()
END = date(2026, 6, 30)
# Days since the last time, days with a transaction, and what each came to.
PLANTED = {"regular": (2, 30, 50), "gone": (200, 2, 10), "new": (4, 1, 12)}


def orders() -> str:
    """Return transactions of 40 customers of each planted kind."""
    draw = np.random.default_rng(5)
    rows = ["customer,date,value"]
    for kind, (recency, times, value) in PLANTED.items():
        for number in range(40):
            last = recency + int(draw.integers(0, 3))
            for time in range(times):
                day = END - timedelta(days=last + time)
                rows.append(f"{kind}-{number},{day.isoformat()},{value + int(draw.integers(0, 5))}")
    rows.append(f"today,{END.isoformat()},12")
    return "\n".join(rows) + "\n"


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "orders.csv"
    path.write_text(text)
    return str(path)


def test_planted_groups_are_found_with_names_that_say_how_they_lie(tmp_path: Path) -> None:
    source = written(tmp_path, orders())
    result = RUN.invoke(app, ["--from", source, "--value", "value", "--json"])
    found = json.loads(result.stdout)
    assert (found["customers"], found["until"], found["reason"]) == (121, "2026-06-30", None)
    kinds = {
        each["name"]: {name.partition("-")[0] for name in each["customers"]} - {"today"} for each in found["segments"]
    }
    assert kinds == {
        "recent, often, high value": {"regular"},
        "recent, seldom, low value": {"new"},
        "past, seldom, low value": {"gone"},
    }
    assert min(each["stability"] for each in found["segments"]) >= 0.75
    assert RUN.invoke(app, ["--from", source]).stdout.count("days since the last time") >= 3


def test_customers_are_counted_by_day() -> None:
    found = customers(np.array([0, 0, 1, 0]), np.array([5, 5, 9, 7]), np.array([1.0, 2.0, 3.0, -1.0]), 10)
    assert (found.recency.tolist(), found.frequency.tolist()) == ([3.0, 1.0], [2.0, 1.0])
    assert found.value is not None
    assert found.value.tolist() == [2.0, 3.0]


def test_a_cloud_without_groups_has_none() -> None:
    draw = np.random.default_rng(2)
    found = [
        segments(Customers(recency=np.exp(a), frequency=np.exp(b), value=np.exp(c)))
        for a, b, c in (draw.normal(5, 1, (3, 300)) for _ in range(3))
    ]
    assert found == [[], [], []]


def test_too_few_and_all_alike_have_none() -> None:
    few, same = np.arange(9.0), np.ones(100)
    assert segments(Customers(recency=few, frequency=few, value=None)) == []
    assert segments(Customers(recency=same, frequency=same, value=same)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("customer,date\na,2026-01-05\nb,soon\n", "line 3: “soon” under “date” is no day"),
        ("customer,date\na,2026-01-05\n,2026-01-05\n", "line 3: “customer” is empty"),
        ("customer,date\na,2999-01-05\n", "line 2: “date” is 2999-01-05, a day to come"),
        ("who,date\na,2026-01-05\n", "no column “customer”"),
    ],
)
def test_a_table_that_can_not_be_used_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    result = RUN.invoke(app, ["--from", written(tmp_path, text)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert line in result.stderr
    assert result.stderr.count("\n") == 1
    few = RUN.invoke(app, ["--from", written(tmp_path, "customer,date\na,2026-01-05\n")])
    assert few.stdout.startswith("No stable groups")
