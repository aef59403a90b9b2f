"""What the sample community answered in surveys and pulses, told by the code that tells of any community."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from bot.sandbox.sample import Habit
from bot.sandbox.season import Season
from core.activities.survey import follow_survey, survey
from core.domain.activities import Run
from core.domain.people import Account
from core.domain.surveys import AFTER, Ask, Given, Question
from core.kit import Context, Texts
from core.kit.surveys import questions, release_later
from core.store.interactions import Interaction

_ON = "pulse"  # the setting
# How many of a hundred say what: most are content, and more so from round to round.
_SAID = {
    Ask.NPS: ((3, 5, 6, 7, 8, 9, 10), (5, 7, 12, 16, 20, 22, 18)),
    Ask.PULSE: ((1, 2, 3, 4, 5), (8, 14, 26, 32, 20)),
}
_WARMER = 0.15  # of each round


class Rounds(Season):
    """Write the rounds of a cast's surveys and what each said, in a unit of work, once what people did is counted."""

    async def answer(self, until: datetime) -> None:
        """Write down the rounds that were over by `until`, and plan those that follow."""
        self.community.settings = self.registry.choices[_ON].put(self.community.settings, "yes")
        await self.unit.communities.save(self.community)
        accounts = await self.accounts()
        for habit in self.cast.surveys:
            activity = await self.set_up(habit, until, accounts)
            hours = timedelta(hours=int(habit.settings["hours"]))  # a round that would be open still wasn't begun
            number = 0
            async for run in self.runs(activity, until - hours):
                await self._round(habit, run, accounts, number, until)
                number += 1
            await self.plan(activity, until)

    async def _round(
        self, habit: Habit, run: Run, accounts: Mapping[str, Account], number: int, until: datetime
    ) -> None:
        # Made-up people need no unforeseeable numbers.
        chance = Random(f"{self.cast.language} {habit.kind} {run.slot}")
        asked = questions(run)
        given: list[Given] = []
        rows: list[Interaction] = []
        for soul in self.cast.souls:
            account = accounts.get(soul.person.id)
            if account is None or chance.random() >= habit.join:
                continue
            at = run.due_at + timedelta(minutes=chance.randrange(5, 600))
            said = _said(asked, chance, _WARMER * number)
            given += [
                Given(run_id=run.id, question=place, account_id=account.id, answer=each, at=at)
                for place, each in enumerate(said)
            ]
            rows.append(self._part(run, account))
        await self.unit.interactions.add(rows)
        await self.unit.surveys.answer(run, *given)
        await self._tell(run, until)

    async def _tell(self, run: Run, until: datetime) -> None:
        """Let the round be over, as it was at its end."""
        kind = self.registry.kinds[run.activity.kind]
        texts = Texts(self.cast.language)
        ended = run.ends_at or run.due_at
        context = Context(self.unit, ended, self.community, texts, self.space, kinds=self.registry.kinds)
        if kind.finish is not None:
            await kind.finish(context, run)
        later = ended + timedelta(days=AFTER)
        if run.activity.kind == survey.name and later <= until:
            await context.cancel(follow_survey, run.name)
            await release_later(Context(self.unit, later, self.community, texts, self.space), run)
        await self.unit.activities.save_run(run)


def _said(asked: list[Question], chance: Random, warmer: float) -> Iterator[str]:
    """Yield what somebody answers to each question."""
    for question in asked:
        if question.ask in _SAID:
            values, weights = _SAID[question.ask]
            grown = [weight * (1 + warmer * at) for at, weight in enumerate(weights)]
            yield str(chance.choices(values, grown)[0])
        else:
            yield question.values[min(chance.randrange(len(question.values)), chance.randrange(len(question.values)))]
