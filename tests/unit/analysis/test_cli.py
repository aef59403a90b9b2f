"""`kith network` and `kith states` as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.network import app as network
from bot.cli.states import app as states

RUN = CliRunner()


def test_network_prints_one_json_object(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target,kilos\na,b,2\nb,a,1\nc,a,1\n")
    result = RUN.invoke(network, ["--edges", str(path), "--weight", "kilos", "--json"])
    found = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert set(found) >= {"members", "circles", "health", "parameters"}
    assert set(found["members"][0]) == {
        "name", "pagerank", "in_degree", "out_degree", "bridging", "core", "clustering", "circle",
    }  # fmt: skip
    assert set(found["health"]) >= {
        "nodes", "ties", "weight", "reciprocity", "components", "modularity", "decentralisation", "fragmentation",
    }  # fmt: skip
    assert found["health"]["weight"] == 4.0
    assert found["parameters"]["weight"] == "kilos"


def test_network_fades_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("a,b,2026-01-01\nb,a,2026-01-31\n")
    found = json.loads(RUN.invoke(network, ["--edges", str(path), "--half-life", "30", "--json"]).stdout)
    assert found["health"]["weight"] == pytest.approx(1.5)
    assert found["parameters"]["half_life"] == 30


def test_network_says_what_it_found(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("a,b\n")
    result = RUN.invoke(network, ["--edges", str(path)])
    assert result.exit_code == 0
    assert "too few ties: 1 of 30 needed" in result.stdout


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (None, []),
        ("a\n", []),
        ("a,b\n", ["--weight", "kilos"]),
        ("a,b\n", ["--half-life", "30"]),
        ("a,b,1\n", ["--half-life", "0"]),
    ],
)
def test_bad_input_ends_with_2_and_one_line(tmp_path: Path, text: str | None, options: list[str]) -> None:
    path = tmp_path / "ties.csv"
    if text is not None:
        path.write_text(text)
    result = RUN.invoke(network, ["--edges", str(path), "--json", *options])
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1


def test_network_without_a_file_asks_for_one() -> None:
    result = RUN.invoke(network, ["--json"])
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)


def test_states_print_one_json_object(tmp_path: Path) -> None:
    path = tmp_path / "talk.csv"
    path.write_text("day,source,target,kind,count\n1,a,b,reply,3\n8,b,a,mention,1\n")
    result = RUN.invoke(states, ["--interactions", str(path), "--json"])
    found = json.loads(result.stdout)
    assert (result.exit_code, len(found["windows"])) == (0, 2)
    assert found["windows"][0]["states"]["active"] == ["a", "b"]
    assert "newly active" in RUN.invoke(states, ["--interactions", str(path)]).stdout


def test_states_of_a_bad_file_end_with_2(tmp_path: Path) -> None:
    path = tmp_path / "talk.csv"
    path.write_text("day,source,target\nsoon,a,b\n")
    result = RUN.invoke(states, ["--interactions", str(path), "--json"])
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
