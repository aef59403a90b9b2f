"""Posts: what Kith put up in rooms under a name, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update

from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.communities import spaces
from core.store.tables.polls import polls
from core.store.tables.posts import posts


@dataclass(frozen=True, slots=True)
class Post:
    """A post: under which name it stands in which room, and the platform's `message`, None until it was sent.

    It may be a `poll`, and that the platform's `own`.
    """

    id: int
    community_id: int
    name: str
    platform: str
    space: str
    room: str | None
    message: str | None
    refusal: str | None
    closed: bool
    poll: bool = False
    own: bool = False


class Posts(Aggregate):
    """Note and find posts."""

    async def add(
        self, community_id: int, name: str, space_id: int, room: str | None, now: datetime, closes_at: datetime | None
    ) -> int | None:
        """Note a post and return its id, None where the room has one of this name: it is put up once."""
        new = dialect.insert_new(self._connection, posts).values(
            community_id=community_id,
            name=name,
            space_id=space_id,
            room=room or "",
            created_at=now,
            closes_at=closes_at,
        )
        found: int | None = (await self._connection.execute(new.returning(posts.c.id))).scalar_one_or_none()
        return found

    async def named(self, community_id: int, name: str) -> list[Post]:
        """Return the posts of a name, in every room that has one."""
        return await self._found(_POSTS.where(posts.c.community_id == community_id, posts.c.name == name))

    async def get(self, post_id: int) -> Post | None:
        """Return a post by its id."""
        return next(iter(await self._found(_POSTS.where(posts.c.id == post_id))), None)

    async def sent(self, post_id: int, message: str | None) -> None:
        """Note what the platform calls a post."""
        await self._connection.execute(update(posts).where(posts.c.id == post_id).values(message=message))

    async def refused(self, post_id: int, why: str) -> None:
        """Note why a post was never sent."""
        missing = update(posts).where(posts.c.id == post_id, posts.c.message.is_(None))
        await self._connection.execute(missing.values(refusal=why[:500]))

    async def close(self, post_id: int, now: datetime) -> None:
        """Let a post be over."""
        await self._connection.execute(update(posts).where(posts.c.id == post_id).values(closed_at=now))

    async def reopen(self, post_id: int) -> None:
        """Let a post that was closed be so no more."""
        await self._connection.execute(update(posts).where(posts.c.id == post_id).values(closed_at=None))

    async def _found(self, wanted: Select[tuple[object, ...]]) -> list[Post]:
        return [
            Post(
                row.id,
                row.community_id,
                row.name,
                row.platform,
                row.external_id,
                row.room or None,
                row.message,
                row.refusal,
                row.closed_at is not None,
                row.poll_id is not None,
                row.reference is not None,
            )
            for row in await self._connection.execute(wanted.order_by(posts.c.id))
        ]


_POSTS = (
    select(posts, spaces.c.platform, spaces.c.external_id, polls.c.post_id.label("poll_id"), polls.c.reference)
    .join(spaces, spaces.c.id == posts.c.space_id)
    .outerjoin(polls, polls.c.post_id == posts.c.id)
)
