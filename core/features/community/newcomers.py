"""/newcomers: who came lately, wrote, and has had no answer yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from core.domain.clock import day_number
from core.domain.message import Reply
from core.domain.people import served
from core.kit import Context, Markup, Rights, Work, action, command
from core.kit.consent import personal
from core.kit.words import Rows, turn_pages
from core.studies.network_view import NetworkView, invite, read

PAGE = 10
LATELY = 30  # days since somebody came


@command(rights=Rights.MODERATOR, private=True)
async def newcomers(context: Context) -> Reply | Work:
    """Show who joined in the last 30 days, wrote, and got no reply."""
    return await _page(context, 1)


@action(rights=Rights.MODERATOR, private=True, formerly=("newcomers", "page"))
async def newcomers_page(context: Context, page: int) -> Reply | Work:
    """Show another page."""
    return await _page(context, page)


async def _page(context: Context, page: int) -> Reply | Work:
    if not await context.unit.interactions.any_addressed(context.community.id):
        return await _unaddressed(context, page)
    return await read(context, newcomers_page.__name__, partial(answer, page=page), page=page)


async def answer(context: Context, view: NetworkView, page: int | None = None) -> Reply:
    """Return who waits for an answer: ten to a page, or all of them."""
    found = view.result.newcomers
    waiting = [
        (view.name(place), datetime.fromtimestamp(at * 86_400, UTC))
        for place, at in found.unanswered
        if place not in view.gone
    ]
    reply = _told(context, found.came, found.wrote, waiting, view.said_until, page)
    unnamed = view.result.unnamed.waiting
    if unnamed is None or any(name for name, _ in waiting) or len(waiting) < len(found.unanswered):
        return reply
    lines = [context.t("newcomers-unnamed-wait", days=unnamed.days)]
    lines += [
        context.t("newcomers-unnamed-room", people=people, room=f"#{view.rooms[room]}")
        for room, people in unnamed.rooms
        if room in view.rooms
    ]
    return replace(reply, text=Markup("\n".join([reply.text, *lines, invite(context)])))


async def _unaddressed(context: Context, page: int) -> Reply:
    """Return who waits where nobody ever answered anybody: everybody who wrote."""
    unit = context.unit
    lately = datetime.fromtimestamp((day_number(context.now) + 1 - LATELY) * 86_400, UTC)
    before = await unit.rollups.first_days(context.community.id)
    wrote = {
        member: at
        for member, at in (await unit.interactions.first_written(context.community.id, lately)).items()
        if before.get(member, day_number(at)) >= day_number(at)
    }
    came = [
        member
        for member in await unit.members.all(context.community.id)
        if served(member) and (member.id in wrote or (member.joined_at is not None and member.joined_at >= lately))
    ]
    there = (member for member in came if member.id in wrote and member.left_at is None)
    waiting = sorted(there, key=lambda each: wrote[each.id], reverse=True)
    named = {member.id for member in personal(waiting)}
    days = [(member.name if member.id in named else "", wrote[member.id]) for member in waiting]
    until = context.said_day(context.now)
    return _told(context, len(came), sum(member.id in wrote for member in came), days, until, page)


def _told(
    context: Context, came: int, wrote: int, waiting: Sequence[tuple[str, datetime]], until: str, page: int | None
) -> Reply:
    """Return it in words: `waiting` are names, empty for who may not be named, and when each wrote first."""
    t = context.t
    head = t("newcomers-summary", came=came, wrote=wrote, waiting=len(waiting), day=until)
    if not waiting:
        return Reply(head)
    named = shown = [(name, at) for name, at in waiting if name]
    buttons: Rows = ()
    if page is not None:
        pages = max(1, -(-len(named) // PAGE))
        page = min(max(page, 1), pages)
        shown = named[(page - 1) * PAGE : page * PAGE]
        buttons = turn_pages(context, newcomers_page, page, pages)
    lines = [t("newcomers-line", name=name, day=context.said_day(at)) for name, at in shown]
    others = len(waiting) - len(named)
    if others:
        lines.append(t("newcomers-others", count=others, listed=len(named)))
    return Reply(Markup("\n".join([head, *lines])), buttons)
