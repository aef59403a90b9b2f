"""/setup: the questions that a new community answers, one at a time."""

from __future__ import annotations

from dataclasses import replace

from core.domain.errors import BadInput
from core.domain.message import Button, Reply
from core.kit import Context, Markup, Needs, Rights, action, command
from core.kit.choices import DONE, SETUP, NearTimeZone, Zone, decide, option_buttons, zone_label

STEPS = ("language", "timezone", "points", "tiers", "notices", "consent", "anonymous")
JOIN = "join"


@command(rights=Rights.OWNER, needs={Needs.LACKS})
async def setup(context: Context, timezone: Zone | None = None) -> Reply:
    """Set this community up, one question at a time."""
    if timezone is None:
        steps = _steps(context)
        return _ask(context, steps, steps[0])
    return await _take(context, "timezone", timezone)


@action(rights=Rights.OWNER, needs={Needs.LACKS}, formerly=("setup", "step"))
async def setup_step(context: Context, step: str, value: str = "") -> Reply:
    """Ask one of the questions, or take the answer to it."""
    return await _take(context, step, value)


async def _take(context: Context, step: str, value: str) -> Reply:
    steps = _steps(context)
    if step == JOIN:
        return _how_to_join(context)
    if step == DONE:
        return await _finish(context, steps)
    if step not in steps:
        return _ask(context, steps, steps[0])
    if not value:
        return _ask(context, steps, step)
    try:
        await decide(context, context.choices[step], value)
    except BadInput as error:
        return Reply(context.t.error(error), (*_near(context, error), (_to(context, step),)))
    following = steps.index(step) + 1
    return _ask(context, steps, steps[following]) if following < len(steps) else await _finish(context, steps)


def _steps(context: Context) -> tuple[str, ...]:
    """Return what is asked here: Discord names whoever acts, so nobody is anonymous there."""
    named = context.space is not None and context.space.platform == "discord"
    steps = (*STEPS, *(choice.name for choice in context.choices.values() if choice.asked))
    return tuple(step for step in steps if not (named and step == "anonymous"))


def _near(context: Context, error: BadInput) -> tuple[tuple[Button, ...], ...]:
    if not isinstance(error, NearTimeZone):
        return ()
    label = zone_label(context.t, error.near, context.now)
    return ((context.button(label, setup_step, step="timezone", value=error.near),),)


def _to(context: Context, step: str) -> Button:
    return context.button(context.t.plain("button-back"), setup_step, step=step)


def _ask(context: Context, steps: tuple[str, ...], step: str) -> Reply:
    place = steps.index(step)
    head = context.t("setup-head", place=place + 1, of=len(steps), community=context.community.name)
    lines = [head, context.t(f"setting-{step}-ask")]
    if not place and context.call is not None and not context.call.direct:
        lines.append(context.t("setup-privately"))
    if step == "timezone":
        lines.append(context.t("setup-timezone-type"))
    rows = option_buttons(context, context.choices[step], setup_step, step=step)
    if context.choices[step].now(context.community.settings) not in context.choices[step].options:
        following = steps[place + 1] if place + 1 < len(steps) else DONE
        rows = (*rows, (context.button(context.t.plain("setup-keep"), setup_step, step=following),))
    if place:
        last: tuple[Button, ...] = (_to(context, steps[place - 1]),)
    else:
        last = (context.button(context.t.plain("setup-join"), setup_step, step=JOIN),)
    return Reply(Markup("\n".join(lines)), (*rows, last))


def _how_to_join(context: Context) -> Reply:
    return Reply(context.t("setup-join-how"), ((_to(context, STEPS[0]),),))


async def _finish(context: Context, steps: tuple[str, ...]) -> Reply:
    community = context.community
    if not community.settings.set_up:
        community.settings = replace(community.settings, set_up=True)
        await context.unit.communities.save(community)
        await context.record("setup")
    settings, rules = community.settings, community.settings.rules
    notices = context.choices["notices"].now(settings)
    lines = [
        context.t("setup-done", community=community.name),
        context.t("setup-now-points", low=rules.message_min, high=rules.message_max, cooldown=rules.cooldown),
        context.t(f"setup-now-notices-{notices}"),
        context.t(f"setup-now-consent-{settings.start_consent.value}"),
        context.t("setup-now-say"),
        context.t("setup-now-invite"),
        *_lacking(context),
    ]
    buttons = (
        (
            context.button(context.t.plain("setup-rooms"), "rooms_page", origin=SETUP),
            context.button(context.t.plain("setup-joincode"), "joincode_for_setup"),
        ),
        (context.button(context.t.plain("setup-invite"), "new_activity", kind="invitation"),),
        (
            _to(context, steps[-1]),
            context.button(context.t.plain("setup-look-again"), setup_step, step=DONE),
        ),
    )
    return Reply(Markup("\n".join(lines)), buttons)


def _lacking(context: Context) -> list[str]:
    missing = [context.t(key, **args) for well, key, args in context.lacks if not well]
    if not missing:
        return [context.t("setup-lacks-nothing")]
    return [context.t("setup-lacks"), *(f"– {line}" for line in missing)]
