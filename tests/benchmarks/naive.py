"""The naive bot: one ORM session and one commit for each message. A peer to measure against, nothing else."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import DateTime, String, select
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.domain.events import MessageSent
from core.store.dialect import open_engine


class Base(DeclarativeBase):
    """Its own tables."""


class Member(Base):
    __tablename__ = "naive_members"
    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(64), index=True)
    points: Mapped[int] = mapped_column(default=0)


class Message(Base):
    __tablename__ = "naive_messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    member_id: Mapped[int]
    room: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


async def run(url: str, events: Sequence[MessageSent]) -> float:
    """Handle `events` one by one and return how many a second that was."""
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    began = time.perf_counter()
    for event in events:
        async with sessions() as session:
            person = event.actor.id if event.actor else ""
            member = await session.scalar(select(Member).where(Member.external_id == person))
            if member is None:
                member = Member(external_id=person, points=0)
                session.add(member)
                await session.flush()
            member.points += 20
            session.add(Message(key=event.key, member_id=member.id, room=event.room or "", at=event.at))
            await session.commit()
    seconds = time.perf_counter() - began
    await engine.dispose()
    return len(events) / seconds
