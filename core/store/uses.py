"""What members made of items, and the topics that they chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    delete,
    distinct,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    union_all,
    update,
)

from core.domain.catalogue import Candidate, Use
from core.domain.kinds import Kind
from core.domain.people import Consent, folded
from core.domain.plans import PaymentKind
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.catalogue import candidates, topic_choices, uses
from core.store.tables.interactions import seen
from core.store.tables.ledger import ledger
from core.store.tables.members import accounts, members
from core.store.tables.plans import payments, plans

_ROWS = 1_000
_TIMES = ("saved_at", "opened_at", "finished_at", "refused_at")
_STEPS = ("shown", "saved", "opened", "finished", "refused", "rated", "bought")


class Uses(Aggregate):
    """Keep what members made of items; a member's accounts count as one."""

    async def note(self, community_id: int, account_id: int, item_id: int, **what: Any) -> None:
        """Write what an account made of an item; what isn't named stays as it was."""
        row = {"account_id": account_id, "item_id": item_id, "community_id": community_id, **what}
        await self._connection.execute(dialect.insert_replacing(self._connection, uses, list(what)), [row])

    async def take_back(self, account_ids: Collection[int], item_id: int, *what: str) -> None:
        """Let it not be so any more, on any account of a member."""
        mine = self._among(uses.c.account_id, account_ids), uses.c.item_id == item_id
        await self._connection.execute(update(uses).where(*mine).values(dict.fromkeys(what)))

    async def of(self, account_ids: Collection[int], item_ids: Collection[int] | None = None) -> dict[int, Use]:
        """Return what the accounts of a member made of items, by item: the first time of each, the last rating.

        What was paid for and taken back counts as not paid for.
        """
        back = ledger.alias()
        undone = select(back.c.id).where(back.c.reverses_id == uses.c.entry_id).exists()
        found = select(uses, undone.label("undone")).where(self._among(uses.c.account_id, account_ids))
        if item_ids is not None:
            found = found.where(self._among(uses.c.item_id, item_ids))
        kept: dict[int, Use] = {}
        for row in await self._connection.execute(found.order_by(uses.c.account_id)):
            kept[row.item_id] = _together(kept.get(row.item_id), row)
        return kept

    async def last_entry(self, account_ids: Collection[int], item_id: int) -> int:
        """Return the last entry of the ledger under which a member paid for an item, taken back or not; 0 for none."""
        mine = self._among(uses.c.account_id, account_ids), uses.c.item_id == item_id
        found = select(func.coalesce(func.max(uses.c.entry_id), 0)).where(*mine)
        return int((await self._connection.execute(found)).scalar_one())

    async def note_shown(self, community_id: int, account_id: int, item_ids: Collection[int], now: datetime) -> None:
        """Write that items were recommended to an account, the first time of each."""
        mine = uses.c.account_id == account_id, self._among(uses.c.item_id, item_ids)
        await self._connection.execute(update(uses).where(*mine, uses.c.shown_at.is_(None)).values(shown_at=now))
        rows = [
            {"account_id": account_id, "item_id": each, "community_id": community_id, "shown_at": now}
            for each in item_ids
        ]
        if rows:
            await self._connection.execute(dialect.insert_new(self._connection, uses), rows)

    async def reach(self, community_id: int, item_id: int | None = None) -> dict[tuple[int, str], dict[str, int]]:
        """Return how many members were shown, opened, finished, saved, refused, rated and bought an item.

        They are told apart by tier and by the invite link through which they came first, empty where none is known.
        Without an item it is how many did so with any. What was paid for and taken back isn't bought.
        """
        done = _done(community_id, item_id).subquery()
        source = _sources(community_id).subquery()
        came = func.coalesce(source.c.source, "")
        columns = [func.count(distinct(case((done.c[name] == 1, done.c.member_id)))).label(name) for name in _STEPS]
        found = (
            select(members.c.tier, came.label("source"), *columns)
            .select_from(done)
            .join(members, members.c.id == done.c.member_id)
            .outerjoin(source, and_(source.c.member_id == done.c.member_id, source.c.place == 1))
            .group_by(members.c.tier, came)
        )
        rows = await self._connection.execute(found)
        return {(row.tier, row.source): {name: int(getattr(row, name)) for name in _STEPS} for row in rows}

    async def together(self, item_id: int) -> tuple[int, dict[int, tuple[int, int]]]:
        """Return how many opened an item, and of others how many opened both, and each: of those who agreed to it."""
        theirs, both = accounts.alias(), uses.alias()
        agreed = select(members.c.id).where(members.c.consent == Consent.PERSONAL)
        who = (
            select(accounts.c.member_id)
            .join(uses, uses.c.account_id == accounts.c.id)
            .where(uses.c.item_id == item_id, uses.c.opened_at.is_not(None), accounts.c.member_id.in_(agreed))
        )
        found = (
            select(both.c.item_id, func.count(distinct(theirs.c.member_id)))
            .join(theirs, theirs.c.id == both.c.account_id)
            .where(theirs.c.member_id.in_(who), both.c.opened_at.is_not(None))
            .group_by(both.c.item_id)
        )
        shared = {row[0]: int(row[1]) for row in await self._connection.execute(found)}
        opened = (
            select(uses.c.item_id, func.count(distinct(accounts.c.member_id)))
            .join(accounts, accounts.c.id == uses.c.account_id)
            .where(self._among(uses.c.item_id, shared), uses.c.opened_at.is_not(None), accounts.c.member_id.in_(agreed))
            .group_by(uses.c.item_id)
        )
        each = {row[0]: int(row[1]) for row in await self._connection.execute(opened)} if shared else {}
        return each.pop(item_id, 0), {other: (shared[other], each[other]) for other in each}

    async def all(self, community_id: int) -> list[tuple[int, Use]]:
        """Return what every account of a community made of items."""
        found = select(uses).where(uses.c.community_id == community_id).order_by(uses.c.account_id, uses.c.item_id)
        names = (*_TIMES, "item_id", "rating", "entry_id")
        rows = await self._connection.execute(found)
        return [(row.account_id, Use(**{name: getattr(row, name) for name in names})) for row in rows]

    async def all_chosen(self, community_id: int) -> list[tuple[int, str, bool]]:
        """Return every topic that an account of a community chose or refused: account, folded topic, wanted."""
        found = select(topic_choices.c.account_id, topic_choices.c.topic, topic_choices.c.wanted)
        rows = await self._connection.execute(found.where(topic_choices.c.community_id == community_id))
        return [(row[0], row[1], row[2]) for row in rows]

    async def popular(self, community_id: int, since: datetime, limit: int) -> list[tuple[int, int]]:
        """Return the items that most accounts opened since a time, with how many did."""
        found = (
            select(uses.c.item_id, func.count().label("rows"))
            .where(uses.c.community_id == community_id, uses.c.opened_at >= since)
            .group_by(uses.c.item_id)
            .order_by(func.count().desc(), uses.c.item_id)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in await self._connection.execute(found)]

    async def suggest(self, community_id: int, found: Mapping[int, Sequence[Candidate]]) -> None:
        """Keep what members may want next, in the place of all that was kept for the community."""
        await self._connection.execute(delete(candidates).where(candidates.c.community_id == community_id))
        rows = [
            {
                "member_id": member_id,
                "place": place,
                "community_id": community_id,
                "item_id": each.item_id,
                "reason": each.reason,
                "about": each.about[:120],
            }
            for member_id, some in found.items()
            for place, each in enumerate(some)
        ]
        for start in range(0, len(rows), _ROWS):
            await self._connection.execute(insert(candidates), rows[start : start + _ROWS])

    async def suggested(self, member_id: int) -> list[Candidate]:
        """Return what a member may want next, the best first."""
        found = select(candidates).where(candidates.c.member_id == member_id).order_by(candidates.c.place)
        rows = await self._connection.execute(found)
        return [Candidate(item_id=row.item_id, reason=row.reason, about=row.about) for row in rows]

    async def choose(self, community_id: int, account_id: int, topic: str, now: datetime, *, wanted: bool) -> None:
        """Keep that an account wants a topic, or wants none of it."""
        row = {
            "account_id": account_id,
            "topic": folded(topic),
            "community_id": community_id,
            "said": topic,
            "wanted": wanted,
            "at": now,
        }
        change = dialect.insert_replacing(self._connection, topic_choices, ["wanted", "said", "at"])
        await self._connection.execute(change, [row])

    async def unchoose(self, account_ids: Collection[int], topic: str) -> None:
        """Forget what the accounts of a member said of a topic."""
        mine = self._among(topic_choices.c.account_id, account_ids), topic_choices.c.topic == folded(topic)
        await self._connection.execute(delete(topic_choices).where(*mine))

    async def chosen(self, account_ids: Collection[int]) -> dict[str, bool]:
        """Return the topics of which the accounts of a member said that they want them, or don't, the newest first."""
        found = select(topic_choices).where(self._among(topic_choices.c.account_id, account_ids))
        kept: dict[str, bool] = {}
        names: dict[str, str] = {}
        for row in await self._connection.execute(found.order_by(topic_choices.c.at.desc(), topic_choices.c.topic)):
            if row.topic not in names:
                names[row.topic] = row.said
                kept[row.said] = row.wanted
        return kept


