"""Pushes: who may be written to unasked, what they want, and what is on its way to many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, case, delete, func, or_, select, update

from core.domain.audience import Audience
from core.domain.effects import Draw
from core.domain.people import BEHIND, Account
from core.domain.pushes import PREFERENCES, WEEK, Addressee, Preferences, Refusal, Topic
from core.store import dialect
from core.store.activity_members import not_away
from core.store.member_rows import ACCOUNT_COLUMNS, MEMBER_COLUMNS, member_of
from core.store.members import PRESENT
from core.store.outbox import UNSURE
from core.store.rows import Aggregate
from core.store.tables.activities import activity_members
from core.store.tables.members import accounts, members
from core.store.tables.outbox import outbox
from core.store.tables.pushes import broadcasts, push_preferences

_PREFERENCES = tuple(push_preferences.c[name] for name in PREFERENCES)
_EVERYBODYS = Preferences()
_WIDTH = len(MEMBER_COLUMNS)
_SLICE = 1_000  # of members given by id
_THEIRS, _OWN = accounts.alias("theirs"), accounts.alias("own")

# Each push asks these: building them takes longer than the database does.
_BEST = (
    select(*ACCOUNT_COLUMNS, accounts.c.opened_at.is_not(None))
    .where(
        dialect.one_of(accounts.c.member_id, "members"),
        accounts.c.reachable.is_(True),
        accounts.c.bot.is_(False),
        accounts.c.external_id.not_like(f"{BEHIND}%"),
    )
    .order_by(accounts.c.opened_at.is_not(None), accounts.c.id)
)
_LATELY = (
    select(_OWN.c.id, func.count())
    .select_from(_OWN)
    .join(_THEIRS, _THEIRS.c.member_id == _OWN.c.member_id)
    .join(outbox, outbox.c.account_id == _THEIRS.c.id)
    .where(
        dialect.one_of(_OWN.c.id, "accounts"),
        outbox.c.topic.is_not(None),
        outbox.c.created_at > bindparam("since"),
        outbox.c.state != "failed",
    )
    .group_by(_OWN.c.id)
)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """What is to be said to many: `content` by language, `cursor` the last member that was looked at."""

    id: int
    community_id: int
    name: str
    topic: Topic
    audience: Audience
    content: dict[str, Any]
    holdout: float
    cursor: int
    queued: int
    refused: Counter[Refusal]
    done: bool
    draw: Draw | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many of many messages arrived, still wait or are on their way, got to nobody, and may have arrived."""

    sent: int
    left: int
    failed: int
    unsure: int


