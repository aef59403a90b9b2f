"""Pictures of figures: every kind, in both languages and themes, with whatever a community's history holds."""

from __future__ import annotations

import math
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as Xml

import pytest

from bot.draw import compose, letters, style, svg
from bot.draw.charts import SPECS, vega
from core.domain.pictures import (
    Calendar,
    Cells,
    Chart,
    Effect,
    Figures,
    Forest,
    Funnel,
    Kind,
    Reference,
    Series,
    Stage,
    Value,
)
from tests.world.figures import LONG_NAMES, MONTHS, WEEKDAYS
from tests.world.pictures import samples

THEMES: tuple[style.ThemeName, ...] = ("light", "dark")
SHAPES = "{http://www.w3.org/2000/svg}"
TITLES = {
    "en": "Half of the newcomers of May stayed, and those who were greeted by a person stayed longest of them all",
    "zh": "五月加入的新成员有一半留了下来，其中有人迎接的留得最久，比无人迎接的多留了整整三个星期，而且至今仍在发言",
}
UNITS = {"en": "%", "zh": " 条"}
NAMES = (*LONG_NAMES, *(f"member {i}" for i in range(55)))


def of_kind(kind: str, values: tuple[Value, ...], language: str = "en", *, series: int = 1) -> Figures:
    """Return a picture of a kind with as many places as there are values."""
    words = {"title": TITLES[language], "foot": TITLES[language], "unit": UNITS[language]}
    names = NAMES[: len(values)]
    low = tuple(None if value is None else value - 3 for value in values)
    high = tuple(None if value is None else value + 3 for value in values)
    match kind:
        case "cells":
            return Cells(x=names, y=names[:12], values=tuple(values for _ in names[:12]), **words)
        case "calendar":
            days = WEEKDAYS[language], MONTHS[language]
            return Calendar(first="2023-12-30", values=values, weekdays=days[0], months=days[1], **words)
        case "forest":
            rows = zip(names, values, low, high, strict=True)
            return Forest(effects=tuple(Effect(label=n, value=v, low=a, high=b) for n, v, a, b in rows), **words)
        case "funnel":
            rows = zip(names, values, strict=True)
            return Funnel(stages=tuple(Stage(label=n, value=v or 0, note=n) for n, v in rows), **words)
        case _:
            every = tuple(Series(label=NAMES[i], values=values, low=low, high=high) for i in range(series))
            labels = tuple(
                f"{1 + i % 28} May" if language == "en" else f"5月{1 + i % 28}日" for i in range(len(values))
            )
            line: dict[str, Reference] = {}
            if kind in ("line", "steps"):
                line["reference"] = Reference(label=NAMES[0], value=2)
            x = labels if kind != "bar" else names
            return Chart(kind=_kind(kind), x=x, series=every, **words, **line)


def _kind(kind: str) -> Kind:
    kinds: dict[str, Kind] = {each: each for each in ("line", "steps", "bar", "column", "multiples")}
    return kinds[kind]


def look(picture: Figures, theme: style.ThemeName = "light") -> None:
    """Look that every text is on the sheet, apart from the others, and large and dark enough to read."""
    canvas = compose(picture, theme=theme)
    assert picture.alt
    for box in canvas.written:
        assert box.within(canvas.box), box
    for one, other in combinations(canvas.written, 2):
        assert not one.meets(other), (one, other)
    ground = style.THEMES[theme].ground
    for text in Xml.fromstring(svg(picture, theme=theme)).iter(f"{SHAPES}text"):
        assert int(text.get("font-size", 0)) >= style.SMALLEST
        # The reader's font may be wider than those that are drawn with.
        said = text.text or ""
        assert not said or float(text.get("textLength", 0)) == pytest.approx(
            letters.width(said, int(text.get("font-size", 0))), abs=1
        )
        colour = text.get("fill", "")
        on_cells = isinstance(picture, Cells) and text.get("text-anchor") == "middle"
        assert on_cells or style.contrast(colour, ground) >= 4.5, (text.text, colour)


