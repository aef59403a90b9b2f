"""Seats in a run, and the line behind them: kept among its answers, so that they go and move with whoever has them."""

from __future__ import annotations

from datetime import timedelta

from core.domain.activities import Run
from core.domain.people import Member, served
from core.kit.context import Context

SEAT, WAIT = "seat", "wait"
_LOOKED_AT = 500  # places in the line


async def mine(context: Context, run: Run) -> str | None:
    """Return what whoever asks has in a run, on whichever of their accounts; None for nothing."""
    had = await context.unit.activities.answers([run.id], await context.my_accounts())
    return had[0].answer if had else None


async def take_seat(context: Context, run: Run, seats: int) -> str:
    """Give whoever asks, who has none, one of so many seats (0: of any number), or a place in the line behind them."""
    counts = await context.unit.activities.count_answers(run.id)
    waiting = counts.get(WAIT, 0)
    had = WAIT if seats and (waiting or counts.get(SEAT, 0) >= seats) else SEAT
    # Of those who press in one batch, each stands behind the others.
    at = context.now + timedelta(microseconds=waiting if had == WAIT else 0)
    await context.unit.activities.answer(run, context.my_account.id, had, at)
    return had


async def give_up(context: Context, run: Run) -> str | None:
    """Take the seat, or the place in the line, of whoever asks back, and return what it was; None for neither."""
    had = await mine(context, run)
    if had not in (SEAT, WAIT):
        return None
    await context.unit.activities.withdraw(run.id, await context.my_accounts())
    return had


async def place_in_line(context: Context, run: Run) -> int:
    """Return at which place whoever asks waits, from 1."""
    accounts, line = await context.my_accounts(), await context.unit.activities.in_line(run.id, WAIT, _LOOKED_AT)
    return next((at for at, each in enumerate(line, 1) if each.account_id in accounts), len(line) + 1)


async def let_in(context: Context, run: Run, seats: int) -> list[Member]:
    """Give free seats to who waits longest, and return who they are; who is gone meanwhile waits no more."""
    counts = await context.unit.activities.count_answers(run.id)
    free = seats - counts.get(SEAT, 0) if seats else counts.get(WAIT, 0)
    seated: list[Member] = []
    while len(seated) < free:
        line = await context.unit.activities.in_line(run.id, WAIT, free - len(seated))
        people = await context.unit.members.of_accounts([each.account_id for each in line])
        for each in line:
            if each.account_id in people and comes(people[each.account_id]):
                await context.unit.activities.answer(run, each.account_id, SEAT, context.now)
                seated.append(people[each.account_id])
            else:
                await context.unit.activities.withdraw(run.id, [each.account_id])
        if not line:
            break
    return seated


def comes(member: Member) -> bool:
    """Say whether a member is still there, and served."""
    return served(member) and member.left_at is None
