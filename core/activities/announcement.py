"""Announcement: the same words on a schedule, pinned or not, taken away again or not."""

from __future__ import annotations

from datetime import timedelta

from core.domain.activities import Choice, Number, Run, Text
from core.domain.message import Reply, escape
from core.domain.schedule import Weekly
from core.kit import Context, Markup
from core.kit.activities import activity


@activity(
    schedule=Weekly("mon 09:00"),
    fields=(
        Text(name="text", default=None, limit=2000),
        Choice(name="pinned"),
        Number(name="stays", default=0, high=24 * 28, offers=(0, 1, 12, 24, 72)),
    ),
    needs={"pinned=yes": "pin"},
    late=timedelta(hours=12),
)
async def announcement(context: Context, run: Run) -> Reply:
    """Say it."""
    return Reply(Markup(escape(run.values["text"] or "")))
