"""Run the states of the peer, tc-core-analyzer-lib 1.3.1, in an environment where that is installed.

    PYTHON states_peer.py INPUT.json OUTPUT.json

reads names, days, rows (day, source, target, kind, count; members by position), joined (window of each member or
-1), thresholds under the peer's names, window and the two lists of kinds; writes the sets of each window and the
seconds that the peer itself took. Nothing of the project is imported: the peer wants another Python.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
from tc_core_analyzer_lib.assess_engagement import EngagementAssessment

KEPT = (
    "all_joined",
    "all_joined_day",
    "all_consistent",
    "all_vital",
    "all_active",
    "all_connected",
    "all_paused",
    "all_new_disengaged",
    "all_disengaged",
    "all_unpaused",
    "all_returned",
    "all_new_active",
    "all_still_active",
    "all_dropped",
    "all_disengaged_were_newly_active",
    "all_disengaged_were_consistently_active",
    "all_disengaged_were_vital",
    "all_lurker",
    "all_about_to_disengage",
    "all_disengaged_in_past",
)


def assessed(given: dict) -> tuple[dict, float]:
    """Return the peer's dictionaries and the seconds in the peer, its input matrices not counted."""
    names, kinds = np.array(given["names"]), given["kinds"]
    window, size = given["window"], len(given["names"])
    windows = given["days"] - window + 1
    kept = {name: {} for name in KEPT}
    kept["all_joined_day"] = {
        str(w): {names[i] for i, at in enumerate(given["joined"]) if at == w} for w in range(windows)
    }
    peer = EngagementAssessment(kinds, given["only_given"], given["only_got"])
    rows = [np.array(column) for column in zip(*given["rows"], strict=True)]
    seconds = 0.0
    for w in range(windows):
        inside = (rows[0] >= w) & (rows[0] < w + window)
        matrices = {kind: np.zeros((size, size)) for kind in kinds}
        for kind, matrix in matrices.items():
            use = inside & (rows[3] == kind)
            np.add.at(matrix, (rows[1][use].astype(int), rows[2][use].astype(int)), rows[4][use].astype(int))
        start = time.perf_counter()
        _, *after = peer.compute(matrices, w, names, given["thresholds"], window, **kept)
        seconds += time.perf_counter() - start
        kept = dict(zip(KEPT, after, strict=True))
    return kept, seconds


def main() -> None:
    """Read, run, write."""
    source, target = map(Path, sys.argv[1:3])
    given = json.loads(source.read_text())
    given["rows"] = [[int(d), int(s), int(t), kind, int(c)] for d, s, t, kind, c in given["rows"]]
    kept, seconds = assessed(given)
    windows = given["days"] - given["window"] + 1
    sets = {name: [sorted(map(str, found.get(str(w), ()))) for w in range(windows)] for name, found in kept.items()}
    target.write_text(json.dumps({"seconds": seconds, "sets": sets}))


if __name__ == "__main__":
    main()
