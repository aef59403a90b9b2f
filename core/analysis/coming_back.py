"""Everything that a night finds of who comes back: cohorts, days, groups, how long people stay, first steps."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from core.analysis.retention import Activity, Rate, after_days, cohorts, month_after, rate, returned
from core.analysis.survival import kaplan_meier
from core.domain.retention_result import (
    DAYS,
    EVENTS,
    KINDS,
    LATELY,
    OF,
    PERIODS,
    SILENT,
    TRIED,
    CohortTable,
    DayShare,
    GroupShare,
    RetentionInput,
    RetentionResult,
    Share,
    Stay,
    Steps,
)
from core.domain.stays import UNKNOWN, DaysOf

Ints = NDArray[np.int64]
COLUMNS = 13  # spans since the first day, the first among them
LENGTHS = {"week": 7, "month": 30}
BRACKETS = [(0, 0), (1, 1), (2, 7), (8, 14), (15, 30), (31, 60), (61, 90), (91, 180), (181, 365)]
LEAST = 5  # people of whom something is said
MONDAY = 4  # 1970-01-05
_EPOCH = date(1970, 1, 1)
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class _Books:
    """What is given, as arrays: a day for each person, and a row for each person and day they were active."""

    members: Ints
    joined: Ints
    left: Ints
    wrote: Ints  # the day of the first message, UNKNOWN where there is none
    person: Ints
    day: Ints
    messages: Ints
    since: int
    until: int

    def starts(self, of: str) -> tuple[Ints, Ints]:
        """Return the people whose stay begins as `of` says, and their first days.

        Who came before the books begin is left out: what they did in their first days is in none.
        """
        first = self.joined if of == "joined" else self.wrote
        who = np.flatnonzero((first != UNKNOWN) & (first <= self.until) & ~self.early)
        return who, first[who]

    @property
    def early(self) -> NDArray[np.bool_]:
        """Return who is known to have come before the books begin."""
        early: NDArray[np.bool_] = (self.joined != UNKNOWN) & (self.joined < self.since)
        return early

    def rows(self, days: DaysOf) -> tuple[Ints, Ints]:
        """Return what members did as person and day, but for members who aren't among the people."""
        member, day = _ints(days.member), _ints(days.day)
        if not len(self.members):
            return member[:0], day[:0]
        place = np.minimum(np.searchsorted(self.members, member), len(self.members) - 1)
        known = self.members[place] == member
        return place[known], day[known]


def come_back(given: RetentionInput) -> RetentionResult:
    """Return what is found of a community's stays, up to the last whole day in its books."""
    books = _books(given)
    events = {
        "present": (books.person, books.day),
        "wrote": (books.person[books.messages > 0], books.day[books.messages > 0]),
        "took_part": books.rows(given.took_part),
        "opened": books.rows(given.opened),
    }
    tables: list[CohortTable] = []
    days: list[DayShare] = []
    for of in OF:
        who, first = books.starts(of)
        if not len(who):
            continue
        for event in EVENTS:
            if not len(events[event][0]):
                continue  # nobody ever did
            activity = _activity(books, who, first, *events[event])
            tables += _tables(activity, of, event)
            days += [_day(activity, of, event, day) for day in DAYS]
    return RetentionResult(
        since=books.since,
        until=books.until,
        people=len(books.members),
        joined=len(books.starts("joined")[0]),
        wrote=len(books.starts("wrote")[0]),
        early=int(books.early.sum()),
        ahead=int((books.joined > books.until).sum()),
        returned=share_of(rate(*returned(_months(books)))),
        tables=tuple(tables),
        days=tuple(days),
        groups=tuple(_groups(given, books)),
        stays=(_leaving(given, books), _silence(books)),
        steps=tuple(_steps(books, books.rows(given.answered), of, lately=some) for of in OF for some in (False, True)),
    )


def _ints(values: array[int]) -> Ints:
    return np.array(values, np.int64)


def _books(given: RetentionInput) -> _Books:
    stays = given.stays
    person, day, messages = _ints(stays.person), _ints(stays.day), _ints(stays.messages)
    joined, left = _ints(stays.joined), _ints(stays.left)
    signs = np.concatenate([day, _ints(given.took_part.day), _ints(given.opened.day)])
    signs = signs[signs < given.today]
    seen = np.concatenate([signs, joined[joined != UNKNOWN], left[left != UNKNOWN]])
    past = seen[seen < given.today]
    wrote = np.full(len(joined), _NEVER)
    np.minimum.at(wrote, person[messages > 0], day[messages > 0])
    return _Books(
        members=_ints(stays.members),
        joined=joined,
        left=left,
        wrote=np.where(wrote == _NEVER, UNKNOWN, wrote),
        person=person,
        day=day,
        messages=messages,
        since=int(signs.min()) if len(signs) else int(past.min(initial=given.today - 1)),
        until=int(past.max()) if len(past) else given.today - 1,
    )


