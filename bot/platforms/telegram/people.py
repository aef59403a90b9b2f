"""Whom Telegram knows: who may what, whose title follows a tier, and what Kith itself lacks."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from telegram import Bot, ChatMember, ChatMemberAdministrator
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.platforms.port import RetryLater, Unavailable, Unreachable
from bot.platforms.telegram.connection import Connection, Refused, said
from bot.platforms.telegram.fields import ANONYMOUS_ADMIN, PLATFORM, is_present
from core.domain.events import Finding
from core.domain.people import Rights

_TITLE_LIMIT = 16
#: What an administrator may be kept from that Kith makes use of in a group, and what is said where it is.
_USED = {"doctor-telegram-space-pins": "can_pin_messages", "doctor-telegram-space-tags": "can_manage_tags"}
_SEES_LITTLE = ("doctor-telegram-space-not-admin", "doctor-telegram-space-gone")
# How Telegram says that it knows nobody of this id in a chat.
_NEVER_CAME = ("user not found", "member not found", "participant_id_invalid", "invalid user_id")
_log = structlog.get_logger()


class People:
    """Ask Telegram about members and set their titles."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def _bot(self) -> Bot:
        return self._connection.bot

    async def rights(self, space: str, person: str) -> Rights:
        """Ask Telegram now; MEMBER for whoever hides.

        ABSENT: they left, were removed, or never came. UNKNOWN: it can't be asked. An administrator who may neither
        delete messages nor restrict or promote members has but a title.
        """
        if not person.isdigit() or int(person) == ANONYMOUS_ADMIN:
            return Rights.MEMBER
        chat = self._connection.chat(int(space))
        try:
            await self._connection.ready()
            member = await said(lambda: self._bot.get_chat_member(chat, int(person)))
        except (TelegramError, RetryLater, Unreachable, Unavailable) as why:
            if any(each in str(why).lower() for each in _NEVER_CAME):
                return Rights.ABSENT
            _log.warning("rights could not be asked", platform=PLATFORM, space=space, why=str(why))
            return Rights.UNKNOWN
        return _rights_of(member)

    async def follow_tier(self, space: str, person: str, give: Sequence[str], take: Sequence[str]) -> None:
        """Set the word beside a member's name: an administrator's custom title, else a member's tag.

        Nobody is promoted for it. Raise Unreachable where Kith lacks the right or the person isn't there.
        """
        chat, user = self._connection.chat(int(space)), int(person)
        title = give[-1][:_TITLE_LIMIT] if give else ""
        try:
            await self._connection.ready()
            member = await said(lambda: self._bot.get_chat_member(chat, user))
            administrator = isinstance(member, ChatMemberAdministrator)
            worn = member.custom_title if isinstance(member, ChatMemberAdministrator) else _tag(member)
            if not give and worn not in [each[:_TITLE_LIMIT] for each in take]:
                return
            if worn == title:
                return
            if administrator:
                await said(lambda: self._bot.set_chat_administrator_custom_title(chat, user, title))
            else:
                await said(lambda: self._bot.set_chat_member_tag(chat, user, title))
        except BadRequest as error:
            raise Unreachable(error.message) from None

    async def doctor(self, spaces: Sequence[str], webhook_url: str | None) -> list[Finding]:
        """Look at token, privacy mode, who receives, and Kith's rights in these chats."""
        found: list[Finding] = []
        try:
            _, username = await self._connection.ready()
            found.append((True, "doctor-telegram-token", {"username": username}))
            sees = bool(self._bot.bot.can_read_all_group_messages)
            found.append((sees, "doctor-telegram-privacy-off" if sees else "doctor-telegram-privacy-on", {}))
            info = await said(self._bot.get_webhook_info)
            if info.url and info.url != webhook_url:
                found.append((False, "doctor-telegram-webhook", {}))
            for space in spaces:
                found += await self._look_at(space)
        except Refused:
            return [(False, "telegram-token-refused", {})]
        except (Unavailable, RetryLater):
            return [(False, "doctor-telegram-unreachable", {})]
        return found

    async def look_at(self, space: str) -> list[Finding]:
        """Look at Kith's rights in one chat, and at privacy mode where it depends on that."""
        try:
            found = await self._look_at(space)
        except Refused:
            return [(False, "telegram-token-refused", {})]
        except (Unavailable, RetryLater):
            return [(False, "doctor-telegram-unreachable", {})]
        if found[0][1] in _SEES_LITTLE and not self._bot.bot.can_read_all_group_messages:
            found.append((False, "doctor-telegram-privacy-on", {}))
        return found

    async def _look_at(self, space: str) -> list[Finding]:
        number, _ = await self._connection.ready()
        try:
            chat = await said(lambda: self._bot.get_chat(int(space)))
            member = await said(lambda: self._bot.get_chat_member(int(space), number))
        except (Unreachable, BadRequest, ChatMigrated):
            return [(False, "doctor-telegram-space-gone", {"space": space})]
        name = {"space": chat.title or space}
        if not isinstance(member, ChatMemberAdministrator):
            return [(False, "doctor-telegram-space-not-admin", name)]
        used = {} if chat.type == "channel" else _USED
        lacks = [key for key, right in used.items() if not getattr(member, right)]
        return [(False, key, name) for key in lacks] or [(True, "doctor-telegram-space", name)]


def _rights_of(member: ChatMember) -> Rights:
    if member.status == "creator":
        return Rights.OWNER
    if isinstance(member, ChatMemberAdministrator) and (
        member.can_delete_messages or member.can_restrict_members or member.can_promote_members
    ):
        return Rights.MODERATOR
    return Rights.MEMBER if is_present(member.to_dict()) else Rights.ABSENT


def _tag(member: ChatMember) -> str:
    return str(getattr(member, "tag", None) or "")
