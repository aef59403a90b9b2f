"""The certificate of who went through something to its end."""

from __future__ import annotations

from bot.draw import letters
from bot.draw.canvas import Box, Canvas
from bot.draw.face import face, legible_name
from bot.draw.style import ACCENT, CHART_WIDTH, MARGIN, Theme, mix
from core.domain.pictures import Certificate

HIGH = 800
_MIDDLE = CHART_WIDTH / 2
_ROOM = CHART_WIDTH - 4 * MARGIN
_FACE = 64  # radius
_SIZES = (60, 48, 36)  # of the name, the first at which all of it fits


def compose(certificate: Certificate, theme: Theme) -> Canvas:
    """Draw the certificate."""
    canvas = Canvas(CHART_WIDTH, HIGH, theme)
    canvas.rounded(Box(24, 24, CHART_WIDTH - 24, HIGH - 24), 28, mix(ACCENT, theme.ground, theme.tint))
    canvas.rounded(Box(36, 36, CHART_WIDTH - 36, HIGH - 36), 20, theme.ground)
    canvas.text((_MIDDLE, 118), certificate.heading, 30, theme.quiet, align="middle", room=_ROOM)
    face(canvas, _MIDDLE, 226, _FACE, certificate.name)
    name = legible_name(certificate.name)
    size = next((each for each in _SIZES if letters.width(name, each) <= _ROOM), _SIZES[-1])
    canvas.text((_MIDDLE, 374), name, size, theme.ink, align="middle", room=_ROOM, bold=True)
    canvas.text((_MIDDLE, 450), certificate.done, 30, theme.quiet, align="middle", room=_ROOM)
    canvas.text((_MIDDLE, 524), certificate.topic, 46, theme.ink, align="middle", room=_ROOM, bold=True)
    canvas.rule(round(_MIDDLE) - 60, round(_MIDDLE) + 60, 572, ACCENT, 4)
    canvas.text((_MIDDLE, 630), certificate.steps, 28, theme.ink, align="middle", room=_ROOM)
    canvas.text((_MIDDLE, 712), certificate.foot, 26, theme.quiet, align="middle", room=_ROOM)
    return canvas
