"""/consent: what Kith may keep of a member."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from core.domain.facts import ConsentChosen
from core.domain.kinds import Kind
from core.domain.message import Reply
from core.domain.people import Consent
from core.domain.points import Entry, Reason
from core.kit import Context, action, command

ORDER = (Consent.PERSONAL, Consent.COUNTED, Consent.OUT)


@command(private=True, leavers=True)
async def consent(context: Context, state: Literal["personal", "counted", "out"] | None = None) -> Reply:
    """Choose what I may keep of you."""
    if state is None:
        buttons = tuple(
            (context.button(context.t.plain(f"button-consent-{each.value}"), "consent", state=each.value),)
            for each in ORDER
            if each is not context.me.consent
        )
        return Reply(context.t("consent-which", state=context.me.consent.value), buttons)
    wanted = Consent(state)
    if wanted is Consent.OUT and context.me.consent is not wanted:
        return await _ask(context)
    return await _set(context, wanted)


@action(private=True, leavers=True, formerly=("consent", "sure"))
async def leave_out(context: Context, sure: Literal["yes", "no"]) -> Reply:
    """Keep nothing of a member any more, once that was asked."""
    if sure == "no":
        return Reply(context.t("consent-kept", state=context.me.consent.value))
    if context.me.consent is not Consent.OUT:
        await _let_go(context)
    return await _set(context, Consent.OUT)


async def _set(context: Context, state: Consent) -> Reply:
    member = context.me
    changed, member.consent = member.consent is not state, state
    if changed and not member.name and member.consent is not Consent.OUT and context.call and context.call.actor:
        await context.unit.members.rename([(context.my_account.id, context.call.actor)])
        member.name = (await context.unit.members.get(member.id)).name
    await context.unit.members.save([member])
    if changed:
        context.raise_(ConsentChosen(member=member, account=context.my_account))
    return Reply(context.t("consent-set", state=state.value))


async def _ask(context: Context) -> Reply:
    """Say what is lost before anything is."""
    row = (
        context.button(context.t.plain("button-consent-sure"), leave_out, sure="yes"),
        context.button(context.t.plain("button-consent-stay"), leave_out, sure="no"),
    )
    entries = await context.unit.ledger.count_of(context.me.id)
    return Reply(context.t("consent-sure", entries=entries, balance=context.me.balance), (row,))


async def _let_go(context: Context) -> None:
    """Let all go that the ledger doesn't need; nobody earns anew today by leaving and coming back."""
    member = context.me
    _, accounts = await context.unit.members.identity(member.id)
    ids = [account.id for account in accounts]
    thanked = await context.unit.interactions.count_by(ids, Kind.THANKS, context.now - timedelta(days=1))
    entries = await context.unit.ledger.count_of(member.id)
    await context.unit.erasure.leave_out(ids)
    await context.unit.ledger.sum_up(ids, context.now)
    if thanked and not entries:  # a sum of nothing says that they were left out today: whom they thanked may go too
        nothing = Entry(ids[0], 0, Reason.SUM, f"sum:{ids[0]}", context.now, 0)
        await context.unit.ledger.book([(context.community.id, nothing)], floor=False)
    member.name, member.streak = "", 0
    if member.checked_in_on != context.today:
        member.checked_in_on = None
    if member.rewarded_at is not None and context.rules.rested(member.rewarded_at, context.now):
        member.rewarded_at = None
