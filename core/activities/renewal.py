"""Renewal reminder: messages to each member alone, so many days before what they paid for ends, until they renew."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from core.activities.sequence import Steps, looked_at, steps_of, written
from core.domain.activities import Run
from core.domain.clock import local_day
from core.domain.message import Reply
from core.domain.plans import Standing
from core.domain.schedule import Daily
from core.kit import Context, Markup, Texts
from core.kit.activities import Letter, activity
from core.kit.plans import stand
from core.kit.texts import LANGUAGES
from core.store.payments import Entitlement

_STEPS = "activity-renewal-steps"
_PAID = (Standing.ACTIVE, Standing.ENDING, Standing.GIFTED, Standing.TRIAL)


# Nobody is held out of it: whoever paid is told in time.
@activity(schedule=Daily("10:00"), fields=(Steps(name="steps"),))
async def renewal(context: Context, run: Run) -> Reply:
    """Show every step, as a preview: members get them one by one."""
    steps = steps_of(context.t, run, _STEPS)
    lines = [context.t("activity-renewal-day", day=day, text=steps[day]) for day in sorted(steps, reverse=True)]
    return Reply(Markup("\n".join(lines)))


@renewal.reaching
async def letters(context: Context, run: Run) -> list[Letter]:
    """Return the step that each member is due since the run before; what was renewed ends later, and has no step."""
    before, until = await looked_at(context, run)
    said = {language: steps_of(Texts(language), run, _STEPS) for language in LANGUAGES}
    due: dict[int, set[int]] = defaultdict(set)
    for member, ends in (await _ends(context)).items():
        for day in said[LANGUAGES[0]]:
            if any(before < end - timedelta(days=day) <= until for end in ends):
                due[day].add(member)
    return await written(context, run, said, due)


async def _ends(context: Context) -> dict[int, list[date]]:
    """Return the days on which what each member paid for ends, of plans that can still be had."""
    unit, here, zone = context.unit, context.community, context.community.settings.timezone
    plans = [each for each in await unit.plans.all(here.id) if each.active]
    owners = await unit.members.owners(here.id)
    held: dict[int, list[Entitlement]] = defaultdict(list)
    for each in await unit.payments.all(here.id):
        if each.account_id in owners:
            held[owners[each.account_id].id].append(each)
    placed = any(each.space_id is not None for each in plans)
    places = await unit.presences.places(held) if placed else {}
    return {
        member: [
            local_day(until, zone)
            for how, until in stand(plans, some, {space for _, space in places.get(member, ())}, context.now).values()
            if how in _PAID and until is not None
        ]
        for member, some in held.items()
    }
