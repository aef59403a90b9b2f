"""A few picks each week, to those who said that they want them and agreed to be known."""

from __future__ import annotations

from dataclasses import replace

from core.domain.audience import Audience
from core.domain.message import Reply
from core.domain.people import Member, served
from core.domain.pushes import Topic, may_be_asked
from core.domain.schedule import Weekly
from core.domain.tasks import Task
from core.features.content.best import best, note_shown, recommended_lines
from core.features.content.item import show_item
from core.kit import Again, Context, Markup, action, task
from core.kit.consent import must_serve, personal
from core.kit.items import choices
from core.kit.words import Rows

PICKS = 3
TOLD = 100  # members whom one step of the task writes to


@task(every=Weekly("wed 18:00"))
async def weekly_picks(context: Context, task: Task) -> Again | None:
    """Write to each of those who want it what they may want next, never what they had the week before."""
    wanting = await context.unit.picks.wanting(context.community.id, int(task.progress.get("after", 0)), TOLD)
    people = await context.unit.members.many(list(wanting))
    for member in personal(each for each in people.values() if served(each)):
        await _tell(context, member, wanting[member.id])
    return Again({"after": max(wanting)}) if len(wanting) == TOLD else None


async def _tell(context: Context, member: Member, had: set[int]) -> None:
    mine = await context.unit.members.accounts_of([member.id])
    theirs = replace(context, t=context.texts_for(member), member=member, account=mine[0])
    found = await best(theirs, PICKS, but=had)
    if not found.items:
        return
    t = theirs.t
    lines = [t("picks-title", community=context.community.name), *await recommended_lines(theirs, found.found)]
    stop = theirs.button(t.plain("picks-stop"), unwant_picks)
    rows = (*choices(theirs, found.items, show_item), (stop,))
    if await context.tell(member, Reply(Markup("\n".join(lines)), rows), Topic.CONTENT) is None:
        await context.unit.picks.sent([each.id for each in mine], [it.item.id for it in found.items])
        await note_shown(theirs, found)


async def ask_once(context: Context) -> tuple[list[Markup], Rows]:
    """Return the question whether the caller wants picks each week, if they were never asked and agreed to be known."""
    if not personal([context.me]) or await context.unit.picks.wants(await context.my_accounts()) is not None:
        return [], ()
    await _keep(context, wanted=False)
    return [context.t("picks-ask")], ((context.button(context.t.plain("picks-want"), want_picks),),)


@action(private=True)
async def want_picks(context: Context) -> Reply:
    """Let the caller have a few picks each week."""
    must_serve(context, context.me)
    await _keep(context, wanted=True)
    stop = context.button(context.t.plain("picks-stop"), unwant_picks)
    agreed = "yes" if personal([context.me]) else "no"
    (me,) = await context.unit.pushes.addressees(context.community.id, Audience(members=(context.me.id,)), context.now)
    reached = "yes" if may_be_asked(me, Topic.CONTENT) else "no"
    return Reply(context.t("picks-wanted", agreed=agreed, reached=reached), ((stop,),))


@action(private=True)
async def unwant_picks(context: Context) -> Reply:
    """Write to the caller unasked no more of what they may want."""
    await _keep(context, wanted=False)
    again = context.button(context.t.plain("picks-want"), want_picks)
    return Reply(context.t("picks-unwanted"), ((again,),))


async def _keep(context: Context, *, wanted: bool) -> None:
    await context.unit.picks.want(context.community.id, context.my_account.id, context.now, wanted=wanted)


async def choice(context: Context) -> Rows:
    """Return the button that turns picks on or off, for those whom Kith may know."""
    if not personal([context.me]):
        return ()
    wants = await context.unit.picks.wants(await context.my_accounts())
    word, change = ("picks-stop", unwant_picks) if wants else ("picks-want", want_picks)
    return ((context.button(context.t.plain(word), change),),)
