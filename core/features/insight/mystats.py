"""/mystats: one's own last twelve weeks."""

from __future__ import annotations

from core.domain.message import Reply
from core.features.insight.member_weeks import told
from core.kit import Context, command


@command(private=True)
async def mystats(context: Context) -> Reply:
    """Show your last twelve weeks: active days, messages, reactions and points."""
    return await told(context, context.me)
