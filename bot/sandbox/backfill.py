"""Books at once what the sample community did before anybody looked: points, check-ins, thanks, and talk long ago."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.platforms.playground.scene import PLATFORM
from bot.sandbox.sample import Cast, Turn
from bot.sandbox.sample.script import Act
from core.domain.clock import local_day
from core.domain.community import Community, Space
from core.domain.kinds import Kind
from core.domain.people import Account, Consent
from core.domain.points import Entry, Reason
from core.store.interactions import Interaction
from core.store.unit import UnitOfWork

_WEEKS = 26  # of talk before the month that is lived through
_DAYS = 31  # of that month
_GREW = 5.0  # weeks in which what is said grew e-fold
_SELDOM = 0.7  # messages a week that everybody wrote all along


@dataclass(slots=True)
class Past:
    """Write the books of one community as its commands would have, in a unit of work."""

    unit: UnitOfWork
    community: Community
    space: Space
    cast: Cast
    _accounts: Mapping[str, Account] = field(default_factory=dict)

    async def book(self, turns: Sequence[Turn], now: datetime) -> None:
        """Book what was brought by `now`, and the check-ins and thanks among `turns`; note who agreed to be known."""
        wanted = {soul.person.id for soul in self.cast.souls}
        found = await self.unit.members.find(PLATFORM, {self.community.id: wanted})
        self._accounts = {who: account for (_, who), account in found.items()}
        entries = [*self._brought(now), *await self._checked_in(turns), *self._thanked(turns)]
        await self.unit.ledger.book([(self.community.id, entry) for entry in entries])
        await self.unit.members.open_chats(PLATFORM, self._accounts, now)  # as newcomers do the morning after
        rows = [self._row(turn, Kind.THANKS) for turn in self._thanks(turns)]
        rows += [self._row(turn, Kind.CHECKIN) for turn in self._checkins(turns)]
        rooms = {each.external_id: each.id for each in (await self.unit.communities.rooms([self.space.id])).values()}
        await self.unit.interactions.add([*self._long_ago(now, rooms), *rows])

    def _long_ago(self, now: datetime, rooms: Mapping[str, int]) -> Iterator[Interaction]:
        """Yield messages of the half-year before `now`: it was quieter then, and the talkative wrote more all along.

        What they earned is among the points brought along.
        """
        for soul in self.cast.souls:
            account = self._accounts.get(soul.person.id)
            if account is None or not soul.brought:
                continue
            chance = Random(f"{soul.person.id} long ago")
            weeks = min(_WEEKS, (soul.since - _DAYS) // 7)
            for week in range(weeks):
                usual = 7 * soul.weight * math.exp(-(week + 1) / _GREW) + _SELDOM
                for number in range(round(usual * 2 * chance.random()) or int(week == weeks - 1)):
                    at = now - timedelta(weeks=week, minutes=chance.randrange(60, 7 * 24 * 60))
                    key = f"m:ago-{soul.person.id}-{week}-{number}"
                    yield Interaction(
                        *(PLATFORM, key, self.community.id, self.space.id, Kind.MESSAGE, at),
                        room_id=rooms[soul.home],
                        account_id=account.id,
                    )

    def _brought(self, now: datetime) -> Iterator[Entry]:
        for soul in self.cast.souls:
            account = self._accounts.get(soul.person.id)
            if account is not None and soul.brought:
                key = f"sample:{soul.person.id}"
                yield Entry(account.id, soul.brought, Reason.IMPORT, key, now, soul.brought)

    async def _checked_in(self, turns: Sequence[Turn]) -> list[Entry]:
        rules = self.community.settings.rules
        members = await self.unit.members.many({account.member_id for account in self._accounts.values()})
        for soul in self.cast.souls:
            if soul.brought and soul.person.id in self._accounts:
                # Who has been here long said yes to being known: a map without names would show little.
                members[self._accounts[soul.person.id].member_id].consent = Consent.PERSONAL
        entries: list[Entry] = []
        for turn in self._checkins(turns):
            account = self._accounts[turn.who.id]
            member = members[account.member_id]
            day = local_day(turn.at, self.cast.timezone)
            yesterday = (day - timedelta(days=1)).isoformat()
            member.streak = member.streak + 1 if member.checked_in_on == yesterday else 1
            member.checked_in_on = day.isoformat()
            points = rules.checkin_points(member.streak)
            key = f"checkin:{member.id}:{member.checked_in_on}"
            entries.append(Entry(account.id, points, Reason.CHECKIN, key, turn.at, points, str(member.streak)))
        await self.unit.members.save(members.values())
        return entries

    def _checkins(self, turns: Sequence[Turn]) -> Iterator[Turn]:
        return (turn for turn in turns if turn.act is Act.CHECK_IN and turn.who.id in self._accounts)

    def _thanks(self, turns: Sequence[Turn]) -> Iterator[Turn]:
        for turn in turns:
            known = turn.who.id in self._accounts and turn.whom is not None and turn.whom.id in self._accounts
            if turn.act is Act.THANK and known:
                yield turn

    def _thanked(self, turns: Sequence[Turn]) -> Iterator[Entry]:
        points = self.community.settings.rules.thanks
        for turn in self._thanks(turns):
            giver, taker = self._pair(turn)
            key = f"thanks:{PLATFORM}:m:{turn.key}"
            yield Entry(taker.id, points, Reason.THANKS, key, turn.at, points, actor_account_id=giver.id)

    def _row(self, turn: Turn, kind: Kind) -> Interaction:
        target = self._accounts[turn.whom.id].id if turn.whom else None
        account = self._accounts[turn.who.id].id
        key = f"m:{turn.key}#{kind}"
        return Interaction(PLATFORM, key, self.community.id, self.space.id, kind, turn.at, None, account, target)

    def _pair(self, turn: Turn) -> tuple[Account, Account]:
        return self._accounts[turn.who.id], self._accounts[turn.whom.id if turn.whom else ""]
