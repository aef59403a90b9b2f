"""Make tests/unit/analysis/data/states_*.json: generated interactions and what the peer says of them.

    python -m tests.benchmarks.states_fixtures PYTHON_OF_THE_PEER

PYTHON_OF_THE_PEER is that of an environment with tc-core-analyzer-lib 1.3.1 and nothing of Kith.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from core.analysis.states import Thresholds

DATA = Path(__file__).parents[1] / "unit" / "analysis" / "data"
KINDS = ["reply", "mention", "reaction"]
PEER_THRESHOLDS = {
    "interactions": "INT_THR",
    "people": "UW_DEG_THR",
    "tie_strength": "EDGE_STR_THR",
    "strong_ties": "UW_THR_DEG_THR",
    "consistent_periods": "CON_T_THR",
    "consistent_times": "CON_O_THR",
    "vital_periods": "VITAL_T_THR",
    "vital_times": "VITAL_O_THR",
    "paused_periods": "PAUSED_T_THR",
    "still_periods": "STILL_T_THR",
    "still_times": "STILL_O_THR",
    "dropped_periods": "DROP_H_THR",
    "dropped_idle": "DROP_I_THR",
}
PEER_SETS = {
    "active": "all_active",
    "connected": "all_connected",
    "consistently_active": "all_consistent",
    "vital": "all_vital",
    "newly_active": "all_new_active",
    "still_active": "all_still_active",
    "dropped": "all_dropped",
    "paused": "all_paused",
    "unpaused": "all_unpaused",
    "returned": "all_returned",
    "newly_disengaged": "all_new_disengaged",
    "disengaged": "all_disengaged",
    "disengaged_in_past": "all_disengaged_in_past",
    "disengaged_were_vital": "all_disengaged_were_vital",
    "disengaged_were_consistently_active": "all_disengaged_were_consistently_active",
    "disengaged_were_newly_active": "all_disengaged_were_newly_active",
    "lurker": "all_lurker",
    "about_to_disengage": "all_about_to_disengage",
}
LOOSE = Thresholds(tie_strength=2, strong_ties=1)
OTHER = Thresholds(
    window=5,
    interactions=3,
    people=2,
    tie_strength=2,
    strong_ties=1,
    consistent_periods=3,
    consistent_times=2,
    vital_periods=3,
    vital_times=2,
    still_periods=3,
    still_times=2,
    dropped_periods=3,
    dropped_idle=2,
    paused_periods=2,
)


def generated(members: int, days: int, rate: float, seed: int, thresholds: Thresholds | None = None) -> dict[str, Any]:
    """Return interactions with a heavy-tailed activity and pauses of nine days, as the peer's script reads them."""
    chance = np.random.default_rng(seed)
    eager = chance.pareto(1.2, members) + 0.1
    present = chance.random((members, days // 9 + 1)) < 0.55
    rows = int(rate * days * members)
    source = chance.choice(members, rows, p=eager / eager.sum())
    step = chance.geometric(0.25, rows) * chance.choice([-1, 0, 1], rows, p=[0.45, 0.1, 0.45])
    day, kind = chance.integers(0, days, rows), chance.integers(0, len(KINDS), rows)
    count = chance.geometric(0.5, rows)
    keep = present[source, day // 9]
    listed = zip(*(part[keep].tolist() for part in (day, source, (source + step) % members, kind, count)), strict=True)
    rules = thresholds or Thresholds()
    return {
        "names": [f"m{i:04d}" for i in range(members)],
        "days": days,
        "rows": [[d, s, t, KINDS[k], c] for d, s, t, k, c in listed],
        "joined": chance.integers(-1, days - rules.window + 1, members).tolist(),
        "kinds": KINDS,
        "window": rules.window,
        "only_given": [],
        "only_got": [],
        "thresholds": {name: getattr(rules, ours) for ours, name in PEER_THRESHOLDS.items()},
    }


def ask_peer(python: str, given: dict[str, Any]) -> tuple[dict[str, list[list[str]]], float]:
    """Return the peer's sets under our names, by window, and its seconds."""
    script = Path(__file__).with_name("states_peer.py")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.json"), Path(folder, "out.json")
        source.write_text(json.dumps(given))
        subprocess.run([python, str(script), str(source), str(target)], check=True)
        found = json.loads(target.read_text())
    return {ours: found["sets"][name] for ours, name in PEER_SETS.items()}, found["seconds"]


def main() -> None:
    """Write the fixtures: for each state and window a string with 1 for each member that is in it."""
    cases = {
        "loose": generated(14, 60, 0.7, 1, LOOSE),
        "other": generated(12, 50, 0.7, 3, OTHER),
        "kinds": {**generated(12, 45, 0.4, 4), "only_given": ["reaction"], "only_got": ["mention"]},
    }
    for name, given in cases.items():
        sets, _ = ask_peer(sys.argv[1], given)
        flags = {
            state: ["".join("01"[member in found] for member in given["names"]) for found in windows]
            for state, windows in sets.items()
        }
        text = json.dumps({"given": given, "states": flags}, separators=(",", ":"))
        (DATA / f"states_{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
