"""What can be drawn, as plain data with its alternative text; see `bot.draw`."""

from __future__ import annotations

from typing import Protocol


class Picture(Protocol):
    """Anything that can be drawn and said in words."""

    @property
    def alt(self) -> str: ...
