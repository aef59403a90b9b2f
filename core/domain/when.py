"""Schedules as people type them, in both languages: `weekdays 09:00`, `每周一、三 18:00`, `monthly 2 tue 09:00`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from core.domain.errors import BadInput
from core.domain.schedule import DAYS, Daily, Monthly, Once, Schedule, Weekly

_LONGEST = timedelta(days=366)  # from now to a date that is typed
_DAY = "(?:mon|tue|wed|thu|fri|sat|sun)"
_TIME = r"(?P<time>\d{1,2}:\d{2})"
# What is said otherwise, in the order in which it is replaced.
_SAID = (
    (r"(?<=\d)点半", ":30"),
    (r"(?<=\d)点(?!\d)", ":00"),
    (r"(?<=\d)点", ":"),
    (r"每天|每日|every day", " daily "),
    (r"工作日|every weekday|weekdays", " mon,tue,wed,thu,fri "),
    (r"隔周|每两周|每2周|每二周|every other week|biweekly|fortnightly", " every 2 weeks "),
    (r"每\s*(\d+)\s*周", r" every \1 weeks "),
    (r"每个?月", " monthly "),
    (r"最后一[个天]|last day|last", " -1 "),
    (r"第([一二三四])个", lambda found: f" {'一二三四'.index(found[1]) + 1} "),
    (r"(\d+)\s*[日号]", r" \1 "),
    (r"每(?=周|星期|礼拜)", " weekly "),
    (r"(?:周|星期|礼拜)([一二三四五六日天](?:[、,和及]?[一二三四五六日天])*)", lambda found: f" {_chinese(found[1])} "),
    (r"every week|weekly on", " weekly "),
    (r"every month", " monthly "),
    (rf"\b({_DAY})(?!th)[a-z]*", r"\1"),
    (r"\b(?:at|on|the|and|once)\b", " "),
    (r"(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"[、,]", " "),
)
_FORMS = {
    "once": re.compile(rf"(?P<day>\d{{4}}-\d{{1,2}}-\d{{1,2}})[ t]{_TIME}"),
    "daily": re.compile(rf"(?:daily )?{_TIME}"),
    "weekly": re.compile(rf"(?:(?:weekly|every (?P<every>\d{{1,2}}) weeks?) )?(?P<days>{_DAY}(?: {_DAY})*) {_TIME}"),
    "monthly": re.compile(rf"monthly (?P<number>-1|[1-9]|[12]\d|3[01])(?: (?P<day>{_DAY}))? {_TIME}"),
}


def _chinese(days: str) -> str:
    return " ".join(DAYS["一二三四五六日".index(day.replace("天", "日"))] for day in days if day in "一二三四五六日天")


def schedule_said(text: str, today: date) -> Schedule:
    """Return the schedule that `text` says, seen from `today`; raise BadInput where it says none."""
    said = unicodedata.normalize("NFKC", text).casefold()
    for pattern, instead in _SAID:
        said = re.sub(pattern, instead, said)
    said = " ".join(said.split())
    for form, wanted in _FORMS.items():
        if (found := wanted.fullmatch(said)) and (made := _made(form, found, today)) is not None:
            return made
    raise BadInput("error-activity-when", given=text[:60])


def _made(form: str, found: re.Match[str], today: date) -> Schedule | None:
    hour, minute = map(int, found["time"].split(":"))
    if hour > 23 or minute > 59:
        return None
    at = f"{hour:02}:{minute:02}"
    if form == "daily":
        return Daily(at)
    if form == "weekly":
        days = ",".join(dict.fromkeys(found["days"].split()))
        every = int(found["every"] or 1)
        if every == 1:
            return Weekly(f"{days} {at}")
        first = next(day for day in _week_from(today) if DAYS[day.weekday()] in days)
        return Weekly(f"{days} {at}", every, first.isoformat()) if every else None
    if form == "monthly":
        number, day = int(found["number"]), found["day"]
        return None if day and number > 5 else Monthly(f"{number} {day} {at}" if day else f"{number} {at}")
    return _once(found["day"], at, today)


def _week_from(today: date) -> list[date]:
    return [today + timedelta(days=number) for number in range(7)]


def _once(day: str, at: str, today: date) -> Once | None:
    try:
        when = datetime.strptime(day, "%Y-%m-%d").date()  # noqa: DTZ007  a local day, as it is typed
    except ValueError:
        return None
    return Once(f"{when.isoformat()} {at}") if today <= when <= today + _LONGEST else None
