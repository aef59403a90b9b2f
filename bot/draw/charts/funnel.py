"""How many are left from stage to stage."""

from __future__ import annotations

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts.ramp import cells
from bot.draw.charts.vega import Spec
from bot.draw.style import ACCENT, MARGIN, Theme
from core.domain.pictures import Funnel

_PITCH, _LOW, _THICK = 84, 40, 30
_MANY, _MOST = 12, 50


def spec(funnel: Funnel, theme: Theme) -> Spec:
    """Return the spec of a funnel: what it is called above each bar, how many at the bar's end."""
    stages = funnel.stages[:_MOST]
    few = len(stages) <= _MANY
    pitch = _PITCH if few else _LOW
    rows = len(stages) + (len(funnel.stages) > len(stages))
    drawn = look.sheet("funnel", theme, left=MARGIN, right=MARGIN, height=pitch * rows - 12, top=0)
    wide = drawn["width"]
    left = 0 if few else look.widest(look.fitted((each.label for each in stages), 300)) + 20
    said = look.fitted((funnel.said(each) for each in stages), 460)
    most = max((look.finite(each.value) or 0 for each in stages), default=0) or 1
    shares = [min(max((look.finite(each.value) or 0) / most, 0), 1) for each in stages]
    # As long as the bars can be with what is said at the end of each.
    free = [wide - left - 14 - letters.width(text, look.SIZE) for text in said]
    room = min((free[i] / share for i, share in enumerate(shares) if share), default=0.0)
    bars, names, figures = [], [], []
    for i, (stage, text) in enumerate(zip(stages, said, strict=True)):
        long = max(shares[i] * room, 3)
        middle = pitch * i + (52 if few else _LOW / 2)
        box = {"x": left, "to": left + long, "y": middle - _THICK / 2, "down": middle + _THICK / 2}
        bars.append({**box, "colour": ACCENT})
        figures.append({"x": left + long + 14, "y": middle, "text": text, "colour": theme.ink})
        name = letters.fit(stage.label, look.SIZE, wide if few else 300)
        y, colour = (middle - 34, theme.quiet) if few else (middle, theme.ink)
        names.append({"x": 0, "y": y, "text": name, "colour": colour})
    if rows > len(stages):
        more = f"+ {len(funnel.stages) - len(stages):,}"
        names.append({"x": 0, "y": pitch * len(stages) + _LOW / 2, "text": more, "colour": theme.ink})
    return {**drawn, "layer": [cells(bars, 5), look.written(names), look.written(figures)]}
