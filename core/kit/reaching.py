"""Whom Kith can write to: on some platforms nobody who never opened the direct chat."""

from __future__ import annotations

from core.domain.audience import Audience
from core.domain.people import Member
from core.kit.context import Context
from core.kit.texts import Markup


async def is_open(context: Context, member: Member) -> bool:
    """Say whether a member opened the direct chat with Kith, on an account that can be written to."""
    (to,) = await context.unit.pushes.addressees(context.community.id, Audience(members=(member.id,)), context.now)
    return to.account is not None and to.opened


async def promised(context: Context, said: Markup) -> Markup:
    """Return what promises whoever asks a direct message, with what it takes to arrive where their chat isn't open."""
    return said if await is_open(context, context.me) else Markup(f"{said}{context.t('chat-not-open')}")
