"""Opens the playground: a month of the sample community is lived through before the first visitor comes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.build import House, build
from bot.platforms.playground.adapter import Playground
from bot.platforms.playground.opening import openings
from bot.platforms.playground.scene import PLATFORM, Scene
from bot.sandbox.actors import Life
from bot.sandbox.backfill import Past
from bot.sandbox.rounds import Rounds
from bot.sandbox.sample import Cast, Script, Soul, Turn, load
from bot.sandbox.sample.script import Act
from bot.sandbox.season import Season
from bot.sandbox.shelf import Shelf
from bot.sandbox.subscribers import Subscribers
from bot.sandbox.time_machine import TimeMachine
from bot.sandbox.trials import Trials
from core.domain.clock import Clock, ShiftedClock, local_day
from core.domain.events import MemberJoined
from core.domain.people import Person
from core.domain.tasks import Lane
from core.engine.seal import Sealer
from core.kit.texts import LANGUAGES
from core.store.unit import Store, UnitOfWork

PAST = timedelta(days=31)  # what is lived through
SHOWN = timedelta(days=6)  # whose texts are still to be read: no thread comes twice in it
LIVED = timedelta(hours=24)  # lived step by step, so that Kith's own messages stand where they came
_STEP = timedelta(hours=4)
_AGREED = "polarity"  # the setting by which the pulse tells how messages sounded, too
_SEEN = {Act.SAY, Act.REACT}
_AT_ONCE = {Act.JOIN, Act.SAY, Act.REACT}
_BATCH = 500


async def _opened(house: House, playground: Playground) -> dict[str, datetime]:
    """Return when each scene was opened in this database; those that never were are left out."""
    keys = {f"open:{scene}": scene for scene in playground.scenes}
    async with house.store.read() as unit:
        rows = await unit.interactions.with_keys(PLATFORM, keys)
    return {keys[row.event_key]: row.at for row in rows}


async def _open_scene(
    house: House,
    scene: Scene,
    cast: Cast,
    now: datetime,
    until: datetime,
    turns: Sequence[Turn],
) -> None:
    """Let Kith into a scene: its settings, its people, what they bring along, and what they do up to `until`."""
    await house.engine.accept(openings(scene, now))
    joined = [
        MemberJoined(
            platform=PLATFORM,
            key=f"j:{soul.person.id}",
            space=scene.id,
            at=now - timedelta(days=max(soul.since - PAST.days, 1)),
            actor=soul.person,
        )
        for soul in _brought_along(cast)
    ]
    await house.engine.accept(joined)
    async with house.store.begin() as unit:
        space = (await unit.communities.spaces(PLATFORM, [scene.id]))[scene.id]
        community = await unit.communities.get(space.community_id)
        given = zip(community.settings.tiers, cast.tiers, strict=True)
        community.settings = replace(
            community.settings,
            language=scene.language,
            timezone=scene.timezone,
            tiers=tuple(replace(tier, benefits=benefits) for tier, benefits in given),
            set_up=True,
        )
        community.settings = house.registry.choices[_AGREED].put(community.settings, "yes")
        await unit.communities.save(community)
        for name, cost, stock in cast.benefits:
            await unit.benefits.add(community.id, name, cost, stock or None, now)
        await Past(unit, community, space, cast).book(turns, now)
        await Season(unit, house.registry, community, space, cast).book(now + PAST, until)
        await Shelf(unit, community.id, cast, now + PAST).stock()
        await Subscribers(unit, community.id, cast, now + PAST).subscribe()


async def _asked(house: House, scene: Scene, cast: Cast, until: datetime) -> None:
    """Let people have answered what they were asked before `until`, once what they did is counted.

    Nothing is forgotten before: weeks are told as they would have been when each was over.
    """
    await house.engine.tasks.drain(tuple(lane for lane in Lane if lane is not Lane.HEAVY))
    async with house.store.begin() as unit:
        space = (await unit.communities.spaces(PLATFORM, [scene.id]))[scene.id]
        community = await unit.communities.get(space.community_id)
        await Rounds(unit, house.registry, community, space, cast).answer(until)
        await Trials(unit, house.registry, community, space, cast).hold(until)


async def _live_through(house: House, life: Life, turns: Sequence[Turn]) -> None:
    """Let time pass at once; what Kith would say in it is written down, and up to the caller."""
    done = [turn for turn in turns if turn.act in _AT_ONCE]
    for start in range(0, len(done), _BATCH):
        await house.engine.accept(life.events(done[start : start + _BATCH]))


def _show(life: Life, cast: Cast, turns: Sequence[Turn], until: datetime) -> None:
    """Put on the stage who is there, and what is still to be read of what was said before `until`."""
    life.scene.present.update(soul.person.id for soul in _brought_along(cast))
    shown = [turn for turn in turns if turn.act is Act.JOIN or turn.at > until - SHOWN]
    life.show([turn for turn in shown if turn.act in _AT_ONCE])


def _brought_along(cast: Cast) -> list[Soul]:
    """Return who was there before the month that is lived through."""
    return [soul for soul in cast.souls if soul.since > PAST.days]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first scene of a new playground: what its people did up to the day before."""

    life: Life
    cast: Cast
    turns: Sequence[Turn]
    until: datetime


