"""/atrisk: who may fall silent, why, and how true that was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from core.domain.clock import day_number, day_start
from core.domain.message import Reply
from core.domain.network_result import ENOUGH
from core.domain.people import present
from core.domain.pictures import Chart, Series
from core.domain.silence import HORIZON, Month, Reason, SilenceResult
from core.features.insight.renewals import renewals_due
from core.kit import Context, Markup, Rights, Work, action, command
from core.kit.charts import chart
from core.kit.consent import personal, presence
from core.kit.words import Rows, percent, turn_pages
from core.studies.network_view import invite
from core.studies.silence import silence as study

PAGE = 10
MONTHS = 3  # of the record in words; the chart shows all
_WHOLE = {"quiet", "gap"}  # that are no counts


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Somebody on the list: who they are, how likely they fall silent, and why."""

    name: str
    chance: float | None
    reasons: Sequence[Reason]


@command(rights=Rights.MODERATOR, private=True)
async def atrisk(context: Context, kind: Literal["silence", "renewals"] = "silence") -> Reply | Work:
    """Show who may fall silent in the next 30 days, or which renewals are due, why, and how true that was before."""
    if kind == "renewals":
        return await renewals_due(context)
    return await _page(context, 1)


@action(rights=Rights.MODERATOR, private=True)
async def atrisk_page(context: Context, page: int) -> Reply | Work:
    """Show another page."""
    return await _page(context, page)


async def _page(context: Context, page: int) -> Reply | Work:
    return await study.read(context, atrisk_page.__name__, partial(answer, page=page), page=page)


async def answer(context: Context, found: SilenceResult, page: int = 1) -> Reply:
    """Return who is on the list by name, the others as a count, and the record."""
    t = context.t
    listed, unnamed, back = await _listed(context, found)
    lines = [_head(context, found)]
    if not listed and not unnamed:
        lines.append(t("atrisk-nobody"))
    pages = max(1, -(-len(listed) // PAGE))
    page = min(max(page, 1), pages)
    lines += [_line(context, each) for each in listed[(page - 1) * PAGE : page * PAGE]]
    if back:
        lines.append(t("atrisk-back", count=back))
    if unnamed:
        lines += [t("atrisk-unnamed", count=unnamed, listed=len(listed)), invite(context)]
    if found.newer:
        lines.append(t("atrisk-newer", count=found.newer))
    lines += [Markup(""), *_record(context, found.months)]
    buttons = turn_pages(context, atrisk_page, page, pages)
    if listed or unnamed:
        buttons += _win_back(context)
    if await context.unit.payments.any(context.community.id):
        buttons += ((context.button(t.plain("renewals-open"), renewals_due),),)
    return Reply(Markup("\n".join(lines)), buttons, picture=silence_record(context, await _compared(context, found)))


async def _listed(context: Context, found: SilenceResult) -> tuple[list[AtRisk], int, int]:
    """Return who is on the list and may be named, how many may not, and how many of all came back since."""
    since = day_number(context.now) - found.until + 1
    known = [each for each in found.members if each is not None]
    back = await presence(context, known, since) if known else {}
    members = await context.unit.members.many(known)
    there = [
        (member, number)
        for number, member in enumerate(found.members)
        if member in members and present(members[member]) and member not in back
    ]
    names = {member.id: member.name for member in personal(members.values()) if member.name}
    listed = [
        AtRisk(names[member], found.chance[number] if found.chance else None, found.reasons[number])
        for member, number in there
        if member in names
    ]
    return listed, found.members.count(None) + len(there) - len(listed), len(back)


def _head(context: Context, found: SilenceResult) -> Markup:
    t, day = context.t, said(context, found.until)
    if found.base is None:
        missing = t(f"atrisk-not-{found.missing or 'too-few'}")
        return Markup("\n".join([t("atrisk-rule-title", day=day, people=found.people), missing]))
    return t("atrisk-title", day=day, people=found.people, base=percent(found.base))


def _line(context: Context, each: AtRisk) -> Markup:
    t = context.t
    why = t.listed(_why(context, reason) for reason in each.reasons)
    if each.chance is None:
        return t("atrisk-rule-line", name=each.name, why=why)
    return t("atrisk-line", name=each.name, chance=percent(each.chance), why=why)


def _why(context: Context, reason: Reason) -> Markup:
    value = round(reason.value, 1) if reason.feature in _WHOLE else round(reason.value)
    return context.t(f"atrisk-why-{reason.feature}", count=max(value, 1) if reason.feature == "gap" else value)


def _record(context: Context, months: Sequence[Month]) -> list[Markup]:
    t = context.t
    if not months:
        return [t("atrisk-no-record")]
    lines = [t("atrisk-record")]
    for month in months[: -MONTHS - 1 : -1]:
        lines.append(_month(context, month))
        if month.written:
            lines.append(t("atrisk-month-written", count=month.written, silent=month.written_silent))
    shown = months[-MONTHS:]
    if any(month.replayed for month in shown):
        lines.append(t("atrisk-replayed"))
    if any(not month.by_model for month in shown):
        lines.append(t("atrisk-by-rule"))
    return lines


def _month(context: Context, month: Month) -> Markup:
    alone = month.named - month.written
    return context.t(
        "atrisk-month",
        day=said(context, month.cutoff),
        named=alone,
        silent=month.silent,
        share=percent(month.silent / alone) if alone >= ENOUGH else "",
        known="yes" if alone >= ENOUGH else "no",
        rest=month.rest if month.rest >= ENOUGH else 0,
        rest_share=percent(month.rest_silent / month.rest) if month.rest >= ENOUGH else "",
    )


def _win_back(context: Context) -> Rows:
    """Return the button that begins to set up what Kith writes to whoever falls silent."""
    label = context.t.plain("atrisk-win-back")
    return ((context.button(label, "activities", which="sequence", settings="trigger=silent"),),)


def said(context: Context, day: int) -> str:
    """Return a UTC day in words."""
    return context.t.day(day_start(day).date(), today=day_start(day_number(context.now)).date())


async def _compared(context: Context, found: SilenceResult) -> tuple[Month, ...]:
    """Return the months in which five were named, and not written to, and five weren't: of fewer no share is told."""
    return tuple(each for each in found.months if min(each.named - each.written, each.rest) >= ENOUGH)


@chart(study=study, view=_compared)
def silence_record(context: Context, months: Sequence[Month]) -> Chart | None:
    """Show what became of those who were named and of the others, month by month."""
    if not months:
        return None
    t, today = context.t, day_start(day_number(context.now)).date()
    named, rest = sum(each.named - each.written for each in months), sum(each.rest for each in months)
    shares = (
        ("named", [each.silent / (each.named - each.written) for each in months]),
        ("rest", [each.rest_silent / each.rest for each in months]),
    )
    return Chart(
        title=t.plain(
            "atrisk-chart-title",
            named=percent(sum(each.silent for each in months) / named),
            rest=percent(sum(each.rest_silent for each in months) / rest),
        ),
        foot=t.plain(
            "atrisk-chart-foot", days=HORIZON, named=named, rest=rest, day=said(context, months[-1].cutoff + HORIZON)
        ),
        kind="line" if len(months) > 1 else "column",
        x=tuple(t.day(day_start(each.cutoff).date(), today=today, short=True) for each in months),
        series=tuple(
            Series(label=t.plain(f"atrisk-chart-{name}"), values=tuple(round(100 * share, 1) for share in values))
            for name, values in shares
        ),
        unit=t.plain("percent-sign"),
        limits=(0, 100),
    )
