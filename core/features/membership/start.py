"""/start: say hello, and ask what Kith may learn."""

from __future__ import annotations

from core.domain.message import Reply
from core.domain.people import Consent
from core.kit import Context, Needs, command
from core.kit.words import name_of


@command(leavers=True, needs={Needs.RIGHTS})
async def start(context: Context) -> Reply:
    """Meet the host of this community."""
    community = context.community.name
    if context.call is None or not context.call.direct:
        return Reply(context.t("start-group", community=community))
    row = tuple(
        context.button(context.t.plain(f"button-start-{state.value}"), "consent", state=state.value)
        for state in (Consent.PERSONAL, Consent.COUNTED, Consent.OUT)
    )
    name = context.my_account.name or name_of(context.t, context.me)
    hello = context.t("start-direct", name=name, community=community, state=context.me.consent.value)
    return Reply(hello, tuple((button,) for button in row))
