"""Which share of messages is positive and which negative: counted where an owner agreed, told of a pulse's week."""

from __future__ import annotations

from functools import reduce
from operator import add

from core.analysis.disclosure import FEWEST
from core.domain.activities import Run
from core.domain.clock import day_number
from core.domain.people import Rights
from core.domain.polarity import Polarities
from core.kit.context import Context
from core.kit.settings import setting

POLARITY = "polarity"  # in a run's detail
NO_TEXT = frozenset({"discord"})  # platforms that give Kith no message text
_DAYS = 7
polarity_on = setting("polarity", False, rights=Rights.OWNER)


async def release_polarity(context: Context, run: Run) -> None:
    """Add which shares of messages were positive and negative, in the seven whole days (UTC) before now.

    A day is told where all that was written on it was counted, so that who wrote it is known; none where fewer than
    five people did.
    """
    told = await _counted(context) if context.setting(polarity_on) else None
    run.detail[POLARITY] = told and [round(each / told.messages, 2) for each in (told.positive, told.negative)]


async def _counted(context: Context) -> Polarities | None:
    unit, community = context.unit, context.community.id
    today = day_number(context.now)
    found = await unit.polarity_days.by_day(community, (today - _DAYS, today))
    written = await unit.polarity_days.written(community, found, NO_TEXT)
    whole = {day: each for day, each in found.items() if each.messages >= written.get(day, 0)}
    if await unit.polarity_days.writers(community, whole, NO_TEXT) < FEWEST:
        return None
    return reduce(add, whole.values())
