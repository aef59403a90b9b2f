"""/publish: put something into the catalogue, looked at first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from core.domain.catalogue import (
    AUTHOR_LIMIT,
    DESCRIPTION_LIMIT,
    LINK_LIMIT,
    TITLE_LIMIT,
    Access,
    Depth,
    Item,
    ItemKind,
    ItemState,
    Use,
    item_key,
    link_of,
    tidy_title,
    topics_of,
)
from core.domain.errors import BadInput
from core.domain.message import Attachment, Reply
from core.domain.points import PRICE_LIMIT
from core.features.content.item import show_item
from core.kit import Accept, Context, Length, Markup, Range, Rights, action, command, form, posts
from core.kit.activities import in_public
from core.kit.items import Mine, card, item_with
from core.kit.plans import plan_with, plans_told
from core.kit.purchases import sold_alone
from core.kit.words import Rows, one_of
from core.store.catalogue import MOST

COVERS = ("png", "jpg", "jpeg", "webp")
TYPES = (
    *("pdf", "epub", "docx", "odt", "pptx", "odp", "xlsx", "ods", "csv", "md", "txt", "ipynb", "zip"),
    *COVERS,
    *("mp3", "m4a", "ogg", "mp4"),
)
DRAFT_LIFE = timedelta(days=7)
TIERS = 20
PLACES = 10_000


@command(rights=Rights.MODERATOR, private=True)
async def publish(context: Context) -> Reply:
    """Put a course, article, book or event into the catalogue."""
    await context.unit.catalogue.drop_drafts(context.community.id, context.now - DRAFT_LIFE)
    return Reply(context.t("publish-how"), ((context.button(context.t.plain("publish-open"), publish_item),),))


@form(rights=Rights.MODERATOR, private=True, hidden=("item",))
async def publish_item(
    context: Context,
    title: Annotated[str, Length(TITLE_LIMIT)],
    kind: ItemKind,
    link: Annotated[str, Length(LINK_LIMIT)] = "",
    description: Annotated[str, Length(DESCRIPTION_LIMIT, long=True)] = "",
    topics: Annotated[str, Length(300)] = "",
    item: int = 0,
) -> Reply:
    """Write down what an item is, and show it as members will see it."""
    name, address = tidy_title(title), link_of(link)
    made = Item(title=name, key=item_key(address, name), state=ItemState.DRAFT, published_at=context.now)
    if item:
        made = await item_with(context, item, everything=True)
    else:
        await _room_for(context, made)
    said = replace(made, title=name, kind=kind, link=address, description=description.strip(), topics=topics_of(topics))
    if item:
        return await _changed(context, said)
    return preview(context, await context.unit.catalogue.add(context.community.id, said))


@form(rights=Rights.MODERATOR, private=True, hidden=("item",))
async def item_terms(
    context: Context,
    tier: Annotated[int, Range(0, TIERS)] = 0,
    price: Annotated[int, Range(0, PRICE_LIMIT)] = 0,
    depth: Depth = Depth.ANY,
    author: Annotated[str, Length(AUTHOR_LIMIT)] = "",
    shown_from: date | None = None,
    item: int = 0,
) -> Reply:
    """Say for whom an item is, what it costs, and from which day on it is shown."""
    old = await item_with(context, item, everything=True)
    tiers = len(context.community.settings.tiers)
    if tier >= tiers:
        raise BadInput("error-publish-tier", most=tiers - 1)
    begins = _begin(context, shown_from) if shown_from else old.published_at
    tidy = " ".join(author.split())
    changed = replace(old, tier=tier, price=price, depth=depth, author=tidy, published_at=begins)
    return await _changed(context, changed)


@form(rights=Rights.MODERATOR, private=True, hidden=("item",))
async def item_series(
    context: Context,
    series: Annotated[str, Length(TITLE_LIMIT)] = "",
    place: Annotated[int, Range(0, PLACES)] = 0,
    in_turn: Literal["yes", "no"] = "no",
    item: int = 0,
) -> Reply:
    """Say of which series an item is a part, at which place, and whether the part before comes first."""
    old = await item_with(context, item, everything=True)
    tidy = " ".join(series.split())
    last = await context.unit.catalogue.last_place(context.community.id, tidy) if tidy else 0
    at = place or (old.place if old.series == tidy else 0) or last + 1
    turn = bool(tidy) and in_turn == "yes"
    return await _changed(context, replace(old, series=tidy, place=at if tidy else 0, in_turn=turn))


@form(rights=Rights.MODERATOR, private=True, hidden=("item",))
async def item_file(context: Context, file: Annotated[Attachment, Accept(TYPES)] | None = None, item: int = 0) -> Reply:
    """Give an item a file, which whoever opens it gets, or take that away."""
    old = await item_with(context, item, everything=True)
    return await _changed(context, replace(old, attachment=file))


@form(rights=Rights.MODERATOR, private=True, hidden=("item",))
async def item_cover(
    context: Context, cover: Annotated[Attachment, Accept(COVERS)] | None = None, item: int = 0
) -> Reply:
    """Give an item a picture, which stands on its card, or take that away."""
    old = await item_with(context, item, everything=True)
    return await _changed(context, replace(old, cover=cover))


async def _changed(context: Context, item: Item) -> Reply:
    await context.unit.catalogue.save(item)
    if item.state is not ItemState.DRAFT:
        await context.record("item", item=item.id, title=item.title)
    return preview(context, item)


async def _room_for(context: Context, made: Item) -> None:
    there = await context.unit.catalogue.keyed(context.community.id, [made.key])
    if (same := there.get(made.key)) is not None and same.state is not ItemState.DRAFT:
        raise BadInput("error-publish-twice", title=same.title)
    if await context.unit.catalogue.count(context.community.id) >= MOST:
        raise BadInput("error-publish-full", limit=MOST)


def _begin(context: Context, day: date) -> datetime:
    midnight = datetime.combine(day, time(), ZoneInfo(context.community.settings.timezone))
    return midnight.astimezone(UTC)


def preview(context: Context, item: Item) -> Reply:
    """Show an item as members will see it, with what can be done before they do."""
    shown = card(context, Mine(item, Use(item_id=item.id), Access.OPEN)).text
    lines = [context.t("publish-preview"), Markup(shown), _terms(context, item)]
    return Reply(Markup("\n".join(line for line in lines if line)), _buttons(context, item), attachment=item.cover)


def _terms(context: Context, item: Item) -> Markup:
    """Return for whom and from when an item is, and its file."""
    t = context.t
    begins = item.published_at or context.now
    when = t("publish-from", day=context.said_day(begins)) if begins > context.now else ""
    tier = t("publish-tier", tier=item.tier) if item.tier else ""
    plan = t("publish-with-plan") if item.plan_id else ""
    price = t("publish-price", price=item.price) if item.price else ""
    file = t("publish-has-file", name=item.attachment.name) if item.attachment else ""
    return Markup(" · ".join(each for each in (tier, plan, price, when, file) if each))


def _buttons(context: Context, item: Item) -> Rows:
    t = context.t
    change = (
        (
            context.button(t.plain("publish-change"), publish_item, **_written(item)),
            context.button(t.plain("publish-terms"), item_terms, **_set(context, item)),
        ),
        (
            context.button(t.plain("publish-plan"), ask_for_plan, item=item.id),
            context.button(t.plain("publish-series"), item_series, **_ordered(item)),
            context.button(t.plain("publish-file"), item_file, item=item.id),
            context.button(t.plain("publish-cover"), item_cover, item=item.id),
        ),
    )
    if item.state is ItemState.DRAFT:
        drop = context.button(t.plain("publish-drop"), drop_item, item=item.id)
        live = context.button(t.plain("publish-now"), publish_now, item=item.id)
        if context.room is None or context.call is None or context.call.direct:
            return (live, drop), *change
        told = context.button(t.plain("publish-tell"), publish_told, item=item.id)
        return (live, told, drop), *change
    if item.state is ItemState.RETIRED:
        return (context.button(t.plain("publish-again"), publish_now, item=item.id),), *change
    pin = context.button(t.plain("publish-unpin" if item.pinned else "publish-pin"), pin_item, item=item.id)
    return (pin, context.button(t.plain("publish-retire"), retire_item, item=item.id)), *change


def _written(item: Item) -> dict[str, Any]:
    """Return the fields of the form as they stand."""
    return {
        "item": item.id,
        "title": item.title,
        "kind": item.kind.value,
        "link": item.link or None,
        "description": item.description or None,
        "topics": ", ".join(item.topics) or None,
    }


def _set(context: Context, item: Item) -> dict[str, Any]:
    begins = item.published_at or context.now
    zone = ZoneInfo(context.community.settings.timezone)
    return {
        "item": item.id,
        "tier": item.tier,
        "price": item.price,
        "depth": item.depth.value,
        "author": item.author or None,
        "shown_from": begins.astimezone(zone).date().isoformat() if begins > context.now else None,
    }


def _ordered(item: Item) -> dict[str, Any]:
    return {
        "item": item.id,
        "series": item.series or None,
        "place": item.place,
        "in_turn": "yes" if item.in_turn else "no",
    }


@action(rights=Rights.MODERATOR, private=True)
async def ask_for_plan(context: Context, item: int) -> Reply:
    """Ask with which plan members can open an item."""
    found, t = await item_with(context, item, everything=True), context.t
    there = await plans_told(context)
    owns = context.rights.covers(Rights.OWNER)
    alone = ((context.button(t.plain("publish-alone"), sell_item, item=item),),) if owns else ()
    if not there:
        return Reply(t("publish-no-plans"), alone)
    buttons = [context.button(each.name, set_plan, item=item, plan=each.id) for each in there]
    buttons.append(context.button(t.plain("publish-plan-none"), set_plan, item=item))
    return Reply(t("publish-plan-ask", title=found.title), (*one_of(t.plain("publish-plan"), buttons), *alone))


@action(rights=Rights.OWNER, private=True)
async def sell_item(context: Context, item: int) -> Reply:
    """Sell an item alone, and show its owner how; one that was open to all asks for that from now on."""
    found = await item_with(context, item, everything=True)
    plan = await sold_alone(context.unit, context.community.id, found, context.now)
    if not (found.plan_id or found.price or found.tier):
        await _changed(context, replace(found, plan_id=plan.id))
    ways = context.button(context.t.plain("publish-alone-ways"), "manage_plan", plan=plan.id)
    return Reply(context.t("publish-alone-how", title=found.title), ((ways,),))


@action(rights=Rights.MODERATOR, private=True)
async def set_plan(context: Context, item: int, plan: int | None = None) -> Reply:
    """Let an item ask for a plan, or for none."""
    found = await item_with(context, item, everything=True)
    if plan is not None:
        await plan_with(context, plan)
    return await _changed(context, replace(found, plan_id=plan))


@action(rights=Rights.MODERATOR, private=True)
async def publish_now(context: Context, item: int) -> Reply:
    """Let members see an item from now on, or from its day."""
    return preview(context, await _live(context, item))


@action(rights=Rights.MODERATOR, private=True)
async def publish_told(context: Context, item: int) -> Reply:
    """Let members see an item, and tell the room."""
    made = await _live(context, item)
    if context.space is None or context.room is None:
        return preview(context, made)
    public = in_public(context)
    told = card(public, Mine(made, Use(item_id=made.id), Access.OPEN))
    see = context.button(public.t.plain("item-see"), show_item, anyone=True, item=made.id)
    reply = replace(told, text=Markup(f"{public.t('publish-new')}\n{told.text}"), buttons=((see,),))
    await posts.put_up(context, made.name, context.space, context.room.external_id, reply)
    return preview(context, made)


async def _live(context: Context, item_id: int) -> Item:
    found = await item_with(context, item_id, everything=True)
    begins = found.published_at or context.now
    if found.state is ItemState.DRAFT and begins < context.now:
        begins = context.now  # it is new when members see it, not when it was written down
    live = replace(found, state=ItemState.LIVE, published_at=begins)
    await context.unit.catalogue.save(live)
    if found.state is not ItemState.LIVE:
        await context.record("publish", item=live.id, title=live.title)
    return live


@action(rights=Rights.MODERATOR, private=True)
async def retire_item(context: Context, item: int) -> Reply:
    """Show an item to nobody any more but those who have it."""
    gone = replace(await item_with(context, item, everything=True), state=ItemState.RETIRED)
    await context.unit.catalogue.save(gone)
    await context.record("retire", item=gone.id, title=gone.title)
    return preview(context, gone)


@action(rights=Rights.MODERATOR, private=True)
async def pin_item(context: Context, item: int) -> Reply:
    """Let an item stand first, or no more."""
    found = await item_with(context, item, everything=True)
    pinned = replace(found, pinned=not found.pinned)
    await context.unit.catalogue.save(pinned)
    return preview(context, pinned)


@action(rights=Rights.MODERATOR, private=True)
async def drop_item(context: Context, item: int) -> Reply:
    """Forget what was never published."""
    found = await item_with(context, item, everything=True)
    await context.unit.catalogue.drop_draft(found.id)
    return Reply(context.t("publish-dropped", title=found.title))
