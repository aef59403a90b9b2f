"""/content: how far people come with an item, or with all there is, from being recommended it to being through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from core.domain.catalogue import Item
from core.domain.message import Reply
from core.domain.pictures import Funnel, Stage
from core.features.content.catalogue import any_item_suggested, look_at_item
from core.kit import Context, Markup, Rights, action, command
from core.kit.charts import chart
from core.kit.items import item_named, item_with
from core.kit.suggesting import Suggest
from core.kit.words import one_of, percent, tier_name

STEPS = ("shown", "opened", "finished", "rated")
FEW = 5  # people of a tier or a source of whom nothing is said apart
SOURCES = 5  # those through which most came who opened something


@dataclass(frozen=True, slots=True)
class Reach:
    """How many members got how far, by the place of their tier and the invite link through which they came.

    `title` names an item, empty for all of them; `of` a tier or a source in words, where it is of that alone.
    """

    title: str
    groups: Mapping[tuple[int, str], Mapping[str, int]]
    of: str = ""

    def count(self, step: str) -> int:
        """Return how many members got so far, of all groups."""
        return sum(each.get(step, 0) for each in self.groups.values())

    def tiers(self) -> dict[int, Reach]:
        """Return it by tier, the lowest first."""
        return {tier: self.only(tier=tier) for tier in sorted({tier for tier, _ in self.groups})}

    def sources(self) -> dict[str, Reach]:
        """Return it by source, that of most who opened something first."""
        found = {source: self.only(source=source) for source in sorted({source for _, source in self.groups}) if source}
        return dict(sorted(found.items(), key=lambda each: -each[1].count("opened")))

    def only(self, *, tier: int | None = None, source: str | None = None) -> Reach:
        """Return what is of a tier or a source alone."""
        return replace(
            self,
            groups={of: each for of, each in self.groups.items() if tier in {None, of[0]} and source in {None, of[1]}},
        )


@command(rights=Rights.MODERATOR, private=True)
async def content(context: Context, item: Annotated[str, Suggest(any_item_suggested)] | None = None) -> Reply:
    """See how far members come with an item, or with all there is."""
    found = None if item is None else await item_named(context, item, everything=True)
    reach = await _reach(context, found)
    if not any(reach.count(step) for step in (*STEPS, "bought")):
        return Reply(context.t("content-nothing", title=reach.title or "all"))
    beside = {name: reach.count(name) for name in ("saved", "refused", "bought")}
    lines = [context.t("content-title", title=reach.title or "all"), context.t("content-beside", **beside)]
    told = _told(context, reach)
    lines += [
        context.t("content-group", name=name, **{step: each.count(step) for step in ("opened", "finished", "bought")})
        for name, each, _ in told
    ]
    buttons = [
        context.button(name[:60], content_of, item=None if found is None else found.id, **group)
        for name, _, group in told
        if len(told) > 1
    ]
    row = () if found is None else ((context.button(context.t.plain("content-look"), look_at_item, item=found.id),),)
    choice = one_of(context.t.plain("content-choose"), buttons)
    return Reply(Markup("\n".join(lines)), (*choice, *row), picture=drawn(context, reach))


@action(rights=Rights.MODERATOR, private=True)
async def content_of(
    context: Context, tier: int | None = None, source: str | None = None, item: int | None = None
) -> Reply:
    """Show how far the members of a tier or a source come."""
    found = None if item is None else await item_with(context, item, everything=True)
    for name, reach, group in _told(context, await _reach(context, found)):
        if group == ({"tier": tier} if source is None else {"source": source}):
            steps = {step: reach.count(step) for step in ("opened", "finished", "bought")}
            return Reply(
                context.t("content-group", name=name, **steps), picture=drawn(context, replace(reach, of=name))
            )
    return Reply(context.t("content-few"))


def _told(context: Context, reach: Reach) -> list[tuple[str, Reach, dict[str, Any]]]:
    """Return the tiers and sources of which five people opened something, by name, with what tells them apart."""
    tiers, t = context.community.settings.tiers, context.t
    found: list[tuple[str, Reach, dict[str, Any]]] = [
        (tier_name(t, tiers[min(place, len(tiers) - 1)]), each, {"tier": place})
        for place, each in reach.tiers().items()
        if each.count("opened") >= FEW
    ]
    sources = [
        (t.plain("content-source", name=source), each, {"source": source})
        for source, each in reach.sources().items()
        if each.count("opened") >= FEW
    ]
    return found + sources[:SOURCES]


async def _reach(context: Context, item: Item | None = None) -> Reach:
    groups = await context.unit.uses.reach(context.community.id, None if item is None else item.id)
    return Reach("" if item is None else item.title, groups)


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
    foot = t.plain("content-chart-foot", community=context.community.name, day=context.said_day(context.now))
    return Funnel(
        title=t.plain("content-chart-title", title=reach.title or "all", share=percent(finished / opened)),
        foot=" · ".join(each for each in (reach.of, foot) if each),
        stages=tuple(stages),
    )