def _activity(books: _Books, who: Ints, first: Ints, person: Ints, day: Ints) -> Activity:
    """Return the activity of those people alone."""
    place = np.full(len(books.members), -1)
    place[who] = np.arange(len(who))
    mine = place[person] >= 0
    return Activity(joined=first, person=place[person[mine]], day=day[mine], until=books.until)


def _begins(by: str, first: int, until: int) -> Ints:
    """Return the Mondays or firsts of a month from the last one before `first` on."""
    if by == "week":
        return np.arange(first - (first - MONDAY) % 7, until + 1, 7)
    found = []
    at = (_EPOCH + timedelta(days=first)).replace(day=1)
    while (day := (at - _EPOCH).days) <= until:
        found.append(day)
        at = date.fromisoformat(f"{month_after(at.isoformat()[:7])}-01")
    return np.array(found, np.int64)


def _tables(activity: Activity, of: str, event: str) -> Iterator[CohortTable]:
    for by in PERIODS:
        length = LENGTHS[by]
        begins = _begins(by, int(activity.joined.min()), activity.until)
        for kind in KINDS:
            spans = BRACKETS if kind == "bracket" else [(length * i, length * (i + 1) - 1) for i in range(COLUMNS)]
            found = cohorts(activity, length, kind, spans, begins)
            begun = int((activity.until - activity.joined.min() >= [span[0] for span in spans]).sum())
            yield CohortTable(
                of=of,
                event=event,
                by=by,
                kind=kind,
                spans=tuple(spans[:begun]),
                starts=tuple(found.starts.tolist()),
                sizes=tuple(found.sizes.tolist()),
                firsts=tuple(found.firsts.tolist()),
                lasts=tuple(found.lasts.tolist()),
                back=tuple(tuple(row[:begun]) for row in found.back.tolist()),
                mean=tuple(share_of(each) for each in found.mean[:begun]),
            )


def share_of(found: Rate) -> Share:
    """Return a share as plain data."""
    return Share(count=found.back, of=found.of, share=found.share, low=found.low, high=found.high)


def _day(activity: Activity, of: str, event: str, day: int) -> DayShare:
    bounded, rolling = (share_of(after_days(activity, day, kind)) for kind in ("bounded", "rolling"))
    return DayShare(of=of, event=event, day=day, bounded=bounded, rolling=rolling)


def _months(books: _Books) -> dict[int, set[str]]:
    """Return in which months (YYYY-MM) each person wrote, but for those whose first message is in no books."""
    some = (books.messages > 0) & ~books.early[books.person] & (books.day <= books.until)
    month = (books.day[some].astype("datetime64[D]")).astype("datetime64[M]").astype(np.int64)
    found: dict[int, set[str]] = {}
    for person, number in zip(*(each.tolist() for each in _apart(books.person[some], month)), strict=True):
        found.setdefault(person, set()).add(f"{1970 + number // 12:04}-{number % 12 + 1:02}")
    return found


def _groups(given: RetentionInput, books: _Books) -> Iterator[GroupShare]:
    """Yield who of each source, tier and first circle was there on day 30 or later, of five who could at least.

    Of first circles those count that somebody was in within their first two weeks: who found one later was there later.
    """
    who, first = books.starts("joined")
    members = books.members[who].tolist()
    began = dict(zip(members, first.tolist(), strict=True))
    circles = {
        member: circle
        for member, (circle, day) in given.first_circles.items()
        if member in began and day - began[member] <= TRIED
    }
    for what, of in (("source", given.sources), ("tier", given.tiers), ("circle", circles)):
        names = [str(of[member]) if member in of else "" for member in members]
        kinds, place = np.unique(np.array(names, object).astype(str), return_inverse=True)
        for number, name in enumerate(kinds.tolist()):
            mine = place == number
            activity = _activity(books, who[mine], first[mine], books.person, books.day)
            found = after_days(activity, DAYS[-1], "rolling")
            if name and found.of >= LEAST:
                yield GroupShare(what=what, name=name, rolling=share_of(found))


