"""Introductions: who wants to meet somebody presses, and at the end everybody has a partner whom they didn't meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from core.domain.activities import POINTS, Choice, Number, Phase, Run
from core.domain.audience import Audience
from core.domain.effects import HOLDOUT, TRIAL, Effect, Metric
from core.domain.errors import BadInput, NotFound
from core.domain.facts import Met
from core.domain.kinds import Kind
from core.domain.message import Button, Reply
from core.domain.network_result import Baseline
from core.domain.pairing import groups
from core.domain.people import Member, served
from core.domain.pushes import Topic
from core.domain.schedule import Weekly
from core.domain.tasks import Task
from core.kit import Context, Markup, Texts, action, task
from core.kit.activities import activity, button, count_parts, redraw, run_of, take_part, who_takes_part
from core.kit.broadcasts import broadcast
from core.kit.consent import must_serve, personal
from core.kit.texts import LANGUAGES
from core.kit.words import name_of
from core.studies.network import BASELINE, network

APART = 8  # rounds in which nobody meets the same person again
LISTED = 40  # groups that the post names
ASKED = timedelta(days=5)  # after which it is asked whether people met
AWAY = timedelta(days=30)


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
    """Pair everybody who pressed or joined for good, name the pairs, and tell each of them."""
    accounts = await _who(context, run)
    people = {each.id: each for each in accounts.values() if served(each) and each.left_at is None}
    apart = {
        (each.member_id, each.other_id) for each in await context.unit.activity_members.apart(context.community.id)
    }
    met = await _met(context, run)
    made = groups(list(people), met, await _circles(context, people.values()), run.name, apart)
    numbers = {member: number for number, group in enumerate(made, 1) for member in group}
    for account, member in accounts.items():
        if member.id in numbers:
            await context.unit.activities.answer(run, account, str(numbers[member.id]), context.now)
    by_member = {member.id: account for account, member in accounts.items()}
    for group in made:
        for each in group:
            await _tell(context, run, people[each], [people[other] for other in group if other != each], by_member)
    for alone in people.keys() - numbers.keys() if made else ():
        t = context.texts_for(people[alone])
        await context.tell(people[alone], Reply(t("activity-introductions-alone", community=context.community.name)))
    if made:
        await context.schedule(ask_whether_met, run.name, context.now + ASKED)
    return Reply(Markup("\n".join(await _lines(context, run, made, people))))


async def _who(context: Context, run: Run) -> dict[int, Member]:
    """Return who pressed and who joined the activity for good, by account."""
    pressed = await who_takes_part(context, run)
    if not run.activity.audience.joined:
        return pressed
    return {**await context.unit.activity_members.there(run.activity, context.now), **pressed}


async def _tell(
    context: Context, run: Run, member: Member, others: Sequence[Member], accounts: Mapping[int, int]
) -> None:
    """Tell one of a group whom they meet, with what they can say to it that nobody else sees."""
    t = context.texts_for(member)
    names = t.listed(name_of(t, other) for other in others)
    rows: list[tuple[Button, ...]] = [
        (
            context.button(
                t.plain("activity-introductions-apart", name=name_of(t, other))[:80],
                introductions_apart,
                other=accounts[other.id],
            ),
        )
        for other in others
    ]
    if run.activity.audience.joined:
        rows.append((context.button(t.plain("activity-introductions-away"), introductions_away, run=run.id),))
    rows = [tuple(replace(each, replace_message=False) for each in row) for row in rows]  # the names stay in sight
    said = t("activity-introductions-meet", names=names, community=context.community.name)
    await context.tell(member, Reply(said, tuple(rows)))


async def _lines(
    context: Context, run: Run, made: Sequence[tuple[int, ...]], people: Mapping[int, Member]
) -> list[Markup]:
    t = context.t
    lines = [t("activity-introductions-over", people=sum(map(len, made)), groups=len(made))]
    for group in made[:LISTED]:
        names = t.listed(name_of(t, people[each]) for each in group)
        lines.append(t("activity-introductions-group", names=names))
    if len(made) > LISTED:
        lines.append(t("activity-introductions-more", count=len(made) - LISTED))
    for before in await context.unit.activities.runs_of(run.activity, (Phase.OVER,), 1):
        if count := await context.unit.interactions.count_about(context.community.id, Kind.MET, before.name):
            of = len(await context.unit.activities.answers([before.id]))
            lines.append(t("activity-introductions-met-before", count=count, of=of))
    return lines


@task()
async def ask_whether_met(context: Context, task: Task) -> None:
    """Ask those whom a run introduced whether they met."""
    run = await context.unit.activities.run(context.community.id, int(task.subject.split(":")[1]))
    if run is None or run.phase is not Phase.OVER:
        return
    paired = [each.account_id for each in await context.unit.activities.answers([run.id])]
    people = await context.unit.members.of_accounts(paired)
    replies = {}
    for language in LANGUAGES:
        t = Texts(language)
        row = tuple(
            context.button(t.plain(f"activity-introductions-{word}"), introductions_met, run=run.id, met=word)
            for word in ("met", "not-yet")
        )
        replies[language] = Reply(t("activity-introductions-ask", community=context.community.name), (row,))
    audience = Audience().among([each.id for each in people.values()])
    await broadcast(context, f"{run.name}:met", Topic.ACTIVITY, audience, replies)


@action(private=True)
async def introductions_met(context: Context, run: int, met: str) -> Reply:
    """Note that whoever presses met whom they were introduced to."""
    it = await run_of(context, run)
    mine = await context.my_accounts()
    if not await context.unit.activities.answers([run], mine):
        raise NotFound("error-no-activity")
    if met != "met":
        return Reply(context.t("activity-introductions-still-time"))
    if not await context.unit.interactions.did(context.community.id, Kind.MET, it.name, mine):
        context.raise_(Met(member=context.me, account=context.my_account, subject=it.name))
    return Reply(context.t("activity-introductions-noted"))


@action(private=True)
async def introductions_apart(context: Context, other: int) -> Reply:
    """Never pair whoever presses with another again, which nobody else is told."""
    must_serve(context, context.me)
    them = (await context.unit.members.of_accounts([other])).get(other)
    if them is None or them.community_id != context.community.id:
        raise NotFound("error-button-gone")
    await context.unit.activity_members.keep_apart(context.community.id, context.my_account.id, other, context.now)
    return Reply(context.t("apart-kept"))


@action(private=True)
async def introductions_away(context: Context, run: int) -> Reply:
    """Pair whoever presses with nobody for a month."""
    it = await run_of(context, run)
    mine = await context.my_accounts()
    until = context.now + AWAY
    if not await context.unit.activity_members.stay_away(it.activity, mine, until):
        raise BadInput("error-activity-join-first")
    return Reply(context.t("activity-introductions-away-until", until=context.said_day(until)))


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
