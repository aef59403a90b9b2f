"""The map of a community."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.draw import letters
from bot.draw.canvas import Box, Canvas, Disc, Label, Layer, Point, text_box
from bot.draw.style import CHART_WIDTH, MARGIN, SMALLEST, Mark, Theme, lettering, mark_of, mix
from core.domain.alternative import figure
from core.domain.people import tidy_name
from core.domain.pictures import NetworkMap, PlacedMember

_ROOM = CHART_WIDTH - 2 * MARGIN
_TITLE = 40
_FOOT = 24
_CIRCLE = 28
_LARGE = 6  # circles with large labels
_LABEL_ROOM = 420
_NEARBY = 50  # places nearer to its circle that a label gives up for one small mark fewer below it
_NAME_ROOM = 300  # pixels: a longer name takes two lines, and only what is longer than these is cut
_PITCH = 25
_FIRST = 20  # names that have their places before circles are named
_TOUCH = -5  # pixels that a name may reach into the box of a mark, whose corners are empty
_DOT = 2.6
_RADII = (4.0, 23.0)
_CELL = 120


def compose(network: NetworkMap, theme: Theme) -> Canvas:
    """Draw the map: cloud, ties, people, then as many names as fit without touching, the important first."""
    title = letters.lines(network.title, _TITLE, _ROOM, 2)
    foot = letters.lines(network.foot, _FOOT, _ROOM, 2, even=False)
    top = 92 + 52 * (len(title) - 1) + 40
    side = _ROOM if network.people else 0
    canvas = Canvas(CHART_WIDTH, top + side + 48 + 34 * len(foot) + 22, theme)
    plot = Box(MARGIN, top, MARGIN + _ROOM, top + side)
    for i, line in enumerate(title):
        canvas.text((MARGIN, 92 + 52 * i), line, _TITLE, theme.ink, bold=True)
    for i, line in enumerate(foot):
        canvas.text((MARGIN, plot.bottom + 62 + 34 * i), line, _FOOT, theme.quiet)
    plotted = _Plotted(canvas, network, plot)
    with canvas.layer(plot) as layer:
        plotted.cloud(layer)
        plotted.ties(layer)
        plotted.people(layer)
    first = list(plotted.names(0, _FIRST))
    canvas.labels([*first, *plotted.circle_labels(), *plotted.names(_FIRST, None)])
    return canvas


def radius_of(size: float) -> float:
    """Return how many pixels a member's mark reaches from its middle, by their size (0 to 1)."""
    return float(_RADII[0] + (_RADII[1] - _RADII[0]) * min(max(size, 0.0), 1.0) ** 0.5)


