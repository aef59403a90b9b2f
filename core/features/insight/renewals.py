"""Renewals, beside `/atrisk`: how many go through, who is due, and how true that was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from core.domain.clock import local_day
from core.domain.message import Reply
from core.domain.network_result import ENOUGH as SHOWN
from core.domain.pictures import Chart, Series
from core.domain.plans import GRACE
from core.domain.renewals import AHEAD, ENOUGH, Outcome, Renewal, RenewalRates, RenewalsResult, Sign, days_left
from core.domain.renewals import renewals as renewals_of
from core.features.insight.retention import said_day
from core.kit import Context, Markup, Rights, Work, action
from core.kit.charts import chart
from core.kit.consent import names_of
from core.kit.words import Rows, percent, turn_pages
from core.studies.network_view import invite
from core.studies.renewals import renewals as study

PAGE = 10
NUMBERS = 6  # renewals of which something is said by number
DRAWN = 12


@dataclass(frozen=True, slots=True)
class Due:
    """A renewal that is due soon: whose, by name if they agreed to it, and how likely it goes through."""

    name: str | None
    renewal: Renewal
    chance: float | None


@action(rights=Rights.MODERATOR, private=True)
async def renewals_due(context: Context, page: int = 1) -> Reply | Work:
    """Show how many renewals go through, and who is due."""
    return await study.read(context, renewals_due.__name__, partial(answer, page=page), page=page)


async def answer(context: Context, found: RenewalsResult, page: int = 1) -> Reply:
    """Return how the plans' renewals go, who is due in 30 days, and the record."""
    t, plans = context.t, {each.id: each.name for each in await context.unit.plans.all(context.community.id)}
    due = await _due(context, found)
    named = [each for each in due if each.name is not None]
    pages = max(1, -(-len(named) // PAGE))
    page = min(max(page, 1), pages)
    lines = [t("renewals-head")]
    for each in found.plans:
        lines += _plan(context, each, plans.get(each.plan_id, ""))
    lines += [Markup(""), *_ahead(context, due)]
    lines += [_line(context, each, plans) for each in named[(page - 1) * PAGE : page * PAGE]]
    if unnamed := len(due) - len(named):
        lines += [t("renewals-unnamed", count=unnamed, listed=len(named)), invite(context)]
    lines += [Markup(""), *_record(context, found)]
    buttons = (*turn_pages(context, renewals_due, page, pages), *_buttons(context))
    return Reply(Markup("\n".join(lines)), buttons, picture=_drawn(context, found, plans))


async def _due(context: Context, found: RenewalsResult) -> list[Due]:
    """Return what is due within 30 days, or was and may still be paid, the next first."""
    now, unit, here = context.now, context.unit, context.community.id
    soon = await unit.payments.ending(here, now - GRACE, now + timedelta(days=AHEAD))
    owners = await unit.members.owners(here) if soon else {}
    names = names_of({each.id: each for each in owners.values()}.values())
    due = []
    for each in soon:
        last = next(iter(renewals_of(each.payments, now)[-1:]), None)
        if last is None or last.outcome is not Outcome.OPEN or last.due >= now + timedelta(days=AHEAD):
            continue
        rates = found.of(last.plan_id) if last.sign is Sign.NONE else None
        chance = None if rates is None else rates.chance(last.number, days_left(last.due, now))
        owner = owners.get(each.account_id) if each.account_id is not None else None
        due.append(Due(names.get(owner.id) if owner is not None else None, last, chance))
    return sorted(due, key=lambda each: each.renewal.due)


def _plan(context: Context, rates: RenewalRates, name: str) -> Iterator[Markup]:
    t, went = context.t, rates.all
    if went.of < SHOWN or went.share is None or went.low is None or went.high is None:
        yield t("renewals-few", plan=name, count=went.of)
        return
    share, low, high = (percent(each) for each in (went.share, went.low, went.high))
    yield t("renewals-plan", plan=name, of=went.of, share=share, low=low, high=high)
    lost = {"cancelled": rates.cancelled, "failed": rates.failed, "refunded": rates.refunded, "ran-out": rates.ran_out}
    if any(lost.values()):
        yield t(
            "renewals-lost",
            why=t.listed(t(f"renewals-lost-{why}", count=count) for why, count in lost.items() if count),
        )
    told = [(place, each.share, each.of) for place, each in enumerate(rates.numbers[:NUMBERS], 1) if each.of >= SHOWN]
    if len(told) > 1:
        said = (t("renewals-number", number=place, share=percent(share or 0.0), of=of) for place, share, of in told)
        yield t("renewals-numbers", numbers=t.listed(said))
    if went.of < ENOUGH:
        yield t("renewals-not-enough", count=went.of, enough=ENOUGH)


def _ahead(context: Context, due: Sequence[Due]) -> Iterator[Markup]:
    t = context.t
    if not due:
        yield t("renewals-none-due", days=AHEAD)
        return
    yield t("renewals-due", count=len(due), days=AHEAD)
    chances = [each.chance for each in due if each.chance is not None]
    if len(chances) >= SHOWN:
        yield t("renewals-expected", count=len(chances), expected=round(sum(chances)))


def _line(context: Context, each: Due, plans: Mapping[int, str]) -> Markup:
    t, renewal, zone = context.t, each.renewal, context.community.settings.timezone
    day = t.day(
        local_day(renewal.due, zone),
        today=local_day(context.now, zone),
    )
    given = {"name": each.name or "", "plan": plans.get(renewal.plan_id, ""), "day": day, "number": renewal.number}
    if renewal.sign is not Sign.NONE:
        return t(f"renewals-line-{renewal.sign}", **given)
    if each.chance is None:
        return t("renewals-line", **given)
    return t("renewals-line-chance", **given, chance=percent(each.chance))


def _record(context: Context, found: RenewalsResult) -> Iterator[Markup]:
    t = context.t
    if not found.months:
        yield t("renewals-no-record")
        return
    yield t("renewals-record")
    for each in found.months[::-1][:3]:
        day = said_day(context, each.cutoff)
        yield t("renewals-month", day=day, due=each.due, foreseen=round(each.foreseen), renewed=each.renewed)
    yield t("renewals-replayed")


def _buttons(context: Context) -> Rows:
    t = context.t
    remind = context.button(t.plain("renewals-remind"), "activities", which="renewal")
    return ((remind,), (context.button(t.plain("renewals-back"), "atrisk"),))


async def _named(context: Context, found: RenewalsResult) -> tuple[RenewalsResult, dict[int, str]]:
    return found, {each.id: each.name for each in await context.unit.plans.all(context.community.id)}


@chart(study=study, view=_named)
def renewal_rates(context: Context, given: tuple[RenewalsResult, dict[int, str]]) -> Chart | None:
    """Show how many of a plan's members renew at each renewal, None where too few were due."""
    return _drawn(context, *given)


def _drawn(context: Context, found: RenewalsResult, plans: Mapping[int, str]) -> Chart | None:
    """Return the plan with most renewals, number by number, with the curve fitted to them."""
    t, rates = context.t, found.plans[0] if found.plans else None
    if rates is None or rates.all.share is None:
        return None
    numbers = [each for each in rates.numbers[:DRAWN] if each.of >= SHOWN]
    if len(numbers) < 2:
        return None
    ends = [tuple(round(100 * (end or 0.0), 1) for end in (each.share, each.low, each.high)) for each in numbers]
    values, low, high = zip(*ends, strict=True)
    series = [Series(label=t.plain("renewals-chart-seen"), values=values, low=low, high=high)]
    fitted = [rates.curve(number) for number in range(1, len(numbers) + 1)]
    if None not in fitted:
        curve = tuple(round(100 * each, 1) for each in fitted if each is not None)
        series.append(Series(label=t.plain("renewals-chart-curve"), values=curve))
    return Chart(
        title=t.plain("renewals-chart-title", plan=plans.get(rates.plan_id, ""), share=percent(rates.all.share)),
        foot=t.plain("renewals-chart-foot", of=rates.all.of, day=said_day(context, found.until)),
        kind="line",
        x=tuple(t.plain("renewals-chart-number", number=number) for number in range(1, len(numbers) + 1)),
        series=tuple(series),
        unit=t.plain("percent-sign"),
        limits=(0, 100),
    )
