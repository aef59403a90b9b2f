"""A real server: who writes next month, foretold at each month's end from the months before."""

from __future__ import annotations

import json
import zipfile
from array import array
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from core.analysis.learn.features import Feature
from core.analysis.learn.fit import _logistic, blank_model
from core.analysis.learn.measure import auc_of
from core.analysis.silence.features import FEATURES, known_at
from core.analysis.silence.foretell import month_starts
from core.analysis.silence.past import Past, past_of
from core.domain.clock import day_number
from core.domain.silence import SilenceInput


def server(folder: Path) -> Past:
    """Return who wrote and answered whom on which day, from the export itself."""
    with zipfile.ZipFile(folder / "chats" / "discord_meshcore.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith(".json")]
        said = [each for name in names for each in json.loads(archive.read(name))["messages"]]
    author = {each["id"]: each["author"]["id"] for each in said}
    place = {who: number for number, who in enumerate(dict.fromkeys(author.values()))}
    days: Counter[tuple[int, int]] = Counter()
    replies: Counter[tuple[int, int]] = Counter()
    ties: Counter[tuple[int, int, int]] = Counter()
    for each in said:
        if each["type"] not in {"Default", "Reply"}:
            continue
        who, day = place[each["author"]["id"]], day_number(datetime.fromisoformat(each["timestamp"]).astimezone(UTC))
        days[who, day] += 1
        parent = author.get((each.get("reference") or {}).get("messageId"))
        if each["type"] == "Reply":
            replies[who, day] += 1
            if parent is not None and place[parent] != who:
                ties[who, place[parent], day] += 1
    active = [(who, count, replies[who, day], 0, 0, day) for (who, day), count in days.items()]
    tied = [(one, other, count, 0, day) for (one, other, day), count in ties.items()]
    return past_of(
        SilenceInput(
            until=max(day for _, day in days) + 1,
            people=array("q", range(len(place))),
            days=tuple(array("i", column) for column in zip(*active, strict=True)),
            ties=tuple(array("i", column) for column in zip(*tied, strict=True)),
        )
    )


@pytest.mark.shared_data
def test_next_month_s_writers_are_ranked_better_than_by_recency(shared_data: Path) -> None:
    past = server(shared_data)
    starts = [*month_starts(past.first + 1, past.until), past.until]
    rows, silent, recency = [], [], []
    for start, end in pairwise(starts):
        people = np.flatnonzero(past.active(past.first, start))
        known = known_at(past, start, people)
        rows.append(known.rows)
        recency.append(known.column("recency"))
        silent.append(~past.active(start, end)[people])
    chance, better = [], []
    model = blank_model("silent", None, [Feature(column=name, kind="number") for name in FEATURES])
    for month in range(3, len(rows)):
        taught = np.concatenate(rows[:month])
        mean, spread = taught.mean(axis=0), taught.std(axis=0)
        spread[spread == 0.0] = 1.0
        fitted = _logistic(np.concatenate(silent[:month]), (taught - mean) / spread, model)
        chance.append(fitted.odds((rows[month] - mean) / spread))
        better.append(auc_of(silent[month], chance[-1]) > auc_of(silent[month], recency[month]))
    assert len(better) == 10
    assert all(better)
    assert auc_of(np.concatenate(silent[3:]), np.concatenate(chance)) >= 0.83
