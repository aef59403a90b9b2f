"""How an entry moves who it is for: never below zero, and nothing that was spent is forgotten."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.people import Member
from core.domain.points import Entry, Reason, level_of

_AGAIN = re.compile(r"^again:\d+:")


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


def post(member: Member, entry: Entry) -> list[Entry]:
    """Move `member` by `entry` and return the rows that say so, which sum up to how balance and lifetime sum moved.

    - The lifetime sum goes no lower than zero. What it would fall short by, a moderator took before (/take): it isn't
      taken twice, from the balance neither, and a row says that the take is settled by as much.
    - The balance goes no lower than zero. What is taken back and was spent meanwhile is owed (`member.owed`).
    - What comes in pays what is owed first, by a row of its own.

    So `balance - owed` is what came in and stands less what was spent and taken, in whatever order it came about.
    """
    rows = [entry]
    short = max(0, -(member.earned + entry.earned))
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
