"""How a feature declares what it does: `@command`, `@action`, `@form`, `@load`, `@on`, `@after`, `@task`."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Any, TypeVar, get_type_hints

from core.domain.events import Event
from core.domain.facts import Fact
from core.domain.message import Attachment, Reply
from core.domain.people import Rights
from core.domain.schedule import Schedule
from core.domain.tasks import Lane

DECLARED = "__kith__"
Function = TypeVar("Function", bound=Callable[..., Any])


class Needs(Enum):
    """What a command must know that only the platform can tell, and is asked before its unit of work.

    What the caller may do, where the command is for everybody; which roles Kith may give in the space, or every one
    there is (`context.roles`); what Kith lacks there (`context.lacks`).
    """

    RIGHTS = auto()
    ROLES = auto()
    EVERY_ROLE = auto()
    LACKS = auto()


class Menu(Enum):
    """Where a command can be called from what it is about: a member, or a message, whose writer is meant.

    That is the command's first member, as where it answers a message. `menu-<command>` is what the menu calls it.
    """

    MEMBER = auto()
    MESSAGE = auto()


@dataclass(frozen=True, slots=True)
class Range:
    """A parameter's range: `Annotated[int, Range(1, 100)]`, both ends included; of a text, how long it may be."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text may be: `Annotated[str, Length(80)]`; a `long` one has room for many lines."""

    limit: int
    long: bool = False


@dataclass(frozen=True, slots=True)
class Accept:
    """Which files a form takes: `Annotated[Attachment, Accept(("pdf", "png"))]`, of at most so many `megabytes`.

    One that isn't `lasting` is read at once, by `Work`, and never shown again.
    """

    types: tuple[str, ...]
    megabytes: int = 20
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Parameter:
    """An option of a command: its name, annotation, whether it must be given."""

    name: str
    annotation: Any
    required: bool
    default: Any


