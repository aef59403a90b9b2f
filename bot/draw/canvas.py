"""A sheet to draw on: shapes with smooth edges and text that knows the box it fills."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.draw import letters
from bot.draw.style import SMALLEST, Theme

Point = tuple[float, float]
Disc = tuple[float, float, float]
Label = tuple[Point, str, int, str, bool]  # where its baseline begins, text, size, colour, bold
_LARGE = 200_000  # pixels
_HALO = 3  # pixels around letters, and how strongly the blurred letters cover what is below
_COVER = 9
_LAYER = 2  # times as fine as the sheet


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

    def moved(self, x: float, y: float) -> Box:
        """Return the box so much farther to the right and down."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y, self.text, self.base + y)

    def within(self, other: Box) -> bool:
        """Say whether this lies inside `other`."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


class _Pen:
    """Draws on an image that is `fine` times as fine as the sheet and starts at (left, top) of it."""

    def __init__(self, image: Image.Image, left: int, top: int, fine: int, ink: int | str = 255) -> None:
        self._draw = ImageDraw.Draw(image)
        self._left, self._top, self._fine = left, top, fine
        self.ink = ink

    def _at(self, x: float, y: float) -> Point:
        return (x - self._left) * self._fine, (y - self._top) * self._fine

    def rounded(self, box: Box, radius: float) -> None:
        radius = min(radius, (box.right - box.left) / 2, (box.bottom - box.top) / 2)
        (left, top), (right, bottom) = self._at(box.left, box.top), self._at(box.right, box.bottom)
        self._draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius * self._fine, fill=self.ink)

    def discs(self, places: Sequence[Disc]) -> None:
        fine, left, top, ink, ellipse = self._fine, self._left, self._top, self.ink, self._draw.ellipse
        for x, y, r in places:
            x, y, r = (x - left) * fine, (y - top) * fine, r * fine  # noqa: PLW2901  by the thousand: in place
            ellipse((x - r, y - r, x + r, y + r), fill=ink)

    def lines(self, strokes: Sequence[Sequence[Point]], thick: float) -> None:
        for stroke in strokes:
            path = [self._at(x, y) for x, y in stroke]
            self._draw.line(path, self.ink, round(thick * self._fine), joint="curve")
            if thick > 2:
                self.discs([(x, y, thick / 2) for x, y in (stroke[0], stroke[-1])])

    def diamonds(self, places: Sequence[Disc]) -> None:
        for x, y, r in places:
            self.area([(x - r, y), (x, y - r), (x + r, y), (x, y + r)])

    def area(self, points: Sequence[Point]) -> None:
        self._draw.polygon([self._at(x, y) for x, y in points], fill=self.ink)


class Layer:
    """Shapes in their colours, each drawn over those before it, that become smooth together."""

    def __init__(self, pen: _Pen) -> None:
        self._pen = pen

    def discs(self, places: Sequence[Disc], colour: str) -> None:
        """Fill discs given as (x, y, radius)."""
        self._pen.ink = colour
        self._pen.discs(places)

    def diamonds(self, places: Sequence[Disc], colour: str) -> None:
        """Fill diamonds given as (x, y, from the middle to a corner)."""
        self._pen.ink = colour
        self._pen.diamonds(places)

    def lines(self, strokes: Sequence[Sequence[Point]], colour: str, thick: float) -> None:
        """Draw connected lines."""
        self._pen.ink = colour
        self._pen.lines(strokes, thick)


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
    ) -> Box:
        """Write one line with its baseline at `at` and return its box; cut it where it is wider than `room`.

        Raise ValueError for text too small to read.
        """
        if size < SMALLEST:
            raise ValueError(f"text of {size} px is too small")
        text = letters.fit(text, size, room)
        box = text_box(at, text, size, align=align)
        _write(self._draw, (box.left, at[1]), text, size, colour, bold)
        if text:
            self.written.append(box)
        return box

    def labels(self, labels: Sequence[Label]) -> None:
        """Write legible texts over shapes, each letter with a rim of the ground around it."""
        if not labels:
            return
        sheet = (self.width, self.height)
        plain, coloured = Image.new("L", sheet), Image.new("L", sheet)
        pens = ImageDraw.Draw(plain), ImageDraw.Draw(coloured)
        for at, text, size, colour, bold in labels:
            _write(pens[colour != self.theme.ink], at, text, size, 255, bold)
            self.written.append(text_box(at, text, size))
        # Blurred and made strong again, all letters have their rim at once: an outline each costs ten times as much.
        rim = ImageChops.lighter(plain, coloured).filter(ImageFilter.BoxBlur(_HALO))
        self._image.paste(self.theme.ground, (0, 0), rim.point([min(255, _COVER * level) for level in range(256)]))
        self._image.paste(self.theme.ink, (0, 0), plain)
        for at, text, size, colour, bold in labels:
            if colour != self.theme.ink:
                _write(self._draw, at, text, size, colour, bold)

    @contextmanager
    def layer(self, box: Box) -> Iterator[Layer]:
        """Draw many shapes, in many colours, on the empty ground of `box`, and make them smooth at the end.

        It costs as much as one large shape does by itself.
        """
        left, top = math.floor(box.left), math.floor(box.top)
        size = max(math.ceil(box.right) - left, 1), max(math.ceil(box.bottom) - top, 1)
        fine = Image.new("RGB", (size[0] * _LAYER, size[1] * _LAYER), self.theme.ground)
        yield Layer(_Pen(fine, left, top, _LAYER))
        self._image.paste(fine.reduce(_LAYER), (left, top))

    def paste(self, image: Image.Image) -> None:
        """Lay a picture as large as the sheet over all that was drawn before."""
        self._image.paste(image)

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
        top, bottom = letters.reach(place, size, piece)
        tops.append(at[1] + top)
        bottoms.append(at[1] + bottom)
    return Box(left, min(tops), left + wide, max(bottoms), text, at[1])


def _write(pen: ImageDraw.ImageDraw, at: Point, text: str, size: int, ink: int | str, bold: bool) -> None:
    left, y = at
    stroke = size / 52 if bold else 0.0  # the face comes in one weight: a hair's outline makes it a bold
    for place, piece in letters.runs(text):
        pen.text((left, y), piece, ink, letters.font(place, size), "ls", stroke_width=stroke)
        left += letters.advance(place, size, piece)


def _around(points: Sequence[Point], thick: float) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs) - thick, min(ys) - thick, max(xs) + thick, max(ys) + thick)
