"""Pictures as data: what they say in words, and that they can be written down."""

from __future__ import annotations

import json
import math

import pytest

from core.domain.outgoing import Outgoing
from core.domain.pictures import ALT_LIMIT, Board, BoardRow, Chart, Series, figure
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
