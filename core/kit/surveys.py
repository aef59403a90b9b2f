"""What surveys are asked with, and what is told of a round once it is over: sums alone, worked out once for all.

A round's figures are released at its end and kept as they were told then, so that nothing can be learned from asking
twice. Of each question they are cells (`core.analysis.disclosure`); every other figure is worked out from these.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import numpy as np

from core.analysis.disclosure import FEWEST, Cell, cell, protect, stands_for
from core.analysis.surveys import strata, weighted
from core.domain.activities import Phase, Run
from core.domain.audience import Audience
from core.domain.people import Member, served
from core.domain.pushes import Addressee, Pass, Topic, gate
from core.domain.surveys import Given, Question, asked
from core.kit.activities import NothingToDo
from core.kit.audience import chosen
from core.kit.consent import personal
from core.kit.context import Context
from core.kit.effects import known_circles
from core.kit.polarity import POLARITY

ASKED, RELEASED, LATER, FRIENDLY = "asked", "released", "later", "friendly"  # in a run's detail
LEAST = 10  # answers of a stratum, and people of whose later days something is said
ACTIVE = (0, 1, 4, 10)  # days of 28 from which on the strata begin
_PAGE = 1_000
Part = TypeVar("Part", int, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a question: cells of each group, and of each group by tier, segment and circle.

    `weighted` is the share of each group among all who were meant, None where too few answered to say.
    """

    question: Question
    totals: tuple[Cell, ...]
    tiers: Mapping[int, tuple[Cell, ...]] = field(default_factory=dict)
    segments: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    circles: Mapping[int, tuple[Cell, ...]] = field(default_factory=dict)
    weighted: tuple[float, ...] | None = None
    later: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What is told of a round that is over.

    `answers` is how many answered, `asked` how many were written to directly and `back` how many of those answered;
    `days` are the days active of the 28 before, in the middle of those who answered and of those who didn't; `friendly`
    is the share of reactions that were, `polarity` those of positive and of negative messages, of a pulse.
    """

    run: Run
    answers: Cell
    asked: int
    back: Cell
    days: tuple[float, float] | None
    told: tuple[Told, ...]
    friendly: float | None = None
    polarity: tuple[float, float] | None = None


def questions(run: Run) -> list[Question]:
    """Return what a run asks, as it was when it began; raise NothingToDo where that is nothing."""
    scale, own = run.values.get("scale", run.activity.kind), run.values.get("questions")
    given = run.detail.setdefault(ASKED, {"scale": scale, "questions": own})
    found = asked(given)
    if not found:
        raise NothingToDo("activity-trouble-survey")
    return found


async def everybody(context: Context, audience: Audience) -> list[Addressee]:
    """Return an audience as the push gate sees it, but for those who left or are left out."""
    found: list[Addressee] = []
    after, more = 0, True
    while more:
        page = await context.unit.pushes.addressees(
            context.community.id, audience, context.now, after=after, limit=_PAGE
        )
        found += page
        more = len(page) == _PAGE
        after = page[-1].member.id if page else after
    return [each for each in found if each.member.left_at is None and served(each.member)]


async def rested(context: Context, audience: Audience, scale: str, days: int) -> Audience:
    """Return who of an audience wasn't asked the same directly within so many days."""
    since = context.now - timedelta(days=days)
    tired = await context.unit.surveys.asked_since(context.community.id, scale, since)
    if not tired:
        return audience
    return audience.among(
        [each.member.id for each in await everybody(context, audience) if each.member.id not in tired]
    )


async def note_asked(context: Context, run: Run, audience: Audience, scale: str) -> None:
    """Note whom a run asks directly: whom the push gate lets through now."""
    zone = context.community.settings.timezone
    lets = [gate(each, Topic.ACTIVITY, context.now, zone) for each in await everybody(context, audience)]
    await context.unit.surveys.ask(run, scale, [let.account.id for let in lets if isinstance(let, Pass)], context.now)


