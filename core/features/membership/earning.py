"""Points for what people do: messages, replies and reactions received, and taking them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.events import Event, MessageDeleted, MessageSent, ReactionAdded, ReactionRemoved, message_key
from core.domain.kinds import kind_of
from core.domain.people import Member, served
from core.domain.points import Entry, Reason
from core.domain.scoring import Contribution, score
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


def _score(happening: Happening, event: Event, message: str | None) -> None:
    account, member, target = happening.account, happening.member, happening.target
    if account is None or member is None or not happening.earns:
        return
    deed = Contribution(
        kind_of(event),
        event.key,
        event.platform,
        event.at,
        happening.day(event.at),
        account.id,
        None if target is None else target.id,
        message,
        same=target is not None and target.member_id == account.member_id,
        author_earns=served(member),
        target_earns=served(member) and happening.target_member is not None and served(happening.target_member),
    )
    score(happening.rules, deed, _Live(happening))


@on(MessageSent)
def reward_message(happening: Happening, event: MessageSent) -> None:
    """Give points for a message, and to whom it answers."""
    _score(happening, event, None)


@on(ReactionAdded)
def reward_reaction(happening: Happening, event: ReactionAdded) -> None:
    """Give points to whom a reaction is for."""
    _score(happening, event, message_key(event.message))


@on(ReactionRemoved)
def take_back_reaction(happening: Happening, event: ReactionRemoved) -> None:
    """Take back what somebody's reactions to a message gave when the last of them goes."""
    _take_back(happening, event)


@on(MessageDeleted)
def take_back_message(happening: Happening, event: MessageDeleted) -> None:
    """Take back what a message gave, to its writer and to whom it answered, when it goes."""
    _take_back(happening, event)


def _take_back(happening: Happening, event: Event) -> None:
    for key in happening.books.gone.get(event.key, ()):
        happening.books.take_back(happening, key, event.at)
