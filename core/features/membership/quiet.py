"""/quiet: the hours in which Kith doesn't disturb a member, and how often a week it writes to them unasked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Annotated

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.pushes import Preferences
from core.domain.zones import zone_named
from core.kit import Context, Markup, Range, command
from core.kit.choices import NearTimeZone, Zone, zone_label

OFFERED = ("22:00-08:00", "23:00-07:00", "off")
MOST = 21  # pushes a week
A_WEEK = (0, 1, 3, 7)  # on offer
_HOURS = re.compile(r"(\d{1,2})(?::([0-5]\d))? ?(?:-|–|—|~|to|至|到) ?(\d{1,2})(?::([0-5]\d))?")
_OFF = {"off", "none", "0", "关", "关闭", "无"}


class NoHours(BadInput):
    """Say how quiet hours are written."""

    def __init__(self, given: str) -> None:
        super().__init__("error-quiet-hours", given=given)


@command(private=True)
async def quiet(
    context: Context,
    hours: str | None = None,
    timezone: Zone | None = None,
    week: Annotated[int, Range(0, MOST)] | None = None,
) -> Reply:
    """Choose the hours in which Kith makes no sound, and how often a week it may write unasked."""
    wanted = await context.unit.pushes.preferences(context.me.id)
    if hours is not None:
        wanted = read_hours(wanted, hours)
    if timezone is not None:
        wanted = replace(wanted, timezone=_zone(timezone))
    if week is not None:
        wanted = replace(wanted, a_week=week)
    if hours is not None or timezone is not None or week is not None:
        await context.unit.pushes.prefer(context.community.id, context.me.id, wanted)
        return Reply(_said(context, wanted, "set"))
    row = tuple(context.button(_label(context, each), "quiet", hours=each) for each in OFFERED)
    weeks = tuple(context.button(context.t.plain("quiet-a-week", count=each), "quiet", week=each) for each in A_WEEK)
    return Reply(_said(context, wanted, "now"), (row, weeks))


def read_hours(wanted: Preferences, given: str) -> Preferences:
    """Return `wanted` with hours as people write them: 22-8, 22:00–08:00, off; raise NoHours for anything else."""
    text = unicodedata.normalize("NFKC", given).strip().casefold()
    if text in _OFF:
        return replace(wanted, quiet_from=0, quiet_until=0)
    if (found := _HOURS.fullmatch(text)) is None:
        raise NoHours(given)
    first, last = (int(found[at]) * 60 + int(found[at + 1] or 0) for at in (1, 3))
    if max(first, last) > 24 * 60 or first % (24 * 60) == last % (24 * 60):
        raise NoHours(given)
    return replace(wanted, quiet_from=first % (24 * 60), quiet_until=last % (24 * 60))


def _zone(given: str) -> str:
    zone, sure = zone_named(given)
    if zone is None:
        raise BadInput("error-timezone", given=given[:40])
    if not sure:
        raise NearTimeZone(given, zone)
    return zone


def _said(context: Context, wanted: Preferences, which: str) -> Markup:
    said, often = _hours_said(context, wanted, which), context.t("quiet-often", count=wanted.a_week)
    return Markup(f"{said}\n{often}")


def _hours_said(context: Context, wanted: Preferences, which: str) -> Markup:
    if wanted.quiet_from == wanted.quiet_until:
        return context.t(f"quiet-{which}-off")
    zone = zone_label(context.t, wanted.timezone or context.community.settings.timezone, context.now)
    return context.t(f"quiet-{which}", since=_clock(wanted.quiet_from), until=_clock(wanted.quiet_until), zone=zone)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _label(context: Context, offered: str) -> str:
    return context.t.plain("button-quiet-off") if offered == "off" else offered.replace("-", "–")
