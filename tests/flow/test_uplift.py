"""Whether recommendations help: who is drawn, what is kept of it, and what is said."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from core.domain.catalogue import Candidate, Item, item_key
from core.domain.effects import SEASON, Gain
from core.domain.events import CommandCalled
from core.domain.people import Consent, Person, Rights
from core.domain.uplift import UpliftResult
from core.studies.uplift import compare, uplift
from tests.world import World
from tests.world.command_line import plain_environment, run_here
from tests.world.crowd import come

READERS = 60
OWN = {"Item 10", "Item 11"}
_KEYS = count(1)


@pytest.fixture
async def shelf(world: World) -> World:
    """Give a community with 12 items: six people opened ten of them, the others were found for 60 readers."""
    world.moderator("mod", Rights.MODERATOR)
    await world.say("mod", "hello")
    here, now = await world.community(), world.clock.now()
    items = [Item(title=f"Item {n}", key=item_key("", f"{n}"), topics=(f"t{n}",)) for n in range(12)]
    readers = [f"reader{n}" for n in range(READERS)]
    await world.set(start_consent=Consent.PERSONAL)
    await come(world, [*readers, *(f"early{n}" for n in range(6))])
    async with world.store.begin() as unit:
        await unit.catalogue.put(here.id, items, now)
        there = {item.title: item.id for item in await unit.catalogue.all_shown(here.id, now)}
        people = await unit.members.find("fake", {here.id: [*readers, *(f"early{n}" for n in range(6))]})
        for who in range(6):
            for title in there.keys() - OWN:
                await unit.uses.note(here.id, people[here.id, f"early{who}"].id, there[title], opened_at=now)
        own = [Candidate(item_id=there[title], reason="because-topic", about="t") for title in sorted(OWN)]
        await unit.uses.suggest(here.id, {people[here.id, who].member_id: own for who in readers})
    return world


async def asked(world: World, readers: int = READERS) -> dict[int, bool]:
    """Let readers ask, all in one batch, and return by member who got the list found for them."""
    given: dict[str, Any] = {"platform": "fake", "space": "home", "at": world.clock.now(), "name": "recommend"}
    asking = [Person(f"reader{n}", f"reader{n}") for n in range(readers)]
    await world.hand_in(*(CommandCalled(key=f"c:{next(_KEYS)}", actor=each, **given) for each in asking))
    async with world.store.read() as unit:
        here = await world.community()
        titles = {item.id: item.title for item in await unit.catalogue.all_shown(here.id, world.clock.now())}
        shown = await unit.recommended.all(here.id)
    firsts = {each.member_id: each for each in shown if each.at == world.clock.now() and each.place == 0}
    found = {member: titles[each.item_id] in OWN for member, each in firsts.items()}
    assert all(found[member] != each.popular for member, each in firsts.items())
    return found


async def test_half_of_sixty_get_what_is_popular_all_season_long_and_other_ones_in_the_next(shelf: World) -> None:
    own = await asked(shelf)
    assert len(own) == READERS
    assert 15 < sum(own.values()) < 45
    here = await shelf.community()
    async with shelf.store.read() as unit:
        (trial,) = await unit.recommended.trials(here.id)
        kept = await unit.recommended.all(here.id)
    assert (trial.share, trial.eligible) == (0.5, READERS)
    assert all(each.in_popular if each.popular else each.in_own for each in kept)
    assert {each.item_id for each in kept if each.in_own and not each.in_popular}
    shelf.clock.advance(timedelta(days=1))
    assert await asked(shelf) == own
    shelf.clock.advance(timedelta(days=SEASON))
    later = await asked(shelf)
    assert 15 < sum(later.values()) < 45
    assert later != own


async def test_of_forty_nine_nobody_is_drawn(shelf: World) -> None:
    here = await shelf.community()
    async with shelf.store.begin() as unit:
        kept = {member: await unit.uses.suggested(member) for member in await _readers(shelf)}
        await unit.uses.suggest(here.id, dict(sorted(kept.items())[:49]))
    assert await asked(shelf, 49) == {}
    async with shelf.store.read() as unit:
        assert await unit.recommended.trials(here.id) == []
    await shelf.say("mod", "/uplift")
    assert shelf.last.startswith("Nothing is compared yet")


async def _readers(world: World) -> list[int]:
    async with world.store.read() as unit:
        here = await world.community()
        people = await unit.members.find("fake", {here.id: [f"reader{n}" for n in range(READERS)]})
    return [each.member_id for each in people.values()]


async def measured(world: World) -> UpliftResult:
    async with world.store.read() as unit:
        here = await world.community()
        given = await uplift.load(await uplift.reading(unit, here.id, world.clock.now(), anew=True))  # type: ignore[attr-defined]
    assert given is not None
    return compare(given).result


async def test_what_members_open_within_a_week_counts_for_the_list_that_they_got(shelf: World) -> None:
    own = await asked(shelf)
    here = await shelf.community()
    shelf.clock.advance(timedelta(hours=1))
    late = shelf.clock.now() + timedelta(days=8)
    async with shelf.store.begin() as unit:
        shown = {each.member_id: each.item_id for each in await unit.recommended.all(here.id) if each.place == 0}
        accounts = {each.member_id: each.id for each in await unit.members.accounts_of(list(own))}
        for member, theirs in own.items():
            if theirs:
                await unit.uses.note(here.id, accounts[member], shown[member], opened_at=shelf.clock.now())
            await unit.uses.note(here.id, accounts[member], shown[member], finished_at=late)
    early = {each.metric: each for each in (await measured(shelf)).gains}
    assert early[Gain.OPENED].waiting == READERS
    assert early[Gain.OPENED].asked == early[Gain.OPENED].held_out == 0
    shelf.clock.advance(timedelta(days=9))
    found = await measured(shelf)
    gains = {each.metric: each for each in found.gains}
    assert (gains[Gain.OPENED].asked, gains[Gain.OPENED].held_out) == (sum(own.values()), READERS - sum(own.values()))
    assert gains[Gain.OPENED].estimate == pytest.approx(1.0)
    assert gains[Gain.FINISHED].estimate == gains[Gain.BOUGHT].estimate == 0.0
    # Half of those asked stand for each list, and of five items a member with their own opened one.
    assert found.own.share == pytest.approx(1 / 5, abs=0.03)
    assert found.popular.share is not None
    assert found.popular.share < found.own.share
    ran = run_here(
        *("recommend", "shown", "--community", here.name),
        environment=plain_environment(KITH_DATABASE_URL=shelf.store.url),
    )
    head, *rows = ran.stdout.splitlines()
    assert (ran.returncode, head) == (0, "action,position,propensity,reward")
    assert sum(row.endswith(",1") for row in rows) == sum(own.values())


async def test_what_is_known_is_said_and_goes_with_who_is_forgotten(shelf: World) -> None:
    drawn = await asked(shelf)
    shelf.clock.advance(timedelta(days=8))
    await shelf.advance(days=1)
    await shelf.say("mod", "/uplift")
    assert "Opened: too few to say" in shelf.last
    here, gone = await shelf.community(), (await shelf.member("reader0")).id
    await shelf.say("reader0", "/forgetme")
    await shelf.press("reader0", "Erase everything")
    async with shelf.store.read() as unit:
        assert {each.member_id for each in await unit.recommended.all(here.id)} == set(drawn) - {gone}
