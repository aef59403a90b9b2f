"""Alternative texts: what a picture shows, in words and figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

ALT_LIMIT = 1000  # characters: Discord takes 1024
_POINTS_SAID = 12


def figure(value: float | None) -> str:
    """Return a number as people read it: thousands apart, at most two decimals, a true minus sign."""
    if value is None or not math.isfinite(value):
        return "–"
    decimals = 0 if abs(value) >= 100 or float(value).is_integer() else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    return text.replace("-", "−")


def known(values: Sequence[float | None]) -> list[int]:
    """Return the places of the values that are known."""
    return [i for i, value in enumerate(values) if value is not None and math.isfinite(value)]


def worth_saying(values: Sequence[float | None]) -> Iterator[int]:
    """Yield the places of the first, the last, the highest and some values between."""
    places = known(values)
    step = max(1, -(-len(places) // _POINTS_SAID))
    highest = max(places, key=lambda i: values[i] or 0, default=0)
    for at, i in enumerate(places):
        if at % step == 0 or i in (highest, places[-1]):
            yield i


def told(title: str, rows: Iterable[str], foot: str) -> str:
    """Return an alternative text of a title, what its rows say, and what stands below."""
    return shorten(" · ".join(part for part in (title, *rows, foot) if part))


def shorten(text: str) -> str:
    """Return a text, cut where it is longer than platforms take."""
    return text if len(text) <= ALT_LIMIT else text[: ALT_LIMIT - 1] + "…"
