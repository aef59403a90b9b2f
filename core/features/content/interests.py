"""/interests: the topics that a member wants to hear of, and those they don't."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from core.domain.catalogue import TOPIC_LIMIT, topics_of
from core.domain.errors import BadInput
from core.domain.message import Reply
from core.features.content.browse import topics_suggested
from core.features.content.picks import choice
from core.kit import Context, Length, Markup, action, command
from core.kit.consent import must_serve
from core.kit.suggesting import Suggest, Suggestion
from core.kit.words import one_of

MOST_CHOSEN = 30
_OFFERED = 12


async def _topics(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    return await topics_suggested(context, given)


@command(private=True)
async def interests(
    context: Context, topic: Annotated[str, Suggest(_topics), Length(TOPIC_LIMIT)] | None = None
) -> Reply:
    """Say what you want to hear of; it shapes what you are recommended."""
    must_serve(context, context.me)
    if topic is None:
        return await _page(context)
    if not (named := topics_of(topic)):
        raise BadInput("error-interest")
    for each in named:
        await _choose(context, each, wanted=True)
    return await _page(context)


@action(private=True)
async def want_topic(context: Context, topic: str) -> Reply:
    """Want to hear of a topic."""
    await _choose(context, topic, wanted=True)
    return await _page(context)


@action(private=True)
async def refuse_topic(context: Context, topic: str) -> Reply:
    """Want to hear nothing of a topic."""
    await _choose(context, topic, wanted=False)
    return await _page(context)


@action(private=True)
async def forget_topic(context: Context, topic: str) -> Reply:
    """Take back what was said of a topic."""
    await context.unit.uses.unchoose(await context.my_accounts(), topic)
    return await _page(context)


async def _choose(context: Context, topic: str, *, wanted: bool) -> None:
    must_serve(context, context.me)
    mine = await context.my_accounts()
    if len(await context.unit.uses.chosen(mine)) >= MOST_CHOSEN:
        raise BadInput("error-interests-full", limit=MOST_CHOSEN)
    await context.unit.uses.unchoose(mine, topic)
    await context.unit.uses.choose(context.community.id, context.my_account.id, topic, context.now, wanted=wanted)


async def _page(context: Context) -> Reply:
    t = context.t
    chosen = await context.unit.uses.chosen(await context.my_accounts())
    wanted = [topic for topic, wants in chosen.items() if wants]
    refused = [topic for topic, wants in chosen.items() if not wants]
    lines = [t("interests-wanted", topics=t.listed(wanted)) if wanted else t("interests-none")]
    if refused:
        lines.append(t("interests-refused", topics=t.listed(refused)))
    known = {each.casefold() for each in chosen}
    there = await context.unit.catalogue.topics(context.community.id, context.now, _OFFERED + len(known))
    offers = [topic for topic, _ in there if topic.casefold() not in known][:_OFFERED]
    add = [context.button(f"+ {topic}", want_topic, topic=topic) for topic in offers]
    drop = [context.button(f"− {topic}", forget_topic, topic=topic) for topic in chosen]
    never = [context.button(f"✗ {topic}", refuse_topic, topic=topic) for topic in wanted]
    return Reply(
        Markup("\n".join(lines)),
        (
            *one_of(t.plain("interests-add"), add, in_a_row=3),
            *one_of(t.plain("interests-drop"), drop, in_a_row=3),
            *one_of(t.plain("interests-never"), never, in_a_row=3),
            *await choice(context),
        ),
    )
