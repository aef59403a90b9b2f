"""Dead links: looked for once a week, told in one message, and forgotten once they answer."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from core.domain.catalogue import Item, ItemState, item_key
from core.domain.people import Rights
from core.features.content import dead_links
from core.kit.link_looks import LinksInput, LinksLooked, looked_at
from tests.flow.test_catalogue import labels
from tests.world import World
from tests.world.site import Site, serving


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as found:
        yield found


@pytest.fixture
async def shelf(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Give a community that is looked after, and whose links may be of this machine."""
    monkeypatch.setattr(dead_links, "PAUSE", 0.0)
    world.engine.registry = replace(world.engine.registry, fetch_private=True)
    world.moderator("mod", Rights.MODERATOR)
    await world.say("mod", "hello")
    await world.say("mod", "/catalogue")
    return world


async def put(world: World, site: Site, *names: str) -> list[int]:
    """Publish items whose links are these pages of a site, as a moderator."""
    here = await world.community()
    made = [
        Item(title=name, key=item_key(f"{site.address}/{name}", name), link=f"{site.address}/{name}") for name in names
    ]
    async with world.store.begin() as unit:
        await unit.catalogue.put(here.id, made, world.clock.now())
        kept = await unit.catalogue.keyed(here.id, [each.key for each in made])
    return [kept[each.key].id for each in made]


async def look_after(world: World, item: int) -> None:
    """Let a moderator change the catalogue, so that it is theirs to look after."""
    await world.say("mod", f"/catalogue #{item}")
    await world.press("mod", "Put it first")
    await world.press("mod", "Retire")
    await world.press("mod", "Show it again")


def told(world: World) -> list[str]:
    return [each for each in world.texts if "looked at twice" in each or "查过两遍" in each]


def named(said: str) -> list[str]:
    return [line.partition(" (since")[0] for line in said.splitlines() if line.startswith("✗")]


async def test_dead_links_are_told_once_a_week_until_they_answer(shelf: World, site: Site) -> None:
    site.pages |= {"/good": "yes", "/login": 403, "/broken": 500, "/busy": 429, "/headless": "yes"}
    site.headless = {"/headless"}
    site.moved = {"/moved": "/good", "/astray": "/gone"}
    ids = await put(shelf, site, "good", "login", "busy", "headless", "moved", "gone", "broken", "astray")
    await look_after(shelf, ids[0])
    await shelf.advance(days=1)
    (said,) = told(shelf)
    assert named(said) == ["✗ gone: It answers 404.", "✗ broken: It answers 500.", "✗ astray: It answers 404."]
    assert (site.methods["/good"][0], site.methods["/headless"][:2]) == ("HEAD", ["HEAD", "GET"])
    site.pages |= {"/broken": "back", "/gone": "back", "/astray": 404}
    del site.moved["/astray"]
    await shelf.advance(days=7)
    assert named(told(shelf)[-1]) == ["✗ astray: It answers 404."]
    site.pages["/astray"] = "back"
    await shelf.advance(days=7)
    assert len(told(shelf)) == 2  # what answers again is named no more


async def test_what_fails_for_a_moment_is_not_told(shelf: World, site: Site) -> None:
    site.pages["/flaky"] = "up again"
    site.faltering["/flaky"] = 2  # its head, then its page
    (item,) = await put(shelf, site, "flaky")
    await look_after(shelf, item)
    await shelf.advance(days=1)
    assert site.methods["/flaky"] == ["HEAD", "GET", "HEAD"]
    assert told(shelf) == []


async def test_a_moderator_sees_them_and_retires_one(shelf: World, site: Site) -> None:
    gone, other = await put(shelf, site, "gone", "other")
    await look_after(shelf, gone)
    await shelf.say("mod", "/language zh")
    await shelf.advance(days=1)
    (said,) = told(shelf)
    assert "目录里有 2 个链接打不开，已经查过两遍。\n✗ gone：对方返回 404。（3月2日起）" in said
    await shelf.say("mod", "/language en")
    await shelf.say("mod", "/catalogue")
    assert "Dead links (2)" in labels(shelf)
    await shelf.press("mod", "Dead links (2)")
    assert shelf.last.startswith("2 links of the catalogue don’t answer.")
    await shelf.press("mod", "gone")
    await shelf.press("mod", "Retire")
    here = await shelf.community()
    async with shelf.store.begin() as unit:
        left = await unit.catalogue.get(here.id, gone)
        assert left is not None
        assert left.state is ItemState.RETIRED
        fixed = await unit.catalogue.get(here.id, other)
        assert fixed is not None
        await unit.catalogue.save(replace(fixed, link=f"{site.address}/elsewhere"))
    await shelf.say("mod", "/catalogue")
    assert not any(each.startswith("Dead links") for each in labels(shelf))


async def test_many_links_are_looked_at_in_steps(shelf: World, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dead_links, "AT_A_TIME", 2)
    ids = await put(shelf, site, *(f"p{number}" for number in range(5)))
    await look_after(shelf, ids[0])
    await shelf.advance(days=1)
    (said,) = told(shelf)
    assert "5 links of the catalogue don’t answer" in said
    assert all(len(site.methods[f"/p{number}"]) == 4 for number in range(5))  # HEAD and GET, twice


def test_nobody_is_told_of_a_network_that_is_down_here() -> None:
    here = {1: "http://127.0.0.1:9/a", 2: "http://localhost:9/b"}
    assert looked_at(LinksInput(here, True, 0.0)) == LinksLooked()
    assert [each.fault for each in looked_at(LinksInput({1: here[1]}, True, 0.0)).dead] == ["feed-fault-nowhere"]


async def test_a_silent_host_is_not_waited_for_link_by_link(site: Site) -> None:
    paths = [f"/{number}" for number in range(9)]
    site.cut = set(paths)
    links = {number: f"{site.address}{path}" for number, path in enumerate(paths)}
    found = await asyncio.to_thread(looked_at, LinksInput(links, True, 0.0))
    assert {path for path in paths if site.asked[path]} == {"/0", "/1"}
    assert [(each.item_id, each.fault) for each in found.dead] == [(n, "feed-fault-nowhere") for n in range(9)]


def test_an_address_that_is_only_an_example_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more, **named: looked_up.append(host))
    links = {1: "https://a.example/1", 2: "https://example.org/2", 3: "http://shop.test/3"}
    assert looked_at(LinksInput(links, False, 0.0)) == LinksLooked([1, 2, 3], [])
    assert looked_up == []
