"""/help: what the person who asks may do here."""

from __future__ import annotations

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.kit import Audience, Command, Context, Markup, command
from core.kit.arguments import usage


@command(private=True, name="help", leavers=True)
async def help_(context: Context, topic: str | None = None) -> Reply:
    """Say what you can do here."""
    if topic is None:
        return Reply(_all(context))
    wanted = topic.strip().removeprefix("/").lower()
    found = next((each for each in _allowed(context) if each.name == wanted), None)
    if found is None:
        raise BadInput("error-unknown-command", name=wanted[:32])
    return Reply(_one(context, found))


def _allowed(context: Context) -> list[Command]:
    return [each for each in context.catalogue if context.rights.covers(each.audience)]


def _all(context: Context) -> Markup:
    parts = [context.t("help-head", community=context.community.name)]
    for audience in Audience:
        lines = [_line(context, each) for each in _allowed(context) if each.audience is audience]
        if lines:
            parts.append(Markup("\n".join([context.t(f"help-{audience.value}"), *lines])))
    parts.append(context.t("help-foot"))
    return Markup("\n\n".join(parts))


def _line(context: Context, each: Command) -> Markup:
    return Markup(f"/{each.name} · {context.t(f'command-{each.name}')}")


def _one(context: Context, each: Command) -> Markup:
    lines = [Markup(f"**{usage(context, each)}**"), context.t(f"command-{each.name}")]
    for parameter in each.shown:
        option = f"option-{each.name}-{parameter.name}"
        lines.append(context.t("help-option", name=context.t(f"{option}-name"), text=context.t(option)))
    return Markup("\n".join(lines))
