"""Pictures as data: what they say in words, and that they can be written down."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from core.domain.alternative import ALT_LIMIT, figure
from core.domain.outgoing import Outgoing
from core.domain.pictures import (
    Board,
    BoardRow,
    Calendar,
    Cells,
    Chart,
    Effect,
    Forest,
    Funnel,
    Reference,
    Series,
    Stage,
)
from tests.world import pictures

SAMPLES = pictures.samples()


def test_a_card_says_what_it_shows() -> None:
    assert pictures.card().alt == (
        "Ana · Level 17 · Contributor · rank 34 of 966 · 17,065 points earned · 1,310 to level 18"
        " · 9-day streak · 177 messages in 30 days"
    )


def test_a_board_says_its_rows() -> None:
    board = Board(title="Noor leads", rows=(BoardRow(rank=1, name="No\u202eor", points=1200),), foot="of 3 members")
    assert board.alt == "Noor leads · 1 Noor 1,200 · of 3 members"


def test_a_long_series_is_said_by_its_ends_its_highest_and_some_between() -> None:
    values = tuple(100 if i == 17 else i for i in range(60))
    chart = Chart(
        title="T",
        foot="F",
        kind="line",
        x=tuple(f"d{i}" for i in range(60)),
        series=(Series(label="messages", values=values), Series(label="none", values=(None,) * 60)),
        unit="%",
    )
    said = chart.alt
    assert said.startswith("T · messages: d0 0%, d5 5%")
    assert "d17 100%" in said
    assert said.endswith("d59 59% · F")
    assert "none" not in said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234567, "1,234,567"),
        (-3, "−3"),
        (0.05, "0.05"),
        (2.5, "2.5"),
        (12.34, "12.3"),
        (999.6, "1,000"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_figures_read_well(value: float | None, text: str) -> None:
    assert figure(value) == text


@pytest.mark.parametrize("name", SAMPLES)
def test_every_picture_has_a_text_that_fits(name: str) -> None:
    picture = SAMPLES[name]
    assert 0 < len(picture.alt) <= ALT_LIMIT
    assert getattr(picture, "title", "") in picture.alt


@pytest.mark.parametrize("name", SAMPLES)
def test_every_picture_can_be_written_down(name: str) -> None:
    letter = Outgoing(text="", platform="telegram", picture=SAMPLES[name])
    assert Outgoing.from_json(json.loads(json.dumps(letter.to_json()))) == letter


def test_a_chart_written_down_before_a_field_came_is_read_with_its_default() -> None:
    chart = Chart(title="T", foot="F", kind="line", x=("a",), series=(Series(label="s", values=(1,)),))
    packed = json.loads(json.dumps(Outgoing(text="", platform="telegram", picture=chart).to_json()))
    del packed["picture"]["reference"], packed["picture"]["series"][0]["low"], packed["picture"]["series"][0]["high"]
    assert Outgoing.from_json(packed).picture == chart


def test_a_band_and_a_reference_are_said_and_stand_in_the_table() -> None:
    series = Series(label="kept", values=(90, None), low=(80, None), high=(95, None))
    chart = Chart(
        title="T",
        foot="F",
        kind="steps",
        x=("day 0", "day 1"),
        series=(series, Series(label="plain", values=(1,))),
        unit="%",
        reference=Reference(label="goal", value=50),
    )
    assert chart.alt == "T · kept: day 0 90% [80, 95] · plain: day 0 1% · goal: 50% · F"
    assert [*chart.rows()] == [
        ("", "kept", "kept ↓", "kept ↑", "plain"),
        ("day 0", 90, 80, 95, 1),
        ("day 1", None, None, None, None),
    ]


def test_cells_days_effects_and_stages_say_what_they_show() -> None:
    cells = Cells(title="T", foot="F", x=("a", "b"), y=("one", "two"), values=((1, -2.5), (None, None)))
    assert cells.alt == "T · one: a 1, b −2.5 · F"
    assert [*cells.rows()] == [("", "a", "b"), ("one", 1, -2.5), ("two", None, None)]
    names = ("",) * 12
    days = Calendar(title="T", foot="F", first="2026-02-28", values=(1, None, 3), weekdays=names, months=names)
    assert days.alt == "T · 2026-02-28 1, 2026-03-02 3 · F"
    assert [*days.rows()][1:] == [("2026-02-28", 1), ("2026-03-01", None), ("2026-03-02", 3)]
    effects = Effect(label="teardown", value=4.2, low=1.1, high=7.3), Effect(label="new", value=1, low=None, high=None)
    forest = Forest(title="T", foot="F", effects=effects, unit="%")
    assert forest.alt == "T · teardown: 4.2% [1.1, 7.3] · new: 1% · F"
    assert [*forest.rows()] == [("", "%", "↓", "↑"), ("teardown", 4.2, 1.1, 7.3), ("new", 1, None, None)]
    wide = (Effect(label="a", value=28.6, low=4.38, high=59.5), Effect(label="b", value=-0.123, low=-0.4, high=0.004))
    assert Forest(title="T", foot="F", effects=wide).alt == "T · a: 29 [4, 60] · b: −0.12 [−0.4, 0] · F"
    funnel = Funnel(
        title="T", foot="F", stages=(Stage(label="came", value=4), Stage(label="wrote", value=1, note="25%"))
    )
    assert funnel.alt == "T · came: 4 · wrote: 1 · 25% · F"
    assert [*funnel.rows()] == [("", ""), ("came", 4), ("wrote", 1)]


@pytest.mark.parametrize("picture", SAMPLES.values(), ids=list(SAMPLES))
def test_every_picture_is_written_down_as_any_database_takes_it(picture: object) -> None:
    json.dumps(Outgoing(text="", platform="fake", picture=picture).to_json(), allow_nan=False)  # type: ignore[arg-type]


def test_what_is_no_number_is_unknown() -> None:
    values = (1.0, math.nan, math.inf, -math.inf)
    chart = Chart(title="T", foot="F", kind="line", x=("a", "b", "c", "d"), series=(Series(label="s", values=values),))
    written = json.dumps(Outgoing(text="", platform="fake", picture=chart).to_json(), allow_nan=False)
    kept = Outgoing.from_json(json.loads(written)).picture
    assert kept == replace(chart, series=(Series(label="s", values=(1.0, None, None, None)),))


def test_figures_and_names_stand_in_a_row_as_the_language_has_it() -> None:
    chart = Chart(title="一半", foot="96 人", kind="line", x=("一", "二"), series=(Series(label="人", values=(3, 4)),))
    assert replace(chart, comma="、").alt == "一半 · 人: 一 3、二 4 · 96 人"
    kept = Outgoing.from_json(Outgoing(text="", platform="fake", picture=replace(chart, comma="、")).to_json())
    assert kept.picture is not None
    assert kept.picture.alt == replace(chart, comma="、").alt
    assert "3, 二" in chart.alt
    cells = Cells(title="T", foot="F", x=("一", "二"), y=("周",), values=((1, 2),), comma="、")
    assert "一 1、二 2" in cells.alt
    days = Calendar(
        title="T", foot="F", first="2026-05-31", values=(1, 2), weekdays=("",) * 7, months=("",) * 12, comma="、"
    )
    assert "2026-05-31 1、2026-06-01 2" in days.alt
    assert "、" in replace(pictures.community_map(60, 3, chinese=True), comma="、").alt
