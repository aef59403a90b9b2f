"""/chart: any of the pictures of figures that features declare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from core.domain.errors import NotFound
from core.domain.message import Reply
from core.domain.people import Rights, folded
from core.domain.pictures import Figures
from core.kit import Context, Work, command
from core.kit.charts import ChartHandler
from core.kit.suggesting import Suggest, Suggestion, worded
from core.kit.texts import LANGUAGES, Texts

# The charts in the order in which a list or a report has them; "ties" are told by commands of their own as well.
SECTIONS = {
    "activity": ("messages_by_day", "active_people", "peak_hours", "joins_and_leaves"),
    "stay": ("retention", "survival", "funnel", "silence_record", "renewal_rates"),
    "ties": ("health_trend",),
    "groups": ("segment_sizes", "segment_moves"),
    "voices": ("survey_trend", "pulse_trend"),
    "content": ("catalogue_funnel",),
    "effects": ("effects_compared", "uplift_compared"),
}
_PLACES = {name: place for place, name in enumerate(name for names in SECTIONS.values() for name in names)}


async def _names(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    return [worded(context.t, f"chart-{each.name}", each.name) for each in _seen(context)]


@command(rights=Rights.MODERATOR)
async def chart(context: Context, name: Annotated[str, Suggest(_names)] | None = None) -> Reply | Work:
    """Show a chart, or which there are."""
    if name is None:
        buttons = [
            (context.button(context.t.plain(f"chart-{each.name}"), chart, name=each.name),) for each in _seen(context)
        ]
        return Reply(context.t("charts-which"), tuple(buttons))
    chosen = _named(context, name)

    async def answer(context: Context, figures: Figures | None) -> Reply:
        if figures is None:
            return Reply(context.t("charts-too-little"))
        return Reply(context.t(f"chart-{chosen.name}"), picture=figures)

    return await chosen.read(context, "chart", answer, name=chosen.name)


def _seen(context: Context) -> list[ChartHandler]:
    """Return the charts that the caller may see."""
    return [each for each in in_order(context.charts) if context.rights.covers(each.rights)]


def in_order(charts: Mapping[str, ChartHandler]) -> list[ChartHandler]:
    """Return charts section by section; what no section names comes last."""
    return sorted(charts.values(), key=lambda each: _PLACES.get(each.name, len(_PLACES)))


def section_of(name: str) -> str:
    """Return the section of a chart: activity for one that none names."""
    return next((section for section, names in SECTIONS.items() if name in names), "activity")


def _named(context: Context, raw: str) -> ChartHandler:
    wanted, seen = folded(raw), _seen(context)
    for each in seen:
        if wanted in (each.name, *(folded(Texts(language).plain(f"chart-{each.name}")) for language in LANGUAGES)):
            return each
    there = context.t.listed(context.t(f"chart-{each.name}") for each in seen)
    raise NotFound("charts-unknown", given=raw[:40], charts=there)
