"""Live session: announced ahead, with seats, a line behind them, questions that are voted on, and a recording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from core.domain.activities import LEAD, POINTS, Choice, Link, Number, Phase, Run, Text, link, starts_at
from core.domain.errors import BadInput, NotAllowed
from core.domain.message import Button, Reply
from core.domain.people import Member
from core.domain.schedule import Weekly
from core.domain.tasks import Task
from core.kit import Again, Context, Length, Markup, Needs, Rights, action, form, seats, task
from core.kit.activities import (
    PREVIEW,
    activity,
    button,
    count_parts,
    in_public,
    open_run,
    place_of,
    redraw,
    run_of,
    take_part,
    under_post,
)
from core.kit.consent import must_serve
from core.kit.reaching import is_open, promised
from core.kit.seats import SEAT, WAIT
from core.kit.words import name_of, turn_pages
from core.store.queue import Queued

HOST = "host"  # what the host has among the answers of a run
REMINDER = timedelta(minutes=15)  # before the start: from then on the link is given out
SHOWN = 3  # questions in the post
PAGE = 4  # questions on a page: platforms take five rows of buttons
EACH, ALL = 5, 200  # questions that wait at once: of a member, of a run
TOLD = 200  # members that one step of a task writes to


def lasts(values: Mapping[str, Any]) -> timedelta:
    """Return how long a run lasts, from its announcement on."""
    return timedelta(hours=values["lead"], minutes=values["minutes"])


@activity(
    schedule=Weekly("wed 19:00"),
    fields=(
        Text(name="topic", default=None, limit=90),
        LEAD,
        Number(name="minutes", default=60, low=5, high=600, offers=(30, 45, 60, 90, 120)),
        Number(name="seats", default=0, high=100_000, offers=(0, 10, 20, 50, 100)),
        Link(name="link"),
        POINTS,
        Choice(name="pinned"),
        Choice(name="tell", options=("room", "direct"), default="room"),
    ),
    needs={"pinned=yes": "pin", "": "events"},
    lasts=lasts,
    mirrored=True,
)
async def live(context: Context, run: Run) -> Reply | None:
    """Announce the session: when it starts, who comes, what most want to ask."""
    if run.ends_at is not None and run.ends_at <= context.now:
        run.detail["why"] = "activity-live-missed"
        return None
    t, starts = context.t, _starts(run)
    on = "yes" if starts <= context.now else "no"
    head = t("activity-live-post", topic=run.values["topic"] or "", at=context.said_moment(starts), on=on)
    lines = [head, await _said_seats(context, run)]
    if run.id != PREVIEW and (interested := await context.unit.mirrors.count(run.activity.id, run.slot)):
        lines.append(t("activity-live-interested", count=interested))
    if on == "yes":
        lines.append(t("activity-live-here-now", count=await count_parts(context, run)))
    asked = [] if run.id == PREVIEW else await context.unit.queue.of(run.id)
    lines += [_said(context, each, place) for place, each in enumerate(_waiting(asked)[:SHOWN], 1)]
    return Reply(Markup("\n".join(lines)), _buttons(context, run, len(asked)))


def _buttons(context: Context, run: Run, asked: int) -> tuple[tuple[Button, ...], ...]:
    rows = [
        [
            button(context, "activity-live-seat", live_seated, run),
            button(context, "activity-live-leave", live_left, run),
        ]
    ]
    if run.values["link"] and _near(context, run):
        rows.append([button(context, "activity-live-link", live_linked, run)])
    if _starts(run) <= context.now:
        rows[1:] = [[*(rows[1] if len(rows) > 1 else ()), button(context, "activity-live-here", live_here, run)]]
    listed = under_post(context, context.t.plain("activity-live-questions", count=asked), live_questions, run=run.id)
    rows.append([button(context, "activity-live-ask", live_asked, run), listed])
    return tuple(map(tuple, rows))


@live.planning
async def planned(context: Context, run: Run) -> None:
    """Plan the reminder, and what changes at the start."""
    starts = _starts(run)
    await context.schedule(live_nears, run.name, max(starts - REMINDER, context.now))
    await context.schedule(live_starts, run.name, max(starts, context.now))


@live.ending
async def over(context: Context, run: Run) -> Reply:
    """Say how many were there and what stayed open, let the questions go, and ask the host for the recording."""
    t, topic = context.t, run.values["topic"] or ""
    asked = await context.unit.queue.of(run.id)
    if context.now < _starts(run):
        await context.unit.queue.clear(run.id)
        await context.schedule(live_called_off, run.name, context.now)
        return Reply(t("activity-live-off", topic=topic, community=context.community.name))
    left = _waiting(asked)
    count = await count_parts(context, run)
    lines = [t("activity-live-over", topic=topic, count=count, asked=len(asked), answered=len(asked) - len(left))]
    lines += [_said(context, each, place) for place, each in enumerate(left[:SHOWN], 1)]
    await context.unit.queue.clear(run.id)
    for host in await _hosts(context, run):
        words = context.texts_for(host)
        give = context.button(words.plain("activity-live-record"), live_recorded, run=run.id)
        said = words("activity-live-record-ask", topic=topic, count=count, community=context.community.name)
        await context.tell(host, Reply(said, ((give,),)))
    return Reply(Markup("\n".join(lines)))


@task()
async def live_nears(context: Context, task: Task) -> Again | None:
    """Remind who has a seat, with the link; seats of who is gone go to who waits."""
    if (run := await _open(context, task)) is None:
        return None
    after = int(task.progress.get("after", 0))
    page = await context.unit.activities.page_of(run.id, SEAT, after, TOLD)
    people = await context.unit.members.of_accounts(page)
    for account in page:
        member = people.get(account)
        if member is None or not seats.comes(member):
            await context.unit.activities.withdraw(run.id, [account])
        else:
            await _tell(context, run, member, "activity-live-reminder")
    if len(page) == TOLD:
        return Again({"after": page[-1]})
    await _fill(context, run)
    await redraw(context, run)
    return None


@task()
async def live_starts(context: Context, task: Task) -> None:
    """Let the post say that it's on."""
    if (run := await _open(context, task)) is not None:
        await redraw(context, run)


