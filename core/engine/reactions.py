"""Runs what features declare for events and facts: what they look up, how they react, what they do behind that."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from core.engine.registry import Registry
from core.kit.happening import Books, Happened, Happening
from core.store.unit import UnitOfWork


async def look_up(unit: UnitOfWork, registry: Registry, books: Books, happened: Happened[Any]) -> None:
    """Let features look up, once for all of it, what their reactions to `happened` need."""
    types = _types(happened)
    for loader in registry.loaders:
        if some := _of(loader.events, happened, types):
            books.loaded[loader.handler] = await loader.handler(unit, some)


def react(registry: Registry, happening: Happening, what: object) -> None:
    """Let features react to an event or a fact."""
    for reaction in registry.reactions.get(type(what), ()):
        reaction.handler(happening, what)


async def follow_up(unit: UnitOfWork, registry: Registry, happened: Happened[Any]) -> None:
    """Let features do what is left when all reactions to `happened` have run."""
    types = _types(happened)
    for sequel in registry.sequels:
        if some := _of(sequel.events, happened, types):
            await sequel.handler(unit, some)


def _types(happened: Happened[Any]) -> set[type[Any]]:
    return {type(what) for _, what in happened}


def _of(wanted: Collection[type[Any]], happened: Happened[Any], types: set[type[Any]]) -> Happened[Any]:
    """Return what happened of the types that are wanted, of those that there are."""
    if types.isdisjoint(wanted):
        return ()
    return happened if types.issubset(wanted) else [each for each in happened if type(each[1]) in wanted]
