"""Homework: handed in by form until a deadline, rated by others or by moderators, and the best shown at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Literal

from core.domain.activities import POINTS, Number, Run, Text
from core.domain.errors import BadInput, NotFound
from core.domain.homework import STARS, HandIn, Rating, means, peers
from core.domain.message import Attachment, Reply, escape
from core.domain.people import Member, served
from core.domain.schedule import Weekly
from core.domain.tasks import Task
from core.kit import Accept, Context, Length, Markup, Needs, Rights, action, form, task
from core.kit.activities import PREVIEW, NothingToDo, activity, button, open_run, place_of, redraw, run_of, take_part
from core.kit.consent import must_serve, personal
from core.kit.words import Rows

LIMIT = 1_500  # characters of what is handed in
TYPES = ("pdf", "docx", "odt", "pptx", "xlsx", "csv", "md", "txt", "ipynb", "zip", "png", "jpg", "jpeg", "webp")
RANKED = 5
BEST = 3
_SHOWN = 400  # characters of a work that the post shows
_GOOD = 4.0  # stars from which a work may be among the best


def due(run: Run) -> datetime:
    """Return until when a run takes homework: what is left is for rating, half of its time at most."""
    ends, began = run.ends_at or run.due_at, run.began_at or run.due_at
    return max(ends - timedelta(hours=run.values["review"]), began + (ends - began) / 2)


@activity(
    schedule=Weekly("mon 09:00"),
    fields=(
        Text(name="task", default=None, limit=500),
        Number(name="hours", default=240, low=2, high=24 * 28, offers=(96, 168, 240, 504)),
        Number(name="review", default=72, low=1, high=24 * 14, offers=(24, 48, 72)),
        Number(name="peers", default=2, low=0, high=3, offers=(0, 2, 3)),
        POINTS,
    ),
    taking=due,
)
async def homework(context: Context, run: Run) -> Reply:
    """Put the task up until it is due; from then on ask for ratings."""
    handed = [] if run.id == PREVIEW else await context.unit.homework.handed_in(run.id)
    mine = button(context, "activity-homework-mine", homework_mine, run)
    words = {"task": run.values["task"] or "", "count": len(handed)}
    if context.now >= due(run):
        ends = context.said_moment(run.ends_at or context.now)
        rate = button(context, "activity-homework-rate", rate_next, run)
        by = "peers" if run.values["peers"] and len(handed) > 1 else "host"
        said = context.t("activity-homework-due", until=ends, by=by, **words)
        return Reply(said, ((rate, mine),) if handed else ())
    give = button(context, "activity-homework-join", hand_in, run)
    said = context.t("activity-homework-post", until=context.said_moment(due(run)), **words)
    return Reply(said, ((give, mine),))


@homework.ending
async def over(context: Context, run: Run) -> Reply:
    """Rank who may be named, show the best that may be shown, and tell each what others thought."""
    handed, people = await _handed(context, run)
    ratings = await context.unit.homework.ratings(run.id)
    found = {author: mean for author, mean in means(ratings).items() if author in handed}
    lines = [context.t("activity-homework-over", task=run.values["task"] or "", count=len(handed), rated=len(found))]
    named = {member.id for member in personal(people.values()) if member.name}
    ranked = [author for author in found if people[author].id in named]
    lines += [
        context.t("activity-homework-place", place=place, name=people[author].name, stars=f"{found[author]:.1f}")
        for place, author in enumerate(ranked[:RANKED], 1)
    ]
    best = [author for author in found if found[author] >= _GOOD and handed[author].show][:BEST]
    for author in best:
        name = people[author].name if people[author].id in named else "none"
        work, attachment = _cut(handed[author].work, _SHOWN), handed[author].attachment
        work = work or ("" if attachment is None else attachment.name)
        said = context.t("activity-homework-best", name=name, stars=f"{found[author]:.1f}", work=work)
        lines.append(said)
        if attachment is not None:
            await _show(context, run, Reply(said, attachment=attachment))
    for author, mean in found.items():
        await _tell_author(
            context, people[author], mean, [each for each in ratings if each.author_account_id == author]
        )
    return Reply(Markup("\n".join(lines)))


async def _show(context: Context, run: Run, work: Reply) -> None:
    """Show a work with its file in the room, where that is still there."""
    with suppress(NothingToDo):
        context.say(*await place_of(context, run.activity), work)


@form(private=True, hidden=("run",))
async def hand_in(
    context: Context,
    run: int,
    work: Annotated[str, Length(LIMIT, long=True)] = "",
    attachment: Annotated[Attachment, Accept(TYPES)] | None = None,
) -> Reply:
    """Keep what somebody hands in, in place of what they did before, until it is due."""
    must_serve(context, context.me)
    it = await open_run(context, run)
    if context.now >= due(it):
        raise BadInput("error-homework-late", until=context.said_moment(due(it)))
    if not work and attachment is None:
        raise BadInput("error-homework-empty")
    before = await _mine(context, it)
    given = HandIn(account_id=context.my_account.id, work=work, attachment=attachment, show=False, at=context.now)
    if before is not None:
        given = replace(before, work=work, attachment=attachment, at=context.now)
    await context.unit.homework.hand_in(it, given)
    await context.schedule(rate_homework, it.name, due(it))
    _, part = await take_part(context, run)
    await redraw(context, it)
    until = context.said_moment(due(it))
    said = context.t("activity-homework-joined", points=part.points, until=until)
    return Reply(said, _ask_to_show(context, it))


@action(private=True)
async def homework_shown(context: Context, run: int, show: Literal["yes", "no"]) -> Reply:
    """Note whether what somebody handed in may be shown where it is among the best."""
    it = await open_run(context, run)
    if await _mine(context, it) is None:
        raise NotFound("error-homework-none")
    await context.unit.homework.show(it.id, await context.my_accounts(), show == "yes")
    return Reply(context.t("activity-homework-show", show=show))


@action(private=True)
async def homework_mine(context: Context, run: int) -> Reply:
    """Show somebody what they handed in, and whether it may be shown."""
    it = await open_run(context, run)
    mine = await _mine(context, it)
    if mine is None:
        raise NotFound("error-homework-none")
    said = context.t("activity-homework-yours", show="yes" if mine.show else "no")
    return Reply(_with(said, mine.work), _ask_to_show(context, it), attachment=mine.attachment)


@task()
async def rate_homework(context: Context, task: Task) -> None:
    """Give each who handed in the work of others to rate; where moderators rate, tell who set it up."""
    run = await run_of(context, int(task.subject.split(":")[1]))
    handed, people = await _handed(context, run)
    shared = peers(list(handed), run.values["peers"], run.name)
    given = [Rating(account_id=one, author_account_id=each) for one, others in shared.items() for each in others]
    await context.unit.homework.rate(run, given)
    await redraw(context, run)
    to = {people[one].id: people[one] for one, others in shared.items() if others}
    if handed and not given and run.activity.account_id is not None:
        owner = (await context.unit.members.of_accounts([run.activity.account_id])).get(run.activity.account_id)
        to = {} if owner is None else {owner.id: owner}
    for member in to.values():
        t = context.texts_for(member)
        until = context.said_moment(run.ends_at or context.now, t)
        rate = context.button(t.plain("activity-homework-rate"), rate_next, run=run.id)
        said = t("activity-homework-to-rate", community=context.community.name, until=until)
        await context.tell(member, Reply(said, ((rate,),)))


@action(private=True, needs={Needs.RIGHTS})
async def rate_next(context: Context, run: int) -> Reply:
    """Show the next work that waits for whoever presses: the author isn't named."""
    it = await _in_review(context, run)
    handed, _ = await _handed(context, it)
    waiting = await _waiting(context, it, handed)
    if not waiting:
        return Reply(context.t("activity-homework-nothing"))
    author = waiting[0]
    row = tuple(
        context.button(str(stars), rate_work, run=it.id, author=author, stars=stars) for stars in range(1, STARS + 1)
    )
    shown, said = handed[author], context.t("activity-homework-work", left=len(waiting))
    return Reply(_with(said, shown.work), (row,), attachment=shown.attachment)