async def keep_answer(context: Context, run: Run, question: int, answer: str) -> bool:
    """Keep what whoever asks answers, for the one of their accounts that answered before; say whether it is another."""
    mine = await context.unit.surveys.answers(run.id, await context.my_accounts())
    account = mine[0].account_id if mine else context.my_account.id
    before = next((each.answer for each in mine if each.question == question), None)
    given = Given(run_id=run.id, question=question, account_id=account, answer=answer, at=context.now)
    await context.unit.surveys.answer(run, given)
    return before is not None and before != answer


async def release(context: Context, run: Run) -> None:
    """Work out what is told of a round that ends, and let it remember that."""
    members, given = await _answers(context, run.id)
    meant = await everybody(context, (await chosen(context, run.activity)).audience)
    who = {each.member.id: each.member for each in meant} | members
    days = await context.unit.exposures.days_active(list(who), run.began_at or run.due_at)
    circles = _known(who.values(), await known_circles(context.unit, context.community.id))
    segments = _known(who.values(), await context.unit.segments.by_member(context.community.id))
    people = [each.member.id for each in meant]
    written_to = await context.unit.surveys.asked(run.id)
    answered = set(given)
    run.detail[RELEASED] = {
        "answers": cell(len(answered)),
        "asked": len(written_to),
        "back": cell(len(written_to & answered)),
        "days": _middles(days, answered, (written_to or set(people)) - answered),
        "questions": [
            _of_question(
                question,
                {each: said[at] for each, said in given.items() if at in said},
                {
                    "tiers": {each: member.tier for each, member in who.items()},
                    "segments": segments,
                    "circles": circles,
                },
                days,
                people,
            )
            for at, question in enumerate(questions(run))
        ],
    }


async def release_later(context: Context, run: Run) -> None:
    """Add which share of each group was active in the weeks after, which goes with answers and needn't come of them."""
    _, given = await _answers(context, run.id)
    days = await context.unit.exposures.days_active(list(given), context.now)
    found: list[list[float | None]] = []
    for at, question in enumerate(questions(run)):
        counts = np.zeros((question.groups, 2), dtype=int)
        for member, said in given.items():
            if question.scored and at in said:
                counts[question.group(said[at]), int(days.get(member, 0) > 0)] += 1
        told = protect(counts.sum(axis=1).tolist(), [counts.tolist()]).tables[0]
        found.append([_share(*each) for each in told])
    run.detail[LATER] = found


async def release_friendly(context: Context, run: Run, since: datetime, signs: Collection[str]) -> None:
    """Add which share of reactions since a time had one of these signs, None where fewer than five people reacted."""
    every, some, people = await context.unit.surveys.reactions(context.community.id, since, context.now, signs)
    run.detail[FRIENDLY] = round(some / every, 2) if people >= FEWEST else None


def _share(gone: Cell, active: Cell) -> float | None:
    if gone is None or active is None or stands_for(gone) + stands_for(active) < LEAST:
        return None
    return stands_for(active) / (stands_for(gone) + stands_for(active))


async def _answers(context: Context, run_id: int) -> tuple[dict[int, Member], dict[int, dict[int, str]]]:
    """Return who answered, and what by the place of the question, by member; of two accounts of one the last."""
    given = await context.unit.surveys.answers(run_id)
    people = await context.unit.members.of_accounts([each.account_id for each in given])
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for each in given:
        if each.account_id in people and served(people[each.account_id]):
            found[people[each.account_id].id][each.question] = each.answer
    return {each.id: each for each in people.values() if each.id in found}, found


def _known(people: Collection[Member], part: Mapping[int, Part]) -> dict[int, Part]:
    """Return the part that each member is in who agreed that Kith looks at what they do and whom they talk with."""
    return {each.id: part[each.id] for each in personal(people) if each.id in part}


def _middles(days: Mapping[int, int], answered: Collection[int], others: Collection[int]) -> list[float] | None:
    if min(len(answered), len(others)) < FEWEST:
        return None
    return [statistics.median(days.get(each, 0) for each in some) for some in (answered, others)]


def _stratum(days: int) -> int:
    return max(at for at, least in enumerate(ACTIVE) if days >= least)


