"""Print lifelines' curves for the cases of a file, where it is installed: PYTHON survival_peer.py FILE."""

import json
import sys
from pathlib import Path

from lifelines import KaplanMeierFitter  # type: ignore[import-not-found, unused-ignore]

found = []
for case in json.loads(Path(sys.argv[1]).read_text("utf-8")):
    fitted = KaplanMeierFitter().fit(case["duration"], case["event"], entry=case["entry"])
    interval = fitted.confidence_interval_
    columns = (fitted.survival_function_.iloc[:, 0], interval.iloc[:, 0], interval.iloc[:, 1])
    times = fitted.survival_function_.index.tolist()
    found.append({time: row for time, *row in zip(times, *(each.tolist() for each in columns), strict=True)})
sys.stdout.write(json.dumps(found))
