"""Pictures as drawn: what fits, what can be read, and by whom."""

from __future__ import annotations

import hashlib
import io
import math
import os
import signal
import subprocess
import sys
import unicodedata
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.draw import compose, draw, letters, style
from bot.draw.canvas import Box, Canvas
from bot.draw.charts.theme import ticks
from core.domain.pictures import Chart, Kind, Series
from tests.world import pictures

SAMPLES = pictures.samples()
THEMES: tuple[style.ThemeName, ...] = ("light", "dark")


@cache
def composed(name: str, theme: style.ThemeName = "light") -> Canvas:
    """Return a sample on its canvas, once for all tests."""
    return compose(SAMPLES[name], theme=theme)


@cache
def drawn(name: str) -> bytes:
    """Return a sample as PNG, once for all tests."""
    return composed(name).png()


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", SAMPLES)
def test_all_text_is_on_the_sheet_and_none_runs_into_another(name: str, theme: style.ThemeName) -> None:
    canvas = composed(name, theme)
    assert canvas.written
    for box in canvas.written:
        assert box.within(canvas.box), box
    for one, other in combinations(canvas.written, 2):
        assert not one.meets(other), (one, other)


@pytest.mark.parametrize("name", SAMPLES)
def test_sizes_are_those_of_the_house(name: str) -> None:
    image = opened(drawn(name))
    if name.startswith("card"):
        assert image.size == (1000, 400)
    else:
        assert image.width == (1000 if name.startswith("board") else 1200)
        assert image.height <= 2 * image.width


@pytest.mark.parametrize("name", SAMPLES)
def test_text_is_where_its_box_says(name: str) -> None:
    canvas, image = composed(name), opened(drawn(name))
    for box in canvas.written:
        crop = image.crop(
            (math.floor(box.left) - 1, math.floor(box.top), math.ceil(box.right) + 1, math.ceil(box.bottom))
        )
        assert len(crop.getcolors(crop.width * crop.height) or [0, 0]) > 1, box


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_said_is_written(theme: style.ThemeName) -> None:
    written = {box.text for box in compose(pictures.card_zh(), theme=theme).written}
    assert {"李伟", "17", "等级", "贡献者", "连续签到 9 天", "近 30 天 177 条消息", "伟"} <= written


def test_no_text_is_too_small_to_read() -> None:
    canvas = Canvas(100, 100, style.THEMES["light"])
    with pytest.raises(ValueError, match="too small"):
        canvas.text((0, 50), "tiny", 21, "#000000")


def test_pictures_of_no_kind_are_refused() -> None:
    class Odd:
        alt = "odd"

    with pytest.raises(TypeError, match="Odd"):
        draw(Odd())


def test_the_same_picture_gives_the_same_bytes_in_every_process() -> None:
    script = (
        "import hashlib\nfrom bot.draw import draw\nfrom tests.world import pictures\n"
        "for name, each in sorted(pictures.samples().items()):\n"
        "    print(name, hashlib.sha256(draw(each, theme='dark')).hexdigest())\n"
    )
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"  # another than ours
    said = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = {name: hashlib.sha256(composed(name, "dark").png()).hexdigest() for name in sorted(SAMPLES)}
    assert said.splitlines() == [f"{name} {content}" for name, content in here.items()]


