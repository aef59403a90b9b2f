"""A member's card."""

from __future__ import annotations

from bot.draw import letters
from bot.draw.canvas import Box, Canvas
from bot.draw.face import face, legible_name
from bot.draw.style import ACCENT, CARD_SIZE, MARGIN, Theme, mix
from core.domain.pictures import Card

_RIGHT = CARD_SIZE[0] - MARGIN
_FACE = 68  # radius
_TEXT = MARGIN + 2 * _FACE + 32


def compose(card: Card, theme: Theme) -> Canvas:
    """Draw the card."""
    canvas = Canvas(*CARD_SIZE, theme)
    face(canvas, MARGIN + _FACE, 44 + _FACE, _FACE, card.name)
    _head(canvas, card)
    _way(canvas, card)
    _foot(canvas, card)
    return canvas


def _head(canvas: Canvas, card: Card) -> None:
    theme = canvas.theme
    number = canvas.text((_RIGHT, 104), f"{card.level:,}", 72, theme.ink, align="right", bold=True)
    label = canvas.text((number.left - 14, 104), card.level_label, 28, theme.quiet, align="right", room=160)
    canvas.text((_TEXT, 104), legible_name(card.name), 50, theme.ink, bold=True, room=label.left - _TEXT - 32)
    tier = letters.fit(card.tier, 26, 300)
    chip = Box(_TEXT, 130, _TEXT + letters.width(tier, 26) + 36, 174)
    canvas.rounded(chip, 22, mix(ACCENT, theme.ground, theme.tint))
    canvas.text((_TEXT + 18, 161), tier, 26, theme.ink)
    canvas.text((chip.right + 20, 161), card.rank, 26, theme.quiet, room=_RIGHT - chip.right - 20)


def _way(canvas: Canvas, card: Card) -> None:
    theme = canvas.theme
    track = Box(MARGIN, 212, _RIGHT, 232)
    canvas.rounded(track, 10, theme.track)
    share = min(max(card.progress, 0.0), 1.0)
    if share > 0:
        # Never narrower than its own round ends.
        end = track.left + max(20.0, share * (track.right - track.left))
        canvas.rounded(Box(track.left, track.top, end, track.bottom), 10, ACCENT)
    missing = canvas.text((_RIGHT, 268), card.bar_label, 24, theme.quiet, align="right", room=440)
    canvas.text((MARGIN, 268), card.points, 24, theme.ink, room=missing.left - MARGIN - 24)


def _foot(canvas: Canvas, card: Card) -> None:
    theme = canvas.theme
    left = 520.0 if card.days else _RIGHT
    canvas.text((MARGIN, 323), card.streak, 26, theme.ink, room=left - MARGIN - 32)
    canvas.text((MARGIN, 356), card.days_label, 24, theme.quiet, room=left - MARGIN - 32)
    if not card.days:
        return
    pitch = (_RIGHT - left + 4) / len(card.days)
    highest = max(1, *card.days)
    for i, count in enumerate(card.days):
        tall = 4 + 52 * count / highest if count > 0 else 4
        at = left + i * pitch
        column = Box(at, 356 - tall, at + max(2.0, pitch - 4), 356)
        canvas.rounded(column, 3, ACCENT if count > 0 else theme.track)
