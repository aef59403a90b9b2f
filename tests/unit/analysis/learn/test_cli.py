"""`kith learn` and `kith predict` as they are called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.learn import app as learn_app
from bot.cli.predict import app as predict_app
from tests.unit.analysis.learn.tables import members, write

RUN = CliRunner()
WORDS = ["--label", "left", "--id", "member", "--date", "month"]


def learned(source: str, *words: str) -> dict[str, Any]:
    result = RUN.invoke(learn_app, ["--from", source, *words, "--json"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "NaN" not in result.stdout
    return json.loads(result.stdout)


def test_a_table_gives_figures_features_and_a_model_that_predicts_with_reasons(tmp_path: Path) -> None:
    rows = members()
    source, model = write(tmp_path / "members.csv", rows), tmp_path / "model.json"
    found = learned(source, *WORDS, "--test-from", "2026-09-01", "--out", str(model))
    assert found["served"] == "logistic"
    assert found["test_from"] == "2026-09-28"
    assert 0.7 < found["auc"] < 0.9
    assert found["brier"] < found["brier_base"]
    assert found["boosting"]["auc"] > 0.6
    assert found["features"][0]["name"] == "active_days"
    assert found["features"][0]["coefficient"] < 0
    assert {"column": "always", "reason": "constant"} in found["left_out"]
    assert found["model"] == str(model)

    result = RUN.invoke(predict_app, ["--model", str(model), "--from", source, "--id", "member", "--json"])
    said = json.loads(result.stdout)["predictions"]
    chance = {each["id"]: each["probability"] for each in said}
    quiet = [chance[row["member"]] for row in rows if row["active_days"] in {"0", "1"}]
    lively = [chance[row["member"]] for row in rows if row["active_days"] in {"26", "27"}]
    assert min(quiet) > max(lively)
    first = next(each for each, row in zip(said, rows, strict=True) if row["active_days"] == "0")
    assert first["reasons"][0]["text"] == "active_days 0 makes it likelier"
    assert len(first["reasons"]) == 3


def test_a_table_without_dates_is_judged_by_folds(tmp_path: Path) -> None:
    found = learned(write(tmp_path / "t.csv", members()), "--label", "left", "--id", "member")
    assert found["served"] == "logistic"
    assert {each["column"]: each["reason"] for each in found["left_out"]} == {
        "month": "dates", "joined": "dates", "always": "constant",
    }  # fmt: skip
    plain = RUN.invoke(learn_app, ["--from", str(tmp_path / "t.csv"), "--label", "left", "--id", "member"])
    assert plain.stdout.startswith("logistic serves; on average ")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (members(60), "Not enough history yet: 30 rows"),
        ([{**row, "left": "no"} for row in members(400)], "Not enough history yet: 30 rows"),
        ([{"member": row["member"], "same": "1", "left": row["left"]} for row in members(400)], "no column differs"),
        (members(1_200, truth=False), "no better than"),
    ],
    ids=["few", "one class", "constant", "no truth"],
)
def test_what_can_not_be_foretold_is_not_served(tmp_path: Path, rows: list[dict[str, str]], reason: str) -> None:
    model = tmp_path / "model.json"
    found = learned(write(tmp_path / "t.csv", rows), "--label", "left", "--id", "member", "--out", str(model))
    assert found["served"] is None
    assert reason in found["reason"]
    assert not model.exists()


def changed(column: str, value: str, row: int = 3) -> list[dict[str, str]]:
    """Return the members with another cell in one row, whose line is two more."""
    rows = members(300)
    rows[row][column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "words", "line"),
    [
        (members(300), ["--label", "gone"], "no column “gone”"),
        (changed("left", ""), WORDS, "line 5: “left” is empty"),
        (changed("left", "maybe"), WORDS, "line 5: “maybe” under “left”"),
        (changed("month", "soon"), WORDS, "line 5: “soon” under “month” is no day"),
        (changed("month", "2999-01-01"), WORDS, "line 5: “month” is 2999-01-01, a day to come"),
        (changed("joined", "2026-11-02"), WORDS, "line 5: “joined” is 2026-11-02, after the row's own day 2026-01-28"),
        (changed("joined", "2026-11-02", 299), WORDS, "line 301: “joined” is 2026-11-02, after"),
        (changed("joined", "2026-01-29"), WORDS, "line 5: “joined” is 2026-01-29, after"),
        (changed("active_days", "many", 299), WORDS, "line 301: “many” under “active_days” is no number"),
        (members(300), [*WORDS, "--test-from", "may"], "“may” is no day"),
        (members(300), ["--label", "left", "--test-from", "2026-05-01"], "--date"),
    ],
)
def test_a_table_that_can_not_be_used_is_one_line(
    tmp_path: Path, rows: list[dict[str, str]], words: list[str], line: str
) -> None:
    result = RUN.invoke(learn_app, ["--from", write(tmp_path / "t.csv", rows), *words])
    assert (result.exit_code, result.stdout) == (2, "")
    assert line in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_feature_of_the_row_s_own_day_is_known(tmp_path: Path) -> None:
    rows = changed("joined", "2026-01-28")
    assert learned(write(tmp_path / "t.csv", rows), *WORDS)["n"] == 300


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"format": "other"},
        {"weights": []},
        {"line": [1]},
        {"features": [{"column": "a", "kind": "code"}]},
        {"base_rate": "x"},
        {"trees": [{"feature": [0, 0], "threshold": [0, 0], "left": [0, -1], "right": [1, -1], "value": [0, 0]}]},
    ],
)
def test_what_is_no_model_is_one_line(tmp_path: Path, change: dict[str, Any]) -> None:
    model = tmp_path / "model.json"
    source = write(tmp_path / "t.csv", members(600))
    learned(source, *WORDS, "--out", str(model))
    model.write_text(json.dumps({**json.loads(model.read_text()), **change}))
    result = RUN.invoke(predict_app, ["--model", str(model), "--from", source])
    assert (result.exit_code, result.stderr) == (
        2,
        "kith: model.json is no model of this version. Make one with kith learn --out.\n",
    )


def test_a_table_that_lacks_a_feature_is_one_line(tmp_path: Path) -> None:
    model = tmp_path / "model.json"
    source = write(tmp_path / "t.csv", members(600))
    learned(source, *WORDS, "--out", str(model))
    less = write(tmp_path / "less.csv", [{"member": "a", "month": "2026-01-28"}])
    result = RUN.invoke(predict_app, ["--model", str(model), "--from", less])
    assert result.exit_code == 2
    assert "less.csv has no column “active_days”" in result.stderr
    for nothing in (b"\x80\x04K\x01.", b"[1]", b"{}"):
        model.write_bytes(nothing)
        assert RUN.invoke(predict_app, ["--model", str(model), "--from", source]).exit_code == 2