@task()
async def live_called_off(context: Context, task: Task) -> Again | None:
    """Tell who has a seat or waits for one that the session doesn't take place."""
    run, after = await run_of(context, int(task.subject.split(":")[1])), int(task.progress.get("after", 0))
    came = sorted(each.account_id for each in await context.unit.activities.answers([run.id]))
    page = [each for each in came if each > after][:TOLD]
    for member in (await context.unit.members.of_accounts(page)).values():
        await _tell(context, run, member, "activity-live-off")
    return Again({"after": page[-1]}) if len(page) == TOLD else None


@action(private=True)
async def live_seated(context: Context, run: int) -> Reply:
    """Give whoever presses a seat, or a place in the line behind them."""
    it = await open_run(context, run)
    must_serve(context, context.me)
    had = await seats.mine(context, it)
    if had is None:
        had = await seats.take_seat(context, it, it.values["seats"])
        await redraw(context, it)
    return Reply(await _said_mine(context, it, had))


@action(private=True)
async def live_left(context: Context, run: int) -> Reply:
    """Take a seat back, and let the next one in."""
    it = await open_run(context, run)
    if (had := await seats.give_up(context, it)) is None:
        return Reply(context.t("activity-live-no-seat-yet"))
    seated = await _fill(context, it)
    await redraw(context, it)
    return Reply(context.t("activity-live-left", had=had, next="yes" if seated else "no"))


@action(private=True)
async def live_linked(context: Context, run: int) -> Reply:
    """Give the link to who has a seat."""
    it = await open_run(context, run)
    await _must_have_seat(context, it, link=True)
    if not it.values["link"] or not _near(context, it):
        raise BadInput("error-activity-live-link", at=context.said_moment(_starts(it) - REMINDER))
    return Reply(context.t("activity-live-link-is", link=it.values["link"]))


@action(private=True)
async def live_here(context: Context, run: int) -> Reply:
    """Let whoever presses while it's on take part."""
    it = await open_run(context, run)
    if context.now < _starts(it):
        raise BadInput("error-activity-live-early", at=context.said_moment(_starts(it)))
    await _must_have_seat(context, it)
    it, part = await take_part(context, run)
    if part.already:
        return Reply(context.t("activity-again"))
    await redraw(context, it)
    return Reply(context.t("activity-live-here-noted", points=part.points))


