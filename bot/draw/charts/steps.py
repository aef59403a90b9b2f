"""What holds until it changes: how many are still there after so many days, with its band."""

from __future__ import annotations

from bot.draw.charts import line
from bot.draw.charts.vega import Spec
from bot.draw.style import Theme
from core.domain.pictures import Chart


def spec(chart: Chart, theme: Theme) -> Spec:
    """Return the spec of lines that stay level from value to value."""
    return {**line.spec(chart, theme, "step-after"), "name": "steps"}
