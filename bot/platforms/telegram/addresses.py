"""What Kith calls a message of Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message stands: its chat, its number there, and to whom alone it is shown, None for everybody.

    As text: `<chat>:<message>`, or `<chat>:e<message>:<receiver>` for an ephemeral one, which has numbers of its own.
    """

    chat: int
    message: int
    receiver: int | None = None

    def __str__(self) -> str:
        """Return it as the core keeps it."""
        if self.receiver is None:
            return f"{self.chat}:{self.message}"
        return f"{self.chat}:e{self.message}:{self.receiver}"

    @classmethod
    def read(cls, word: str) -> Self:
        """Read what `str` wrote; raise ValueError for anything else."""
        chat, number, *rest = word.split(":")
        if number.startswith("e"):
            return cls(int(chat), int(number[1:]), int(rest[0]))
        return cls(int(chat), int(number))
