"""The calendar's feed: read as a calendar application does, at an address that can be taken back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.web.app import make_app
from core.domain.icalendar import Entry, icalendar
from tests.world import World
from tests.world.activities import QUESTION, set_up, with_people

AT = "https://kith.example.org"


@pytest.fixture
async def here(world: World) -> World:
    """Give a world that people reach on the web, with a moderator in it."""
    world.house.engine.registry = replace(world.house.engine.registry, public_address=AT)
    return await with_people(world)


async def get(world: World, address: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=make_app(world.house))
    async with httpx.AsyncClient(transport=transport, base_url=AT) as client:
        return await client.get(address)


async def address_for(world: World, who: str) -> str:
    await world.say(who, "/calendar feed")
    assert world.sent[-1].outgoing.private
    (found,) = re.findall(r"`(https://\S+)`", world.sent[-1].outgoing.text)
    return found


def read(text: str) -> list[dict[str, str]]:
    """Read the events of a calendar, independently of what wrote it (RFC 5545: folding, escapes)."""
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert not any("\n" in line or "\r" in line for line in lines)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in {"BEGIN", "END"}:
            assert name not in events[-1]
            plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)
            events[-1][name] = plain
    assert len({each["UID"] for each in events}) == len(events)
    return events


async def events(world: World, address: str) -> dict[str, dict[str, str]]:
    answer = await get(world, address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return {each["UID"]: each for each in read(answer.text)}


async def test_it_follows_what_is_moved_left_out_and_over(here: World) -> None:
    await set_up(here, QUESTION)
    address = await address_for(here, "ana")
    assert address.startswith(f"{AT}/calendar/")
    assert address == await address_for(here, "bo")
    before = await events(here, address)
    starts = [each["DTSTART"] for each in before.values()]
    assert starts[:2] == ["20260302T120000Z", "20260303T120000Z"]
    assert len(starts) == 91 - 1 + (starts[-1] == "20260531T120000Z")
    first, second = list(before)[:2]
    assert (before[first]["SUMMARY"], before[first]["LOCATION"]) == ("Daily question", "Data Kitchen")
    assert {each["STATUS"] for each in before.values()} == {"CONFIRMED"}
    await here.say("olga", "/activities 1")
    await here.press("olga", "Skip the next")
    await here.press("olga", "1 hour later")
    await here.press("olga", "1 hour later")
    after = await events(here, address)
    assert set(after) == set(before)
    assert (after[first]["STATUS"], after[first]["SEQUENCE"]) == ("CANCELLED", "1")
    assert (after[second]["DTSTART"], after[second]["SEQUENCE"]) == ("20260303T140000Z", "2")
    await here.advance(days=3)
    later = await events(here, address)
    assert (later[first]["STATUS"], later[second]["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert later[second]["DTSTART"] == "20260303T140000Z"
    await here.say("olga", "/activities 1 when=daily 15:00")
    assert all(int(each["SEQUENCE"]) >= 1 for each in (await events(here, address)).values())


async def test_times_follow_the_zone_over_a_change_of_clocks(here: World) -> None:
    await here.set(timezone="Europe/Berlin")
    await set_up(here, QUESTION)
    found = await events(here, await address_for(here, "ana"))
    starts = {each["DTSTART"] for each in found.values()}
    assert {"20260328T110000Z", "20260329T100000Z"} <= starts


async def test_a_new_address_lets_the_old_one_lead_nowhere(here: World) -> None:
    await set_up(here, QUESTION)
    old = await address_for(here, "ana")
    await here.press("ana", "New address")
    assert "moderators" in here.last
    await here.say("olga", "/calendar feed")
    await here.press("olga", "New address")
    new = await address_for(here, "ana")
    assert new != old
    assert (await get(here, old)).status_code == 404
    assert (await get(here, new)).status_code == 200
    for wrong in ("1-" + "0" * 40, "9" * 18 + "-" + "0" * 40, "x", "1-", "1-" + "é" * 40):
        assert (await get(here, f"{AT}/calendar/{wrong}.ics")).status_code == 404


async def test_without_a_public_address_it_says_so_in_one_line(world: World) -> None:
    await with_people(world)
    await world.say("ana", "/calendar feed")
    assert world.last == "There is no address to subscribe to yet: whoever runs me sets KITH_PUBLIC_URL first."


async def test_what_is_written_to_each_alone_stands_in_no_calendar(here: World) -> None:
    await set_up(here, "sequence daily 10:00")
    assert await events(here, await address_for(here, "ana")) == {}
    await here.say("ana", "/calendar")
    assert here.last == "Nothing is planned for the next four weeks."


def test_long_and_odd_words_come_out_as_they_were() -> None:
    title = "数据厨房的活动；" * 20 + "a, b; c\\d\ne"
    entry = Entry(
        uid="1.x@kith", at=datetime(2026, 3, 2, 12, tzinfo=UTC), title=title, place="#a,b", lasts=timedelta(minutes=30)
    )
    (found,) = read(icalendar("x", [entry], now=entry.at))
    assert (found["SUMMARY"], found["LOCATION"], found["DTEND"]) == (title, "#a,b", "20260302T123000Z")


async def own_address(world: World, who: str) -> str:
    await world.say(who, "/calendar feed")
    await world.press(who, "Only what is for me")
    assert world.sent[-1].outgoing.private
    (found,) = re.findall(r"`(https://\S+)`", world.sent[-1].outgoing.text)
    return str(found)


async def test_a_member_s_own_calendar_holds_what_is_for_them_until_it_is_taken_away(here: World) -> None:
    await set_up(here, "announcement 2026-03-05 18:00 text=Come!")
    await set_up(here, "question 2026-03-06 18:00 questions=Why? whom=joined")
    await set_up(here, "poll 2026-03-07 18:00 ask=Which? options=A | B tier=2")
    address = await own_address(here, "ana")
    assert address == await own_address(here, "ana") != await own_address(here, "bo")
    assert [each["SUMMARY"] for each in (await events(here, address)).values()] == ["Announcement"]
    await here.say("ana", "/activities")
    await here.press("ana", "Join: Daily question")
    await here.say("ana", "/language zh")
    assert [each["SUMMARY"] for each in (await events(here, address)).values()] == ["定时公告", "每日一问"]
    await here.say("ana", "/language en")
    old, address = address, await renewed(here)
    assert (await get(here, old)).status_code == 404
    assert (await get(here, address)).status_code == 200
    assert (await get(here, address.replace("own-", "own-x"))).status_code == 404
    await here.press("ana", "Take it away")
    assert (await get(here, address)).status_code == 404
    address = await own_address(here, "ana")
    await here.leave("ana")
    assert (await get(here, address)).status_code == 404


async def renewed(world: World) -> str:
    await own_address(world, "ana")
    await world.press("ana", "New address")
    (found,) = re.findall(r"`(https://\S+)`", world.sent[-1].outgoing.text)
    return str(found)
