"""What members do with an item: open it, keep it for later, finish it, rate it, get it, or never see it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from core.domain.catalogue import Access, Item
from core.domain.errors import BadInput
from core.domain.facts import ItemBought, ItemFinished, ItemOpened, ItemRated
from core.domain.message import Button, Reply, escape
from core.domain.points import Reason
from core.features.content.presents import pay_present
from core.features.content.stars import pay_button
from core.kit import Context, Markup, Range, action
from core.kit.consent import must_serve
from core.kit.items import CLOSED, Mine, card, item_with, keeps, mine, must_open
from core.kit.ledger_actions import booked_under
from core.kit.lessons import Lessons, certificate, lessons_of, must_be_its_turn, progress
from core.kit.plans import sells_stars
from core.kit.words import Rows

STARS = 5
ON_BUTTON = 40  # characters of a title


@action(private=True)
async def show_item(context: Context, item: int) -> Reply:
    """Show an item with what can be done with it."""
    return await shown(context, await item_with(context, item))


@action(private=True)
async def open_item(context: Context, item: int) -> Reply:
    """Give the way to an item."""
    found = await item_with(context, item)
    it = await _one(context, found)
    must_open(context, it)
    await must_be_its_turn(context, it)
    if it.use.opened_at is None and keeps(context.me):
        await _note(context, found, opened_at=context.now)
        context.raise_(ItemOpened(member=context.me, account=context.my_account, subject=found.name))
        it = await _one(context, found)
    rows, file = _rows(context, it)[1:], found.attachment
    if not found.link and file is None:
        return Reply(context.t("item-no-link", title=found.title), rows)
    link = Markup(f"[{escape(found.title)}]({escape(found.link)})" if found.link else escape(found.title))
    return Reply(context.t("item-here", link=link), rows, attachment=file)


@action(private=True)
async def save_item(context: Context, item: int) -> Reply:
    """Put an item on the caller's list for later."""
    found = await item_with(context, item)
    must_serve(context, context.me)
    await _note(context, found, saved_at=context.now)
    return await shown(context, found)


@action(private=True)
async def unsave_item(context: Context, item: int) -> Reply:
    """Take an item off the list for later."""
    found = await item_with(context, item)
    await context.unit.uses.take_back(await context.my_accounts(), found.id, "saved_at")
    return await shown(context, found)


@action(private=True)
async def finish_item(context: Context, item: int) -> Reply:
    """Note that the caller is through with an item, and ask how they liked it."""
    found = await item_with(context, item)
    must_serve(context, context.me)
    it = await _one(context, found)
    must_open(context, it)
    await must_be_its_turn(context, it)
    first = it.use.finished_at is None
    if first:
        await _note(context, found, finished_at=context.now)
        context.raise_(ItemFinished(member=context.me, account=context.my_account, subject=found.name))
    said, stars = context.t("item-finished", title=found.title), star_buttons(context, found)
    lessons = await lessons_of(context, found)
    if lessons is None:
        return Reply(said, (stars,))
    if lessons.complete:
        return _graduated(context, lessons, said, stars) if first else Reply(said, (stars,))
    further = lessons.next(found.id)
    on = () if further is None else ((_onward(context, further),),)
    return Reply(Markup(f"{said}\n{progress(context, lessons)}"), (*on, stars))


def _onward(context: Context, it: Mine) -> Button:
    return context.button(context.t.plain("item-next", title=it.item.title[:ON_BUTTON]), show_item, item=it.item.id)


def _graduated(context: Context, lessons: Lessons, said: Markup, stars: tuple[Button, ...]) -> Reply:
    done = context.t("course-finished", series=lessons.series)
    picture = certificate(context, lessons, context.me, context.t)
    return Reply(Markup(f"{said}\n{done}"), (stars,), picture=picture)


@action(private=True)
async def show_certificate(context: Context, item: int) -> Reply:
    """Show the certificate of a series that the caller finished, named by one of its parts."""
    lessons = await lessons_of(context, await item_with(context, item))
    if lessons is None or not lessons.complete:
        raise BadInput("error-course-unfinished")
    said = context.t("course-finished", series=lessons.series)
    return Reply(said, picture=certificate(context, lessons, context.me, context.t))


@action(private=True)
async def rate_item(context: Context, item: int, stars: Annotated[int, Range(1, STARS)]) -> Reply:
    """Say how good an item is."""
    found = await item_with(context, item)
    must_serve(context, context.me)
    it = await _one(context, found)
    must_open(context, it)
    await _note(context, found, rating=stars)
    if it.use.rating is None:
        fact = ItemRated(member=context.me, account=context.my_account, subject=found.name, stars=stars)
        context.raise_(fact)
    return Reply(context.t("item-rated", title=found.title, stars="★" * stars))


