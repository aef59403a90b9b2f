"""Whom words name: a mention, a handle, a number or a name, and who is near where nobody is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from typing import TypeVar

from core.domain.errors import BadInput, KithError, NotFound
from core.domain.forms import whole_number
from core.domain.people import Member, Person, folded, spelled_apart
from core.kit.context import Context
from core.kit.texts import Markup

_QUOTES = {'"': '"', "“": "”", "「": "」", "«": "»", "『": "』", "‘": "’"}
# How Discord writes somebody within a text, whom its adapter may not have seen since it began.
_BY_ID = re.compile(r"<@!?(\d+)>")
_NUMBERED = re.compile(r"[#＃]\d[\d,，]*(?!\S)")
_WORDS = 8  # in the longest name that is looked for without quotation marks
_NEAR = 3  # names offered at most
_ALIKE = 0.5
E = TypeVar("E", bound=KithError)


def first_word(text: str, mentions: Collection[str] = ()) -> tuple[str, str]:
    """Return the first word of a text and the rest; a mention or what is quoted is one word, with its blanks."""
    end = _mentioned(text, mentions)
    if not end and text[:1] in _QUOTES:
        end = text.find(_QUOTES[text[0]], 1) + 1
    if not end:
        end = len(text.split(maxsplit=1)[0]) if text.strip() else 0
    return text[:end], text[end:].strip()


def _mentioned(text: str, mentions: Collection[str]) -> int:
    """Return how long the mention is with which a text begins."""
    begun = [len(m) for m in mentions if text[: len(m)].casefold() == m.casefold()]
    return max((end for end in begun if not (text[end : end + 1].isalnum() or text[end : end + 1] == "_")), default=0)


def unquoted(word: str) -> str:
    """Return what stands in quotation marks, or the word as it is."""
    quoted = len(word) > 2 and word[0] in _QUOTES and word.find(_QUOTES[word[0]], 1) == len(word) - 1
    return word[1:-1] if quoted else word


async def named_first(context: Context, text: str, mentions: Collection[str]) -> tuple[str, str] | None:
    """Return the words at the start of a text that name a member, and the rest; None where none do."""
    if _mentioned(text, mentions) or text[:1] in _QUOTES:
        return first_word(text, mentions)
    if number := _NUMBERED.match(text):
        return number[0], text[number.end() :].strip()
    ends = [word.end() for word in re.finditer(r"\S+", text)][:_WORDS]
    found = await context.unit.members.named_any(context.community.id, [text[:end] for end in ends])
    end = max((end for end in ends if folded(text[:end].removeprefix("@")) in found), default=0)
    return (text[:end], text[end:].strip()) if end else None


async def member_named(context: Context, raw: str, usage: Markup) -> Member:
    """Return the member whom `raw` names; raise NotFound or BadInput with those who could be meant."""
    for mention, person in (context.call.mentions if context.call else {}).items():
        if raw.casefold() == mention.casefold():
            return await member_of(context, person)
    if unseen := _BY_ID.fullmatch(raw):
        return await member_of(context, Person(unseen[1], raw))
    if _NUMBERED.fullmatch(raw):
        return await _numbered(context, raw)
    found = await context.unit.members.named(context.community.id, raw)
    if len(found) == 1:
        return found[0]
    if found:
        raise _offering(BadInput("error-two-members", name=raw[:64], usage=usage), found, numbered=True)
    near = await _near(context, raw)
    if near:
        names = context.t.plain("or-between").join(member.name for member in near)
        raise _offering(NotFound("error-no-member-near", name=raw[:64], near=names, usage=usage), near)
    raise NotFound("error-member-unknown", name=raw[:64], usage=usage)


def _offering(error: E, members: Sequence[Member], *, numbered: bool = False) -> E:
    error.offers = tuple((f"{m.name} #{m.id}" if numbered else m.name, f"#{m.id}") for m in members)
    return error


async def _near(context: Context, raw: str) -> list[Member]:
    """Return whose name looks or is spelled most like `raw`, the nearest first."""
    wanted = spelled_apart(raw)
    if not wanted:
        return []
    spelled: dict[str, str] = {}
    for name in await context.unit.members.names(context.community.id):
        spelled.setdefault(spelled_apart(name), name)
    near = difflib.get_close_matches(wanted, spelled, n=_NEAR, cutoff=_ALIKE)
    # A name that begins so is meant, however long it goes on; one that is much nearer than the rest is meant alone.
    near += [each for each in spelled if each.startswith(wanted) and each not in near][: _NEAR - len(near)]
    best = difflib.SequenceMatcher(None, wanted, near[0]).ratio() if near else 0
    kept = [each for each in near if difflib.SequenceMatcher(None, wanted, each).ratio() > best - 0.1]
    found = await context.unit.members.named_any(context.community.id, [spelled[each] for each in kept], limit=1)
    return list({member.id: member for some in found.values() for member in some}.values())[:_NEAR]


async def member_of(context: Context, person: Person) -> Member:
    """Return the member behind a person of the platform where the call comes from; raise NotFound."""
    platform = context.call.platform if context.call else ""
    found = await context.unit.members.find(platform, {context.community.id: [person.id]})
    account = found.get((context.community.id, person.id))
    if account is None:
        raise NotFound("error-no-member", name=person.name or person.id)
    return await context.unit.members.get(account.member_id)


async def _numbered(context: Context, raw: str) -> Member:
    """Return a member by number, which buttons carry; another community's sounds the same as none."""
    number = whole_number(raw)
    found = None if number is None else (await context.unit.members.many([number])).get(number)
    if found is None or found.community_id != context.community.id or found.erased_at is not None:
        raise NotFound("error-no-member", name=raw[:64])
    return found
