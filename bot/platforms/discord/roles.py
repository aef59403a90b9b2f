"""The roles of a server that may follow a tier."""

from __future__ import annotations

import discord

from core.domain.errors import KithError
from core.domain.events import Role

#: What a tier never gives: whoever sets tiers up could give themself more than the server gave them.
POWERS = discord.Permissions(
    administrator=True,
    manage_guild=True,
    manage_roles=True,
    manage_channels=True,
    manage_webhooks=True,
    manage_messages=True,
    kick_members=True,
    ban_members=True,
    moderate_members=True,
    mention_everyone=True,
)


def roles_to_give(guild: discord.Guild) -> list[Role]:
    """Return the roles that Kith may give and that have no power over others, the lowest first."""
    if not guild.me.guild_permissions.manage_roles:
        return []
    free = (role for role in guild.roles if role.is_assignable() and not role.permissions.value & POWERS.value)
    return [(str(role.id), role.name) for role in free]


def role_to_give(guild: discord.Guild, word: str) -> discord.Role:
    """Return a role that Kith may give: one without power over others, whoever asked for it."""
    role = found(guild, word)
    if role is None:
        raise KithError("error-discord-no-role", role=word)
    if not role.is_assignable():
        raise KithError("error-discord-role", role=role.name)
    if role.permissions.value & POWERS.value:
        raise KithError("error-discord-role-power", role=role.name)
    return role


def found(guild: discord.Guild, word: str) -> discord.Role | None:
    """Return the role that is known by an id or name."""
    role = guild.get_role(int(word)) if word.isdigit() else None
    return role or discord.utils.get(guild.roles, name=word)
