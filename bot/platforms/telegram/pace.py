"""How fast a bot may speak: one message a second in a chat, 20 a minute in a group, 30 a second in all."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

_FORGET_ABOVE = 10_000


@dataclass(slots=True)
class Pace:
    """Say when a chat may be written to again; times are seconds of any clock that only goes forwards.

    `a_chat`: seconds between two messages of a chat. `a_group`: messages a minute in a group. `overall`:
    messages a second in all chats together.
    """

    a_chat: float = 1.0
    a_group: int = 20
    overall: int = 30
    _chats: dict[int, deque[float]] = field(default_factory=dict)
    _all: deque[float] = field(default_factory=deque)

    def wait(self, chat: int, now: float) -> float:
        """Return the seconds until `chat` may be written to; groups and channels have negative ids."""
        free = now
        sent = self._chats.get(chat)
        if sent:
            free = max(free, sent[-1] + self.a_chat)
            if chat < 0 and len(sent) >= self.a_group:
                free = max(free, sent[-self.a_group] + 60)
        if len(self._all) >= self.overall:
            free = max(free, self._all[-self.overall] + 1)
        return free - now

    def take(self, chat: int, now: float) -> None:
        """Count a message to `chat`."""
        sent = self._chats.setdefault(chat, deque(maxlen=max(self.a_group, 1)))
        sent.append(now)
        self._all.append(now)
        while len(self._all) > max(self.overall, 1):
            self._all.popleft()
        if len(self._chats) > _FORGET_ABOVE:
            self._chats = {each: times for each, times in self._chats.items() if times[-1] > now - 60}
