"""Reactions to messages, of people and of those whom Telegram doesn't name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.platforms.telegram.directory import Directory
from bot.platforms.telegram.fields import PLATFORM, Json, emoji_of, space_id, time_of, whole
from core.domain.events import Event, ReactionAdded, ReactionRemoved, ReactionsCounted


def reaction(change: Json, key: str, directory: Directory) -> Iterator[Event]:
    """Yield which reactions of somebody came and went."""
    chat, at = change["chat"], time_of(change["date"])
    if "user" not in change or chat["type"] == "private":
        return  # an anonymous administrator's: nobody's
    old = [emoji_of(each) for each in change["old_reaction"]]
    new = [emoji_of(each) for each in change["new_reaction"]]
    shared: dict[str, Any] = {
        "platform": PLATFORM,
        "space": space_id(chat),
        "at": at,
        "actor": directory.person(change["user"]),
        "message": f"{whole(chat['id'])}:{whole(change['message_id'])}",
        "whole": tuple(new),
    }
    for emoji in new:
        if emoji not in old:
            yield ReactionAdded(key=f"{key}:+{emoji}", emoji=emoji, **shared)
    for emoji in old:
        if emoji not in new:
            yield ReactionRemoved(key=f"{key}:-{emoji}", emoji=emoji, **shared)


def reaction_count(change: Json, key: str) -> Iterator[Event]:
    """Yield how many reactions of people who aren't named a message has."""
    chat = change["chat"]
    yield ReactionsCounted(
        platform=PLATFORM,
        key=key,
        space=space_id(chat),
        at=time_of(change["date"]),
        message=f"{whole(chat['id'])}:{whole(change['message_id'])}",
        count=sum(whole(each["total_count"]) for each in change["reactions"]),
    )
