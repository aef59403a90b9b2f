"""/rate: say how good an item is, by its name."""

from __future__ import annotations

from typing import Annotated

from core.domain.message import Reply
from core.features.content.item import STARS, rate_item, star_buttons
from core.kit import Context, Range, Work, command
from core.kit.consent import must_serve
from core.kit.items import item_named, items_suggested, mine, must_open
from core.kit.suggesting import Suggest


@command(private=True)
async def rate(
    context: Context,
    item: Annotated[str, Suggest(items_suggested)],
    stars: Annotated[int, Range(1, STARS)] | None = None,
) -> Reply | Work:
    """Say how good an item is; without stars, be asked."""
    found = await item_named(context, item)
    if stars is not None:
        return await rate_item(context, found.id, stars)
    must_serve(context, context.me)
    (it,) = await mine(context, [found])
    must_open(context, it)
    return Reply(context.t("rate-ask", title=found.title), (star_buttons(context, found),))
