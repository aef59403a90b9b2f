"""A form on Telegram: its questions come in the direct chat, where whoever it is for types the answers."""

from __future__ import annotations

from typing import Any

from bot.platforms.telegram.fields import PLATFORM
from core.domain.message import Attachment

# How files are called whose senders gave them no name, by what Telegram calls them; animations are documents too.
_ENDINGS = {"document": "bin", "photo": "jpg", "video": "mp4", "audio": "mp3", "voice": "ogg"}
START = "form"  # what the link to the direct chat gives to /start: go on with the form


def resumed(name: str, text: str) -> bool:
    """Say whether a command in the direct chat is the link under which a form's questions wait."""
    return name == "start" and text.strip() == START


def answer(message: dict[str, Any]) -> str:
    """Return what somebody answers with a message: its text, nothing for a picture or a voice message."""
    return str(message.get("text") or "")


def attachment(message: dict[str, Any]) -> Attachment | None:
    """Return the file that somebody answers with, of a photo the largest size: `kind:file_id`, None for none."""
    for kind, ending in _ENDINGS.items():
        if not (found := message.get(kind)):
            continue
        file = max(found, key=lambda size: size["width"] * size["height"]) if kind == "photo" else found
        name = str(file.get("file_name") or f"{kind}.{ending}")
        return Attachment(PLATFORM, f"{kind}:{file['file_id']}", name, int(file.get("file_size") or 0))
    return None
