"""What Kith may write to people unasked: to whom, when, and how much of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.domain.people import Account, Consent, Member

WEEK = timedelta(days=7)


class Topic(StrEnum):
    """What a push is about: NOTICE is what somebody's own doing brought about, and counts towards no limit."""

    NOTICE = "notice"
    ACTIVITY = "activity"
    CONTENT = "content"


class Refusal(StrEnum):
    """Why nothing is pushed to somebody."""

    OUT = "out"  # left out of everything, erased, or a bot
    LEFT = "left"
    UNREACHABLE = "unreachable"  # no account that may be written to first
    OFF = "off"
    SPENT = "spent"  # had as many this week as they want
    HELD_OUT = "held out"  # to see what the push changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """When and how often a member wants to hear from Kith unasked.

    `quiet_from` and `quiet_until` are minutes of the day in `timezone`, the community's where it is None; equal ones
    are no quiet hours. `a_week` is how many pushes a week at most, notices aside.
    """

    quiet_from: int = 22 * 60
    quiet_until: int = 8 * 60
    timezone: str | None = None
    a_week: int = 3

    def quiet_at(self, now: datetime, timezone: str) -> bool:
        """Say whether it is a quiet hour."""
        local = now.astimezone(ZoneInfo(self.timezone or timezone))
        minute = local.hour * 60 + local.minute
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= minute < self.quiet_until
        return minute >= self.quiet_from or minute < self.quiet_until

    def after_quiet(self, now: datetime, timezone: str) -> datetime:
        """Return `now`, or the end of the quiet hours that it is in."""
        return _after_quiet(self, now, timezone)


@lru_cache(maxsize=1_000)  # a broadcast asks for everybody, and many want the same
def _after_quiet(wanted: Preferences, now: datetime, timezone: str) -> datetime:
    if not wanted.quiet_at(now, timezone):
        return now
    zone = ZoneInfo(wanted.timezone or timezone)
    local = now.astimezone(zone)
    end = time(wanted.quiet_until // 60, wanted.quiet_until % 60)
    days = (local.date(), local.date() + timedelta(days=1))
    return min(at for day in days if (at := datetime.combine(day, end, zone).astimezone(UTC)) > now)


PREFERENCES = tuple(field.name for field in fields(Preferences))


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A member as the push gate sees them: `account` is where they would be written to, None where nowhere.

    `opened` says that they opened the direct chat themselves; `lately` counts pushes of the last seven days.
    """

    member: Member
    account: Account | None
    opened: bool
    preferences: Preferences
    lately: int


@dataclass(frozen=True, slots=True)
class Pass:
    """That somebody may be written to: on which account, when, and whether without a sound."""

    account: Account
    due_at: datetime
    silent: bool


def gate(
    to: Addressee, topic: Topic, now: datetime, timezone: str, held_out: tuple[str, float] | None = None
) -> Pass | Refusal:
    """Decide on one push: the one way to anybody who didn't ask.

    A notice goes at once, in quiet hours without a sound; everything else waits for their end, and goes to nobody who
    didn't open the direct chat. `held_out` is the name of what is measured and the share of people who don't get it.
    """
    refusal = _barred(to, topic) or (_full(to) if topic is not Topic.NOTICE else None)
    if refusal is None and held_out is not None and is_held_out(to.member.id, *held_out):
        refusal = Refusal.HELD_OUT
    if refusal is not None or to.account is None:
        return refusal or Refusal.UNREACHABLE
    if topic is Topic.NOTICE:
        return Pass(to.account, now, to.preferences.quiet_at(now, timezone))
    return Pass(to.account, to.preferences.after_quiet(now, timezone), silent=False)


def _barred(to: Addressee, topic: Topic) -> Refusal | None:
    """Say why somebody may not be written to at all."""
    member = to.member
    if member.bot or member.erased_at is not None or member.consent is Consent.OUT:
        return Refusal.OUT
    if member.left_at is not None and topic is not Topic.NOTICE:
        return Refusal.LEFT
    if to.account is None or (topic is not Topic.NOTICE and not to.opened):
        return Refusal.UNREACHABLE
    return None


def may_be_asked(to: Addressee, topic: Topic) -> bool:
    """Say whether somebody may be written to at all, be it that they had enough for this week."""
    return _barred(to, topic) is None and to.preferences.a_week > 0


def _full(to: Addressee) -> Refusal | None:
    if to.preferences.a_week == 0:
        return Refusal.OFF
    return Refusal.SPENT if to.lately >= to.preferences.a_week else None


def is_held_out(member_id: int, name: str, share: float) -> bool:
    """Say whether a member is of the `share` of people that are left out of what is called `name`: always the same."""
    digest = hashlib.blake2b(f"{name}:{member_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) < share * 2**64
