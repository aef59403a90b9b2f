"""Snapshots from day to day: going on from yesterday gives what counting everything anew gives."""

from __future__ import annotations

from array import array
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np
import pytest

from core.analysis.checkpoint import unpacked
from core.analysis.snapshot import take
from core.domain.network import WINDOW, NetworkInput, Talk, TieRows
from core.domain.network_result import Found
from tests.benchmarks.communities import planted

FIRST = 20_400  # the day of the first run
DAYS = 30
BEFORE = 50  # days of talk before it


@dataclass
class Story:
    """Who addressed whom when; a row comes in on a day of its own or, late, on the next."""

    source: Any
    target: Any
    day: Any
    came: Any
    room: Any
    members: int

    @classmethod
    def of(cls, members: int) -> Story:
        """Return a story of planted circles, with three in ten people who join on the way."""
        rows, chance = planted(members, seed=3).rows, np.random.default_rng(4)
        count = len(rows.source)
        start = np.where(chance.random(members) < 0.7, 0, chance.integers(0, BEFORE + DAYS, members))
        day = chance.integers(0, BEFORE + DAYS, count)
        day = np.maximum(day, np.maximum(start[rows.source], start[rows.target])) + FIRST - BEFORE
        first = np.full(members, FIRST + DAYS)
        np.minimum.at(first, rows.source, day)
        # What somebody wrote first is never late: who answered them before it came is told by the week's full run.
        late = (chance.random(count) < 0.3) & (day > first[rows.source])
        different = rows.source != rows.target
        order = np.flatnonzero(different)[np.argsort(day[different], kind="stable")]
        return cls(
            rows.source[order], rows.target[order], day[order], (day + late)[order], rows.source[order] % 7, members
        )

    def known(self, today: int, since: int | None = None) -> NetworkInput:
        """Return what came until a day, or what came after `since` until then."""
        came = self.came <= today
        new = came if since is None else came & (self.came > since)
        until = today
        gone = (self.day > (since or 0) - WINDOW) & (self.day <= until - WINDOW) & came
        people = list(range(1, self.members + 1))
        return NetworkInput(
            today=today,
            until=until,
            people=array("q", people),
            labels=[f"m{i}" for i in people],
            named=array("q", people),
            joined=array("d", [float("nan")] * self.members),
            ties=self._rows(new),
            talk=self._talk(new),
            leaving=TieRows() if since is None else self._rows(gone),
        )

    def _rows(self, chosen: Any) -> TieRows:
        source, target, day = (array("q", each[chosen]) for each in (self.source + 1, self.target + 1, self.day))
        return TieRows(source, target, day, array("d", [1.0] * len(day)))

    def _talk(self, chosen: Any) -> Talk:
        rows, at = self._rows(chosen), self.day[chosen] + 0.25
        first: dict[int, float] = {}
        for who, when in zip(rows.source, at.tolist(), strict=True):
            first[who] = min(when, first.get(who, when))
        ones = array("d", [1.0] * len(at))
        return Talk(
            rows.source,
            rows.target,
            array("d", at),
            array("q", first),
            array("d", first.values()),
            rows.source,
            array("q", self.room[chosen]),
            ones,
        )


def gone_on(story: Story) -> Found:
    """Return the last of a snapshot a day, each going on from the one before."""
    result = take(story.known(FIRST))
    for today in range(FIRST + 1, FIRST + DAYS):
        known = story.known(today, today - 1)
        result = take(replace(known, checkpoint=result.checkpoint, yesterday=result.baseline))
    return result


def by_member(result: Found, figure: str) -> dict[int, float]:
    ground, figures = unpacked(result.checkpoint)
    values = getattr(figures if hasattr(figures, figure) else ground, figure)
    return dict(zip(ground.members.tolist(), values.tolist(), strict=True))


