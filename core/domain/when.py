"""Schedules and moments as people type them, in both languages.

`weekdays 09:00`, `每周一、三 18:00`, `monthly 2 tue 09:00`; `tomorrow 9:00`, `in 2 hours`, `下周一下午3点`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.errors import BadInput
from core.domain.schedule import DAYS, Daily, Monthly, Once, Schedule, Weekly

_LONGEST = timedelta(days=366)  # from now to a date that is typed
_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)  # anything that is planned
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


_NOON = "上午|早上|早晨|中午|下午|晚上"
_CLOCK = (
    r"(?:(?:at\s+)?(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:\s*(?P<half>[ap]m)\b)?"
    r"|(?:at\s+)?(?P<hour2>\d{1,2})\s*(?P<half2>[ap]m)\b"
    rf"|(?P<part>{_NOON})?\s*(?P<hour3>\d{{1,2}})(?:\s*点(?:(?P<thirty>半)|\s*(?P<minute3>\d{{1,2}})\s*分?)?|[:：](?P<minute4>\d{{2}})))"
)
_MOMENTS = (
    r"in\s+(?P<many>\d{1,3}|an?)\s+(?P<unit>minute|hour|day|week)s?\b",
    r"(?P<many>\d{1,3}|半)\s*个?(?P<unit>分钟|小时|钟头|天|周|星期|礼拜)[之以]?后",
    rf"(?P<word>tomorrow|today|tonight|the day after tomorrow|{_DAY}[a-z]*)\b(?:\s+{_CLOCK})?",
    rf"(?P<word>今天|今晚|明天|明早|明晚|后天|(?:下周|下星期|这周|周|星期|礼拜)[一二三四五六日天])\s*(?:{_CLOCK})?",
    rf"(?P<date>\d{{4}}-\d{{1,2}}-\d{{1,2}})(?:\s+{_CLOCK})?",
    rf"(?:(?P<year>\d{{4}})年)?(?P<month>\d{{1,2}})月(?P<mday>\d{{1,2}})[日号]\s*(?:{_CLOCK})?",
    _CLOCK,
)
_UNITS = {
    **dict.fromkeys(("minute", "分钟"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "小时", "钟头"), timedelta(hours=1)),
    **dict.fromkeys(("day", "天"), timedelta(days=1)),
    **dict.fromkeys(("week", "周", "星期", "礼拜"), timedelta(weeks=1)),
}
_AHEAD = {"today": 0, "tonight": 0, "今天": 0, "今晚": 0, "tomorrow": 1, "明天": 1, "明早": 1, "明晚": 1}
_TWO_DAYS = {"the day after tomorrow", "后天"}
_EVENING = {"tonight", "今晚", "明晚"}
_MORNING, _NIGHT, _NOON_HOUR = "09:00", "20:00", 12


def moment_said(text: str, now: datetime, zone: str) -> tuple[datetime, str]:
    """Return the moment with which `text` begins, in a time zone, and what follows it.

    A day without a time is that day at 9:00, its evening at 20:00; a time without a day is the next such time. Raise
    BadInput where it begins with none, where that is over, or more than a year away.
    """
    said = text.strip()
    for pattern in _MOMENTS:
        if (found := re.match(pattern, said, re.IGNORECASE)) is None:
            continue
        given = {name: value.casefold() for name, value in found.groupdict().items() if value}
        at = _ahead(given, now) if "unit" in given else _on_a_day(given, now, zone)
        if at is None:
            continue
        if not now < at <= now + _LONGEST:
            raise BadInput("error-moment-over", given=found[0][:40])
        return at, re.sub(r"^[\s,，:：、]+", "", said[found.end() :])
    raise BadInput("error-moment", given=said[:40])


def _ahead(given: dict[str, str], now: datetime) -> datetime:
    unit, many = _UNITS[given["unit"]], given["many"]
    return now + (unit / 2 if many == "半" else unit * (1 if many in {"a", "an"} else int(many)))


def _on_a_day(given: dict[str, str], now: datetime, zone: str) -> datetime | None:
    clock = _clock(given)
    if clock is None:
        return None
    today = now.astimezone(ZoneInfo(zone)).date()
    if not {"word", "date", "month"} & given.keys():
        return Daily(clock).after(now, zone).at
    days = _days(given, today)
    slots = [Once(f"{day.isoformat()} {clock}").after(_BEFORE, zone) for day in days]
    later = [slot.at for slot in slots if slot is not None]
    return next((at for at in later if at > now), later[-1] if later else None)


def _clock(given: dict[str, str]) -> str | None:
    """Return the time of day, None where there is no such."""
    evening = given.get("word") in _EVENING or given.get("part") == "晚上"
    hour = next((int(given[name]) for name in ("hour", "hour2", "hour3") if name in given), None)
    if hour is None:
        return _NIGHT if evening else _MORNING
    minute = next((int(given[name]) for name in ("minute", "minute3", "minute4") if name in given), 0)
    minute = 30 if "thirty" in given else minute
    half = given.get("half") or given.get("half2")
    if half is not None:
        if not 1 <= hour <= _NOON_HOUR:
            return None
        hour = hour % _NOON_HOUR + (_NOON_HOUR if half == "pm" else 0)
    elif hour < _NOON_HOUR and (evening or given.get("part") == "下午"):
        hour += _NOON_HOUR
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _days(given: dict[str, str], today: date) -> list[date]:
    """Return the days that may be meant, the nearest first; none where there is no such day."""
    word = given.get("word", "")
    if word in _AHEAD or word in _TWO_DAYS:
        return [today + timedelta(days=_AHEAD.get(word, 2))]
    if word:
        named = _chinese(word[-1]) if word[-1] in "一二三四五六日天" else word[:3]
        day = today - timedelta(days=today.weekday()) + timedelta(days=DAYS.index(named))
        if word.startswith("下"):
            return [day + timedelta(weeks=1)]
        return [each for each in (day, day + timedelta(weeks=1)) if each >= today]
    try:
        if "date" in given:
            return [datetime.strptime(given["date"], "%Y-%m-%d").date()]  # noqa: DTZ007  a local day
        years = [int(given["year"])] if "year" in given else [today.year, today.year + 1]
        every = [date(year, int(given["month"]), int(given["mday"])) for year in years]
    except ValueError:
        return []
    return [day for day in every if day >= today] or every
