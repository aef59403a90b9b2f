"""`kith effect` as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.effect import app

RUN = CliRunner()
UNITS = [(unit, time, unit < 8 and time > 2) for unit in range(16) for time in range(6)]


def panel(treated: tuple[str, str] = ("0", "1")) -> str:
    """Return a panel of 16 units and 6 times in which half are treated from the fourth on, for 2 more."""
    rows = [f"u{u},{t},{treated[on]},{u + t * t + 2 * on + u * t % 3}" for u, t, on in UNITS]
    return "\n".join(["unit,time,treated,outcome", *rows, ""])


TABLE = "who,arm,came\n" + "".join(
    f"p{number},{'asked' if number % 2 else 'held out'},{int(number % (4 if number % 2 else 10) == number % 2)}\n"
    for number in range(2_000)
)


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "table.csv"
    path.write_text(text)
    return str(path)


def said(*words: str) -> dict[str, object]:
    result = RUN.invoke(app, [*words, "--json"])
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_a_table_gives_arms_comparisons_and_a_sentence(tmp_path: Path) -> None:
    table = written(tmp_path, TABLE)
    found = said("--from", table, "--outcome", "came", "--control", "held out")
    assert found["arms"] == [{"name": "held out", "n": 1000, "mean": 0.2}, {"name": "asked", "n": 1000, "mean": 0.5}]
    (each,) = found["comparisons"]
    assert set(each) >= {
        "arm", "estimate", "ci_low", "ci_high", "p", "always_valid_low", "always_valid_high", "mde",
    }  # fmt: skip
    assert found["srm"]["ok"] is True
    assert found["kind"] == "effect"
    assert found["sentence"].startswith("asked: +30.0 points of 100 against held out, between +")
    plain = RUN.invoke(app, ["--from", table, "--outcome", "came", "--control", "held out"])
    assert plain.stdout == f"{found['sentence']}\n"


def test_what_nobody_drew_is_an_association(tmp_path: Path) -> None:
    found = said(
        "--from", written(tmp_path, TABLE), "--outcome", "came", "--control", "held out", "--observational"
    )  # fmt: skip
    assert found["kind"] == "association"
    assert found["sentence"].startswith("An association, not an effect")


def test_arms_unlike_before_make_it_an_association(tmp_path: Path) -> None:
    rows = "".join(
        f"{'a' if number % 2 else 'control'},{number % 3},{3 * (number % 2) + number % 5}\n" for number in range(900)
    )
    found = said("--from", written(tmp_path, f"arm,outcome,before\n{rows}"), "--pre", "before")
    assert found["kind"] == "association"
    assert "differed before the start" in found["sentence"]


def test_a_draw_that_is_not_even_asks_for_its_split(tmp_path: Path) -> None:
    rows = "".join(f"{'control' if number % 10 == 0 else 'asked'},{number % 3 == 0:d}\n" for number in range(3_000))
    table = written(tmp_path, f"arm,outcome\n{rows}")
    assert "--split" in said("--from", table)["warnings"][0]
    assert said("--from", table, "--split", "asked=9,control=1")["warnings"] == []


def test_a_panel_gives_the_difference_in_differences(tmp_path: Path) -> None:
    found = said("--panel", written(tmp_path, panel()))
    assert found["ci_low"] <= found["estimate"] <= found["ci_high"]
    assert found["estimate"] == pytest.approx(2.0, abs=0.5)


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        (TABLE, [], "no column “outcome”"),
        (TABLE, ["--outcome", "who", "--control", "held out"], "line 2: “p0” under “who” is no number"),
        (TABLE, ["--outcome", "came", "--arm", "who", "--control", "p1"], "two arms"),
        (TABLE, ["--outcome", "came"], "Which arm is the control"),
        (TABLE, ["--outcome", "came", "--control", "held out", "--split", "asked"], "is no split"),
        (TABLE, ["--outcome", "came", "--control", "held out", "--split", "asked=1,other=2"], "each arm once"),
        ("arm,outcome\n", [], "no rows"),
        ("arm,outcome\ncontrol,1\ncontrol,2\n", [], "two arms"),
        ("arm,outcome\ncontrol,1\n,2\n", [], "line 3: “arm” is empty"),
        ("arm,outcome\ncontrol,1\ncontrol,nan\na,1\na,2\n", [], "line 3: “nan”"),
        ("", [], "no column"),
    ],
)
def test_a_table_that_can_not_be_used_is_one_line(tmp_path: Path, text: str, words: list[str], line: str) -> None:
    result = RUN.invoke(app, ["--from", written(tmp_path, text), *words])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert line in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (panel(("0", "2")), "“2” under “treated” is neither 0 nor 1"),
        (panel(("0", "0")), "changes within no unit"),
        (panel() + "u1,0,0,1\n", "one row for each"),
    ],
)
def test_a_panel_that_can_not_be_used_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    result = RUN.invoke(app, ["--panel", written(tmp_path, text)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert line in result.stderr


def test_one_of_two_files_is_asked_for(tmp_path: Path) -> None:
    for words in ([], ["--from", "a.csv", "--panel", "b.csv"]):
        result = RUN.invoke(app, words)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    missing = RUN.invoke(app, ["--from", str(tmp_path / "none.csv")])
    assert missing.exit_code == 2
    assert "no file" in missing.stderr
