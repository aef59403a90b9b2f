"""Judges tiers: up within minutes, down after a warning and 14 days' grace, of which a daily look takes care."""

from __future__ import annotations

from collections.abc import Iterable

from core.domain.clock import day_number
from core.domain.facts import TierMoved
from core.domain.message import Reply
from core.domain.people import Member, Notify, present
from core.domain.schedule import Daily
from core.domain.tasks import NEWS, Task
from core.domain.tiers import Move, Tier, Verdict, judge
from core.kit import Context, Markup, task
from core.kit.consent import presence
from core.kit.words import tier_name

NAMED = 5  # in one announcement; the rest are a number


@task(news=True)
async def raise_tiers(context: Context, task: Task) -> None:
    """Give tiers to those who came to them lately; only who did something today or yesterday can have."""
    levels = [tier.level for tier in context.community.settings.tiers]
    since = day_number(context.now) - 1
    members = await context.unit.members.climbing(context.community.id, levels, since)
    if members:
        await _judge(context, members, await presence(context, [member.id for member in members]))


@task(every=Daily("09:00"))
async def judge_tiers(context: Context, task: Task) -> None:
    """Give, warn of and take tiers; announce those that were given."""
    await _judge(context, await context.unit.members.all(context.community.id), await presence(context))
    # Once a day roles follow tiers in any case: a right may have changed on the platform, which is no news of ours.
    await context.unit.tasks.want(NEWS, [context.community.id])


async def _judge(context: Context, members: Iterable[Member], days: dict[int, int]) -> None:
    tiers = context.community.settings.tiers
    changed: list[Member] = []
    risen: dict[int, list[Member]] = {}
    for member in members:
        if not present(member):
            continue
        active = days.get(member.id, 0)
        verdict = judge(tiers, member.tier, member.tier_grace_until, member.level, active, context.now)
        if (verdict.tier, verdict.grace_until) == (member.tier, member.tier_grace_until):
            continue
        held = min(member.tier, len(tiers) - 1)
        member.tier, member.tier_grace_until = verdict.tier, verdict.grace_until
        changed.append(member)
        if verdict.move is not Move.STAY:
            context.raise_(TierMoved(member=member, move=verdict.move, old=held, new=verdict.tier))
        if verdict.move is Move.RISE:
            risen.setdefault(verdict.tier, []).append(member)
        elif verdict.move is not Move.STAY:
            await _tell(context, member, tiers[held], tiers[verdict.tier], verdict, active)
    await context.unit.members.save(changed)
    for place, some in sorted(risen.items()):
        await _announce(context, tiers[place], some)


async def _tell(context: Context, member: Member, held: Tier, now: Tier, verdict: Verdict, present: int) -> None:
    t = context.texts_for(member)
    until = verdict.grace_until or context.now
    day = context.said_day(until, t)
    words = {
        "community": context.community.name,
        "held": tier_name(t, held),
        "now": tier_name(t, now),
        "level": held.level,
        "days": held.days,
        "present": present,
        "day": day,
    }
    await context.tell(member, Reply(t(f"tier-{verdict.move.value}", **words)))


async def _announce(context: Context, tier: Tier, members: list[Member]) -> None:
    """Praise in each space, where the first of them last wrote; to them alone where they want it so."""
    notice = Notify(context.community.settings.level_notice)
    for member in members:
        if Notify.OFF not in (notice, member.notify) and Notify.DIRECT in (notice, member.notify):
            t = context.texts_for(member)
            words = {"tier": tier_name(t, tier), "community": context.community.name}
            await context.tell(member, Reply(t("tier-rise-direct", benefits=tier.benefits or "none", **words)))
    public = [member for member in members if {notice, member.notify} == {Notify.ROOM}]
    for space_id, (room, some) in (await _places(context, public)).items():
        names = context.t.plain("list-comma").join(member.name for member in some[:NAMED])
        said = context.t(
            "tier-rise",
            names=names,
            others=max(0, len(some) - NAMED),
            tier=tier_name(context.t, tier),
            benefits=tier.benefits or "none",
        )
        space = await context.unit.communities.space(space_id)
        context.say(space, room, Reply(Markup(said)), delete_after=context.community.settings.quiet_seconds)


async def _places(context: Context, members: list[Member]) -> dict[int, tuple[str | None, list[Member]]]:
    """Return for each space the room in which the first of these members last wrote, and who wrote there last."""
    found = await context.unit.interactions.last_places([member.id for member in members])
    places: dict[int, tuple[str | None, list[Member]]] = {}
    for member in members:
        if member.name and member.id in found:
            space_id, room = found[member.id]
            places.setdefault(space_id, (room, []))[1].append(member)
    return places
