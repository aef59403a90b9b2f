"""Feeds of /catalogue: the addresses from which items come by themselves."""

from __future__ import annotations

from typing import Annotated

from core.domain.catalogue import FEED_PAUSE, FEEDS_LIMIT, LINK_LIMIT, Feed, link_of
from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.schedule import Every
from core.domain.tasks import Task
from core.kit import Again, Context, Length, Markup, Rights, Work, action, form, task
from core.kit.feeds import FeedOutcome, fault_said, fetched, keep_fetched, to_fetch
from core.kit.words import one_of

AT_A_TIME = 12  # feeds that one look fetches: other heavy work waits meanwhile
SOON = FEED_PAUSE / 2  # what is due by then is nearer to this look than to the next
_NAMED = 60


@action(rights=Rights.MODERATOR, private=True)
async def show_feeds(context: Context) -> Reply:
    """Show from where items come, and how that went."""
    return await _page(context)


async def _page(context: Context) -> Reply:
    t = context.t
    there = await context.unit.feeds.of(context.community.id)
    add = (context.button(t.plain("feeds-add"), add_feed),)
    if not there:
        return Reply(t("feeds-none"), (add,))
    lines = [t("feeds-title", count=len(there)), *(_line(context, each) for each in there)]
    drop = [context.button(each.address[:_NAMED], drop_feed, feed=each.id) for each in there]
    return Reply(Markup("\n".join(lines)), (*one_of(t.plain("feeds-drop"), drop), add))


def _line(context: Context, feed: Feed) -> Markup:
    if feed.fault:
        return context.t("feeds-line-fault", address=feed.address, why=fault_said(context.t, feed))
    if feed.fetched_at is None:
        return context.t("feeds-line-new", address=feed.address)
    return context.t("feeds-line", address=feed.address, when=context.said_moment(feed.fetched_at))


@form(rights=Rights.MODERATOR, private=True)
async def add_feed(context: Context, address: Annotated[str, Length(LINK_LIMIT)]) -> Reply:
    """Follow a feed or the map of a site from now on."""
    if not (tidy := link_of(address)):
        raise BadInput("error-item-link", link=address[:80])
    there = await context.unit.feeds.of(context.community.id)
    if len(there) >= FEEDS_LIMIT:
        raise BadInput("error-feeds-full", limit=FEEDS_LIMIT)
    if await context.unit.feeds.add(context.community.id, [tidy], context.now, context.my_account.id):
        await context.record("feed", address=tidy)
    context.plan(sync_feeds, "now", context.now)
    return await _page(context)


@action(rights=Rights.MODERATOR, private=True)
async def drop_feed(context: Context, feed: int) -> Reply:
    """Follow a feed no more; its items stay."""
    gone = next((each for each in await context.unit.feeds.of(context.community.id) if each.id == feed), None)
    if gone is not None and await context.unit.feeds.drop(context.community.id, feed):
        await context.record("unfeed", address=gone.address)
    return await _page(context)


@task(every=Every(int(FEED_PAUSE.total_seconds())), heavy=True)
async def sync_feeds(context: Context, task: Task) -> Work | None:
    """Fetch the feeds that are due."""
    due = await _due(context)
    if not due:
        return None
    given = await to_fetch(context.unit, context.community.id, due, private=context.fetch_private)
    return Work(fetched, given, _keep)


async def _due(context: Context) -> list[Feed]:
    return await context.unit.feeds.due(context.community.id, context.now + SOON, AT_A_TIME)


async def _keep(context: Context, found: list[FeedOutcome]) -> Again | None:
    """Keep what came, tell whoever added a feed when it gives nothing any more, and go on where more are due."""
    kept = await keep_fetched(context.unit, context.community.id, found, context.now)
    accounts = [each.account_id for each in kept.failing if each.account_id is not None]
    owners = await context.unit.members.of_accounts(accounts) if accounts else {}
    for feed in kept.failing:
        owner = owners.get(feed.account_id) if feed.account_id is not None else None
        if owner is None:
            continue
        t = context.texts_for(owner)
        drop = context.button(t.plain("feeds-drop-it"), drop_feed, feed=feed.id)
        said = t("feeds-failing", address=feed.address, why=fault_said(t, feed), count=feed.failures)
        await context.tell(owner, Reply(said, ((drop,),)))
    return Again({"looked": len(found)}) if await _due(context) else None
