"""What an owner decides of what the core itself needs; what features need stands with them (`core.kit.setting`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from core.domain.community import Settings
from core.domain.errors import BadInput, NotAllowed
from core.domain.people import Consent, Rights, folded
from core.domain.points import RULE_SETS
from core.domain.tiers import TIER_SETS
from core.domain.zones import COMMON, aliases, offset, zone_named, zones
from core.kit.context import Context
from core.kit.declare import CommandHandler
from core.kit.settings import Choice
from core.kit.suggesting import Suggest, Suggestion, worded
from core.kit.texts import LANGUAGES, Texts
from core.kit.words import Rows, one_of

SETUP, STEP, DONE = "setup", "setup_step", "done"  # the command that asks for all, its action, and the last step
OWN = "own"  # set one by one, as none of the sets on offer
QUIET = 300  # seconds that a notice stays where a room is to be kept quiet
_QUIET_LIMIT = 86_400
_BUTTONS_IN_A_ROW = 2


class NearTimeZone(BadInput):
    """Say that no time zone has this name, but one that is near."""

    def __init__(self, given: str, near: str) -> None:
        super().__init__("error-timezone-near", given=given[:40], near=near)
        self.near = near


def _notices(settings: Settings) -> str:
    return "quiet" if settings.level_notice == "room" and settings.quiet_seconds else settings.level_notice


def _put_notices(settings: Settings, value: str) -> Settings:
    if value == "quiet":
        return replace(settings, level_notice="room", quiet_seconds=settings.quiet_seconds or QUIET)
    return replace(settings, level_notice=value, quiet_seconds=0 if value == "room" else settings.quiet_seconds)


def _put_quiet(settings: Settings, value: str) -> Settings:
    if not value.isdecimal() or int(value) > _QUIET_LIMIT:
        raise BadInput("error-number-range", name="quiet", low=0, high=_QUIET_LIMIT)
    return replace(settings, quiet_seconds=int(value))


def _put_zone(settings: Settings, value: str) -> Settings:
    zone, sure = zone_named(value)
    if zone is None:
        raise BadInput("error-timezone", given=value[:40])
    if not sure:
        raise NearTimeZone(value, zone)
    return replace(settings, timezone=zone)


def _rule_set(settings: Settings) -> str:
    return next((name for name, rules in RULE_SETS.items() if rules == settings.rules), OWN)


def _tier_set(settings: Settings) -> str:
    asked = tuple((tier.level, tier.days) for tier in settings.tiers)
    return next((name for name, rungs in TIER_SETS.items() if rungs == asked), OWN)


def _put_tier_set(settings: Settings, value: str) -> Settings:
    rungs = TIER_SETS[value]
    tiers = tuple(replace(t, level=level, days=days) for t, (level, days) in zip(settings.tiers, rungs, strict=True))
    return replace(settings, tiers=tiers)


CHOICES: Mapping[str, Choice] = {
    choice.name: choice
    for choice in (
        Choice("language", LANGUAGES, lambda s: s.language, lambda s, v: replace(s, language=v)),
        Choice("timezone", COMMON, lambda s: s.timezone, _put_zone, free=True),
        Choice("points", tuple(RULE_SETS), _rule_set, lambda s, v: replace(s, rules=RULE_SETS[v]), more="rules"),
        Choice("tiers", tuple(TIER_SETS), _tier_set, _put_tier_set, owner=True, more="tiers"),
        Choice("notices", ("room", "quiet", "direct", "off"), _notices, _put_notices),
        Choice("quiet", ("0", "60", "300", "3600"), lambda s: str(s.quiet_seconds), _put_quiet, free=True),
        Choice(
            "consent",
            tuple(Consent),
            lambda s: s.start_consent.value,
            lambda s, v: replace(s, start_consent=Consent(v)),
            owner=True,
        ),
        Choice(
            "anonymous",
            ("no", "yes"),
            lambda s: "yes" if s.anonymous_admins else "no",
            lambda s, v: replace(s, anonymous_admins=v == "yes"),
            owner=True,
        ),
        Choice("bridges", ("each", "none"), lambda s: s.bridges, lambda s, v: replace(s, bridges=v), owner=True),
    )
}


def label(t: Texts, choice: Choice, option: str, now: datetime) -> str:
    """Return what people read for a value."""
    if choice.name == "timezone":
        return zone_label(t, option, now)
    if choice.free:
        return t.plain(f"setting-{choice.name}-value", value=int(option))
    return t.plain(f"setting-{choice.name}-{option}")


def zone_label(t: Texts, zone: str, now: datetime) -> str:
    """Return a time zone with its city and distance from UTC, such as "Shanghai (UTC+8)"."""
    # Babel loads half a megabyte of locale data: only when a zone is said.
    from babel.dates import get_timezone, get_timezone_location  # noqa: PLC0415

    if zone == "UTC":
        return "UTC"
    locale = t.language.replace("-", "_")
    city = get_timezone_location(get_timezone(zone), locale=locale, return_city=True)
    return f"{city} ({offset(zone, now)})"


async def _zones(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    others = [zone for zone in zones() if zone not in COMMON]
    return [
        Suggestion(zone_label(context.t, zone, context.now) if zone in COMMON else zone, zone, aliases(zone))
        for zone in (*COMMON, *others)
    ]


async def _settings_named(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    return [worded(context.t, f"setting-{choice.name}", choice.name) for choice in open_to(context)]


async def _values(context: Context, given: Mapping[str, str]) -> Sequence[Suggestion]:
    """Return the values on offer for the setting that the other option names."""
    try:
        choice = choice_named(context, given.get("name", ""))
    except BadInput:
        return ()
    if choice not in open_to(context):
        return ()
    if choice.name == "timezone":
        return await _zones(context, given)
    return [
        Suggestion(
            label(context.t, choice, option, context.now),
            option,
            tuple(label(Texts(each), choice, option, context.now) for each in LANGUAGES),
        )
        for option in choice.options
    ]


Zone = Annotated[str, Suggest(_zones)]
SettingName = Annotated[str, Suggest(_settings_named)]
SettingValue = Annotated[str, Suggest(_values)]


def open_to(context: Context) -> list[Choice]:
    """Return the settings that the caller may change."""
    return [choice for choice in context.choices.values() if not choice.owner or context.rights.covers(Rights.OWNER)]


def option_buttons(context: Context, choice: Choice, command: str | CommandHandler, **more: Any) -> Rows:
    """Return a button for each value on offer, the present one marked; they call `command` with `value`."""
    present = choice.now(context.community.settings)
    buttons = [
        context.button(
            ("✓ " if option == present else "") + label(context.t, choice, option, context.now),
            command,
            value=option,
            **more,
        )
        for option in choice.options
    ]
    return one_of(context.t.plain(f"setting-{choice.name}"), buttons, _BUTTONS_IN_A_ROW)


def back_to_setup(context: Context, origin: str | None) -> Rows:
    """Return a row that leads back where a command was called from /setup, no row otherwise."""
    return ((context.button(context.t.plain("button-back"), STEP, step=DONE),),) if origin == SETUP else ()


def choice_named(context: Context, raw: str) -> Choice:
    """Return the setting that `raw` names in either language; raise BadInput with those there are."""
    wanted = folded(raw)
    for choice in context.choices.values():
        words = {choice.name, *(folded(Texts(each).plain(f"setting-{choice.name}")) for each in LANGUAGES)}
        if wanted in words:
            return choice
    raise BadInput("error-unknown-setting", given=raw[:40], choices=tuple(context.choices))


async def decide(context: Context, choice: Choice, raw: str) -> None:
    """Set a setting to what `raw` names, and write that into the audit log; raise BadInput or NotAllowed."""
    if choice.owner and not context.rights.covers(Rights.OWNER):
        raise NotAllowed("error-owners-only")
    community = context.community
    settings = choice.put(community.settings, _option(context, choice, raw))
    if settings == community.settings:
        return
    before, after = choice.now(community.settings), choice.now(settings)
    community.settings = settings
    await context.unit.communities.save(community)
    await context.record("settings", name=choice.name, before=before, after=after)
    context.t = context.texts_for(context.me)


def _option(context: Context, choice: Choice, raw: str) -> str:
    wanted = folded(raw)
    for option in choice.options:
        words = {folded(option), *(folded(label(Texts(each), choice, option, context.now)) for each in LANGUAGES)}
        if wanted in words:
            return option
    if choice.free:
        return raw.strip()
    said = tuple(label(context.t, choice, option, context.now) for option in choice.options)
    raise BadInput("error-choice", given=raw[:40], choices=said)
