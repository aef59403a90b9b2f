"""`kith retention` on real histories: the same table as counted from the exports' own events."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli.retention import current, told
from core.domain.errors import NotFound
from core.store.unit import Store
from tests.world.sample import brought_in

NOW = datetime(2026, 6, 14, 9, tzinfo=UTC)
PLATFORMS = {
    "discord": ("chats/discord_meshcore.zip", (296, 877)),
    "telegram": ("chats/telegram_hyperdbg_result.json.gz", (18, 92)),
}


def written(path: Path) -> Iterator[tuple[str, date]]:
    """Yield who wrote and on which day (UTC), as the export has it."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    for each in json.loads(archive.read(name))["messages"]:
                        if each["type"] in ("Default", "Reply") and not each["author"].get("isBot"):
                            at = datetime.fromisoformat(each["timestamp"]).astimezone(UTC)
                            yield each["author"]["id"], at.date()
    else:
        for each in json.loads(gzip.decompress(path.read_bytes()))["messages"]:
            if each["type"] == "message" and each.get("from_id"):
                yield each["from_id"], datetime.fromtimestamp(int(each["date_unixtime"]), UTC).date()


def joins(path: Path) -> Iterator[tuple[str, date]]:
    """Yield who joined and when."""
    for each in json.loads(gzip.decompress(path.read_bytes()))["messages"]:
        if each["type"] == "service" and each["action"] in ("join_group_by_link", "join_group_by_request"):
            yield each["actor_id"], datetime.fromtimestamp(int(each["date_unixtime"]), UTC).date()


def by_hand(
    first: dict[str, date], days: dict[str, set[date]], until: date
) -> list[tuple[str, int, list[float | None]]]:
    """Return each week's Monday, size, and share back in weeks 1 to 12 of their own."""
    cohorts: dict[date, list[str]] = defaultdict(list)
    for who, day in first.items():
        cohorts[day - timedelta(days=day.weekday())].append(who)
    rows = []
    for monday, people in sorted(cohorts.items()):
        shares: list[float | None] = []
        for week in range(1, 13):
            span = [timedelta(days=7 * week + day) for day in range(7)]
            back = sum(any(first[who] + after in days[who] for after in span) for who in people)
            begun = min(first[who] for who in people) + span[0] <= until
            shares.append(back / len(people) if begun else None)
        rows.append((monday.isoformat(), len(people), shares))
    return rows


def as_told(result: dict[str, Any]) -> list[tuple[str, int, list[float | None]]]:
    return [(each["cohort"], each["size"], [*each["rates"][1:], *[None] * 12][:12]) for each in result["cohorts"]]


@pytest.mark.shared_data
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_tables_are_those_of_the_exports(store: Store, shared_data: Path, platform: str) -> None:
    name, returned = PLATFORMS[platform]
    days: dict[str, set[date]] = defaultdict(set)
    for who, day in written(shared_data / name):
        days[who].add(day)
    await brought_in(store, shared_data, platform, NOW)
    found = await current(store, "Mesh")
    result = told(found, "Mesh", "week", "bounded", "wrote", "wrote")
    rate = result["return_rate"]
    assert (rate["back"], rate["of"]) == returned
    until = date.fromisoformat(result["until"])
    assert until == max(max(some) for some in days.values())
    assert as_told(result) == by_hand({who: min(some) for who, some in days.items()}, days, until)
    if platform == "discord":
        with pytest.raises(NotFound) as raised:
            told(found, "Mesh", "week", "bounded", "joined", "present")
        assert raised.value.key == "retention-no-joined"
        return
    result = told(found, "Mesh", "week", "bounded", "joined", "wrote")
    assert result["joined"] == 533
    first: dict[str, date] = {}
    for who, day in joins(shared_data / name):
        first[who] = min(day, first.get(who, day))
    assert as_told(result) == by_hand(first, days, until)
