"""Buttons: what a token stands for, for whom and until when."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.outgoing import ASKS
from core.store.rows import Aggregate
from core.store.tables.buttons import buttons


def new_token(*, asks: bool = False) -> str:
    """Return a token that nobody guesses; that of a button that opens a form says so."""
    return f"{ASKS if asks else ''}{secrets.token_urlsafe(12)}"


@dataclass(frozen=True, slots=True)
class ButtonState:
    """A button as kept: whose press (None: anyone's) calls which command with which options.

    `private` says that only one person sees the message that it is under.
    """

    token: str
    community_id: int
    account_id: int | None
    command: str
    options: dict[str, str]
    replace_message: bool
    expires_at: datetime
    private: bool = False
    post_id: int | None = None


_FOUND = select(buttons).where(buttons.c.token == bindparam("token"), buttons.c.expires_at > bindparam("now"))


class Buttons(Aggregate):
    """Keep and find buttons; one that everybody may press under a post is looked for once in a unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._under_posts: dict[str, ButtonState] = {}

    async def add(self, kept: Sequence[ButtonState]) -> None:
        """Keep buttons."""
        if kept:
            names = ButtonState.__slots__
            rows: list[dict[str, Any]] = [{name: getattr(each, name) for name in names} for each in kept]
            await self._connection.execute(insert(buttons), rows)

    async def find(self, token: str, now: datetime) -> ButtonState | None:
        """Return the button of a token, None where there is none or its time is over."""
        if (known := self._under_posts.get(token)) is not None and known.expires_at > now:
            return known
        row = next(iter(await self._run(_FOUND, token=token, now=now)), None)
        if row is None:
            return None
        state = ButtonState(*(getattr(row, name) for name in ButtonState.__slots__))
        if state.post_id is not None:
            self._under_posts[token] = state
        return state

    async def under(self, post_id: int) -> list[ButtonState]:
        """Return the buttons under a post."""
        rows = await self._connection.execute(select(buttons).where(buttons.c.post_id == post_id))
        return [ButtonState(*(getattr(row, name) for name in ButtonState.__slots__)) for row in rows]

    async def close(self, post_id: int) -> None:
        """Forget the buttons under a post."""
        self._under_posts.clear()
        await self._connection.execute(delete(buttons).where(buttons.c.post_id == post_id))

    async def prune(self, now: datetime) -> None:
        """Forget buttons whose time is over."""
        await self._connection.execute(delete(buttons).where(buttons.c.expires_at <= now))
