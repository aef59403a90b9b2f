"""How a feature declares what it does: `@command`, `@on`, `@job`."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from core.domain.events import Event
from core.domain.facts import Fact
from core.domain.message import Reply
from core.domain.people import Rights
from core.domain.schedule import Schedule

Audience = Rights

DECLARED = "__kith__"


@dataclass(frozen=True, slots=True)
class Level:
    """A parameter's range: `Annotated[int, Level(1, 100)]`, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """An option of a command: its name, annotation, whether it must be given; hidden ones come from buttons alone."""

    name: str
    annotation: Any
    required: bool
    default: Any
    hidden: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A command as declared once for every platform.

    Its words are in the catalogues: `command-<name>` says what it does, `option-<command>-<parameter>` what an option
    is, `option-<command>-<parameter>-name` what it is called.
    `direct` commands may be called in a one-to-one chat, `private` ones are answered to the caller alone. `inspects`
    lets a handler know what Kith lacks in the space (`context.lacks`), `roles` which roles it may give there
    (`context.roles`). `leavers` ones are open to who left the community too: what is kept of them stays theirs.
    """

    name: str
    handler: CommandHandler
    audience: Audience
    private: bool
    group: bool
    direct: bool
    parameters: tuple[Parameter, ...]
    inspects: bool = False
    roles: bool = False
    leavers: bool = False

    @property
    def shown(self) -> tuple[Parameter, ...]:
        """Return the parameters that people see."""
        return tuple(parameter for parameter in self.parameters if not parameter.hidden)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a feature does when something happened."""

    event: type[Any]
    handler: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Work:
    """What takes long, between its two halves: a handler that only read returns it.

    `compute(given)` runs in another process, while no unit of work is open: a function of a module, of plain data. Then
    `save(context, result)` writes in a unit of work of its own; what it returns is the answer, where somebody waits.
    """

    compute: Callable[[Any], Any]
    given: Any
    save: Callable[..., Awaitable[Any]]


CommandHandler = Callable[..., Awaitable[Reply | Work]]


@dataclass(frozen=True, slots=True)
class Job:
    """Something due on a schedule, once for each community and slot.

    One without a schedule runs whenever the roll-ups found something new, within a minute of it; a crash in between
    loses that time, so it is for what a scheduled look finds too.

    A slot missed while Kith was down runs when it is back, unless it is older than `catch_up` hours. The handler of a
    `heavy` one only reads, and returns the Work that is left, or None.
    """

    name: str
    schedule: Schedule | None
    handler: Callable[..., Awaitable[Work | None]]
    catch_up: int = field(default=24)
    heavy: bool = False


def command(  # noqa: PLR0913  the words of a declaration, each with a default
    *,
    audience: Audience = Audience.MEMBER,
    private: bool = False,
    group: bool = True,
    direct: bool = True,
    hidden: tuple[str, ...] = (),
    name: str | None = None,
    inspects: bool = False,
    roles: bool = False,
    leavers: bool = False,
) -> Callable[[CommandHandler], CommandHandler]:
    """Make an async function a command; its name, parameters and annotations are the command's.

    `hidden` names the parameters that only buttons fill in.
    """

    def declare(handler: CommandHandler) -> CommandHandler:
        called = (name or handler.__name__).rstrip("_")
        asked = (inspects, roles, leavers)
        setattr(
            handler,
            DECLARED,
            _Later(lambda: Command(called, handler, audience, private, group, direct, _read(handler, hidden), *asked)),
        )
        return handler

    return declare


@dataclass(slots=True)
class _Later:
    # Annotations are read when commands are collected: by then every name they use is there.
    make: Callable[[], Command]


def _read(handler: CommandHandler, hidden: tuple[str, ...]) -> tuple[Parameter, ...]:
    hints = get_type_hints(handler, include_extras=True)
    return tuple(
        Parameter(
            each.name,
            hints[each.name],
            each.default is inspect.Parameter.empty,
            None if each.default is inspect.Parameter.empty else each.default,
            each.name in hidden,
        )
        for each in list(inspect.signature(handler).parameters.values())[1:]
    )


def on(event: type[Event] | type[Fact]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function `f(happening, event)` run for each new event, or fact, of a type: in order, within its unit."""

    def declare(handler: Callable[..., None]) -> Callable[..., None]:
        setattr(handler, DECLARED, Reaction(event, handler))
        return handler

    return declare


def job(
    schedule: Schedule | None, *, catch_up: int = 24, heavy: bool = False
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Make an async function `f(context)` run in each community when `schedule` says so; see Job."""

    def declare(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        setattr(handler, DECLARED, Job(handler.__name__, schedule, handler, catch_up, heavy))
        return handler

    return declare


def declared(thing: Any) -> Command | Reaction | Job | None:
    """Return what a decorator made of `thing`, None where none did."""
    found = getattr(thing, DECLARED, None)
    return found.make() if isinstance(found, _Later) else found
