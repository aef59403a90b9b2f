"""Finds what the features declare, by walking their packages."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, TypeVar

import core.activities
import core.features
import core.kit
import core.studies
from core.domain.tasks import ANSWER, NEWS, PLAN
from core.kit.activities import ActivityKind
from core.kit.charts import ChartHandler
from core.kit.choices import CHOICES
from core.kit.declare import Command, Loader, Reaction, Sequel, TaskHandler, declared
from core.kit.settings import Choice, Setting

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that members, moderators, events and the clock can set off."""

    commands: dict[str, Command]
    reactions: dict[type[Any], tuple[Reaction, ...]]
    tasks: dict[str, TaskHandler]
    loaders: tuple[Loader, ...] = ()
    sequels: tuple[Sequel, ...] = ()
    actions: Mapping[str, Command] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)  # what an owner decides
    kinds: Mapping[str, ActivityKind] = field(default_factory=dict)
    charts: Mapping[str, ChartHandler] = field(default_factory=dict)
    public_address: str = ""  # how people reach what Kith serves
    fetch_private: bool = False  # feeds of this machine and its network may be fetched

    def called(self, name: str, options: Collection[str]) -> Command | None:
        """Return what a button of this name with these options calls, None where there is nothing of it any more."""
        for each in self.actions.values():
            if each.name == name or (each.formerly[:1] == (name,) and not set(options).isdisjoint(each.formerly[1:])):
                return each
        return self.commands.get(name)

    def heard(self) -> frozenset[type[Any]]:
        """Return the types of events and facts that anything is declared for."""
        return frozenset(self.reactions).union(
            *(each.events for each in self.loaders), *(each.events for each in self.sequels)
        )

    def talker(self) -> Command:
        """Return the command that answers whoever calls nothing; raise LookupError where there is none."""
        for each in self.actions.values():
            if each.talk:
                return each
        raise LookupError("no action is declared for talk")


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for found in sorted(pkgutil.walk_packages(package.__path__, f"{package.__name__}."), key=lambda m: m.name):
        yield importlib.import_module(found.name)


def _declared(packages: Iterable[ModuleType]) -> Iterator[object]:
    """Yield what the modules of these packages declare, and settings wherever they are read."""
    for package in packages:
        for module in _modules(package):
            for thing in list(vars(module).values()):
                if isinstance(thing, Setting):
                    yield thing
                elif getattr(thing, "__module__", None) == module.__name__:
                    yield thing if isinstance(thing, ActivityKind) else declared(thing)


def _once(known: dict[str, T], name: str, thing: T, kind: str) -> None:
    if known.setdefault(name, thing) is not thing:
        raise ValueError(f"{kind}{name} is declared twice")


def discover(*packages: ModuleType) -> Registry:
    """Return what the kit and `packages`, Kith's by default, declare; raise ValueError where a name comes twice."""
    called: dict[str, Command] = {}
    commands: dict[str, Command] = {}
    actions: dict[str, Command] = {}
    reactions: dict[type[Any], list[Reaction]] = defaultdict(list)
    tasks: dict[str, TaskHandler] = {}
    kinds: dict[str, ActivityKind] = {}
    loaders: list[Loader] = []
    sequels: list[Sequel] = []
    choices: dict[str, Choice] = {**CHOICES}
    charts: dict[str, ChartHandler] = {}
    own = packages or (core.features, core.activities, core.studies)
    for found in _declared((core.kit, *own)):
        if isinstance(found, Setting):
            _once(choices, found.choice.name, found.choice, "the setting ")
        elif isinstance(found, Command):
            _once(called, found.name, found, "/")
            (actions if found.pressed else commands)[found.name] = found
        elif isinstance(found, Reaction):
            reactions[found.event].append(found)
        elif isinstance(found, Loader):
            loaders.append(found)
        elif isinstance(found, Sequel):
            sequels.append(found)
        elif isinstance(found, TaskHandler):
            _once(tasks, found.name, found, "the action ")
        elif isinstance(found, ActivityKind):
            _once(kinds, found.name, found, "the activity ")
        elif isinstance(found, ChartHandler):
            _once(charts, found.name, found, "the chart ")
    for taken in tasks.keys() & {ANSWER, NEWS, PLAN}:
        raise ValueError(f"the action {taken} is declared twice")
    return Registry(
        dict(sorted(commands.items())),
        {event: tuple(each) for event, each in reactions.items()},
        tasks,
        tuple(loaders),
        tuple(sequels),
        actions,
        choices,
        kinds,
        charts,
    )