class _Taken:
    """Boxes that are taken, found by the squares of a grid that they touch."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def free(self, box: Box, gap: float, but: Box | None = None) -> bool:
        return not any(
            other is not but and box.meets(other, gap)
            for cell in _cells(box, gap)
            for other in self._cells.get(cell, ())
        )

    def met(self, box: Box) -> float:
        """Return how many pixels the boxes that this one meets are wide, all together."""
        near = {id(other): other for cell in _cells(box, 2) for other in self._cells.get(cell, ())}
        return sum(other.right - other.left for other in near.values() if box.meets(other, 2))

    def take(self, box: Box) -> None:
        for cell in _cells(box, 0):
            self._cells[cell].append(box)


def _cells(box: Box, gap: float) -> Iterator[tuple[int, int]]:
    for column in range(int((box.left - gap) // _CELL), int((box.right + gap) // _CELL) + 1):
        for row in range(int((box.top - gap) // _CELL), int((box.bottom + gap) // _CELL) + 1):
            yield column, row


class _Plotted:
    """The map proper, drawn layer by layer within `plot`."""

    def __init__(self, canvas: Canvas, network: NetworkMap, plot: Box) -> None:
        self._canvas, self._network, self._plot = canvas, network, plot
        self._marks = [self._mark(person) for person in network.people]
        self._of_people, self._of_names = _Taken(), _Taken()
        for mark in self._marks:
            self._of_people.take(mark)

    def _point(self, x: float, y: float) -> Point:
        plot = self._plot
        return plot.left + x * (plot.right - plot.left), plot.top + y * (plot.bottom - plot.top)

    def _mark(self, person: PlacedMember) -> Box:
        plot = self._plot
        x, y = self._point(person.x, person.y)
        r = radius_of(person.size)
        x = min(max(x, plot.left + r), plot.right - r)
        y = min(max(y, plot.top + r), plot.bottom - r)
        return Box(x - r, y - r, x + r, y + r)

    def _colour(self, circle: int) -> str:
        return self._look(circle)[0]

    def _look(self, circle: int) -> tuple[str, Mark]:
        number = self._network.circles[circle].colour if 0 <= circle < len(self._network.circles) else -1
        return mark_of(number, self._canvas.theme)

    def cloud(self, layer: Layer) -> None:
        dots: dict[int, list[Disc]] = defaultdict(list)
        for x, y, circle in self._network.cloud:
            dots[circle].append((*self._point(x, y), _DOT))
        for circle, places in sorted(dots.items()):
            layer.discs(places, mix(self._colour(circle), self._canvas.theme.ground, 0.5))

    def ties(self, layer: Layer) -> None:
        people = self._network.people
        strokes: dict[tuple[float, int], list[tuple[Point, Point]]] = defaultdict(list)
        for one, other, strength in self._network.ties:
            a, b = people[one], people[other]
            thick = 1.0 if strength < 0.35 else 1.8 if strength < 0.7 else 3.0
            circle = a.circle if a.circle == b.circle else -1
            strokes[thick, circle].append((self._point(a.x, a.y), self._point(b.x, b.y)))
        for (thick, circle), lines in sorted(strokes.items()):
            layer.lines(lines, mix(self._colour(circle), self._canvas.theme.ground, 0.32), thick)

    def people(self, layer: Layer) -> None:
        discs: dict[int, list[Disc]] = defaultdict(list)
        for person, mark in zip(self._network.people, self._marks, strict=True):
            middle = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
            discs[person.circle].append((*middle, (mark.right - mark.left) / 2))
        # A rim of ground keeps marks apart from ties and from each other.
        rims = [(x, y, r + 2) for places in discs.values() for x, y, r in places]
        layer.discs(rims, self._canvas.theme.ground)
        for circle, places in sorted(discs.items()):
            colour, shape = self._look(circle)
            if shape == "◆":
                layer.diamonds([(x, y, 1.25 * r) for x, y, r in places], colour)
                continue
            layer.discs(places, colour)
            if shape == "○":
                layer.discs([(x, y, 0.55 * r) for x, y, r in places], self._canvas.theme.ground)

    def circle_labels(self) -> Iterator[Label]:
        spots: dict[int, list[Point]] = defaultdict(list)
        for person in self._network.people:
            spots[person.circle].append(self._point(person.x, person.y))
        dots: dict[int, list[Point]] = defaultdict(list)
        for x, y, place in self._network.cloud:
            dots[place].append(self._point(x, y))
        for i, circle in enumerate(self._network.circles):
            around = spots[i] or dots[i]
            if not circle.label or not around:
                continue
            size = _CIRCLE if i < _LARGE else SMALLEST
            colour, mark = self._look(i)
            members = figure(circle.members) if circle.members else ""
            text = letters.fit(f"{mark} {circle.label} {members}".rstrip(), size, _LABEL_ROOM)
            here = text_box((0, 0), text, size, align="middle")
            boxes = [here.moved(x, y) for x, y in _around(around)]
            boxes = [box for box in boxes if box.within(self._plot) and self._of_names.free(box, 8)]
            # A name over a mark is better than a circle without a name, and one mark more than a name far away.
            worth = [place / _NEARBY + self._of_people.met(box) / 16 for place, box in enumerate(boxes)]
            best = boxes[worth.index(min(worth))] if boxes else None
            if best is not None:
                self._of_names.take(best)
                yield (best.left, best.base), text, size, lettering(colour, self._canvas.theme), True

    def names(self, start: int, end: int | None) -> Iterator[Label]:
        """Yield the names that find room, the important people's first: of those from one place to another."""
        pairs = zip(self._network.people, self._marks, strict=True)
        for person, mark in sorted(pairs, key=lambda pair: -pair[0].size)[start:end]:
            lines = letters.lines(tidy_name(person.name), SMALLEST, _NAME_ROOM, 2) if person.name else []
            boxes = self._free_beside(mark, lines) if any(lines) else None
            for box in boxes or ():
                self._of_names.take(box)
                yield (box.left, box.base), box.text, SMALLEST, self._canvas.theme.ink, False

    def _free_beside(self, mark: Box, lines: list[str]) -> list[Box] | None:
        """Return where the lines of a name stand beside a mark, None where there is no room."""
        here = [text_box((0, 0), line, SMALLEST) for line in lines]
        places = []
        for (x, y), align in _beside(mark):
            share = {"left": 0.0, "middle": 0.5, "right": 1.0}[align]
            up = (len(lines) - 1) * _PITCH * (1.0 if y < mark.top + 1 else 0.5 if y < mark.bottom else 0.0)
            moved = [box.moved(x - share * box.right, y - up + i * _PITCH) for i, box in enumerate(here)]
            if all(box.within(self._plot) and self._of_names.free(box, 3) for box in moved):
                places.append(moved)
        # Where there is no better place, the rim of a letter may touch the rim of a mark.
        for gap in (2, _TOUCH):
            for moved in places:
                if all(self._of_people.free(box, gap, but=mark) for box in moved):
                    return moved
        return None


def _around(spots: list[Point]) -> Iterator[Point]:
    """Yield where a circle's label may stand: from above most of its people outwards, and from below them."""
    xs, ys = sorted(x for x, _ in spots), sorted(y for _, y in spots)
    few = len(spots) // 10
    middle, top, bottom = xs[len(xs) // 2], ys[few] - 26, ys[-1 - few] + 46
    away = [(x, y) for x in range(-160, 161, 32) for y in range(-60, 61, 10)]
    for x, y in sorted(away, key=lambda move: move[0] ** 2 + 4 * move[1] ** 2):
        yield middle + x, top + y
        yield middle + x, bottom + y


def _beside(mark: Box) -> Iterator[tuple[Point, letters.Align]]:
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    yield (mark.right + 5, y + 8), "left"
    yield (mark.left - 5, y + 8), "right"
    yield (x, mark.top - 8), "middle"
    yield (x, mark.bottom + 23), "middle"
    yield (mark.right, mark.top), "left"
    yield (mark.right, mark.bottom + 16), "left"
