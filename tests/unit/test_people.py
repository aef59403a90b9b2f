"""What people are called, in short."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from bot.draw.canvas import Canvas
from bot.draw.face import face
from bot.draw.style import THEMES
from core.domain.people import initials


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana Lee", "AL"),
        ("李伟", "伟"),
        ("🦊🔥", "🦊"),
        ("  🦊 Ana", "A"),
        ("👩🏽\u200d🚀 ✨", "👩🏽\u200d🚀"),
        ("❤️", "❤️"),
        ("🇨🇳🇩🇪", "🇨🇳"),
        ("...", "?"),
        ("", "?"),
        ("\u200d", "?"),
    ],
)
def test_something_stands_for_every_name(name: str, short: str) -> None:
    assert initials(name) == short


@pytest.mark.parametrize("name", ["🦊🔥", "...", "\u200d", "Ana"])
def test_a_face_is_never_empty(name: str) -> None:
    canvas = Canvas(200, 200, THEMES["light"])
    face(canvas, 100, 100, 60, name)
    drawn = Image.open(BytesIO(canvas.png())).convert("RGB").crop((70, 70, 130, 130))
    assert len(drawn.getcolors() or []) > 1
