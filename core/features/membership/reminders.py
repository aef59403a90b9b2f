"""/remindme and /reminders: what a member wants to be told at a time, by Kith alone and to them alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from core.domain.errors import BadInput, NotFound
from core.domain.message import Reply
from core.domain.tasks import Task
from core.domain.when import moment_said
from core.kit import Context, Markup, Range, action, command, task
from core.kit.activities import in_rows
from core.kit.consent import must_serve
from core.kit.reaching import promised
from core.store.reminders import Reminder

MOST = 25  # of a member: as many buttons as every platform shows
TEXT_LIMIT = 300
KEPT = timedelta(days=7)  # that was said, for whoever wants to put it off
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_PER_ROW = 5


@command(private=True)
async def remindme(context: Context, what: Annotated[str, Range(0, 400)] | None = None) -> Reply:
    """Be reminded of something at a time that you say first."""
    must_serve(context, context.me)
    if what is None:
        return Reply(context.t("remindme-how", most=MOST, limit=TEXT_LIMIT))
    at, text = moment_said(what, context.now, await _zone(context))
    text = " ".join(text.split())
    if not text or len(text) > TEXT_LIMIT:
        raise BadInput("error-reminder-text", limit=TEXT_LIMIT)
    if len(await _mine(context)) >= MOST:
        raise BadInput("error-reminders-full", most=MOST)
    made = await context.unit.reminders.add(context.community.id, context.my_account.id, text, at)
    await context.schedule(remind, _subject(made), at)
    said = await promised(context, context.t("remindme-done", at=context.said_moment(at), text=text))
    return Reply(said, ((context.button(context.t.plain("button-reminder-drop"), drop_reminder, reminder=made.id),),))


@command(private=True)
async def reminders(context: Context) -> Reply:
    """See what you asked to be reminded of, and take it back."""
    return await _listed(context)


async def _listed(context: Context, said: Markup | None = None) -> Reply:
    t, mine = context.t, await _mine(context)
    if not mine:
        return Reply(said or t("reminders-none"))
    lines = [*([said] if said else []), t("reminders-title", count=len(mine), most=MOST)]
    lines += [
        t("reminders-line", place=place, at=context.said_moment(each.due_at), text=each.text, said=_state(each))
        for place, each in enumerate(mine, 1)
    ]
    made = [
        context.button(t.plain("reminders-drop", place=place), drop_reminder, reminder=each.id)
        for place, each in enumerate(mine, 1)
    ]
    return Reply(Markup("\n".join(lines)), in_rows(made, _PER_ROW))


def _state(reminder: Reminder) -> str:
    return "no" if reminder.said_at is None else "yes"


@action(private=True)
async def drop_reminder(context: Context, reminder: int) -> Reply:
    """Take a reminder back."""
    await _forget(context, await _found(context, reminder))
    return await _listed(context, context.t("reminders-dropped"))


@action(private=True)
async def reminder_done(context: Context, reminder: int) -> Reply:
    """Let what was said be done."""
    await _forget(context, await _found(context, reminder))
    return Reply(context.t("reminder-done"))


@action(private=True)
async def reminder_hour(context: Context, reminder: int) -> Reply:
    """Say it again in an hour."""
    return await _later(context, reminder, HOUR)


@action(private=True)
async def reminder_day(context: Context, reminder: int) -> Reply:
    """Say it again in a day."""
    return await _later(context, reminder, DAY)


async def _later(context: Context, reminder: int, by: timedelta) -> Reply:
    found = await _found(context, reminder)
    at = context.now + by
    await context.unit.reminders.put_off(found, at)
    await context.schedule(remind, _subject(found), at)
    return Reply(context.t("reminder-later", at=context.said_moment(at), text=found.text))


@task()
async def remind(context: Context, task: Task) -> None:
    """Say what somebody asked to be told, in quiet hours too: they chose the time. What was said goes after a week."""
    found = await context.unit.reminders.get(context.community.id, int(task.subject.split(":")[1]))
    if found is None or found.due_at > context.now:
        return
    if found.said_at is not None:
        await context.unit.reminders.drop(found)
        return
    owner = (await context.unit.members.of_accounts([found.account_id])).get(found.account_id)
    if owner is None:
        return
    t = context.texts_for(owner)
    row = tuple(
        context.button(t.plain(f"button-reminder-{deed}"), f"reminder_{deed}", reminder=found.id)
        for deed in ("hour", "day", "done")
    )
    await context.tell(owner, Reply(t("reminder-said", text=found.text), (row,)))
    await context.unit.reminders.said(found, context.now)
    await context.schedule(remind, task.subject, context.now + KEPT)


def _subject(reminder: Reminder) -> str:
    return f"reminder:{reminder.id}"


async def _forget(context: Context, reminder: Reminder) -> None:
    await context.unit.reminders.drop(reminder)
    await context.cancel(remind, _subject(reminder))


async def _mine(context: Context) -> list[Reminder]:
    return await context.unit.reminders.of(await context.my_accounts())


async def _found(context: Context, reminder: int) -> Reminder:
    """Return a reminder of whoever asks; raise NotFound for one that is gone, or another's."""
    found = next((each for each in await _mine(context) if each.id == reminder), None)
    if found is None:
        raise NotFound("error-no-reminder")
    return found


async def _zone(context: Context) -> str:
    wanted = await context.unit.pushes.preferences(context.me.id)
    return wanted.timezone or context.community.settings.timezone