def _leaving(given: RetentionInput, books: _Books) -> Stay:
    """Return how long those who joined are there; leavings before they were told are under no observation."""
    known = (books.joined != UNKNOWN) & (books.joined <= books.until)
    broken = known & (books.left != UNKNOWN) & (books.left < books.joined)
    first, left = books.joined[known & ~broken], books.left[known & ~broken]
    gone = (left != UNKNOWN) & (left <= books.until)
    duration = np.where(gone, left, books.until) - first
    begin = books.until + 1 if given.leavings_since is None else given.leavings_since
    entry = np.where(first < begin, begin - first - 1, -1)
    return _stay("joined", duration, gone, entry, int(broken.sum()))


def _silence(books: _Books) -> Stay:
    """Return how long those who wrote give signs: until the first 30 days without one are over."""
    who, first = books.starts("wrote")
    activity = _activity(books, who, first, books.person, books.day)
    person, age = activity.ages()
    person, age = _apart(person, age)
    last = np.append(person[1:] != person[:-1], True) if len(person) else np.zeros(0, bool)
    until = np.where(last, books.until - first[person] + 1, np.append(age[1:], 0)[: len(age)])
    silent = until - age - 1 >= SILENT
    duration, gone = books.until - first, np.zeros(len(first), bool)
    gone[person[silent]] = True
    np.minimum.at(duration, person[silent], age[silent] + SILENT)
    return _stay("wrote", duration, gone, np.full(len(first), -1), 0)


def _stay(of: str, duration: Ints, gone: NDArray[np.bool_], entry: Ints, broken_dates: int) -> Stay:
    seen = entry < duration
    duration, gone, entry = duration[seen], gone[seen], entry[seen]
    if not len(duration):
        return Stay(of=of, unseen=int((~seen).sum()), broken_dates=broken_dates)
    found = kaplan_meier(duration.astype(float), gone, entry.astype(float))
    told = found.events > 0
    told[-1] = True
    columns = (found.times, found.at_risk, found.events, found.share, found.low, found.high)
    days, at_risk, events, share, low, high = (column[told] for column in columns)
    return Stay(
        of=of,
        people=found.n,
        gone=int(found.events.sum()),
        late=int((entry >= 0).sum()),
        unseen=int((~seen).sum()),
        broken_dates=broken_dates,
        broken=found.broken,
        watched=int(found.times[found.at_risk >= LEAST].max(initial=0)),
        days=tuple(int(each) for each in days),
        at_risk=tuple(at_risk.tolist()),
        events=tuple(events.tolist()),
        share=tuple(share.tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        median=found.median(),
    )


def _steps(books: _Books, answered: tuple[Ints, Ints], of: str, *, lately: bool) -> Steps:
    """Return the first steps of those of whom two whole weeks are in the books."""
    who, first = books.starts(of)
    since = books.until - TRIED + 1 - LATELY if lately else books.since
    tried = (first >= since) & (first + TRIED - 1 <= books.until)
    who, first = who[tried], first[tried]
    some = books.messages > 0
    present = _activity(books, who, first, books.person, books.day)
    wrote_on = _first_age(_activity(books, who, first, books.person[some], books.day[some]))
    heard_on = _first_age(_activity(books, who, first, *answered), wrote_on)
    person, age = present.ages()
    there = np.zeros(len(who), bool)
    there[person[(age >= TRIED // 2) & (age < TRIED)]] = True
    wrote, heard = wrote_on < TRIED, heard_on < TRIED
    return Steps(
        of=of,
        lately=lately,
        since=int(since),
        came=len(who),
        wrote=int(wrote.sum()),
        answered=int((wrote & heard).sum()),
        back=int((wrote & heard & there).sum()),
        back_unheard=int((wrote & ~heard & there).sum()),
        written=_median(wrote_on[wrote]),
        heard=_median((heard_on - wrote_on)[wrote & heard]),
    )


def _first_age(activity: Activity, since: Ints | None = None) -> Ints:
    """Return on which day since their first something happened to each person first, not before the day `since`."""
    person, age = activity.ages()
    if since is not None:
        late = age >= since[person]
        person, age = person[late], age[late]
    found = np.full(len(activity.joined), _NEVER)
    np.minimum.at(found, person, age)
    return found


def _apart(person: Ints, number: Ints) -> tuple[Ints, Ints]:
    """Return each pair once, in order; the numbers aren't below 0."""
    wide = int(number.max(initial=0)) + 1
    pairs = np.unique(person * wide + number)
    return pairs // wide, pairs % wide


def _median(days: Ints) -> float | None:
    return float(np.median(days)) if len(days) else None
