"""Where a message can be opened, as each platform writes it."""

from __future__ import annotations

import re

_SUPERGROUP = re.compile(r"-100(\d+):(\d+)")


def message_link(platform: str, space: str, room: str | None, message: str) -> str | None:
    """Return the address of a message that members can open, None where there is none."""
    if platform == "telegram" and (found := _SUPERGROUP.fullmatch(message)):
        return f"https://t.me/c/{found[1]}/{found[2]}"
    if platform == "discord" and room is not None:
        return f"https://discord.com/channels/{space}/{room}/{message}"
    return None
