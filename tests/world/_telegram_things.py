"""What stands in a Telegram server: people, chats, and what their texts hold, in the Bot API's own shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

GROUP_ANONYMOUS_BOT: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
)
#: Left out of what a bot is sent unless it asks by name.
ASKED_FOR_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
#: Told to administrators only.
FOR_ADMINS = frozenset({"chat_member", "message_reaction", "message_reaction_count", "chat_join_request"})
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})

COMMAND = re.compile(r"(?<![\w/<>\[\]])/([A-Za-z0-9_]{1,64})(?:@(\w{3,32}))?")
_MENTION = re.compile(r"(?<![\w`/])@([A-Za-z]\w{3,31})", re.ASCII)


def utf16(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, Telegram's own measure."""
    return len(text.encode("utf-16-le")) // 2


def found_entities(text: str) -> list[Json]:
    """Return the commands and mentions that Telegram itself finds in a plain text."""
    found = []
    for kind, pattern in (("bot_command", COMMAND), ("mention", _MENTION)):
        for match in pattern.finditer(text):
            before = utf16(text[: match.start()])
            found.append({"type": kind, "offset": before, "length": utf16(match.group(0))})
    return sorted(found, key=lambda entity: entity["offset"])


@dataclass
class Person:
    """Somebody with an account, and what the bot may do towards them."""

    user: Json
    open: bool = False
    blocked: bool = False
    deactivated: bool = False
    open_until: float = 0.0


@dataclass
class Chat:
    """A chat with its members, topics, messages and links."""

    public: Json
    members: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    ephemeral: dict[tuple[int, int], Json] = field(default_factory=dict)  # by receiver and number
    links: dict[str, Json] = field(default_factory=dict)
    requests: set[int] = field(default_factory=set)
    reactions: dict[tuple[int, int], list[Json]] = field(default_factory=dict)
    linked: int | None = None
    migrated_to: int | None = None
    flood_until: float = 0.0
    last_message: int = 0

    @property
    def id(self) -> int:
        return int(self.public["id"])

    @property
    def type(self) -> str:
        return str(self.public["type"])

    def status(self, user: int) -> str:
        """Return the membership status of a user, `left` where there is none."""
        return str(self.members.get(user, {"status": "left"})["status"])
