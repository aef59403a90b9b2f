"""/content: how far people come with an item, or with all there is, from being recommended it to being through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from core.domain.message import Reply
from core.domain.pictures import Funnel, Stage
from core.features.content.catalogue import any_item_suggested, look_at_item
from core.kit import Context, Markup, Rights, command
from core.kit.charts import chart
from core.kit.items import item_named
from core.kit.suggesting import Suggest
from core.kit.words import percent, tier_name

STEPS = ("shown", "opened", "finished", "rated")
FEW = 5  # people of a tier of whom nothing is said apart


@dataclass(frozen=True, slots=True)
class Reach:
    """How many members got how far, by the place of their tier; `title` names an item, empty for all of them."""

    title: str
    tiers: Mapping[int, Mapping[str, int]]

    def count(self, step: str) -> int:
        """Return how many members got so far, of all tiers."""
        return sum(each.get(step, 0) for each in self.tiers.values())


@command(rights=Rights.MODERATOR, private=True)
async def content(context: Context, item: Annotated[str, Suggest(any_item_suggested)] | None = None) -> Reply:
    """See how far members come with an item, or with all there is."""
    found = None if item is None else await item_named(context, item, everything=True)
    reach = await _reach(context) if found is None else await _reach(context, found.id, found.title)
    if not any(reach.count(step) for step in STEPS):
        return Reply(context.t("content-nothing", title=reach.title or "all"))
    beside = {name: reach.count(name) for name in ("saved", "refused", "bought")}
    lines = [context.t("content-title", title=reach.title or "all"), context.t("content-beside", **beside)]
    lines += _by_tier(context, reach)
    row = () if found is None else ((context.button(context.t.plain("content-look"), look_at_item, item=found.id),),)
    return Reply(Markup("\n".join(lines)), row, picture=drawn(context, reach))


def _by_tier(context: Context, reach: Reach) -> list[Markup]:
    """Return a line for each tier of which five people opened something."""
    tiers = context.community.settings.tiers
    return [
        context.t(
            "content-tier",
            tier=tier_name(context.t, tiers[min(place, len(tiers) - 1)]),
            opened=counts["opened"],
            finished=counts["finished"],
            bought=counts["bought"],
        )
        for place, counts in sorted(reach.tiers.items())
        if counts["opened"] >= FEW
    ]


async def _reach(context: Context, item_id: int | None = None, title: str = "") -> Reach:
    return Reach(title, await context.unit.uses.reach(context.community.id, item_id))


async def reach_of_all(context: Context) -> Reach:
    """Return how far members come with all there is."""
    return await _reach(context)


@chart(reads=reach_of_all)
def catalogue_funnel(context: Context, reach: Reach) -> Funnel | None:
    """Show how many come from being recommended something to being through, once anybody opened anything."""
    return drawn(context, reach)


def drawn(context: Context, reach: Reach) -> Funnel | None:
    """Return how many are left from step to step; what nobody was recommended begins with who opened it."""
    t = context.t
    steps = STEPS if reach.count("shown") >= reach.count("opened") else STEPS[1:]
    first = reach.count(steps[0])
    opened, finished = reach.count("opened"), reach.count("finished")
    if not opened:
        return None
    stages = [Stage(label=t.plain(f"content-step-{steps[0]}"), value=first)]
    for step in steps[1:]:
        share = t.plain("content-share", share=percent(reach.count(step) / first), of=steps[0])
        stages.append(Stage(label=t.plain(f"content-step-{step}"), value=reach.count(step), note=share))
    return Funnel(
        title=t.plain("content-chart-title", title=reach.title or "all", share=percent(finished / opened)),
        foot=t.plain("content-chart-foot", community=context.community.name, day=context.said_day(context.now)),
        stages=tuple(stages),
    )
