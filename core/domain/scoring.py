"""What an interaction gives: one set of rules, for what happens now and for a replay of what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.kinds import WRITTEN, Kind
from core.domain.points import Entry, Reason, Rules


@dataclass(slots=True)  # frozen it would take twice the time to make, once for each event
class Contribution:
    """What somebody did as the rules of points see it: accounts by id, `day` the community's calendar day,
    which counts where there is a target: what others give has caps a day.

    `author` wrote or reacted; `target` wrote what was answered or reacted to. `same` says that both are one member,
    `author_earns` and `target_earns` that bots, leavers by consent and the like are not meant.
    """

    kind: Kind
    key: str
    platform: str
    at: datetime
    day: str
    author: int
    target: int | None = None
    message_key: str | None = None
    same: bool = False
    author_earns: bool = True
    target_earns: bool = True


class Ledgerlike(Protocol):
    """What the rules must know of the books: the last reward, what a day gave already, and keys that are taken."""

    def rewarded_at(self, account_id: int) -> datetime | None: ...

    def reward(self, account_id: int, at: datetime) -> None: ...

    def given(self, account_id: int, reason: Reason, day: str) -> int: ...

    def offer(self, entry: Entry, *, fresh: bool) -> bool: ...


def message_entry_key(platform: str, key: str) -> str:
    """Return the ledger key of a message's points."""
    return f"message:{platform}:{key}"


def reply_entry_key(target: int, author: int, day: str) -> str:
    """Return the ledger key of the points for a reply from somebody new that day."""
    return f"reply:{target}:{author}:{day}"


def reaction_entry_key(platform: str, message_key: str, author: int) -> str:
    """Return the ledger key of the points for a reaction: one for each message and person."""
    return f"reaction:{platform}:{message_key}:{author}"


def score(rules: Rules, deed: Contribution, books: Ledgerlike) -> None:
    """Offer to `books` what `deed` gives under `rules`."""
    if deed.kind in WRITTEN:
        _score_message(rules, deed, books)
    for entry, cap in _received(rules, deed):
        if books.given(entry.account_id, entry.reason, deed.day) < cap:
            books.offer(entry, fresh=False)


def _score_message(rules: Rules, deed: Contribution, books: Ledgerlike) -> None:
    if not deed.author_earns or not rules.rested(books.rewarded_at(deed.author), deed.at):
        return
    amount = rules.message_points(deed.key)
    key = message_entry_key(deed.platform, deed.key)
    if amount and books.offer(Entry(deed.author, amount, Reason.MESSAGE, key, deed.at, amount), fresh=True):
        books.reward(deed.author, deed.at)


def _received(rules: Rules, deed: Contribution) -> Iterator[tuple[Entry, int]]:
    """Yield what the person addressed receives, and how many of it a day may bring."""
    if deed.target is None or deed.same or not deed.target_earns:
        return
    if deed.kind is Kind.REPLY and rules.reply:
        key = reply_entry_key(deed.target, deed.author, deed.day)
        entry = Entry(
            deed.target,
            rules.reply,
            Reason.REPLY,
            key,
            deed.at,
            rules.reply,
            deed.key,
            actor_account_id=deed.author,
        )
        yield entry, rules.replies_a_day
    if deed.kind is Kind.REACTION and rules.reaction and deed.message_key:
        key = reaction_entry_key(deed.platform, deed.message_key, deed.author)
        entry = Entry(
            deed.target,
            rules.reaction,
            Reason.REACTION,
            key,
            deed.at,
            rules.reaction,
            actor_account_id=deed.author,
        )
        yield entry, rules.reactions_a_day
