"""Looks at the links of a catalogue: whether they answer, outside of any unit of work."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.domain.catalogue import DeadLink
from core.domain.errors import BadInput
from core.files import web

HOSTS_AT_ONCE = 4
PAUSE = 1.0  # seconds between two requests to one host
_GONE = {404, 410}  # others below 500 want something of whoever asks: a login, patience, a browser
_SILENT = {"feed-fault-nowhere", "feed-fault-slow"}
_SILENT_AFTER = 2  # links without a word: the rest of that host isn't waited for
_EXAMPLES = re.compile(r"(?:^|\.)(?:example(?:\.com|\.net|\.org)?|test|invalid|localhost)\.?$")  # RFC 2606
_OURS = "feed-fault-private"  # whether that is meant so, nobody can tell from outside


@dataclass(frozen=True, slots=True)
class LinksInput:
    """What is to be looked at, by item; `pause` is in seconds."""

    links: Mapping[int, str]
    private: bool
    pause: float


@dataclass(frozen=True, slots=True)
class LinksLooked:
    """Which items were looked at, and which of their links don't answer."""

    items: Sequence[int] = ()
    dead: Sequence[DeadLink] = ()


def looked_at(given: LinksInput) -> LinksLooked:
    """Look whether links answer, some hosts at once, one link of a host after another.

    Where several hosts are asked and none says a word, the fault is more likely here: then nothing was looked at.
    """
    faults = asyncio.run(_all(given))
    hosts = {urlsplit(each).hostname for each in faults}
    if len(hosts) > 1 and all(key in _SILENT for key, _ in faults.values()):
        return LinksLooked()
    dead = [
        DeadLink(item_id=item, link=link, fault=faults[link][0], detail=faults[link][1])
        for item, link in given.links.items()
        if faults[link][0]
    ]
    return LinksLooked(list(given.links), dead)


async def _all(given: LinksInput) -> dict[str, tuple[str, str]]:
    """Return by link the key of why it doesn't answer, empty where it does, and a detail."""
    gate = asyncio.Semaphore(HOSTS_AT_ONCE)
    by_host: dict[str, list[str]] = defaultdict(list)
    faults: dict[str, tuple[str, str]] = {}
    for link in dict.fromkeys(given.links.values()):
        host = urlsplit(link).hostname or ""
        if _EXAMPLES.search(host) and not given.private:
            faults[link] = ("", "")  # nobody's: it stands for an address that is to come
        else:
            by_host[host].append(link)

    async def one(links: list[str]) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        async with gate:
            for link in links:
                if found:
                    await asyncio.sleep(given.pause)
                found[link] = await _fault(link, given.private)
                last = list(found.values())[-_SILENT_AFTER:]
                if len(last) == _SILENT_AFTER and all(key in _SILENT for key, _ in last):
                    return dict.fromkeys(links, found[link]) | found
        return found

    for each in await asyncio.gather(*map(one, by_host.values())):
        faults |= each
    return faults


async def _fault(link: str, private: bool) -> tuple[str, str]:
    try:
        status = await web.status(link, private=private)
    except BadInput as error:
        return ("", "") if error.key == _OURS else (error.key, "")
    dead = status in _GONE or status >= 500
    return ("feed-fault-status", str(status)) if dead else ("", "")