VALUES: dict[str, tuple[Value, ...]] = {
    "none": (),
    "one": (5.0,),
    "three": (5.0, 0.0, 12.5),
    "sixty": tuple(float((i * i) % 37) for i in range(60)),
    "negative": (-5.0, 3.0, -12.0, -0.5, None, 8.0),
    "unknown": (None, None),
    "odd": (math.nan, math.inf, 3.0, -math.inf, 1e12, 1e-9),
    "alike": (0.0, 0.0, 0.0, 0.0),
}


@pytest.mark.parametrize("given", VALUES)
@pytest.mark.parametrize("kind", SPECS)
def test_every_kind_draws_whatever_there_is(kind: str, given: str) -> None:
    look(of_kind(kind, VALUES[given], "zh" if given in ("three", "negative") else "en"))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("kind", SPECS)
def test_every_kind_draws_in_both_languages_and_themes(kind: str, language: str, theme: style.ThemeName) -> None:
    look(of_kind(kind, (3.0, -4.0, 12.0, None, 7.0), language, series=3), theme)


@pytest.mark.parametrize("kind", ["line", "steps", "column", "multiples", "cells", "calendar"])
def test_years_of_days_are_drawn(kind: str) -> None:
    values = tuple(float(i % 17) for i in range(3 * 365))
    picture = of_kind(kind, values)
    if isinstance(picture, Cells):
        picture = Cells(title="T", foot="F", x=tuple(map(str, range(365))), y=NAMES[:3], values=(values[:365],) * 3)
    look(picture)
    assert compose(picture).height <= 2 * style.CHART_WIDTH


def test_sixty_rows_are_all_there_and_what_is_more_is_counted() -> None:
    for kind in ("bar", "forest"):
        written = [box.text for box in compose(of_kind(kind, VALUES["sixty"])).written]
        assert "member 54" in written
    chart = Chart(
        title="T",
        foot="F",
        kind="bar",
        x=tuple(f"room {i}" for i in range(1200)),
        series=(Series(label="", values=(1,) * 1200),),
    )
    canvas = compose(chart)
    assert "+ 1,140" in {box.text for box in canvas.written}
    assert canvas.height <= 2 * style.CHART_WIDTH


def test_stages_that_find_no_room_are_counted() -> None:
    assert "+ 10" in {box.text for box in compose(of_kind("funnel", VALUES["sixty"])).written}


def test_names_of_lines_and_their_reference_stand_beside_the_plot() -> None:
    series = tuple(Series(label=f"line {i}", values=(9, 5)) for i in range(10))
    chart = Chart(
        title="T", foot="F", kind="line", x=("a", "b"), series=series, reference=Reference(label="goal", value=5)
    )
    boxes = {box.text: box for box in compose(chart).written}
    newest = (boxes["b"].left + boxes["b"].right) / 2  # where the lines end
    for name in (*(each.label for each in series), "goal 5"):
        assert boxes[name].left > newest + 10


def test_an_axis_says_what_there_could_have_been() -> None:
    zeros = Series(label="silent", values=(0, 0))
    none = Chart(title="T", foot="F", kind="line", x=("a", "b"), series=(zeros,), unit="%", limits=(0, 100))
    assert {"0%", "20%", "100%"} <= {box.text for box in compose(none).written}
    joined = Chart(title="T", foot="F", kind="column", x=("a", "b"), series=(Series(label="joined", values=(1, 2)),))
    assert [box.text for box in compose(joined).written if "." in box.text] == []
    days = Series(label="days", values=(5, 7))
    week = Chart(title="T", foot="F", kind="multiples", x=("a", "b"), series=(days, days), own_scales=True)
    said = {box.text for box in compose(week).written}
    assert "7" in said
    assert not any("." in text for text in said)


def shapes(picture: Figures, tag: str, **attributes: str) -> list[Xml.Element]:
    """Return the shapes of a picture that have these attributes."""
    root = Xml.fromstring(svg(picture))
    return [
        each
        for each in root.iter(SHAPES + tag)
        if all(each.get(name.replace("_", "-")) == value for name, value in attributes.items())
    ]


