"""Twelve weeks of three hundred people among whom every kind of activity runs: all of it ends, and adds up.

One activity brings people back, another doesn't: that comes out, and nothing else does.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from core.domain.activities import Phase, State
from core.domain.effects import Design
from core.domain.events import (
    ELSEWHERE,
    ButtonPressed,
    CommandCalled,
    Event,
    FormSent,
    MemberJoined,
    MessageSent,
    PollVoted,
)
from core.domain.outgoing import ASKS
from core.domain.people import Consent, Person
from core.engine import discover
from tests.flow.test_activity_kinds import GIVEN
from tests.flow.test_effects import measured
from tests.flow.test_holdouts import exposed, names
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.crowd import come
from tests.world.platform import Sent

WEEKS, PEOPLE = 12, 300
ALONE, TRUTH = 0.35, {"question": 0.2, "quiz": 0.0}  # the share that writes in a week, and what an activity adds
WHEN = {"challenge": "mon,wed,fri", "sequence": "mon,wed,fri", "cohort": "monthly 3", "mentors": "monthly 4"}
WHEN |= {"question": "every 2 weeks mon", "quiz": "every 2 weeks mon", "review": "mon,thu"}
MORE = {"question": "tell=direct", "challenge": "trial=yes", "poll": "tell=room"}
WRITTEN = {"work": "SELECT 1", "comment": "Good", "text": "Why?", "question": "Who knows?", "points": "1"}
PRESSED = 3  # of a post's buttons, each by somebody; of those, half of what comes of it
NOON, WEDNESDAY = 12, 2
LEAST = 3  # runs of a kind that is monthly


class Season:
    """People who write, press what is put up and answer what they are asked."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.platform = world.platforms["fake"]
        self.chance = random.Random(11)
        self.people = [f"p{number}" for number in range(PEOPLE)]
        self._seen = 0
        self._keys = count(1)
        self._plan: list[tuple[int, str]] = []  # on which day of the week somebody writes

    async def week(self, kinds: dict[int, str]) -> None:
        """Live a week from Monday at noon on."""
        before = {(each.run_id, each.member_id) for each in await exposed(self.world)}
        await self._noon(0)
        called = await names(self.world)
        share = dict.fromkeys(called.values(), ALONE)
        for each in await exposed(self.world):
            if (each.run_id, each.member_id) not in before and not each.held_out:
                share[called[each.member_id]] += TRUTH.get(kinds[each.activity_id], 0.0)
        self._plan = [(self.chance.randrange(6), who) for who in sorted(share) if self.chance.random() < share[who]]
        for day in range(7):
            if day:
                await self._noon(day)
            await self._talk(day)
            await self._answer()
            if day == WEDNESDAY:  # homework is due, and its authors rate each other's
                await self.later(hours=2)
                await self._answer()

    async def _noon(self, day: int) -> None:
        now = self.world.clock.now()
        noon = now.replace(hour=12, minute=5) + timedelta(days=now.hour >= NOON)
        await self.later(heavy=day == 0, seconds=(noon - now).total_seconds())

    async def later(self, *, heavy: bool = False, **by: float) -> None:
        """Let time pass, and what is due be done: the heavy work of nights where it is wanted."""
        self.world.clock.advance(timedelta(**by))
        await (self.world.engine.due() if heavy else self.world.engine.due_but_heavy())
        await self.world.deliver()

    def _event(self, kind: type[Event], who: str, **more: object) -> Event:
        given = {"platform": "fake", "space": "home", "at": self.world.clock.now(), "actor": Person(who, who)}
        return kind(**{"key": f"s:{next(self._keys)}", **given, **more})

    async def _talk(self, day: int) -> None:
        """Let who writes today answer each other, somebody thank, and every other day a newcomer come."""
        said: list[Event] = []
        for who in [who for on, who in self._plan if on == day]:
            key = next(self._keys)
            more = {"room": "general", "length": 20, "key": f"m:s{key}"}
            if said and self.chance.random() < 0.7:
                more |= {"reply_to": said[-1].key.removeprefix("m:"), "reply_author": said[-1].actor}
            said.append(self._event(MessageSent, who, **more))
        for giver, taker in [self.chance.sample(self.people, 2) for _ in range(2)]:
            mentioned = {f"@{taker}": Person(taker, taker)}
            text = f"@{taker}"
            said.append(self._event(CommandCalled, giver, name="thanks", text=text, mentions=mentioned))
        if day % 2:
            self.people.append(f"n{next(self._keys)}")
            said.append(self._event(MemberJoined, self.people[-1]))
        await self.world.hand_in(*said)

    async def _answer(self) -> None:
        """Let people press what is new in the room, whoever is asked alone answer, and polls be voted in."""
        for _ in range(4):
            new, self._seen = self.platform.sent[self._seen :], len(self.platform.sent)
            done = [event for sent in new for event in self._presses(sent)]
            if not done:
                break
            await self.world.hand_in(*done)
        votes = [
            self._event(PollVoted, who, space=ELSEWHERE, poll=reference, options=(self.chance.randrange(2),))
            for reference in await self._polls()
            for who in self.chance.sample(self.people, PRESSED)
        ]
        await self.world.hand_in(*votes)

    async def _polls(self) -> list[str]:
        """Return what the platform calls its polls that are open."""
        community = await self.world.community()
        async with self.world.store.read() as unit:
            opened = await unit.activities.open_runs(community.id)
            polls = [each for run in opened for each in await unit.polls.named(community.id, run.name)]
        return [each.reference for each in polls if each.reference]

    def _presses(self, sent: Sent) -> list[Event]:
        """Return what comes of a message: in the room some press, and of who is asked alone every other one."""
        tokens = [button.token for row in sent.outgoing.buttons for button in row if button.token]
        if not tokens or sent.outgoing.to == "olga":
            return []
        alone = sent.outgoing.to is not None
        if alone and self.chance.random() < 0.7:
            return []
        who = [sent.outgoing.to] if alone else self.chance.sample(self.people, PRESSED)
        place = {"space": sent.outgoing.space or "direct", "room": sent.outgoing.room, "message": sent.id}
        place |= {"direct": sent.outgoing.direct}
        return [self._press(each, self.chance.choice(tokens), place) for each in who if each]

    def _press(self, who: str, token: str, place: dict[str, object]) -> Event:
        if token.startswith(ASKS):
            return self._event(FormSent, who, token=token, values=WRITTEN, **place)
        return self._event(ButtonPressed, who, token=token, **place)


