"""/leaderboard: who earned most, page by page, with one's own place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from core.domain.message import Button, Reply
from core.domain.people import served
from core.domain.pictures import Board, BoardRow
from core.kit import Context, Markup, action, command
from core.kit.words import turn_pages
from core.store.board import Standing

PAGE = 10
DAYS = {"7": 7, "30": 30, "all": None}
WORDS = {"7": "week", "30": "month", "all": "ever"}
Period = Literal["7", "30", "all"]


@command()
async def leaderboard(context: Context, period: Period = "7") -> Reply:
    """Show who earned most points in 7 days, 30 days or ever."""
    return await _page(context, period, 1)


@action(formerly=("leaderboard", "page"))
async def leaderboard_page(context: Context, page: int, period: Period = "7") -> Reply:
    """Show another page."""
    return await _page(context, period, page)


async def _page(context: Context, period: Period, page: int) -> Reply:
    t = context.t
    since = _since(context, period)
    _, total = await context.unit.ledger.board(context.community.id, since, 0, 0)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    rows, _ = await context.unit.ledger.board(context.community.id, since, PAGE, (page - 1) * PAGE)
    buttons = (*turn_pages(context, leaderboard_page, page, pages, period=period), _periods(context, period))
    title = t("leaderboard-title", period=WORDS[period])
    if not rows:
        return Reply(t("leaderboard-empty", period=WORDS[period]), buttons)
    mine = await context.unit.ledger.standing(context.community.id, context.me.id, since)
    above = (page - 1) * PAGE
    shown = with_mine(rows, mine, above)
    said = " · ".join([title, *(_said(context, row) for row in rows)])
    return Reply(
        Markup(said + _own(context, rows, mine, above)), buttons, picture=_board(context, shown, total, period)
    )


def _since(context: Context, period: str) -> datetime | None:
    days = DAYS[period]
    return None if days is None else context.now - timedelta(days=days)


def _periods(context: Context, period: str) -> tuple[Button, ...]:
    names = {each: context.t.plain("leaderboard-title", period=WORDS[each]) for each in DAYS if each != period}
    return tuple(context.button(name, "leaderboard", period=each) for each, name in names.items())


def _said(context: Context, row: Standing) -> Markup:
    key = "leaderboard-me" if row.member_id == context.me.id else "leaderboard-row"
    return context.t(key, rank=row.rank, name=row.name, points=row.points)


def _own(context: Context, rows: list[Standing], mine: Standing | None, above: int) -> Markup:
    """Return one's own place where the page doesn't show it, and why there is none."""
    if mine is None:
        key = "leaderboard-not-yet" if served(context.me) else "leaderboard-out"
        return Markup(f"\n{context.t(key)}")
    if any(row.member_id == mine.member_id for row in rows):
        return Markup("")
    gap = mine.rank > above + len(rows) + 1
    return Markup(f"{' … ' if gap else ' · '}{_said(context, mine)}")


def with_mine(rows: list[Standing], mine: Standing | None, above: int) -> list[tuple[Standing, bool]]:
    """Return a page's rows and one's own, each with whether members above it are left out; `above` stand before it."""
    if mine is None or any(row.member_id == mine.member_id for row in rows):
        return [(row, False) for row in rows]
    if (mine.rank, mine.member_id) < (rows[0].rank, rows[0].member_id):
        return [(mine, False), (rows[0], mine.rank < above), *((row, False) for row in rows[1:])]
    return [*((row, False) for row in rows), (mine, mine.rank > above + len(rows) + 1)]


def _board(context: Context, rows: list[tuple[Standing, bool]], total: int, period: str) -> Board:
    day = context.said_day(context.now)
    title = context.t.plain("leaderboard-title", period=WORDS[period])
    return Board(
        title=f"{context.community.name} · {title}",
        rows=tuple(
            BoardRow(
                rank=row.rank,
                name=row.name,
                points=row.points,
                is_me=row.member_id == context.me.id,
                after_gap=gap,
            )
            for row, gap in rows
        ),
        foot=context.t.plain("leaderboard-foot", total=total, day=day),
    )
