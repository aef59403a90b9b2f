"""What the playground can do."""

from __future__ import annotations

from bot.platforms.playground.files import LIMIT
from bot.platforms.playground.polls import LIMITS
from bot.platforms.port import Capabilities

TEXT_LIMIT = 4_000

CAPABILITIES = Capabilities(
    completion=True,
    selects=False,
    menus=False,
    moments=True,
    forums=False,
    answers_apart=False,
    again=True,
    file_limit=LIMIT,
    ephemeral=True,
    ephemeral_where_admin=False,
    deletions=True,
    history=False,
    idempotent_send=True,
    forms=True,
    voice=False,
    roles=True,
    titles=False,
    text_limit=TEXT_LIMIT,
    caption_limit=TEXT_LIMIT,
    polls=LIMITS,
)
