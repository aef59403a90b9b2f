"""`kith recommend` as it is called."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.recommend import app
from tests.world.signals import community

RUN = CliRunner()


def written(tmp_path: Path, text: str, name: str = "table.csv") -> str:
    path = tmp_path / name
    path.write_text(text)
    return str(path)


def ratings(day: str = "{:.4f}") -> str:
    past, _ = community(100, 30, 6)
    rows = [
        f"m{member},i{item},{day.format(when)},{5 if member % 2 else 3}"
        for member, item, when in zip(past.member, past.item, past.day, strict=True)
    ]
    return "\n".join(["who,what,at,stars", *rows, ""])


COLUMNS = ["--user", "who", "--item", "what", "--time", "at"]
LOGS = "action,reward,propensity,place\n" + "".join(
    f"{'ab'[number % 5 == 0]},{int(number % 7 == 0)},{0.2 if number % 5 == 0 else 0.8},{number % 3}\n"
    for number in range(1_000)
)


@pytest.mark.parametrize("split", ["time", "last", "random"])
def test_evaluate_prints_each_recommender(tmp_path: Path, split: str) -> None:
    words = ["evaluate", "--ratings", written(tmp_path, ratings()), *COLUMNS, "--split", split]
    result = RUN.invoke(app, [*words, "--json"])
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    names = {each["name"] for each in found["recommenders"]}
    assert names == {"decayed_popularity", "popularity", "item_to_item", "bm25", "ease", "blend"}
    for each in found["recommenders"]:
        assert {"ndcg", "recall", "coverage", "ci_low", "ci_high", "fit_seconds", "recommend_seconds"} <= set(each)
        assert 0.0 <= each["ci_low"] <= each["ndcg"] <= each["ci_high"] <= 1.0
    assert 0.0 <= found["warm_share"] <= 1.0
    plain = RUN.invoke(app, words).stdout.splitlines()
    assert len(plain) == 2 + len(names)


def test_ratings_below_the_least_say_nothing(tmp_path: Path) -> None:
    table = written(tmp_path, ratings())
    words = ["evaluate", "--ratings", table, *COLUMNS, "--split", "last", "--json"]
    everybody = json.loads(RUN.invoke(app, words).stdout)["members"]
    some = json.loads(RUN.invoke(app, [*words, "--value", "stars", "--min-value", "4"]).stdout)["members"]
    assert 0 < some < everybody


def test_judge_prints_an_estimate(tmp_path: Path) -> None:
    logs = written(tmp_path, LOGS)
    result = RUN.invoke(app, ["judge", "--logs", logs, "--position", "place", "--json"])
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert set(found) == {"estimate", "ci_low", "ci_high", "ess", "refused"}
    assert found["ci_low"] < 0.143 < found["ci_high"]
    policy = written(tmp_path, "action,probability\na,0.8\nb,0.2\n", "policy.csv")
    same = json.loads(RUN.invoke(app, ["judge", "--logs", logs, "--policy", policy, "--json"]).stdout)
    assert same["estimate"] == pytest.approx(0.143)
    assert same["ess"] == pytest.approx(1_000)
    assert "a showing, between" in RUN.invoke(app, ["judge", "--logs", logs]).stdout


def test_judge_refuses_few(tmp_path: Path) -> None:
    logs = written(tmp_path, "".join(LOGS.splitlines(keepends=True)[:60]))
    found = json.loads(RUN.invoke(app, ["judge", "--logs", logs, "--json"]).stdout)
    assert (found["refused"], found["estimate"]) == (True, None)
    assert RUN.invoke(app, ["judge", "--logs", logs]).stdout.startswith("Not to be judged")


@pytest.mark.parametrize(
    ("words", "table", "line"),
    [
        (["evaluate", "--ratings", "FILE"], "a,b\n1,2\n", "has no column “user”. It has: a, b."),
        (["evaluate", "--ratings", "FILE"], "user,item\n", "a header and no rows"),
        (["evaluate", "--ratings", "FILE"], "user,item\na,x\n", "leaves nothing to learn from"),
        (["evaluate", "--ratings", "FILE", "--time", "at"], "user,item,at\na,x,soon\n", "line 2: “soon” is no time"),
        (["evaluate", "--ratings", "FILE", "--split", "half"], "", "“half” is no split"),
        (["evaluate", "--ratings", "FILE", "--k", "0"], "", "--k is a whole number from 1"),
        (["evaluate", "--ratings", "FILE", "--min-value", "4"], "", "--min-value needs --value"),
        (
            ["evaluate", "--ratings", "FILE", "--value", "v", "--min-value", "4"],
            "user,item,v\na,x,1\n",
            "no rating of 4",
        ),
        (["judge", "--logs", "FILE"], "action,reward,propensity\na,1,0\n", "line 2: “0” under “propensity” is no prob"),
        (["judge", "--logs", "FILE"], "action,reward,propensity\na,one,0.5\n", "“one” under “reward” is no number"),
        (
            ["judge", "--logs", "FILE", "--policy", "FILE"],
            "action,reward,propensity,probability\na,1,1,0.5\n",
            "add up to 0.5",
        ),
        (["judge", "--logs", "nowhere.csv"], "", "nowhere.csv"),
    ],
)
def test_bad_input_is_one_line(tmp_path: Path, words: list[str], table: str, line: str) -> None:
    path = written(tmp_path, table)
    result = RUN.invoke(app, [path if word == "FILE" else word for word in words])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert line in result.stderr


@pytest.mark.shared_data
def test_judge_covers_what_the_uniform_policy_brought(shared_data: Path, tmp_path: Path) -> None:
    """As `kith recommend judge` reads the bandit's logs, place by place, against the uniform log's own mean, 0.0046."""
    logs = tmp_path / "shown.csv"
    logs.write_bytes(gzip.decompress((shared_data / "recommend" / "open-bandit" / "bts_men.csv.gz").read_bytes()))
    columns = ["--action", "item_id", "--reward", "click", "--propensity", "propensity_score", "--position", "position"]
    found = json.loads(RUN.invoke(app, ["judge", "--logs", str(logs), *columns, "--json"]).stdout)
    assert (round(found["ess"]), found["refused"]) == (656, False)
    assert found["ci_low"] < 0.0046 < found["ci_high"]
