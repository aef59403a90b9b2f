"""What a feature is written with."""

from core.kit.context import Context
from core.kit.declare import Audience, Command, Job, Level, Needs, Reaction, Work, after, command, job, load, on
from core.kit.happening import Happened, Happening
from core.kit.texts import Markup, Texts

__all__ = [
    "Audience",
    "Command",
    "Context",
    "Happened",
    "Happening",
    "Job",
    "Level",
    "Markup",
    "Needs",
    "Reaction",
    "Texts",
    "Work",
    "after",
    "command",
    "job",
    "load",
    "on",
]