@pytest.fixture
def database_url(tmp_path: Path, sqlite_template: Path) -> str:
    """Give one database alone: the kinds run on both elsewhere, and twelve weeks take long."""
    path = tmp_path / "kith.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
async def season(world: World) -> Season:
    """Give three hundred people, half of whom agreed to be known, and an activity of every kind."""
    await with_people(world, "olga")
    made = Season(world)
    await come(world, made.people)
    world.engine.dialogs = frozenset({"fake"})
    async with world.store.begin() as unit:
        there = await unit.members.all((await world.community()).id)
        for member in there[::2]:
            member.consent = Consent.PERSONAL
        await unit.members.save(there)
    await world.say("olga", "/settings pulse yes")
    for kind in discover().kinds:
        await set_up(world, f"{kind} {WHEN.get(kind, 'wed')} 12:00 {GIVEN[kind]} {MORE.get(kind, '')}")
    return made


async def test_twelve_weeks_of_everything_end_add_up_and_show_what_was_planted(season: Season) -> None:
    world = season.world
    community = await world.community()
    async with world.store.read() as unit:
        kinds = {each.id: each.kind for each in await unit.activities.of(community.id, tuple(State))}
    assert set(kinds.values()) == set(discover().kinds)
    for _ in range(WEEKS):
        await season.week(kinds)
    for number in range(1, len(kinds) + 1):
        await world.say("olga", f"/activities {number}")
        await world.press("olga", "Pause")
    await season.later(heavy=True, days=9)
    found = {kinds[each]: it for each, it in (await measured(world)).items()}
    assert {kind for kind, it in found.items() if it.design is Design.HOLDOUT} >= set(TRUTH)
    assert {kind for kind, it in found.items() if it.low is not None and it.low > 0} == {"question"}
    assert {kind for kind, it in found.items() if it.high is not None and it.high < 0} == set()
    for kind, truth in TRUTH.items():
        low, high = found[kind].low, found[kind].high
        assert low is not None
        assert high is not None
        assert low < truth < high
    await season.later(days=30)  # cohorts and pairs come to their end
    await all_ended(world)
    async with world.store.read() as unit:
        assert (await unit.tasks.failed(), await unit.parked.count()) == ([], 0)
        sums = await unit.ledger.sums(community.id)
        members = {member.id: member for member in await unit.members.all(community.id)}
    assert {each: members[each].balance for each in sums} == sums
    assert [text for text in world.texts if "I paused" in text or "Something broke" in text] == []


async def all_ended(world: World) -> None:
    """Look that of every kind runs took place, and that each that began is over."""
    async with world.store.read() as unit:
        there = await unit.activities.of((await world.community()).id, tuple(State))
        runs = {each.kind: await unit.activities.runs_of(each, tuple(Phase), 200) for each in there}
    for kind, mine in runs.items():
        phases = Counter(run.phase for run in mine if "why" not in run.detail)
        assert set(phases) == {Phase.OVER}, kind
        assert phases[Phase.OVER] >= (LEAST if kind in WHEN else WEEKS - 1), kind
