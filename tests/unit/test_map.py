"""The map of a community as drawn: what touches, and whom it names."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from bot.draw import compose, draw, letters, style
from bot.draw.network import radius_of
from core.analysis.layout import network_map
from core.domain.pictures import NetworkMap, PlacedCircle, PlacedMember
from tests.world import pictures


def test_the_map_names_the_most_important_and_nobody_who_may_not_be_named() -> None:
    network = pictures.community_map(2000, 8)
    written = [box.text for box in compose(network).written]
    assert len(network.people) == 300
    top = [person.name for person in network.people[:25] if person.name]
    for name in top:
        assert name in written
    assert len(written) > 100
    assert any(not person.name for person in network.people)
    assert any(text.startswith("● #help ") for text in written)


@pytest.mark.parametrize(("members", "circles"), [(30, 3), (300, 9), (1000, 20)])
def test_no_two_marks_on_the_map_touch(members: int, circles: int) -> None:
    ties, circle, importance = pictures.community(members, circles, seed=5)
    names = [f"member{i:04}" for i in range(members)]
    drawn = network_map(ties, circle, importance, names, {}, title="T", foot="F").people
    side = style.CHART_WIDTH - 2 * style.MARGIN
    gaps = [
        side * math.hypot(one.x - other.x, one.y - other.y) - radius_of(one.size) - radius_of(other.size)
        for one, other in combinations(drawn, 2)
    ]
    assert min(gaps) > 2


def test_every_circle_on_the_map_has_a_label_and_a_look_of_its_own() -> None:
    ties, circle, importance = pictures.community(1000, 18, seed=5)
    labels = {i: f"#room-{i + 1}" for i in range(18)}
    drawn = network_map(ties, circle, importance, [""] * 1000, labels, title="T", foot="F")
    written = [box.text.split(" ") for box in compose(drawn).written]
    assert {label for _, label, _ in (words for words in written if len(words) == 3)} == {*labels.values()}
    for theme in style.THEMES.values():
        assert len({style.mark_of(each.colour, theme) for each in drawn.circles}) == 18
    assert style.mark_of(18, theme) == style.mark_of(0, theme) != style.mark_of(-1, theme)


def test_circles_marks_look_different() -> None:
    def pixels(colour: int) -> bytes:
        people = (PlacedMember(name="", x=0.5, y=0.5, size=1.0, circle=0),)
        circles = (PlacedCircle(label="", members=3, colour=colour),)
        return draw(NetworkMap(title="T", foot="F", people=people, ties=(), cloud=(), circles=circles))

    assert len({pixels(colour) for colour in (0, 6, 12)}) == 3
    assert pixels(0) == pixels(18)


@pytest.mark.parametrize("chinese", [False, True])
def test_names_on_a_dense_map_are_whole_or_not_there(chinese: bool) -> None:
    network = pictures.dense_map(chinese=chinese)
    names = {person.name for person in network.people}
    written = [box.text for box in compose(network).written if box.text not in {network.title, network.foot}]
    named = [text for text in written if not text.startswith(style.MARKS)]
    assert max(map(len, names)) == 24
    whole = {line for name in names for line in letters.lines(name, 22, 300, 2)}
    assert [text for text in named if text not in whole] == []
    assert [text for text in named if text.endswith("…")] == []
    assert len(named) > 40