@form(private=True, hidden=("run",))
async def live_asked(context: Context, run: int, *, text: Annotated[str, Length(300)]) -> Reply:
    """Put a question into the queue, with the vote of whoever asks it."""
    it = await open_run(context, run)
    must_serve(context, context.me)
    asked, mine = await context.unit.queue.of(it.id), await context.my_accounts()
    own = [each for each in _waiting(asked) if each.account_id in mine]
    if len(own) >= EACH or len(asked) >= ALL:
        raise BadInput("error-activity-live-full", most=EACH if len(own) >= EACH else ALL)
    tidy = " ".join(text.split())
    made = await context.unit.queue.add(context.community.id, it.id, context.my_account.id, tidy, context.now)
    await context.unit.queue.vote(made, context.my_account.id, context.now)
    await redraw(context, it)
    return Reply(context.t("activity-live-asked"))


@action(private=True, needs={Needs.RIGHTS})
async def live_questions(context: Context, run: int, page: int = 1) -> Reply:
    """Show the questions, the most wanted first."""
    return await _page(context, await open_run(context, run), page)


@action(private=True, needs={Needs.RIGHTS})
async def live_voted(context: Context, run: int, question: int, page: int = 1) -> Reply:
    """Vote for a question, or take that back."""
    it = await open_run(context, run)
    must_serve(context, context.me)
    if (await _question(context, it, question)).answered:
        raise BadInput("error-activity-live-answered")
    if not await context.unit.queue.take_back(question, await context.my_accounts()):
        await context.unit.queue.vote(question, context.my_account.id, context.now)
    await redraw(context, it)
    return await _page(context, it, page)


@action(private=True, needs={Needs.RIGHTS})
async def live_answered(context: Context, run: int, question: int, page: int = 1) -> Reply:
    """Let the host say that a question was answered, or that it wasn't."""
    it = await open_run(context, run)
    await _must_host(context, it)
    found = await _question(context, it, question)
    await context.unit.queue.mark(question, answered=not found.answered)
    await redraw(context, it)
    return await _page(context, it, page)


@form(rights=Rights.MODERATOR, private=True, hidden=("run",))
async def live_hosted(context: Context, run: int, *, host: Member) -> Reply:
    """Say who hosts: they mark questions as answered, and give the recording."""
    it = await open_run(context, run)
    must_serve(context, host)
    accounts = [account.id for account in await context.unit.members.accounts_of([host.id])]
    await context.unit.activities.withdraw(it.id, accounts)
    await context.unit.activities.answer(it, accounts[0], HOST, context.now)
    await _fill(context, it)
    await redraw(context, it)
    await _tell(context, it, host, "activity-live-you-host")
    given = {"name": name_of(context.t, host), "reached": "yes" if await is_open(context, host) else "no"}
    return Reply(context.t("activity-live-hosted", **given))


@form(private=True, needs={Needs.RIGHTS}, hidden=("run",))
async def live_recorded(context: Context, run: int, *, address: Annotated[str, Length(500)]) -> Reply:
    """Keep where the recording is, and say it in the room."""
    it = await run_of(context, run)
    await _must_host(context, it)
    recording = link(address)
    if it.detail.get("recording") != recording:
        it.detail["recording"] = recording
        await context.unit.activities.save_run(it)
        said = in_public(context).t("activity-live-recording", topic=it.values["topic"] or "", link=recording)
        context.say(*await place_of(context, it.activity), Reply(said))
    return Reply(context.t("activity-live-recorded"))


def _starts(run: Run) -> datetime:
    return starts_at(run.values, run.due_at)


def _near(context: Context, run: Run) -> bool:
    """Say whether it's time for the link."""
    return context.now >= _starts(run) - REMINDER


async def _open(context: Context, task: Task) -> Run | None:
    """Return the run that a task is about, None where it is over."""
    run = await run_of(context, int(task.subject.split(":")[1]))
    return run if run.phase is Phase.OPEN else None


async def _fill(context: Context, run: Run) -> Sequence[Member]:
    """Let who waits have what is free, tell them, and return who they are."""
    for member in (seated := await seats.let_in(context, run, run.values["seats"])):
        await _tell(context, run, member, "activity-live-let-in")
    return seated


