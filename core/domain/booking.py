"""How an entry moves who it is for: never below zero, and nothing that was spent is forgotten."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.people import Member
from core.domain.points import Entry, Reason, level_of

_AGAIN = re.compile(r"^again:\d+:")
FOLLOWS = ("undo", "again", "settled", "debt")  # what keys of entries that follow from another begin with
_FOLLOWING = re.compile(r"^(?:(?:undo|again:\d+|settled|debt):)+")


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take back what was booked under `key` and stands, if anything does."""

    key: str
    at: datetime
    actor_account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """An entry that is taken back: what of it stands, and its id unless it was booked just now."""

    account_id: int
    amount: int
    earned: int
    reason: Reason
    key: str
    id: int | None = None


def key_again(key: str, time: int) -> str:
    """Return the key under which `key` is booked for the `time`th time, from 1: what was taken back may come again."""
    return key if time == 1 else f"again:{time}:{key}"


def first_key(key: str) -> str:
    """Return the key under which something was booked for the first time."""
    return _AGAIN.sub("", key)


def undo_key(key: str) -> str:
    """Return the key of the entry that takes back the one under `key`."""
    return f"undo:{key}"


def root_key(key: str) -> str:
    """Return the key of the entry from which the one under `key` follows, at whatever remove; `key` if from none."""
    return _FOLLOWING.sub("", key)


def key_apart(key: str, community_id: int) -> str:
    """Return the key that `key` of a community becomes where another, which takes it in, has the same."""
    root = root_key(key)
    return f"{key.removesuffix(root)}joined:{community_id}:{root}"


def post(member: Member, entry: Entry, taken: int = 0) -> list[Entry]:
    """Move `member` by `entry` and return the rows that say so, which sum up to how balance and lifetime sum moved.

    - What moderators took (/take; `taken` is what of it may be of this and isn't settled) is not taken twice: what is
      taken back settles that first, of the balance too, and a row says so. So the lifetime sum is what came in and
      stands less what was taken and isn't settled, and never below zero.
    - The balance goes no lower than zero. What is taken back and was spent meanwhile is owed (`member.owed`).
    - What comes in pays what is owed first, by a row of its own.

    So `balance - owed` is what came in and stands less what was spent and taken, in whatever order it came about.
    """
    if entry.amount >= 0 and entry.earned >= 0 and not taken and not member.owed:  # as most are
        member.balance += entry.amount
        member.earned += entry.earned
        member.level = level_of(member.earned)
        return [entry]
    rows = [entry]
    settles = min(-entry.earned, taken) if entry.reason is not Reason.TAKE else 0
    short = max(0, settles, -(member.earned + entry.earned))
    settled = min(short, max(0, -entry.amount))
    if short:
        rows.append(Entry(entry.account_id, settled, Reason.TAKE, f"settled:{entry.key}", entry.at, short))
    balance = member.balance + entry.amount + settled
    if balance < 0:
        rows[0] = replace(entry, amount=entry.amount - balance)
        member.owed -= balance
        balance = 0
    elif paid := min(balance, member.owed):
        rows.append(Entry(entry.account_id, -paid, Reason.DEBT, f"debt:{entry.key}", entry.at))
        member.owed -= paid
        balance -= paid
    member.balance = balance
    member.earned += entry.earned + short
    member.level = level_of(member.earned)
    return rows


def reversal(origin: Origin, back: TakeBack, taken: int = 0) -> Entry:
    """Return the entry that takes `origin` back; `taken` is what of the lifetime sum moderators took and isn't settled.

    A take gives back no more than that: what it took may have been taken back itself since.
    """
    amount, earned = origin.amount, origin.earned
    if origin.reason is Reason.TAKE and earned < 0:
        settled = max(0, -earned - taken)
        amount, earned = min(amount + settled, 0), earned + settled
    return Entry(
        origin.account_id,
        -amount,
        Reason.REVERSAL,
        undo_key(origin.key),
        back.at,
        -earned,
        actor_account_id=back.actor_account_id,
        reverses_id=origin.id,
    )
