"""Points for what people do: messages, replies and reactions received, and taking them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.events import Event, MessageDeleted, MessageSent, ReactionAdded, ReactionRemoved, message_key
from core.domain.people import Consent, Member
from core.domain.points import Entry, Reason
from core.domain.scoring import Fact, message_entry_key, reaction_entry_key, reply_entry_key, score
from core.kit import Happening, on


@dataclass(frozen=True, slots=True)
class _Live:
    """The books of the batch under way, as the rules see them."""

    happening: Happening

    def rewarded_at(self, account_id: int) -> datetime | None:
        return self._member(account_id).rewarded_at

    def reward(self, account_id: int, at: datetime) -> None:
        self._member(account_id).rewarded_at = at

    def given(self, account_id: int, reason: Reason, day: str) -> int:
        return self.happening.books.tally.get((account_id, reason, day), 0)

    def offer(self, entry: Entry, *, fresh: bool) -> bool:
        books = self.happening.books
        if not books.give(self.happening, entry, fresh=fresh):
            return False
        if not fresh:
            place = (entry.account_id, entry.reason, self.happening.day(entry.at))
            books.tally[place] = books.tally.get(place, 0) + 1
        return True

    def _member(self, account_id: int) -> Member:
        books = self.happening.books
        return books.members[books.accounts[account_id].member_id]


def _earns(member: Member | None) -> bool:
    return member is not None and not member.bot and member.consent is not Consent.OUT


def _score(happening: Happening, event: Event, kind: str, message: str | None) -> None:
    account, target = happening.account, happening.target
    if account is None or not happening.earns:
        return
    fact = Fact(
        kind,
        event.key,
        event.platform,
        event.at,
        happening.day(event.at),
        account.id,
        None if target is None else target.id,
        message,
        same=target is not None and target.member_id == account.member_id,
        author_earns=_earns(happening.member),
        target_earns=_earns(happening.target_member) and _earns(happening.member),
    )
    score(happening.rules, fact, _Live(happening))


@on(MessageSent)
def reward_message(happening: Happening, event: MessageSent) -> None:
    """Give points for a message, and to whom it answers."""
    _score(happening, event, "reply" if event.is_reply else "message", None)


@on(ReactionAdded)
def reward_reaction(happening: Happening, event: ReactionAdded) -> None:
    """Give points to whom a reaction is for."""
    _score(happening, event, "reaction", message_key(event.message))


@on(ReactionRemoved)
def take_back_reaction(happening: Happening, event: ReactionRemoved) -> None:
    """Take back what a reaction gave when it goes."""
    if happening.account is not None:
        key = reaction_entry_key(event.platform, message_key(event.message), happening.account.id)
        happening.books.reverse(happening, key, event.at)


@on(MessageDeleted)
def take_back_message(happening: Happening, event: MessageDeleted) -> None:
    """Take back what a message gave, to its writer and to whom it answered, when it goes."""
    key = message_key(event.message)
    happening.books.reverse(happening, message_entry_key(event.platform, key), event.at)
    for author, target, at in happening.books.replies.get(key, ()):
        happening.books.reverse(happening, reply_entry_key(target, author, happening.day(at)), event.at)