def ends(path: Xml.Element) -> list[tuple[float, float]]:
    """Return the points of a path of straight lines, L, H and V."""
    x = y = 0.0
    points = []
    for letter, numbers in re.findall(r"([MLHV])([^A-Z]*)", path.get("d", "")):
        values = [float(each) for each in re.findall(r"-?[\d.]+(?:e-?\d+)?", numbers)]
        x, y = {"M": values, "L": values, "H": [*values, y], "V": [x, *values]}[letter]
        points.append((x, y))
    return points


def test_a_line_goes_where_its_values_say() -> None:
    chart = Chart(title="T", foot="F", kind="line", x=("a", "b", "c"), series=(Series(label="", values=(0, 50, 100)),))
    (line,) = [each for each in shapes(chart, "path", stroke=style.ACCENT) if "L" in each.get("d", "")]
    (x0, y0), (x1, y1), (x2, y2) = ends(line)
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.01)
    assert y0 - y1 == pytest.approx(y1 - y2, abs=0.01)
    assert y0 - y2 == pytest.approx(376)


def test_steps_stay_level_until_the_next_value() -> None:
    chart = Chart(
        title="T", foot="F", kind="steps", x=("0", "1", "2"), series=(Series(label="", values=(100, 60, 20)),)
    )
    (line,) = [each for each in shapes(chart, "path", stroke=style.ACCENT) if "L" in each.get("d", "")]
    turns = ends(line)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(turns))
    assert len({y for _, y in turns}) == 3


def test_a_band_and_a_reference_are_drawn_where_they_are_given_and_gaps_break_them() -> None:
    values: tuple[Value, ...] = (5, 6, None, 7, 8)
    low, high = (4, 5, None, 6, 7), (6, 7, None, 8, 9)
    x = ("a", "b", "c", "d", "e")
    plain = Chart(title="T", foot="F", kind="line", x=x, series=(Series(label="s", values=values),))
    banded = Chart(
        title="T",
        foot="F",
        kind="line",
        x=x,
        series=(Series(label="s", values=values, low=low, high=high),),
        reference=Reference(label="goal", value=3),
    )
    assert not shapes(plain, "path", opacity="0.22")
    (band,) = shapes(banded, "path", opacity="0.22")
    assert band.get("d", "").count("M") == 2
    assert len(shapes(banded, "line", stroke_dasharray="10,8")) == 1
    assert "goal 3" in {box.text for box in compose(banded).written}


def test_an_effect_that_may_be_none_is_grey_and_an_end_that_is_unknown_reaches_the_edge() -> None:
    effects = (
        Effect(label="sure", value=4, low=1, high=7),
        Effect(label="may be none", value=2, low=-1, high=5),
        Effect(label="open", value=2, low=1, high=None),
        Effect(label="bare", value=2, low=None, high=None),
    )
    forest = Forest(title="T", foot="F", effects=effects)
    grey = style.THEMES["light"].grey
    lines = shapes(forest, "line", stroke_width="6")
    long = [float(each.get("x2", 0)) for each in lines]
    assert [each.get("stroke") for each in lines] == [style.ACCENT, grey, style.ACCENT, grey]
    # The axis goes from −2 to 8 in steps of two: the open end is as far from 1 as 8 is.
    assert long[0] == pytest.approx(long[1], abs=0.01)
    assert long[2] == pytest.approx(long[0] * 7 / 6, abs=0.01)
    assert long[3] == 0
    assert {"4 [1, 7]", "2 [−1, 5]", "2 [1, –]", "2"} <= {box.text for box in compose(forest).written}


def test_cells_are_the_stronger_the_higher_and_another_colour_below_zero() -> None:
    table = Cells(title="T", foot="F", x=("a", "b", "c", "d"), y=("y",), values=((1, 10, -10, None),))
    ground = style.THEMES["light"].ground
    fills = [each.get("fill", "") for each in shapes(table, "path") if each.get("opacity") != "0" and each.get("fill")]
    assert len(fills) == 3
    assert style.contrast(fills[0], ground) < style.contrast(fills[1], ground)
    assert fills[1] == style.ACCENT
    assert fills[2] == style.PALETTE[1]