@action(private=True, needs={Needs.RIGHTS})
async def rate_work(context: Context, run: int, author: int, stars: int) -> Reply:
    """Note how many stars a work gets from whoever presses."""
    it = await _in_review(context, run)
    given = await _rating(context, it, author)
    await context.unit.homework.rate(it, [replace(given, stars=stars)])
    row = (
        context.button(context.t.plain("activity-homework-comment"), comment_work, run=it.id, author=author),
        context.button(context.t.plain("activity-homework-next"), rate_next, run=it.id),
    )
    return Reply(context.t("activity-homework-rated", stars=stars), (row,))


@form(private=True, hidden=("run", "author"))
async def comment_work(
    context: Context, run: int, author: int, comment: Annotated[str, Length(500, long=True)]
) -> Reply:
    """Note what somebody says to the author of a work that they rated."""
    it = await _in_review(context, run)
    mine = await context.unit.homework.ratings(it.id, await context.my_accounts())
    given = next((each for each in mine if each.author_account_id == author and each.stars is not None), None)
    if given is None:
        raise NotFound("error-homework-not-yours")
    await context.unit.homework.rate(it, [replace(given, comment=comment)])
    more = context.button(context.t.plain("activity-homework-next"), rate_next, run=it.id)
    return Reply(context.t("activity-homework-commented"), ((more,),))


