"""simcord's state machine, where Discord's is otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcord.backend import Backend
from simcord.backend.models import Channel, Message

FORUM, MEDIA = 15, 16  # types of channels


class WithPosts(Backend):
    """A state machine in which a post of a forum has the id of its first message, and there are channels for media."""

    media: frozenset[str] = frozenset()  # names of forums that are channels for media, of which simcord has none
    _first: int | None = None

    def as_told(self, said: Any) -> Any:
        """Return what Discord says, in which channels for media are of their own type."""
        if isinstance(said, list | tuple):
            return [self.as_told(each) for each in said]
        if not isinstance(said, Mapping):
            return said
        told = {key: self.as_told(value) for key, value in said.items()}
        return {**told, "type": MEDIA} if told.get("type") == FORUM and told.get("name") in self.media else told

    def create_forum_post(self, forum_id: int, name: str, starter: Message, **more: Any) -> tuple[Channel, Message]:
        self._first = starter.id
        try:
            return super().create_forum_post(forum_id, name, starter, **more)
        finally:
            self._first = None

    def create_thread(self, parent_id: int, name: str, owner_id: int, **more: Any) -> Channel:
        more |= {} if self._first is None else {"message_id": self._first}
        return super().create_thread(parent_id, name, owner_id, **more)
