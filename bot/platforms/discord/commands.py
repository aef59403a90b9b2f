"""Slash commands, made from the declarations that every platform shares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal, get_args, get_origin

from bot.platforms.discord.interactions import MESSAGE_MENU, NEEDED, USER_MENU
from core.domain.people import Member, Rights
from core.kit.arguments import optional
from core.kit.declare import Command, Menu, Parameter
from core.kit.suggesting import suggests
from core.kit.texts import Texts

#: Discord's names of the languages that a catalogue stands for, beyond the default.
DEFAULT = "en"
LOCALES = {"zh-CN": ("zh-CN", "zh-TW")}
STRING, INTEGER, USER = 3, 4, 6
IN_SERVERS, IN_DIRECT_CHATS = 0, 1
MENU_TYPES = {Menu.MEMBER: USER_MENU, Menu.MESSAGE: MESSAGE_MENU}
TEXT_LIMIT = 500
_MENU_LIMIT = 32
_DESCRIPTION_LIMIT = 100
_NAME = re.compile(r"^[-_'\w]{1,32}$")


def slash_commands(commands: Iterable[Command]) -> list[dict[str, Any]]:
    """Return the payload that registers `commands`, described in every language."""
    return [_slash(command) for command in commands]


def menu_commands(commands: Iterable[Command]) -> list[dict[str, Any]]:
    """Return the payload that registers what stands in the menus of people and messages, named in every language."""
    return [_menu(command, menu) for command in commands for menu in Menu if menu in command.menus]


def menu_names(commands: Iterable[Command]) -> dict[str, str]:
    """Return the commands that menus call, by the names under which Discord says so."""
    return {Texts(DEFAULT).plain(f"menu-{command.name}"): command.name for command in commands if command.menus}


def opening(commands: Iterable[Command]) -> frozenset[str]:
    """Return the commands whose menu opens a form."""
    return frozenset(command.name for command in commands if command.opens)


def _menu(command: Command, menu: Menu) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": MENU_TYPES[menu],
        "name": Texts(DEFAULT).plain(f"menu-{command.name}")[:_MENU_LIMIT],
        "name_localizations": {
            locale: Texts(language).plain(f"menu-{command.name}")[:_MENU_LIMIT]
            for language, locales in LOCALES.items()
            for locale in locales
        },
        "contexts": [IN_SERVERS],
        "integration_types": [0],
    }
    return made | _offered(command)


def _offered(command: Command) -> dict[str, Any]:
    """Return whom Discord shows a command; what a person may do is asked again when they call."""
    return {} if command.rights is Rights.MEMBER else {"default_member_permissions": str(NEEDED[command.rights])}


def _slash(command: Command) -> dict[str, Any]:
    contexts = [IN_SERVERS] * command.group + [IN_DIRECT_CHATS] * command.direct
    made: dict[str, Any] = {
        "type": 1,
        "name": command.name,
        **_described(f"command-{command.name}"),
        "contexts": contexts,
        "integration_types": [0],
        "options": [_option(command, parameter) for parameter in command.parameters],
    }
    return made | _offered(command)


# Members choose among the people of their server, moderators among the community's on every platform.
def _option(command: Command, parameter: Parameter) -> dict[str, Any]:
    key = f"option-{command.name}-{parameter.name}"
    kind, limits = optional(parameter.annotation)
    option: dict[str, Any] = {"name": parameter.name, "required": parameter.required, **_described(key)}
    if names := _names(f"{key}-name"):
        option["name_localizations"] = names
    if kind is Member and command.rights is Rights.MEMBER:
        option["type"] = USER
    elif kind is int:
        option["type"] = INTEGER
        if limits is not None:
            option |= {"min_value": limits.low, "max_value": limits.high}
    else:
        option["type"] = STRING
        if get_origin(kind) is Literal:
            option["choices"] = [{"name": str(each), "value": str(each)} for each in get_args(kind)]
        else:
            longest = limits.high if limits is not None else TEXT_LIMIT
            option |= {"max_length": longest, "autocomplete": suggests(parameter)}
    return option


def _described(key: str) -> dict[str, Any]:
    return {
        "description": Texts(DEFAULT).plain(key)[:_DESCRIPTION_LIMIT],
        "description_localizations": {
            locale: Texts(language).plain(key)[:_DESCRIPTION_LIMIT]
            for language, locales in LOCALES.items()
            for locale in locales
        },
    }


def _names(key: str) -> dict[str, str]:
    """Return an option's name in each language in which Discord takes it for one."""
    names: dict[str, str] = {}
    for language, locales in LOCALES.items():
        texts = Texts(language)
        name = texts.plain(key).lower() if texts.has(key) else ""
        if _NAME.match(name):
            names |= dict.fromkeys(locales, name)
    return names
