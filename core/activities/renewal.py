"""Renewal reminder: messages to each member alone, so many days before what they have ends, until they renew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from core.activities.sequence import Steps, letter, looked_at, steps_of
from core.domain.activities import Run
from core.domain.clock import local_day
from core.domain.message import Reply
from core.domain.plans import Plan, Standing
from core.domain.schedule import Daily
from core.kit import Context, Markup, Texts
from core.kit.activities import Letter, activity
from core.kit.audience import chosen
from core.kit.plans import plan_name, stand
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
    plans = {each.id: each for each in await context.unit.plans.all(context.community.id) if each.active}
    due: dict[tuple[int, tuple[int, ...]], set[int]] = defaultdict(set)
    for member, ends in (await _ends(context, list(plans.values()))).items():
        for day in said[LANGUAGES[0]]:
            if ending := tuple(sorted(plan for plan, end in ends if before < end - timedelta(days=day) <= until)):
                due[day, ending].add(member)
    audience = (await chosen(context, run.activity)).audience
    return [
        Letter(
            ":".join(map(str, ("day", day, *ending))),
            audience.among(members),
            {
                language: Reply(_said(context, language, steps[day], [plans[each] for each in ending]))
                for language, steps in said.items()
            },
        )
        for (day, ending), members in due.items()
    ]


def _said(context: Context, language: str, text: str, ending: Sequence[Plan]) -> Markup:
    """Return a step with what ends, and how one sees how it goes on."""
    t = Texts(language)
    lines = [
        t("activity-renewal-plan", name=plan_name(each))
        if each.item_id is None
        else t("activity-renewal-item", name=plan_name(each), item=str(each.item_id))
        for each in ending
    ]
    return Markup("\n".join([letter(context, language, text), *lines]))


async def _ends(context: Context, plans: Sequence[Plan]) -> dict[int, list[tuple[int, date]]]:
    """Return which of these plans of each member end, and on which days."""
    unit, here, zone = context.unit, context.community, context.community.settings.timezone
    owners = await unit.members.owners(here.id)
    held: dict[int, list[Entitlement]] = defaultdict(list)
    for each in await unit.payments.all(here.id):
        if each.account_id in owners:
            held[owners[each.account_id].id].append(each)
    placed = any(each.space_id is not None for each in plans)
    places = await unit.presences.places(held) if placed else {}
    return {
        member: [
            (plan, local_day(until, zone))
            for plan, (how, until) in stand(
                plans, some, {space for _, space in places.get(member, ())}, context.now
            ).items()
            if how in _PAID and until is not None
        ]
        for member, some in held.items()
    }
