"""The command menu that Telegram shows after "/": one for each kind of chat and each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from core.domain.people import Rights
from core.kit.declare import Command
from core.kit.texts import LANGUAGES, Texts

_MENU_LIMIT = 100
_DESCRIPTION_LIMIT = 256


def menus(commands: Sequence[Command]) -> Iterator[tuple[BotCommandScope, str, list[BotCommand]]]:
    """Yield scope, language code (empty for everybody else) and entries of each menu."""
    scopes: list[tuple[BotCommandScope, list[Command]]] = [
        (BotCommandScopeAllPrivateChats(), [c for c in commands if c.direct and c.rights is Rights.MEMBER]),
        (BotCommandScopeAllGroupChats(), [c for c in commands if c.group and c.rights is Rights.MEMBER]),
        (BotCommandScopeAllChatAdministrators(), [c for c in commands if c.group]),
    ]
    for language in LANGUAGES:
        texts = Texts(language)
        code = "" if language == "en" else language.split("-", maxsplit=1)[0]
        for scope, shown in scopes:
            # A command that no catalogue describes is not for a menu.
            described = [command for command in shown if texts.has(f"command-{command.name}")]
            alone = not isinstance(scope, BotCommandScopeAllPrivateChats)
            yield scope, code, [_entry(command, texts, alone=alone) for command in described[:_MENU_LIMIT]]


def _entry(command: Command, texts: Texts, *, alone: bool) -> BotCommand:
    """Return a menu's entry; a private command is called so that nobody else in the group sees it."""
    more = {"is_ephemeral": True} if alone and command.private else None
    return BotCommand(command.name, texts.plain(f"command-{command.name}")[:_DESCRIPTION_LIMIT], api_kwargs=more)


async def publish(bot: Bot, commands: Sequence[Command]) -> None:
    """Tell Telegram every menu."""
    for scope, code, entries in menus(commands):
        await bot.set_my_commands(entries, scope=scope, language_code=code or None)