async def _in_review(context: Context, run_id: int) -> Run:
    must_serve(context, context.me)
    it = await open_run(context, run_id)
    if context.now < due(it):
        raise BadInput("error-homework-early", until=context.said_moment(due(it)))
    return it


async def _waiting(context: Context, run: Run, handed: Mapping[int, HandIn]) -> list[int]:
    """Return whose works wait for a rating by whoever asks: those given to them; for moderators then all others."""
    mine = await context.my_accounts()
    given = await context.unit.homework.ratings(run.id, mine)
    waiting = [each.author_account_id for each in given if each.stars is None and each.author_account_id in handed]
    if not waiting and context.rights.covers(Rights.MODERATOR):
        done = {each.author_account_id for each in given}
        waiting = [author for author in handed if author not in done and author not in mine]
    return waiting


async def _rating(context: Context, run: Run, author: int) -> Rating:
    """Return the rating that whoever asks may give to a work; raise NotFound where they may not."""
    mine = await context.my_accounts()
    given = await context.unit.homework.ratings(run.id, mine)
    found = next((each for each in given if each.author_account_id == author), None)
    if found is not None:
        return found
    handed = await context.unit.homework.handed_in(run.id, [author])
    if not handed or author in mine or not context.rights.covers(Rights.MODERATOR):
        raise NotFound("error-homework-not-yours")
    return Rating(account_id=context.my_account.id, author_account_id=author)


async def _tell_author(context: Context, author: Member, mean: float, ratings: Sequence[Rating]) -> None:
    t = context.texts_for(author)
    given = [each for each in ratings if each.stars is not None]
    stars = {"stars": f"{mean:.1f}", "count": len(given), "community": context.community.name}
    lines = [t("activity-homework-result", **stars)]
    lines += [t("activity-homework-said", comment=each.comment) for each in given if each.comment]
    await context.tell(author, Reply(Markup("\n".join(lines))))


async def _handed(context: Context, run: Run) -> tuple[dict[int, HandIn], dict[int, Member]]:
    """Return what those handed in who are still there, and who they are, by account."""
    given = await context.unit.homework.handed_in(run.id)
    people = await context.unit.members.of_accounts([each.account_id for each in given])
    there = {each: member for each, member in people.items() if served(member) and member.left_at is None}
    return {each.account_id: each for each in given if each.account_id in there}, there


async def _mine(context: Context, run: Run) -> HandIn | None:
    found = await context.unit.homework.handed_in(run.id, await context.my_accounts())
    return found[-1] if found else None


def _ask_to_show(context: Context, run: Run) -> Rows:
    row = tuple(
        context.button(context.t.plain(f"activity-homework-show-{show}"), homework_shown, run=run.id, show=show)
        for show in ("yes", "no")
    )
    return (row,)


def _with(words: Markup, work: str) -> Markup:
    return Markup(f"{words}\n{escape(work)}") if work else words


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
