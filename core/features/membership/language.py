"""/language: in which language Kith speaks to a member."""

from __future__ import annotations

from typing import Literal

from core.domain.message import Reply
from core.kit import Context, Texts, command

NAMES = {"en": "English", "zh": "简体中文"}
CATALOGUES = {"en": "en", "zh": "zh-CN"}


@command(private=True, leavers=True)
async def language(context: Context, to: Literal["en", "zh"] | None = None) -> Reply:
    """Choose the language in which Kith speaks to you."""
    if to is None:
        row = tuple(context.button(name, "language", to=code) for code, name in NAMES.items())
        return Reply(context.t("language-which"), (row,))
    member = context.me
    member.language = CATALOGUES[to]
    await context.unit.members.save([member])
    context.t = Texts(member.language)
    return Reply(context.t("language-set"))
