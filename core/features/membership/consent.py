"""/consent: what Kith may keep of a member."""

from __future__ import annotations

from typing import Literal

from core.domain.message import Reply
from core.domain.people import Consent
from core.kit import Context, command

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
    member = context.me
    changed = member.consent.value != state
    member.consent = Consent(state)
    if changed and member.consent is Consent.OUT:
        _, accounts = await context.unit.members.identity(member.id)
        await context.unit.erasure.leave_out([account.id for account in accounts])
        member.name, member.streak, member.checked_in_on, member.rewarded_at = "", 0, None, None
    if changed and not member.name and member.consent is not Consent.OUT and context.call and context.call.actor:
        await context.unit.members.rename([(context.my_account.id, context.call.actor)])
        member.name = (await context.unit.members.get(member.id)).name
    await context.unit.members.save([member])
    return Reply(context.t("consent-set", state=state))
