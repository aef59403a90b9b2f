"""Taking a run back: its points by entries that reverse them, its posts closed; nobody took part in it from then on."""

from __future__ import annotations

from dataclasses import replace

from core.domain.activities import Phase, Run
from core.domain.booking import TakeBack, undo_key
from core.domain.errors import BadInput, NotFound
from core.domain.message import Reply
from core.domain.points import Reason
from core.features.community.activities import pages
from core.features.community.activities.mirror import mirror
from core.features.community.activities.runs import end_run
from core.kit import Context, Markup, Rights, action, posts
from core.kit.activities import in_public, in_rows
from core.kit.broadcasts import call_back
from core.kit.occurrences import said_time

BEGUN = (Phase.OPEN, Phase.OVER)
SHOWN = 8  # runs, the newest first


@action(rights=Rights.MODERATOR, private=True)
async def activity_undo(context: Context, activity: int) -> Reply:
    """Ask which run is to be taken back."""
    it = await pages.found(context, activity)
    runs = await context.unit.activities.runs_of(it, BEGUN, SHOWN)
    t = context.t
    made = [
        context.button(t.plain("activity-undo-run", at=said_time(context, run.due_at)), ask_undo, run=run.id)
        for run in runs
    ]
    back = context.button(t.plain("button-back"), "activities", which=it.number)
    return Reply(t("activity-undo-which" if runs else "activity-undo-none"), (*in_rows(made, 2), (back,)))


@action(rights=Rights.MODERATOR, private=True)
async def ask_undo(context: Context, run: int) -> Reply:
    """Say what taking a run back does, before it is done."""
    it = await _found(context, run)
    standing = await _standing(context, it)
    t = context.t
    said = t(
        "activity-undo-ask",
        name=pages.kind_name(context, it.activity),
        at=said_time(context, it.due_at),
        people=len(standing),
        points=sum(standing.values()),
    )
    sure = context.button(t.plain("activity-undo-sure"), undo_run, run=it.id)
    return Reply(said, ((sure, context.button(t.plain("button-back"), "activities", which=it.activity.number)),))


@action(rights=Rights.MODERATOR, private=True)
async def undo_run(context: Context, run: int) -> Reply:
    """Take a run back."""
    it = await _found(context, run)
    standing = await _standing(context, it)
    await _close(context, it)
    by = context.my_account.id
    back = [(context.community.id, TakeBack(key, context.now, by)) for key in sorted(standing)]
    await context.unit.ledger.take_back(back)
    await context.unit.activities.save_run(replace(it, phase=Phase.UNDONE))
    await context.unit.exposures.drop(it.id)
    await mirror(context, it.activity)
    points = sum(standing.values())
    await context.record(
        "activity-undo",
        name=it.activity.kind,
        number=it.activity.number,
        slot=it.slot,
        people=len(standing),
        points=points,
    )
    said = context.t("activity-undone", people=len(standing), points=points)
    return await pages.page(context, it.activity, said)


async def _found(context: Context, run: int) -> Run:
    it = await context.unit.activities.run(context.community.id, run)
    if it is None or it.activity.kind not in context.kinds:
        raise NotFound("error-no-activity")
    if it.phase not in BEGUN:
        raise BadInput("error-activity-undone")
    return it


async def _standing(context: Context, run: Run) -> dict[str, int]:
    """Return the points that a run gave and nobody took back, by key."""
    given = await context.unit.ledger.amounts_under(context.community.id, run.name, Reason.ACTIVITY)
    gone = await context.unit.ledger.known({context.community.id: [undo_key(key) for key in given]})
    return {key: amount for key, amount in given.items() if (context.community.id, undo_key(key)) not in gone}


async def _close(context: Context, run: Run) -> None:
    """Let nobody take part any more: what was put up says so, what is on its way stops."""
    public = in_public(context)
    said: Markup = public.t("activity-undone-post", name=pages.kind_name(public, run.activity))
    await context.cancel(end_run, run.name)
    if run.activity.settings.get("pinned") == "yes":
        await posts.unpin(context, run.name)
    await posts.retract(context, run.name, Reply(said))
    await call_back(context, run.name)
