"""What the sample community does on a schedule: the runs that there were before anybody looked, and those to come."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.platforms.playground.scene import PLATFORM
from bot.sandbox.sample import Cast, Habit, Soul
from core.domain.activities import Activity, Lines, Phase, Run, State
from core.domain.community import Community, Space
from core.domain.kinds import Kind
from core.domain.people import Account
from core.domain.points import Entry, Reason
from core.domain.schedule import DAYS, Schedule
from core.domain.tasks import Task
from core.domain.when import schedule_said
from core.engine.registry import Registry
from core.kit.planning import plan_next
from core.store.interactions import Interaction
from core.store.unit import UnitOfWork

_BEGIN = "begin_run"
_TALKATIVE = 4.0  # messages a day of who takes part as often as a habit's `join` says


@dataclass(slots=True)
class Season:
    """Set up what a cast does on a schedule, as a moderator did weeks ago."""

    unit: UnitOfWork
    registry: Registry
    community: Community
    space: Space
    cast: Cast

    async def book(self, today: datetime, until: datetime) -> None:
        """Write down the runs up to `until`, as they were on the day `today`, and plan those that follow."""
        accounts = await self.accounts()
        rows: list[Interaction] = []
        entries: list[Entry] = []
        for habit in self.cast.habits:
            if habit.direct:  # which Trials writes
                continue
            activity = await self.set_up(habit, today, accounts)
            async for run in self.runs(activity, until):
                for account in self._who(habit, run, accounts):
                    rows.append(self._part(run, account))
                    entries += self._points(run, account)
            await self.plan(activity, until)
        await self.unit.interactions.add(rows)
        await self.unit.ledger.book([(self.community.id, entry) for entry in entries])

    async def accounts(self) -> dict[str, Account]:
        """Return the accounts of those who are there, by the ids of the cast."""
        wanted = {soul.person.id for soul in self.cast.souls}
        found = await self.unit.members.find(PLATFORM, {self.community.id: wanted})
        return {who: account for (_, who), account in found.items()}

    async def set_up(self, habit: Habit, today: datetime, accounts: Mapping[str, Account]) -> Activity:
        """Return an activity that a moderator set up weeks before the day `today`."""
        kind = self.registry.kinds[habit.kind]
        fields = {each.name: each for each in kind.fields}
        rooms = {each.external_id: each.id for each in (await self.unit.communities.rooms([self.space.id])).values()}
        host = next(accounts[each.person.id] for each in self.cast.souls if each.face == "moderator")
        return await self.unit.activities.add(
            Activity(
                id=0,
                community_id=self.community.id,
                kind=kind.name,
                space_id=self.space.id,
                room_id=rooms[habit.room],
                schedule=_schedule(habit, today.astimezone(ZoneInfo(self.cast.timezone))),
                created_at=today - timedelta(weeks=habit.weeks),
                settings={name: fields[name].read(value) for name, value in habit.settings.items()},
                state=State.ACTIVE,
                account_id=host.id,
            )
        )

    async def runs(self, activity: Activity, until: datetime) -> AsyncIterator[Run]:
        """Write down the runs of an activity that began up to a time, all of which are over."""
        kind = self.registry.kinds[activity.kind]
        values = kind.values(activity.settings)
        bank: Sequence[str] = next(
            (values[each.name] for each in kind.fields if isinstance(each, Lines) and each.bank), ()
        )
        slot, number = activity.schedule.after(activity.created_at, self.cast.timezone), 0
        while slot is not None and slot.at <= until:
            ends_at = kind.ends_at(values, slot.at, slot.at)
            run = Run(id=0, activity=activity, slot=slot.name, due_at=slot.at, began_at=slot.at, ends_at=ends_at)
            detail = {"item": bank[number % len(bank)]} if bank else {}
            made = await self.unit.activities.add_run(replace(run, phase=Phase.OVER, detail=detail))
            if made is not None:
                yield replace(made, values=values)
            slot, number = activity.schedule.after(slot.at, self.cast.timezone), number + 1

    def _who(self, habit: Habit, run: Run, accounts: Mapping[str, Account]) -> Iterator[Account]:
        # Made-up people need no unforeseeable numbers.
        chance = Random(f"{self.cast.language} {habit.kind} {run.slot}")
        for soul in self.cast.souls:
            joins = chance.random() < habit.join * self.share(soul)
            if joins and soul.person.id in accounts:
                yield accounts[soul.person.id]

    @staticmethod
    def share(soul: Soul) -> float:
        """Return how often somebody takes part, of what somebody talkative does."""
        return min(soul.weight / _TALKATIVE, 1.0)

    def _part(self, run: Run, account: Account) -> Interaction:
        key, at = f"sample:{run.name}:{account.external_id}", run.due_at + timedelta(minutes=account.id % 90)
        room = run.activity.room_id
        here = self.community.id, self.space.id
        return Interaction(PLATFORM, key, *here, Kind.TOOK_PART, at, room, account.id, subject=run.name)

    @staticmethod
    def _points(run: Run, account: Account) -> Iterator[Entry]:
        if points := int(run.values.get("points", 0)):
            key = f"{run.name}:{account.member_id}"
            yield Entry(account.id, points, Reason.ACTIVITY, key, run.due_at, points)

    async def plan(self, activity: Activity, until: datetime) -> None:
        """Let an activity begin its next run after a time."""
        lane = self.registry.tasks[_BEGIN].lane
        task = Task(
            action=_BEGIN,
            community_id=self.community.id,
            subject=activity.subject,
            lane=lane,
            schedule=activity.schedule,
        )
        await plan_next(self.unit, task, activity.schedule, until, self.cast.timezone)


def _schedule(habit: Habit, now: datetime) -> Schedule:
    """Return when a habit recurs: as it says, or weekly on the day that had its time last."""
    if habit.when:
        return schedule_said(habit.when, now.date())
    last = now if f"{now:%H:%M}" >= habit.at else now - timedelta(days=1)
    return schedule_said(f"{DAYS[last.weekday()]} {habit.at}", now.date())
