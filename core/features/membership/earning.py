"""Points for what people do: messages, replies and reactions received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.events import MessageSent, ReactionAdded, message_key
from core.domain.kinds import kind_of
from core.domain.people import Member, present, served
from core.domain.points import AMOUNT_LIMIT, Entry, Reason
from core.domain.scoring import Contribution, score
from core.kit import Happened, Happening, load, on
from core.store.unit import UnitOfWork

CAPPED = (Reason.REPLY, Reason.REACTION)  # a day
Tally = dict[tuple[int, Reason, str], int]


@load(MessageSent, ReactionAdded)
async def tally(unit: UnitOfWork, happened: Happened[MessageSent | ReactionAdded]) -> Tally:
    """Count what capped reasons gave the people addressed, by account, reason and the community's day."""
    counts: Tally = {}
    places = {here.target.id: here for here, _ in happened if here.target is not None}
    if not places:
        return counts
    since = min(event.at for _, event in happened) - timedelta(days=1)
    for account_id, reason, at in await unit.ledger.tally(places, (*CAPPED, Reason.SUM), since):
        day = places[account_id].day(at)
        # Of the entries of whoever asked to be left out there is but a sum: that day's caps count as reached.
        for each, times in ((reason, 1),) if reason in CAPPED else ((capped, AMOUNT_LIMIT) for capped in CAPPED):
            counts[account_id, each, day] = counts.get((account_id, each, day), 0) + times
    return counts


@dataclass(slots=True)
class _Live:
    """The books of the batch under way, as the rules see them."""

    happening: Happening
    tally: Tally

    def rewarded_at(self, account_id: int) -> datetime | None:
        return self._member(account_id).rewarded_at

    def reward(self, account_id: int, at: datetime) -> None:
        self._member(account_id).rewarded_at = at

    def given(self, account_id: int, reason: Reason, day: str) -> int:
        return self.tally.get((account_id, reason, day), 0)

    def offer(self, entry: Entry, *, fresh: bool) -> bool:
        if not self.happening.books.give(self.happening, entry, fresh=fresh):
            return False
        if not fresh:
            place = (entry.account_id, entry.reason, self.happening.day(entry.at))
            self.tally[place] = self.tally.get(place, 0) + 1
        return True

    def _member(self, account_id: int) -> Member:
        books = self.happening.books
        return books.members[books.accounts[account_id].member_id]


@on(MessageSent)
def reward_message(happening: Happening, event: MessageSent) -> None:
    """Give points for a message, and to whom it answers."""
    _score(happening, event, None)


@on(ReactionAdded)
def reward_reaction(happening: Happening, event: ReactionAdded) -> None:
    """Give points to whom a reaction is for."""
    _score(happening, event, message_key(event.message))


def _score(happening: Happening, event: MessageSent | ReactionAdded, message: str | None) -> None:
    account, member, target = happening.account, happening.member, happening.target
    if account is None or member is None or not happening.earns:
        return
    earns = served(member)
    deed = Contribution(
        kind_of(event),
        event.key,
        event.platform,
        event.at,
        happening.day(event.at) if target is not None else "",
        account.id,
        None if target is None else target.id,
        message,
        same=target is not None and target.member_id == account.member_id,
        author_earns=earns,
        target_earns=earns and happening.target_member is not None and present(happening.target_member),
    )
    score(happening.rules, deed, _Live(happening, happening.loaded(tally)))
