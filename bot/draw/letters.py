"""Text in pictures: which fonts there are, what can be written with them, how wide it is, where it breaks.

The face is Noto Sans throughout: Chinese, Latin, Greek, Cyrillic and kana from one font, each further script
from its own. What no font has is left out (most emoji), so that nobody sees empty boxes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pylopdf_fonts_ko
import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont
from PIL import ImageFont

Align = Literal["left", "middle", "right"]

ELLIPSIS = "…"
_LIMIT = 240  # characters: no text of a picture is longer
_MARKS_IN_A_ROW = 2
_REGULAR, _NORMAL = 400, 100  # a letter's weight and width
_PACKS = ("justmytype_intl_rtl", "justmytype_intl_south_asia", "justmytype_intl_sea")
_NO_START = "，。、；：？！）】》」』”’…·,.;:?!)]}%"
# A number with what it counts, a word, or one sign of a script without blanks; closing signs cling to each.
_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_CLOSING = rf"[{re.escape(_NO_START)}]*"
_PIECE = re.compile(rf"\s+|\d[\d.,]*\s[^\s{_WIDE}]+|[{_WIDE}]{_CLOSING}|[^\s{_WIDE}]+{_CLOSING}")


@lru_cache(maxsize=1)
def _paths() -> tuple[Path, ...]:
    packs = (Path(str(files(pack))).rglob("*.ttf") for pack in _PACKS)
    korean = Path(str(pylopdf_fonts_ko.sans_path()))
    return (Path(str(pylopdf_fonts_zh_cn.sans_path())), korean, *(path for pack in packs for path in sorted(pack)))


@lru_cache(maxsize=1)
def _coverage() -> tuple[frozenset[int], ...]:
    return tuple(_codes(path) for path in _paths())


def _codes(path: Path) -> frozenset[int]:
    with TTFont(str(path), lazy=True) as tables:
        return frozenset(tables.getBestCmap())


@lru_cache(maxsize=256)
def font(place: int, size: int) -> ImageFont.FreeTypeFont:
    """Return the font at `place` (0 is the face with Chinese) at `size` pixels."""
    face = ImageFont.truetype(str(_paths()[place]), size)
    if "[" in _paths()[place].name:  # a variable font, of which Hebrew's starts out as thin as a hair
        names = [axis["name"] for axis in face.get_variation_axes()]
        regular = {b"Weight": _REGULAR, b"Width": _NORMAL}
        face.set_variation_by_axes([regular[name] for name in names])
    return face


@lru_cache(maxsize=4096)
def _place_of(char: str) -> int | None:
    code = ord(char)
    return next((place for place, covered in enumerate(_coverage()) if code in covered), None)


def _has(place: int, char: str) -> bool:
    return ord(char) in _coverage()[place]


@lru_cache(maxsize=2048)
def legible(text: str) -> str:
    """Return `text` as it can be drawn: one line, no controls, no piled accents, no signs without a glyph."""
    kept: list[str] = []
    marks, base = 0, 0
    for char in unicodedata.normalize("NFC", text[: _LIMIT * 4]):
        category = unicodedata.category(char)
        if category[0] == "M":
            marks += 1
            if marks <= _MARKS_IN_A_ROW and kept and _has(base, char):
                kept.append(char)
            continue
        if category[0] == "C":
            if char in "\n\t":
                kept.append(" ")
            continue
        marks = 0
        place = _place_of(char)
        if category[0] == "Z":
            kept.append(" ")
        elif place is not None:
            base = place
            kept.append(char)
        elif category[0] in "LN":
            base = 0
            kept += (plain for plain in unicodedata.normalize("NFKC", char) if _place_of(plain) is not None)
    return " ".join("".join(kept).split())[:_LIMIT]


@lru_cache(maxsize=2048)
def runs(text: str) -> tuple[tuple[int, str], ...]:
    """Cut legible `text` into (place of the font, characters); blanks and signs stay with what precedes."""
    cut: list[tuple[int, str]] = []
    for char in text:
        before = cut[-1][0] if cut else -1
        strong = unicodedata.category(char)[0] == "L"
        if before >= 0 and _has(before, char) and (before == 0 or not strong or _place_of(char) == before):
            cut[-1] = (before, cut[-1][1] + char)
        else:
            place = _place_of(char) or 0
            cut.append((place, char))
    merged: list[tuple[int, str]] = []
    for place, piece in cut:
        if merged and merged[-1][0] == place:
            merged[-1] = (place, merged[-1][1] + piece)
        else:
            merged.append((place, piece))
    return tuple(merged)


@lru_cache(maxsize=4096)
def advance(place: int, size: int, piece: str) -> float:
    """Return how many pixels a run takes up."""
    return font(place, size).getlength(piece)


@lru_cache(maxsize=4096)
def reach(place: int, size: int, piece: str) -> tuple[float, float]:
    """Return how far a run reaches from its baseline: its top (negative is above) and its bottom."""
    _, top, _, bottom = font(place, size).getbbox(piece, anchor="ls")
    return top, bottom


def width(text: str, size: int) -> float:
    """Return how many pixels wide legible `text` is."""
    return sum(advance(place, size, piece) for place, piece in runs(text))


def fit(text: str, size: int, room: float) -> str:
    """Return legible `text`, cut and ended with an ellipsis where it is wider than `room` pixels."""
    text = legible(text)
    if width(text, size) <= room:
        return text
    cut = _longest(text, lambda piece: width(piece + ELLIPSIS, size) <= room)
    return text[:cut].rstrip() + ELLIPSIS


def _longest(text: str, fits: Callable[[str], bool]) -> int:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[:middle]):
            low = middle
        else:
            high = middle - 1
    while 0 < low < len(text) and unicodedata.category(text[low])[0] == "M":
        low -= 1
    return low


def lines(text: str, size: int, room: float, most: int, *, even: bool = True) -> list[str]:
    """Break legible `text` into at most `most` lines of `room` pixels; the last is cut if need be.

    `even` makes the lines about equally long.
    """
    text = legible(text)
    broken = _broken(text, size, room)
    if len(broken) > most:
        rest = "".join(broken[most - 1 :])
        return [*(line.strip() for line in broken[: most - 1]), fit(rest, size, room)]
    if even and len(broken) > 1:
        narrow = room
        # Even lines read better than a full one and a stray word.
        while len(tighter := _broken(text, size, narrow * 0.94)) == len(broken) and narrow > room / 2:
            broken, narrow = tighter, narrow * 0.94
    return [line.strip() for line in broken]


def _broken(text: str, size: int, room: float) -> list[str]:
    done: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        if line.strip() and width((line + piece).rstrip(), size) > room:
            done.append(line)
            line = ""
        line += piece
        while width(line.rstrip(), size) > room and len(line) > 1:
            cut = max(1, _longest(line, lambda part: width(part, size) <= room))
            done.append(line[:cut])
            line = line[cut:]
    return [*done, line] if line.strip() or not done else done
