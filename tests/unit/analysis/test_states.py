"""Member states: the peer's sets, recorded, from the same interactions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.analysis.interactions import read_interactions
from core.analysis.states import Interactions, States, Thresholds, states
from core.domain.errors import BadInput, NotFound
from tests.benchmarks.states_fixtures import PEER_SETS, PEER_THRESHOLDS

DATA = Path(__file__).parent / "data"


def interactions_of(given: dict[str, Any]) -> Interactions:
    day, source, target, kind, count = zip(*given["rows"], strict=True)
    joined = np.array(given["joined"])
    return Interactions(
        given["names"],
        given["days"],
        np.array(day),
        np.array(source),
        np.array(target),
        np.array(count),
        np.array([given["kinds"].index(each) for each in kind]),
        given["kinds"],
        # The peer is told the window in which a member joined; here it is the window's newest day.
        np.where(joined < 0, -1, joined + given["window"] - 1),
    )


def states_of(given: dict[str, Any]) -> States:
    rules = {ours: given["thresholds"][name] for ours, name in PEER_THRESHOLDS.items()}
    thresholds = Thresholds(window=given["window"], **rules)
    return states(interactions_of(given), thresholds, only_given=given["only_given"], only_got=given["only_got"])


@pytest.mark.parametrize("case", ["loose", "other", "kinds"])
def test_the_sets_are_the_peers(case: str) -> None:
    recorded = json.loads((DATA / f"states_{case}.json").read_text())
    found = states_of(recorded["given"])
    for state in PEER_SETS:
        flags = ["".join("01"[flag] for flag in window) for window in found.of(state).tolist()]
        assert flags == recorded["states"][state], state


def test_every_state_occurs_in_the_recorded_sets() -> None:
    recorded = [json.loads(path.read_text())["states"] for path in DATA.glob("states_*.json")]
    missing = [s for s in PEER_SETS if not any("1" in window for each in recorded for window in each[s])]
    assert missing == []


def test_the_block_size_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    given = json.loads((DATA / "states_loose.json").read_text())["given"]
    whole = states_of(given)
    monkeypatch.setattr("core.analysis.states._CELLS", 100)
    assert (states_of(given).bits == whole.bits).all()


def test_a_file_gives_windows_with_dates(tmp_path: Path) -> None:
    path = tmp_path / "talk.csv"
    path.write_text(
        "day,source,target,kind,count\n2026-01-01,ana,li,reply,3\n2026-01-02,li,,message,1\n"
        "2026-01-03,noor,,join,1\n2026-01-09,zoe,ana,mention,1\n"
    )
    history = read_interactions(path)
    found = states(history.interactions)
    assert (history.day(0), len(found)) == ("2026-01-01", 3)
    assert found.members("active", 0) == ["ana", "li"]
    assert found.members("active", 1) == ["li"]
    assert found.members("joined", 0) == found.members("lurker", 2) == ["noor"]


def test_fewer_days_than_a_window_give_no_windows(tmp_path: Path) -> None:
    path = tmp_path / "talk.csv"
    path.write_text("day,source,target\n1,ana,li\n3,li,ana\n")
    assert len(states(read_interactions(path).interactions)) == 0
    path.write_text("day,source,target\n")
    assert len(states(read_interactions(path).interactions)) == 0


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("", "analysis-no-header", None),
        ("who,what\n", "analysis-no-header", None),
        ("day,source,target\n1,ana,li\n2026-01-01,ana,li\n", "analysis-row-day", 2),
        ("day,source,target,kind,count\n1,ana,li,reply,-2\n", "analysis-row-count", 2),
        ("day,source,target\n1\n", "analysis-row-short", 2),
        ("day,source,target\n1,,li\n", "analysis-row-nameless", 2),
        ("day,source,target\n1,a,b\n1082040961,a,b\n", "analysis-days-span", None),
    ],
)
def test_bad_files_name_what_is_wrong(tmp_path: Path, text: str, key: str, line: int | None) -> None:
    path = tmp_path / "talk.csv"
    path.write_text(text)
    with pytest.raises(BadInput) as raised:
        read_interactions(path)
    assert (raised.value.key, raised.value.args_.get("line")) == (key, line)


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_interactions(tmp_path / "none.csv")
    path = tmp_path / "noise.csv"
    path.write_bytes(b"day,source,target\n1,\xff\xfe,b\n")
    with pytest.raises(BadInput, match="not-text"):
        read_interactions(path)


def test_thresholds_are_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Thresholds(window=0)
