"""Drawing where it holds nothing up.

Pillow lets other threads run while it draws. V8, in which Vega-Lite runs, doesn't: in a thread each chart would stop
the event loop for 0.1 s, the first for a second. So figures are drawn in a process of their own, which starts with the
first of them and keeps what V8 takes out of the bot's memory.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import BrokenExecutor

from bot.draw import draw
from bot.draw.style import ThemeName
from bot.worker import Worker
from core.domain.pictures import Figures, Picture

_process = Worker()


async def drawn(picture: Picture, *, theme: ThemeName = "light") -> bytes:
    """Return `picture` as PNG; raise as `draw` does, and BrokenExecutor where its process is killed twice."""
    if not isinstance(picture, Figures):
        return await asyncio.to_thread(draw, picture, theme=theme)
    try:
        return await asyncio.wrap_future(_process.submit(draw, picture, theme=theme))
    except BrokenExecutor:
        return await asyncio.wrap_future(_process.submit(draw, picture, theme=theme))
