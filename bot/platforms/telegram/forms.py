"""A form on Telegram: its questions come in the direct chat, where whoever it is for types the answers."""

from __future__ import annotations

from typing import Any

START = "form"  # what the link to the direct chat gives to /start: go on with the form


def resumed(name: str, text: str) -> bool:
    """Say whether a command in the direct chat is the link under which a form's questions wait."""
    return name == "start" and text.strip() == START


def answer(message: dict[str, Any]) -> str:
    """Return what somebody answers with a message: its text, nothing for a picture or a voice message."""
    return str(message.get("text") or "")