async def _tell(context: Context, run: Run, member: Member, key: str) -> None:
    """Write to somebody who has a seat or had one, with the link when its time has come."""
    t, starts = context.texts_for(member), _starts(run)
    given = {"topic": run.values["topic"] or "", "community": context.community.name}
    lines = [t(key, at=context.said_moment(starts, t), **given)]
    if run.phase is Phase.OPEN and run.values["link"] and _near(context, run):
        lines.append(t("activity-live-link-is", link=run.values["link"]))
    await context.tell(member, Reply(Markup("\n".join(lines))))


async def _said_seats(context: Context, run: Run) -> Markup:
    counts = await context.unit.activities.count_answers(run.id) if run.id != PREVIEW else {}
    given = {"count": counts.get(SEAT, 0), "waiting": counts.get(WAIT, 0), "seats": run.values["seats"]}
    return context.t("activity-live-seats", limited="yes" if run.values["seats"] else "no", **given)


async def _said_mine(context: Context, run: Run, had: str) -> Markup:
    """Say what somebody is to a run: of who waits, at which place."""
    t = context.t
    if had == WAIT:
        return await promised(context, t("activity-live-waiting", place=await seats.place_in_line(context, run)))
    if had == HOST:
        given = {"topic": run.values["topic"] or "", "community": context.community.name}
        return t("activity-live-you-host", at=context.said_moment(_starts(run)), **given)
    if run.values["link"] and _near(context, run):
        return t("activity-live-link-is", link=run.values["link"])
    return await promised(context, t("activity-live-seated", at=context.said_moment(_starts(run))))


async def _must_have_seat(context: Context, run: Run, *, link: bool = False) -> None:
    """Raise NotAllowed where seats are limited, or the link is asked for, and whoever asks has none."""
    if (run.values["seats"] or link) and await seats.mine(context, run) not in (SEAT, HOST):
        raise NotAllowed("error-activity-live-seat")


async def _hosts(context: Context, run: Run) -> list[Member]:
    """Return who hosts: who was named, and whoever set the activity up."""
    named = [each.account_id for each in await context.unit.activities.in_line(run.id, HOST, 20)]
    set_up = [run.activity.account_id] if run.activity.account_id is not None else []
    found = await context.unit.members.of_accounts([*named, *set_up])
    return list({member.id: member for member in found.values()}.values())


async def _hosts_it(context: Context, run: Run) -> bool:
    return context.rights.covers(Rights.MODERATOR) or await seats.mine(context, run) == HOST


async def _must_host(context: Context, run: Run) -> None:
    if not await _hosts_it(context, run):
        raise NotAllowed("error-activity-live-host")


async def _question(context: Context, run: Run, number: int) -> Queued:
    """Return a question of a run; raise BadInput where it is gone."""
    found = next((each for each in await context.unit.queue.of(run.id) if each.id == number), None)
    if found is None:
        raise BadInput("error-activity-live-gone")
    return found


def _waiting(asked: Sequence[Queued]) -> list[Queued]:
    return [each for each in asked if not each.answered]


def _said(context: Context, question: Queued, place: int) -> Markup:
    key = "activity-live-done" if question.answered else "activity-live-question"
    return context.t(key, place=place, text=question.text, votes=question.votes)


async def _page(context: Context, run: Run, page: int) -> Reply:
    """Return a page of questions, a button to vote for each; the host has one for what was answered, too."""
    t, asked = context.t, await context.unit.queue.of(run.id)
    pages = max(-(-len(asked) // PAGE), 1)
    page = min(max(page, 1), pages)
    shown = list(enumerate(asked, 1))[(page - 1) * PAGE : page * PAGE]
    lines = [t("activity-live-page", topic=run.values["topic"] or "", count=len(asked))]
    lines += [_said(context, each, at) for at, each in shown]
    here: dict[str, Any] = {"run": run.id, "page": page}
    vote = [context.button(f"▲ {at}", live_voted, question=each.id, **here) for at, each in shown if not each.answered]
    rows = [tuple(vote)] if vote else []
    if await _hosts_it(context, run):
        done = [
            context.button(f"{'↩' if each.answered else '✓'} {at}", live_answered, question=each.id, **here)
            for at, each in shown
        ]
        rows += [tuple(done)] if done else []
    rows += turn_pages(context, live_questions, page, pages, run=run.id)
    if context.rights.covers(Rights.MODERATOR):
        rows.append((context.button(t.plain("activity-live-host"), live_hosted, run=run.id),))
    return Reply(Markup("\n".join(lines)), tuple(rows))
