"""Study cohort: whoever joins before the start goes through it together, a milestone each week, to a certificate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from core.domain.activities import POINTS, Choice, Lines, Number, Phase, Run, Text, starts_at
from core.domain.audience import Audience
from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.pairing import groups
from core.domain.people import Member, served
from core.domain.pictures import Certificate
from core.domain.pushes import Topic
from core.domain.schedule import Monthly
from core.domain.tasks import Task
from core.kit import Again, Context, Markup, Texts, action, posts, task
from core.kit.activities import (
    PREVIEW,
    NothingToDo,
    activity,
    button,
    in_public,
    open_run,
    place_of,
    redraw,
    reward,
    run_of,
    take_part,
)
from core.kit.broadcasts import broadcast
from core.kit.consent import must_serve, personal
from core.kit.reaching import promised
from core.kit.texts import LANGUAGES
from core.kit.words import name_of

WEEK = timedelta(days=7)
BEHIND = timedelta(days=5)  # from a week's begin until who hasn't done it is reminded
NAMED = 20  # of those who finished, in the post
TOLD = 100  # members whom one step of a task gives their certificate
_WEEK = re.compile(r"(\d{1,2})\s*[:：]\s*(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks(Lines):
    """What is to be done in which week, a line each: the week, a colon, what."""

    most: int = 20

    def read(self, raw: str) -> list[str]:
        """Return the lines by week; raise BadInput with the first that is none, or whose week another has."""
        lines = Lines.read(self, raw)
        seen: dict[int, str] = {}
        for at, line in enumerate(lines, 1):
            week = _WEEK.fullmatch(line)
            if week is None or not 1 <= int(week[1]) <= 52 or int(week[1]) in seen:
                raise BadInput("error-activity-week", number=at, given=line[:60])
            seen[int(week[1])] = f"{int(week[1])}: {week[2]}"
        return [seen[week] for week in sorted(seen)]


@dataclass(frozen=True, slots=True)
class Way:
    """How far a member is: on which account, which weeks they did, and whether they want a partner."""

    account_id: int
    partner: bool
    done: frozenset[int]

    @classmethod
    def read(cls, account_id: int, answer: str) -> Way:
        """Read what `said` wrote."""
        partner, _, done = answer.partition(":")
        return cls(account_id, partner == "yes", frozenset(int(each) for each in done.split(",") if each))

    @property
    def said(self) -> str:
        """Return it as it is kept among the answers of a run."""
        return f"{'yes' if self.partner else 'no'}:{','.join(map(str, sorted(self.done)))}"


def lasts(values: Mapping[str, Any]) -> timedelta:
    """Return how long a run lasts: until the end of its last week."""
    return timedelta(hours=values["lead"]) + WEEK * max(_plan(values["weeks"] or ()), default=1)


@activity(
    schedule=Monthly("1 10:00"),
    fields=(
        Text(name="topic", default=None, limit=90),
        Weeks(name="weeks", default=None),
        Number(name="lead", default=168, high=24 * 28, offers=(24, 72, 168, 336)),
        POINTS,
        Choice(name="pinned"),
        Choice(name="tell", options=("room", "direct"), default="room"),
    ),
    needs={"pinned=yes": "pin"},
    lasts=lasts,
    taking=lambda run: starts_at(run.values, run.due_at),
)
async def cohort(context: Context, run: Run) -> Reply:
    """Say what is studied when, and how many are in; until the start people join, alone or with a partner."""
    t, starts, weeks = context.t, starts_at(run.values, run.due_at), _weeks(run)
    count = len(await _ways(context, run))
    on = "yes" if starts <= context.now and run.id != PREVIEW else "no"
    head = {"topic": run.values["topic"] or "", "at": context.said_moment(starts), "on": on}
    lines = [t("activity-cohort-post", weeks=len(weeks), count=count, **head)]
    lines += [t("activity-cohort-milestone", week=week, what=what) for week, what in weeks.items()]
    if on == "yes":
        return Reply(Markup("\n".join(lines)))
    join = [button(context, f"activity-cohort-join-{each}", cohort_joined, run, partner=each) for each in ("no", "yes")]
    leave = button(context, "activity-cohort-leave", cohort_left, run)
    return Reply(Markup("\n".join(lines)), (tuple(join), (leave,)))


@cohort.planning
async def planned(context: Context, run: Run) -> None:
    """Plan each week's milestone, and whom it is to remind."""
    starts = starts_at(run.values, run.due_at)
    for week in _weeks(run):
        begins = starts + WEEK * (week - 1)
        await context.schedule(cohort_week, f"{run.name}:{week}", max(begins, context.now))
        await context.schedule(cohort_reminds, f"{run.name}:{week}", max(begins + BEHIND, context.now))


