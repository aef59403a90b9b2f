"""/privacy: what Kith keeps of a member, and what they can do about it."""

from __future__ import annotations

from core.domain.message import Reply
from core.kit import Context, command
from core.kit.polarity import polarity_on


@command(private=True, leavers=True)
async def privacy(context: Context) -> Reply:
    """See what I keep of you, and change it."""
    rows = tuple(
        (context.button(context.t.plain(f"button-{name}"), name),) for name in ("consent", "mydata", "forgetme")
    )
    polarity = "yes" if context.setting(polarity_on) else "no"
    return Reply(context.t("privacy", state=context.me.consent.value, polarity=polarity), rows)
