"""Items in words: which one is meant, its card and its line, and what the caller can do with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.domain.catalogue import Access, Item, Use, access
from core.domain.errors import BadInput, NotFound
from core.domain.forms import whole_number
from core.domain.message import Reply
from core.domain.people import Member, Rights, folded, served
from core.domain.plans import Plan
from core.kit.context import Action, Context
from core.kit.plans import alone, how_to_get, my_plans, opened, plan_name
from core.kit.suggesting import MOST, Suggestion
from core.kit.texts import Markup
from core.kit.words import Rows, one_of, tier_name

SHORT = 300  # characters of a description in a list of one
CLOSED = frozenset({Access.TIER, Access.PLAN, Access.PRICE})
_LABEL = 60
_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Mine:
    """An item, what the caller made of it, and whether they may open it."""

    item: Item
    use: Use
    access: Access
    plan: Plan | None = None  # that it asks for and the caller lacks
    alone: Plan | None = None  # by which it alone can be had


async def items_suggested(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    """Return items for an option `item`: those whose title begins so, then those that the words find."""
    typed = given.get("item", "").strip()
    here = context.community.id, context.now
    found = await context.unit.catalogue.titled(*here, typed, MOST)
    if len(found) < MOST and typed:
        there = {each.id for each in found}
        more = await context.unit.catalogue.search(*here, typed, MOST)
        found += [each for each in more if each.id not in there]
    return [Suggestion(each.title, f"#{each.id}", (typed,)) for each in found]


async def item_named(context: Context, raw: str, *, everything: bool = False) -> Item:
    """Return the item that a number or a title names, of those that members are shown, or of all.

    Raise NotFound, with those that could be meant.
    """
    here = context.community.id
    if (number := numbered(raw)) is not None:
        return await item_with(context, number, everything=everything)
    wanted = folded(raw)
    found = await context.unit.catalogue.search(here, context.now, raw, MOST)
    same = [each for each in found if folded(each.title) == wanted]
    if same:
        return same[0]
    if everything:
        for each in await context.unit.catalogue.all(here):
            if folded(each.title) == wanted:
                return each
    missing = NotFound("error-no-item-near" if found else "error-no-item", name=raw[:64])
    missing.offers = tuple((each.title[:_LABEL], f"#{each.id}") for each in found[:_OFFERED])
    raise missing


def numbered(raw: str) -> int | None:
    """Return the id that `#12` names, None for other words."""
    return whole_number(raw) if raw.strip().startswith(("#", "＃")) else None


async def item_with(context: Context, item_id: int, *, everything: bool = False) -> Item:
    """Return an item by its id; raise NotFound where there is none, or members aren't shown it any more."""
    item = await context.unit.catalogue.get(context.community.id, item_id)
    if item is None or not (everything or item.shown(context.now) or await _owned(context, item)):
        raise NotFound("error-item-gone")
    return item


async def _owned(context: Context, item: Item) -> bool:
    return (await mine(context, [item]))[0].access is Access.OWNED


async def mine(context: Context, items: Sequence[Item]) -> list[Mine]:
    """Return items with what the caller made of them and whether they may open them, in the same order."""
    uses = await context.unit.uses.of(await context.my_accounts(), [each.id for each in items])
    plans = {each.id: each for each in await context.unit.plans.all(context.community.id)} if items else {}
    alone = {each.item_id: each for each in plans.values() if each.item_id is not None}
    has: Collection[int] = ()
    if any(each.plan_id is not None or each.id in alone for each in items):
        has = opened(await my_plans(context))
    found = []
    for each in items:
        use, own = uses.get(each.id, Use(item_id=each.id)), alone.get(each.id)
        owned = use.entry_id is not None or (own is not None and own.id in has)
        found.append(_mine(context, each, use, plans, has, owned=owned, alone=own))
    return found


def _mine(
    context: Context,
    item: Item,
    use: Use,
    plans: Mapping[int, Plan],
    has: Collection[int],
    *,
    owned: bool,
    alone: Plan | None,
) -> Mine:
    moderates = context.rights.covers(Rights.MODERATOR)
    may = access(item, context.me.tier, owned=owned, moderates=moderates, plans=has)
    plan = plans.get(item.plan_id or 0) if may is Access.PLAN else None
    return Mine(item, use, may, plan, alone if alone is not None and alone.active else None)


