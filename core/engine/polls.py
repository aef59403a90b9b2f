"""Votes as platforms tell them: of which poll they are, and what is kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.domain.events import Event, PollCounted, PollVoted
from core.domain.facts import Voted, VoteTakenBack
from core.domain.polls import changed
from core.engine.batch import Batch
from core.store.polls import StoredPoll
from core.store.unit import UnitOfWork


@dataclass(slots=True)
class Votes:
    """The votes of one platform's batch, and the polls that they are of."""

    unit: UnitOfWork
    platform: str
    _polls: dict[str, StoredPoll] = field(default_factory=dict)

    async def placed(self, events: Sequence[Event]) -> list[Event]:
        """Return `events`, votes with the place and the name of their poll; those of polls that aren't Kith's go."""
        told = {event.poll for event in events if isinstance(event, PollVoted | PollCounted)}
        if not told:
            return list(events)
        self._polls = await self.unit.polls.known(self.platform, told)
        return [placed for event in events if (placed := self._placed(event)) is not None]

    def _placed(self, event: Event) -> Event | None:
        if not isinstance(event, PollVoted | PollCounted):
            return event
        poll = self._polls.get(event.poll)
        return None if poll is None else replace(event, space=poll.space, room=poll.room, subject=poll.name)

    async def keep(self, batch: Batch, events: Sequence[Event]) -> None:
        """Keep what people chose, and let features know; of who asked to be left out nothing is kept."""
        voted = [event for event in events if isinstance(event, PollVoted)]
        chosen = await self.unit.polls.chosen({self._polls[each.poll].post_id for each in voted}) if voted else {}
        for event in events:
            if isinstance(event, PollCounted):
                await self.unit.polls.count(self._polls[event.poll].post_id, event.counts)
        for event in voted:
            poll, here = self._polls[event.poll], batch.happening(event)
            if here.left_out or here.account is None or here.member is None:
                continue
            place = poll.post_id, here.account.id
            before = chosen.get(place, ())
            after = chosen[place] = changed(before, event.change, event.options, poll.question)
            if after == before:
                continue
            await self.unit.polls.vote(*place, after, event.at)
            fact = Voted if after else VoteTakenBack
            here.raise_(fact(member=here.member, account=here.account, subject=poll.name, at=event.at, options=after))
