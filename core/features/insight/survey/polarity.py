"""Counts positive and negative messages as they arrive, where an owner agreed: of a community and a day, of nobody."""

from __future__ import annotations

from collections import defaultdict

from core.domain.clock import day_number
from core.domain.events import MessageSent
from core.domain.people import served
from core.domain.polarity import Polarities
from core.kit import Happened, after
from core.kit.polarity import polarity_on
from core.store.unit import UnitOfWork


@after(MessageSent)
async def count_polarity(unit: UnitOfWork, happened: Happened[MessageSent]) -> None:
    """Add what people wrote to the counts of the day."""
    found: dict[tuple[int, int], Polarities] = defaultdict(Polarities)
    for here, event in happened:
        polarity = getattr(event, "polarity", None)  # one that an earlier Kith put aside lacks it
        if polarity is None or here.member is None or not served(here.member) or not here.setting(polarity_on):
            continue
        found[here.community.id, day_number(event.at)] += Polarities(**{polarity.value: 1})
    await unit.polarity_days.add(found)