def _of_question(
    question: Question,
    said: Mapping[int, str],
    parts: Mapping[str, Mapping[int, Any]],
    days: Mapping[int, int],
    people: Sequence[int],
) -> dict[str, Any]:
    if not question.groups:
        return {}
    group = {member: question.group(answer) for member, answer in said.items()}
    totals = [sum(at == each for each in group.values()) for at in range(question.groups)]
    there = {name: sorted({of[member] for member in group if member in of}) for name, of in parts.items()}
    answered = [sum(_stratum(days.get(member, 0)) == at for member in group) for at in range(len(ACTIVE))]
    joined = strata(answered, LEAST)
    places = [
        *({each: there[name].index(of[each]) for each in group if each in of} for name, of in parts.items()),
        {member: _joined(joined, days.get(member, 0)) for member in group if joined},
    ]
    widths = *map(len, there.values()), len(joined)
    told = protect(
        totals, [_table(group, at, question.groups, width) for at, width in zip(places, widths, strict=True)]
    )
    sizes = [sum(_joined(joined, days.get(each, 0)) == at for each in people) for at in range(len(joined))]
    return {
        "totals": told.totals,
        "weighted": _weighted(told.tables[-1], sizes),
        **{
            name: [[each, [row[at] for row in table]] for at, each in enumerate(of)]
            for (name, of), table in zip(there.items(), told.tables, strict=False)
        },
    }


def _joined(joined: Sequence[tuple[int, int]], days: int) -> int:
    return next((at for at, (first, end) in enumerate(joined) if first <= _stratum(days) < end), -1)


def _table(group: Mapping[int, int], place: Mapping[int, int], rows: int, columns: int) -> list[list[int]]:
    table = [[0] * columns for _ in range(rows)]
    for member, column in place.items():
        table[group[member]][column] += 1
    return table


def _weighted(told: Sequence[Sequence[Cell]], people: Sequence[int]) -> list[float] | None:
    """Return the share of each group among all, None where there is but one stratum, or a cell is hidden."""
    cells = [each for row in told for each in row if each is not None]
    if len(people) < 2 or not sum(people) or len(cells) < sum(map(len, told)):
        return None
    counts = np.array([[stands_for(each or 0) for each in row] for row in told]).T
    return [float(each) for each in weighted(counts, np.array(people, dtype=float))]


def read(run: Run) -> Round | None:
    """Return what is told of a run, None where nothing was released."""
    kept = run.detail.get(RELEASED)
    if kept is None or run.phase is not Phase.OVER:
        return None
    later = run.detail.get(LATER) or []
    return Round(
        run=run,
        answers=kept["answers"],
        asked=kept["asked"],
        back=kept["back"],
        friendly=run.detail.get(FRIENDLY),
        polarity=(shares[0], shares[1]) if (shares := run.detail.get(POLARITY)) else None,
        days=None if kept["days"] is None else (kept["days"][0], kept["days"][1]),
        told=tuple(
            Told(
                question=question,
                totals=tuple(of["totals"]),
                tiers={each: tuple(cells) for each, cells in of["tiers"]},
                # Of rounds that were over before segments were told there are none.
                segments={each: tuple(cells) for each, cells in of.get("segments", ())},
                circles={each: tuple(cells) for each, cells in of["circles"]},
                weighted=None if of["weighted"] is None else tuple(of["weighted"]),
                later=tuple(later[at]) if at < len(later) else (),
            )
            if of
            else Told(question=question, totals=())
            for at, (question, of) in enumerate(zip(questions(run), kept["questions"], strict=True))
        ),
    )


async def count_answered(context: Context, run: Run) -> int:
    """Return how many answered so far, as it is told."""
    return cell(len((await _answers(context, run.id))[1]))


async def texts(context: Context, run: Run, question: int) -> list[str]:
    """Return what was written in a round that is over, without names and in no order of theirs; none of under five."""
    if run.phase is not Phase.OVER:
        return []
    written = [said[question] for said in (await _answers(context, run.id))[1].values() if question in said]
    return sorted(written, key=str.casefold) if len(written) >= FEWEST else []
