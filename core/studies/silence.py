"""Who falls silent, worked out once a week: by a model where one is better than the base rate, else by a rule."""

from __future__ import annotations

from array import array

from core.domain.clock import day_number
from core.domain.people import served
from core.domain.schedule import Daily, Weekly
from core.domain.silence import ACTS, Kept, Month, SilenceInput, SilenceResult
from core.domain.tasks import Task
from core.kit import Context, task
from core.kit.consent import personal
from core.kit.studies import Outcome, Reading, study
from core.store.unit import UnitOfWork

KEPT = 760  # days of forecasts: two years of a record, and the month that is looked at


def measure(given: SilenceInput) -> Outcome[SilenceResult]:
    """Return what a run finds; it happens in the process that does heavy work."""
    from core.analysis.silence.run import measure as measured  # noqa: PLC0415  as in core.studies.network

    found = measured(given)
    return Outcome(result=found, rows=found)


@task(every=Daily("04:40"))
async def mark_written(context: Context, task: Task) -> None:
    """Mark who of those foretold was written to, while it is known, and forget what is too old for the record."""
    today = day_number(context.now)
    await context.unit.forecasts.mark_written(context.community.id, today)
    await context.unit.forecasts.forget(context.community.id, today - KEPT)


async def _anybody(context: Context) -> bool:
    return await context.unit.past.newest_day(context.community.id, day_number(context.now)) is not None


@study(
    "silence",
    Weekly("mon 04:50"),
    compute=measure,
    result=SilenceResult,
    possible=_anybody,
    counting="atrisk-counting",
    nothing="atrisk-nothing",
)
async def silence(reading: Reading) -> SilenceInput | None:
    """Return what was done before today, up to the last day on which anybody did anything; None where nobody did."""
    unit, community_id = reading.unit, reading.community_id
    newest = await unit.past.newest_day(community_id, day_number(reading.now))
    if newest is None:
        return None
    until = newest + 1
    people = [member for member in await unit.members.who(community_id) if served(member)]
    places = {member.id: place for place, member in enumerate(people)}
    before = await reading.newest("silence", SilenceResult)
    return SilenceInput(
        until=until,
        people=array("q", places),
        away=array("i", [place for place, member in enumerate(people) if member.left_at is not None]),
        known=array("i", [places[member.id] for member in personal(people)]),
        days=await unit.past.active_days(community_id, until, places),
        ties=await unit.past.ties(community_id, until, places),
        acts=await unit.past.acts(community_id, until, places, ACTS),
        kept=await _lists(unit, community_id, places),
        replayed=_replayed(before.result.months if before else ()),
    )


@silence.keeping
async def keep(context: Context, found: SilenceResult) -> None:
    """Write down what was foretold of those who agreed to be known, so that it can be held against what comes."""
    there = {each.id for each in personal(await context.unit.members.who(context.community.id))}
    chance = found.chance or (None,) * len(found.members)
    rows = [(member, chance[place]) for place, member in enumerate(found.members) if member in there]
    await context.unit.forecasts.keep(context.community.id, found.until, rows)


async def _lists(unit: UnitOfWork, community_id: int, places: dict[int, int]) -> tuple[Kept, ...]:
    """Return the first list of each month, without those who were erased since."""
    found = []
    for cutoff in await unit.forecasts.firsts(community_id):
        rows = [each for each in await unit.forecasts.at(community_id, cutoff) if each.member_id in places]
        found.append(
            Kept(
                cutoff=cutoff,
                by_model=any(each.probability is not None for each in rows),
                named=array("i", [places[each.member_id] for each in rows]),
                written=array("i", [places[each.member_id] for each in rows if each.written]),
            )
        )
    return tuple(found)


def _replayed(months: tuple[Month, ...]) -> tuple[Month, ...]:
    return tuple(each for each in months if each.replayed)
