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


def test_a_table_whose_value_is_noise_has_its_groups_by_the_rest(tmp_path: Path) -> None:
    draw, seen = np.random.default_rng(6), set[str]()
    rows = ["customer,date,value"]
    for row in orders().splitlines()[1:]:
        customer, day, _ = row.split(",")
        rows.append(f"{customer},{day},{0 if customer in seen else np.exp(draw.normal(4, 1)):.2f}")
        seen.add(customer)
    source = written(tmp_path, "\n".join(rows) + "\n")
    found = json.loads(RUN.invoke(app, ["--from", source, "--value", "value", "--json"]).stdout)
    assert found["aside"] == ["value"]
    assert {each["name"]: each["size"] for each in found["segments"]} == {
        "recent, often": 40,
        "recent, seldom": 41,
        "past, seldom": 40,
    }
    said = RUN.invoke(app, ["--from", source, "--value", "value"]).stdout
    assert said.startswith("Left aside, as it doesn't tell these groups apart: value.\n")


def test_customers_are_counted_by_day() -> None:
    found = customers(np.array([0, 0, 1, 0]), np.array([5, 5, 9, 7]), np.array([1.0, 2.0, 3.0, -1.0]), 10)
    assert (found.recency.tolist(), found.frequency.tolist()) == ([3.0, 1.0], [2.0, 1.0])
    assert found.value is not None
    assert found.value.tolist() == [2.0, 3.0]


def lying(draw: np.random.Generator, middles: list[tuple[float, ...]], spread: float = 0.35) -> list[np.ndarray]:
    """Return a column for each figure of groups of 40 around their middles, in logarithms."""
    rows = [draw.normal(middle, spread) for middle in middles for _ in range(40)]
    return [np.exp(column) for column in np.transpose(rows)]


NOISE = {
    "many sizes": lambda draw, count: np.exp(draw.normal(4, 1, count)),
    "all alike": lambda draw, count: draw.normal(100, 20, count),
    "evenly spread": lambda draw, count: draw.random(count) * 1_000,
    "half nothing": lambda draw, count: np.where(draw.random(count) < 0.5, 0, np.exp(draw.normal(4, 1, count))),
}


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("aside", ["recency", "frequency", "value"])
def test_a_column_that_holds_nothing_hides_no_groups(noise: str, aside: str) -> None:
    draw = np.random.default_rng(1)
    columns = lying(draw, [(1.0, 3.5), (1.2, 1.5), (4.0, 2.5), (5.3, 0.7)])
    columns.insert(["recency", "frequency", "value"].index(aside), NOISE[noise](draw, 160))
    found = segments(Customers(recency=columns[0], frequency=columns[1], value=columns[2]))
    kinds = [np.bincount(each.members // 40, minlength=4) for each in found]
    assert {int(each.argmax()) for each in kinds} == {0, 1, 2, 3}
    assert sum(each.max() for each in kinds) >= 152
    assert {(each.aside, len(each.name)) for each in found} == {((aside,), 2)}
    assert min(each.stability for each in found) >= 0.75


def test_what_only_value_tells_apart_is_told_apart() -> None:
    draw = np.random.default_rng(4)
    middles = [(1.0, 3.5, 2.0), (1.0, 3.5, 6.0), (5.3, 0.7, 2.0)]
    recency, frequency, value = lying(draw, middles)
    found = segments(Customers(recency=recency, frequency=frequency, value=value))
    assert sorted(len(each.members) for each in found) == [40, 40, 40]
    assert {each.aside for each in found} == {()}
    assert ("recent", "often", "much") in {each.name for each in found}


def clouds(draw: np.random.Generator, count: int) -> dict[str, Customers]:
    """Return customers without groups: unlike in all, alike in all, and as they come who buy now and then."""
    free = np.exp(draw.normal(4, 1, (3, count)))
    bent = np.exp(draw.multivariate_normal([3, 2, 3], [[1, -0.6, -0.5], [-0.6, 1, 0.8], [-0.5, 0.8, 1]], count).T)
    even = draw.random((3, count)) * [[365], [90], [1_000]]
    times = np.maximum(draw.poisson(draw.gamma(1, 8, count)), 1)
    who = np.repeat(np.arange(count), times)
    come = customers(who, draw.integers(0, 365, len(who)), np.exp(draw.normal(3, 0.6, len(who))), 364)
    return {
        "free": Customers(recency=free[0], frequency=free[1], value=free[2]),
        "without value": Customers(recency=free[0], frequency=free[1], value=None),
        "bent": Customers(recency=bent[0], frequency=bent[1], value=bent[2]),
        "bent without value": Customers(recency=bent[0], frequency=bent[1], value=None),
        "bent beside noise": Customers(recency=bent[0], frequency=bent[1], value=free[2]),
        "even": Customers(recency=even[0], frequency=even[1], value=even[2]),
        "come": come,
        "come beside noise": Customers(recency=come.recency, frequency=come.frequency, value=free[2]),
    }


@pytest.mark.parametrize(("count", "seeds"), [(100, 3), (300, 1)])
def test_clouds_without_groups_have_none(count: int, seeds: int) -> None:
    found = [
        (name, seed)
        for seed in range(seeds)
        for name, cloud in clouds(np.random.default_rng(seed), count).items()
        if segments(cloud)
    ]
    assert found == []


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
