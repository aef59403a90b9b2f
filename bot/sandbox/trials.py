"""What the sample community is asked one by one, of whom some are held out: written by the code that draws them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from bot.platforms.playground.scene import PLATFORM
from bot.sandbox.sample import Habit
from bot.sandbox.season import Season
from core.domain.activities import EVERYBODY, Run
from core.domain.kinds import Kind
from core.domain.people import Account
from core.domain.pushes import is_held_out
from core.domain.tasks import Task
from core.kit import Context, Texts
from core.kit.effects import draw_of, expose
from core.store.interactions import Interaction
from core.studies.effects import count_outcomes

_SHY = 0.75  # how often who seldom says anything answers when asked alone, of what somebody talkative does


class Trials(Season):
    """Write the runs of what is said to each alone, once what people did is counted."""

    async def hold(self, until: datetime) -> None:
        """Write down the runs up to `until` and what came of those whose week is over, and plan those that follow."""
        accounts = await self.accounts()
        for habit in self.cast.habits:
            if not habit.direct:
                continue
            activity = await self.set_up(habit, until, accounts)
            async for run in self.runs(activity, until):
                asked = await self._asked(run, accounts)
                answering = list(self._answering(habit, run, asked))
                rows = [row for each in answering for row in (self._part(run, each), self._answer(run, each))]
                await self.unit.interactions.add(rows)
                entries = [entry for each in answering for entry in self._points(run, each)]
                await self.unit.ledger.book([(self.community.id, entry) for entry in entries])
            await self.plan(activity, until)
        at_night = Task(action=count_outcomes.__name__, community_id=self.community.id, subject="")
        await count_outcomes(self._at(until), at_night)

    def _at(self, now: datetime) -> Context:
        return Context(self.unit, now, self.community, Texts(self.cast.language), self.space, kinds=self.registry.kinds)

    async def _asked(self, run: Run, accounts: Mapping[str, Account]) -> dict[str, Account]:
        """Write down who is asked in a run and who is held out; return who is asked."""
        context = self._at(run.due_at)
        draw = await draw_of(context, self.registry.kinds[run.activity.kind], run)
        if draw is None:
            return dict(accounts)
        there = await self.unit.pushes.addressees(self.community.id, EVERYBODY, run.due_at)
        await expose(self.unit, self.community.id, draw, there)
        return {
            who: account
            for who, account in accounts.items()
            if not is_held_out(account.member_id, draw.name, draw.share)
        }

    def _answering(self, habit: Habit, run: Run, asked: Mapping[str, Account]) -> Iterator[Account]:
        # Made-up people need no unforeseeable numbers.
        chance = Random(f"{self.cast.language} {habit.kind} {run.slot} alone")
        for soul in self.cast.souls:
            often = habit.join * max(self.share(soul), _SHY)
            if chance.random() < often and soul.person.id in asked:
                yield asked[soul.person.id]

    def _answer(self, run: Run, account: Account) -> Interaction:
        """Return what somebody wrote in the room to answer."""
        key, at = f"m:alone-{run.name}-{account.external_id}", run.due_at + timedelta(minutes=5 + account.id % 90)
        here = self.community.id, self.space.id
        return Interaction(PLATFORM, key, *here, Kind.MESSAGE, at, run.activity.room_id, account.id)
