"""Pictures of figures, declared once: in the chat, the report, the command line's table and words they are the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from core.domain.message import Reply
from core.domain.people import Rights
from core.domain.pictures import Figures
from core.kit.context import Context
from core.kit.declare import DECLARED, Work
from core.kit.studies import Study
from core.store.unit import Store

D = TypeVar("D")
R = TypeVar("R")
Handler = Callable[[Context, Any], Figures | None]
Answer = Callable[[Context, Figures | None], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class ChartHandler:
    """A picture of figures as declared: `chart-<name>` is what it is called, `rights` says who may see it.

    It draws what `reads` returns, or the result of its `study` as `view` gives it.
    """

    name: str
    handler: Handler
    rights: Rights
    study: Study[Any, Any] | None
    view: Callable[[Context, Any], Awaitable[Any]] | None
    reads: Callable[[Context], Awaitable[Any]] | None

    async def figures(self, context: Context, result: Any = None) -> Figures | None:
        """Return the picture of what is known now, of this `result` of its study if given; None where too little is."""
        if self.study is None:
            data = await self.reads(context) if self.reads else None
        else:
            data = await self.study.newest(context) if result is None else result
            data = await self.view(context, data) if self.view and data is not None else data
        return None if data is None else self._drawn(context, data)

    async def anew(self, store: Store, context: Context) -> Figures | None:
        """Return the picture as of now, of a study run over everything for it alone; None where too little is known."""
        if self.study is None:
            return await self.figures(context)
        result = await self.study.anew(store, context.community.id, context.now)
        return None if result is None else await self.figures(context, result)

    async def read(self, context: Context, command: str, answer: Answer, **options: Any) -> Reply | Work:
        """Return what `answer` says of the picture; of a study without a result, once there is one."""
        if self.study is None:
            return await answer(context, await self.figures(context))

        async def told(context: Context, result: Any) -> Reply:
            return await answer(context, await self.figures(context, result))

        return await self.study.read(context, command, told, **options)

    def _drawn(self, context: Context, data: Any) -> Figures | None:
        made = self.handler(context, data)
        return None if made is None else context.t.punctuated(made)


def chart(
    *,
    study: Study[Any, R] | None = None,
    view: Callable[[Context, R], Awaitable[D]] | None = None,
    reads: Callable[[Context], Awaitable[D | None]] | None = None,
    rights: Rights = Rights.MODERATOR,
) -> Callable[[Callable[[Context, D], Figures | None]], Callable[[Context, D], Figures | None]]:
    """Make a function `f(context, data)` a chart: it returns a picture of figures, or None where there are too few.

    `data` is the newest result of `study`, or what the async `view(context, result)` makes of it: there those who
    didn't agree to be named lose their names. Without a study it is what the async `reads(context)` returns. Raise
    ValueError where neither or both are given.
    """
    if (study is None) == (reads is None):
        raise ValueError("a chart is drawn of a study, or of what it reads")

    def declare(handler: Callable[[Context, D], Figures | None]) -> Callable[[Context, D], Figures | None]:
        setattr(handler, DECLARED, ChartHandler(handler.__name__, handler, rights, study, view, reads))
        return handler

    return declare
