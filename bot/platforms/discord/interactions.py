"""Payloads of interactions: what somebody asks of Kith, what they may, and how it is answered."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.platforms.discord import forms
from bot.platforms.discord.known import NAME, Known, Payload, Reader, snowflake_time
from bot.platforms.discord.messages import writer
from core.domain.events import ButtonPressed, CommandCalled, Event, FormSent
from core.domain.outgoing import ASKS
from core.domain.people import Person, Rights
from core.engine.inquiry import DIRECT

COMMAND, COMPONENT, TYPING, MODAL = 2, 3, 4, 5
USER_MENU, MESSAGE_MENU = 2, 3  # types of commands
USER_OPTION = 6
MENTION = re.compile(r"<@!?(\d+)>")

ADMINISTRATOR = 1 << 3
MANAGE_SERVER = 1 << 5
TIME_OUT_MEMBERS = 1 << 40
#: What a person must hold in a server to count as more than a member; administrators hold everything.
NEEDED = {Rights.MODERATOR: TIME_OUT_MEMBERS, Rights.OWNER: MANAGE_SERVER}


@dataclass(frozen=True, slots=True)
class Handle:
    """What answering an interaction takes; the token is good for 15 minutes.

    `component` is true for a pressed button, and a form that one opened, whose message may be changed in place.
    """

    id: str
    application: str
    token: str
    component: bool = False

    def __str__(self) -> str:
        return json.dumps([self.id, self.application, self.token, self.component])

    @classmethod
    def parse(cls, text: str) -> Handle:
        """Read what `str` wrote."""
        return cls(*json.loads(text))


def rights(permissions: int, *, owner: bool) -> Rights:
    """Return what a person's permissions in a server amount to."""
    if owner or permissions & (ADMINISTRATOR | MANAGE_SERVER):
        return Rights.OWNER
    return Rights.MODERATOR if permissions & TIME_OUT_MEMBERS else Rights.MEMBER


def _interaction(data: Payload, known: Known, _: datetime) -> list[Event]:
    reader = {COMMAND: _called, COMPONENT: _pressed, MODAL: _form_sent}.get(data["type"])
    return [] if reader is None else [reader(data, known)]


def typing(data: Payload, known: Known) -> tuple[CommandCalled, str] | None:
    """Return a command that somebody is typing and the option that they are at; None for anything else.

    Raises as `translate` does.
    """
    if data["type"] != TYPING:
        return None
    at = next(option["name"] for option in data["data"]["options"] if option.get("focused"))
    return _called(data, known), at


def handle_of(data: Payload) -> Handle:
    """Return what answering an interaction takes."""
    return Handle(data["id"], data["application_id"], data["token"], component="message" in data)


def _asked(data: Payload, known: Known) -> dict[str, Any]:
    """Return what a command and a pressed button share."""
    member = data.get("member")
    user = member["user"] if member else data["user"]
    guild = data.get("guild_id")
    room = str(data["channel_id"])
    return {
        "platform": NAME,
        "key": f"i:{data['id']}",
        "space": guild or DIRECT,
        "room": room if guild else None,
        "at": snowflake_time(data["id"]),
        "actor": known.person(guild, user, member),
        "rights": _rights(data, user, known),
        "direct": guild is None,
        "reply_handle": str(handle_of(data)),
        "locale": data.get("locale"),
    }


def opens_form(data: Payload, known: Known) -> bool:
    """Say whether an interaction is a press of a button that opens a form, or the choice of a menu that does."""
    inner = data.get("data") or {}
    if data["type"] == COMMAND:
        return inner.get("type") == USER_MENU and known.menus.get(inner["name"]) in known.opening
    return data["type"] == COMPONENT and str(inner.get("custom_id", "")).startswith(ASKS)


def opener(data: Payload, known: Known) -> ButtonPressed | CommandCalled:
    """Return what asks for a form; raises as `translate` does."""
    return _called(data, known) if data["type"] == COMMAND else _pressed(data, known)


def _pressed(data: Payload, known: Known) -> ButtonPressed:
    """Return a press of a button; raises as `translate` does."""
    shown = (data.get("message") or {}).get("id")
    inner = data["data"]
    chosen = inner["values"][0] if inner.get("values") else inner["custom_id"]  # in a menu, what was chosen
    return ButtonPressed(**_asked(data, known), token=chosen, message=shown)


def _form_sent(data: Payload, known: Known) -> FormSent:
    inner, guild = data["data"], data.get("guild_id")
    members = (inner.get("resolved") or {}).get("members") or {}
    users = (inner.get("resolved") or {}).get("users") or {}
    return FormSent(
        **_asked(data, known),
        token=inner["custom_id"],
        message=(data.get("message") or {}).get("id"),
        values=forms.values_of(inner),
        attachments=forms.attachments_of(inner),
        mentions={f"<@{key}>": known.person(guild, user, members.get(key)) for key, user in users.items()},
    )


def _called(data: Payload, known: Known) -> CommandCalled:
    inner, guild, asked = data["data"], data.get("guild_id"), _asked(data, known)
    if inner.get("type") in (USER_MENU, MESSAGE_MENU):
        name = known.menus.get(inner["name"], inner["name"])
        return CommandCalled(**asked, name=name, reply_author=_target(inner, guild, known))
    options, mentions = _options(inner, guild, known)
    return CommandCalled(**asked, name=inner["name"], options=options, mentions=mentions)


def _target(inner: Payload, guild: str | None, known: Known) -> Person | None:
    """Return whom a menu was opened on, or who wrote the message that it was; None for who deleted their account."""
    resolved, target = inner["resolved"], inner["target_id"]
    if inner["type"] == MESSAGE_MENU:
        return writer(resolved["messages"][target], guild, known)
    return known.person(guild, resolved["users"][target], (resolved.get("members") or {}).get(target))


def _rights(data: Payload, user: Payload, known: Known) -> Rights | None:
    """Return what the caller may do in the server; None in a direct chat, which doesn't say it."""
    member, guild = data.get("member"), data.get("guild_id")
    if member is None or guild is None:
        return None
    return rights(int(member["permissions"]), owner=known.owners.get(guild) == user["id"])


def _options(inner: Payload, guild: str | None, known: Known) -> tuple[dict[str, str], dict[str, Person]]:
    resolved = inner.get("resolved") or {}
    options: dict[str, str] = {}
    mentions: dict[str, Person] = {}
    for option in inner.get("options") or ():
        value = str(option["value"])
        if option["type"] == USER_OPTION:
            user = resolved["users"][value]
            value = f"<@{value}>"
            mentions[value] = known.person(guild, user, (resolved.get("members") or {}).get(user["id"]))
        elif (named := MENTION.fullmatch(value)) and (person := known.called(guild, named[1])):
            mentions[value] = person
        options[option["name"]] = value
    return options, mentions


READERS: Mapping[str, Reader] = {
    "INTERACTION_CREATE": _interaction,
}
