"""What Kith says to many people one by one, unasked: written down as one row, and unfolded through the push gate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core.domain.audience import Audience
from core.domain.effects import Draw
from core.domain.message import Reply
from core.domain.outgoing import Outgoing
from core.domain.pushes import Pass, Refusal, Topic, gate
from core.domain.tasks import Task
from core.kit.context import Context
from core.kit.declare import Again, task
from core.kit.effects import expose
from core.kit.pushing import LIFE, keep
from core.kit.texts import language_of
from core.store.outbox import OutboxRow

PAGE = 2_500  # members that one unit of work looks at: a command waits no longer than for that


async def broadcast(
    context: Context,
    name: str,
    topic: Topic,
    audience: Audience,
    replies: Mapping[str, Reply],
    *,
    holdout: float = 0.0,
    draw: Draw | None = None,
) -> bool:
    """Say `replies`, by language, to an audience; False where the community has a broadcast of this name.

    It goes out in the background. `holdout` is the share of people who don't get it, always the same ones for a name;
    where what it changes is measured, `draw` says so in its place, and who was asked and held out is written down.
    Raise ValueError for a notice: what goes to many is nobody's own doing, and must count towards how much they want.
    """
    if topic is Topic.NOTICE:
        raise ValueError(f"the broadcast {name} can't be a notice: nobody's own doing brought it about")
    content = {}
    for language, reply in replies.items():
        # ButtonState once: whoever gets the message may press them.
        buttons = await keep(context.unit, context.community.id, reply.buttons, context.now + LIFE)
        to_all = Outgoing(text=reply.text, platform="", private=True, direct=True, buttons=buttons, locale=language)
        content[language] = replace(to_all, picture=reply.picture).to_json()
    new = await context.unit.pushes.broadcast(
        context.community.id, name, topic, audience, content, holdout, context.now, draw
    )
    if new:
        context.plan(unfold_broadcast, name, context.now)
    return new


async def rehearse(
    context: Context, name: str, topic: Topic, audience: Audience, *, holdout: float = 0.0
) -> tuple[int, Counter[Refusal]]:
    """Return how many an audience would reach now, and how many it wouldn't for which reason."""
    community = context.community
    refused: Counter[Refusal] = Counter()
    reached = after = 0
    more = True
    while more:
        page = await context.unit.pushes.addressees(community.id, audience, context.now, after=after, limit=PAGE)
        lets = [gate(to, topic, context.now, community.settings.timezone, (name, holdout)) for to in page]
        refused.update(let for let in lets if isinstance(let, Refusal))
        reached += sum(isinstance(let, Pass) for let in lets)
        more = len(page) == PAGE
        after = page[-1].member.id if page else after
    return reached, refused


async def call_back(context: Context, run: str) -> None:
    """Let what a run says to many, as far as it isn't on its way, go to nobody any more."""
    said_to_many = await context.unit.pushes.of(context.community.id, run)
    await context.unit.pushes.call_back([each.id for each in said_to_many])
    for under_way in said_to_many:
        if not under_way.done:
            await context.unit.pushes.advance(replace(under_way, done=True), context.now)


@task()
async def unfold_broadcast(context: Context, task: Task) -> Again | None:
    """Write down the messages to the next people of a broadcast, the task's subject, until all were looked at."""
    unit, community, now = context.unit, context.community, context.now
    under_way = await unit.pushes.named(community.id, task.subject)
    if under_way is None or under_way.done:
        return None
    page = await unit.pushes.addressees(community.id, under_way.audience, now, after=under_way.cursor, limit=PAGE)
    spaces = {space.platform: space.external_id for space in await unit.communities.spaces_of(community.id)}
    content = {language: Outgoing.from_json(said) for language, said in under_way.content.items()}
    let: dict[tuple[str, str, datetime], list[int]] = defaultdict(list)
    refused = Counter(under_way.refused)
    draw = under_way.draw
    name, share = (under_way.name, under_way.holdout) if draw is None else (draw.name, draw.share)
    held_out = (name, share) if share else None  # nobody is drawn of a hundred thousand for nothing
    if draw is not None:
        await expose(unit, community.id, draw, page)
    for to in page:
        passed = gate(to, under_way.topic, now, community.settings.timezone, held_out)
        if isinstance(passed, Refusal):
            refused[passed] += 1
            continue
        account = passed.account
        wanted = language_of(to.member.language or community.settings.language)
        let[account.platform, wanted, passed.due_at].append(account.id)
    for (platform, wanted, due_at), some in let.items():
        said = content.get(wanted) or next(iter(content.values()))
        said = replace(said, platform=platform, space=spaces.get(platform))
        row = OutboxRow(said, community.id, kind="push", due_at=due_at, topic=under_way.topic.value)
        await unit.outbox.add_to_many(said, some, row, now, under_way.id)
    moved = replace(
        under_way,
        cursor=page[-1].member.id if page else under_way.cursor,
        queued=under_way.queued + sum(map(len, let.values())),
        refused=refused,
        done=len(page) < PAGE,
    )
    await unit.pushes.advance(moved, now)
    return None if moved.done else Again({"looked at up to": moved.cursor})
