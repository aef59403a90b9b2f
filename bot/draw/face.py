"""The round picture that stands for a member: initials on a colour of their own."""

from __future__ import annotations

import zlib

from bot.draw import letters
from bot.draw.canvas import Box, Canvas
from bot.draw.style import PALETTE, ink_on
from core.domain.people import initials, tidy_name


def face(canvas: Canvas, x: float, y: float, radius: float, name: str) -> None:
    """Draw the face of `name` around (x, y); a head and shoulders where no letter stands for it."""
    # A checksum, not hash(): the colour stays the same in every process.
    colour = PALETTE[zlib.crc32(name.encode()) % len(PALETTE)]
    ink = ink_on(colour)
    canvas.discs([(x, y, radius)], colour)
    short = letters.legible(initials(name)).upper()[:2]
    if short and short != "?":
        size = max(22, round(radius * (0.92 if len(short) == 1 else 0.78)))
        canvas.text((x, y + size * 0.36), short, size, ink, align="middle", bold=True)
        return
    canvas.discs([(x, y - radius * 0.24, radius * 0.28)], ink)
    shoulders = Box(x - radius * 0.5, y + radius * 0.14, x + radius * 0.5, y + radius * 0.62)
    canvas.rounded(shoulders, radius * 0.3, ink)


def legible_name(name: str) -> str:
    """Return `name` as it can be drawn, a dash where nothing of it can."""
    return letters.legible(tidy_name(name)) or "–"
