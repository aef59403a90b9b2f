"""Review quiz: each member is asked, in private, what they are about to forget of a bank of questions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from core.analysis.spacing import reviewed
from core.domain.activities import POINTS, Number, Phase, Run, State
from core.domain.audience import Audience
from core.domain.cards import Card, Grade
from core.domain.message import Button, Reply
from core.domain.pushes import Topic
from core.domain.quiz import Item, Items, item_of
from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.kit import Context, Texts, action, task
from core.kit.activities import (
    NothingToDo,
    activity,
    button,
    count_parts,
    in_rows,
    open_run,
    redraw,
    run_of,
    take_part,
)
from core.kit.broadcasts import broadcast, rehearse
from core.kit.consent import must_serve
from core.kit.texts import LANGUAGES
from core.kit.words import Rows

_ROWS = 5  # that every platform shows
_AHEAD = timedelta(minutes=20)  # what was wrong may come again so much earlier, where nothing else is left
_REMINDED = Daily("18:00")


@activity(
    fields=(
        Items(name="items", default=None, bank=True),
        Number(name="cards", default=20, low=1, high=100, offers=(5, 10, 20, 50)),
        Number(name="hours", default=24, low=1, high=24 * 28, offers=(12, 24)),
        POINTS,
    )
)
async def review(context: Context, run: Run) -> Reply:
    """Invite everybody to review, with how many did so far."""
    bank = _bank(run)
    if not bank:
        raise NothingToDo("activity-trouble-bank")
    said = context.t("activity-review-post", questions=len(bank), count=await count_parts(context, run))
    return Reply(said, ((button(context, "activity-review-join", review_next, run),),))


@review.ending
async def over(context: Context, run: Run) -> Reply:
    """Say how many reviewed; what was learned of questions that the bank lost is forgotten."""
    stopped = run.activity.state is State.STOPPED
    await context.unit.cards.keep_only(run.activity.id, () if stopped else _bank(run))
    if stopped:
        await context.unit.cards.stop_reminding(run.activity.id)
    return Reply(context.t("activity-review-over", count=await count_parts(context, run)))


@dataclass(frozen=True, slots=True)
class Sitting:
    """How far a member is: their cards, which of them they had in this run, and what comes, the first now."""

    cards: Mapping[str, Card]
    done: int
    coming: Sequence[str]

    @property
    def learned(self) -> int:
        """Return how many questions the member knows for some days."""
        return sum(card.learned for card in self.cards.values())


def sitting(run: Run, bank: Iterable[str], known: Iterable[Card], now: datetime) -> Sitting:
    """Return what comes for a member: what is due longest first, then new questions, then what was wrong just now.

    `run.values["cards"]` is how many questions a run has for anybody.
    """
    bank = list(bank)
    cards = {card.item: card for card in known if card.item in bank}  # of several of one question the last
    had = {item for item, card in cards.items() if card.reviewed_at >= (run.began_at or now)}
    due = sorted((card for card in cards.values() if card.due_at <= now), key=lambda card: card.due_at)
    old = [card.item for card in due if card.item not in had]
    fresh = [item for item in bank if item not in cards]
    again = [item for item in had if not cards[item].learned and cards[item].due_at <= now + _AHEAD]
    left = max(0, run.values["cards"] - len(had))
    again.sort(key=lambda item: cards[item].due_at)
    return Sitting(cards, len(had), [*[*old, *fresh][:left], *again])


@action(private=True)
async def review_next(context: Context, run: int) -> Reply:
    """Ask what comes for whoever presses."""
    return await _ask(context, await _opened(context, run))


@action(private=True)
async def review_answered(context: Context, run: int, item: str, seen: int, option: int) -> Reply:
    """Say whether an answer is right and why; a wrong one comes again, a right one is graded."""
    it = await _opened(context, run)
    found = await _asked(context, it, item, seen)
    if found is None:
        return await _ask(context, it)
    asked, now = found
    if option == asked.right:
        grades = [
            button(
                context, f"activity-review-{grade.name.lower()}", review_graded, it, item=item, seen=seen, grade=grade
            )
            for grade in (Grade.HARD, Grade.GOOD, Grade.EASY)
        ]
        return Reply(context.t("activity-review-right", why=asked.why or "none"), (tuple(grades),))
    await _grade(context, it, now, item, Grade.AGAIN)
    answer = asked.answers[asked.right]
    said = context.t("activity-review-wrong", answer=answer, why=asked.why or "none")
    return Reply(said, ((button(context, "activity-review-next", review_next, it),),))


@action(private=True)
async def review_graded(context: Context, run: int, item: str, seen: int, grade: int) -> Reply:
    """Note how a right answer came, and ask what comes next."""
    it = await _opened(context, run)
    if (found := await _asked(context, it, item, seen)) is not None:
        await _grade(context, it, found[1], item, Grade(grade))
    return await _ask(context, it)


@action(private=True)
async def review_reminded(context: Context, run: int, wanted: Literal["yes", "no"]) -> Reply:
    """Remind whoever presses each day from now on, or no more."""
    it = await _opened(context, run)
    if wanted == "no":
        mine = await context.my_accounts()
        await context.unit.cards.stop_reminding(it.activity.id, mine)
        return Reply(context.t("activity-review-reminded-no"))
    await context.unit.cards.remind(it.activity, context.my_account.id, context.now)
    await context.schedule(remind_of_review, it.activity.subject, _REMINDED)
    me = Audience(members=(context.me.id,))
    reached, _ = await rehearse(context, it.activity.subject, Topic.ACTIVITY, me)
    return Reply(context.t("activity-review-reminded", time=_REMINDED.at, reached="yes" if reached else "no"))


@task()
async def remind_of_review(context: Context, task: Task) -> None:
    """Write to who wants to be reminded and has something to review today."""
    it = await context.unit.activities.get(context.community.id, int(task.subject.split(":")[1]))
    runs = [] if it is None else await context.unit.activities.runs_of(it, (Phase.OPEN,), 1)
    if it is None or not runs:
        return
    run = await run_of(context, runs[0].id)
    wanting = await context.unit.members.of_accounts(await context.unit.cards.reminded(it.id))
    members = {member.id for member in wanting.values()}
    owners = {each.id: each.member_id for each in await context.unit.members.accounts_of(members)}
    known: dict[int, list[Card]] = {member: [] for member in members}
    for account, card in await context.unit.cards.of(it.id, owners):
        known[owners[account]].append(card)
    bank = _bank(run)
    sittings = {member: sitting(run, bank, cards, context.now) for member, cards in known.items()}
    due = tuple(sorted(member for member, each in sittings.items() if each.coming and not each.done))
    if due:
        said = {language: _reminder(context, Texts(language), run) for language in LANGUAGES}
        to = Audience(tier=it.audience.tier, members=due)
        await broadcast(context, f"{run.name}:{context.today}", Topic.ACTIVITY, to, said)


def _reminder(context: Context, t: Texts, run: Run) -> Reply:
    press = context.button(t.plain("activity-review-join"), review_next, anyone=True, run=run.id)
    return Reply(t("activity-review-reminder", community=context.community.name), ((press,),))


async def _opened(context: Context, run_id: int) -> Run:
    must_serve(context, context.me)
    return await open_run(context, run_id)


async def _sitting(context: Context, run: Run) -> Sitting:
    mine = await context.my_accounts()
    known = [card for _, card in await context.unit.cards.of(run.activity.id, mine)]
    return sitting(run, _bank(run), known, context.now)


async def _asked(context: Context, run: Run, item: str, seen: int) -> tuple[Item, Sitting] | None:
    """Return the question that an answer is to, None where it was answered meanwhile or is gone."""
    asked, now = _bank(run).get(item), await _sitting(context, run)
    card = now.cards.get(item)
    current = asked is not None and item in now.coming and (0 if card is None else card.reviews) == seen
    return (asked, now) if asked is not None and current else None


async def _grade(context: Context, run: Run, now: Sitting, item: str, grade: Grade) -> None:
    card = reviewed(now.cards.get(item), item, grade, context.now)
    await context.unit.cards.save(run.activity, context.my_account.id, card)


async def _ask(context: Context, run: Run) -> Reply:
    """Return the next question; where there is none, what was done, which takes part."""
    bank, now = _bank(run), await _sitting(context, run)
    if not now.coming:
        return await _done(context, run, now)
    item = now.coming[0]
    asked = bank[item]
    seen = now.cards[item].reviews if item in now.cards else 0
    made = [
        context.button(asked.answers[at], review_answered, run=run.id, item=item, seen=seen, option=at)
        for at in _shuffled(len(asked.answers), f"{context.me.id}:{item}:{seen}")
    ]
    said = context.t("activity-review-ask", asked=asked.asked, due=len(now.coming), learned=now.learned)
    return Reply(said, in_rows(made, 1 if len(made) <= _ROWS else 2))


async def _done(context: Context, run: Run, now: Sitting) -> Reply:
    points = 0
    if now.done:
        _, part = await take_part(context, run.id)
        points = part.points
        if not part.already:
            await redraw(context, run)
    next_at = min((card.due_at for card in now.cards.values()), default=None)
    said = context.t(
        "activity-review-done",
        done=now.done,
        learned=now.learned,
        points=points,
        next="none" if next_at is None else context.said_day(max(next_at, context.now)),
    )
    return Reply(said, await _remind(context, run))


async def _remind(context: Context, run: Run) -> Rows:
    mine = set(await context.my_accounts())
    reminded = bool(mine & set(await context.unit.cards.reminded(run.activity.id)))
    label = context.t.plain("activity-review-remind-no" if reminded else "activity-review-remind")
    made: Button = context.button(label, review_reminded, run=run.id, wanted="no" if reminded else "yes")
    return ((made,),)


def _shuffled(count: int, seed: str) -> list[int]:
    """Return places in an order of their own for each time that a question is asked: nobody learns the place."""
    return sorted(range(count), key=lambda at: hashlib.blake2b(f"{seed}:{at}".encode(), digest_size=8).digest())


def _bank(run: Run) -> dict[str, Item]:
    """Return the questions by what stands for each in the books, whose answers may be mended."""
    items = (item_of(line) for line in run.values["items"] or ())
    return {hashlib.blake2b(each.asked.encode(), digest_size=12).hexdigest(): each for each in items if each}
