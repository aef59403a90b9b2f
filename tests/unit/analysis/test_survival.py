"""How long people stay, against published figures and known hazards, and `kith survival` as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.cli.survival import app
from core.analysis.survival import kaplan_meier, shifted_beta_geometric

RUN = CliRunner()
# Weeks in remission under 6-MP (Freireich and others 1963); + is still in remission.
REMISSION = [
    *("6", "6", "6", "6+", "7", "9+", "10", "10+", "11+", "13", "16"),
    *("17+", "19+", "20+", "22", "23", "25+", "32+", "32+", "34+", "35+"),
]
WEEKS = np.array([float(text.rstrip("+")) for text in REMISSION])
RELAPSED = np.array([not text.endswith("+") for text in REMISSION])
# What a renewal left of 100 customers, years 0 to 12 (Fader and Hardie 2007, two segments).
HIGH_END = np.array([100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4])
REGULAR = np.array([100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3])


def test_the_published_curve_comes_out() -> None:
    found = kaplan_meier(WEEKS, RELAPSED)
    left = found.events > 0
    assert found.times[left].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.at_risk[left].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found.events[left].tolist() == [3, 1, 1, 1, 1, 1, 1]
    published = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert found.share[left] == pytest.approx(published, abs=0.0005)
    assert (found.low[left][0], found.high[left][0]) == pytest.approx((0.620, 0.952), abs=0.0005)
    assert found.median()[0] == 23


def test_who_is_seen_late_is_at_risk_from_then_on() -> None:
    found = kaplan_meier(np.array([3.0, 5.0, 5.0, 8.0]), np.array([True, True, False, True]), np.array([0, 3, 0, 4.0]))
    assert found.at_risk.tolist() == [2, 3, 1]
    assert found.share == pytest.approx([1 / 2, 1 / 2 * 2 / 3, 0.0])
    assert not np.isnan([*found.low, *found.high]).any()


def test_a_curve_that_everybody_left_before_others_came_says_so() -> None:
    found = kaplan_meier(np.array([1.0, 5.0, 6.0]), np.array([True, True, False]), np.array([0.0, 2.0, 2.0]))
    assert found.broken
    with pytest.raises(ValueError, match="entry"):
        kaplan_meier(np.array([1.0]), np.array([True]), np.array([2.0]))


@pytest.mark.parametrize(("n", "late"), [(50, False), (50, True), (500, False), (500, True), (5_000, True)])
def test_intervals_cover_a_known_hazard(n: int, late: bool) -> None:
    draw = np.random.default_rng([n, late])
    repetitions = 2_000
    covered = 0
    for _ in range(repetitions):
        entry = draw.uniform(0, 3, n) if late else np.zeros(n)
        gone = entry + draw.exponential(10.0, n) if late else draw.exponential(10.0, n)
        until = np.minimum(gone, entry + draw.uniform(4, 20, n))
        found = kaplan_meier(until, gone <= until, entry, level=0.9)
        place = np.searchsorted(found.times, 8.0, "right") - 1
        covered += found.low[place] <= np.exp(-0.8) <= found.high[place]
    assert covered / repetitions == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize(
    ("share", "alpha", "beta"), [(HIGH_END, 0.668, 3.806), (REGULAR, 0.704, 1.182)], ids=["high end", "regular"]
)
def test_the_published_renewals_come_out(share: np.ndarray, alpha: float, beta: float) -> None:
    found = shifted_beta_geometric(-np.diff(share[:8]), share[1:8])
    assert found is not None
    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), abs=0.0006)
    # Seven years foretell five more within two of 100 customers.
    assert np.abs(100 * found.surviving(12) - share).max() < 2.0
    assert np.cumprod(found.retention(12)) == pytest.approx(found.surviving(12)[1:])


def test_renewals_that_tell_nothing_give_no_forecast() -> None:
    assert shifted_beta_geometric(np.zeros(4), np.full(4, 10.0)) is None
    assert shifted_beta_geometric(np.array([3.0]), np.array([10.0])) is None


def written(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "people.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


WORDS = ["--duration", "weeks", "--event", "left"]
ROWS = "".join(f"{text.rstrip('+')},{int(not text.endswith('+'))}\n" for text in REMISSION)


def test_a_table_gives_the_curve(tmp_path: Path) -> None:
    table = written(tmp_path, "weeks,left\n" + ROWS)
    result = RUN.invoke(app, ["--from", table, *WORDS, "--json"])
    found = json.loads(result.stdout)
    assert (found["n"], found["events"], found["censored"], found["median"]) == (21, 9, 12, 23.0)
    assert found["median_high"] is None
    assert set(found["curve"][0]) == {"time", "at_risk", "events", "survival", "low", "high"}
    plain = RUN.invoke(app, ["--from", table, *WORDS])
    assert "After 6: 85.7 % are there, between 62.0 % and 95.2 %." in plain.stdout


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("weeks,left\n3,1\n", ["--duration", "days", "--event", "left"], "no column “days”"),
        ("weeks,left\n3,1\nlong,0\n", WORDS, "line 3: “long”"),
        ("weeks,left\n3,\n", WORDS, "line 2: “left” is empty"),
        ("weeks,left\n3,2\n", WORDS, "line 2: “2” under “left”"),
        ("weeks,left\n3,1\n-2,1\n", WORDS, "line 3: “weeks” is below 0"),
        ("weeks,left,from\n3,1,1\n2,1,4\n", [*WORDS, "--entry", "from"], "line 3: “from” lies after “weeks”"),
        ("weeks;left\n3;1\n", WORDS, "line 1: the columns are parted by “;”"),
        ("weeks,left\n3,1\n4\n", WORDS, "line 3: 1 cells"),
        ("weeks,left,weeks\n3,1,4\n", WORDS, "line 1: two columns"),
        ("weeks,left\n3,1\n4,né\n".encode("latin-1"), WORDS, "line 3: this is not UTF-8"),
        ("weeks,left\n3,1\n".encode("utf-16"), WORDS, "line 1: this is not UTF-8"),
    ],
)
def test_a_table_that_can_not_be_used_is_one_line(
    tmp_path: Path, text: str | bytes, words: list[str], line: str
) -> None:
    result = RUN.invoke(app, ["--from", written(tmp_path, text), *words])
    assert (result.exit_code, result.stdout) == (2, "")
    assert line in result.stderr
    assert result.stderr.count("\n") == 1
