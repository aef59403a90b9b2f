"""Reads again what an adapter could not translate: nothing is connected, what was put aside is enough."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.platforms.discord.known import NAME as DISCORD
from bot.platforms.telegram.fields import PLATFORM as TELEGRAM
from core.domain.events import Event


def translate(platform: str, raw: Any, commands: Collection[str]) -> list[Event]:
    """Return the events of what `platform` once sent; `commands` are the names that Kith answers.

    Raise KeyError, TypeError, ValueError or AttributeError where it still can't be understood.
    """
    # The SDKs take as long to load as all the rest: only where something was put aside.
    if platform == DISCORD:
        from bot.platforms.discord import translate as discord  # noqa: PLC0415

        return discord.again(raw)
    if platform == TELEGRAM:
        from bot.platforms.telegram import translate as telegram  # noqa: PLC0415

        return telegram.again(raw, commands)
    raise KeyError(platform)
