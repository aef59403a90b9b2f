"""/notify: where a member hears of a new level."""

from __future__ import annotations

from typing import Literal

from core.domain.message import Reply
from core.domain.people import Notify
from core.kit import Context, command


@command(private=True)
async def notify(context: Context, where: Literal["room", "direct", "off"] | None = None) -> Reply:
    """Choose where you hear of a new level."""
    member = context.me
    if where is not None:
        member.notify = Notify(where)
        await context.unit.members.save([member])
        return Reply(context.t("notify-set", where=where))
    row = tuple(
        context.button(context.t.plain(f"button-notify-{each.value}"), "notify", where=each.value)
        for each in Notify
        if each is not member.notify
    )
    return Reply(context.t("notify-which", where=member.notify.value), (row,))