@action(private=True)
async def refuse_item(context: Context, item: int) -> Reply:
    """Never recommend an item to the caller again, on any platform."""
    found = await item_with(context, item)
    must_serve(context, context.me)
    await _note(context, found, refused_at=context.now)
    back = context.button(context.t.plain("item-back"), welcome_item, item=found.id)
    return Reply(context.t("item-refused", title=found.title), ((back,),))


@action(private=True)
async def welcome_item(context: Context, item: int) -> Reply:
    """Let an item be recommended again that was not for the caller."""
    found = await item_with(context, item)
    await context.unit.uses.take_back(await context.my_accounts(), found.id, "refused_at")
    return await shown(context, found)


@action(private=True)
async def buy_item(context: Context, item: int) -> Reply:
    """Ask whether the caller wants to pay for an item."""
    found = await item_with(context, item)
    _can_buy(context, await _one(context, found))
    sure = context.button(context.t.plain("item-buy-sure", price=found.price), pay_item, item=found.id)
    back = context.button(context.t.plain("item-buy-not"), show_item, item=found.id)
    said = context.t("item-buy-ask", title=found.title, price=found.price, balance=context.me.balance)
    return Reply(said, ((sure, back),))


@action(private=True)
async def pay_item(context: Context, item: int) -> Reply:
    """Take an item's price, once, and open it."""
    found = await item_with(context, item)
    _can_buy(context, await _one(context, found))
    last = await context.unit.uses.last_entry(await context.my_accounts(), found.id)
    key = f"{found.name}:{context.me.id}:after:{last}"  # once, and once again where it was taken back
    await context.give(context.my_account, -found.price, Reason.PURCHASE, key, earned=0, note=found.title)
    entry = await booked_under(context, key)
    await _note(context, found, entry_id=entry.id)
    context.raise_(ItemBought(member=context.me, account=context.my_account, subject=found.name))
    return await shown(context, found)


def _can_buy(context: Context, it: Mine) -> None:
    """Raise with why the caller can't pay for an item."""
    must_serve(context, context.me)
    if it.access in {Access.TIER, Access.PLAN}:
        must_open(context, it)
    if it.access is not Access.PRICE:
        raise BadInput("error-item-yours", title=it.item.title)
    if context.me.balance < it.item.price:
        short = it.item.price - context.me.balance
        raise BadInput("error-item-points", title=it.item.title, price=it.item.price, missing=short)


async def shown(context: Context, item: Item) -> Reply:
    """Return an item's card with what the caller can do with it."""
    it = await _one(context, item)
    lessons = await lessons_of(context, item)
    more = context.button(context.t.plain("alike-open"), "alike_items", item=item.id)
    made = card(context, it, (*_rows(context, it), (more,)))
    if lessons is None:
        return made
    lines = [made.text, progress(context, lessons)]
    if (before := lessons.missing(item)) is not None and it.use.opened_at is None:
        lines.append(context.t("item-after", before=before.title))
    return replace(made, text=Markup("\n".join(lines)))


async def _one(context: Context, item: Item) -> Mine:
    return (await mine(context, [item]))[0]


async def _note(context: Context, item: Item, **what: object) -> None:
    await context.unit.uses.note(context.community.id, context.my_account.id, item.id, **what)


def _rows(context: Context, it: Mine) -> Rows:
    """Return what the caller can do with an item: the way in first."""
    t, item, use = context.t, it.item, it.use
    ways = _ways(context, it)
    if not keeps(context.me):
        return (ways,) if ways else ()
    kept = use.saved_at is not None
    keep, word = (unsave_item, "item-unsave") if kept else (save_item, "item-save")
    more = [context.button(t.plain(word), keep, item=item.id)]
    if it.access in {Access.OPEN, Access.OWNED} and use.opened_at is not None:
        more.append(context.button(t.plain("item-done"), finish_item, item=item.id))
    if use.finished_at is None and it.access is not Access.OWNED:
        more.append(context.button(t.plain("item-refuse"), refuse_item, item=item.id))
    if it.alone is not None and it.alone.stars and sells_stars(context):
        more.append(context.button(t.plain("present-item"), pay_present, plan=it.alone.id))
    return (ways, tuple(more)) if ways else (tuple(more),)


def _ways(context: Context, it: Mine) -> tuple[Button, ...]:
    """Return the ways in: open, or what is to be paid first."""
    if it.access not in CLOSED:
        return (context.button(context.t.plain("item-open"), open_item, item=it.item.id),)
    ways = []
    sold = next((each for each in (it.alone, it.plan) if each and each.active and each.stars), None)
    if sold is not None and sells_stars(context):
        ways.append(pay_button(context, sold))
    if it.access is Access.PRICE:
        ways.append(context.button(context.t.plain("item-buy", price=it.item.price), buy_item, item=it.item.id))
    return tuple(ways)


def star_buttons(context: Context, item: Item) -> tuple[Button, ...]:
    """Return a row of buttons that say how good an item is."""
    return tuple(context.button(f"{stars} ★", rate_item, item=item.id, stars=stars) for stars in range(1, STARS + 1))
