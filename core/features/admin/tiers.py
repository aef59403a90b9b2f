"""/tiers: what each tier asks and gives, and which role or title follows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from core.domain.errors import BadInput, NotFound
from core.domain.events import Role
from core.domain.message import Button, Reply
from core.domain.people import folded, tidy_name
from core.domain.points import LEVEL_LIMIT
from core.domain.tiers import PRESENCE_DAYS, Tier
from core.kit import Context, Length, Markup, Needs, Range, Rights, action, command, form
from core.kit.role_grants import differing, follow
from core.kit.suggesting import Suggest, Suggestion
from core.kit.texts import LANGUAGES, Texts
from core.kit.words import one_of, tier_name
from core.store.role_grants import RoleGrant

Part = Literal["name", "level", "days", "benefits", "role", "title"]
Tie = Literal["role", "title"]
_NAMED = 10  # people in a dry run
_ROLES = 24  # on offer, and none: as many as a menu of Discord's holds
_NAME, _BENEFITS = 30, 300
_LONGEST = {"name": _NAME, "benefits": _BENEFITS, "role": 64, "title": 16}
_NONE = {"none", "-", "无", "没有"}
_ROLE_MENTION = re.compile(r"^<@&(\d+)>$")


async def _tiers(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    known = context.community.settings.tiers
    return [
        Suggestion(tier_name(context.t, tier), str(place), tuple(tier_name(Texts(each), tier) for each in LANGUAGES))
        for place, tier in enumerate(known, 1)
    ]


@command(rights=Rights.OWNER, private=True)
async def tiers(
    context: Context,
    tier: Annotated[str, Suggest(_tiers)] | None = None,
    what: Part | None = None,
    value: str | None = None,
) -> Reply:
    """Change the tiers, and tie roles or titles to them."""
    if tier is None:
        return await _all(context)
    place = _place(context, tier)
    if what is None:
        return _one(context, place)
    if value is None:
        raise BadInput("error-tier-value", tier=str(place + 1), what=what)
    if what in ("role", "title"):
        word, _, moved = await _tied(context, place, what, value)
        return _dry_run(context, place, what, word, moved)
    await _save(context, _changed(context, place, what, value), place, what, value)
    return _one(context, place)


@action(rights=Rights.OWNER, private=True, formerly=("tiers", "confirmed"))
async def tie_tier(context: Context, tier: str, what: Tie, value: str) -> Reply:
    """Tie a role or title to a tier, as was shown before."""
    place = _place(context, tier)
    word, new, moved = await _tied(context, place, what, value)
    await _save(context, new, place, what, word or "")
    await follow(context.unit, context.community, context.now)
    gain, lose = sum(1 for each in moved if each.due), sum(1 for each in moved if each.held)
    return Reply(context.t("tiers-tied", gain=gain, lose=lose))


@action(rights=Rights.OWNER, private=True, needs={Needs.ROLES})
async def choose_role(context: Context, tier: int) -> Reply:
    """Offer the roles of this place that a tier can be tied to."""
    number = str(_place(context, str(tier)) + 1)
    name = tier_name(context.t, context.community.settings.tiers[tier - 1])
    names = Counter(name for _, name in context.roles)
    offered = [(_called(names, role), role[1]) for role in context.roles[:_ROLES]]
    none = [("none", context.t.plain("tiers-no-role"))] if offered else []
    made = [
        context.button(shown[:80], "tiers", tier=number, what="role", value=word) for word, shown in (*none, *offered)
    ]
    back = (context.button(context.t.plain("button-back"), "tiers", tier=number),)
    said = context.t("tiers-ask-role" if made else "tiers-roles-none", name=name)
    return Reply(said, (*one_of(context.t.plain("tiers-choose-role"), made, 2), back))


@action(rights=Rights.OWNER, private=True, formerly=("tiers", "retry"))
async def retry_roles(context: Context) -> Reply:
    """Ask again for what was refused."""
    await context.unit.role_grants.forget_refused(context.community.id)
    await follow(context.unit, context.community, context.now)
    return await _all(context)


@form(rights=Rights.OWNER, private=True, hidden=("tier",))
async def change_tier(
    context: Context,
    tier: int,
    name: Annotated[str, Length(_NAME)],
    level: Annotated[int, Range(0, LEVEL_LIMIT)],
    days: Annotated[int, Range(0, PRESENCE_DAYS)],
    benefits: Annotated[str, Length(_BENEFITS, long=True)] = "",
) -> Reply:
    """Change what a tier is called, asks and gives."""
    place = _place(context, str(tier))
    before = _given(context, place)
    wanted: dict[Part, str] = {"name": name, "level": str(level), "days": str(days), "benefits": benefits}
    changed = {what: value for what, value in wanted.items() if value != before[what]}
    known = context.community.settings.tiers
    new = known[place]
    for what, value in changed.items():
        new = _with(new, what, getattr(_changed(context, place, what, value)[place], what))
    for what, value in changed.items():
        await _save(context, (*known[:place], new, *known[place + 1 :]), place, what, value)
    return _one(context, place)


def _called(names: Counter[str], role: Role) -> str:
    """Return what a role is tied by: its name, which people read; what the platform knows it by, where that fails."""
    word, name = role
    plain = name == " ".join(name.split()) and len(name) <= _LONGEST["role"] and folded(name) not in _NONE
    return name if names[name] == 1 and plain and not name.isdecimal() else word


def _given(context: Context, place: int) -> dict[str, Any]:
    """Return what a tier is now, as the fields of the form have it."""
    tier = context.community.settings.tiers[place]
    now = {"level": str(tier.level), "days": str(tier.days), "benefits": tier.benefits}
    return {"name": tier_name(context.t, tier), **now}


def _place(context: Context, raw: str) -> int:
    """Return the place of the tier that `raw` names, by number from 1 or by name."""
    wanted = folded(raw)
    known = context.community.settings.tiers
    for place, tier in enumerate(known):
        names = {folded(tier.name), *(folded(tier_name(Texts(each), tier)) for each in LANGUAGES)}
        if wanted == str(place + 1) or wanted in names:
            return place
    raise NotFound("error-no-tier", given=raw[:40], tiers=tuple(tier_name(context.t, tier) for tier in known))


async def _all(context: Context) -> Reply:
    known = context.community.settings.tiers
    lines = [context.t("tiers-title"), *(_line(context, place) for place in range(len(known)))]
    refusals = await context.unit.role_grants.refusals(context.community.id)
    for key, args, people in refusals:
        lines.append(context.t("tiers-refused", people=people, why=context.t(key, **args)))
    names = [
        context.button(tier_name(context.t, tier), "tiers", tier=str(place + 1)) for place, tier in enumerate(known)
    ]
    rows = [*one_of(context.t.plain("setting-tiers"), names, 2)]
    if refusals:
        rows.append((context.button(context.t.plain("tiers-retry"), retry_roles),))
    return Reply(Markup("\n".join(lines)), tuple(rows))


def _line(context: Context, place: int) -> Markup:
    tier = context.community.settings.tiers[place]
    line = context.t(
        "tiers-line",
        place=place + 1,
        name=tier_name(context.t, tier),
        level=tier.level,
        days=tier.days,
        of=PRESENCE_DAYS,
    )
    extras = [
        context.t(f"tiers-{part}", value=value)
        for part, value in (("benefits", tier.benefits), ("role", tier.role), ("title-word", tier.title))
        if value
    ]
    return Markup(" ".join([line, *extras]))


def _one(context: Context, place: int) -> Reply:
    tier, number = context.community.settings.tiers[place], str(place + 1)
    text = Markup(f"{_line(context, place)}\n{context.t('tiers-how', place=place + 1)}")

    def step(what: Part, now: int, by: int) -> Button:
        label = context.t.plain(f"tiers-{what}-step", by=f"{by:+d}".replace("-", "−"))
        return context.button(label, "tiers", tier=number, what=what, value=now + by)

    rows: list[tuple[Button, ...]] = []
    parts: tuple[tuple[Part, int], ...] = (("level", tier.level), ("days", tier.days))
    for what, now in parts:
        steps = [step(what, now, by) for by in (-1, 1) if _fits(context, place, what, now + by)]
        if steps:
            rows.append(tuple(steps))
    whole = context.button(context.t.plain("tiers-form"), change_tier, tier=number, **_given(context, place))
    rows.append((whole, context.button(context.t.plain("tiers-choose-role"), choose_role, tier=number)))
    rows.append((context.button(context.t.plain("button-back"), "tiers"),))
    return Reply(text, tuple(rows))


def _bounds(context: Context, place: int, what: str) -> tuple[int, int]:
    """Return the least and most that a tier may ask: not less than the one below, not more than the one above."""
    known = context.community.settings.tiers
    most = LEVEL_LIMIT if what == "level" else PRESENCE_DAYS
    if place == 0:
        return 0, 0  # everybody is in the first tier
    low = getattr(known[place - 1], what)
    return low, getattr(known[place + 1], what) if place + 1 < len(known) else most


def _fits(context: Context, place: int, what: Part, value: int) -> bool:
    low, high = _bounds(context, place, what)
    return low <= value <= high


def _changed(context: Context, place: int, what: Part, value: str) -> tuple[Tier, ...]:
    known = context.community.settings.tiers
    if what in ("level", "days"):
        low, high = _bounds(context, place, what)
        if not value.isdecimal() or not low <= int(value) <= high:
            raise BadInput("error-tier-range", name=tier_name(context.t, known[place]), what=what, low=low, high=high)
        changed = _with(known[place], what, int(value))
    else:
        changed = _with(known[place], what, _words(context, place, what, value))
    return (*known[:place], changed, *known[place + 1 :])


def _with(tier: Tier, what: str, value: Any) -> Tier:
    return replace(tier, **{what: value})


def _words(context: Context, place: int, what: str, value: str) -> str:
    word = " ".join(value.split())
    if what == "name":
        word = tidy_name(value)
        others = [folded(tier_name(context.t, tier)) for tier in context.community.settings.tiers]
        del others[place]
        if not word or folded(word) in others:
            raise BadInput("error-tier-name", given=word)
    elif folded(word) in _NONE:
        return ""
    if len(word) > _LONGEST[what]:
        raise BadInput("error-too-long", limit=_LONGEST[what])
    if what == "role" and (mention := _ROLE_MENTION.match(word)):
        return mention[1]
    return word


async def _save(context: Context, tiers: tuple[Tier, ...], place: int, what: Part, value: str) -> None:
    context.community.settings = replace(context.community.settings, tiers=tiers)
    await context.unit.communities.save(context.community)
    await context.record("tier", tier=place + 1, what=what, value=value[:100])


async def _tied(
    context: Context, place: int, what: Tie, value: str
) -> tuple[str | None, tuple[Tier, ...], list[RoleGrant]]:
    """Return the word that a tier would be tied to, the tiers then, and whom that changes."""
    spaces = await context.unit.communities.spaces_of(context.community.id)
    if not any((space.platform == "telegram") == (what == "title") for space in spaces):
        raise BadInput(f"error-no-{what}-here")
    known = context.community.settings.tiers
    word = _words(context, place, what, value) or None
    new = tuple(_with(tier, what, word) if at == place else tier for at, tier in enumerate(known))
    return word, new, await differing(context.unit, context.community, new)


def _dry_run(context: Context, place: int, what: str, word: str | None, moved: list[RoleGrant]) -> Reply:
    name = tier_name(context.t, context.community.settings.tiers[place])
    lines = [context.t("tiers-dry-run" if word else "tiers-dry-run-untie", name=name, word=word or "")]
    lines += _people(context, "tiers-would-get", [(each.name, each.due) for each in moved if each.due])
    lines += _people(context, "tiers-would-lose", [(each.name, each.held) for each in moved if each.held])
    if not moved:
        lines.append(context.t("tiers-nobody-moves"))
    yes = context.button(context.t.plain("tiers-do-it"), tie_tier, tier=str(place + 1), what=what, value=word or "none")
    no = context.button(context.t.plain("tiers-leave-it"), "tiers", tier=str(place + 1))
    return Reply(Markup("\n".join(lines)), ((yes, no),))


def _people(context: Context, key: str, named: list[tuple[str, str | None]]) -> list[Markup]:
    """Return one line for each word, with the first ten of those whom it is about."""
    words: dict[str, list[str]] = {}
    for name, word in named:
        words.setdefault(word or "", []).append(name)
    return [
        context.t(
            key,
            word=word,
            names=tuple(people[:_NAMED]),
            count=len(people),
            more=max(0, len(people) - _NAMED),
        )
        for word, people in words.items()
    ]
