"""What Discord can do."""

from __future__ import annotations

from bot.platforms.discord import markup, polls
from bot.platforms.discord.files import LIMIT
from bot.platforms.port import Capabilities

CAPABILITIES = Capabilities(
    completion=True,
    selects=True,
    menus=True,
    moments=True,
    forums=True,
    answers_apart=True,
    ephemeral=True,
    ephemeral_where_admin=False,
    deletions=True,
    history=True,
    idempotent_send=True,
    forms=True,
    voice=True,
    roles=True,
    titles=False,
    text_limit=markup.LIMIT,
    caption_limit=markup.LIMIT,
    polls=polls.LIMITS,
    again=False,
    file_limit=LIMIT,
)
