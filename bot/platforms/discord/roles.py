"""The roles of a server that may follow a tier."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.platforms.discord.errors import as_the_port_says
from bot.platforms.discord.rest import Rest
from bot.platforms.port import Unreachable
from core.domain.errors import KithError
from core.domain.events import Role
from core.domain.outgoing import RoleQuestion

UNKNOWN_MEMBER, MISSING_PERMISSIONS = 10007, 50013  # Discord's codes

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


async def follow(guild: discord.Guild, rest: Rest, person: str, give: Sequence[str], take: Sequence[str]) -> None:
    """Give and take roles, by id or name; raise KithError for one that isn't Kith's to give."""
    changes = [(role_to_give(guild, word), True) for word in give]
    changes += [(role, False) for word in take if (role := found(guild, word)) is not None]
    for role, wanted in changes:
        change = rest.give_role if wanted else rest.take_role
        with as_the_port_says():
            try:
                await change(str(guild.id), person, str(role.id))
            except discord.HTTPException as error:
                if error.code == UNKNOWN_MEMBER:
                    return
                if error.code == MISSING_PERMISSIONS:
                    raise KithError("error-discord-role", role=role.name) from error
                raise


async def holders(guild: discord.Guild | None, rest: Rest | None, asked: RoleQuestion) -> frozenset[str]:
    """Return who has a role; raise Unreachable for one that is gone: nobody lost it by that."""
    if guild is None or rest is None or found(guild, asked.role) is None:
        raise Unreachable("no such server or role")
    with as_the_port_says():
        return await rest.holders(asked.space, asked.role)


def found(guild: discord.Guild, word: str) -> discord.Role | None:
    """Return the role that is known by an id or name."""
    role = guild.get_role(int(word)) if word.isdigit() else None
    return role or discord.utils.get(guild.roles, name=word)
