"""Dead links of /catalogue: looked for once a week, told to those who look after it, and gone once they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from core.domain.catalogue import DeadLink, Item
from core.domain.message import Reply
from core.domain.people import Member
from core.domain.schedule import Weekly
from core.domain.tasks import Task
from core.kit import Again, Context, Markup, Rights, Work, action, task
from core.kit.feeds import fault_said
from core.kit.link_looks import PAUSE, LinksInput, LinksLooked, looked_at
from core.kit.texts import Texts
from core.kit.words import one_of, turn_pages

AT_A_TIME = 30  # links of one step: other heavy work waits meanwhile
AGAIN = timedelta(hours=1)  # after which whatever didn't answer is looked at once more, before anybody hears of it
DEAD = 2  # looks in a row without an answer
PAGE = 10
TOLD = 5  # people at most who hear of it
_KEEPING = ("publish", "item", "retire", "feed", "unfeed")
_LEADING = ("setup", "settings")
_NAMED = 60


@task(every=Weekly("mon 08:00"), heavy=True)
async def look_at_links(context: Context, task: Task) -> Work | None:
    """Look at all links, then once more at those that didn't answer, and tell which don't."""
    here, now, after = context.community.id, context.now, int(task.progress.get("after", 0))
    if again := bool(task.progress.get("again")):
        known = await context.unit.dead_links.of(here, now, after=after, limit=AT_A_TIME)
        links = {each.item_id: each.link for each in known}
    else:
        links = dict(await context.unit.dead_links.to_look_at(here, now, after, AT_A_TIME))
    given = LinksInput(links, context.fetch_private, PAUSE)
    last = max(links, default=after)
    return Work(looked_at, given, partial(_keep, again=again, last=last)) if links or again else None


async def _keep(context: Context, found: LinksLooked, *, again: bool, last: int) -> Again | None:
    """Keep what a step found, and go on behind the item `last`; the last step tells."""
    here, now, links = context.community.id, context.now, context.unit.dead_links
    known = {each.item_id: each for each in await links.of(here, now)}
    await links.save(found.items, [_still(each, known.get(each.item_id), context) for each in found.dead])
    if again:
        if await links.of(here, now, after=last, limit=1):
            return Again({"again": True, "after": last})
        await _tell(context)
    elif await links.to_look_at(here, now, last, 1):
        return Again({"after": last})
    elif await links.of(here, now, limit=1):
        return Again({"again": True}, now + AGAIN)
    return None


def _still(dead: DeadLink, known: DeadLink | None, context: Context) -> DeadLink:
    if known is None or known.link != dead.link:
        return replace(dead, since=context.now)
    return replace(dead, looks=known.looks + 1, since=known.since)


async def _tell(context: Context) -> None:
    """Tell those who look after the catalogue, in one message, which links don't answer."""
    there = await named_dead(context)
    if not there:
        return
    for member in await _keepers(context):
        t = context.texts_for(member)
        title = t("dead-links-told", count=len(there), community=context.community.name)
        await context.tell(member, await _listed(context, t, title, there, 1))


async def _keepers(context: Context) -> list[Member]:
    """Return who last changed the catalogue; where nobody did, who set the community up."""
    for actions in (_KEEPING, _LEADING):
        accounts = await context.unit.audit.actors(context.community.id, actions, 4 * TOLD)
        of = await context.unit.members.of_accounts(accounts)
        there = {of[each].id: of[each] for each in accounts if each in of and of[each].left_at is None}
        if there:
            return list(there.values())[:TOLD]
    return []


async def named_dead(context: Context) -> list[DeadLink]:
    """Return the links that didn't answer when they were looked at, nor an hour later."""
    return await context.unit.dead_links.of(context.community.id, context.now, looks=DEAD)


@action(rights=Rights.MODERATOR, private=True)
async def show_dead_links(context: Context, page: int = 1) -> Reply:
    """Show which links don't answer, and what can be done about each."""
    there = await named_dead(context)
    if not there:
        return Reply(context.t("dead-links-none"))
    return await _listed(context, context.t, context.t("dead-links-title", count=len(there)), there, page)


async def _listed(context: Context, t: Texts, title: Markup, there: Sequence[DeadLink], page: int) -> Reply:
    pages = -(-len(there) // PAGE)
    page = min(max(page, 1), pages)
    shown = there[(page - 1) * PAGE : page * PAGE]
    items = await context.unit.catalogue.many(context.community.id, [each.item_id for each in shown])
    lines = [title, *(_line(context, t, each, items[each.item_id]) for each in shown), t("dead-links-how")]
    buttons = [context.button(items[each.item_id].title[:_NAMED], "look_at_item", item=each.item_id) for each in shown]
    turning = turn_pages(context, show_dead_links, page, pages)
    return Reply(Markup("\n".join(lines)), (*one_of(t.plain("item-choose"), buttons), *turning))


def _line(context: Context, t: Texts, dead: DeadLink, item: Item) -> Markup:
    since = context.said_day(dead.since or context.now, t)
    return t("dead-links-line", title=item.title, why=fault_said(t, dead), since=since)