def test_importing_the_package_loads_no_pillow() -> None:
    script = "import sys, bot.draw, bot.draw.style; print({'PIL', 'fontTools', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_figures_are_drawn_in_a_process_of_their_own() -> None:
    script = (
        "import asyncio, sys\nfrom bot.draw import apart, draw\nfrom tests.world import pictures\n"
        "from multiprocessing import active_children\n"
        "async def main():\n"
        "    chart = pictures.samples()['line-zh']\n"
        "    first = await apart.drawn(chart, theme='dark')\n"
        "    assert 'vl_convert' not in sys.modules\n"
        "    for child in active_children(): child.kill(); child.join()\n"
        "    assert first == await apart.drawn(chart, theme='dark') == draw(chart, theme='dark')\n"
        "    print(len(active_children()))\n"
        "if __name__ == '__main__': asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_whoever_draws_ends_with_a_bot_that_is_killed() -> None:
    script = (
        "import os, signal, sys\nfrom bot.worker import Worker\n"
        "if __name__ == '__main__':\n"
        "    print(Worker().submit(os.getpid).result(), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # The process for work holds this end of the pipe as well: it is read to its end only when both are gone.
    done = subprocess.run([sys.executable, "-c", script], check=False, stdout=subprocess.PIPE, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert int(done.stdout) > 0


# Names ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pictures.HOSTILE_NAMES)
def test_any_name_can_be_drawn(name: str) -> None:
    for picture in (pictures.card(name), pictures.board((name, "Ana", name))):
        canvas = compose(picture)
        for box in canvas.written:
            assert box.within(canvas.box), box
        for one, other in combinations(canvas.written, 2):
            assert not one.meets(other), (one, other)
        assert opened(canvas.png()).width == 1000


@pytest.mark.parametrize("name", pictures.HOSTILE_NAMES)
def test_no_name_shows_empty_boxes(name: str) -> None:
    for place, piece in letters.runs(letters.legible(name)):
        with TTFont(letters.font(place, 22).path) as tables:
            known = tables.getBestCmap()
        assert all(ord(char) in known for char in piece), (name, piece)


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("李伟", "李伟"),
        ("Ana 🔥", "Ana"),
        ("a\nb\tc", "a b c"),
        ("Ze\u0301", "Zé"),
        ("გიორგი", ""),
        ("김민수", "김민수"),
        ("𝕬𝖓𝖆", "Ana"),
        ("שירה", "שירה"),
        ("\u202eevil", "evil"),
        ("🔥", ""),
    ],
)
def test_what_is_left_of_a_name(name: str, drawn: str) -> None:
    assert letters.legible(name) == drawn


def test_right_to_left_names_stay_in_one_run() -> None:
    assert [piece for _, piece in letters.runs("محمد علي")] == ["محمد علي"]
    assert [piece for _, piece in letters.runs("Ana محمد 2")] == ["Ana ", "محمد 2"]


def test_hebrew_is_written_as_strongly_as_other_scripts() -> None:
    def ink(text: str) -> float:
        ((place, piece),) = letters.runs(text)
        mask = letters.font(place, 96).getmask(piece)
        return sum(mask) / 255 / (mask.size[0] * mask.size[1])

    assert ink("ם") > 0.8 * ink("о")


def test_chinese_glyphs_differ_from_the_empty_box() -> None:
    face = letters.font(0, 40)
    missing = bytes(face.getmask("\U000f0000"))
    shapes = {bytes(face.getmask(char)) for char in "李伟王芳"}
    assert len(shapes) == 4
    assert missing not in shapes


@given(st.text(max_size=80), st.sampled_from((22, 40)), st.integers(60, 900))
def test_fitted_text_fits(text: str, size: int, room: int) -> None:
    fitted = letters.fit(text, size, room)
    assert letters.width(fitted, size) <= room
    clean = letters.legible(text)
    assert fitted == clean or (fitted.endswith("…") and clean.startswith(fitted[:-1]))


@given(st.text(max_size=120), st.integers(120, 900), st.integers(1, 3), st.booleans())
def test_broken_lines_fit_and_lose_nothing_unless_cut(text: str, room: int, most: int, even: bool) -> None:
    broken = letters.lines(text, 24, room, most, even=even)
    assert 1 <= len(broken) <= most
    for line in broken:
        assert letters.width(line, 24) <= room
    if not broken[-1].endswith("…"):
        assert "".join("".join(broken).split()) == "".join(letters.legible(text).split())


def test_chinese_lines_do_not_start_with_a_closing_sign() -> None:
    for room in range(120, 600, 7):
        for line in letters.lines("统计范围：成员，消息。截至（五月）、六月；七月", 24, room, 9):
            assert line[0] not in "：，。）、；"


@given(st.text(alphabet=st.characters(categories=("L", "M", "N", "P", "Z")), max_size=40))
def test_runs_keep_every_character_and_no_mark_opens_a_text(text: str) -> None:
    clean = letters.legible(text)
    assert "".join(piece for _, piece in letters.runs(clean)) == clean
    assert not clean or unicodedata.category(clean[0])[0] != "M"


# Charts --------------------------------------------------------------------------------------------


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9), st.integers(2, 8))
def test_ticks_are_few_equal_and_enclose(low: float, spread: float, most: int) -> None:
    steps = ticks(low, low + spread, most)
    slack = 1e-6 * max(1.0, abs(low), spread)
    assert steps[0] <= low + slack
    assert steps[-1] >= low + spread - slack
    assert 2 <= len(steps) <= most + 3
    assert np.ptp(np.diff(steps)) <= slack


@pytest.mark.parametrize("kind", ["line", "bar", "column", "multiples"])
@pytest.mark.parametrize(
    "values",
    [(0, 0, 0), (None, None, None), (math.nan, math.inf, 3), (1e12, -1e12, 0), (5,), (1e-9, 2e-9, 0), (-1, -2, -3)],
)
def test_odd_values_are_drawn(kind: Kind, values: tuple[float | None, ...]) -> None:
    for count in (1, 3, 9):
        chart = Chart(
            title="T",
            foot="F",
            kind=kind,
            x=("first", "second", "third")[: len(values)],
            series=tuple(Series(label=f"Series {i} with a rather long label", values=values) for i in range(count)),
        )
        canvas = compose(chart)
        for box in canvas.written:
            assert box.within(canvas.box), box


def test_a_year_of_days_keeps_its_labels_apart() -> None:
    x = tuple(f"2026-{1 + i // 31:02}-{1 + i % 31:02}" for i in range(365))
    kinds: tuple[Kind, ...] = ("line", "column")
    for kind in kinds:
        chart = Chart(title="T", foot="F", kind=kind, x=x, series=(Series(label="a", values=tuple(range(365))),))
        written = compose(chart).written
        assert x[-1] in {box.text for box in written}
        assert not [1 for one, other in combinations(written, 2) if one.base == other.base and one.meets(other, 10)]


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((2.0, 3.0), ("0 %", "20 %")),  # all of it would fill the panel without a least span
        ((50.0, 52.0), ("40 %", "70 %")),
        ((98.0, 99.5), ("80 %", "100 %")),
        ((0.0, 0.0), ("0 %", "20 %")),
        ((100.0, 100.0), ("80 %", "100 %")),
        ((10.0, 80.0), ("0 %", "100 %")),
        ((-2.0, 1.0), ("−10 %", "20 %")),
    ],
)
def test_small_moves_look_small_on_an_own_scale(values: tuple[float, ...], ends: tuple[str, str]) -> None:
    chart = Chart(
        title="T",
        foot="F",
        kind="multiples",
        x=("May", "June"),
        series=(Series(label="a", values=values),),
        unit=" %",
        own_scales=True,
        least_span=20,
        limits=(0, 100),
    )
    assert {*ends} <= {box.text for box in compose(chart).written}


def test_boxes_meet_only_where_they_overlap() -> None:
    assert Box(0, 0, 10, 10).meets(Box(9, 9, 20, 20))
    assert not Box(0, 0, 10, 10).meets(Box(10, 0, 20, 10))
    assert Box(0, 0, 10, 10).meets(Box(12, 0, 20, 10), gap=3)
