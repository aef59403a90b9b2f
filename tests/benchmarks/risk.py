"""Foretell silence at scale: python -m tests.benchmarks.risk [--people N] [--peer], or --null TIMES [--sizes N …].

Features from roll-ups, training and scoring are timed in one process, with its largest memory. With `--peer` the same
is done by pandas group-bys from raw messages and scikit-learn, in an environment of its own. `--null` makes communities
in which nothing is to be foretold instead, and counts how many say "not enough history".
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.analysis.retention import rate
from core.analysis.silence.features import known_at
from core.analysis.silence.foretell import foretell, month_starts
from core.analysis.silence.past import past_of
from core.domain.clock import SystemClock
from core.domain.silence import HORIZON, LATELY, SilenceInput
from tests.benchmarks.graph import HERE, environment

DAYS = 180
BEGIN = 20_000
NEW_YEAR = 20_089  # 1 January 2025
NULLS = (50, 300, 1_000, 5_000)


def given_of(people: int, seed: int = 1) -> SilenceInput:
    """Return half a year of people, of whom most come seldom and some fall silent for good."""
    draw = np.random.default_rng(seed)
    daily = draw.beta(0.6, 12.0, people)
    end = draw.integers(10, 2 * DAYS, people)
    count = draw.binomial(DAYS, daily)
    who = np.repeat(np.arange(people), count)
    day = draw.integers(0, DAYS, len(who))
    who, day = np.unique(np.stack([who, day])[:, day < end[who]], axis=1)
    messages = 1 + draw.poisson(1.5, len(who))
    none = np.zeros(len(who), int)
    tied = draw.random(len(who)) < 0.5
    target = draw.integers(0, people, int(tied.sum()))
    ones = np.ones(len(target), int)
    return SilenceInput(
        until=BEGIN + DAYS,
        people=array("q", range(people)),
        days=_ints(who, messages, messages // 2, none, none, day + BEGIN),
        ties=_ints(who[tied], target, ones, none[tied], day[tied] + BEGIN),
    )


def _ints(*columns: NDArray[np.int64]) -> tuple[array[int], ...]:
    return tuple(array("i", column.astype(np.int32).tobytes()) for column in columns)


def measured(people: int) -> dict[str, Any]:
    """Return seconds, those of the processor too, and the largest memory of a run."""
    given = given_of(people)
    clock, start, cpu = SystemClock(), SystemClock().steady(), _cpu()
    past = past_of(given)
    features = known_at(past, past.until)
    made, made_cpu = clock.steady(), _cpu()
    found = foretell(past)
    return {
        "people": people,
        "rows": len(given.days[0]) + len(given.ties[0]),
        "features_s": round(made - start, 2),
        "features_cpu_s": round(made_cpu - cpu, 2),
        "all_s": round(clock.steady() - start, 2),
        "all_cpu_s": round(_cpu() - cpu, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "regulars": len(features.people),
        "served": None if found.model is None else found.model.served,
        "auc": None if found.learned.chosen is None else round(found.learned.chosen.auc, 3),
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def by_groups(people: int) -> dict[str, Any]:
    """Return what pandas and scikit-learn take for the same, from as many messages as the roll-ups count."""
    given = given_of(people)
    member, times, *_, day = (np.asarray(column) for column in given.days)
    source, target, *_, tied = (np.asarray(column) for column in given.ties)
    rest = int(times.sum()) - len(source)
    # Each tie is a message that says to whom; half of the messages are replies, as in the roll-ups.
    others = np.random.default_rng(1).permutation(np.repeat(np.arange(len(member)), times))[:rest]
    raw = {
        "member": np.concatenate([source, member[others]]),
        "target": np.concatenate([target, np.full(rest, -1)]),
        "reply": np.arange(rest + len(source)) % 2,
        "day": np.concatenate([tied, day[others]]),
    }
    cutoffs = month_starts(BEGIN + LATELY, given.until - HORIZON)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "raw.npz"
        np.savez(path, until=given.until, cutoffs=cutoffs, **raw)
        python = environment("pandas", "pandas>=2.2", "scikit-learn>=1.6")
        done = subprocess.run([python, str(HERE / "risk_peer.py"), str(path)], check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def by_lot(people: int, seed: int) -> SilenceInput:
    """Return a year in which each month draws anew who comes how often: nothing says anything about the next."""
    draw = np.random.default_rng(seed)
    starts = np.array(month_starts(NEW_YEAR, NEW_YEAR + 365))
    month = np.repeat(np.arange(12), people)
    days = np.diff(starts)[month]
    count = draw.binomial(days, draw.beta(0.6, 6.0, len(month)))
    who, month = (np.repeat(column, count) for column in (np.tile(np.arange(people), 12), month))
    day = starts[month] + (draw.random(len(who)) * np.diff(starts)[month]).astype(int)
    who, day = np.unique(np.stack([who, day]), axis=1)
    messages, none = 1 + draw.poisson(1.5, len(who)), np.zeros(len(who), int)
    return SilenceInput(
        until=NEW_YEAR + 365,
        people=array("q", range(people)),
        days=_ints(who, messages, messages // 2, none, none, day),
    )


def served_by_lot(people: int, seeds: Iterable[int]) -> Counter[str]:
    """Return how many communities without anything to foretell are told why there is no model, or "served"."""
    found = (foretell(past_of(by_lot(people, seed))) for seed in seeds)
    return Counter("served" if each.model else str(each.learned.reason) for each in found)


def nothing_to_foretell(people: int, times: int) -> dict[str, Any]:
    """Return the share of such communities that say "not enough history", its interval, and what it took."""
    cpu, said = _cpu(), served_by_lot(people, range(times))
    without = rate(times - said["served"], times)
    return {
        "people": people,
        "not_enough": without.share,
        "interval": [without.low, without.high],
        "why": dict(said),
        "cpu_s": round(_cpu() - cpu),
    }


def main() -> None:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.risk")
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--null", type=int, default=0, metavar="TIMES")
    parser.add_argument("--sizes", type=int, nargs="+", default=NULLS, metavar="N")
    asked = parser.parse_args()
    if asked.null:
        for people in asked.sizes:
            sys.stdout.write(json.dumps(nothing_to_foretell(people, asked.null)) + "\n")
            sys.stdout.flush()
        return
    found = measured(asked.people)
    if asked.peer:
        found["pandas"] = by_groups(asked.people)
        found["times_slower"] = round(found["pandas"]["cpu_s"] / found["all_cpu_s"], 1)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
