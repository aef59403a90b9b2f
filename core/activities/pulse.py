"""Pulse: how people are, in five faces and one tap, once a week, where an owner wants it; only sums are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.domain.activities import Choice, Number, Phase, Run
from core.domain.audience import Audience
from core.domain.message import Reply
from core.domain.schedule import Weekly
from core.domain.surveys import FACES, FRIENDLY
from core.kit import Context, Rights, action, setting
from core.kit.activities import NothingToDo, activity, button, open_run, take_part
from core.kit.polarity import release_polarity
from core.kit.reaching import promised
from core.kit.surveys import keep_answer, questions, release, release_friendly

_WEEK = timedelta(days=7)
pulse_on = setting("pulse", False, rights=Rights.OWNER)


@activity(
    schedule=Weekly("fri 15:00"),
    fields=(
        Number(name="hours", default=72, low=1, high=24 * 6, offers=(24, 48, 72)),
        Choice(name="tell", options=("direct", "room"), default="direct"),
    ),
)
async def pulse(context: Context, run: Run) -> Reply:
    """Ask how the week was."""
    if not context.setting(pulse_on):
        raise NothingToDo("activity-trouble-pulse")
    questions(run)
    until = context.said_moment(run.ends_at or context.now)
    faces = tuple(
        replace(button(context, "pulse-face", pulse_pressed, run, answer=at), label=face)
        for at, face in enumerate(FACES, 1)
    )
    weekly = button(context, "pulse-weekly", pulse_weekly, run)
    return Reply(context.t("pulse-ask", community=context.community.name, until=until), (faces, (weekly,)))


@pulse.sparing
async def writes_to(context: Context, run: Run, audience: Audience) -> Audience:
    """Return who asked to be asked."""
    return replace(audience, joined=run.activity.id)


@pulse.ending
async def over(context: Context, run: Run) -> Reply:
    """Work out what is told of the week, and thank."""
    await release(context, run)
    await release_friendly(context, run, context.now - _WEEK, FRIENDLY)
    await release_polarity(context, run)
    run.phase = Phase.OVER
    return Reply(context.t("pulse-over"))


@action(private=True)
async def pulse_pressed(context: Context, run: int, answer: str) -> Reply:
    """Keep which face somebody pressed, in place of an earlier one."""
    it = await open_run(context, run)
    given = questions(it)[0].read(answer)
    await take_part(context, run)
    changed = await keep_answer(context, it, 0, given)
    until = context.said_moment(it.ends_at or context.now)
    return Reply(context.t("pulse-kept", face=FACES[int(given) - 1], changed="yes" if changed else "no", until=until))


@action(private=True)
async def pulse_weekly(context: Context, run: int) -> Reply:
    """Ask whoever presses directly from the next week on, or no more."""
    it = await open_run(context, run)
    mine = await context.my_accounts()
    if it.activity.id in await context.unit.activity_members.joined(mine):
        await context.unit.activity_members.leave(it.activity, mine)
        return Reply(context.t("pulse-weekly-off"))
    await context.unit.activity_members.join(it.activity, context.my_account.id, context.now)
    return Reply(await promised(context, context.t("pulse-weekly-on")))
