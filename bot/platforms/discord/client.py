"""discord.py's client, listening to raw dispatches in the order in which they come."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

_log = logging.getLogger(__name__)

#: Seconds past which a limit is handed back rather than slept out within a request (discord.py's least).
LONGEST_NAP = 30.0
#: Dispatches whose objects nobody here reads: discord.py needn't build them.
_UNREAD = (
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_POLL_VOTE_ADD",
    "MESSAGE_POLL_VOTE_REMOVE",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_REACTION_REMOVE_ALL",
    "MESSAGE_REACTION_REMOVE_EMOJI",
    "INTERACTION_CREATE",
    "VOICE_STATE_UPDATE",
)

Sink = Callable[[str, Mapping[str, Any]], None]
Turn = Callable[[], Awaitable[None]]


def intents() -> discord.Intents:
    """Return what Kith listens to: servers, their events, who is in them and in their voice rooms, what is said there.

    Of direct chats it hears messages alone.

    Message content isn't asked for: nothing that is kept needs it.
    """
    return discord.Intents(
        guilds=True,
        members=True,
        guild_messages=True,
        guild_polls=True,
        guild_reactions=True,
        voice_states=True,
        dm_messages=True,
        guild_scheduled_events=True,
    )


class GatewayClient(discord.Client):
    """Hand every dispatch to `sink`, at once and in order, before discord.py sees it.

    discord.py runs each event handler as a task of its own and moves its sequence number on before; here
    the parsers themselves are wrapped: order is kept, and a payload that discord.py can't read stops nothing.
    """

    def __init__(self, sink: Sink, turn: Turn, lost: Callable[[], None], *, shard: int, shards: int) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_NAP,
            shard_id=shard,
            shard_count=shards,
        )
        self._sink = sink
        self._turn = turn
        self._lost = lost
        parsers = self._connection.parsers
        for name, parse in list(parsers.items()):
            parsers[name] = partial(self._take, name, None if name in _UNREAD else parse)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for one's turn: Discord lets a bot identify once in five seconds."""
        await self._turn()

    async def on_disconnect(self) -> None:
        """Tell that nothing is heard until the gateway takes the session up again, or gives a new one."""
        if not self.is_closed():
            self._lost()

    def _take(self, name: str, parse: Callable[[Any], None] | None, data: Any) -> None:
        self._sink(name, data)
        if parse is None:
            return
        try:
            parse(data)
        except Exception:
            _log.exception("discord.py could not read a %s", name)


# Kith doesn't speak in voice channels: what that would need is no news to anybody.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


def use_addresses(api_url: str | None, gateway_url: str | None) -> None:
    """Let other addresses stand in for Discord's public ones, for this process."""
    if api_url:
        Route.BASE = api_url.rstrip("/")
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
