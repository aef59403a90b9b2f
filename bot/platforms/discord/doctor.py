"""What is wrong with an installation on Discord: its token, its intents, its rights in each server."""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp
import discord

from bot.platforms.discord.forums import lacking
from core.domain.events import Finding

#: Without these Kith can't do its work.
NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
#: What else Kith makes use of, and what is said where it is lacking.
USED = {
    "doctor-discord-server-roles": discord.Permissions(manage_roles=True),
    "doctor-discord-server-pins": discord.Permissions(pin_messages=True),
    "doctor-discord-server-events": discord.Permissions(create_events=True),
    "doctor-discord-server-polls": discord.Permissions(send_polls=True),
}


async def examine(token: str) -> list[Finding]:
    """Look at the token, the intents and the rights in each server."""
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            return [(False, "doctor-discord-token-wrong", {})]
        except (OSError, aiohttp.ClientError, discord.HTTPException):
            return [(False, "doctor-discord-away", {})]
        application = await client.application_info()
        found: list[Finding] = [(True, "doctor-discord-token", {"name": str(client.user)})]
        flags = application.flags
        listed = flags.gateway_guild_members or flags.gateway_guild_members_limited
        found.append((listed, "doctor-discord-members" if listed else "doctor-discord-members-off", {}))
        servers = [guild async for guild in client.fetch_guilds(limit=None)]
        if not servers:
            found.append((False, "doctor-discord-no-server", {"url": invitation(application.id)}))
        for server in servers:
            whole = await client.fetch_guild(server.id)
            me = await whole.fetch_member(client.user.id if client.user else 0)
            forums = [each for each in await whole.fetch_channels() if isinstance(each, discord.ForumChannel)]
            found += rights_in(server.name, me, forums)
        return found


def rights_in(server: str, me: discord.Member, forums: Sequence[discord.ForumChannel]) -> list[Finding]:
    """Look at what Kith may do in one server and its forums, as the member `me`."""
    mine = me.guild_permissions
    lacks = [] if mine.is_superset(NEEDED) else ["doctor-discord-server-write"]
    lacks += [key for key, used in USED.items() if not mine.is_superset(used)]
    named = {"server": server}
    lacking_tags = [(False, key, {**named, "room": each.name}) for each in forums if (key := lacking(each, me))]
    return [*((False, key, named) for key in lacks), *lacking_tags] or [(True, "doctor-discord-server", named)]


def invitation(application: int) -> str:
    """Return the address that invites Kith into a server, with every right that it makes use of."""
    wanted = NEEDED
    for used in USED.values():
        wanted |= used
    return discord.utils.oauth_url(application, permissions=wanted)
