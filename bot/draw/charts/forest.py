"""Effects with their intervals, below each other, against the line of no effect."""

from __future__ import annotations

from bot.draw.charts import theme as look
from bot.draw.charts.vega import Spec
from bot.draw.style import ACCENT, MARGIN, Theme
from core.domain.pictures import Effect, Forest

_PITCH, _LOW = 56, 34
_MANY, _MOST = 30, 60


def spec(forest: Forest, theme: Theme) -> Spec:
    """Return the spec of effects; whose interval holds no effect is grey."""
    effects = forest.effects[:_MOST]
    rest = [f"+ {len(forest.effects) - len(effects):,}"] if len(forest.effects) > len(effects) else []
    names = [*look.fitted((each.label for each in effects), 340), *rest]
    said = look.fitted((forest.said(each) for each in effects), 340)
    left = MARGIN + look.widest(names) + 28
    right = MARGIN + look.widest(said) + 28
    pitch = _PITCH if len(effects) <= _MANY else _LOW
    drawn = look.sheet("forest", theme, left=left, right=right, height=pitch * max(len(names), 1), top=0)
    ends = look.known([forest.none, *(end for each in effects for end in (each.value, each.low, each.high))])
    steps = look.ticks(min(ends, default=0.0), max(ends, default=1.0), 4)
    shown = _apart(steps, forest.unit, drawn["width"])
    axis = look.values_axis(shown, forest.unit, theme, labelPadding=16, labelFlush=False, grid=True)
    axis["scale"] = look.scale(steps[0], steps[-1])
    rows = [
        {"y": pitch * (i + 0.5), "value": look.finite(each.value), "colour": _colour(each, forest.none, theme)}
        | _interval(each, steps)
        for i, each in enumerate(effects)
        if look.finite(each.value) is not None
    ]
    y = {"field": "y", "type": "quantitative", "scale": None, "axis": None}
    x = {"field": "low", **axis}
    layers: list[Spec] = [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "stroke": theme.quiet, "strokeWidth": 3},
            "encoding": {"x": {"datum": forest.none, **axis}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "strokeWidth": 6, "strokeCap": "round"},
            "encoding": {"x": x, "x2": {"field": "high"}, "y": y, "color": look.painted()},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "point", "filled": True, "size": 420, "opacity": 1},
            "encoding": {"x": {**x, "field": "value"}, "y": y, "color": look.painted()},
        },
        look.written(_texts(names, -28, pitch, theme), align="right"),
        look.written(_texts(said, drawn["width"] + right - MARGIN, pitch, theme), align="right"),
    ]
    return {**drawn, "layer": layers}


def _texts(texts: list[str], x: float, pitch: float, theme: Theme) -> list[Spec]:
    return [{"x": x, "y": pitch * (i + 0.5), "text": text, "colour": theme.ink} for i, text in enumerate(texts)]


def _colour(effect: Effect, none: float, theme: Theme) -> str:
    """Return grey where an interval may hold `none`; an end that isn't known may be anywhere."""
    held = (effect.low is None or effect.low <= none) and (effect.high is None or effect.high >= none)
    return theme.grey if held else ACCENT


def _interval(effect: Effect, steps: tuple[float, ...]) -> Spec:
    """Return from where to where an effect's line goes: to the edge where an end isn't known, nowhere without both."""
    low, high = look.finite(effect.low), look.finite(effect.high)
    if low is None and high is None:
        return {"low": effect.value, "high": effect.value}
    return {"low": steps[0] if low is None else low, "high": steps[-1] if high is None else high}


def _apart(steps: tuple[float, ...], unit: str, wide: float) -> list[float]:
    """Return every step whose label stands apart from the next, counted from zero where that is one."""
    room = wide / max(len(steps) - 1, 1)
    every = max(1, -(-int(look.widest(look.said(steps, unit)) + 24) // max(int(room), 1)))
    start = steps.index(0) % every if 0 in steps else 0
    return list(steps[start::every])
