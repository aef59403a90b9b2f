"""Check-in challenge: everybody says once a day that they did it; who keeps at it has a streak."""

from __future__ import annotations

from collections.abc import Collection

from core.domain.activities import HOURS, POINTS, Choice, Number, Phase, Run, Text, streak
from core.domain.effects import HOLDOUT, TRIAL, Effect, Metric
from core.domain.message import Reply
from core.domain.people import Member
from core.kit import Context, Markup, action
from core.kit.activities import activity, button, count_parts, redraw, take_part, took, who_takes_part
from core.kit.consent import personal

RANKED = 5
_LOOKED_AT = 366  # runs


@activity(
    fields=(
        Text(name="task", default=None, limit=300),
        HOURS,
        POINTS,
        Number(name="goal", default=0, high=100_000, offers=(0, 5, 10, 20, 50)),
        Choice(name="tell", options=("room", "direct"), default="room"),
        HOLDOUT,
        TRIAL,
    ),
    effect=Effect(metric=Metric.ACTIVE),
)
async def challenge(context: Context, run: Run) -> Reply:
    """Put up the day's task, with who did it so far."""
    count, goal = await count_parts(context, run), run.values["goal"]
    reached = "none" if not goal else "yes" if count >= goal else "no"
    said = context.t("activity-challenge-post", task=run.values["task"] or "", count=count, goal=goal, reached=reached)
    return Reply(said, ((button(context, "activity-challenge-join", challenge_done, run),),))


@challenge.ending
async def over(context: Context, run: Run) -> Reply:
    """Say how many did it, and who is on the longest streaks: of those who may be named."""
    count, goal = await count_parts(context, run), run.values["goal"]
    reached = "none" if not goal else "yes" if count >= goal else "no"
    task = run.values["task"] or ""
    lines = [context.t("activity-challenge-over", task=task, count=count, goal=goal, reached=reached)]
    members = {each.id: each for each in (await who_takes_part(context, run)).values()}
    lengths = await _streaks(context, run, personal(members.values()))
    best = sorted(lengths.items(), key=lambda each: (-each[1], each[0]))[:RANKED]
    lines += [
        context.t("activity-challenge-place", place=place, name=members[member].name, streak=length)
        for place, (member, length) in enumerate(best, 1)
        if members[member].name
    ]
    return Reply(Markup("\n".join(lines)))


@action(private=True)
async def challenge_done(context: Context, run: int) -> Reply:
    """Note that whoever presses did it."""
    it, part = await take_part(context, run)
    length = (await _streaks(context, it, [context.me])).get(context.me.id, 0)
    if part.already:
        return Reply(context.t("activity-challenge-again", streak=length))
    await redraw(context, it)
    return Reply(context.t("activity-challenge-joined", streak=length, points=part.points))


async def _streaks(context: Context, run: Run, members: Collection[Member]) -> dict[int, int]:
    """Return how many runs in a row each member took part in, up to this one, in which they do."""
    if not members:
        return {}
    runs = await context.unit.activities.runs_of(run.activity, (Phase.OPEN, Phase.OVER), _LOOKED_AT)
    runs = [each for each in runs if each.id <= run.id]
    accounts = await context.unit.members.accounts_of([member.id for member in members])
    did = await took(context, runs, [account.id for account in accounts])
    mine: dict[int, set[str]] = {}
    for account in accounts:
        mine.setdefault(account.member_id, set()).update(did.get(account.id, ()))
    return {
        member: streak([each.id == run.id or each.name in names for each in runs]) for member, names in mine.items()
    }
