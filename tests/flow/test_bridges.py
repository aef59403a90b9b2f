"""People behind a bridge bot: found by the importer, split on request, live where an owner wants it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.imports.discord import read as read_discord
from bot.imports.telegram import read as read_telegram
from bot.platforms.discord.known import Known
from bot.platforms.discord.messages import message_sent
from bot.platforms.telegram.translate import Translator
from core.domain.bridges import behind, spoken_in
from core.domain.clock import SystemClock
from core.domain.events import Spoken
from core.domain.people import Consent, Person, Rights
from core.engine.history import import_history
from core.store.unit import Store
from tests.platforms.exports import channel, chat, said, written, wrote
from tests.world import World
from tests.world.platform import FakePlatform

BOT = Person("99", "Bridgey", bot=True)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("[discord] <ana> hello", Spoken("ana", "discord")),
        ("<ana:matrix.org> hello", Spoken("ana:matrix.org")),
        ("[irc]<a\u200bna>\nhello", Spoken("ana", "irc")),
        ("[discord] ana: hello", None),
        ("<b>bold</b> text", None),
        ("look: <ana> hello", None),
        ("<> hello", None),
        ("[discord] <\u200b> hello", None),
        ("", None),
    ],
)
def test_for_whom_a_line_speaks(text: str, spoken: Spoken | None) -> None:
    assert spoken_in(text) == spoken


def test_the_id_of_a_name_behind_a_bridge_is_its_own_and_fits() -> None:
    assert behind(BOT, Spoken("Li Wei")) == Person("bridge:99:Li Wei", "Li Wei")
    long = [behind(BOT, Spoken("x" * 63 + end)) for end in "ab"]
    assert len({each.id for each in long}) == 2
    assert all(len(each.id) <= 64 and each.behind_bridge for each in long)


def line(number: int, name: str, **more: Any) -> dict[str, Any]:
    """Return what the bridge wrote for somebody, as Telegram Desktop exports it."""
    text = [f"[discord] <{name}> hello ", {"type": "link", "text": "example.org"}]
    return said(number, 99, **{"from": "Bridgey", "text": text, **more})


BRIDGED = (
    line(1, "kim"),
    line(2, "lou"),
    line(3, "kim", reply_to_message_id=2),
    said(4, 1, reply_to_message_id=1),
    said(5, 1, reply_to_message_id=2),
    line(6, "lou", reply_to_message_id=4),
    line(7, "kim", reactions=[{"type": "emoji", "count": 1, "emoji": "👍", "recent": [{"from_id": "user1"}]}]),
    said(8, 2, text="[discord] <kim> said so", reply_to_message_id=4),
    said(9, 2),
    said(10, 99, text="Connected.", **{"from": "Bridgey"}),
)


async def bring(
    world: World, path: Path, *bridges: str, read: Any = read_telegram, platform: str = "telegram"
) -> dict[str, Any]:
    taken = await import_history(
        world.store,
        world.engine.sealer.hash,
        platform,
        "Data Kitchen",
        read(path),
        path="x",
        now=world.clock.now(),
        bridges=bridges,
    )
    return taken.to_json()


async def ties(world: World) -> dict[tuple[str, str], int]:
    """Return how often each member addressed each other, by name."""
    async with world.store.read() as unit:
        community = await unit.communities.named("Data Kitchen")
        assert community is not None
        members = {member.id: member.name for member in await unit.members.all(community.id)}
        found: dict[tuple[str, str], int] = {}
        for row in await unit.rollups.ties(community.id):
            pair = (members[row[0]], members[row[1]])
            found[pair] = found.get(pair, 0) + sum(row[3:])
        return found


TIED = {
    ("kim", "lou"): 1,
    ("Member 1", "kim"): 2,
    ("Member 1", "lou"): 1,
    ("lou", "Member 1"): 1,
    ("Member 2", "Member 1"): 1,
}


async def test_an_import_offers_to_split_and_does_so_when_asked_even_later(world: World, tmp_path: Path) -> None:
    path = written(tmp_path, chat(*BRIDGED))
    taken = await bring(world, path)
    offer = {"name": "Bridgey", "sources": ["discord"], "lines": 5, "names": 2, "split": False, "moved": 0}
    assert taken["bridges"] == [offer]
    assert (taken["authors"], taken["messages"]) == (3, 10)
    assert ("Member 1", "Bridgey") in await ties(world)

    taken = await bring(world, path, "99")
    assert taken["bridges"] == [{**offer, "split": True, "moved": 5}]
    assert (taken["messages"], taken["duplicates"]) == (0, 10)
    assert await ties(world) == TIED
    again = await bring(world, path, "99")
    assert again["bridges"] == [{**offer, "split": True}]
    assert await ties(world) == TIED


async def test_split_at_once_is_the_same_and_nobody_is_known_unasked(world: World, tmp_path: Path) -> None:
    await world.set(start_consent=Consent.PERSONAL)
    taken = await bring(world, written(tmp_path, chat(*BRIDGED)), "99")
    assert (taken["authors"], taken["messages"]) == (5, 10)  # the bot's own notice counts as its own
    assert await ties(world) == TIED
    community = await world.community()
    async with world.store.read() as unit:
        everybody = {member.name: member for member in await unit.members.all(community.id)}
    assert {name for name, member in everybody.items() if member.consent is Consent.PERSONAL} >= {"Member 1"}
    assert {everybody[name].consent for name in ("kim", "lou")} == {Consent.COUNTED}
    assert everybody["Bridgey"].bot
    assert community.settings.bridges == "each"


async def test_an_owner_decides_once_and_each_name_counts_from_then_on(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    world.moderator("mod")

    async def bridged(name: str, **more: Any) -> str:
        return await world.say(BOT, f"<{name}> hello", spoken=Spoken(name, "discord"), **more)

    async def asked(who: str) -> str:
        await world.say(who, "/network")
        await world.engine.due()
        await world.deliver()
        return world.last

    first = await bridged("kim")
    await world.say("ana", "hi", reply_to=first, reply_author=BOT)
    await world.say("ben", "hi", reply_to=await world.say("ana", "hi"))
    await world.advance(days=1)
    assert (await asked("mod")).startswith("2 people have written")
    assert "Bridgey" not in world.last
    assert "Bridgey writes here for people elsewhere. Shall I count them one by one from now on?" in await asked("olga")
    await world.press("olga", "Yes, each of them")
    assert "Bridge bots: Count each name" in world.last

    await world.advance(hours=1)
    again = await bridged("kim")
    await world.say("ana", "hi kim", reply_to=again, reply_author=BOT)
    await bridged("lou", reply_to=again)
    await world.say(Person("zoe", "Zoe"), "[discord] <ana> I owe you", spoken=Spoken("ana", "discord"))
    await world.advance(days=1)
    before = {("Ben", "Ana"): 1, ("Ana", "Bridgey"): 1}  # nobody counts the bot
    assert await ties(world) == {**before, ("Ana", "kim"): 1, ("lou", "kim"): 1}
    assert "Bridgey" not in await asked("olga")
    assert (await world.member("bridge:99:kim")).name == "kim"


async def test_a_name_behind_a_bridge_is_nobody_to_write_to_or_to_reward(world: World) -> None:
    await world.set(bridges="each", level_notice="direct")
    tiers = (await world.community()).settings.tiers
    await world.set(tiers=(replace(tiers[0], role="newcomers"), *tiers[1:]))
    for _ in range(12):
        await world.say(BOT, "<kim> hello", spoken=Spoken("kim"))
        world.clock.advance(timedelta(minutes=2))
    assert (await world.member("bridge:99:kim")).level == 1
    await world.say("ana", "/thanks kim")
    assert world.last == "kim writes here through a bridge and can't get points that way."
    await world.advance(days=2)
    fake = world.platforms[world.default]
    assert isinstance(fake, FakePlatform)
    assert set(fake.roles) == {"ana"}
    assert not any((sent.outgoing.to or "").startswith("bridge:") for sent in world.sent)


def test_telegram_tells_whom_a_bridge_speaks_for_and_no_more() -> None:
    chat_ = {"id": -1001234567890, "type": "supergroup", "title": "Data Kitchen"}
    bot = {"id": 99, "first_name": "Bridgey", "is_bot": True}
    message = {"message_id": 2, "date": 1767614520, "chat": chat_, "from": bot, "text": "[discord] <kim> secret"}
    (*_, sent) = Translator(1, "kith_bot", SystemClock()).translate({"update_id": 1, "message": message})
    assert sent.spoken == Spoken("kim", "discord")
    assert "secret" not in repr(sent)


def worn(number: int, name: str, **more: Any) -> dict[str, Any]:
    """Return what a webhook wrote under a name, as DiscordChatExporter writes it."""
    webhook = {"id": "5550001", "name": name, "nickname": name, "discriminator": "0000", "isBot": True}
    return wrote(number, **{"author": webhook, **more})


def told(number: int, name: str, *, webhook: str | None = "5550001") -> dict[str, Any]:
    """Return what a webhook or an app wrote under a name, as Discord dispatches it."""
    return {
        "id": str(10**18 + number), "type": 0, "channel_id": "77", "guild_id": "55", "content": "hello", "mentions": [],
        "timestamp": "2026-03-02T09:00:00+00:00", "author": {"id": "5550001", "username": name, "bot": True},
        "webhook_id": webhook,
    }  # fmt: skip


async def test_a_webhook_with_three_names_is_a_bridge_and_each_name_a_member(world: World, tmp_path: Path) -> None:
    path = written(tmp_path, channel(*(worn(n, name) for n, name in enumerate(["ana", "bo", "ana", "kim"], 1))))
    taken = await bring(world, path, read=read_discord, platform="discord")
    assert [(each["name"], each["names"], each["split"]) for each in taken["bridges"]] == [("ana", 3, False)]
    async with world.store.read() as unit:
        community = await unit.communities.named("Data Kitchen")
        assert [member.bot for member in await unit.members.all(community.id)] == [True]
    await bring(world, path, "5550001", read=read_discord, platform="discord")
    async with world.store.read() as unit:
        people = [member.name for member in await unit.members.all(community.id) if not member.bot]
    assert sorted(people) == ["ana", "bo", "kim"]


async def test_a_webhook_with_one_name_or_a_new_one_is_no_bridge(world: World, tmp_path: Path) -> None:
    news = [worn(number, "News") for number in range(1, 9)]
    renamed = [worn(number, "Daily news") for number in range(9, 12)]
    taken = await bring(world, written(tmp_path, channel(*news, *renamed)), read=read_discord, platform="discord")
    assert "bridges" not in taken


async def test_a_live_webhook_is_known_by_its_third_name_and_an_app_by_none(store: Store) -> None:
    world = World(store, FakePlatform("discord"))
    await world.open("55")
    known = Known("1")

    async def say(*messages: dict[str, Any]) -> str:
        events = [sent for each in messages if (sent := message_sent(each, None, known)) is not None]
        await world.engine.accept(events)
        return (await world.community("55")).settings.bridge

    assert await say(*(told(number, "Deploys") for number in range(1, 9))) == ""
    assert await say(*(told(10 + n, name, webhook=None) for n, name in enumerate(["x", "y", "z"]))) == ""
    assert await say(told(20, "ana"), told(21, "ana")) == ""
    assert await say(told(22, "bo")) == "bo"
    community = await world.community("55")
    async with store.begin() as unit:
        community.settings = replace(community.settings, bridges="each")
        await unit.communities.save(community)
    await say(told(30, "kim"), told(31, "ana"))
    async with store.read() as unit:
        people = [member.name for member in await unit.members.all(community.id) if not member.bot]
    assert sorted(people) == ["ana", "kim"]
    assert "kim" not in json.dumps(community.settings.to_json())
