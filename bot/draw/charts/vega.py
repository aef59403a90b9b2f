"""Vega-Lite, without a browser and without a network: from a spec to shapes, and the texts that belong on them.

Vega says where each text stands; `letters` writes it. So charts are lettered as cards and maps are, whatever fonts
a machine has: the renderer itself writes Hebrew as thin as a hair and takes the next best font for mixed names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as Xml

import vl_convert

from bot.draw.letters import Align

Spec = dict[str, Any]

_SVG = "http://www.w3.org/2000/svg"
_TEXT = f"{{{_SVG}}}text"
_MOVE = re.compile(r"translate\(([-\d.e]+)[ ,]+([-\d.e]+)\)")
_ALIGN: dict[str | None, Align] = {"middle": "middle", "end": "right"}
Xml.register_namespace("", _SVG)


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text with its baseline at (`x`, `y`)."""

    x: float
    y: float
    text: str
    size: int
    colour: str
    align: Align = "left"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """Shapes as SVG elements, moved to where the spec's padding begins, and their texts."""

    shapes: str
    texts: tuple[Text, ...]


def plot(spec: Spec) -> Plot:
    """Let Vega-Lite lay a spec out; raise ValueError where it can't. Takes about 0.1 s."""
    try:
        drawn = vl_convert.vegalite_to_svg(spec, vl_version="6.4", allowed_base_urls=[])
    except ValueError as error:
        error.add_note(f"in the spec of a chart of kind {spec.get('name')}")
        raise
    root = Xml.fromstring(drawn)  # noqa: S314  what Vega wrote just now
    outermost = root.find(f"{{{_SVG}}}g")
    # Where axes or labels reach out, Vega moves everything: here it begins where the padding ends.
    left, top = _moved(outermost) if outermost is not None else (0.0, 0.0)
    x, y = spec["padding"]["left"] - left, spec["padding"]["top"] - top
    texts = tuple(_texts(root, x, y))
    shapes = "".join(Xml.tostring(child, "unicode") for child in root if child.tag != f"{{{_SVG}}}rect")
    return Plot(f'<g transform="translate({x:g},{y:g})">{shapes}</g>', texts)


def rendered(svg: str) -> bytes:
    """Return a picture without letters as PNG."""
    return vl_convert.svg_to_png(svg)


def _texts(element: Xml.Element, x: float, y: float) -> Iterator[Text]:
    """Take the texts out from under an element and yield them."""
    for child in list(element):
        right, down = _moved(child)
        if child.tag == _TEXT:
            element.remove(child)
            if child.text:
                yield Text(
                    x + right,
                    y + down,
                    child.text,
                    round(float(child.get("font-size", "0").removesuffix("px"))),
                    child.get("fill", "#000000"),
                    _ALIGN.get(child.get("text-anchor"), "left"),
                    child.get("font-weight") == "bold",
                )
        else:
            yield from _texts(child, x + right, y + down)


def _moved(element: Xml.Element) -> tuple[float, float]:
    found = _MOVE.search(element.get("transform", ""))
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)
