"""The gateway half of the loopback Discord: sessions, sequence numbers, replay, compression.

Speaks v10 JSON, plain or as one zlib stream for each connection, as the client asks in the address.
"""

from __future__ import annotations

import asyncio
import copy
import json
import zlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import discord
from aiohttp import WSMsgType, web
from simcord import intents as intent_rules
from simcord.backend import serializers

from tests.world.discord_backend import WithPosts

HEARTBEAT_MS = 41_250
MEMBERS_A_CHUNK = 1000
REPLAYED_AT_MOST = 10_000

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 8, 9, 10, 11


class Connection:
    """One WebSocket; what is sent leaves in the order it was put."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self._request = request
        self._waiting: asyncio.Queue[str | int | None] = asyncio.Queue()
        self._zlib = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None

    def put(self, payload: Mapping[str, Any]) -> None:
        self._waiting.put_nowait(json.dumps(payload))

    def close(self, code: int) -> None:
        self._waiting.put_nowait(code)

    def abort(self) -> None:
        """Cut the wire without a closing handshake."""
        if self._request.transport is not None:
            self._request.transport.abort()
        self._waiting.put_nowait(None)

    async def write(self) -> None:
        while True:
            item = await self._waiting.get()
            if item is None:
                return
            if isinstance(item, int):
                await self.socket.close(code=item)
                return
            try:
                if self._zlib is None:
                    await self.socket.send_str(item)
                else:
                    packed = self._zlib.compress(item.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(packed)
            except ConnectionError:
                return


@dataclass
class Session:
    """What Discord keeps of one IDENTIFY: it outlives the socket, so that RESUME can replay."""

    id: str
    intents: discord.Intents
    shard: tuple[int, int]
    connection: Connection | None
    sequence: int = 0
    sent: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=REPLAYED_AT_MOST))

    def dispatch(self, event: str, data: Mapping[str, Any]) -> None:
        self.sequence += 1
        frame = {"op": DISPATCH, "t": event, "s": self.sequence, "d": copy.deepcopy(dict(data))}
        self.sent.append(frame)
        if self.connection is not None:
            self.connection.put(frame)


class Gateway:
    """Accepts sockets and hands every change of the backend to the sessions that may see it."""

    def __init__(self, backend: WithPosts, token: str, approved: discord.Intents) -> None:
        self.backend = backend
        self.token = token
        self.approved = approved
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.identified: list[dict[str, Any]] = []
        self.resumed: list[dict[str, Any]] = []
        self.asked_members: list[dict[str, Any]] = []
        self.closed_with: list[int] = []
        self.features: dict[int, list[str]] = {}
        self.changed = asyncio.Condition()
        self._connections: set[Connection] = set()
        backend.subscribers.append(self._on_change)

    # ------------------------------------------------------------------ driven by tests

    def cut(self, code: int | None = None) -> None:
        """Drop every socket: without a word, or with a close code."""
        for connection in list(self._connections):
            if code is None:
                connection.abort()
            else:
                connection.close(code)

    def ask_to_reconnect(self) -> None:
        for connection in list(self._connections):
            connection.put({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        for session in list(self.sessions.values()):
            if session.connection is not None:
                session.connection.put({"op": INVALID, "d": resumable})
        if not resumable:
            self.sessions.clear()

    def forget(self) -> None:
        """Forget every session, as after too long a drop: the next RESUME finds nothing."""
        self.sessions.clear()

    def raw(self, event: str, data: Mapping[str, Any]) -> None:
        """Send one event as given, whatever the backend thinks of it."""
        for session in self.sessions.values():
            session.dispatch(event, data)

    def replay_last(self, event: str, times: int = 1) -> None:
        """Deliver the last event of that name again."""
        for session in self.sessions.values():
            frame = next(item for item in reversed(session.sent) if item["t"] == event)
            for _ in range(times):
                session.dispatch(event, frame["d"])

    # ------------------------------------------------------------------ wire

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        connection = Connection(socket, request)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        connection.put({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT_MS}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._on_frame(connection, json.loads(message.data))
                    await self.tell()
        finally:
            self._connections.discard(connection)
            self._detach(connection, socket.close_code)
            connection._waiting.put_nowait(None)
            await writer
            await self.tell()
        return socket

    async def tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    def _detach(self, connection: Connection, code: int | None) -> None:
        if code is not None:
            self.closed_with.append(code)
        for session in list(self.sessions.values()):
            if session.connection is connection:
                session.connection = None
                if code in (1000, 1001):
                    del self.sessions[session.id]

    def _on_frame(self, connection: Connection, frame: dict[str, Any]) -> None:
        match frame["op"]:
            case 1:
                connection.put({"op": ACK})
            case 2:
                self._identify(connection, frame["d"])
            case 6:
                self._resume(connection, frame["d"])
            case 8:
                self._members(connection, frame["d"])
            case _:
                pass

    def _identify(self, connection: Connection, data: dict[str, Any]) -> None:
        self.identified.append({key: value for key, value in data.items() if key != "token"})
        if data["token"] != self.token:
            connection.close(4004)
            return
        intents = discord.Intents._from_value(data["intents"])
        if intent_rules.missing_privileged_intents(intents, self.approved):
            connection.close(4014)
            return
        shard, count = data.get("shard", (0, 1))
        session = Session(f"session-{len(self.identified)}", intents, (shard, count), connection)
        self.sessions[session.id] = session
        guilds = [guild for guild in self.backend.guilds.values() if (guild.id >> 22) % count == shard]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": serializers.user_payload(self.backend.bot_user),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "shard": [shard, count],
                "application": {"id": str(self.backend.application_id), "flags": 0},
            },
        )
        for guild in guilds:
            self._deliver(session, "GUILD_CREATE", serializers.guild_create_payload(self.backend, guild))

    def _resume(self, connection: Connection, data: dict[str, Any]) -> None:
        self.resumed.append({key: value for key, value in data.items() if key != "token"})
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self.token:
            connection.put({"op": INVALID, "d": False})
            return
        session.connection = connection
        for frame in session.sent:
            if frame["s"] > data["seq"]:
                connection.put(frame)
        session.dispatch("RESUMED", {})

    def _members(self, connection: Connection, data: dict[str, Any]) -> None:
        self.asked_members.append(data)
        session = next(item for item in self.sessions.values() if item.connection is connection)
        guild = self.backend.guilds.get(int(data["guild_id"]))
        if guild is None:
            return
        members = list(guild.members.values())
        if wanted := data.get("user_ids"):
            members = [member for member in members if str(member.user_id) in map(str, wanted)]
        elif query := data.get("query"):
            members = [
                member
                for member in members
                if self.backend.users[member.user_id].name.lower().startswith(query.lower())
            ]
        if data.get("limit"):
            members = members[: data["limit"]]
        pages = [members[at : at + MEMBERS_A_CHUNK] for at in range(0, len(members), MEMBERS_A_CHUNK)] or [[]]
        for index, page in enumerate(pages):
            session.dispatch(
                "GUILD_MEMBERS_CHUNK",
                {
                    "guild_id": str(guild.id),
                    "members": [serializers.member_payload(self.backend, guild, member) for member in page],
                    "chunk_index": index,
                    "chunk_count": len(pages),
                    "nonce": data.get("nonce"),
                },
            )

    # ------------------------------------------------------------------ what changed

    def _on_change(self, event: str, payload: Mapping[str, Any]) -> None:
        guild_id = payload.get("guild_id") or (payload.get("id") if event.startswith("GUILD_") else None)
        for session in list(self.sessions.values()):
            shard, count = session.shard
            if (int(guild_id) >> 22) % count != shard if guild_id else shard != 0:
                continue
            self._deliver(session, event, payload)

    def _deliver(self, session: Session, event: str, payload: Mapping[str, Any]) -> None:
        needed = intent_rules.required_intent(event, payload)
        if needed is not None and not getattr(session.intents, needed):
            return
        data = self.backend.as_told(dict(payload))
        bot = self.backend.bot_user.id
        if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE") and not session.intents.message_content:
            intent_rules.censor_message(data, bot, backend=self.backend)
        if event == "MESSAGE_REACTION_ADD":
            message = self.backend.get_message(int(data["channel_id"]), int(data["message_id"]))
            data["message_author_id"] = str(message.author_id)
        if event == "GUILD_CREATE":
            speaking = {each["user_id"] for each in data["voice_states"]}
            present = [each for each in data["members"] if each["user"]["id"] in speaking]
            intent_rules.prune_guild_create(data, session.intents, bot)
            data["members"] += present
            data["threads"] = [each for each in data["threads"] if not each["thread_metadata"]["archived"]]
            data["features"] = self.features.get(int(data["id"]), [])
        session.dispatch(event, data)
