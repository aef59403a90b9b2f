"""/connect: pairs who ought to meet."""

from __future__ import annotations

from core.domain.message import Reply
from core.domain.network_result import Pair
from core.kit import Context, Markup, Rights, Work, command
from core.kit.words import percent
from core.studies.network_view import NetworkView, invite, read


@command(rights=Rights.MODERATOR, private=True)
async def connect(context: Context) -> Reply | Work:
    """Show pairs who ought to meet: they know the same people or write in the same rooms, but never talked."""
    return await read(context, "connect", answer)


async def answer(context: Context, view: NetworkView) -> Reply:
    """Return the pairs."""
    t = context.t
    pairs = [each for each in view.result.connect if view.name(each.one) and view.name(each.other)]
    if not pairs:
        lines = [t("connect-none", named=view.result.named)]
        if count := view.result.unnamed.pairs:
            lines.append(t("connect-unnamed", pairs=count))
        return Reply(Markup("\n".join([*lines, invite(context)])))
    head = t("connect-title", day=view.said_until)
    return Reply(Markup("\n".join([head, *(_line(context, view, each) for each in pairs)])))


def _line(context: Context, view: NetworkView, pair: Pair) -> Markup:
    return context.t(
        "connect-line",
        one=view.name(pair.one),
        other=view.name(pair.other),
        through=view.names(pair.through) if pair.through else "",
        known="yes" if pair.through else "no",
        alike=percent(max(pair.alike, 0.0)) if pair.alike >= 0.3 else 0,
    )
