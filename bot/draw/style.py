"""How all pictures look: colours, sizes, margins. Loads nothing: pages can take their colours here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]
Mark = Literal["●", "○", "◆"]

ACCENT = "#3860c0"
# Six colours that keep at least 3:1 against both backgrounds and that people with protanopia, deuteranopia
# and tritanopia tell apart: searched for the largest least distance in OKLab under the matrices of Machado
# et al. (2009).
PALETTE = (ACCENT, "#e87000", "#48a0a8", "#a04870", "#a078f8", "#c83000")

MARKS: tuple[Mark, ...] = ("●", "○", "◆")

SMALLEST = 22  # px: no text is smaller
CARD_SIZE = (1000, 400)
BOARD_WIDTH = 1000
CHART_WIDTH = 1200
MARGIN = 56


@dataclass(frozen=True, slots=True)
class Theme:
    """What differs between light and dark: ground, text, quiet text, lines, empty tracks, the grey series.

    `tint` and `soft` say how strongly a colour lies over the ground behind text, and where it steps back.
    """

    ground: str
    ink: str
    quiet: str
    grid: str
    track: str
    grey: str
    tint: float
    soft: float


THEMES: dict[ThemeName, Theme] = {
    "light": Theme("#ffffff", "#1b1f27", "#5c6470", "#e3e6eb", "#e9ecf1", "#8b929d", 0.16, 0.62),
    "dark": Theme("#15181d", "#f1f3f6", "#a5adb9", "#2c313a", "#2a2f38", "#7a828e", 0.42, 0.85),
}


def colour_of(place: int, theme: Theme) -> str:
    """Return the colour of the series at `place`; grey outside the six."""
    return PALETTE[place] if 0 <= place < len(PALETTE) else theme.grey


def mark_of(number: int, theme: Theme) -> tuple[str, Mark]:
    """Return a circle's colour and mark: six colours, then the same with another mark; grey below zero.

    The nineteenth looks like the first: its label tells them apart.
    """
    if number < 0:
        return theme.grey, "●"
    return PALETTE[number % len(PALETTE)], MARKS[number // len(PALETTE) % len(MARKS)]


def lettering(colour: str, theme: Theme) -> str:
    """Return `colour` moved towards that of the text: letters need more contrast than shapes."""
    return mix(colour, theme.ink, 0.7)


def ink_on(colour: str) -> str:
    """Return the colour for letters that stand on `colour`: white or nearly black, at least 4.5:1 on the six."""
    return max("#ffffff", THEMES["dark"].ground, key=lambda ink: contrast(ink, colour))


def mix(colour: str, ground: str, share: float) -> str:
    """Return `colour` laid over `ground` with an opacity of `share`."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
