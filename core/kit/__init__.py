"""What a feature is written with."""

from core.domain.people import Rights
from core.kit.context import Context
from core.kit.declare import (
    Accept,
    Again,
    Command,
    Length,
    Menu,
    Needs,
    Range,
    Reaction,
    TaskHandler,
    Work,
    action,
    after,
    command,
    form,
    load,
    on,
    task,
)
from core.kit.happening import Happened, Happening
from core.kit.settings import setting
from core.kit.texts import Markup, Texts

__all__ = [
    "Accept",
    "Again",
    "Command",
    "Context",
    "Happened",
    "Happening",
    "Length",
    "Markup",
    "Menu",
    "Needs",
    "Range",
    "Reaction",
    "Rights",
    "TaskHandler",
    "Texts",
    "Work",
    "action",
    "after",
    "command",
    "form",
    "load",
    "on",
    "setting",
    "task",
]
