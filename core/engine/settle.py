"""How every context ends, a command's, a button's, a job's: its levels are news, and what it said is written down."""

from __future__ import annotations

from core.domain.community import Space
from core.domain.points import LevelReached
from core.engine.registry import Registry
from core.kit.context import Books, Context, Happening
from core.store.outbox import Letter


async def settle(context: Context, registry: Registry, *first: Letter) -> None:
    """Let features react to the levels that were reached; write down `first`, what came of it all, and what waits."""
    for reached in context.reached:
        if (happening := await _happening(context, reached)) is None:
            continue
        for reaction in registry.reactions.get(LevelReached, ()):
            reaction.handler(happening, reached)
        context.letters += happening.books.letters
    context.reached.clear()
    await context.unit.outbox.add([*first, *context.letters], context.now)
    await context.unit.errands.add(context.errands, context.now)


async def _happening(context: Context, reached: LevelReached) -> Happening | None:
    """Return where a level was reached; what a job gives is reached nowhere, and said to whoever reached it."""
    space = context.space or await _home(context, reached)
    if space is None:
        return None
    direct = context.space is None or (context.call is not None and context.call.direct)
    return Happening(
        context.now,
        context.community,
        space,
        context.room,
        reached.account,
        reached.member,
        None,
        None,
        Books(),
        direct=direct,
    )


async def _home(context: Context, reached: LevelReached) -> Space | None:
    spaces = await context.unit.communities.spaces_of(context.community.id)
    return next((each for each in spaces if each.platform == reached.account.platform and not each.closed), None)
