"""/health: how the community does as a whole, over twelve weeks, and what is most unusual."""

from __future__ import annotations

from core.domain.message import Reply
from core.domain.network_result import ENOUGH, Change, NetworkResult, Week
from core.domain.pictures import Chart, Series
from core.kit import Context, Markup, Rights, Work, command
from core.kit.charts import chart
from core.kit.words import percent
from core.studies.network import network as study
from core.studies.network_view import NetworkView, look, read

SHOWN = ("reciprocity", "answered", "decentralisation", "fragmentation", "gini", "modularity")
LEAST_SPAN = 20  # percentage points that a panel shows: a move of two doesn't fill it


@command(rights=Rights.MODERATOR)
async def health(context: Context) -> Reply | Work:
    """Show how the community does: balance, cohesion, answers to newcomers, and the trend of 12 weeks."""
    return await read(context, "health", answer)


async def answer(context: Context, view: NetworkView) -> Reply:
    """Return the figures in words, with the chart of their trend."""
    t, now = context.t, view.result.weeks[-1]
    ever = view.result.health.ties
    lines = [t("health-title", people=now.nodes, ties=now.ties, ever=ever, day=view.said_until)]
    lines += [
        t(f"health-{name}", share=percent(value), apart=_apart(value))
        for name in ("reciprocity", "decentralisation", "fragmentation", "gini")
        if (value := getattr(now, name)) is not None
    ]
    lines.append(_newcomers(context, now, view.day(now.day - 7)))
    lines.append(changed(context, view))
    return Reply(Markup("\n".join(lines)), picture=health_trend(context, view))


def _apart(fragmentation: float) -> str:
    """Say how many pairs aren't connected, where that rounds to none too."""
    return "some" if percent(fragmentation) else "few" if fragmentation else "none"


def _newcomers(context: Context, now: Week, until: str) -> Markup:
    """Return how newcomers were received; who came in the last week may still be answered and doesn't count yet."""
    if now.answered is None:
        return context.t("health-no-newcomers", day=until)
    if now.newcomers < ENOUGH:
        return context.t("health-few-newcomers", day=until)
    if now.wait is None:
        return context.t("health-newcomers-alone", count=now.newcomers, day=until)
    hours = round(now.wait * 24, 1)
    return context.t(
        "health-newcomers",
        count=now.newcomers,
        day=until,
        share=percent(now.answered),
        wait=max(round(hours * 60), 1) if hours < 1 else round(hours),
        unit="minutes" if hours < 1 else "hours",
    )


def changed(context: Context, view: NetworkView) -> Markup:
    """Return which figure of the last four weeks is most unlike the weeks before."""
    found = _most_unusual(view.result)
    if found is None:
        return context.t("health-too-young")
    if _way(found) == "same":
        return context.t("health-unchanged")
    return context.t(
        "health-changed",
        figure=context.t.plain(f"health-figure-{found.figure}"),
        before=percent(found.before),
        now=percent(found.now),
        way=_way(found),
    )


def _most_unusual(result: NetworkResult) -> Change | None:
    few = result.weeks[-1].newcomers < ENOUGH
    told = (each for each in result.changed if each.figure in SHOWN and not (few and each.figure == "answered"))
    return next(told, None)


def _share(week: Week, name: str) -> float | None:
    """Return a week's figure in percent, None where too few people stand behind it."""
    value: float | None = getattr(week, name)
    if value is None or (name == "answered" and week.newcomers < ENOUGH):
        return None
    return round(100 * value, 1)


def _way(found: Change) -> str:
    before, now = percent(found.before), percent(found.now)
    return "same" if before == now else "up" if now > before else "down"


@chart(study=study, view=look)
def health_trend(context: Context, view: NetworkView) -> Chart | None:
    """Return the trend of the figures, None below two weeks."""
    t, weeks = context.t, view.result.weeks
    if len(weeks) < 2:
        return None
    found = _most_unusual(view.result)
    title = t.plain("health-chart-title-plain", community=context.community.name)
    if found is not None and _way(found) != "same":
        title = t.plain(
            "health-chart-title",
            figure=t.plain(f"health-figure-{found.figure}"),
            before=percent(found.before),
            now=percent(found.now),
            way=_way(found),
        )
    series = tuple(
        Series(
            label=t.plain(f"health-figure-{name}"),
            values=tuple(_share(week, name) for week in weeks),
        )
        for name in SHOWN
    )
    return Chart(
        title=title,
        foot=t.plain("health-foot", people=weeks[-1].nodes, weeks=len(weeks), day=view.said_until),
        kind="multiples",
        x=tuple(view.day(week.day, short=True) for week in weeks),
        series=tuple(each for each in series if any(value is not None for value in each.values)),
        unit=t.plain("percent-sign"),
        own_scales=True,
        least_span=LEAST_SPAN,
        limits=(0, 100),
    )
