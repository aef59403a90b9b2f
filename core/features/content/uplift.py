"""/uplift: whether recommendations help, by what members make of their own and of what is popular."""

from __future__ import annotations

from datetime import UTC, datetime

from core.domain.effect_result import Measured
from core.domain.message import Reply
from core.domain.pictures import Effect, Forest
from core.domain.uplift import UpliftResult, Worth
from core.kit import Context, Markup, Rights, Work, command
from core.kit.charts import chart
from core.kit.words import percent
from core.studies.uplift import uplift as study


@command(rights=Rights.MODERATOR, private=True)
async def uplift(context: Context) -> Reply | Work:
    """See whether what I recommend helps, beside what is popular."""

    async def answer(context: Context, found: UpliftResult) -> Reply:
        lines = [context.t("uplift-title", community=context.community.name)]
        lines += [_told(context, each) for each in found.gains]
        lines += _worth(context, found.own, found.popular)
        return Reply(Markup("\n".join(lines)), picture=_drawn(context, found))

    return await study.read(context, "uplift", answer)


def _told(context: Context, each: Measured) -> Markup:
    """Return what is known of a gain in a sentence."""
    t, counts = context.t, {"gain": each.metric.value, "own": each.asked, "popular": each.held_out}
    if not each.asked + each.held_out:
        return t("uplift-waiting", gain=each.metric.value, waiting=each.waiting)
    if each.low is None or each.high is None or not each.enough:
        return t("uplift-few", points=max(round(each.seen * 100), 1), **counts)
    value, low, high = (_signed(end) for end in (each.estimate, each.low, each.high))
    sure = "no" if each.low <= 0 <= each.high else "yes"
    return t("uplift-said", points=value, low=low, high=high, sure=sure, **counts)


def _signed(share: float) -> str:
    said = f"{share * 100:+.1f}"
    return "0" if float(said) == 0 else said.replace("-", "−")


def _worth(context: Context, own: Worth, popular: Worth) -> list[Markup]:
    """Return how many of what is shown is opened in either list, as far as the records tell."""
    if own.share is None or popular.share is None:
        return []
    shown = int(min(own.ess, popular.ess))
    return [context.t("uplift-worth", own=percent(own.share), popular=percent(popular.share), shown=shown)]


@chart(study=study)
def uplift_compared(context: Context, found: UpliftResult) -> Forest | None:
    """Draw every gain with its interval, of 100 members a week; None before anything can be said."""
    return _drawn(context, found)


def _drawn(context: Context, found: UpliftResult) -> Forest | None:
    t = context.t
    said = [each for each in found.gains if each.low is not None and each.high is not None and each.enough]
    if not said:
        return None
    sure = sum((each.low or 0) > 0 or (each.high or 0) < 0 for each in said)
    until = datetime.fromtimestamp(max(each.until for each in said) * 86_400, UTC)
    return Forest(
        title=t.plain("uplift-picture", sure=sure, count=len(said)),
        foot=t.plain("uplift-foot", community=context.community.name, day=context.said_day(until)),
        effects=tuple(
            Effect(
                label=t.plain(f"uplift-gain-{each.metric.value}"),
                value=100 * each.estimate,
                low=None if each.low is None else 100 * each.low,
                high=None if each.high is None else 100 * each.high,
            )
            for each in said
        ),
    )
