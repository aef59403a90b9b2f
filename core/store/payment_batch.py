"""Many things that were told of payments, booked by a few statements as one after the other would be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select, update

from core.domain.plans import Payment, PaymentKind
from core.store import bulk, dialect
from core.store.plans import code_hash
from core.store.rows import Aggregate
from core.store.tables.plans import entitlements, payments

PRESENT_KEY = "present:"  # begins the key of what was paid for somebody else, before that of the payment
PLAIN = ("key", "at", "plan_id", "until", "amount", "currency", "refunds")  # columns that a payment holds as they are


class Telling(NamedTuple):
    """What was told of the entitlement `key`, whose it is where that is known, and what they say to have it."""

    key: str
    payment: Payment
    account_id: int | None
    claim: str


@dataclass(slots=True, eq=False)
class _Owned:
    """An entitlement as it stands; `given` where it became somebody's, with all that was told of it."""

    id: int
    key: str
    account_id: int | None = None
    claim_hash: str | None = None
    payments: set[_Told] = field(default_factory=set)
    given: bool = False

    def give(self, account_id: int) -> None:
        self.account_id, self.claim_hash, self.given = account_id, None, True
        for each in self.payments:
            each.account_id = account_id


@dataclass(slots=True, eq=False)
class _Told:
    """A payment as it stands: of which entitlement, whose, and of what it is a refund."""

    id: int
    of: _Owned
    account_id: int | None
    refunds: str
    new: Payment | None = None


class PaymentBatch(Aggregate):
    """Book many things at once in a community that is held against other writers."""

    async def load(self, community_id: int, told: Sequence[Telling]) -> None:
        """Bring to mind what is known of all that will be told."""
        self._community_id = community_id
        self._owned: dict[str, _Owned] = {}
        self._told: dict[str, _Told] = {}
        self._refunds: defaultdict[str, list[_Told]] = defaultdict(list)
        self._new: list[_Owned] = []
        presents = [f"{PRESENT_KEY}{each.payment.refunds}" for each in told if _gives_back(each.payment)]
        keys = {each.payment.key for each in told} | {f"{each}:over" for each in presents}
        named = keys | {each.payment.refunds for each in told if each.payment.refunds}
        rows = [*await self._payments(payments.c.key, named), *await self._payments(payments.c.refunds, keys)]
        of = await self._entitlements(rows, {each.key for each in told} | set(presents))
        for row in rows:
            if row.key not in self._told:
                self._know(row.key, _Told(row.id, of[row.entitlement_id], row.account_id, row.refunds))
        self._there = {each.id: (each.of.id, each.account_id) for each in self._told.values()}
        self._ids = iter((await dialect.next_ids(self._connection, (entitlements,), len(told)))[0])

    async def _payments(self, column: Any, keys: Collection[str]) -> Sequence[Any]:
        found = select(
            payments.c.id, payments.c.key, payments.c.entitlement_id, payments.c.account_id, payments.c.refunds
        )
        mine = payments.c.community_id == self._community_id, self._among(column, keys)
        return (await self._connection.execute(found.where(*mine))).all()

    async def _entitlements(self, told: Collection[Any], keys: Collection[str]) -> dict[int, _Owned]:
        """Return what is known by these keys, or owns what was told, by id."""
        columns = entitlements.c.id, entitlements.c.key, entitlements.c.account_id, entitlements.c.claim_hash
        named = entitlements.c.community_id == self._community_id, self._among(entitlements.c.key, keys)
        owners = self._among(entitlements.c.id, sorted({row.entitlement_id for row in told}))
        rows = [
            *await self._connection.execute(select(*columns).where(*named)),
            *await self._connection.execute(select(*columns).where(owners)),
        ]
        found = {row.id: _Owned(*row) for row in rows}
        self._owned |= {each.key: each for each in found.values()}
        self._was = {each.id: (each.account_id, each.claim_hash) for each in found.values()}
        return found

    def book(self, told: Telling) -> bool:
        """Book as `Payments.book` does, and return whether it wasn't booked before."""
        payment = told.payment
        of, owner = self._entitlement(told.key, payment.refunds)
        if owner is None and told.account_id is not None:
            of.give(told.account_id)
        elif owner is None and told.claim:
            of.claim_hash = code_hash(told.claim)
        if payment.key in self._told:
            return False
        account_id = told.account_id if owner is None else owner
        self._know(payment.key, _Told(0, of, account_id, payment.refunds, payment))
        for early in self._refunds.get(payment.key, ()):
            early.of.payments.remove(early)
            early.of, early.account_id = of, account_id
            of.payments.add(early)
        if _gives_back(payment):
            self._end_present(f"{PRESENT_KEY}{payment.refunds}", payment.at)
        return True

    def _entitlement(self, key: str, refunds: str) -> tuple[_Owned, int | None]:
        if refunds and (known := self._told.get(refunds)) is not None:
            return known.of, known.account_id
        if (there := self._owned.get(key)) is None:
            there = self._owned[key] = _Owned(next(self._ids), key)
            self._new.append(there)
            return there, None
        return there, there.account_id

    def _end_present(self, key: str, at: datetime) -> None:
        if (there := self._owned.get(key)) is None:
            return
        waits, there.claim_hash = there.claim_hash, None
        if waits is None:
            over = Payment(key=f"{key}:over", kind=PaymentKind.EXPIRED, at=at)
            self.book(Telling(key, over, there.account_id, ""))

    def _know(self, key: str, told: _Told) -> None:
        self._told[key] = told
        told.of.payments.add(told)
        if told.refunds:
            self._refunds[told.refunds].append(told)

    async def write(self, now: datetime) -> None:
        """Write what became of it."""
        names = ("id", "community_id", "account_id", "key", "claim_hash", "created_at")
        rows = [(each.id, self._community_id, each.account_id, each.key, each.claim_hash, now) for each in self._new]
        await bulk.write_rows(self._connection, entitlements, names, rows)
        changed = [
            (each.id, each.account_id, each.claim_hash)
            for each in self._owned.values()
            if each.id in self._was and self._was[each.id] != (each.account_id, each.claim_hash)
        ]
        await bulk.overwrite_rows(self._connection, entitlements, ("account_id", "claim_hash"), changed)
        await self._give([each.id for each in self._owned.values() if each.given and each.id in self._was])
        await self._write_payments()

    async def _give(self, given: Collection[int]) -> None:
        """Let what was told before of what became somebody's be theirs too."""
        if given:
            owner = select(entitlements.c.account_id).where(entitlements.c.id == payments.c.entitlement_id)
            mine = update(payments).where(self._among(payments.c.entitlement_id, given))
            await self._connection.execute(mine.values(account_id=owner.scalar_subquery()))

    async def _write_payments(self) -> None:
        moved = [
            (each.id, each.of.id, each.account_id)
            for each in self._told.values()
            if each.id and self._there[each.id] != (each.of.id, each.account_id)
        ]
        await bulk.overwrite_rows(self._connection, payments, ("entitlement_id", "account_id"), moved)
        new = [(each, each.new) for each in self._told.values() if each.new is not None]
        names = ("community_id", "entitlement_id", "account_id", "kind", *PLAIN)
        rows = [
            (self._community_id, each.of.id, each.account_id, what.kind.value, *(getattr(what, name) for name in PLAIN))
            for each, what in new
        ]
        await bulk.write_rows(self._connection, payments, names, rows)


def _gives_back(payment: Payment) -> bool:
    return payment.kind is PaymentKind.REFUNDED and bool(payment.refunds)
