"""What people's clients do with what Kith offers: call commands, type into them, open menus, press buttons."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from typing import Any

from simcord import interactions
from simcord.backend import serializers
from simcord.backend.command_access import command_access
from simcord.backend.models import Channel, Interaction, Message, User
from simcord.enums import ComponentType, InteractionType, OptionType

from tests.world.discord_parts import Call, Id, Part, id_of


class NotOffered(Exception):
    """The client would not have shown this command to this user."""


class Clients(Part):
    """Let people use their clients, and look at what they are shown."""

    def slash(
        self,
        user: User | Id,
        channel: Channel | Id,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        locale: str = "en-US",
        force: bool = False,
    ) -> Interaction:
        """Call a registered slash command; `force` calls one that the client would not offer this user."""
        room = self.backend.get_channel(id_of(channel))
        command = self.backend.find_command(name, room.guild_id)
        if command is None:
            raise NotOffered(f"no command /{name} is registered")
        access = command_access(self.backend, command, user_id=id_of(user), channel_id=room.id)
        if not access.allowed and not force:
            raise NotOffered(f"/{name}: {access.reason}")
        declared = {option["name"]: option for option in command["options"]}
        data: dict[str, Any] = {"id": command["id"], "name": name, "type": 1, "options": []}
        for option, value in (options or {}).items():
            data["options"].append(self._option(name, declared[option], value, room, data))
        for option in declared.values():
            if option.get("required") and option["name"] not in (options or {}):
                raise NotOffered(f"/{name} asks for {option['name']}")
        return self._interact(InteractionType.APPLICATION_COMMAND, room, id_of(user), data, extra={"locale": locale})

    def type(
        self,
        user: User | Id,
        channel: Channel | Id,
        name: str,
        option: str,
        typed: str,
        filled: Mapping[str, Any] | None = None,
        *,
        locale: str = "en-US",
    ) -> Interaction:
        """Type into an option of a slash command that has completion; `filled` are the options before it."""
        room = self.backend.get_channel(id_of(channel))
        command = self.backend.find_command(name, room.guild_id)
        if command is None:
            raise NotOffered(f"no command /{name} is registered")
        declared = {each["name"]: each for each in command["options"]}
        if not declared[option].get("autocomplete"):
            raise NotOffered(f"/{name} completes no {option}")
        data: dict[str, Any] = {"id": command["id"], "name": name, "type": 1, "options": []}
        for each, value in (filled or {}).items():
            data["options"].append(self._option(name, declared[each], value, room, data))
        data["options"].append({"name": option, "type": declared[option]["type"], "value": typed, "focused": True})
        kind = InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE
        return self._interact(kind, room, id_of(user), data, extra={"locale": locale})

    def open_menu(
        self, user: User | Id, channel: Channel | Id, name: str, on: User | Message, *, force: bool = False
    ) -> Interaction:
        """Choose a command in the menu of a person or a message."""
        room = self.backend.get_channel(id_of(channel))
        kind = 2 if isinstance(on, User) else 3
        command = self.backend.commands[None].get((name, kind))
        if command is None:
            raise NotOffered(f"no menu holds {name}")
        access = command_access(self.backend, command, user_id=id_of(user), channel_id=room.id)
        if not access.allowed and not force:
            raise NotOffered(f"{name}: {access.reason}")
        data: dict[str, Any] = {"id": command["id"], "name": name, "type": kind, "target_id": str(on.id)}
        if isinstance(on, User):
            self._resolve_user(on.id, room, data)
        else:
            data["resolved"] = {"messages": {str(on.id): dict(serializers.message_payload(self.backend, on))}}
        return self._interact(InteractionType.APPLICATION_COMMAND, room, id_of(user), data, extra={})

    def press(
        self,
        user: User | Id,
        message: Message,
        custom_id: str | None = None,
        *,
        label: str | None = None,
        locale: str = "en-US",
    ) -> Interaction:
        """Press the button that has this custom_id or label (neither: the first), or choose the label in a menu."""
        stored = self.backend.get_message(message.channel_id, message.id)
        for menu in _found(stored.components, ComponentType.STRING_SELECT):
            for option in menu["options"]:
                if label == option["label"]:
                    return self._press(user, stored, menu["custom_id"], locale, option["value"])
        button = next(
            item
            for item in _found(stored.components, ComponentType.BUTTON)
            if custom_id in (None, item.get("custom_id")) and label in (None, item.get("label"))
        )
        return self._press(user, stored, button["custom_id"], locale)

    def press_forged(self, user: User | Id, message: Message, custom_id: str) -> Interaction:
        """Press a button that the message does not have, as an altered client would."""
        return self._press(user, message, custom_id, "en-US")

    def messages(self, channel: Channel | Id) -> list[Message]:
        return sorted(self.backend.messages[id_of(channel)].values(), key=lambda message: message.id)

    def from_bot(self, channel: Channel | Id) -> list[Message]:
        return [message for message in self.messages(channel) if message.author_id == self.bot.id]

    def answer(self, interaction: Interaction) -> Message | None:
        """What the interaction was answered with: the finished original, else its first follow-up."""
        room = self.backend.messages[interaction.channel_id]
        original = room.get(interaction.message_id or 0)
        if original is not None and not interaction.deferred:
            return original
        return next((room[key] for key in interaction.followup_ids if key in room), None)

    def asked(self, method: str, pattern: str) -> list[Call]:
        return [call for call in self.calls if call.method == method and fnmatch.fnmatchcase(call.path, pattern)]

    def attachment(self, payload: Mapping[str, Any]) -> bytes:
        return self.backend.cdn.get(payload["url"]) or b""

    def _press(
        self, user: User | Id, message: Message, custom_id: str, locale: str, chosen: str | None = None
    ) -> Interaction:
        room = self.backend.get_channel(message.channel_id)
        data: dict[str, Any] = {"custom_id": custom_id, "component_type": int(ComponentType.BUTTON)}
        if chosen is not None:
            data |= {"component_type": int(ComponentType.STRING_SELECT), "values": [chosen]}
        shown = dict(serializers.message_payload(self.backend, message))
        return self._interact(
            InteractionType.MESSAGE_COMPONENT,
            room,
            id_of(user),
            data,
            extra={"message": shown, "locale": locale},
            source=message.id,
        )

    def _interact(
        self,
        kind: InteractionType,
        room: Channel,
        user_id: int,
        data: dict[str, Any],
        *,
        extra: Mapping[str, Any],
        source: int | None = None,
    ) -> Interaction:
        record, payload = interactions.base_payload(
            self.backend,
            type=int(kind),
            channel_id=room.id,
            guild_id=room.guild_id,
            user_id=user_id,
            data=data,
        )
        record.source_message_id = source
        self.backend.emit("INTERACTION_CREATE", {**payload, **extra})
        return record

    def _option(
        self, command: str, spec: Mapping[str, Any], value: Any, room: Channel, data: dict[str, Any]
    ) -> dict[str, Any]:
        kind = OptionType(spec["type"])
        if kind is OptionType.USER:
            self._resolve_user(id_of(value), room, data)
            value = str(id_of(value))
        elif kind in (OptionType.CHANNEL, OptionType.ROLE):
            self._resolve_other(kind, id_of(value), room, data)
            value = str(id_of(value))
        else:
            value = f"<@{value.id}>" if isinstance(value, User) else value  # as people type a mention
            value = interactions.validate_option_value(command, dict(spec), value)
        return {"name": spec["name"], "type": int(kind), "value": value}

    def _resolve_user(self, user_id: int, room: Channel, data: dict[str, Any]) -> None:
        resolved = data.setdefault("resolved", {})
        user = self.backend.get_user(user_id)
        resolved.setdefault("users", {})[str(user_id)] = dict(serializers.user_payload(user))
        if room.guild_id is None:
            return
        guild = self.backend.get_guild(room.guild_id)
        if member := guild.members.get(user_id):
            payload = dict(serializers.member_payload(self.backend, guild, member, with_user=False))
            resolved.setdefault("members", {})[str(user_id)] = {**payload, "permissions": "0"}

    def _resolve_other(self, kind: OptionType, key: int, room: Channel, data: dict[str, Any]) -> None:
        resolved = data.setdefault("resolved", {})
        if kind is OptionType.ROLE:
            role = self.backend.get_role(room.guild_id or 0, key)
            resolved.setdefault("roles", {})[str(key)] = dict(serializers.role_payload(role))
            return
        payload = dict(serializers.channel_payload(self.backend, self.backend.get_channel(key)))
        resolved.setdefault("channels", {})[str(key)] = {**payload, "permissions": "0"}


def _found(components: list[dict[str, Any]], kind: ComponentType) -> list[dict[str, Any]]:
    found = []
    for component in components:
        if component.get("type") == kind:
            found.append(component)
        found.extend(_found(component.get("components") or [], kind))
    return found
