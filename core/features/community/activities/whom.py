"""For whom an activity is, as moderators say it: everybody, newcomers, who joined it, a circle or a segment."""

from __future__ import annotations

from dataclasses import replace

from core.domain.activities import Activity
from core.domain.audience import Audience
from core.domain.errors import BadInput
from core.domain.people import folded
from core.domain.segments import Segment
from core.kit import Context
from core.kit.audience import WEEK
from core.kit.texts import LANGUAGES, Texts
from core.kit.words import tier_name
from core.studies.network_view import network_view
from core.studies.segments_view import is_called, segment_name, segments_there

WHOM = ("everybody", "newcomers", "joined")


async def read_whom(context: Context, activity: Activity, raw: str) -> Audience:
    """Return the audience that `raw` says, of the tier that was set; raise BadInput with what was expected."""
    wanted = folded(raw)
    plain = Audience(tier=activity.audience.tier)
    for word in WHOM:
        if wanted in {word, *(folded(Texts(each).plain(f"activity-whom-{word}")) for each in LANGUAGES)}:
            return {
                "everybody": plain,
                "newcomers": replace(plain, newcomers=WEEK),
                "joined": replace(plain, joined=activity.id),
            }[word]
    circles = await circles_by_name(context)
    for name, circle in circles.items():
        if wanted in {folded(name), f"circle:{circle}"}:
            return replace(plain, circle=circle)
    for segment in Segment:
        if is_called(segment, raw.removeprefix("segment:")):
            return replace(plain, segment=segment.value)
    words = [context.t.plain(f"activity-whom-{word}") for word in WHOM]
    words += [segment_name(context.t, each) for each in await segments_there(context)]
    raise BadInput("error-activity-whom", given=raw[:40], options=(*words, *circles))


async def circles_by_name(context: Context) -> dict[str, int]:
    """Return the circles that there are, by what they are called, the largest first."""
    view = await network_view(context)
    if view is None or view.few:
        return {}
    every = sorted((each for each in view.result.circles if each.size > 2), key=lambda each: -each.size)
    return {view.circle_name(each): each.id for each in every}


async def said_whom(context: Context, audience: Audience) -> str:
    """Return for whom something is, in words."""
    t = context.t
    parts = []
    if audience.newcomers:
        parts.append(t.plain("activity-whom-newcomers"))
    if audience.joined:
        parts.append(t.plain("activity-whom-joined"))
    if audience.circle:
        names = {circle: name for name, circle in (await circles_by_name(context)).items()}
        parts.append(names.get(audience.circle) or t.plain("circle-name", id=audience.circle))
    if audience.segment:
        parts.append(segment_name(t, Segment(audience.segment)))
    if audience.tier:
        parts.append(t.plain("activity-whom-tier", tier=said_tier(context, audience.tier)))
    return t.plain("list-comma").join(parts) or t.plain("activity-whom-everybody")


def said_tier(context: Context, tier: int) -> str:
    """Return what a tier is called, the highest for one that is there no more."""
    tiers = context.community.settings.tiers
    return tier_name(context.t, tiers[min(tier, len(tiers) - 1)])
