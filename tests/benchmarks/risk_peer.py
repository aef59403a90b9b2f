"""Make seven of the 21 features by pandas group-bys from raw messages, in an environment with pandas alone."""

import json
import sys
import time

import numpy as np
import pandas as pd

given = np.load(sys.argv[1])
raw = pd.DataFrame({"member": given["member"], "day": given["day"]})
until = int(given["until"])
start, cpu = time.perf_counter(), time.process_time()
made = {f"active-{days}": raw[raw.day >= until - days].groupby("member").day.nunique() for days in (7, 30, 90)}
made["messages"] = raw[raw.day >= until - 30].groupby("member").size()
spans = raw.groupby("member").day.agg(["min", "max"])
made["recency"], made["tenure"] = until - 1 - spans["max"], until - spans["min"]
made["weeks"] = raw.assign(week=raw.day // 7).groupby("member").week.nunique()
table = pd.DataFrame(made).fillna(0)
found = {"s": round(time.perf_counter() - start, 2), "cpu_s": round(time.process_time() - cpu, 2), "people": len(table)}
sys.stdout.write(json.dumps(found))