@cohort.ending
async def over(context: Context, run: Run) -> Reply:
    """Say how many went through to the end, naming those who agreed; everybody of them gets a certificate."""
    weeks, ways = _weeks(run), await _ways(context, run)
    for week in weeks:
        await posts.close(context, _week_name(run, week))
    through = [each.account_id for each in ways.values() if each.done >= set(weeks)]
    people = await context.unit.members.of_accounts(through)
    named = [each.name for each in personal(people.values()) if each.name][:NAMED]
    await context.schedule(cohort_certifies, run.name, context.now)
    given = {"topic": run.values["topic"] or "", "count": len(ways), "through": len(through)}
    return Reply(context.t("activity-cohort-over", names=context.t.listed(named) if named else "none", **given))


@task()
async def cohort_week(context: Context, task: Task) -> None:
    """Put a week's milestone up; before the first, partners get to know each other."""
    run, week = await _about(context, task)
    if run is None or week not in _weeks(run):
        return
    if week == min(_weeks(run)):
        await _introduce(context, run)
        await redraw(context, run)
    if not await _ways(context, run):
        return
    try:
        space, room = await place_of(context, run.activity)
    except NothingToDo:
        return
    public = in_public(context)
    await posts.put_up(public, _week_name(run, week), space, room, await _said_week(public, run, week))


@task()
async def cohort_reminds(context: Context, task: Task) -> None:
    """Remind who hasn't done a week's milestone yet."""
    run, week = await _about(context, task)
    if run is None or (what := _weeks(run).get(week)) is None:
        return
    behind = tuple(member for member, way in (await _ways(context, run)).items() if week not in way.done)
    given = {"topic": run.values["topic"] or "", "community": context.community.name, "week": week, "what": what}
    said = {each: Reply(Texts(each)("activity-cohort-behind", **given)) for each in LANGUAGES}
    if behind:
        await broadcast(context, f"{run.name}:behind:{week}", Topic.ACTIVITY, Audience(members=behind), said)


@task()
async def cohort_certifies(context: Context, task: Task) -> Again | None:
    """Give each of those who went through to the end their certificate."""
    run = await run_of(context, int(task.subject.split(":")[1]))
    after, weeks = int(task.progress.get("after", 0)), set(_weeks(run))
    through = sorted(member for member, way in (await _ways(context, run)).items() if way.done >= weeks)
    page = [each for each in through if each > after][:TOLD]
    for member in (await context.unit.members.many(page)).values():
        t = context.texts_for(member)
        said = t("activity-cohort-certificate", topic=run.values["topic"] or "", community=context.community.name)
        await context.tell(member, Reply(said, picture=_certificate(context, run, member, t)))
    return Again({"after": page[-1]}) if len(page) == TOLD else None


@action(private=True)
async def cohort_joined(context: Context, run: int, partner: Literal["no", "yes"]) -> Reply:
    """Let whoever presses before the start be in, with a partner or without."""
    it = await open_run(context, run)
    must_serve(context, context.me)
    if starts_at(it.values, it.due_at) <= context.now:
        raise BadInput("error-activity-cohort-started")
    mine = await _mine(context, it)
    way = Way(context.my_account.id if mine is None else mine.account_id, partner == "yes", frozenset())
    await context.unit.activities.answer(it, way.account_id, way.said, context.now)
    await redraw(context, it)
    at = context.said_moment(starts_at(it.values, it.due_at))
    return Reply(await promised(context, context.t("activity-cohort-joined", at=at, partner=partner)))


@action(private=True)
async def cohort_left(context: Context, run: int) -> Reply:
    """Let whoever presses be out again."""
    it = await open_run(context, run)
    if await _mine(context, it) is None:
        return Reply(context.t("activity-cohort-not-in"))
    accounts = await context.my_accounts()
    await context.unit.activities.withdraw(it.id, accounts)
    await redraw(context, it)
    return Reply(context.t("activity-cohort-left"))


