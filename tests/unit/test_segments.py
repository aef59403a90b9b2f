"""Segments of generated communities: planted ones are found under the same names each month, none where are none."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from core.domain.segments import Move, Segment, Worth, segment_of
from core.studies.segments import SegmentsInput, Visitors, find

# Days since the last time, days of 90, days known, and money, of each planted kind.
KINDS = {
    Segment.REGULAR_BUYERS: (1, 40, 300, 5000),
    Segment.QUIET_BUYERS: (12, 4, 300, 4000),
    Segment.GONE_QUIET: (220, 0, 330, 0),
}
EACH = 40


def community(seed: int, month: str, *, kinds: dict[Segment, tuple[int, int, int, int]] = KINDS) -> Visitors:
    """Return people of each kind, a fifth more or less of everything."""
    draw = np.random.default_rng(seed)
    rows = [
        tuple(round(middle * draw.uniform(0.8, 1.2)) for middle in kind) for kind in kinds.values() for _ in range(EACH)
    ]
    recency, frequency, tenure, value = zip(*rows, strict=True)
    return Visitors(
        month=month,
        until=20_000,
        members=range(len(rows)),
        recency=recency,
        frequency=frequency,
        tenure=tenure,
        value=value,
    )


NOBODY = Visitors(month="2026-02", until=0, members=(), recency=(), frequency=(), tenure=(), value=())


def found(now: Visitors, before: Visitors = NOBODY, worth: Worth | None = Worth.MONEY) -> SegmentsInput:
    return SegmentsInput(now=now, before=before, worth=worth, currency="EUR")


@pytest.mark.parametrize("seed", range(2))
def test_planted_segments_keep_their_names_from_month_to_month(seed: int) -> None:
    result = find(found(community(seed, "2026-03"), community(seed + 100, "2026-02"))).result
    assert [(each.segment, each.size) for each in result.segments] == [(kind, EACH) for kind in KINDS]
    assert all(each.stability >= 0.75 for each in result.segments)
    assert (result.before, result.moved) == ("2026-02", ())


def test_who_moved_is_told_apart_by_from_and_to() -> None:
    now, before = community(1, "2026-03"), community(101, "2026-02")
    quiet = 2 * EACH  # where those begin who are gone quiet
    moved = {
        name: [*getattr(before, name)[quiet : quiet + 7], *getattr(before, name)[7:]]
        for name in ("recency", "frequency", "tenure", "value")
    }
    result = find(found(now, replace(before, **moved))).result
    assert result.moved == (Move(before=Segment.GONE_QUIET, now=Segment.REGULAR_BUYERS, count=7),)
    there = {name: getattr(before, name)[7:] for name in (*moved, "members")}
    newcomers = find(found(now, replace(before, **there))).result
    assert newcomers.moved == ()  # who is in no segment of last month came, and didn't move


def test_money_that_says_nothing_hides_no_segments() -> None:
    draw = np.random.default_rng(6)
    now = replace(community(4, "2026-03"), value=np.exp(draw.normal(8, 1, 3 * EACH)).astype(int).tolist())
    result = find(found(now)).result
    assert [(each.segment, each.size) for each in result.segments] == [
        (Segment.REGULAR_BUYERS, EACH),
        (Segment.QUIET_BUYERS, EACH),
        (Segment.LOST_BUYERS, EACH),
    ]
    assert result.aside == ("value",)


def test_points_earned_make_nobody_a_buyer() -> None:
    result = find(found(community(2, "2026-03"), worth=Worth.EARNED)).result
    assert {each.segment for each in result.segments} == {Segment.REGULARS, Segment.OCCASIONAL, Segment.GONE_QUIET}


def test_without_groups_few_or_all_alike_there_are_none() -> None:
    draw = np.random.default_rng(4)
    cloud = replace(
        community(3, "2026-03"),
        recency=np.exp(draw.normal(3, 1, 3 * EACH)).astype(int).tolist(),
        frequency=np.exp(draw.normal(2, 1, 3 * EACH)).astype(int).tolist(),
        value=np.exp(draw.normal(5, 1, 3 * EACH)).astype(int).tolist(),
    )
    alike = community(3, "2026-03", kinds={Segment.NEW: (0, 0, 0, 0)})
    for some in (cloud, alike, NOBODY):
        outcome = find(found(some))
        assert (outcome.result.segments, outcome.result.people, outcome.rows) == ((), len(some.members), ())


def test_what_never_differs_says_nothing_and_is_no_nan() -> None:
    now = replace(community(5, "2026-03"), value=[7] * (3 * EACH))
    for each in find(found(now)).result.segments:
        assert all(math.isfinite(value) for value in (each.recency, each.frequency, each.value, each.stability))


@pytest.mark.parametrize(
    ("recency", "frequency", "tenure", "bought", "name"),
    [
        (0, 1, 30, True, Segment.NEW),
        (30, 12, 31, True, Segment.REGULAR_BUYERS),
        (30, 12, 31, False, Segment.REGULARS),
        (30, 11.5, 31, True, Segment.QUIET_BUYERS),
        (0, 11.5, 31, False, Segment.OCCASIONAL),
        (31, 60, 31, True, Segment.DRIFTING),
        (90, 0, 400, False, Segment.DRIFTING),
        (91, 0, 400, True, Segment.LOST_BUYERS),
        (91, 0, 400, False, Segment.GONE_QUIET),
    ],
)
def test_a_name_says_where_the_median_member_lies(
    recency: float, frequency: float, tenure: float, bought: bool, name: Segment
) -> None:
    assert segment_of(recency=recency, frequency=frequency, tenure=tenure, bought=bought) is name
