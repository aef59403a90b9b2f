"""Sequence: messages to each member directly, so many days after they came or fell silent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.activities import Choice, Lines, Phase, Run
from core.domain.clock import local_day
from core.domain.effects import HOLDOUT, SEASON, Effect, Metric
from core.domain.errors import BadInput
from core.domain.message import Reply, escape
from core.domain.schedule import Daily
from core.kit import Context, Markup, Texts
from core.kit.activities import Letter, activity
from core.kit.audience import chosen
from core.kit.texts import LANGUAGES

DAYS = 365  # of the last step
_MOVED = 5  # runs that are looked at: one that was moved isn't the newest
_STEP = re.compile(r"(\d{1,3})\s*[:：]\s*(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Lines):
    """Messages, a line each: the day, a colon, the words."""

    limit: int = 1_000
    most: int = 20

    def read(self, raw: str) -> list[str]:
        """Return the lines by day; raise BadInput with the first that is no step, or whose day another has."""
        lines = Lines.read(self, raw)
        seen: dict[int, str] = {}
        for at, line in enumerate(lines, 1):
            step = _STEP.fullmatch(line)
            if step is None or int(step[1]) > DAYS or int(step[1]) in seen:
                raise BadInput("error-activity-step", number=at, given=line[:60], most=DAYS)
            seen[int(step[1])] = f"{int(step[1])}: {step[2]}"
        return [seen[day] for day in sorted(seen)]


@activity(
    schedule=Daily("10:00"),
    fields=(
        Choice(name="trigger", options=("joined", "silent"), default="joined"),
        Steps(name="steps"),
        Choice(name="until", options=("wrote", "checkin", "none"), default="wrote"),
        HOLDOUT,
    ),
    effect=Effect(metric=Metric.ACTIVE, once=True),
)
async def sequence(context: Context, run: Run) -> Reply:
    """Show every step, as a preview: members get them one by one."""
    steps = _steps(context.t, run)
    lines = [context.t("activity-sequence-day", day=day, text=text) for day, text in steps.items()]
    return Reply(Markup("\n".join(lines)))


@sequence.reaching
async def letters(context: Context, run: Run) -> list[Letter]:
    """Return the step that each member is due since the run before: nobody gets one twice."""
    said = {language: _steps(Texts(language), run) for language in LANGUAGES}
    begun = _silent if run.values["trigger"] == "silent" else _joined
    due: dict[int, list[int]] = defaultdict(list)
    for member, day in await begun(context, run, list(said[LANGUAGES[0]])):
        due[day].append(member)
    return await written(context, run, said, due)


async def looked_at(context: Context, run: Run) -> tuple[date, date]:
    """Return the last day that the run before looked at, and the last that this one does."""
    zone = context.community.settings.timezone
    until = local_day(run.due_at, zone)
    runs = await context.unit.activities.runs_of(run.activity, (Phase.OPEN, Phase.OVER), 2)
    before = next((local_day(each.due_at, zone) for each in runs if each.id != run.id), until - timedelta(days=1))
    return before, until


async def written(
    context: Context, run: Run, said: Mapping[str, Mapping[int, str]], due: Mapping[int, Collection[int]]
) -> list[Letter]:
    """Return a letter for each step, said in each language, to those of the audience whom it is `due`."""
    audience = (await chosen(context, run.activity)).audience
    return [
        Letter(
            f"day:{day}",
            audience.among(members),
            {language: Reply(letter(context, language, steps[day])) for language, steps in said.items()},
        )
        for day, members in due.items()
    ]


@sequence.expecting
async def expected(context: Context, run: Run) -> Collection[int]:
    """Return who came or fell silent within the last season: about as many will in this one."""
    lately, here = context.unit.lately, context.community
    if run.values["trigger"] == "silent":
        first = min(_steps(context.t, run), default=0)
        return {each.member for each in await lately.fell_silent(here.id, context.now, [first], SEASON)}
    since = context.now - timedelta(days=SEASON)
    return {each.member for each in await lately.came(here.id, since, here.settings.timezone)}


async def _joined(context: Context, run: Run, days: Collection[int]) -> list[tuple[int, int]]:
    """Return which steps each member is due who came and didn't reach the goal; who came earlier is due none.

    A step is due so many times 24 hours after they came, and goes with the first run from then on.
    """
    goal, here = run.values["until"], context.community
    runs = await context.unit.activities.runs_of(run.activity, (Phase.OPEN, Phase.OVER), _MOVED)
    before = max((each.due_at for each in runs if each.id != run.id and each.due_at < run.due_at), default=None)
    came = await context.unit.lately.came(here.id, run.activity.created_at, here.settings.timezone)
    return [
        (each.member, day)
        for each in came
        if not ((goal == "wrote" and each.wrote) or (goal == "checkin" and each.checked_in))
        for day in days
        if (before is None or before < each.at + timedelta(days=day)) and each.at + timedelta(days=day) <= run.due_at
    ]


async def _silent(context: Context, run: Run, days: Collection[int]) -> list[tuple[int, int]]:
    """Return which steps each member is due who fell silent and didn't reach the goal."""
    before, until = await looked_at(context, run)
    reach = (until - before).days
    quiet = await context.unit.lately.fell_silent(context.community.id, context.now, days, reach)
    return [
        (each.member, day)
        for each in quiet
        if not (run.values["until"] == "checkin" and each.checked_in)
        for day in days
        if before < each.since + timedelta(days=day) <= until
    ]


def _steps(t: Texts, run: Run) -> dict[int, str]:
    return steps_of(t, run, f"activity-sequence-{run.values['trigger']}")


def steps_of(t: Texts, run: Run, default: str) -> dict[int, str]:
    """Return the words of each day: those that were typed, else those that Kith has under the key `default`."""
    lines = run.values["steps"] or t.plain(default).splitlines()
    found = (_STEP.fullmatch(line) for line in lines)
    return {int(step[1]): step[2] for step in found if step}


def letter(context: Context, language: str, text: str) -> Markup:
    """Return what a member reads of a step, under the community's name."""
    return Texts(language)("activity-sequence-letter", community=context.community.name, text=Markup(escape(text)))
