"""The playground's own polls: who chose what, as everybody sees it, and the events that come of a vote."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.domain.events import ELSEWHERE, Event, PollCounted, PollVoted
from core.domain.people import Person
from core.domain.polls import MOST, Change, PollLimits, Question, changed

LIMITS = PollLimits(options=MOST, text=300, option=100, explanation=200)


@dataclass(slots=True)
class ShownPoll:
    """A poll under a message: what each person chose, by id, and whether anybody may still choose."""

    question: Question
    votes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    closed: bool = False

    @property
    def counts(self) -> tuple[int, ...]:
        """Return how often each option was chosen."""
        return tuple(
            sum(place in chosen for chosen in self.votes.values()) for place in range(len(self.question.options))
        )

    def share(self, place: int) -> int:
        """Return how many of a hundred voters chose an option."""
        return round(100 * self.counts[place] / len(self.votes)) if self.votes else 0

    def chosen(self, person: str) -> tuple[int, ...]:
        """Return what somebody chose."""
        return self.votes.get(person, ())

    def tells(self, person: str) -> bool:
        """Say whether somebody sees the figures: once they chose, and everybody at the end."""
        return self.closed or bool(self.chosen(person))

    def vote(self, person: str, option: int) -> bool:
        """Let somebody choose an option, or take it back; False where nothing comes of it.

        A quiz is answered once. Raise LookupError for no option of an open poll.
        """
        if self.closed or not 0 <= option < len(self.question.options):
            raise LookupError(option)
        before = self.chosen(person)
        if before and self.question.is_quiz:
            return False
        change = Change.LESS if option in before else Change.MORE
        after = changed(before, change, [option], self.question)
        if after:
            self.votes[person] = after
        else:
            del self.votes[person]
        return True


def voted(platform: str, key: str, message: str, poll: ShownPoll, person: Person, now: datetime) -> Event:
    """Return what the platform tells of a vote: of an anonymous poll nothing but the figures."""
    if poll.question.anonymous:
        return PollCounted(platform=platform, key=key, space=ELSEWHERE, at=now, poll=message, counts=poll.counts)
    chosen = poll.chosen(person.id)
    return PollVoted(platform=platform, key=key, space=ELSEWHERE, at=now, actor=person, poll=message, options=chosen)
