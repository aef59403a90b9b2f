"""Rooms: what is decided for one holds for what is in it; names and deletions are learned from whatever tells them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.discord.known import Known
from bot.platforms.discord.translate import translate
from bot.platforms.telegram.translate import Translator
from core.domain.community import Room
from core.domain.events import MessageSent, RoomNamed
from core.domain.history import Chapter, Record
from core.domain.people import Person, Rights
from core.engine.history import import_history
from core.store.unit import Store
from tests.world import World
from tests.world.platform import FakePlatform

GUILD = {"id": "10", "name": "Home", "owner_id": "99", "voice_states": [], "members": []}
BOTS = {"id": "21", "type": 0, "name": "bots", "parent_id": "20"}
THREAD = {"id": "31", "type": 11, "name": "a thread", "parent_id": "21"}


class Server:
    """A Discord server's dispatches, as Kith keeps them."""

    def __init__(self, store: Store) -> None:
        self.world = World(store, FakePlatform(name="discord"))
        self.world.moderator("99", Rights.OWNER)
        self.known = Known("7")

    async def tell(self, name: str, data: dict[str, Any]) -> None:
        await self.world.hand_in(*translate(name, data, self.known, self.world.clock.now()))

    async def opens(self, *threads: dict[str, Any]) -> None:
        channels = [{"id": "20", "type": 4, "name": "backstage"}, BOTS, {"id": "22", "type": 0, "name": "general"}]
        await self.tell("GUILD_CREATE", {**GUILD, "channels": channels, "threads": list(threads)})

    async def earned(self, who: str, room: str) -> int:
        await self.world.happen(MessageSent, who, space="10", room=room, platform="discord")
        return (await self.world.member(who, "10")).earned

    async def rooms(self) -> dict[str, Room]:
        async with self.world.store.read() as unit:
            space = (await unit.communities.spaces("discord", ["10"]))["10"]
            return {room.external_id: room for room in (await unit.communities.rooms([space.id])).values()}

    async def listed(self) -> list[str]:
        await self.world.say("99", "/rooms", space="10")
        return [button.label for row in self.world.sent[-1].outgoing.buttons for button in row]

    async def silence(self, label: str) -> None:
        await self.world.say("99", "/rooms", space="10")
        await self.world.press("99", label)


@pytest.fixture
async def server(store: Store) -> Server:
    """Give a Discord server with a category, two channels and a thread."""
    made = Server(store)
    await made.opens(THREAD)
    return made


async def test_threads_of_a_room_without_points_give_none(server: Server) -> None:
    assert await server.earned("ana", "31") > 0
    await server.silence("✓ #bots")
    assert await server.earned("bo", "31") == 0
    opened = {"id": "32", "type": 11, "name": "opened later", "parent_id": "21", "guild_id": "10"}
    await server.tell("THREAD_CREATE", opened)
    assert await server.earned("cem", "32") == 0
    assert await server.earned("dee", "22") > 0
    assert await server.listed() == ["✓ #backstage", "✗ #bots", "✓ #general"]
    await server.silence("✗ #bots")
    assert await server.earned("eve", "32") > 0


async def test_channels_of_a_category_without_points_give_none(server: Server) -> None:
    await server.silence("✓ #backstage")
    assert await server.earned("ana", "31") == 0
    assert await server.earned("bo", "21") == 0
    assert await server.earned("cem", "22") > 0
    assert await server.listed() == ["✗ #backstage", "✓ #general"]
    await server.tell("CHANNEL_UPDATE", {**BOTS, "guild_id": "10", "parent_id": None})
    assert await server.earned("dee", "31") > 0


async def test_threads_known_before_learn_where_they_are(store: Store) -> None:
    server = Server(store)
    await server.opens()
    await server.world.happen(RoomNamed, None, space="10", room="31", name="a thread", key="n:31:old")
    await server.silence("✓ #bots")
    assert await server.earned("ana", "31") > 0
    server.known = Known("7")  # another start
    await server.opens(THREAD)
    assert await server.earned("bo", "31") == 0


async def test_deleted_rooms_are_listed_no_more(server: Server) -> None:
    await server.silence("✓ #bots")
    await server.tell("CHANNEL_DELETE", {**BOTS, "guild_id": "10"})
    assert await server.listed() == ["✓ #backstage", "✓ #general"]
    assert (await server.rooms())["31"].deleted
    await server.world.say("99", "/settings", space="10")
    assert "Points are given in every room" in server.world.last
    await server.tell("THREAD_DELETE", {**THREAD, "guild_id": "10"})
    assert (await server.rooms())["31"].gone


async def test_rooms_deleted_while_nobody_listened_are_listed_no_more(server: Server) -> None:
    server.known = Known("7")
    await server.world.advance(minutes=1)
    await server.tell("GUILD_CREATE", {**GUILD, "channels": [BOTS], "threads": []})
    assert await server.listed() == ["✓ #bots"]
    assert not (await server.rooms())["31"].deleted
    await server.tell("CHANNEL_CREATE", {"id": "22", "type": 0, "name": "general again", "guild_id": "10"})
    assert await server.listed() == ["✓ #bots", "✓ #general again"]


async def test_a_topic_older_than_kith_is_known_by_its_name(store: Store) -> None:
    world = World(store, FakePlatform(name="telegram"))
    translator = Translator(7, "kith_bot", world.clock, set())
    chat = {"id": -1001, "type": "supergroup", "title": "Home", "is_forum": True}
    opening = {"message_id": 17, "chat": chat, "date": 1, "forum_topic_created": {"name": "Announcements"}}
    place = {"chat": chat, "date": 1772446000, "message_thread_id": 17, "is_topic_message": True}

    async def hand_in(number: int, **more: Any) -> str:
        user = {"id": 1, "is_bot": False, "first_name": "Ana"}
        update = {"update_id": number, "message": {"message_id": number, "from": user, **place, **more}}
        await world.hand_in(*translator.translate(update))
        async with world.store.read() as unit:
            space = (await unit.communities.spaces("telegram", ["-1001"]))["-1001"]
            ((_, room),) = (await unit.communities.rooms([space.id])).items()
            return room.name

    assert await hand_in(20, text="hello", reply_to_message=opening) == "Announcements"
    assert await hand_in(21, forum_topic_edited={"name": "News"}) == "News"
    translator = Translator(7, "kith_bot", world.clock, set())
    assert await hand_in(22, text="hello", reply_to_message=opening) == "News"


async def test_an_import_knows_in_which_room_a_thread_is(server: Server) -> None:
    await server.silence("✓ #bots")
    community = await server.world.community("10")
    sent = MessageSent(
        platform="discord",
        key="m:900",
        space="10",
        room="77",
        at=server.world.clock.now(),
        actor=Person("ana", "Ana"),
    )
    await import_history(
        server.world.store,
        lambda platform, person: f"{platform}:{person}",
        "discord",
        community.name,
        [Chapter("10", "Home", "server", "77", "old thread", "21"), Record((sent,))],
        path="x.json",
        now=server.world.clock.now(),
        with_points=True,
    )
    assert (await server.world.member("ana", "10")).earned == 0
