"""What comes from Discord, in order, and what came while nobody listened.

Discord replays what a short drop missed (RESUME). After anything longer only messages, the votes of open polls and
who is interested in events can be asked for: messages are fetched once for each room, after the newest one that was
committed, and what can't be fetched is recorded as a gap. Threads that were archived meanwhile are in no new session:
their channels are asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import aiohttp
import discord
import structlog

from bot.platforms.discord.events import missed_interest
from bot.platforms.discord.known import NAME, Known, snowflake_of
from bot.platforms.discord.messages import told
from bot.platforms.discord.polls import missed_votes
from bot.platforms.discord.rest import PAGE, Rest, Threads
from bot.platforms.discord.translate import put_aside, translate
from bot.platforms.port import Intake, RetryLater
from core.domain.clock import Clock
from core.domain.events import Asked, Event, GapFound, MessageSent
from core.store.polls import StoredPoll
from core.store.unit import DatabaseDown, Store

LOST = "reactions, joins, leaves, voice, edits, deletions"
LIMIT = 50_000  # events waiting in memory; past that they are let go and fetched again later
PULSE = 30.0  # seconds between two records of having listened
PATIENCE = 10.0  # seconds for Discord to tell of every server after a new session
AT_ONCE = 8  # lists of archived threads asked for at a time: what is live waits for the last of them
PAUSE = 1.0  # seconds between two looks for a database that is away
TEXT_ROOMS = {0, 2, 5, 10, 11, 12, 13}  # channel types with messages: text, voice, news, threads, stage
_log = structlog.get_logger()

Place = tuple[str, str]  # space and room
Payload = Mapping[str, Any]
AskedPoll = tuple[StoredPoll, dict[str, tuple[int, ...]]]  # and what each account chose
ShownEvent = tuple[str, str, frozenset[str]]  # space, event, and who was interested
MainRoom = Callable[[str], str | None]
ThreadLists = Callable[[str], Sequence[tuple[str, Threads]]]


class Inflow:
    """Translate dispatches, hand them to the intake batch by batch, and remember how far each room got."""

    def __init__(self, store: Store, clock: Clock, intake: Intake, known: Known, listener: str = NAME) -> None:
        self._store = store
        self._clock = clock
        self.intake = intake
        self.known = known
        self._listener = listener
        self.missed = asyncio.Event()  # set when `catch_up` has something to fetch
        self.listening = False
        self._waiting: list[Event] = []
        self._asked: list[Asked] = []
        self._unreadable: list[tuple[Payload, str]] = []
        self._came = asyncio.Event()
        self._asked_came = asyncio.Event()
        self._unread_came = asyncio.Event()
        self._open = asyncio.Event()  # history is in: what is live may follow
        self._heard = clock.now()
        self._reach: dict[Place, str] = {}
        self._newest: dict[Place, str] = {}  # of these, what isn't recorded yet
        self._last_messages: dict[Place, str] = {}
        self._expected: set[str] = set()
        self._to_fetch: set[str] = set()
        self._overflowed = False

    # ------------------------------------------------------------------ from the gateway, without waiting

    def take(self, name: str, data: Payload) -> list[Event]:
        """Put what a dispatch tells into the queue, or aside where it can't be read; return it."""
        self._heard = self._clock.now()
        try:
            self._note(name, data)
            events = translate(name, data, self.known, self._heard)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self._put_aside(name, data, error)
            return []
        for event in events:
            if isinstance(event, Asked):
                self._asked.append(event)
                self._asked_came.set()
            elif len(self._waiting) < LIMIT:
                self._waiting.append(event)
                self._came.set()
            elif not self._overflowed:
                self._overflowed = True
                _log.error("too much waits: what comes now is let go, to be fetched again later")
        return events

    def _put_aside(self, name: str, data: Any, error: Exception) -> None:
        _log.warning("could not read what Discord sent", name=name, error=type(error).__name__)
        raw = put_aside(name, data, self.known, self._heard)
        self._unreadable.append((raw, f"{name}: {type(error).__name__}"))
        self._unread_came.set()

    def _note(self, name: str, data: Payload) -> None:
        if name == "READY":
            self.known.bot_id = data["user"]["id"]
            self._open.clear()
            self._expected = {guild["id"] for guild in data["guilds"]}
            if not self._expected:
                self.missed.set()
            asyncio.get_running_loop().call_later(PATIENCE, self.missed.set)
        elif name == "GUILD_CREATE" and not data.get("unavailable"):
            for room in [*data["channels"], *data["threads"]]:
                if room["type"] in TEXT_ROOMS and room.get("last_message_id"):
                    self._last_messages[data["id"], room["id"]] = room["last_message_id"]
            self._to_fetch.add(data["id"])
            self._expected.discard(data["id"])
            if not self._expected:
                self.missed.set()
        elif name == "MESSAGE_CREATE" and "guild_id" in data:
            self._last_messages[data["guild_id"], data["channel_id"]] = data["id"]

    # ------------------------------------------------------------------ to the intake

    async def run(self) -> None:
        """Hand events in until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._pump())
            tasks.create_task(self._pump_asked())
            tasks.create_task(self._park())
            tasks.create_task(self._pulse())

    async def _pump(self) -> None:
        while True:
            await self._came.wait()
            await self._open.wait()
            heard = self._heard
            batch, self._waiting = self._waiting, []
            self._came.clear()
            await self.intake.submit(batch)
            self._reached(batch)
            if self._overflowed:
                self._open.clear()
                self._to_fetch = set(self.known.titles)
                self._overflowed = False
                self.missed.set()
            else:
                await self._record(heard)

    async def _pump_asked(self) -> None:
        while True:
            await self._asked_came.wait()
            batch, self._asked = self._asked, []
            self._asked_came.clear()
            await self.intake.submit(batch)

    async def _park(self) -> None:
        while True:
            await self._unread_came.wait()
            batch, self._unreadable = self._unreadable, []
            self._unread_came.clear()
            for raw, reason in batch:
                named = raw["data"] if isinstance(raw["data"], Mapping) else {}
                key = f"raw:{raw['name']}:{named.get('id', '')}:{self._clock.now().isoformat()}"[:160]
                space = named.get("guild_id")
                await self.intake.park(NAME, key, None if space is None else str(space), raw, reason)

    async def _pulse(self) -> None:
        while True:
            await asyncio.sleep(PULSE)
            await self.record_now()

    async def record_now(self) -> None:
        """Record that Discord was heard until now, if it was and nothing waits."""
        if self.listening and self._open.is_set() and not self._waiting:
            await self._record(self._clock.now())

    def _reached(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, MessageSent) and event.room is not None:
                self._reached_message((event.space, event.room), event.key.removeprefix("m:"))

    def _reached_message(self, place: Place, message: str) -> None:
        # What waited while the history was fetched is older than that: a room never goes back.
        if int(message) > int(self._reach.get(place, "0")):
            self._reach[place] = self._newest[place] = message

    async def _record(self, heard: datetime) -> None:
        newest, self._newest = self._newest, {}
        try:
            async with self._store.begin() as unit:
                spaces = await unit.communities.spaces(NAME, {space for space, _ in newest})
                rooms = await unit.communities.rooms([space.id for space in spaces.values()])
                for (space, room), message in newest.items():
                    known = rooms.get((spaces[space].id, room)) if space in spaces else None
                    if known is not None:
                        await unit.communities.seen(known.id, message)
                await unit.communities.heard(self._listener, heard)
        except DatabaseDown:
            # The next record says it too; should there be none, a restart fetches a little twice.
            self._newest = newest | self._newest

    # ------------------------------------------------------------------ what was missed

    async def catch_up(self, client: Rest, thread_lists: ThreadLists, main_room: MainRoom) -> None:
        """Fetch messages and votes that came unheard, record what can't be fetched, and let live events through.

        `thread_lists` names the channels of a server whose threads may have been archived meanwhile, `main_room` the
        one that a poll without a room went to.
        """
        self.missed.clear()
        guilds, self._to_fetch = self._to_fetch, set()
        since, seen, asked, shown = await self._positions(guilds)
        if since is not None:
            since = min(since, self._clock.now())  # the clock may have been ahead then
            begin = snowflake_of(since)
            refused = await self._look_for_archived(
                client, [(g, *each) for g in seen for each in thread_lists(g)], since
            )
            for place, last in list(self._last_messages.items()):
                after = seen.get(place[0], {}).get(place[1], begin)
                if place[0] in seen and int(last) > int(after) and not await self._fetch(client, place, after):
                    refused.add(place[0])
            unasked = await self._fetch_votes(client, asked, main_room, since)
            unshown = await self._fetch_interest(client, shown, since)
            now = self._clock.now()
            lacks = {"messages": refused, "votes": unasked, "interest": unshown}
            gaps = [_gap(guild, since, now, [what for what, of in lacks.items() if guild in of]) for guild in seen]
            await self.intake.submit(gaps)
        if not self._expected:
            await self._record(self._clock.now())
        self._open.set()

    async def _positions(
        self, guilds: set[str]
    ) -> tuple[datetime | None, dict[str, dict[str, str]], list[AskedPoll], list[ShownEvent]]:
        """Return until when Discord was heard, each room's newest message by server, open polls and shown events."""
        while True:
            try:
                async with self._store.read() as unit:
                    since = await unit.communities.last_heard(self._listener)
                    spaces = await unit.communities.spaces(NAME, guilds)
                    seen = {name: await unit.communities.last_seen(each.id) for name, each in spaces.items()}
                    asked = await unit.polls.asked(NAME, seen)
                    shown = await unit.mirrors.interest(NAME, seen)
            except DatabaseDown:
                await asyncio.sleep(PAUSE)
            else:
                return since, seen, asked, shown

    async def _look_for_archived(
        self, client: Rest, lists: Sequence[tuple[str, str, Threads]], since: datetime
    ) -> set[str]:
        """Note the threads that were archived after a time, of which a new session isn't told.

        Return the servers in which a list was refused.
        """
        few = asyncio.Semaphore(AT_ONCE)

        async def look(space: str, channel: str, threads: Threads) -> bool:
            async with few:
                return await self._note_archived(client, space, channel, threads, since)

        read = await asyncio.gather(*(look(*each) for each in lists))
        return {space for (space, _, _), well in zip(lists, read, strict=True) if not well}

    async def _note_archived(self, client: Rest, space: str, channel: str, threads: Threads, since: datetime) -> bool:
        """Note the threads of one list, page by page; say whether it could be read."""
        before: str | None = None
        while True:
            try:
                page, more = await client.archived(channel, threads, before)
            except (discord.DiscordException, OSError, aiohttp.ClientError) as error:
                _log.warning("archived threads could not be listed", room=channel, error=type(error).__name__)
                return False
            for thread in page:
                before = thread["id"] if threads is Threads.JOINED else thread["thread_metadata"]["archive_timestamp"]
                if datetime.fromisoformat(thread["thread_metadata"]["archive_timestamp"]) >= since:
                    self._note_thread(space, thread)
                elif threads is not Threads.JOINED:
                    return True
            if not page or not more:
                return True

    def _note_thread(self, space: str, thread: Payload) -> None:
        if thread.get("last_message_id"):
            self._last_messages[space, thread["id"]] = thread["last_message_id"]
            self._waiting += translate("THREAD_UPDATE", {**thread, "guild_id": space}, self.known, self._clock.now())
            self._came.set()

    async def _fetch_votes(
        self, client: Rest, asked: Sequence[AskedPoll], main_room: MainRoom, since: datetime
    ) -> set[str]:
        """Hand in the votes on polls that are still open; return the servers in which they could not be read."""
        refused: set[str] = set()
        for poll, before in asked:
            room = poll.room or main_room(poll.space) or ""
            votes = missed_votes(client, room, poll, before, self.known, since, self._clock.now())
            if not await self._fetch_changes(votes, "the votes of a poll could not be read", name=poll.name):
                refused.add(poll.space)
        return refused

    async def _fetch_interest(self, client: Rest, shown: Sequence[ShownEvent], since: datetime) -> set[str]:
        """Hand in who is interested in events or no longer; return the servers in which that could not be read."""
        refused: set[str] = set()
        for guild, event, before in shown:
            changes = missed_interest(client, guild, event, before, self.known, since, self._clock.now())
            if not await self._fetch_changes(changes, "who is interested in an event could not be read", name=event):
                refused.add(guild)
        return refused

    async def _fetch_changes(self, asked: Awaitable[list[Event]], else_said: str, **of: str) -> bool:
        """Hand in what Discord answers; say whether it did."""
        try:
            changes = await asked
        except (discord.DiscordException, OSError, aiohttp.ClientError, RetryLater) as error:
            _log.warning(else_said, error=type(error).__name__, **of)
            return False
        await self.intake.submit(changes)
        return True

    async def _fetch(self, client: Rest, place: Place, after: str) -> bool:
        """Hand in the messages of a room after one, page by page; say whether the room could be read."""
        space, room = place
        while True:
            try:
                page = await client.history(room, after)
            except (discord.DiscordException, OSError, aiohttp.ClientError) as error:
                _log.warning("a room's history could not be read", room=room, error=type(error).__name__)
                return False
            events: list[Event] = []
            for message in page:
                try:
                    events += told(message, space, self.known)
                except (KeyError, TypeError, ValueError, AttributeError) as error:
                    self._put_aside("MESSAGE_CREATE", {**message, "guild_id": space}, error)
            await self.intake.submit(events)
            if page:
                after = page[-1]["id"]
                self._reached_message(place, after)
            if len(page) < PAGE:
                return True


def _gap(guild: str, since: datetime, now: datetime, lacks: Sequence[str]) -> GapFound:
    return GapFound(
        platform=NAME,
        key=f"gap:{guild}:{since.isoformat()}",
        space=guild,
        at=now,
        since=since,
        what=", ".join([LOST, *lacks]),
    )