def _done(community_id: int, item_id: int | None) -> CompoundSelect[Any]:
    """Return what members did with items, a row for each: 1 for what they did; paid for with points, or alone."""
    back, refund = ledger.alias(), payments.alias()
    undone = select(back.c.id).where(back.c.reverses_id == uses.c.entry_id).exists()
    steps: dict[str, ColumnElement[bool]] = {
        name.removesuffix("_at"): uses.c[name].is_not(None) for name in ("shown_at", *_TIMES)
    }
    steps |= {"rated": uses.c.rating.is_not(None), "bought": and_(uses.c.entry_id.is_not(None), not_(undone))}
    marks = [case((steps[name], 1), else_=0).label(name) for name in _STEPS]
    of_uses = (
        select(accounts.c.member_id, *marks)
        .join(uses, uses.c.account_id == accounts.c.id)
        .where(uses.c.community_id == community_id)
    )
    whole = or_(refund.c.amount.is_(None), refund.c.amount >= payments.c.amount)
    returned = select(refund.c.id).where(
        refund.c.community_id == payments.c.community_id, refund.c.refunds == payments.c.key, whole
    )
    alone = (
        select(accounts.c.member_id, *(literal(int(name == "bought")).label(name) for name in _STEPS))
        .join(payments, payments.c.account_id == accounts.c.id)
        .join(plans, plans.c.id == payments.c.plan_id)
        .where(plans.c.community_id == community_id, plans.c.item_id.is_not(None))
        .where(payments.c.kind.in_([PaymentKind.PAID.value, PaymentKind.RENEWED.value]), ~returned.exists())
    )
    if item_id is not None:
        of_uses, alone = of_uses.where(uses.c.item_id == item_id), alone.where(plans.c.item_id == item_id)
    return union_all(of_uses, alone)


def _sources(community_id: int) -> Select[Any]:
    """Return through which invite links members came, the first with the place 1."""
    order = func.row_number().over(partition_by=accounts.c.member_id, order_by=(seen.c.at, seen.c.id))
    return (
        select(accounts.c.member_id, seen.c.source, order.label("place"))
        .join(accounts, accounts.c.id == seen.c.account_id)
        .where(seen.c.community_id == community_id, seen.c.kind == Kind.JOINED, seen.c.source.is_not(None))
    )


def _together(known: Use | None, row: Any) -> Use:
    def first(name: str) -> datetime | None:
        times = [each for each in (getattr(known, name, None), getattr(row, name)) if each is not None]
        return min(times, default=None)

    paid = None if row.undone else row.entry_id
    rated = row.rating if row.rating is not None else getattr(known, "rating", None)
    return Use(
        item_id=row.item_id,
        rating=rated,
        entry_id=paid if paid is not None else getattr(known, "entry_id", None),
        **{name: first(name) for name in _TIMES},
    )
