"""What is wrong with an installation on Discord: its token, its intents, its rights in each server."""

from __future__ import annotations

import aiohttp
import discord

from core.domain.events import Finding


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
            invite = discord.utils.oauth_url(application.id, permissions=_permissions(manage_roles=True))
            found.append((False, "doctor-discord-no-server", {"url": invite}))
        for server in servers:
            me = await (await client.fetch_guild(server.id)).fetch_member(client.user.id if client.user else 0)
            found += rights_in(server.name, me)
        return found


def rights_in(server: str, me: discord.Member) -> list[Finding]:
    """Look at what Kith may do in one server, as the member `me`."""
    mine = me.guild_permissions
    lacks = []
    if not mine.is_superset(_permissions(manage_roles=False)):
        lacks.append("doctor-discord-server-write")
    if not mine.manage_roles:
        lacks.append("doctor-discord-server-roles")
    named = {"server": server}
    return [(False, key, named) for key in lacks] or [(True, "doctor-discord-server", named)]


def _permissions(*, manage_roles: bool) -> discord.Permissions:
    return discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        embed_links=True,
        attach_files=True,
        read_message_history=True,
        manage_roles=manage_roles,
    )
