"""Feeds: what is new there comes into the catalogue by itself, and what answers badly harms nothing."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import tracemalloc
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core.domain.catalogue import Feed, Item, ItemState, item_key
from core.domain.people import Rights
from core.files.web import Unfetched, fetch, public
from tests.flow.test_catalogue import send
from tests.world import World
from tests.world.command_line import plain_environment, run_here
from tests.world.site import Site, Wire, serving

OUTSIDE = "93.184.215.14"  # an address that everybody can reach


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as found:
        yield found


@pytest.fixture
async def shelf(world: World) -> World:
    """Give a community whose feeds may be of this machine."""
    world.engine.registry = replace(world.engine.registry, fetch_private=True)
    world.engine.dialogs = frozenset({"fake"})
    world.moderator("mod", Rights.MODERATOR)
    await world.say("mod", "hello")
    return world


async def follow(world: World, address: str) -> None:
    """Let a moderator add a feed, and do what comes of it."""
    await world.say("mod", "/catalogue")
    await world.press("mod", "Feeds")
    await send(world, "mod", "Add a feed", address=address)
    await world.advance(minutes=1)


async def titles(world: World) -> list[str]:
    async with world.store.read() as unit:
        return [each.title for each in await unit.catalogue.all((await world.community()).id)]


async def feeds(world: World) -> list[Feed]:
    async with world.store.read() as unit:
        return await unit.feeds.of((await world.community()).id)


async def test_what_is_new_in_a_feed_comes_by_itself_and_what_was_changed_here_stays(shelf: World, site: Site) -> None:
    await follow(shelf, site.feed("Tea &amp;amp; &lt;b&gt;talk&lt;/b&gt;", "数据分析入门"))
    assert set(await titles(shelf)) == {"Tea & talk", "数据分析入门"}
    here = await shelf.community()
    async with shelf.store.begin() as unit:
        (first,) = await unit.catalogue.search(here.id, shelf.clock.now(), "tea", 1)
        assert (first.topics, first.language, first.published_at and first.published_at.year) == (
            ("pandas", "数据"),
            "en",
            2026,
        )
        await unit.catalogue.save(replace(first, tier=2, price=30, title="Tea for us", state=ItemState.RETIRED))
    site.feed("Tea &amp;amp; &lt;b&gt;talk&lt;/b&gt;", "数据分析入门", "Third")
    await shelf.advance(hours=10)
    async with shelf.store.read() as unit:
        kept = await unit.catalogue.get(here.id, first.id)
    assert kept is not None
    assert (kept.title, kept.tier, kept.price, kept.state) == ("Tea for us", 2, 30, ItemState.RETIRED)
    assert sorted(await titles(shelf)) == sorted(["Tea for us", "Third", "数据分析入门"])


async def test_what_did_not_change_is_not_sent_again(shelf: World, site: Site) -> None:
    await follow(shelf, site.feed("One"))
    await shelf.advance(hours=10)
    first, second = site.asked["/feed"][:2]
    assert "If-None-Match" not in first
    assert second["If-None-Match"].startswith('"')
    assert second["If-Modified-Since"] == "Sun, 01 Feb 2026 09:00:00 GMT"
    await shelf.advance(hours=10)
    assert all("If-None-Match" in each for each in site.asked["/feed"][1:])  # kept over an answer without a body


async def test_a_broken_feed_brings_nothing_is_said_in_one_line_and_told_once(shelf: World, site: Site) -> None:
    site.pages["/feed"] = "<rss version='2.0'><channel><item><title>Half</title>"[:30]
    await follow(shelf, site.address + "/feed")
    good = site.feed("Good", path="/good")
    await follow(shelf, good)
    assert await titles(shelf) == ["Good"]
    await shelf.say("mod", "/catalogue")
    await shelf.press("mod", "Feeds")
    assert f"✗ {site.address}/feed: That is no feed that I can read." in shelf.last
    for hours in (10, 12, 24):
        await shelf.advance(hours=hours)
    told = [each for each in shelf.texts if "gave nothing 3 times in a row" in each]
    assert len(told) == 1
    (broken,) = [each for each in await feeds(shelf) if each.fault]
    assert len(site.asked["/feed"]) == broken.failures == 4
    assert len(site.asked["/good"]) >= 7
    site.feed("Whole")
    await shelf.advance(hours=50)
    assert [each.fault for each in await feeds(shelf)] == ["", ""]
    assert "Whole" in await titles(shelf)


async def test_a_feed_taken_off_leaves_its_items(shelf: World, site: Site) -> None:
    address = site.feed("One")
    await follow(shelf, address)
    await shelf.say("mod", "/catalogue")
    await shelf.press("mod", "Feeds")
    await shelf.press("mod", address)
    assert shelf.last.startswith("No feed is followed")
    assert await titles(shelf) == ["One"]


async def test_the_pages_of_a_site_come_with_what_their_heads_say(shelf: World, site: Site) -> None:
    at = site.address
    site.pages["/a"] = (
        '<!doctype html><html lang="zh-CN"><head><title>第一课 | 站点</title>'
        '<meta property="og:title" content="第一课"><meta name="description" content="从零开始"></head></html>'
    )
    site.pages["/b"] = "<title>Second &amp; last</title>"
    urls = "".join(f"<url><loc>{each}</loc></url>" for each in (f"{at}/a", f"{at}/b", "http://elsewhere.example/c"))
    site.pages["/pages.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    site.pages["/sitemap.xml"] = f"<sitemapindex><sitemap><loc>{at}/pages.xml</loc></sitemap></sitemapindex>"
    await follow(shelf, f"{at}/sitemap.xml")
    assert sorted(await titles(shelf)) == ["Second & last", "第一课"]
    await shelf.advance(hours=10)
    assert site.methods["/a"].count("GET") == 1  # what is there already isn't fetched again


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:169.254.169.254",
        "::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
    ],
)
def test_what_only_some_can_reach_is_not_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_what_everybody_can_reach_is_public(address: str) -> None:
    assert public(address)


async def fault(address: str, **more: Any) -> str:
    with pytest.raises(Unfetched) as raised:
        await fetch(address, **more)
    return raised.value.key


async def test_nothing_inside_a_network_is_fetched_nor_led_to(site: Site) -> None:
    port = site.address.rpartition(":")[2]
    inside = (site.feed("x"), f"http://localhost:{port}/feed", f"http://[::ffff:127.0.0.1]:{port}/feed")
    for address in (*inside, f"http://2130706433:{port}/feed", f"http://0x7f.1:{port}/feed"):
        assert await fault(address) == "feed-fault-private", address
    site.moved["/away"] = f"http://localhost:{port}/feed"
    assert await fault(f"http://{OUTSIDE}:{port}/away", wire=Wire(OUTSIDE)) == "feed-fault-private"
    assert (len(site.asked["/away"]), site.asked["/feed"]) == (1, [])
    assert await fault("file:///etc/passwd") == "feed-fault-nowhere"


async def test_a_name_that_answers_otherwise_the_second_time_is_asked_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.address.rpartition(":")[2])
    site.pages["/feed"] = "from outside"
    names: list[str] = []
    real = socket.getaddrinfo

    def first_outside_then_inside(host: Any, *more: Any, **named: Any) -> Any:
        if host != "rebinding.example":
            return real(host, *more, **named)
        names.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (OUTSIDE if len(names) == 1 else "127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", first_outside_then_inside)
    got = await fetch(f"http://rebinding.example:{port}/feed", wire=Wire(OUTSIDE))
    assert (got.body, names) == (b"from outside", ["rebinding.example"])
    assert await fault(f"http://rebinding.example:{port}/feed", wire=Wire(OUTSIDE)) == "feed-fault-private"
    assert len(site.asked["/feed"]) == 1


async def test_what_is_too_much_goes_round_or_answers_badly_is_refused(site: Site) -> None:
    at = site.address
    site.pages["/large"] = b"x" * 2_000
    site.moved |= {"/round": "/round", "/elsewhere": "ftp://a.example/"}
    assert await fault(f"{at}/large", private=True, most=1_000) == "feed-fault-large"
    assert await fault(f"{at}/round", private=True) == "feed-fault-round"
    assert await fault(f"{at}/elsewhere", private=True) == "feed-fault-nowhere"
    assert await fault(f"{at}/missing", private=True) == "feed-fault-status"
    got = await fetch(f"{at}/large", private=True)
    assert got.body == b"x" * 2_000


async def test_what_is_packed_small_and_is_large_is_not_unpacked_whole(site: Site) -> None:
    site.pages["/packed"] = gzip.compress(b"x" * 50_000_000)
    site.packed.add("/packed")
    tracemalloc.start()
    assert await fault(f"{site.address}/packed", private=True, most=1_000_000) == "feed-fault-large"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


async def test_a_link_that_is_there_already_is_not_brought_twice(shelf: World, site: Site) -> None:
    here = await shelf.community()
    address = site.feed("One", "One")
    link = site.pages["/feed"]
    assert isinstance(link, str)
    own = link.split("<item>")[1].split("<link>")[1].split("</link>")[0]
    async with shelf.store.begin() as unit:
        await unit.catalogue.put(here.id, [Item(title="Mine", key=item_key(own, ""), link=own)], shelf.clock.now())
    await follow(shelf, address)
    assert await titles(shelf) == ["Mine"]


async def test_the_command_line_takes_a_list_of_feeds_and_fetches_them(
    shelf: World, site: Site, database_url: str, tmp_path: Path
) -> None:
    opml = f'<opml><body><outline xmlUrl="{site.feed("One")}"/><outline xmlUrl="{site.address}/gone"/></body></opml>'
    (tmp_path / "list.opml").write_text(opml, "utf-8")
    environment = plain_environment(KITH_DATABASE_URL=database_url, KITH_FETCH_PRIVATE="true")
    name = (await shelf.community()).name

    async def kith(*words: str) -> Any:
        call = partial(run_here, "catalogue", *words, "--community", name, "--json", environment=environment)
        done = await asyncio.to_thread(call)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    assert (await kith("import", str(tmp_path / "list.opml")))["feeds"] == 2
    done = await kith("sync")
    assert (done["added"], [each["fault"] for each in done["feeds"]]) == (1, [None, "It answers 404."])
