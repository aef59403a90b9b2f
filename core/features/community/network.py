"""/network: the community as a map, and five sentences of what is to be seen on it."""

from __future__ import annotations

from dataclasses import replace

from core.domain.message import Button, Reply
from core.domain.network_result import CircleFigures, Health
from core.domain.people import Rights
from core.kit import Context, Markup, Work, command
from core.kit.words import percent
from core.studies.network_view import NetworkView, people_in, read, too_few

NOBODY = -1, 0


@command(rights=Rights.MODERATOR)
async def network(context: Context) -> Reply | Work:
    """Show a map of the community: its circles, who holds them together, and what that means."""
    return await read(context, "network", answer)


async def answer(context: Context, view: NetworkView) -> Reply:
    """Return the map and five sentences."""
    t, result = context.t, view.result
    health = result.health
    people, circles = health.nodes, [each for each in result.circles if each.size > 2]
    title = _title(context, view, circles)
    foot = t.plain("network-foot", people=people, ties=health.ties, day=view.said_until)
    sentences = [
        t(
            "network-people",
            people=people,
            quiet=0 if result.wrote is None else people - result.wrote,  # of an earlier version: it doesn't tell
            tied=result.tied,
            ties=health.ties,
            day=view.said_until,
        ),
        too_few(context, view) or _circles(context, view, circles),
        *_hub(context, view),
        *_bridge(context, view),
        _answered(context, health),
    ]
    buttons: tuple[tuple[Button, ...], ...] = ()
    if asked := _bridge_bot(context):
        sentences.append(asked)
        # The answer is for the owner alone: it must not take the place of the map.
        each, none = (
            replace(
                context.button(t.plain(f"network-bridge-{value}"), "settings", name="bridges", value=value),
                replace_message=False,
            )
            for value in ("each", "none")
        )
        buttons = ((each, none),)
    return Reply(Markup("\n".join(sentences)), buttons, picture=view.drawn(title, foot))


def _bridge_bot(context: Context) -> Markup | None:
    """Return what an owner has to decide about a bot that speaks for others, None where there is nothing."""
    settings = context.community.settings
    if settings.bridges != "open" or not settings.bridge or not context.rights.covers(Rights.OWNER):
        return None
    return context.t("network-bridge-bot", name=settings.bridge, people=settings.bridge_people)


def _title(context: Context, view: NetworkView, circles: list[CircleFigures]) -> str:
    t, name = context.t, context.community.name
    if not circles:
        return t.plain("network-title-plain", community=name)
    return t.plain("network-title", community=name, circles=len(circles))


def _circles(context: Context, view: NetworkView, circles: list[CircleFigures]) -> Markup:
    if not circles:
        return context.t("network-no-circles")
    largest = max(circles, key=lambda each: each.size)
    return context.t(
        "network-circles",
        circles=len(circles),
        largest=view.circle_name(largest),
        people=people_in(context.t, largest.size),
        apart=_apart(view, circles),
    )


def _apart(view: NetworkView, circles: list[CircleFigures]) -> str:
    """Return how far circles are apart, as the words' variant."""
    if len(circles) == 1:
        return "one"
    if all(each.cohesion >= 1 for each in circles):
        return "parts"
    modularity = view.result.health.modularity or 0.0
    return "clear" if modularity >= 0.5 else "some" if modularity >= 0.3 else "little"


def _hub(context: Context, view: NetworkView) -> list[Markup]:
    """Return on whom most hangs; nothing where they may not be named: a figure of one person tells of them."""
    at, people = view.result.hub or NOBODY
    if not view.name(at):
        return []
    share = percent(people / max(view.result.tied - 1, 1))
    return [context.t("network-hub", name=view.name(at), people=people, share=share)]


def _bridge(context: Context, view: NetworkView) -> list[Markup]:
    """Return who stands between others; where they may not be named, how many join circles together."""
    at, share = view.result.bridge or NOBODY
    if share <= 0:
        return [context.t("network-no-bridge")]
    if view.name(at):
        return [context.t("network-bridge", name=view.name(at), share=percent(share))]
    found = view.result.unnamed.bridges
    return [context.t("keypeople-unnamed-bridges", people=found.people)] if found else []


def _answered(context: Context, health: Health) -> Markup:
    return context.t("network-answered", share=percent(health.reciprocity or 0.0), parts=health.components)
