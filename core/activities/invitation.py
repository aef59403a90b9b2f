"""Invitation to agree: a post that asks everybody, with buttons, what Kith may know of them, and counts who agreed."""

from __future__ import annotations

from core.domain.activities import Choice, Number, Run, Text
from core.domain.errors import BadInput
from core.domain.facts import ConsentChosen
from core.domain.message import Button, Reply
from core.domain.people import Consent
from core.domain.schedule import Monthly
from core.kit import Context, Happened, action, after
from core.kit.activities import PREVIEW, activity, context_after, redraw, run_of
from core.store.unit import UnitOfWork

ORDER = (Consent.PERSONAL, Consent.COUNTED, Consent.OUT)


@activity(
    schedule=Monthly("1 12:00"),
    fields=(
        Text(name="text", limit=500),
        Number(name="hours", default=168, low=1, high=24 * 28, offers=(24, 72, 168, 672)),
        Choice(name="pinned"),
    ),
    needs={"pinned=yes": "pin"},
)
async def invitation(context: Context, run: Run) -> Reply:
    """Put up what each choice gives, with a button for each and how many agreed so far."""
    said = context.t(
        "activity-invitation-post",
        text=run.values["text"] or "none",
        community=context.community.name,
        count=await context.unit.members.agreed(context.community.id),
    )
    return Reply(said, tuple((_choice(context, run, state),) for state in ORDER))


@invitation.ending
async def over(context: Context, run: Run) -> Reply:
    """Say how many agreed, and how whoever didn't can."""
    count = await context.unit.members.agreed(context.community.id)
    return Reply(context.t("activity-invitation-over", community=context.community.name, count=count))


@action(private=True)
async def invitation_previewed(context: Context) -> Reply:
    """Say that a preview changes nothing."""
    raise BadInput("activity-preview-only")


@after(ConsentChosen)
async def chosen_while_invited(unit: UnitOfWork, happened: Happened[ConsentChosen]) -> None:
    """Let open invitations say how many agreed by now, wherever that was said."""
    latest = {happening.community.id: (happening, fact) for happening, fact in happened}
    for happening, fact in latest.values():
        for run in await unit.activities.open_runs(happening.community.id):
            if run.activity.kind == invitation.name:
                context = context_after(unit, happening, fact, invitation)
                await redraw(context, await run_of(context, run.id))
                happening.books.outbox += context.outbox


def _choice(context: Context, run: Run, state: Consent) -> Button:
    label = context.t.plain(f"activity-invitation-{state.value}")
    if run.id == PREVIEW:
        return context.button(label, invitation_previewed, anyone=True)
    return context.button(label, "consent", anyone=True, state=state.value)
