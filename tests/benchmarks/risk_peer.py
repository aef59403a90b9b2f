"""Foretell silence by pandas group-bys from raw messages and scikit-learn, as one would without roll-ups.

What comes of it is what Kith's own run has: as many features, cut-offs and models. Everybody's features are made at
each cut-off, and of these as many rows are learned from.
"""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

MOST = 30_000
COUNTS = ["reactions_given", "reactions_received", "other", "opened", "bought", "took_part"]  # of which there are none


def features(raw, cutoff):
    """Return 21 features, named as Kith's, of who was active in the 30 days before a cut-off."""
    past = raw[raw.day < cutoff]
    span = {days: past[past.day >= cutoff - days] for days in (7, 30, 60, 90, 91)}
    by = past.groupby("member").day
    made = pd.DataFrame({"first": by.min(), "last": by.max(), "days": by.nunique()})
    made = made[made["last"] >= cutoff - 30]
    for days in (7, 30, 90):
        made[f"active_{days}"] = span[days].groupby("member").day.nunique()
    made["messages"] = span[30].groupby("member").size()
    made["messages_before"] = span[60][span[60].day < cutoff - 30].groupby("member").size()
    made["replies_given"] = span[30].groupby("member").reply.sum()
    made["replies_received"] = span[30].groupby("target").size()
    said = span[90][span[90].target >= 0]
    made["partners"] = said.groupby("member").target.nunique()
    turned = said.rename(columns={"member": "target", "target": "member"})
    made["ties"] = pd.concat([said, turned]).groupby("member").target.nunique()
    weeks = span[91].assign(week=(cutoff - 1 - span[91].day) // 7).groupby("member").week
    made["weeks"] = weeks.nunique()
    there = span[91].assign(week=(cutoff - 1 - span[91].day) // 7).drop_duplicates(["member", "week"])
    there = there.sort_values(["member", "week"])
    made["streak"] = there[there.groupby("member").cumcount() == there.week].groupby("member").size()
    made["recency"] = cutoff - 1 - made["last"]
    made["gap"] = ((made["last"] - made["first"]) / (made.days - 1)).where(made.days > 1, 365)
    made["quiet"] = made.recency / made.gap.clip(lower=1)
    made["tenure"] = cutoff - made["first"]
    for name in COUNTS:
        made[name] = 0
    return made.fillna(0).drop(columns=["first", "last"])


def boosting():
    """Return boosting as Kith has it."""
    return HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.08, max_leaf_nodes=8, min_samples_leaf=40, l2_regularization=5.0, random_state=0
    )


def logistic():
    """Return a logistic regression as Kith has it."""
    return LogisticRegression(max_iter=1_000)


def main():
    """Make, learn, score; say how long it took."""
    given = np.load(sys.argv[1])
    raw = pd.DataFrame({name: given[name] for name in ("member", "target", "reply", "day")})
    until, cutoffs = int(given["until"]), given["cutoffs"].tolist()
    start, cpu = time.perf_counter(), time.process_time()
    lessons = []
    for cutoff in cutoffs:
        made = features(raw, cutoff)
        back = raw[(raw.day >= cutoff) & (raw.day < cutoff + 30)].member.unique()
        lessons.append(made.assign(silent=~made.index.isin(back), cutoff=cutoff))
    everything = pd.concat(lessons)
    table = everything.sample(min(MOST, len(everything)), random_state=0).sort_values("cutoff")
    now = features(raw, until)
    now = now[now.days >= 3]
    made_cpu = time.process_time() - cpu
    names = [name for name in now.columns if name != "days"]
    rows, label = np.log1p(table[names].to_numpy(float)), table.silent.to_numpy()
    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    rows, folds = (rows - mean) / spread, StratifiedKFold(5)
    later, test = (table.cutoff == cutoffs[-2]).to_numpy(), (table.cutoff == cutoffs[-1]).to_numpy()
    train, known = ~later & ~test, ~test
    aucs = []
    for model in (logistic(), logistic(), logistic(), boosting()):
        chance = model.fit(rows[train], label[train]).predict_proba(rows[later])[:, 1]
        aucs.append(roc_auc_score(label[later], chance))
    for make in (logistic, boosting):
        chance = make().fit(rows[known], label[known]).predict_proba(rows[test])[:, 1]
        aucs.append(roc_auc_score(label[test], chance))
    for there in (known, np.ones(len(label), bool)):
        cross_val_predict(boosting(), rows[there], label[there], cv=folds, method="decision_function")
    served = boosting().fit(rows, label)
    served.predict_proba((np.log1p(now[names].to_numpy(float)) - mean) / spread)
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "features_cpu_s": round(made_cpu, 2),
        "s": round(time.perf_counter() - start, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
        "peak_mb": round(used.ru_maxrss / 1024),
        "events": len(raw),
        "regulars": len(now),
        "auc": round(aucs[-1], 3),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
