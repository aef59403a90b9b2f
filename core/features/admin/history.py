"""/history: a member's ledger, with the numbers that /undo takes."""

from __future__ import annotations

from core.domain.message import Reply
from core.domain.people import Member
from core.kit import Context, Markup, Menu, Rights, action, command
from core.kit.words import entry_words, name_of, turn_pages

PAGE = 10


@command(rights=Rights.MODERATOR, private=True, menus={Menu.MEMBER})
async def history(context: Context, member: Member) -> Reply:
    """Show a member's entries in the ledger, with their numbers."""
    return await _page(context, member, 1)


@action(rights=Rights.MODERATOR, private=True, formerly=("history", "page"))
async def history_page(context: Context, member: Member, page: int) -> Reply:
    """Show another page."""
    return await _page(context, member, page)


async def _page(context: Context, member: Member, page: int) -> Reply:
    count = await context.unit.ledger.count_of(member.id)
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    entries = await context.unit.ledger.of_member(member.id, PAGE, (page - 1) * PAGE)
    name = name_of(context.t, member)
    head = context.t("history-title", name=name, count=count, balance=member.balance, earned=member.earned)
    lines = [
        Markup(f"#{entry.id} · {context.said_moment(entry.at)} · {words}")
        for entry, words in zip(entries, await entry_words(context, entries), strict=True)
    ]
    foot = [context.t("history-foot", entry=str(entries[0].id))] if entries else []
    rows = turn_pages(context, history_page, page, pages, member=f"#{member.id}")
    return Reply(Markup("\n".join([head, *lines, *foot])), rows)