def test_figures_on_cells_can_be_read() -> None:
    for theme in THEMES:
        for share in range(101):
            colour = style.mix(style.ACCENT, style.THEMES[theme].ground, share / 100)
            assert style.contrast(style.ink_on(colour), colour) >= 4


def test_a_day_stands_in_its_week() -> None:
    calendar = Calendar(
        title="T",
        foot="F",
        first="2026-05-29",  # a Friday
        values=(1, 1, 1, 1),
        weekdays=WEEKDAYS["en"],
        months=MONTHS["en"],
    )
    boxes = shapes(calendar, "path", fill=style.ACCENT)[:4]
    corners = [tuple(map(float, re.findall(r"-?[\d.]+", each.get("d", ""))[:2])) for each in boxes]
    assert corners[0][0] == corners[1][0] == corners[2][0] < corners[3][0]
    assert corners[0][1] < corners[1][1] < corners[2][1]
    assert corners[3][1] < corners[0][1]
    assert {"May", "Mon", "Sun"} <= {box.text for box in compose(calendar).written}


def test_a_funnel_is_as_long_as_its_shares() -> None:
    funnel = Funnel(
        title="T", foot="F", stages=(Stage(label="a", value=400), Stage(label="b", value=100, note="a quarter"))
    )
    long = []
    for each in shapes(funnel, "path", fill=style.ACCENT):
        xs = [float(found) for found in re.findall(r"[MLH](-?[\d.]+)", each.get("d", ""))]
        long.append(max(xs) - min(xs))
    assert long[0] / long[1] == pytest.approx(4, rel=0.1)
    assert {"400", "100 · a quarter"} <= {box.text for box in compose(funnel).written}


@pytest.mark.parametrize("name", LONG_NAMES)
@pytest.mark.parametrize("kind", ["bar", "column", "line", "cells", "forest", "funnel"])
def test_names_are_written_as_they_are(kind: str, name: str) -> None:
    one = Series(label="", values=(1,))
    pictures: dict[str, Figures] = {
        "cells": Cells(title="T", foot="F", x=("a",), y=(name,), values=((1,),)),
        "forest": Forest(title="T", foot="F", effects=(Effect(label=name, value=1, low=0, high=2),)),
        "funnel": Funnel(title="T", foot="F", stages=(Stage(label=name, value=1),)),
        "line": Chart(title="T", foot="F", kind="line", x=("a",), series=(Series(label=name, values=(1,)),)),
        "bar": Chart(title="T", foot="F", kind="bar", x=(name,), series=(one,)),
        "column": Chart(title="T", foot="F", kind="column", x=(name,), series=(one,)),
    }
    picture = pictures[kind]
    written = {box.text for box in compose(picture).written}
    whole = letters.legible(name)
    assert any(text == whole or (text.endswith("…") and whole.startswith(text[:-1])) for text in written - {"…"})


def test_nothing_is_loaded_from_anywhere() -> None:
    spec = {
        "mark": "point",
        "data": {"url": "http://127.0.0.1:9/x.csv"},
        "padding": {"left": 0, "top": 0},
        "name": "line",
    }
    with pytest.raises(ValueError, match="not allowed") as found:
        vega.plot(spec)
    assert found.value.__notes__ == ["in the spec of a chart of kind line"]


@pytest.mark.parametrize("name", [name for name, each in samples().items() if isinstance(each, Figures)])
def test_every_picture_of_figures_is_a_table_too(name: str) -> None:
    picture = samples()[name]
    assert isinstance(picture, Figures)
    head, *rows = picture.rows()
    assert all(len(row) == len(head) for row in rows)
    if isinstance(picture, Chart):
        assert [row[0] for row in rows] == [*picture.x]
