"""/points: what a member has, and how it came about."""

from __future__ import annotations

from dataclasses import asdict

from core.domain.message import Button, Reply
from core.domain.people import Member
from core.kit import Context, Markup, action, command
from core.kit.consent import must_serve
from core.kit.words import entry_words, name_of, turn_pages

FIRST = 3
PAGE = 10


@command()
async def points(context: Context, member: Member | None = None) -> Reply:
    """Show points and the last entries of the ledger."""
    shown = must_serve(context, member or context.me)
    mine = shown.id == context.me.id
    summary = await _summary(context, shown)
    if not mine:  # what somebody did when is theirs to read, and a moderator's under /history
        return Reply(summary, (_rules_row(context),))
    lately = await entry_words(context, await context.unit.ledger.of_member(shown.id, FIRST))
    if not lately:
        return Reply(Markup(f"{summary}\n{context.t('points-none')}"), (_rules_row(context),))
    more = context.button(context.t.plain("button-more"), points_page, page=1)
    said = context.t("points-lately", summary=summary, entries=Markup(" · ".join(lately)))
    return Reply(said, ((more, *_rules_row(context)),))


async def _summary(context: Context, member: Member) -> Markup:
    spent = await context.unit.ledger.spent(member.id)
    figures = {"balance": member.balance, "earned": member.earned, "spent": spent}
    if member.id == context.me.id:
        return context.t("points-summary", **figures)
    return context.t("points-summary-of", name=name_of(context.t, member), **figures)


def _rules_row(context: Context) -> tuple[Button, ...]:
    return (context.button(context.t.plain("button-what-gives-points"), points_rules),)


@action(formerly=("points", "page"))
async def points_page(context: Context, page: int) -> Reply:
    """Show a page of one's own ledger."""
    member = must_serve(context, context.me)
    pages = max(1, -(-await context.unit.ledger.count_of(member.id) // PAGE))
    page = min(max(page, 1), pages)
    entries = await context.unit.ledger.of_member(member.id, PAGE, (page - 1) * PAGE)
    words = await entry_words(context, entries)
    lines = [Markup(f"{context.said_day(entry.at)} · {said}") for entry, said in zip(entries, words, strict=True)]
    head = await _summary(context, member)
    return Reply("\n".join([head, *lines]), turn_pages(context, points_page, page, pages))


@action(formerly=("points", "view"))
async def points_rules(context: Context) -> Reply:
    """Show what gives points."""
    return Reply(context.t("points-rules", **asdict(context.rules)))
