"""Check-in challenge: everybody says once a day that they did it; who keeps at it has a streak."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from core.domain.activities import HOURS, POINTS, Choice, Number, Phase, Run, Text, streak
from core.domain.clock import local_day
from core.domain.effects import HOLDOUT, TRIAL, Effect, Metric
from core.domain.errors import BadInput
from core.domain.facts import TookPart
from core.domain.kinds import Kind
from core.domain.message import Button, Reply
from core.domain.people import Member
from core.kit import Context, Markup, action
from core.kit.activities import activity, button, count_parts, redraw, run_of, take_part, took, who_takes_part
from core.kit.audience import must_be_asked
from core.kit.consent import must_serve, personal

RANKED = 5
MADE_UP = "made up"  # the answer of whoever did a run later
MAKE_UP_WITHIN = timedelta(days=2)  # of the end of the run that was missed
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
    """Note that whoever presses did it, and offer to make up for the run before."""
    it, part = await take_part(context, run)
    length = (await _streaks(context, it, [context.me])).get(context.me.id, 0)
    buttons = await _offer(context, it)
    if part.already:
        return Reply(context.t("activity-challenge-again", streak=length), buttons)
    await redraw(context, it)
    return Reply(context.t("activity-challenge-joined", streak=length, points=part.points), buttons)


@action(private=True)
async def challenge_made_up(context: Context, run: int) -> Reply:
    """Let whoever presses have done the run before after all: once a month, without points."""
    missed = await run_of(context, run)
    await must_be_asked(context, missed)
    must_serve(context, context.me)
    if not await _may_make_up(context, missed):
        raise BadInput("error-challenge-make-up")
    context.raise_(TookPart(member=context.me, account=context.my_account, subject=missed.name))
    await context.unit.activities.answer(missed, context.my_account.id, MADE_UP, context.now)
    (newest,) = await context.unit.activities.runs_of(missed.activity, (Phase.OPEN, Phase.OVER), 1)
    mine = await context.my_accounts()
    did = await context.unit.interactions.did(context.community.id, Kind.TOOK_PART, newest.name, mine)
    until = newest if did else missed
    length = (await _streaks(context, until, [context.me], made_up=missed.id)).get(context.me.id, 0)
    return Reply(context.t("activity-challenge-made-up", streak=length))


async def _offer(context: Context, run: Run) -> tuple[tuple[Button, ...], ...]:
    """Return the button to make up for the run before, where that may be."""
    before = await context.unit.activities.runs_of(run.activity, (Phase.OVER,), 1)
    if not before or before[0].id > run.id or not await _may_make_up(context, before[0]):
        return ()
    made = context.button(context.t.plain("activity-challenge-make-up"), challenge_made_up, run=before[0].id)
    return ((made,),)


async def _may_make_up(context: Context, missed: Run) -> bool:
    """Say whether whoever asks missed a run that was over lately, and made up for none this month."""
    if missed.phase is not Phase.OVER or missed.ends_at is None or context.now - missed.ends_at > MAKE_UP_WITHIN:
        return False
    mine = await context.my_accounts()
    runs = await context.unit.activities.runs_of(missed.activity, (Phase.OPEN, Phase.OVER), _LOOKED_AT)
    given = await context.unit.activities.answers([each.id for each in runs], mine)
    zone = context.community.settings.timezone
    if any(each.answer == MADE_UP and f"{local_day(each.at, zone):%Y-%m}" == context.today[:7] for each in given):
        return False
    did = (await took(context, runs, mine)).values()
    earlier = {each.name for each in runs if each.id < missed.id}
    names = {name for some in did for name in some}
    return missed.name not in names and not earlier.isdisjoint(names)  # who just came has nothing to make up for


async def _streaks(context: Context, run: Run, members: Collection[Member], *, made_up: int = 0) -> dict[int, int]:
    """Return how many runs in a row each member took part in, up to this one, in which they do, as in `made_up`."""
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
        member: streak([each.id in {run.id, made_up} or each.name in names for each in runs])
        for member, names in mine.items()
    }
