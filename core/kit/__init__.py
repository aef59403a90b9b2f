"""What a feature is written with."""

from core.kit.context import Context
from core.kit.declare import Audience, Command, Job, Level, Reaction, Work, command, job, on
from core.kit.happening import Happening
from core.kit.texts import Markup, Texts

__all__ = [
    "Audience",
    "Command",
    "Context",
    "Happening",
    "Job",
    "Level",
    "Markup",
    "Reaction",
    "Texts",
    "Work",
    "command",
    "job",
    "on",
]
