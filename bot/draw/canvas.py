"""A sheet to draw on: shapes with smooth edges and text that knows the box it fills."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.draw import letters
from bot.draw.style import SMALLEST, Theme

Point = tuple[float, float]
Disc = tuple[float, float, float]
_LARGE = 200_000  # pixels


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands, in pixels from the upper left; `text` is written there on the height `base`."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""
    base: float = 0.0

    def meets(self, other: Box, gap: float = 0) -> bool:
        """Say whether the two overlap or come nearer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def within(self, other: Box) -> bool:
        """Say whether this lies inside `other`."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


class _Pen:
    """Draws on a mask that is `fine` times as fine as the sheet and starts at (left, top) of it."""

    def __init__(self, mask: Image.Image, left: int, top: int, fine: int) -> None:
        self._draw = ImageDraw.Draw(mask)
        self._left, self._top, self._fine = left, top, fine

    def _at(self, x: float, y: float) -> Point:
        return (x - self._left) * self._fine, (y - self._top) * self._fine

    def rounded(self, box: Box, radius: float) -> None:
        radius = min(radius, (box.right - box.left) / 2, (box.bottom - box.top) / 2)
        (left, top), (right, bottom) = self._at(box.left, box.top), self._at(box.right, box.bottom)
        self._draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius * self._fine, fill=255)

    def discs(self, places: Sequence[Disc]) -> None:
        for x, y, r in places:
            self._draw.ellipse((*self._at(x - r, y - r), *self._at(x + r, y + r)), fill=255)

    def lines(self, strokes: Sequence[Sequence[Point]], thick: float) -> None:
        for stroke in strokes:
            path = [self._at(x, y) for x, y in stroke]
            self._draw.line(path, 255, round(thick * self._fine), joint="curve")
            if thick > 2:
                self.discs([(x, y, thick / 2) for x, y in (stroke[0], stroke[-1])])

    def area(self, points: Sequence[Point]) -> None:
        self._draw.polygon([self._at(x, y) for x, y in points], fill=255)


class Canvas:
    """A picture in the making, `width` by `height` pixels; `written` lists the boxes of all text on it."""

    def __init__(self, width: int, height: int, theme: Theme) -> None:
        self.width, self.height, self.theme = width, height, theme
        self.written: list[Box] = []
        self._image = Image.new("RGB", (width, height), theme.ground)
        self._draw = ImageDraw.Draw(self._image)

    @property
    def box(self) -> Box:
        """Return the whole sheet."""
        return Box(0, 0, self.width, self.height)

    def png(self) -> bytes:
        """Return the picture as PNG."""
        out = io.BytesIO()
        # The lightest packing takes a third of the time of the best, and platforms pack anew anyway.
        self._image.save(out, "PNG", compress_level=1)
        return out.getvalue()

    def text(
        self,
        at: Point,
        text: str,
        size: int,
        colour: str,
        *,
        align: letters.Align = "left",
        room: float = math.inf,
        bold: bool = False,
        halo: str | None = None,
    ) -> Box:
        """Write one line with its baseline at `at` and return its box; cut it where it is wider than `room`.

        `halo` surrounds the letters with that colour, for text over shapes. Raise ValueError for text too small
        to read.
        """
        if size < SMALLEST:
            raise ValueError(f"text of {size} px is too small")
        text = letters.fit(text, size, room)
        box = text_box(at, text, size, align=align)
        left, y = box.left, at[1]
        stroke = size / 52 if bold else 0.0  # the face comes in one weight: a hair's outline makes it a bold
        for place, piece in letters.runs(text):
            face = letters.font(place, size)
            if halo:
                self._draw.text((left, y), piece, halo, face, "ls", stroke_width=4, stroke_fill=halo)
            self._draw.text((left, y), piece, colour, face, "ls", stroke_width=stroke)
            left += letters.advance(place, size, piece)
        if text:
            self.written.append(box)
        return box

    def rounded(self, box: Box, radius: float, colour: str) -> None:
        """Fill a box with rounded corners."""
        if box.right > box.left and box.bottom > box.top:
            self._stamp(box, colour, lambda pen: pen.rounded(box, radius))

    def discs(self, places: Sequence[Disc], colour: str) -> None:
        """Fill discs given as (x, y, radius)."""
        if places:
            box = Box(
                min(x - r for x, _, r in places),
                min(y - r for _, y, r in places),
                max(x + r for x, _, r in places),
                max(y + r for _, y, r in places),
            )
            self._stamp(box, colour, lambda pen: pen.discs(places))

    def lines(self, strokes: Sequence[Sequence[Point]], colour: str, thick: float) -> None:
        """Draw connected lines, with round joints, and round ends where they are thick enough to show."""
        points = [point for stroke in strokes for point in stroke]
        if points:
            self._stamp(_around(points, thick), colour, lambda pen: pen.lines(strokes, thick))

    def area(self, points: Sequence[Point], colour: str) -> None:
        """Fill the shape that `points` go round."""
        self._stamp(_around(points, 0), colour, lambda pen: pen.area(points))

    def rule(self, left: float, right: float, y: float, colour: str, thick: int = 2) -> None:
        """Draw a level line."""
        self._draw.rectangle((left, round(y), right, round(y) + thick - 1), fill=colour)

    def _stamp(self, box: Box, colour: str, paint: Callable[[_Pen], None]) -> None:
        left, top = math.floor(max(box.left, 0)), math.floor(max(box.top, 0))
        wide = math.ceil(min(box.right, self.width)) - left + 1
        high = math.ceil(min(box.bottom, self.height)) - top + 1
        if wide <= 0 or high <= 0:
            return
        # Each pixel is the mean of 4 × 4 finer ones, of 3 × 3 where a shape is large: that is where the
        # time goes.
        fine = 4 if wide * high < _LARGE else 3
        mask = Image.new("L", (wide * fine, high * fine))
        paint(_Pen(mask, left, top, fine))
        self._image.paste(colour, (left, top), mask.reduce(fine))


def text_box(at: Point, text: str, size: int, *, align: letters.Align = "left") -> Box:
    """Return the box that legible `text` fills when written with its baseline at `at`."""
    wide = letters.width(text, size)
    left = at[0] - {"left": 0.0, "middle": wide / 2, "right": wide}[align]
    tops, bottoms = [at[1] - size * 0.74], [at[1]]
    for place, piece in letters.runs(text):
        _, top, _, bottom = letters.font(place, size).getbbox(piece, anchor="ls")
        tops.append(at[1] + top)
        bottoms.append(at[1] + bottom)
    return Box(left, min(tops), left + wide, max(bottoms), text, at[1])


def _around(points: Sequence[Point], thick: float) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs) - thick, min(ys) - thick, max(xs) + thick, max(ys) + thick)
