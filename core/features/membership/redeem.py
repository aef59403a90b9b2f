"""/redeem: a small shop of benefits that cost points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from core.domain.errors import BadInput
from core.domain.message import Button, Reply
from core.domain.people import folded
from core.domain.points import Reason
from core.kit import Context, Markup, action, command
from core.kit.consent import must_serve
from core.kit.ledger_actions import booked_under, redeem_key
from core.kit.suggesting import Suggest, Suggestion
from core.kit.words import name_of, one_of
from core.store.benefits import Benefit


async def _benefits(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    offered = await context.unit.benefits.offered(context.community.id)
    return [
        Suggestion(context.t.plain("redeem-suggestion", name=each.name, cost=each.cost), each.name, (each.name,))
        for each in offered
        if each.stock != 0
    ]


@command(private=True)
async def redeem(context: Context, name: Annotated[str, Suggest(_benefits)] | None = None) -> Reply:
    """Spend points on a benefit."""
    must_serve(context, context.me)
    offered = await context.unit.benefits.offered(context.community.id)
    if name is None:
        return _shop(context, offered)
    wanted = _named(offered, name)
    if wanted is None:
        unknown = context.t("redeem-unknown", name=name[:64])
        shop = _shop(context, offered)
        return Reply(Markup(f"{unknown}\n{shop.text}"), shop.buttons)
    _check(context, wanted)
    return _ask(context, wanted)


@action(private=True, formerly=("redeem", "sure"))
async def take_benefit(context: Context, benefit: int, sure: str) -> Reply:
    """Spend points on what was chosen; `sure` is the key of the question."""
    return await _take(context, await _chosen(context, benefit), sure)


@action(private=True, formerly=("redeem", "benefit"))
async def choose_benefit(context: Context, benefit: int) -> Reply:
    """Ask before points are spent."""
    return _ask(context, await _chosen(context, benefit))


async def _chosen(context: Context, benefit: int) -> Benefit:
    must_serve(context, context.me)
    offered = await context.unit.benefits.offered(context.community.id)
    wanted = next((each for each in offered if each.id == benefit), None)
    if wanted is None:
        raise BadInput("error-redeem-gone")
    _check(context, wanted)
    return wanted


def _named(offered: list[Benefit], name: str) -> Benefit | None:
    """Return the benefit with this name, or the only one whose name begins so."""
    wanted = folded(name)
    same = [each for each in offered if folded(each.name) == wanted]
    begun = [each for each in offered if folded(each.name).startswith(wanted)]
    return same[0] if same else begun[0] if len(begun) == 1 else None


def _shop(context: Context, offered: list[Benefit]) -> Reply:
    if not offered:
        return Reply(context.t("redeem-empty"))
    t = context.t
    lines = [
        t("redeem-line", name=each.name, cost=each.cost, stock="any" if each.stock is None else each.stock)
        for each in offered
    ]
    head = t("redeem-head", balance=context.me.balance)
    buttons = [_button(context, each) for each in offered if each.stock != 0]
    return Reply(Markup("\n".join([head, *lines])), one_of(t.plain("redeem-choose"), buttons))


def _button(context: Context, benefit: Benefit) -> Button:
    return context.button(benefit.name[:60], choose_benefit, benefit=benefit.id)


def _check(context: Context, benefit: Benefit) -> None:
    if benefit.stock == 0:
        raise BadInput("error-redeem-sold-out", name=benefit.name)
    if context.me.balance < benefit.cost:
        raise BadInput("error-redeem-too-dear", name=benefit.name, cost=benefit.cost, balance=context.me.balance)


def _ask(context: Context, benefit: Benefit) -> Reply:
    t = context.t
    # The question's own key makes a button that is pressed twice pay once.
    asked = context.call.key if context.call else ""
    row = (
        context.button(t.plain("button-redeem-yes"), take_benefit, benefit=benefit.id, sure=asked),
        context.button(t.plain("button-redeem-no"), "redeem"),
    )
    left = context.me.balance - benefit.cost
    return Reply(t("redeem-sure", name=benefit.name, cost=benefit.cost, left=left), (row,))


async def _take(context: Context, benefit: Benefit, asked: str) -> Reply:
    key = redeem_key(context, benefit.id, asked)
    if await context.unit.ledger.known({context.community.id: [key]}):
        raise BadInput("error-redeem-done")
    if not await context.unit.benefits.take_one(benefit.id):
        raise BadInput("error-redeem-sold-out", name=benefit.name)
    await context.give(context.my_account, -benefit.cost, Reason.REDEEM, key, earned=0, note=benefit.name)
    await context.record("redeem", context.my_account, benefit=benefit.name, cost=benefit.cost)
    await _tell_who_offered(context, benefit, key)
    return Reply(context.t("redeem-done", name=benefit.name, balance=context.me.balance))


async def _tell_who_offered(context: Context, benefit: Benefit, key: str) -> None:
    """Let the owner who put it on offer know, and say when it is handed over."""
    offers = await context.unit.audit.latest(context.community.id, "offer")
    offered = [entry.actor_account_id for entry in offers if (entry.detail or {}).get("benefit") == benefit.id]
    if not offered or offered[0] is None:
        return
    owner = (await context.unit.members.of_accounts([offered[0]]))[offered[0]]
    if owner.left_at is not None or owner.id == context.me.id:
        return
    t = context.texts_for(owner)
    entry = await booked_under(context, key)
    button = context.button(t.plain("shop-handed"), "hand_over", handed=entry.id)
    said = t("redeem-told", name=name_of(t, context.me), benefit=benefit.name, community=context.community.name)
    await context.tell(owner, Reply(said, ((button,),)))
