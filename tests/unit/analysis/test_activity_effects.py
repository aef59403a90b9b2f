"""A night's comparison of all activities: seasons of another share, broken draws, spill-over, who counts."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.effect import measure
from core.domain.effect_result import DifferenceInput, EffectsInput, HoldoutInput, Measured, Planned
from core.domain.effects import Metric, share_held_out, smallest_seen

DAY = 20_000
Row = tuple[int, int, int, bool, float]  # member, run, season, held out, outcome


def season(number: int, share: float, planned: int = 4_000) -> Planned:
    return Planned(season=number, began=DAY + 56 * number, share=share, planned=planned, theta=0.0)


def given(rows: list[Row], seasons: tuple[Planned, ...], activity: int = 1) -> HoldoutInput:
    """Return rows of (member, run, season, held out, outcome), each run's week over a week after the one before."""
    member, run, of, held, outcome = zip(*rows, strict=True)
    return HoldoutInput(
        activity=activity,
        metric=Metric.ACTIVE,
        today=DAY + 300,
        seasons=seasons,
        member=member,
        run=run,
        season=of,
        held_out=held,
        closed=tuple(DAY + 7 * each for each in run),
        before=(0.0,) * len(rows),
        outcome=outcome,
    )


def one(holdout: HoldoutInput, ties: tuple[tuple[int, int, float], ...] = ()) -> Measured:
    (found,) = measure(EffectsInput(holdouts=(holdout,), switchbacks=(), ties=ties)).measured
    return found


def drawn(
    seed: int, seasons: tuple[Planned, ...], base: tuple[float, ...], lift: float, people: int = 600
) -> list[Row]:
    chance = np.random.default_rng(seed)
    rows = []
    for place, each in enumerate(seasons):
        held = chance.random(people) < each.share
        for run in range(3):
            came = chance.random(people) < base[place] + lift * ~held
            rows += [
                (person, 3 * place + run, each.season, bool(held[person]), float(came[person]))
                for person in range(people)
            ]
    return rows


def test_a_season_of_another_share_and_another_base_shifts_nothing() -> None:
    seasons = season(0, 0.5), season(1, 0.1)
    nothing = one(given(drawn(1, seasons, (0.1, 0.6), 0.0), seasons))
    assert nothing.low is not None
    assert nothing.high is not None
    assert nothing.low < 0 < nothing.high
    naive = np.array([(not held, outcome) for _, _, _, held, outcome in drawn(1, seasons, (0.1, 0.6), 0.0)])
    gap = naive[naive[:, 0] == 1, 1].mean() - naive[naive[:, 0] == 0, 1].mean()
    assert gap > nothing.high  # what pooling them would say
    found = one(given(drawn(2, seasons, (0.1, 0.4), 0.2), seasons))
    assert found.low is not None
    assert 0 < found.low < 0.2
    assert found.fixed_low is not None
    assert found.low < found.fixed_low + 0.05


def test_a_draw_that_went_wrong_is_said_and_pauses_nothing() -> None:
    seasons = (season(0, 0.5),)
    rows = [row for row in drawn(3, seasons, (0.5,), -0.4) if not (row[3] and row[0] % 3 == 0)]
    found = measure(EffectsInput(holdouts=(given(rows, seasons),), switchbacks=(), ties=()))
    assert not found.measured[0].balanced
    assert found.harmful == ()
    whole = given(drawn(3, seasons, (0.5,), -0.4), seasons)
    assert measure(EffectsInput(holdouts=(whole,), switchbacks=(), ties=())).harmful == (1,)


def test_harm_is_believed_only_beside_all_that_is_looked_at() -> None:
    seasons = (season(0, 0.5),)
    weak = given(drawn(4, seasons, (0.5,), -0.06), seasons)
    assert measure(EffectsInput(holdouts=(weak,), switchbacks=(), ties=())).harmful == (1,)
    others = [given(drawn(50 + number, seasons, (0.5,), 0.0), seasons, activity=2 + number) for number in range(60)]
    assert measure(EffectsInput(holdouts=(weak, *others), switchbacks=(), ties=())).harmful == ()


def test_what_reached_those_held_out_is_flagged() -> None:
    seasons = (season(0, 0.5),)
    chance = np.random.default_rng(5)
    people = 400
    held = chance.random(people) < 0.5
    friends = [[int(each) for each in chance.choice(people, 4, replace=False)] for _ in range(people)]
    rows = []
    for run in range(4):
        for person in range(people):
            asked = np.mean([not held[each] for each in friends[person]])
            came = chance.random() < 0.1 + 0.3 * ~held[person] + 0.4 * asked
            rows.append((person, run, 0, bool(held[person]), float(came)))
    ties = tuple((person, each, 1.0) for person in range(people) for each in friends[person] if each != person)
    assert one(given(rows, seasons), ties).felt
    alone = [(person, run, 0, out, float(chance.random() < 0.3)) for person, run, _, out, _ in rows]
    assert not one(given(alone, seasons), ties).felt


def test_who_stands_in_both_arms_counts_in_neither_and_twice_in_one_once() -> None:
    seasons = (season(0, 0.5),)
    rows = drawn(6, seasons, (0.3,), 0.0, people=100)
    both = [(0, 0, 0, True, 1.0), (0, 0, 0, False, 0.0)]
    twice = [(1, 0, 0, rows[1][3], rows[1][4])]
    found = one(given([*rows[1:], *both, *twice], seasons))
    assert found.asked + found.held_out == len(rows) - 1


def test_too_little_says_how_long_it_takes() -> None:
    seasons = (season(0, 0.5),)
    found = one(given(drawn(7, seasons, (0.2,), 0.0, people=60), seasons))
    assert not found.enough
    assert found.seen > 0.1
    assert found.weeks is not None
    assert found.weeks > 1
    unknown = given([(1, 0, 0, True, float("nan"))], seasons)
    assert (one(unknown).waiting, one(unknown).weeks) == (1, None)


@pytest.mark.parametrize(
    ("people", "share"), [(49, 0.0), (50, 0.5), (999, 0.5), (1_000, 0.2), (5_000, 0.2), (5_001, 0.1)]
)
def test_the_share_follows_the_size(people: int, share: float) -> None:
    assert share_held_out(people) == share


@pytest.mark.parametrize(("people", "points"), [(1_000, 0.07), (5_000, 0.03)])
def test_what_could_be_seen_is_what_the_formula_says(people: int, points: float) -> None:
    assert smallest_seen(people / 2, people / 2, 0.2) == pytest.approx(points, abs=0.002)


@pytest.mark.parametrize("more", [0.3, 0.0])
def test_those_who_take_part_are_compared_with_others_who_were_as_active(more: float) -> None:
    chance = np.random.default_rng(8)
    since: list[int | None] = []
    active = []
    for person in range(300):
        usual = 0.7 if person < 60 else (0.2, 0.7)[person % 2]  # who takes part was more active all along
        since.append(8 if person < 60 else None)
        there = [usual + (0 if week < 8 or person >= 60 else more) for week in range(16)]
        active.append(tuple(week for week, share in enumerate(there) if chance.random() < share))
    found = measure(
        EffectsInput(
            holdouts=(),
            switchbacks=(),
            ties=(),
            differences=(
                DifferenceInput(
                    activity=1,
                    metric=Metric.ACTIVE,
                    today=DAY,
                    start=8,
                    weeks=16,
                    since=tuple(since),
                    active=tuple(active),
                ),
            ),
        )
    ).measured[0]
    assert found.low is not None
    assert found.high is not None
    assert found.low < more < found.high
    assert (found.low > 0) == (more > 0)
    assert 20 <= found.held_out <= 180
