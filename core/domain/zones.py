"""Time zones as people name them."""

from __future__ import annotations

import difflib
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

COMMON = (
    "UTC",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Moscow",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Australia/Sydney",
)
# What people say that is no name of the IANA database.
_ALSO = {
    "beijing": "Asia/Shanghai",
    "北京": "Asia/Shanghai",
    "上海": "Asia/Shanghai",
    "中国": "Asia/Shanghai",
    "china": "Asia/Shanghai",
    "香港": "Asia/Hong_Kong",
    "台北": "Asia/Taipei",
    "新加坡": "Asia/Singapore",
    "东京": "Asia/Tokyo",
    "伦敦": "Europe/London",
    "柏林": "Europe/Berlin",
    "纽约": "America/New_York",
    "洛杉矶": "America/Los_Angeles",
    "悉尼": "Australia/Sydney",
    "san francisco": "America/Los_Angeles",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
}


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() if "/" in name or name == "UTC"}


@cache
def _cities() -> dict[str, str]:
    """Return the zone of each city, by its name with blanks."""
    return {
        name.rpartition("/")[2].replace("_", " ").casefold(): name
        for name in sorted(_names().values(), reverse=True)
        if not name.startswith("Etc/")
    }


def offset(zone: str, at: datetime) -> str:
    """Return how far a time zone is from UTC at a time: UTC, UTC+8, UTC−3:30."""
    far = at.astimezone(ZoneInfo(zone)).strftime("%z")
    hours, minutes = f"{far[0]}{int(far[1:3])}".replace("-", "−"), far[3:5]
    return "UTC" if int(far[1:]) == 0 else f"UTC{hours}" + ("" if minutes == "00" else f":{minutes}")


def zones() -> list[str]:
    """Return the names of all time zones by continent and city, in order."""
    return sorted(name for name in _names().values() if not name.startswith("Etc/"))


def aliases(zone: str) -> tuple[str, ...]:
    """Return what people call a time zone beside its name."""
    return tuple(name for name, its in _ALSO.items() if its == zone)


def zone_named(raw: str) -> tuple[str | None, bool]:
    """Return the time zone that `raw` means and whether that is sure: an IANA name is, a city or a slip is not.

    None where nothing is near.
    """
    wanted = raw.strip().casefold().replace(" ", "_")
    if wanted in _names():
        return _names()[wanted], True
    city = raw.strip().casefold().replace("_", " ")
    known = {**_cities(), **_ALSO}
    if city in known:
        return known[city], False
    for names in (_names(), known):
        near = difflib.get_close_matches(wanted if names is _names() else city, names, n=1, cutoff=0.75)
        if near:
            return names[near[0]], False
    return None, False