@action(private=True)
async def cohort_done(context: Context, run: int, week: int) -> Reply:
    """Note that whoever presses did a week's milestone; with the last of them comes the certificate."""
    it = await open_run(context, run)
    weeks, way = _weeks(it), await _mine(context, it)
    if way is None or week not in weeks:
        raise BadInput("error-activity-cohort-started")
    t, done = context.t, way.done | {week}
    if done != way.done:
        await context.unit.activities.answer(
            it, way.account_id, Way(way.account_id, way.partner, done).said, context.now
        )
        public = in_public(context)
        await posts.change(context, _week_name(it, week), await _said_week(public, it, week))
        await take_part(context, run, deserved=False)
    if done < set(weeks):
        return Reply(t("activity-cohort-done", done=len(done), of=len(weeks)))
    accounts = await context.unit.members.accounts_of([context.me.id])
    points = 0
    if done != way.done:
        points = await reward(context, it, context.me, [account.id for account in accounts])
    said = t("activity-cohort-through", topic=it.values["topic"] or "", points=points)
    return Reply(said, picture=_certificate(context, it, context.me, t))


def _plan(lines: Any) -> dict[int, str]:
    found = (_WEEK.fullmatch(str(each)) for each in lines)
    return {int(each[1]): each[2] for each in found if each}


def _weeks(run: Run) -> dict[int, str]:
    """Return what is to be done in which week, as it was when the run began."""
    return _plan(run.detail.setdefault("weeks", list(run.values["weeks"] or ())))


def _week_name(run: Run, week: int) -> str:
    return f"{run.name}:{week}"


async def _about(context: Context, task: Task) -> tuple[Run | None, int]:
    """Return the run and the week that a task is about, no run where it is over."""
    _, number, week = task.subject.split(":")
    run = await run_of(context, int(number))
    return run if run.phase is Phase.OPEN else None, int(week)


async def _ways(context: Context, run: Run) -> dict[int, Way]:
    """Return how far each member is who is in and still there."""
    if run.id == PREVIEW:
        return {}
    given = {each.account_id: each.answer for each in await context.unit.activities.answers([run.id])}
    people = await context.unit.members.of_accounts(given)
    there = {account: each for account, each in people.items() if served(each) and each.left_at is None}
    return {member.id: Way.read(account, given[account]) for account, member in there.items()}


async def _mine(context: Context, run: Run) -> Way | None:
    accounts = await context.my_accounts()
    had = await context.unit.activities.answers([run.id], accounts)
    return Way.read(had[0].account_id, had[0].answer) if had else None


async def _said_week(context: Context, run: Run, week: int) -> Reply:
    weeks, ways = _weeks(run), await _ways(context, run)
    did = sum(week in each.done for each in ways.values())
    given = {"topic": run.values["topic"] or "", "week": week, "last": max(weeks), "what": weeks[week]}
    said = context.t("activity-cohort-week", did=did, count=len(ways), **given)
    done = button(context, "activity-cohort-do", cohort_done, run, week=week)
    return Reply(said, ((done,),))


async def _introduce(context: Context, run: Run) -> None:
    """Tell those who wanted a partner whom they have: both agreed."""
    wanting = [member for member, way in (await _ways(context, run)).items() if way.partner]
    people = await context.unit.members.many(wanting)
    made = groups(wanting, {}, {}, run.name)
    for group in made or [tuple(wanting)]:
        for member in (people[each] for each in group):
            t = context.texts_for(member)
            names = [name_of(t, people[each]) for each in group if each != member.id]
            topic = run.values["topic"] or ""
            given = {"topic": topic, "community": context.community.name}
            said = t("activity-cohort-partner", names=t.listed(names) if names else "none", **given)
            await context.tell(member, Reply(said))


def _certificate(context: Context, run: Run, member: Member, t: Texts) -> Certificate:
    day: datetime = min(context.now, run.ends_at or context.now)
    return Certificate(
        heading=t.plain("activity-cohort-heading"),
        name=member.name or t.plain("somebody"),
        done=t.plain("activity-cohort-did"),
        topic=str(run.values["topic"] or ""),
        steps=t.plain("activity-cohort-steps", count=len(_weeks(run))),
        foot=f"{context.community.name} · {context.said_day(day, t, dated=True)}",
    )