@pytest.mark.parametrize("members", [300, 2_400])
def test_thirty_days_from_day_to_day_are_as_good_as_all_at_once(members: int) -> None:
    story = Story.of(members)
    daily, whole = gone_on(story), take(story.known(FIRST + DAYS - 1))
    tolerance = {"pagerank": 1e-6, "earlier": 1e-6, "clustering": 1e-9, "first_wrote": 0.0, "answered": 0.0}
    for figure, bound in tolerance.items():
        one, other = by_member(daily, figure), by_member(whole, figure)
        assert one.keys() == other.keys()
        assert all(one[each] == pytest.approx(other[each], abs=bound, rel=0, nan_ok=True) for each in one), figure
    for part in ("health", "weeks"):
        one, other = (asdict(each.result)[part] for each in (daily, whole))
        one, other = (one, other) if part == "health" else (one[-1], other[-1])
        assert one.pop("modularity") == pytest.approx(other.pop("modularity"), abs=0.01)
        assert one == pytest.approx(other, abs=1e-6)
    assert daily.result.newcomers.came == whole.result.newcomers.came > 0
    (ground, _), (other_ground, _) = unpacked(daily.checkpoint), unpacked(whole.checkpoint)
    assert ground.wrote.sum() == other_ground.wrote.sum()
    assert (ground.window.nnz, ground.window.sum()) == (other_ground.window.nnz, other_ground.window.sum())


def test_the_next_day_takes_what_is_new_alone() -> None:
    story = Story.of(300)
    first = take(story.known(FIRST))
    known = replace(story.known(FIRST + 1, FIRST), checkpoint=first.checkpoint, yesterday=first.baseline)
    assert len(known.ties) < len(story.known(FIRST).ties) / 20
    ground, _ = unpacked(take(known).checkpoint)
    assert ground.ties.nnz > 20 * len(known.ties)


def test_what_commands_read_names_only_those_it_speaks_of() -> None:
    result = take(Story.of(2_400).known(FIRST))
    told = result.result
    assert 300 < len(told.members) < 600 < len(result.baseline.members)
    places = [told.hub.at, told.bridge.at, *(each.at for each in told.map.people)]
    places += [each.at for field in fields(told.key) for each in getattr(told.key, field.name)]
    assert set(places) <= set(range(len(told.members)))
    members = result.baseline.members
    assert told.members[told.hub.at] in members


def aged(result: Found) -> dict[int, int]:
    """Return how many days each of the circles of more than ten has lived, by its id."""
    told = result.result
    return {each.id: told.until - each.born for each in told.circles if each.size > 10}


def test_ages_count_the_history_that_was_there_before_the_first_snapshot() -> None:
    first = take(Story.of(300).known(FIRST))
    assert [each.id for each in first.result.circles] == [*range(1, len(first.result.circles) + 1)]
    assert max(aged(first).values()) >= 35
    assert all(age % 7 == 0 for age in aged(first).values())
    assert first.baseline.since == FIRST - BEFORE


def test_ages_count_a_history_that_is_imported_later() -> None:
    story = Story.of(300)
    whole = story.known(FIRST)
    late = [i for i, day in enumerate(whole.ties.day) if day > FIRST - 8]
    ties = TieRows(*(array(each.typecode, [each[i] for i in late]) for each in _columns(whole.ties)))
    young = take(replace(whole, ties=ties))
    assert max(aged(young).values()) <= 7
    after = take(replace(whole, yesterday=young.baseline))
    assert max(aged(after).values()) >= 35
    assert after.baseline.since == FIRST - BEFORE


def _columns(rows: TieRows) -> tuple[Any, ...]:
    return rows.source, rows.target, rows.day, rows.weight


def test_circles_keep_their_colours_and_rooms_and_people() -> None:
    story = Story.of(300)
    result = take(story.known(FIRST))
    shown = [each for each in result.result.circles if each.size > 2]
    assert [each.colour for each in shown] == [*range(len(shown))]
    kept = 0
    for today in range(FIRST + 1, FIRST + DAYS):
        before, members = {each.id: each for each in result.baseline.circles}, result.baseline.members
        known = replace(story.known(today, today - 1), checkpoint=result.checkpoint, yesterday=result.baseline)
        result = take(known)
        now = result.baseline
        colours = [each.colour for each in now.circles if each.colour is not None]
        assert len({*colours}) == len(colours)
        circle_of = dict(zip(now.members, now.circle, strict=True))
        for each in now.circles:
            if (was := before.get(each.id)) is None or was.colour is None or each.size < 3:
                continue
            assert each.colour == was.colour
            stayed = [members[at] for at in was.people if circle_of.get(members[at]) == each.id]
            assert {*stayed} <= {now.members[at] for at in each.people}
            kept += 1
    assert kept > DAYS
