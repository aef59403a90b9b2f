"""/chatter: who writes most, as worked out every night."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from core.domain.message import Reply
from core.domain.schedule import Daily
from core.kit import Context, Work, command
from core.kit.consent import personal
from core.kit.studies import Outcome, Reading, study

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Messages that came since the last run, by member, and what that left."""

    messages: tuple[tuple[int, int], ...]
    left: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Chatter:
    """How much each of the `members` wrote, and whether the last run had to look at all of it."""

    members: tuple[int | None, ...]
    messages: tuple[int, ...]
    anew: bool


def compute(given: Written) -> Outcome[Chatter]:
    """Add what is new to what the last run left."""
    sums = Counter({int(who): number for who, number in json.loads(given.left or "{}").items()})
    for who, number in given.messages:
        sums[who] += number
    who, messages = zip(*sums.most_common(), strict=True)
    found = Chatter(members=who, messages=messages, anew=not given.left)
    return Outcome(result=found, checkpoint=json.dumps(sums).encode())


@study("chatter", Daily("04:00"), compute=compute, result=Chatter)
async def chatter(reading: Reading) -> Written | None:
    """Return what was written since the last run, None where nobody ever wrote."""
    left = reading.checkpoint
    new = (left.position if left else 0), reading.position
    rows = await reading.unit.interactions.written_where(reading.community_id, BEGINNING, new)
    if not rows and left is None:
        return None
    return Written(messages=tuple((who, int(number)) for who, _, number in rows), left=left.content if left else b"")


@command(name="chatter")
async def say(context: Context) -> Reply | Work:
    """Say who writes most."""
    return await chatter.read(context, "chatter", answer)


async def answer(context: Context, found: Chatter) -> Reply:
    """Return it in words."""
    there = await context.unit.members.many(each for each in found.members if each is not None)
    named = {member.id: member.name for member in personal(there.values())}
    lines = [
        context.t("chatter-line", name=named.get(who, "?") if who else "?", count=count)
        for who, count in zip(found.members, found.messages, strict=True)
    ]
    return Reply("\n".join(lines))