class Pushes(Aggregate):
    """Read whom a push may reach, keep what people want, and move broadcasts on."""

    async def preferences(self, member_id: int) -> Preferences:
        """Return what a member wants."""
        found = select(*_PREFERENCES).where(push_preferences.c.member_id == member_id)
        row = (await self._connection.execute(found)).first()
        return Preferences() if row is None else Preferences(**row._mapping)

    async def prefer(self, community_id: int, member_id: int, wanted: Preferences) -> None:
        """Keep what a member wants."""
        values = {name: getattr(wanted, name) for name in PREFERENCES}
        new = dialect.insert_replacing(self._connection, push_preferences, PREFERENCES)
        await self._connection.execute(new.values(community_id=community_id, member_id=member_id, **values))

    async def hand_on(self, community_id: int, from_id: int, to_id: int) -> None:
        """Let a member who never said what they want have what another said."""
        found = select(push_preferences.c.member_id).where(self._among(push_preferences.c.member_id, [from_id, to_id]))
        if list((await self._connection.execute(found)).scalars()) == [from_id]:
            await self.prefer(community_id, to_id, await self.preferences(from_id))

    async def addressees(
        self, community_id: int, audience: Audience, now: datetime, *, after: int = 0, limit: int | None = None
    ) -> list[Addressee]:
        """Return an audience as the push gate sees it, by member id behind `after`, `limit` at most."""
        rows: list[Row[Any]] = []
        for some in _slices(audience.members, after):
            most = None if limit is None else limit - len(rows)
            rows += await self._page(community_id, audience, some, now, after, most)
            if limit is not None and len(rows) >= limit:
                break
        best = await self._best({row[0] for row in rows})
        spent = await self._lately([account.id for account, _ in best.values()], now)
        return [
            Addressee(
                member=member_of(row[:_WIDTH]),
                account=account,
                opened=opened,
                preferences=_preferences(row[_WIDTH:]),
                lately=0 if account is None else spent.get(account.id, 0),
            )
            for row in rows
            for account, opened in (best.get(row[0], (None, False)),)
        ]

    async def _page(
        self,
        community_id: int,
        audience: Audience,
        some: Sequence[int] | None,
        now: datetime,
        after: int,
        limit: int | None,
    ) -> Sequence[Row[Any]]:
        here = [*self._of(community_id, audience, now), members.c.id > after]
        page = (
            select(*MEMBER_COLUMNS, *_PREFERENCES)
            .outerjoin(push_preferences, push_preferences.c.member_id == members.c.id)
            .where(*here, *([] if some is None else [self._among(members.c.id, some)]))
            .order_by(members.c.id)
            .limit(limit)
        )
        return (await self._connection.execute(page)).all()

    @staticmethod
    def _of(community_id: int, audience: Audience, now: datetime) -> list[ColumnElement[bool]]:
        """Return what makes somebody one of an audience, but for being of its `members`."""
        some = [members.c.community_id == community_id]
        if audience.tier:
            some.append(members.c.tier >= audience.tier)
        if audience.joined_since is not None:
            some.append(members.c.joined_at >= audience.joined_since)
        if audience.joined:
            # Looked up for one after the other: a page of a hundred thousand asks for no more than it shows. One within
            # the other, since of a join SQLite would begin with all who joined, for each member anew.
            here = activity_members.c.account_id == accounts.c.id, activity_members.c.activity_id == audience.joined
            joined = select(activity_members.c.account_id).where(*here, not_away(now)).correlate(accounts).exists()
            theirs = select(accounts.c.id).where(accounts.c.member_id == members.c.id, joined)
            some.append(theirs.correlate(members).exists())
        return some

    async def size(self, community_id: int, audience: Audience, now: datetime) -> int:
        """Return how many of an audience are there and served."""
        here = and_(*self._of(community_id, audience, now), PRESENT)
        if audience.members is not None:
            here = and_(here, self._among(members.c.id, audience.members))
        return int((await self._connection.execute(select(func.count()).where(here))).scalar_one())

    async def wanting_less(self, community_id: int, audience: Audience, a_week: int, now: datetime) -> int:
        """Return how many of an audience, there and served, want fewer pushes than `a_week`, but some."""
        wanted = func.coalesce(push_preferences.c.a_week, Preferences().a_week)
        here = and_(*self._of(community_id, audience, now), PRESENT, wanted < a_week, wanted > 0)
        if audience.members is not None:
            here = and_(here, self._among(members.c.id, audience.members))
        both = members.outerjoin(push_preferences, push_preferences.c.member_id == members.c.id)
        return int((await self._connection.execute(select(func.count()).select_from(both).where(here))).scalar_one())

    async def _best(self, member_ids: Collection[int]) -> dict[int, tuple[Account, bool]]:
        """Return where each member would be written to, and whether that chat is open.

        One whose chat is open goes before the others, the last added before those before it.
        """
        made = ((Account(*row[:-1]), row[-1]) for row in await self._run(_BEST, members=member_ids))
        return {account.member_id: (account, opened) for account, opened in made}

    async def _lately(self, account_ids: Collection[int], now: datetime) -> dict[int, int]:
        """Return how many pushes went to the owners of accounts, or wait, of the last seven days."""
        return {row[0]: row[1] for row in await self._run(_LATELY, accounts=account_ids, since=now - WEEK)}

    async def broadcast(
        self,
        community_id: int,
        name: str,
        topic: Topic,
        audience: Audience,
        content: Mapping[str, Any],
        holdout: float,
        now: datetime,
        draw: Draw | None = None,
    ) -> bool:
        """Write down what is to be said to an audience; False where the community has a broadcast of this name."""
        new = dialect.insert_new(self._connection, broadcasts).values(
            community_id=community_id,
            name=name,
            topic=topic.value,
            audience=audience.to_json(),
            content=dict(content),
            holdout=holdout,
            draw=None if draw is None else asdict(draw),
            refused={},
            created_at=now,
        )
        return (await self._connection.execute(new.returning(broadcasts.c.id))).first() is not None

    async def named(self, community_id: int, name: str) -> Broadcast | None:
        """Return a broadcast by its name."""
        found = select(broadcasts).where(broadcasts.c.community_id == community_id, broadcasts.c.name == name)
        row = (await self._connection.execute(found)).first()
        return None if row is None else _broadcast(row)

    async def of(self, community_id: int, run: str) -> list[Broadcast]:
        """Return what a run says to many: under its name, or letters under names that begin with it."""
        its = or_(broadcasts.c.name == run, broadcasts.c.name.startswith(f"{run}:", autoescape=True))
        rows = await self._connection.execute(select(broadcasts).where(broadcasts.c.community_id == community_id, its))
        return [_broadcast(row) for row in rows]

    async def delivered(self, broadcast_ids: Collection[int]) -> Delivered:
        """Return what became of the messages of broadcasts."""
        here = self._among(outbox.c.broadcast_id, list(broadcast_ids))
        unsure = outbox.c.failure.startswith(UNSURE)
        became = case((and_(outbox.c.state == "failed", unsure), "unsure"), else_=outbox.c.state).label("became")
        found = select(became, func.count()).where(here).group_by(became)
        of = Counter({row[0]: row[1] for row in await self._connection.execute(found)})
        return Delivered(of["sent"], left=of["waiting"] + of["sending"], failed=of["failed"], unsure=of["unsure"])

    async def call_back(self, broadcast_ids: Collection[int]) -> None:
        """Forget the messages of broadcasts that aren't on their way yet."""
        here = self._among(outbox.c.broadcast_id, list(broadcast_ids))
        await self._connection.execute(delete(outbox).where(here, outbox.c.state == "waiting"))

    async def advance(self, changed: Broadcast, now: datetime) -> None:
        """Keep how far a broadcast came; what it said is dropped at its end."""
        values: dict[str, Any] = {
            "cursor": changed.cursor,
            "queued": changed.queued,
            "refused": {each.value: count for each, count in changed.refused.items()},
        }
        if changed.done:
            values |= {"done_at": now, "content": {}}
        await self._connection.execute(update(broadcasts).where(broadcasts.c.id == changed.id).values(values))


def _slices(ids: Sequence[int] | None, after: int) -> Iterator[Sequence[int] | None]:
    """Yield the ids behind `after`, so many at a time in order; None alone for everybody."""
    if ids is None:
        yield None
        return
    left = sorted(each for each in ids if each > after)
    yield from (left[at : at + _SLICE] for at in range(0, len(left), _SLICE))


def _preferences(row: Sequence[Any]) -> Preferences:
    return _EVERYBODYS if row[-1] is None else Preferences(**dict(zip(PREFERENCES, row, strict=True)))


def _broadcast(row: Row[Any]) -> Broadcast:
    return Broadcast(
        row.id,
        row.community_id,
        row.name,
        Topic(row.topic),
        Audience.from_json(row.audience),
        row.content,
        row.holdout,
        row.cursor,
        row.queued,
        Counter({Refusal(word): count for word, count in row.refused.items()}),
        row.done_at is not None,
        None if row.draw is None else Draw(**row.draw),
    )
