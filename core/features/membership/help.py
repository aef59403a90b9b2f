"""/help: what the person who asks may do here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import folded
from core.kit import Command, Context, Markup, Needs, Rights, action, command
from core.kit.arguments import usage
from core.kit.suggesting import Suggest, Suggestion, worded
from core.kit.texts import LANGUAGES, Texts
from core.kit.words import Rows, one_of

TOPICS = {
    "points": ("checkin", "thanks", "points", "redeem"),
    "standing": ("me", "mystats", "tier", "leaderboard", "mycircle"),
    "yours": (
        "start",
        "privacy",
        "consent",
        "mydata",
        "forgetme",
        "language",
        "notify",
        "quiet",
        "remindme",
        "reminders",
        "link",
        "unlink",
        "help",
    ),
    "activities": ("activities", "calendar", "bounty", "accept", "apart", "effect", "effects"),
    "reading": ("recommend", "browse", "search", "library", "interests", "plans", "code", "paysupport", "terms"),
    "people": ("network", "keypeople", "circles", "newcomers", "connect", "health"),
    "insight": ("stats", "retention", "funnel", "atrisk", "segments", "survey", "pulse", "chart"),
    "ledger": ("grant", "take", "refund", "undo", "history", "audit", "rules", "parked"),
    "community": (
        "setup",
        "settings",
        "rooms",
        "tiers",
        "shop",
        "publish",
        "catalogue",
        "content",
        "uplift",
        "books",
        "joincode",
        "join",
    ),
}
_IN_A_ROW = 3
_BRIEF = ("me", "points", "help")


async def _names(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    topics = [
        worded(context.t, f"help-topic-{topic}", topic) for topic in _topics(context) if _topic(context, topic) == topic
    ]
    return topics + [Suggestion(f"/{each.name}", each.name) for each in _allowed(context)]


@command(private=True, name="help", leavers=True, needs={Needs.RIGHTS})
async def help_(context: Context, topic: Annotated[str, Suggest(_names)] | None = None) -> Reply:
    """Say what you can do here."""
    if topic is None:
        return _all(context)
    wanted = folded(topic.removeprefix("/"))
    if found_topic := _topic(context, wanted):
        return _about(context, found_topic)
    found = next((each for each in _allowed(context) if each.name == wanted), None)
    if found is None:
        raise BadInput("error-unknown-command", name=wanted[:32])
    return Reply(_one(context, found))


@action(private=True, leavers=True, needs={Needs.RIGHTS}, formerly=("help", "about"))
async def help_about(context: Context, about: str) -> Reply:
    """Say it of one topic."""
    return _about(context, about) if about in _topics(context) else _all(context)


@action(private=True, leavers=True, needs={Needs.RIGHTS}, talk=True)
async def brief(context: Context) -> Reply:
    """Say what there is to whoever calls nothing."""
    row = tuple(context.button(context.t.plain(f"button-brief-{each}"), each) for each in _BRIEF)
    return Reply(context.t("help-brief"), (row,))


def _allowed(context: Context) -> list[Command]:
    return [each for each in context.catalogue if context.rights.covers(each.rights)]


def _topics(context: Context) -> dict[str, list[Command]]:
    """Return what the caller may do by topic; what no topic names stands with the community or with oneself."""
    topics: dict[str, list[Command]] = {topic: [] for topic in TOPICS}
    for each in _allowed(context):
        other = "yours" if each.rights is Rights.MEMBER else "community"
        topics[next((topic for topic, names in TOPICS.items() if each.name in names), other)].append(each)
    return {topic: commands for topic, commands in topics.items() if commands}


def _topic(context: Context, wanted: str) -> str | None:
    """Return the topic that is called so in either language, unless a command is."""
    if any(each.name == wanted for each in context.catalogue):
        return None
    names = {
        topic: {topic, *(folded(Texts(each).plain(f"help-topic-{topic}")) for each in LANGUAGES)} for topic in TOPICS
    }
    return next((topic for topic in _topics(context) if wanted in names[topic]), None)


def _buttons(context: Context, but: str = "") -> Rows:
    made = [
        context.button(context.t.plain(f"help-topic-{topic}"), help_about, about=topic)
        for topic in _topics(context)
        if topic != but
    ]
    return one_of(context.t.plain("help-choose"), made, _IN_A_ROW)


def _all(context: Context) -> Reply:
    lines = [context.t("help-head", community=context.community.name)]
    for topic, commands in _topics(context).items():
        names = " ".join(f"/{each.name}" for each in commands)
        lines.append(context.t("help-topic-line", topic=context.t.plain(f"help-topic-{topic}"), commands=names))
    lines.append(context.t("help-foot"))
    return Reply(Markup("\n".join(lines)), _buttons(context))


def _about(context: Context, topic: str) -> Reply:
    head = Markup(f"**{context.t(f'help-topic-{topic}')}**")
    back = context.button(context.t.plain("button-back"), "help")
    lines = [head, *(_line(context, each) for each in _topics(context)[topic])]
    return Reply(Markup("\n".join(lines)), (*_buttons(context, topic), (back,)))


def _line(context: Context, each: Command) -> Markup:
    return Markup(f"/{each.name} · {context.t(f'command-{each.name}')}")


def _one(context: Context, each: Command) -> Markup:
    lines = [Markup(f"**{usage(context, each)}**"), context.t(f"command-{each.name}")]
    for parameter in each.parameters:
        option = f"option-{each.name}-{parameter.name}"
        lines.append(context.t("help-option", name=context.t(f"{option}-name"), text=context.t(option)))
    return Markup("\n".join(lines))
