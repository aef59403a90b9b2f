"""What was told of payments, each once, and whose subscriptions they are of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, update

from core.domain.plans import STARS, Payment, PaymentKind
from core.domain.stripe import PREFIX
from core.store import dialect
from core.store.payment_batch import PLAIN, PRESENT_KEY, PaymentBatch, Telling
from core.store.plans import code_hash
from core.store.rows import Aggregate
from core.store.tables.plans import entitlements, payments

PLACE_KEY = "place:"  # begins the key of what was paid for being in a space
ROLE_KEY = "role:"  # begins the key of what comes with a role


def stars_key(charge: str) -> str:
    """Return under what a payment in Stars is kept, by what its platform calls it."""
    return f"stars:{charge}"


def coupon_key(code_id: int) -> str:
    """Return how it begins under what is kept that somebody used a coupon."""
    return f"coupon:{code_id}:"


def refund_key(charge: str) -> str:
    """Return under what it is kept that a payment in Stars was given back."""
    return f"stars-back:{charge}"


@dataclass(frozen=True, slots=True)
class Present:
    """A plan that somebody paid for somebody else: the payment, and whose it is: None where nobody took it yet."""

    id: int
    payment: Payment
    account_id: int | None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A subscription, a purchase or a gift: by what it is known, whose it is (None: nobody's yet), what was told."""

    id: int
    key: str
    account_id: int | None
    payments: tuple[Payment, ...]

    @property
    def opening(self) -> bool:
        """Say whether anything of it opens a plan."""
        return any(each.plan_id is not None for each in self.payments)


