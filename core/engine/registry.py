"""Finds what the features declare, by walking their packages."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import core.activities
import core.charts
import core.features
import core.kit
import core.studies
from core.domain.tasks import ANSWER, NEWS, PLAN
from core.kit.declare import Command, Loader, Reaction, Sequel, TaskHandler, declared


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that members, moderators, events and the clock can set off."""

    commands: dict[str, Command]
    reactions: dict[type[Any], tuple[Reaction, ...]]
    tasks: dict[str, TaskHandler]
    loaders: tuple[Loader, ...] = ()
    sequels: tuple[Sequel, ...] = ()
    actions: Mapping[str, Command] = field(default_factory=dict)

    def called(self, name: str) -> Command | None:
        """Return what a button of this name calls, None where there is nothing of it any more."""
        return self.actions.get(name) or self.commands.get(name)

    def heard(self) -> frozenset[type[Any]]:
        """Return the types of events and facts that anything is declared for."""
        return frozenset(self.reactions).union(
            *(each.events for each in self.loaders), *(each.events for each in self.sequels)
        )

    def talker(self) -> Command:
        """Return the command that answers whoever calls nothing; raise LookupError where there is none."""
        for each in self.commands.values():
            if each.talk is not None:
                return each
        raise LookupError("no command is declared for talk")


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for found in sorted(pkgutil.walk_packages(package.__path__, f"{package.__name__}."), key=lambda m: m.name):
        yield importlib.import_module(found.name)


def discover(*packages: ModuleType) -> Registry:
    """Return what the kit and `packages`, Kith's by default, declare; raise ValueError where a name comes twice."""
    commands: dict[str, Command] = {}
    actions: dict[str, Command] = {}
    reactions: dict[type[Any], list[Reaction]] = defaultdict(list)
    tasks: dict[str, TaskHandler] = {}
    loaders: list[Loader] = []
    sequels: list[Sequel] = []
    for package in (core.kit, *(packages or (core.features, core.activities, core.charts, core.studies))):
        for module in _modules(package):
            for thing in list(vars(module).values()):
                if getattr(thing, "__module__", None) != module.__name__:
                    continue
                found = declared(thing)
                if isinstance(found, Command):
                    if found.name in commands or found.name in actions:
                        raise ValueError(f"/{found.name} is declared twice")
                    (actions if found.pressed else commands)[found.name] = found
                elif isinstance(found, Reaction):
                    reactions[found.event].append(found)
                elif isinstance(found, Loader):
                    loaders.append(found)
                elif isinstance(found, Sequel):
                    sequels.append(found)
                elif isinstance(found, TaskHandler):
                    if found.name in {*tasks, ANSWER, NEWS, PLAN}:
                        raise ValueError(f"the action {found.name} is declared twice")
                    tasks[found.name] = found
    return Registry(
        dict(sorted(commands.items())),
        {event: tuple(each) for event, each in reactions.items()},
        tasks,
        tuple(loaders),
        tuple(sequels),
        actions,
    )
