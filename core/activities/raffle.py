"""Raffle: whoever presses has a number; who wins follows from a seed whose hash stood there from the start."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from core.domain.activities import Choice, Number, Run, Text
from core.domain.message import Reply
from core.domain.people import Member, served
from core.domain.schedule import Monthly
from core.kit import Context, Markup, action
from core.kit.activities import PREVIEW, activity, button, count_parts, redraw, take_part
from core.kit.consent import personal
from core.kit.reaching import is_open, promised
from core.kit.words import name_of


@activity(
    schedule=Monthly("1 12:00"),
    fields=(
        Text(name="prize", default=None, limit=200),
        Number(name="winners", default=1, low=1, high=20, offers=(1, 2, 3, 5)),
        Number(name="hours", default=48, low=1, high=24 * 28, offers=(1, 24, 48, 168)),
        Choice(name="tell", options=("room", "direct"), default="room"),
    ),
)
async def raffle(context: Context, run: Run) -> Reply:
    """Put up what can be won, with the hash of the seed."""
    # A preview draws nothing, and so promises nothing.
    promise = "none" if run.id == PREVIEW else commitment(run.detail.setdefault("seed", secrets.token_hex(16)))
    said = context.t(
        "activity-raffle-post",
        prize=run.values["prize"] or "",
        winners=run.values["winners"],
        count=await count_parts(context, run),
        hash=promise,
    )
    return Reply(said, ((button(context, "activity-raffle-join", raffle_joined, run),),))


@raffle.ending
async def over(context: Context, run: Run) -> Reply:
    """Draw, say who won, and publish what everybody needs to check it; winners are told directly."""
    entries = {int(each.answer): each.account_id for each in await context.unit.activities.answers([run.id])}
    people = await context.unit.members.of_accounts(entries.values())
    there = {
        number: people[account]
        for number, account in sorted(entries.items())
        if account in people and served(people[account]) and people[account].left_at is None
    }
    seed = str(run.detail.get("seed", ""))
    drawn = draw(seed, list(there), run.values["winners"])
    prize = run.values["prize"] or ""
    lines = [context.t("activity-raffle-over", prize=prize, count=len(there))]
    lines += [_winner(context, place, number, there[number]) for place, number in enumerate(drawn, 1)]
    if there:
        lines.append(context.t("activity-raffle-check", seed=seed, numbers=ranges(list(there))))
    given = {"prize": prize, "community": context.community.name}
    for number in drawn:
        won = context.texts_for(there[number])("activity-raffle-won", number=number, **given)
        await context.tell(there[number], Reply(won))
    await _tell_host(context, run, {number: there[number] for number in drawn}, given)
    return Reply(Markup("\n".join(lines)))


def _winner(context: Context, place: int, number: int, member: Member) -> Markup:
    name = member.name if personal([member]) else ""
    return context.t("activity-raffle-winner", place=place, number=number, name=name, named="yes" if name else "no")


async def _tell_host(context: Context, run: Run, won: Mapping[int, Member], given: Mapping[str, str]) -> None:
    """Tell who set it up whom to give what was won: the post may not name them, and not everybody can be told."""
    account = run.activity.account_id
    if account is None or not won:
        return
    host = (await context.unit.members.of_accounts([account])).get(account)
    if host is None:
        return
    t = context.texts_for(host)
    lines = [t("activity-raffle-winners", count=len(won), **given)]
    for number, member in won.items():
        reached = "yes" if await is_open(context, member) else "no"
        lines.append(t("activity-raffle-whose", number=number, name=name_of(t, member), reached=reached))
    await context.tell(host, Reply(Markup("\n".join(lines))))


@action(private=True)
async def raffle_joined(context: Context, run: int) -> Reply:
    """Give whoever presses a number."""
    it, _ = await take_part(context, run)
    mine = await context.my_accounts()
    if had := await context.unit.activities.answers([run], mine):
        return Reply(await promised(context, context.t("activity-raffle-again", number=int(had[0].answer))))
    number = int(it.detail.get("last", 0)) + 1
    it.detail["last"] = number
    await context.unit.activities.save_run(it)
    await context.unit.activities.answer(it, context.my_account.id, str(number), context.now)
    await redraw(context, it)
    return Reply(await promised(context, context.t("activity-raffle-joined", number=number)))


def commitment(seed: str) -> str:
    """Return the SHA-256 of a seed, which is published before anybody takes part."""
    return hashlib.sha256(seed.encode()).hexdigest()


def draw(seed: str, numbers: Sequence[int], winners: int) -> list[int]:
    """Return who wins: place k goes to SHA-256(`seed:k`) modulo how many are left, of the numbers in order."""
    left = sorted(numbers)
    drawn = []
    for place in range(1, min(winners, len(left)) + 1):
        digest = hashlib.sha256(f"{seed}:{place}".encode()).digest()
        drawn.append(left.pop(int.from_bytes(digest) % len(left)))
    return drawn


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers as ranges: 1–3, 5."""
    said: list[list[int]] = []
    for number in sorted(numbers):
        if said and said[-1][-1] == number - 1:
            said[-1] = [said[-1][0], number]
        else:
            said.append([number])
    return ", ".join("–".join(map(str, each)) for each in said)