class Payments(Aggregate):
    """Book what was told of payments, and read it."""

    async def book(
        self, community_id: int, key: str, payment: Payment, now: datetime, *, account_id: int | None, claim: str = ""
    ) -> bool:
        """Book what was told of the entitlement `key`, and return whether it wasn't before.

        An entitlement that is nobody's yet is `account_id`'s from now on, or waits for whoever says `claim`.
        """
        entitlement_id, owner = await self._entitlement(community_id, key, payment.refunds, now)
        if owner is None:
            await self._promise(entitlement_id, account_id, claim)
        row = {
            "community_id": community_id,
            "entitlement_id": entitlement_id,
            "account_id": owner if owner is not None else account_id,
            "kind": payment.kind.value,
            **{name: getattr(payment, name) for name in PLAIN},
        }
        new = dialect.insert_new(self._connection, payments).returning(payments.c.id)
        if (await self._connection.execute(new, row)).first() is None:
            return False
        early = payments.c.community_id == community_id, payments.c.refunds == payment.key
        mine = {"entitlement_id": entitlement_id, "account_id": row["account_id"]}
        await self._connection.execute(update(payments).where(*early).values(mine))
        if payment.kind is PaymentKind.REFUNDED and payment.refunds:
            await self._end_present(community_id, f"{PRESENT_KEY}{payment.refunds}", payment.at)
        return True

    async def book_all(self, community_id: int, told: Sequence[Telling], now: datetime) -> int:
        """Book as `book` does one after the other, and return how many weren't before; others are to be held back."""
        if not told:
            return 0
        batch = PaymentBatch(self._connection)
        await batch.load(community_id, told)
        added = sum([batch.book(each) for each in told])
        await batch.write(now)
        return added

    async def _entitlement(self, community_id: int, key: str, refunds: str, now: datetime) -> tuple[int, int | None]:
        """Return an entitlement and whose it is: a refund belongs to that of what it gives back, once that is told."""
        if refunds:
            paid = payments.c.community_id == community_id, payments.c.key == refunds
            of = select(payments.c.entitlement_id, payments.c.account_id).where(*paid)
            if (known := (await self._connection.execute(of)).first()) is not None:
                return known.entitlement_id, known.account_id
        new = {"community_id": community_id, "key": key, "created_at": now}
        begun = dialect.insert_new(self._connection, entitlements).returning(entitlements.c.id)
        if (first := (await self._connection.execute(begun, new)).scalar()) is not None:
            return int(first), None
        found = select(entitlements.c.id, entitlements.c.account_id).where(
            entitlements.c.community_id == community_id, entitlements.c.key == key
        )
        row = (await self._connection.execute(found)).one()
        return row.id, row.account_id

    async def give_back(self, community_id: int, charge: str, account_id: int | None, now: datetime) -> bool:
        """Book that a payment in Stars was given back, and return whether that wasn't known."""
        paid = stars_key(charge)
        back = Payment(key=refund_key(charge), kind=PaymentKind.REFUNDED, at=now, currency=STARS, refunds=paid)
        return await self.book(community_id, paid, back, now, account_id=account_id)

    async def offer_present(self, community_id: int, paid: str, code: str, now: datetime) -> bool:
        """Let whoever says `code` first have what the payment `paid` is for, and return whether it wasn't paid back."""
        back = select(payments.c.id).where(payments.c.community_id == community_id, payments.c.refunds == paid)
        if (await self._connection.execute(back.limit(1))).first() is not None:
            return False
        await self.hold(community_id, f"{PRESENT_KEY}{paid}", None, now, claim=code)
        return True

    async def present_coded(self, community_id: int, code: str) -> Present | None:
        """Return the present that waits for whoever says `code`, None where none does."""
        waits = (
            entitlements.c.claim_hash == code_hash(code),
            entitlements.c.key.startswith(PRESENT_KEY, autoescape=True),
        )
        found = await self._presents(entitlements.c.community_id == community_id, *waits)
        return found[0] if found else None

    async def present(self, community_id: int, present_id: int) -> Present | None:
        """Return a present that still waits for somebody, None for any other."""
        waits = entitlements.c.id == present_id, entitlements.c.claim_hash.is_not(None)
        found = await self._presents(entitlements.c.community_id == community_id, *waits)
        return found[0] if found else None

    async def presents_of(self, account_ids: Collection[int]) -> list[Present]:
        """Return what these accounts paid for others and didn't get back, the oldest first."""
        waits = or_(entitlements.c.claim_hash.is_not(None), entitlements.c.account_id.is_not(None))
        return await self._presents(self._among(payments.c.account_id, account_ids), waits)

    async def take_present(
        self, community_id: int, present: Present, payment: Payment, account_id: int, now: datetime
    ) -> None:
        """Give a present to an account, open from `payment` on."""
        await self.give(present.id, account_id)
        key = f"{PRESENT_KEY}{present.payment.key}"
        await self.book(community_id, key, payment, now, account_id=account_id)

    async def _presents(self, *where: ColumnElement[bool]) -> list[Present]:
        of_payment = entitlements.c.key == literal(PRESENT_KEY).concat(payments.c.key)
        found = (
            select(payments, entitlements.c.id.label("present"), entitlements.c.account_id.label("whose"))
            .join(entitlements, and_(of_payment, entitlements.c.community_id == payments.c.community_id))
            .where(payments.c.kind == PaymentKind.PRESENT.value, *where)
            .order_by(payments.c.id)
        )
        return [Present(row.present, _payment(row), row.whose) for row in await self._connection.execute(found)]

    async def _end_present(self, community_id: int, key: str, at: datetime) -> None:
        """Let nobody take a present that was paid back, and end it for whoever took it."""
        found = select(entitlements.c.id, entitlements.c.account_id, entitlements.c.claim_hash).where(
            entitlements.c.community_id == community_id, entitlements.c.key == key
        )
        row = (await self._connection.execute(found)).first()
        if row is None:
            return
        void = update(entitlements).where(entitlements.c.id == row.id)
        await self._connection.execute(void.values(claim_hash=None))
        if row.claim_hash is None:
            over = Payment(key=f"{key}:over", kind=PaymentKind.EXPIRED, at=at)
            await self.book(community_id, key, over, at, account_id=row.account_id)

    async def hold(
        self, community_id: int, key: str, account_id: int | None, now: datetime, *, claim: str = ""
    ) -> None:
        """Keep the entitlement `key`, which opens nothing yet, for an account, or for whoever says `claim`."""
        entitlement_id, owner = await self._entitlement(community_id, key, "", now)
        if owner is None:
            await self._promise(entitlement_id, account_id, claim)

    async def _promise(self, entitlement_id: int, account_id: int | None, claim: str) -> None:
        if account_id is not None:
            await self.give(entitlement_id, account_id)
        elif claim:
            waits = update(entitlements).where(entitlements.c.id == entitlement_id)
            await self._connection.execute(waits.values(claim_hash=code_hash(claim)))

    async def opens(self, community_id: int, key: str) -> bool:
        """Say whether something was told of the entitlement `key` that opens a plan."""
        found = (
            select(payments.c.id)
            .join(entitlements, entitlements.c.id == payments.c.entitlement_id)
            .where(entitlements.c.community_id == community_id, entitlements.c.key == key)
            .where(payments.c.plan_id.is_not(None))
        )
        return (await self._connection.execute(found.limit(1))).first() is not None

    async def call_too(self, community_id: int, key: str, other: str, now: datetime) -> None:
        """Let a refund of `other` be one of the payment `key`; those that were told before are from now on."""
        new = {"community_id": community_id, "key": f"{other}={key}", "created_at": now}
        await self._connection.execute(dialect.insert_new(self._connection, entitlements), [new])
        early = update(payments).where(payments.c.community_id == community_id, payments.c.refunds == other)
        values: dict[str, Any] = {"refunds": key}
        paid = select(payments.c.entitlement_id, payments.c.account_id).where(
            payments.c.community_id == community_id, payments.c.key == key
        )
        if (known := (await self._connection.execute(paid)).first()) is not None:
            values |= known._mapping
        await self._connection.execute(early.values(values))

    async def called(self, community_id: int, key: str) -> str:
        """Return the key of the payment that is called `key` too, `key` itself where none is."""
        begins = f"{key}="
        found = select(entitlements.c.key).where(
            entitlements.c.community_id == community_id, entitlements.c.key.startswith(begins, autoescape=True)
        )
        other: str | None = (await self._connection.execute(found)).scalar()
        return key if other is None else other.removeprefix(begins)

    async def give(self, entitlement_id: int, account_id: int) -> None:
        """Let an entitlement, and what was told of it, be an account's; nobody else can claim it any more."""
        whose = update(entitlements).where(entitlements.c.id == entitlement_id)
        await self._connection.execute(whose.values(account_id=account_id, claim_hash=None))
        told = update(payments).where(payments.c.entitlement_id == entitlement_id)
        await self._connection.execute(told.values(account_id=account_id))

    async def claim(self, community_id: int, claim: str, account_id: int) -> Entitlement | None:
        """Give what waits for whoever says `claim` to an account and return it, None where nothing does."""
        found = await self._found(
            entitlements.c.community_id == community_id,
            entitlements.c.claim_hash == code_hash(claim),
            entitlements.c.account_id.is_(None),
        )
        if not found:
            return None
        await self.give(found[0].id, account_id)
        return found[0]

    async def has(self, account_ids: Collection[int], key: str) -> bool:
        """Say whether one of these accounts has an entitlement by this key."""
        mine = self._among(entitlements.c.account_id, account_ids), entitlements.c.key.startswith(key, autoescape=True)
        return (await self._connection.execute(select(entitlements.c.id).where(*mine))).first() is not None

    async def of(self, account_ids: Collection[int]) -> list[Entitlement]:
        """Return what the accounts of a member have."""
        return await self._found(self._among(entitlements.c.account_id, account_ids))

    async def known(self, keys: Collection[str]) -> set[str]:
        """Return which of these keys something is booked under, in any community."""
        found = select(payments.c.key).where(payments.c.key.in_(keys))
        return set((await self._connection.execute(found)).scalars())

    async def holders(self, community_id: int, prefix: str) -> set[int]:
        """Return the accounts that have entitlements whose key begins so."""
        found = select(entitlements.c.account_id).where(
            entitlements.c.community_id == community_id,
            entitlements.c.key.startswith(prefix, autoescape=True),
            entitlements.c.account_id.is_not(None),
        )
        return set((await self._connection.execute(found)).scalars())

    async def all(self, community_id: int) -> list[Entitlement]:
        """Return all that was told to a community; of what Stripe tells only what has to do with plans."""
        found = await self._found(entitlements.c.community_id == community_id)
        return [each for each in found if not each.key.startswith(PREFIX) or each.opening]

    async def any(self, community_id: int) -> bool:
        """Say whether anything was told to a community."""
        found = select(payments.c.id).where(payments.c.community_id == community_id).limit(1)
        return (await self._connection.execute(found)).first() is not None

    async def ending(self, community_id: int, since: datetime, until: datetime) -> list[Entitlement]:
        """Return, with all that was told of them, the subscriptions of which something paid ends in a time."""
        ends = select(payments.c.entitlement_id).where(
            payments.c.community_id == community_id, payments.c.until >= since, payments.c.until < until
        )
        return await self._found(entitlements.c.community_id == community_id, entitlements.c.id.in_(ends))

    async def _found(self, *where: ColumnElement[bool]) -> list[Entitlement]:
        told: Select[Any] = (
            select(payments, entitlements.c.key.label("of"), entitlements.c.account_id.label("whose"))
            .join(entitlements, entitlements.c.id == payments.c.entitlement_id)
            .where(*where)
            .order_by(payments.c.entitlement_id, payments.c.id)
        )
        kept: dict[int, list[Payment]] = {}
        named: dict[int, tuple[str, int | None]] = {}
        for row in await self._connection.execute(told):
            named[row.entitlement_id] = row.of, row.whose
            kept.setdefault(row.entitlement_id, []).append(_payment(row))
        return [Entitlement(each, *named[each], tuple(told)) for each, told in kept.items()]


def _payment(row: Any) -> Payment:
    return Payment(kind=PaymentKind(row.kind), **{name: getattr(row, name) for name in PLAIN})
