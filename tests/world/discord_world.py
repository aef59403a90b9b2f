"""The people, rooms and roles of a loopback Discord, and what people do there without Kith."""

from __future__ import annotations

from typing import Any

import discord
from simcord.backend import serializers
from simcord.backend.models import Channel, Guild, Message, Overwrite, Role, User
from simcord.enums import ChannelType, OverwriteType

from tests.world.discord_forums import Forums
from tests.world.discord_parts import Id, id_of


class World(Forums):
    """Let servers, rooms and people be, and people come, write, react and go."""

    @property
    def bot(self) -> User:
        return self.backend.bot_user

    def guild(self, name: str, *, owner: User | Id | None = None, **settings: Any) -> Guild:
        return self.backend.create_guild(name, owner_id=None if owner is None else id_of(owner), **settings)

    def channel(self, guild: Guild | Id, name: str, *, kind: str = "TEXT", **fields: Any) -> Channel:
        if kind == "MEDIA":
            self.backend.media |= {name}
            kind = "FORUM"
        return self.backend.create_channel(id_of(guild), name, type=ChannelType[kind], **fields)

    def thread(self, channel: Channel | Id, name: str, owner: User | Id, *, private: bool = False) -> Channel:
        kind = ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD
        return self.backend.create_thread(id_of(channel), name, id_of(owner), type=kind)

    def archive(self, thread: Channel | Id) -> None:
        """Close a thread: a new session is told nothing of it."""
        closed = {"archived": True, "archive_timestamp": self.backend.now_iso()}
        self.backend.edit_channel(id_of(thread), {}, thread_metadata=closed)

    def hide(self, channel: Channel | Id) -> None:
        """Let nobody see a channel but who may see all."""
        everyone = self.backend.get_channel(id_of(channel)).guild_id or 0
        overwrite = Overwrite(everyone, OverwriteType.ROLE, deny=discord.Permissions(view_channel=True).value)
        self.backend.set_overwrite(id_of(channel), overwrite)

    def rename(self, channel: Channel | Id, name: str) -> Channel:
        return self.backend.edit_channel(id_of(channel), {"name": name})

    def role(
        self, guild: Guild | Id, name: str, *, permissions: int = 0, above_bot: bool = False, **fields: Any
    ) -> Role:
        role = self.backend.create_role(id_of(guild), name, permissions=permissions, **fields)
        if above_bot:
            role.position = 1 + max(item.position for item in self.backend.get_guild(id_of(guild)).roles.values())
            self.backend.announce_role_updates(id_of(guild), [role])
        return role

    def raise_bot_above(self, guild: Guild | Id, role: Role | Id) -> None:
        """Put the bot's own role one place above another."""
        roles = self.backend.get_guild(id_of(guild)).roles
        own = next(item for item in roles.values() if item.managed and item.name == self.bot.name)
        own.position = roles[id_of(role)].position + 1
        self.backend.announce_role_updates(id_of(guild), [own])

    def user(self, name: str, *, guild: Guild | Id | None = None, bot: bool = False, **fields: Any) -> User:
        """A person; with `guild`, a member of it from before the bot looked."""
        user = self.backend.make_user(name, bot=bot, **fields)
        if guild is not None:
            self.backend.add_member(id_of(guild), user.id, announce=False)
        return user

    def join(self, user: User | Id, guild: Guild | Id, *, pending: bool = False) -> None:
        """Somebody comes in; with `pending`, still behind the membership screening."""
        state = self.backend.get_guild(id_of(guild))
        member = self.backend.add_member(state.id, id_of(user), announce=False)
        member.pending = pending
        payload = dict(serializers.member_payload(self.backend, state, member))
        self.backend.emit("GUILD_MEMBER_ADD", {**payload, "guild_id": str(state.id)})

    def screen(self, guild: Guild | Id) -> None:
        """Let the server ask newcomers to pass a screening."""
        self.gateway.features[id_of(guild)] = ["MEMBER_VERIFICATION_GATE_ENABLED"]

    def pass_screening(self, user: User | Id, guild: Guild | Id) -> None:
        self.backend.get_member(id_of(guild), id_of(user)).pending = False
        self.backend.announce_member_update(id_of(guild), id_of(user))

    def rename_member(self, user: User | Id, guild: Guild | Id, nick: str) -> None:
        self.backend.edit_member(id_of(guild), id_of(user), {"nick": nick})

    def give_role(self, user: User | Id, guild: Guild | Id, role: Role | Id) -> None:
        self.backend.add_member_role(id_of(guild), id_of(user), id_of(role))

    def leave(self, user: User | Id, guild: Guild | Id) -> None:
        self.backend.remove_member(id_of(guild), id_of(user))

    def ban(self, user: User | Id, guild: Guild | Id) -> None:
        self.backend.apply_ban(id_of(guild), id_of(user), None)

    def dm(self, user: User | Id) -> Channel:
        return self.backend.get_dm_channel(id_of(user))

    def voice(self, user: User | Id, guild: Guild | Id, channel: Channel | Id | None, **flags: bool) -> None:
        """Sit down in a voice channel, or leave with None; `self_deaf=True` is deafened."""
        self.backend.set_voice_state(id_of(guild), id_of(user), None if channel is None else id_of(channel), **flags)

    def say(
        self, user: User | Id, channel: Channel | Id, text: str, *, reply_to: Message | Id | None = None
    ) -> Message:
        reference = None if reply_to is None else {"type": 0, "message_id": str(id_of(reply_to))}
        if reference is not None:
            reference["channel_id"] = str(id_of(channel))
        return self.backend.create_message(id_of(channel), id_of(user), text, reference=reference)

    def edit(self, message: Message, text: str) -> Message:
        return self.backend.edit_message(message.channel_id, message.id, {"content": text})

    def delete(self, message: Message) -> None:
        self.backend.delete_message(message.channel_id, message.id)

    def delete_many(self, messages: list[Message]) -> None:
        self.backend.bulk_delete_messages(messages[0].channel_id, [message.id for message in messages])

    def react(self, user: User | Id, message: Message, emoji: str = "👍") -> None:
        self.backend.add_reaction(message.channel_id, message.id, emoji, id_of(user))

    def unreact(self, user: User | Id, message: Message, emoji: str = "👍") -> None:
        self.backend.remove_reaction(message.channel_id, message.id, emoji, id_of(user))
