"""Introductions: who wants to meet somebody presses, and at the end everybody has a partner whom they didn't meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from core.domain.activities import POINTS, Choice, Number, Phase, Run
from core.domain.effects import HOLDOUT, TRIAL, Effect, Metric
from core.domain.message import Reply
from core.domain.network_result import Baseline
from core.domain.pairing import groups
from core.domain.people import Member, served
from core.domain.schedule import Weekly
from core.kit import Context, Markup, action
from core.kit.activities import activity, button, count_parts, redraw, take_part, who_takes_part
from core.kit.consent import personal
from core.kit.words import name_of
from core.studies.network import BASELINE, network

APART = 8  # rounds in which nobody meets the same person again
LISTED = 40  # groups that the post names


@activity(
    schedule=Weekly("mon 09:00"),
    fields=(
        Number(name="hours", default=24, low=1, high=24 * 7, offers=(4, 12, 24, 48)),
        POINTS,
        Choice(name="tell", options=("room", "direct"), default="room"),
        HOLDOUT,
        TRIAL,
    ),
    effect=Effect(metric=Metric.ACROSS),
)
async def introductions(context: Context, run: Run) -> Reply:
    """Ask who wants to meet somebody."""
    said = context.t("activity-introductions-post", count=await count_parts(context, run))
    return Reply(said, ((button(context, "activity-introductions-join", introductions_joined, run),),))


@introductions.ending
async def over(context: Context, run: Run) -> Reply:
    """Pair everybody who joined, name the pairs, and tell each of them."""
    accounts = await who_takes_part(context, run)
    people = {each.id: each for each in accounts.values() if served(each) and each.left_at is None}
    made = groups(list(people), await _met(context, run), await _circles(context, people.values()), run.name)
    lines = [context.t("activity-introductions-over", people=len(people), groups=len(made))]
    for number, group in enumerate(made, 1):
        members = [people[each] for each in group]
        if number <= LISTED:
            names = context.t.listed(name_of(context.t, each) for each in members)
            lines.append(context.t("activity-introductions-group", names=names))
        for account, member in accounts.items():
            if member.id in group:
                await context.unit.activities.answer(run, account, str(number), context.now)
        for each in members:
            t = context.texts_for(each)
            names = t.listed(name_of(t, other) for other in members if other.id != each.id)
            said = t("activity-introductions-meet", names=names, community=context.community.name)
            await context.tell(each, Reply(said))
    if len(made) > LISTED:
        lines.append(context.t("activity-introductions-more", count=len(made) - LISTED))
    return Reply(Markup("\n".join(lines)))


@action(private=True)
async def introductions_joined(context: Context, run: int) -> Reply:
    """Note that whoever presses wants to meet somebody."""
    it, part = await take_part(context, run)
    if part.already:
        return Reply(context.t("activity-again"))
    await redraw(context, it)
    return Reply(context.t("activity-introductions-joined", points=part.points))


async def _met(context: Context, run: Run) -> dict[int, set[int]]:
    """Return whom each member met in the last rounds."""
    before = await context.unit.activities.runs_of(run.activity, (Phase.OVER,), APART)
    together: dict[tuple[int, str], set[int]] = defaultdict(set)
    given = await context.unit.activities.answers([each.id for each in before])
    people = await context.unit.members.of_accounts([each.account_id for each in given])
    for each in given:
        if each.account_id in people:
            together[each.run_id, each.answer].add(people[each.account_id].id)
    met: dict[int, set[int]] = defaultdict(set)
    for group in together.values():
        for member in group:
            met[member] |= group - {member}
    return met


async def _circles(context: Context, members: Collection[Member]) -> dict[int, int]:
    """Return the circle of each member who agreed that Kith looks at whom they talk with, where it is known."""
    found = await network.beside(context, BASELINE, Baseline)
    agreed = {member.id for member in personal(members)}
    if found is None:
        return {}
    pairs = zip(found.members, found.circle, strict=True)
    return {member: circle for member, circle in pairs if member in agreed and member is not None}
