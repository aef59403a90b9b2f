"""A leaderboard."""

from __future__ import annotations

from bot.draw import letters
from bot.draw.canvas import Box, Canvas
from bot.draw.face import face, legible_name
from bot.draw.style import ACCENT, BOARD_WIDTH, MARGIN, Theme, mix
from core.domain.alternative import figure
from core.domain.pictures import Board, BoardRow

_RIGHT = BOARD_WIDTH - MARGIN
_ROOM = BOARD_WIDTH - 2 * MARGIN
_PITCH = 66
_GAP = 34
_NAME = MARGIN + 142


def compose(board: Board, theme: Theme) -> Canvas:
    """Draw the board as tall as its rows need."""
    title = letters.lines(board.title, 36, _ROOM, 2)
    foot = letters.lines(board.foot, 24, _ROOM, 2, even=False)
    gaps = [row.after_gap for row in board.rows[1:]]
    top = 88 + 46 * (len(title) - 1) + 36
    height = top + _PITCH * len(board.rows) + _GAP * sum(gaps) + 32 + 34 * len(foot) + 24
    canvas = Canvas(BOARD_WIDTH, height, theme)
    for i, line in enumerate(title):
        canvas.text((MARGIN, 88 + 46 * i), line, 36, theme.ink, bold=True)
    widest = max((letters.width(figure(row.points), 30) for row in board.rows), default=0)
    bar = Box(600, 0, _RIGHT - max(widest, 80) - 28, 0)
    highest = max((row.points for row in board.rows), default=0)
    y = float(top)
    for row, gap in zip(board.rows, [*gaps, False], strict=False):
        _row(canvas, row, y, bar, row.points / highest if highest > 0 else 0)
        y += _PITCH
        if gap:
            canvas.discs([(MARGIN + 44, y + 5 + 12 * i, 2.5) for i in range(3)], theme.grey)
            y += _GAP
    for i, line in enumerate(foot):
        canvas.text((MARGIN, y + 52 + 34 * i), line, 24, theme.quiet)
    return canvas


def _row(canvas: Canvas, row: BoardRow, y: float, bar: Box, share: float) -> None:
    theme = canvas.theme
    if row.is_me:
        mine = Box(MARGIN - 20, y, _RIGHT + 20, y + _PITCH)
        canvas.rounded(mine, 14, mix(ACCENT, theme.ground, theme.tint * 0.75))
    middle = y + _PITCH / 2
    first = row.rank <= 3
    rank = f"{row.rank:,}"
    rank_size = 28 if letters.width(rank, 28) <= 68 else 22
    colour = theme.ink if first or row.is_me else theme.quiet
    canvas.text((MARGIN + 56, middle + 10), rank, rank_size, colour, align="right", bold=first or row.is_me)
    face(canvas, MARGIN + 100, middle, 24, row.name)
    room = bar.left - _NAME - 28
    canvas.text((_NAME, middle + 10), legible_name(row.name), 30, theme.ink, bold=row.is_me, room=room)
    track = Box(bar.left, middle - 5, bar.right, middle + 5)
    canvas.rounded(track, 5, theme.track)
    if share > 0:
        end = track.left + max(10.0, share * (track.right - track.left))
        canvas.rounded(
            Box(track.left, track.top, end, track.bottom),
            5,
            ACCENT if row.is_me else mix(ACCENT, theme.ground, theme.soft),
        )
    canvas.text((_RIGHT, middle + 10), figure(row.points), 30, theme.ink, align="right", bold=row.is_me)