async def bought_alone(context: Context) -> set[int]:
    """Return the items that the caller got alone, for money, Stars, a code or as a present, and still has."""
    plans = await context.unit.plans.all(context.community.id)
    if all(each.item_id is None for each in plans):
        return set()
    has = opened(await my_plans(context))
    return {each.item_id for each in plans if each.item_id is not None and each.id in has}


def keeps(member: Member) -> bool:
    """Say whether Kith writes down what a member makes of items: not of those who are out."""
    return served(member)


def must_open(context: Context, it: Mine) -> None:
    """Raise BadInput with what is missing where the caller may not open an item."""
    if it.access is Access.TIER:
        raise BadInput("error-item-tier", title=it.item.title, tier=_tier(context, it.item))
    if it.access is Access.PLAN and it.plan is not None and it.plan.item_id is not None:
        raise BadInput("error-item-alone", title=it.item.title)
    if it.access is Access.PLAN:
        raise BadInput("error-item-plan", title=it.item.title, plan=plan_name(it.plan) if it.plan else "?")
    if it.access is Access.PRICE:
        raise BadInput("error-item-price", title=it.item.title, price=it.item.price)


def _tier(context: Context, item: Item) -> str:
    tiers = context.community.settings.tiers
    return tier_name(context.t, tiers[min(item.tier, len(tiers) - 1)])


def item_line(context: Context, it: Mine, *, brief: bool = False) -> Markup:
    """Return an item in one line: its title, what it is (of a `brief` one the kind alone), how far the caller is."""
    what = context.t(f"item-kind-{it.item.kind}") if brief else about(context, it.item)
    return context.t("item-line", title=it.item.title, about=what, state=_state(it))


def _state(it: Mine) -> str:
    if it.use.finished_at is not None:
        return "finished"
    if it.use.opened_at is not None:
        return "opened"
    return "closed" if it.access in CLOSED else "none"


def about(context: Context, item: Item) -> Markup:
    """Return what an item is in a few words: its kind, author, how much it asks, topics."""
    t = context.t
    parts = [t(f"item-kind-{item.kind}")]
    if item.author:
        parts.append(t("item-by", author=item.author))
    if item.depth != "any":
        parts.append(t(f"item-depth-{item.depth}"))
    if item.series and item.place:
        parts.append(t("item-part", place=item.place, series=item.series))
    if item.topics:
        parts.append(t.listed(item.topics))
    return Markup(" · ".join(parts))


def card(context: Context, it: Mine, buttons: Rows = ()) -> Reply:
    """Return an item with its cover, what it is about, whether the caller may open it, and `buttons`."""
    lines = [context.t("item-title", title=it.item.title), about(context, it.item)]
    if it.item.description:
        text = it.item.description
        lines.append(context.t("item-description", text=text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"))
    lines.append(_standing(context, it))
    return Reply(Markup("\n".join(line for line in lines if line)), buttons, attachment=it.item.cover)


def _standing(context: Context, it: Mine) -> Markup:
    """Return whether the caller may open an item, and how far they are with it."""
    closed = _missing(context, it)
    if it.access in CLOSED and it.alone is not None and it.alone is not it.plan and (way := alone(context, it.alone)):
        return Markup(f"{closed}\n{way}")
    return closed


def _missing(context: Context, it: Mine) -> Markup:
    t, item, use = context.t, it.item, it.use
    if it.access is Access.TIER:
        return t("item-needs-tier", tier=_tier(context, item))
    if it.access is Access.PLAN:
        return how_to_get(context, it.plan) if it.plan else t("item-plan-gone")
    if it.access is Access.PRICE:
        return t("item-needs-points", price=item.price, balance=context.me.balance)
    if use.finished_at is not None:
        return t("item-finished-on", day=context.said_day(use.finished_at))
    if use.opened_at is not None:
        return t("item-opened-on", day=context.said_day(use.opened_at))
    return t("item-owned") if it.access is Access.OWNED else Markup("")


def choices(context: Context, found: Collection[Mine], show: Action) -> Rows:
    """Return a choice among items, each of which `show` then shows."""
    buttons = [context.button(each.item.title[:_LABEL], show, item=each.item.id) for each in found]
    return one_of(context.t.plain("item-choose"), buttons)
