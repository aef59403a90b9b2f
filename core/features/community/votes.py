"""What the buttons of a poll do, where a platform has none of its own that could ask it."""

from __future__ import annotations

from core.domain.message import Reply
from core.kit import Context, action, polls


@action(private=True)
async def cast_vote(context: Context, post: int, option: int) -> Reply:
    """Let whoever presses vote, or take their vote back."""
    return await polls.cast(context, post, option)