@dataclass(frozen=True, slots=True)
class Command:
    """A command as declared once for every platform.

    Its words are in the catalogues: `command-<name>` says what it does, `option-<command>-<parameter>` what an option
    is, `option-<command>-<parameter>-name` what it is called.
    `direct` commands may be called in a one-to-one chat, `private` ones are answered to the caller alone. `leavers`
    ones are open to who left the community too: what is kept of them stays theirs. Actions alone are `pressed`: nobody
    calls them but buttons, and the one that is for `talk` answers whoever writes to Kith alone and calls nothing.
    `formerly` is a command, and which of its options did before what the action does: buttons of then still do it. One
    that `asks` is a form, which a button opens: whoever sends it calls it. `hidden` parameters its button alone gives.
    `opens` is the form that the menu of a person opens, which gives whom it is about to its first hidden parameter.
    """

    name: str
    handler: CommandHandler
    rights: Rights
    private: bool
    group: bool
    direct: bool
    parameters: tuple[Parameter, ...]
    leavers: bool = False
    needs: frozenset[Needs] = frozenset()
    pressed: bool = False
    talk: bool = False
    formerly: tuple[str, ...] = ()
    asks: bool = False
    hidden: tuple[str, ...] = ()
    menus: frozenset[Menu] = frozenset()
    opens: str = ""

    @property
    def fields(self) -> tuple[Parameter, ...]:
        """Return the parameters that a form asks for."""
        return tuple(parameter for parameter in self.parameters if parameter.name not in self.hidden)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a feature does when something happened."""

    event: type[Any]
    handler: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Loader:
    """What a feature looks up before reactions to these types run, once for all that came of them."""

    events: frozenset[type[Any]]
    handler: Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Sequel:
    """What a feature does when the reactions to these types have run, once for all that came of them."""

    events: frozenset[type[Any]]
    handler: Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Work:
    """What takes long, between its two halves: a handler that only read returns it.

    `compute(given)` runs in another process, while no unit of work is open: a function of a module, of plain data. Then
    `save(context, result)` writes in a unit of work of its own; what it returns is the answer, where somebody waits.
    Where a `file` is named, `given` is its content, of at most `most` bytes, which its platform is asked for first.
    """

    compute: Callable[[Any], Any]
    given: Any
    save: Callable[..., Awaitable[Any]]
    file: Attachment | None = None
    most: int = 0


CommandHandler = Callable[..., Awaitable[Reply | Work]]


@dataclass(frozen=True, slots=True)
class Again:
    """What a task returns that isn't done: how far it came, for its next step, from `at` on (at once if none).

    What was written so far is committed with it, and a task that is killed goes on from there.
    """

    progress: Mapping[str, Any]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskHandler:
    """What is done for a task, an action by the name of its function.

    It runs `every` slot of a schedule in each community; or on `news`, within a minute of it, whenever something
    happened there; or when `context.schedule` asked for it. A slot missed while Kith was down runs when it is back,
    unless it is older than `catch_up` hours. The handler of a `heavy` one only reads, and returns the Work that is
    left, or None; what that keeps is figures, and no news unless it raises facts. What recurs is none either where it
    raised nothing and says nothing: most nights there is nothing to be done.
    """

    name: str
    handler: Callable[..., Awaitable[Work | Again | None]]
    every: Schedule | None = None
    news: bool = False
    catch_up: int = field(default=24)
    heavy: bool = False

    @property
    def lane(self) -> Lane:
        """Return where its tasks wait."""
        return Lane.HEAVY if self.heavy else Lane.LIGHT

    def brings_news(self, facts: Sequence[Any], said: Sequence[Any]) -> bool:
        """Say whether a run that raised `facts`, and has something to be `said`, is news of its community."""
        if facts or self.heavy:
            return bool(facts)
        return self.every is None or bool(said)


def command(
    *,
    rights: Rights = Rights.MEMBER,
    private: bool = False,
    group: bool = True,
    direct: bool = True,
    name: str | None = None,
    leavers: bool = False,
    needs: Collection[Needs] = (),
    menus: Collection[Menu] | Mapping[Menu, CommandHandler] = (),
) -> Callable[[CommandHandler], CommandHandler]:
    """Make an async function a command; its name, parameters and annotations are the command's.

    `menus={Menu.MEMBER: function}` names the form that the menu of a person opens at once where a platform shows forms.
    """

    def declare(handler: CommandHandler) -> CommandHandler:
        called = (name or handler.__name__).rstrip("_")
        more = (leavers, frozenset(needs))
        opens = menus[Menu.MEMBER].__name__ if isinstance(menus, Mapping) else ""
        setattr(
            handler,
            DECLARED,
            _Later(
                lambda: Command(
                    called,
                    handler,
                    rights,
                    private,
                    group,
                    direct,
                    _read(handler),
                    *more,
                    menus=frozenset(menus),
                    opens=opens,
                )
            ),
        )
        return handler

    return declare


def action(
    *,
    rights: Rights = Rights.MEMBER,
    private: bool = False,
    leavers: bool = False,
    needs: Collection[Needs] = (),
    talk: bool = False,
    formerly: tuple[str, ...] = (),
) -> Callable[[CommandHandler], CommandHandler]:
    """Make an async function what buttons do: nobody can type it, and no menu shows it.

    Its parameters, after the context, are the options of `context.button(label, function, …)`, read by their types.
    `formerly=("points", "page")`: buttons that were sent as the command's, with one of these options, call it; of
    several such actions the first in the file.
    """

    def declare(handler: CommandHandler) -> CommandHandler:
        called, more = handler.__name__.rstrip("_"), (leavers, frozenset(needs), True, talk, formerly)
        setattr(
            handler,
            DECLARED,
            _Later(lambda: Command(called, handler, rights, private, True, True, _read(handler), *more)),
        )
        return handler

    return declare


def form(
    *,
    rights: Rights = Rights.MEMBER,
    private: bool = False,
    leavers: bool = False,
    needs: Collection[Needs] = (),
    hidden: tuple[str, ...] = (),
) -> Callable[[CommandHandler], CommandHandler]:
    """Make an async function what is done when somebody has filled in a form, which `context.button` opens.

    Its parameters, after the context, are the fields, read by their types; what the button gives for one is there
    already. `hidden` ones aren't asked for: the button gives them. The words are in the catalogues: `form-<function>`
    is the title, `field-<function>-<parameter>` what a field is called, `field-<function>-<parameter>-help` says more.
    """

    def declare(handler: CommandHandler) -> CommandHandler:
        called = handler.__name__.rstrip("_")
        setattr(
            handler,
            DECLARED,
            _Later(
                lambda: Command(
                    called,
                    handler,
                    rights,
                    private,
                    True,
                    True,
                    _read(handler),
                    leavers,
                    frozenset(needs),
                    pressed=True,
                    asks=True,
                    hidden=hidden,
                )
            ),
        )
        return handler

    return declare


@dataclass(slots=True)
class _Later:
    # Annotations are read when commands are collected: by then every name they use is there.
    make: Callable[[], Command]


def _read(handler: CommandHandler) -> tuple[Parameter, ...]:
    hints = get_type_hints(handler, include_extras=True)
    return tuple(
        Parameter(
            each.name,
            hints[each.name],
            each.default is inspect.Parameter.empty,
            None if each.default is inspect.Parameter.empty else each.default,
        )
        for each in list(inspect.signature(handler).parameters.values())[1:]
    )


def on(event: type[Event] | type[Fact]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function `f(happening, event)` run for each new event, or fact, of a type: in order, within its unit."""

    def declare(handler: Callable[..., None]) -> Callable[..., None]:
        setattr(handler, DECLARED, Reaction(event, handler))
        return handler

    return declare


def load(*events: type[Event] | type[Fact]) -> Callable[[Function], Function]:
    """Make an async function `f(unit, happened)` look up what reactions to these types need, which are in memory.

    It reads once a batch for all that came of them (`Happened`), and `happening.loaded(f)` returns what it returned.
    """

    def declare(handler: Function) -> Function:
        setattr(handler, DECLARED, Loader(frozenset(events), handler))
        return handler

    return declare


def after(*events: type[Event] | type[Fact]) -> Callable[[Function], Function]:
    """Make an async function `f(unit, happened)` run once a batch that holds these types, behind the reactions.

    It may read and write; what reactions gave is booked behind it.
    """

    def declare(handler: Function) -> Function:
        setattr(handler, DECLARED, Sequel(frozenset(events), handler))
        return handler

    return declare


def task(
    *, every: Schedule | None = None, news: bool = False, catch_up: int = 24, heavy: bool = False
) -> Callable[[Function], Function]:
    """Make an async function `f(context, task)` an action, done when it is due; see TaskHandler."""

    def declare(handler: Function) -> Function:
        setattr(handler, DECLARED, TaskHandler(handler.__name__, handler, every, news, catch_up, heavy))
        return handler

    return declare


def declared(thing: Any) -> object | None:
    """Return what a decorator made of `thing`, None where none did."""
    found = getattr(thing, DECLARED, None)
    if isinstance(found, _Later):
        found = found.make()
        setattr(thing, DECLARED, found)
    return found