@dataclass(slots=True)
class Sandbox:
    """A playground that is open: the house, its clock, what moves time, and the scenes that nobody came into yet."""

    house: House
    playground: Playground
    clock: ShiftedClock
    machine: TimeMachine
    missing: dict[str, Cast]
    today: datetime  # when it was opened, up to which its people have still to live
    beginning: Beginning | None  # where what is shown isn't in the books yet

    async def catch_up(self) -> None:
        """Live up to today, with what Kith says on the way."""
        if self.beginning is not None:
            async with self.machine.standing_still:
                await _begin(self.house, self.clock, self.beginning)
                self.machine.lived_until = self.clock.now()
            self.beginning = None
        for life in self.machine.lives:
            life.scene.ready.set()
        await self.machine.advance(max(self.today - self.clock.now(), timedelta(0)), _STEP)

    async def show(self, scene: Scene) -> None:
        """Return when there is something to read in a scene; it may be a moment before anything can be done."""
        if not scene.shown:
            await self.open(scene)

    async def open(self, scene: Scene) -> None:
        """Return when there is something to do in a scene: a past, but none of what Kith said in it."""
        if scene.id in self.missing:
            async with self.machine.standing_still:
                cast = self.missing.pop(scene.id, None)
                if cast is not None:
                    life = _life(self.house, self.playground, scene, cast, self.clock.now())
                    await self._open(life, cast)
                    self.machine.lives.append(life)
                    scene.ready.set()
        await scene.ready.wait()

    async def _open(self, life: Life, cast: Cast) -> None:
        life.scene.quiet = True
        now = self.clock.now()
        turns = life.turns(now - PAST, now)
        await _open_scene(self.house, life.scene, cast, now - PAST, now, turns)
        await _live_through(self.house, life, turns)
        _show(life, cast, turns, now)
        await _asked(self.house, life.scene, cast, now)
        await self.house.engine.due_but_heavy()
        deliverer = self.house.deliverers[PLATFORM]
        while await deliverer.drain() or await self._backlog():  # noqa: ASYNC110  a database tells nobody when
            await asyncio.sleep(0.01)
        life.scene.quiet = False

    async def _backlog(self) -> int:
        async with self.house.store.read() as unit:
            return (await unit.outbox.backlog()).get(PLATFORM, 0)


async def open_sandbox(
    store: Store,
    sealer: Sealer,
    base: Clock,
    languages: Sequence[str] = LANGUAGES,
    executor: Executor | None = None,
    public_address: str = "",
) -> Sandbox:
    """Open the playground on a migrated database, up to today; where it was open before, it goes on from there.

    The scene of the first language is there at once; `Sandbox.open` opens another when somebody wants to see it.
    """
    sandbox = await begin_sandbox(store, sealer, base, languages, executor, public_address)
    await sandbox.catch_up()
    return sandbox


async def begin_sandbox(
    store: Store,
    sealer: Sealer,
    base: Clock,
    languages: Sequence[str] = LANGUAGES,
    executor: Executor | None = None,
    public_address: str = "",
) -> Sandbox:
    """Open the playground as `open_sandbox` does, but only to be read: `catch_up` does what else there is to do."""
    clock = ShiftedClock(base, -PAST)
    casts = {cast.scene_id: cast for cast in map(load, languages)}
    playground = Playground(clock, [cast.scene() for cast in casts.values()])
    house = build(store, clock, sealer, [playground], executor=executor, public_address=public_address)
    opened = await _opened(house, playground)
    now = base.now()
    there = [
        _life(house, playground, playground.scenes[scene], cast, opened[scene] + PAST if opened else now)
        for scene, cast in casts.items()
        if scene in opened or (not opened and scene == next(iter(casts)))
    ]
    beginning = None
    if opened:
        await _remember(house, clock, there)
    else:
        life, cast, until = there[0], casts[there[0].scene.id], now - LIVED
        beginning = Beginning(life, cast, life.turns(clock.now(), until), until)
        _show(life, cast, beginning.turns, until)
    for life in there:
        life.scene.shown = True
        del casts[life.scene.id]
    machine = TimeMachine(house, clock, playground, there)
    machine.moving = True  # until it has caught up
    return Sandbox(house, playground, clock, machine, casts, now, beginning)


async def _begin(house: House, clock: ShiftedClock, beginning: Beginning) -> None:
    """Write into the books what is shown already."""
    life, cast, turns, until = beginning.life, beginning.cast, beginning.turns, beginning.until
    since = clock.now()
    await _open_scene(house, life.scene, cast, since, until, turns)
    await _live_through(house, life, turns)
    clock.advance(until - since)
    await _asked(house, life.scene, cast, until)
    await house.engine.due_but_heavy()
    async with house.store.begin() as unit:
        await unit.outbox.give_up(PLATFORM, "said before anybody looked")


async def _remember(house: House, clock: ShiftedClock, lives: Sequence[Life]) -> None:
    """Show again what was lately said, who is there, and go on from the last thing that Kith heard."""
    async with house.store.read() as unit:
        last = await unit.interactions.latest(PLATFORM) or clock.now()
        spaces = await unit.communities.spaces(PLATFORM, [life.scene.id for life in lives])
        for life in lives:
            await _gather(unit, life.scene, spaces[life.scene.id].community_id)
    for life in lives:
        life.show([turn for turn in life.turns(last - SHOWN, last) if turn.act in _SEEN])
    clock.advance(max(last - clock.now(), timedelta(0)))


async def _gather(unit: UnitOfWork, scene: Scene, community_id: int) -> None:
    members = {member.id: member for member in await unit.members.all(community_id)}
    for account in await unit.members.accounts_of(members):
        if account.platform != PLATFORM or members[account.member_id].erased_at is not None:
            continue
        person = Person(account.external_id, account.name, account.username)
        scene.people.setdefault(person.id, person)
        (scene.present if members[account.member_id].left_at is None else scene.gone).add(person.id)


def _life(house: House, playground: Playground, scene: Scene, cast: Cast, today: datetime) -> Life:
    """Return the life of a scene; on the day `today` its people stand as their file says."""
    script = Script(cast, local_day(today, cast.timezone))
    return Life(scene, script, playground, frozenset(house.registry.commands))
