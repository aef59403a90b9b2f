"""Who there is: accounts, members, their consent and their rights."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

NAME_LIMIT = 64
BEHIND = "bridge:"  # how the id of whoever speaks through a bridge begins
_MARKS_IN_A_ROW = 3
_JOINERS = {"\u200d", "\ufe0f"}  # what emoji are made of
_UNSEEN = {
    *map(chr, range(0xFE00, 0xFE10)),
    *"\u034f\u115f\u1160\u3164\uffa0",
}  # not of category C, and drawn as nothing
_DOTTED = {0x131: "i"}  # İ and ı are one letter with i: which language a name is in, nobody says
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


class _Seen(dict[int, str | None]):
    """What is left of each character where what can't be seen goes, looked up once."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        self[code] = None if unicodedata.category(char)[0] == "C" or char in _UNSEEN else char
        return self[code]


_SEEN = _Seen()


class Consent(StrEnum):
    """What a member lets Kith do: count, know them, or nothing."""

    COUNTED = "counted"
    PERSONAL = "personal"
    OUT = "out"


class Rights(StrEnum):
    """What the platform says a person may do, at the time of the call.

    ABSENT: they aren't in the space. UNKNOWN: the platform couldn't be asked. Neither may more than the other.
    """

    ABSENT = "absent"
    UNKNOWN = "unknown"
    MEMBER = "member"
    MODERATOR = "moderator"
    OWNER = "owner"

    def covers(self, needed: Rights) -> bool:
        """Say whether these rights are at least `needed`."""
        order = list(Rights)
        return order.index(self) >= order.index(needed)


class Notify(StrEnum):
    """Where a member hears about a new level."""

    ROOM = "room"
    DIRECT = "direct"
    OFF = "off"


# Two letters that make a flag, or a picture with what changes and joins it to others.
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*"
    "(?:\u200d[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def writable(text: str) -> str:
    """Return `text` without what no database or platform takes: NUL, and halves of a character."""
    return _UNWRITABLE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a platform names them: its id there, the name shown, the handle.

    `remembered` says that name and handle are not from this place and moment: good enough for a newcomer, nothing to
    write over what is known.
    """

    id: str
    name: str = ""
    username: str | None = None
    bot: bool = False
    remembered: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if _UNWRITABLE.search(self.name):
            object.__setattr__(self, "name", writable(self.name))

    @property
    def behind_bridge(self) -> bool:
        """Say whether this is a name that a bridge told: nobody to write to or to give a role."""
        return self.id.startswith(BEHIND)


@dataclass(slots=True)
class Account:
    """A member on one platform."""

    id: int
    member_id: int
    platform: str
    external_id: str
    name: str
    username: str | None = None
    bot: bool = False

    @property
    def behind_bridge(self) -> bool:
        """Say whether this is a name that a bridge told: nobody to write to or to give a role."""
        return self.external_id.startswith(BEHIND)


@dataclass(slots=True)
class Member:
    """A person in a community, with what the books say of them now.

    Amounts are points, `level` follows from `earned`, times are aware and in UTC.
    """

    id: int
    community_id: int
    name: str
    consent: Consent = Consent.COUNTED
    bot: bool = False
    balance: int = 0
    earned: int = 0
    level: int = 0
    tier: int = 0
    tier_grace_until: datetime | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    rewarded_at: datetime | None = None
    language: str | None = None
    notify: Notify = Notify.ROOM
    streak: int = 0
    checked_in_on: str | None = None
    erased_at: datetime | None = None
    owed: int = 0  # was spent, and taken back since: the next points pay it


def served(member: Member) -> bool:
    """Say whether Kith keeps points for a member: not for bots, erased ones and whoever is out.

    `core.store.members.SERVED` is the same in SQL.
    """
    return not member.bot and member.erased_at is None and member.consent is not Consent.OUT


def present(member: Member) -> bool:
    """Say whether a member is served and hasn't left: who is on boards, gets tiers and earns by what others do.

    `core.store.members.PRESENT` is the same in SQL.
    """
    return served(member) and member.left_at is None


def tidy_name(name: str) -> str:
    """Return `name` without what breaks a line: controls, direction marks, piles of accents.

    At most 64 characters; empty names come back empty.
    """
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", name[: NAME_LIMIT * 8]):
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MARKS_IN_A_ROW or (category[0] == "C" and char not in _JOINERS):
            continue
        kept.append(" " if category[0] == "Z" else char)
    return " ".join("".join(kept).split())[:NAME_LIMIT].strip()


def folded(name: str) -> str:
    """Return `name` in the form in which names compare: nothing but the way of writing it tells two of them apart.

    Case, width, composition, blanks and what can't be seen make no difference; accents do.
    """
    plain = unicodedata.normalize("NFKC", name.translate(_SEEN)).casefold().translate(_DOTTED)
    return " ".join(unicodedata.normalize("NFKC", plain).replace("i\u0307", "i").split())


def spelled_apart(name: str) -> str:
    """Return the letters and figures of `name` alone, without accents: what names have in common that look alike."""
    apart = unicodedata.normalize("NFKD", folded(name)).translate(_STROKED)
    return "".join(char for char in apart if char.isalnum())


def initials(name: str) -> str:
    """Return one or two letters that stand for `name`: 李伟 gives 伟, Ana Lee AL, and a name of emoji its first."""
    tidy = tidy_name(name)
    words = [word for word in tidy.split() if word[0].isalnum()]
    if not words:
        sign = _EMOJI.search(tidy)
        return sign[0] if sign else "?"
    if ord(words[0][0]) > 0x2E80:
        return words[0][-1]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
