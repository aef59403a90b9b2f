"""/settings: everything that is decided for a community, shown and changed."""

from __future__ import annotations

from core.domain.message import Reply
from core.domain.people import Rights
from core.kit import Context, Markup, command
from core.kit.choices import (
    NearTimeZone,
    SettingName,
    SettingValue,
    choice_named,
    decide,
    label,
    open_to,
    option_buttons,
    zone_label,
)
from core.kit.settings import Choice
from core.kit.words import one_of

_IN_A_ROW = 3


@command(rights=Rights.MODERATOR, private=True)
async def settings(context: Context, name: SettingName | None = None, value: SettingValue | None = None) -> Reply:
    """Show the community's settings and change them."""
    if name is None:
        return await _all(context)
    choice = choice_named(context, name)
    if value is None:
        return _one(context, choice)
    try:
        await decide(context, choice, value)
    except NearTimeZone as near:
        use = context.button(zone_label(context.t, near.near, context.now), "settings", name=name, value=near.near)
        return Reply(context.t.error(near), ((use,),))
    return await _all(context, changed=choice)


async def _all(context: Context, changed: Choice | None = None) -> Reply:
    lines: list[str] = [context.t("settings-title", community=context.community.name)]
    for choice in context.choices.values():
        now = label(context.t, choice, choice.now(context.community.settings), context.now)
        key = "settings-line-changed" if choice is changed else "settings-line"
        lines.append(context.t(key, name=context.t.plain(f"setting-{choice.name}"), value=now))
    spaces = await context.unit.communities.spaces_of(context.community.id)
    rooms = await context.unit.communities.rooms([space.id for space in spaces])
    lines.append(
        context.t("settings-rooms", count=sum(1 for room in rooms.values() if not room.earns and not room.deleted))
    )
    buttons = [
        context.button(context.t.plain(f"setting-{choice.name}"), "settings", name=choice.name)
        for choice in open_to(context)
    ]
    return Reply("\n".join(lines), one_of(context.t.plain("settings-choose"), buttons, _IN_A_ROW))


def _one(context: Context, choice: Choice) -> Reply:
    text = context.t(f"setting-{choice.name}-ask")
    more = context.t("settings-more", command=choice.more) if choice.more else None
    how = context.t("settings-how", name=choice.name)
    rows = option_buttons(context, choice, "settings", name=choice.name)
    back = context.button(context.t.plain("button-back"), "settings")
    return Reply(Markup("\n".join(line for line in (text, more, how) if line)), (*rows, (back,)))
