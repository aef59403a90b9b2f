"""Chats of a Bot API server as the bot manages them: members and their rights, invite links, requests, topics."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from tests.world._telegram_things import ADMIN_RIGHTS, PRESENT, TELEGRAM, Chat, Json
from tests.world._telegram_world import World

if TYPE_CHECKING:
    from tests.world._telegram_params import Params

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


class ChatMethods:
    """The methods for chats."""

    world: World

    def getChat(self, params: Params) -> Json:
        chat = self._reachable(self._chat(params))
        full = dict(chat.public) | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(_GIFTS, False),
        }
        return full | ({"linked_chat_id": chat.linked} if chat.linked else {})

    def getChatMember(self, params: Params) -> Json:
        return self._member(self._reachable(self._chat(params)), params.number("user_id"))

    def _member(self, chat: Chat, number: int) -> Json:
        if number == self.world.me["id"]:
            return {"user": self.world._me_user()} | chat.members.get(number, {"status": "left"})
        if number not in self.world.people:
            raise self._bad("invalid user_id specified")
        return {"user": self.world.people[number].user} | chat.members.get(number, {"status": "left"})

    def getChatAdministrators(self, params: Params) -> list[Json]:
        chat = self._reachable(self._chat(params))
        if chat.type == "private":
            raise self._bad("there are no administrators in the private chat")
        return [
            self._member(chat, number)
            for number, member in chat.members.items()
            if member["status"] in ("creator", "administrator") and number != self.world.me["id"]
        ]

    def getChatMemberCount(self, params: Params) -> int:
        chat = self._reachable(self._chat(params))
        return sum(member["status"] in PRESENT for member in chat.members.values())

    def promoteChatMember(self, params: Params) -> bool:
        chat, number = self._administered(params, "can_promote_members"), params.number("user_id")
        if chat.status(number) == "creator":
            raise self._bad("can't remove chat owner")
        if chat.status(number) not in PRESENT:
            raise self._bad("USER_NOT_PARTICIPANT")
        known = chat.members[number]
        if known["status"] == "administrator" and not known.get("can_be_edited"):
            raise self._bad("CHAT_ADMIN_REQUIRED")
        rights = {right: params.flag(right) for right in ADMIN_RIGHTS}
        member = {"status": "member"}
        if any(rights.values()):
            member = {"status": "administrator", "can_be_edited": True, "is_anonymous": False} | rights
        self.world._move(chat, self.world.people[number].user, member, self.world.me, {})
        return True

    def setChatAdministratorCustomTitle(self, params: Params) -> bool:
        chat, number = self._reachable(self._chat(params)), params.number("user_id")
        title = params.text("custom_title")
        if chat.type != "supergroup":
            raise self._bad("method is available only for supergroups")
        if not self._right(chat, "can_promote_members"):
            raise self._bad("not enough rights to change custom title of the user")
        if chat.status(number) == "creator":
            raise self._bad("only creator can edit their custom title")
        if chat.status(number) != "administrator":
            raise self._bad("user is not an administrator")
        if not chat.members[number].get("can_be_edited"):
            raise self._bad("not enough rights to change custom title of the user")
        if len(title) > 16:
            raise self._bad("ADMIN_RANK_INVALID")
        if re.search(r"[\U0001F000-\U0001FAFF\u2600-\u27BF]", title):
            raise self._bad("ADMIN_RANK_EMOJI_NOT_ALLOWED")
        chat.members[number]["custom_title"] = title
        return True

    def setChatMemberTag(self, params: Params) -> bool:
        chat, number = self._administered(params, "can_manage_tags"), params.number("user_id")
        if chat.type == "channel":
            raise self._bad("method is available for group and supergroup chats only")
        if chat.status(number) not in PRESENT:
            raise self._bad("USER_NOT_PARTICIPANT")
        chat.members[number]["tag"] = params.text("tag")
        return True

    def banChatMember(self, params: Params) -> bool:
        chat, number = self._administered(params, "can_restrict_members"), params.number("user_id")
        self.world._move(chat, self.world.people[number].user, {"status": "kicked", "until_date": 0}, self.world.me, {})
        return True

    def unbanChatMember(self, params: Params) -> bool:
        chat, number = self._administered(params, "can_restrict_members"), params.number("user_id")
        if chat.status(number) == "kicked" or not params.flag("only_if_banned"):
            self.world._move(chat, self.world.people[number].user, {"status": "left"}, self.world.me, {})
        return True

    def createChatInviteLink(self, params: Params) -> Json:
        chat = self._administered(params, "can_invite_users")
        if len(params.text("name")) > 32:
            raise self._bad("INVITE_LINK_NAME_TOO_LONG")
        link: Json = {
            "invite_link": f"https://t.me/+{secrets.token_urlsafe(12)}",
            "creator": self.world._me_user(),
            "creates_join_request": params.flag("creates_join_request"),
            "is_primary": False,
            "is_revoked": False,
        }
        for key in ("name", "expire_date", "member_limit"):
            if params.text(key):
                link[key] = params.text(key) if key == "name" else params.number(key)
        chat.links[link["invite_link"]] = link
        return link

    def revokeChatInviteLink(self, params: Params) -> Json:
        chat = self._administered(params, "can_invite_users")
        link = chat.links.get(params.text("invite_link"))
        if link is None:
            raise self._bad("INVITE_HASH_EXPIRED")
        link["is_revoked"] = True
        return link

    def approveChatJoinRequest(self, params: Params) -> bool:
        chat, number = self._administered(params, "can_invite_users"), params.number("user_id")
        if number not in chat.requests:
            raise self._bad("HIDE_REQUESTER_MISSING")
        self.world.admit(chat, number, self.world.me)
        return True

    def declineChatJoinRequest(self, params: Params) -> bool:
        chat, number = self._administered(params, "can_invite_users"), params.number("user_id")
        if number not in chat.requests:
            raise self._bad("HIDE_REQUESTER_MISSING")
        chat.requests.discard(number)
        return True

    def createForumTopic(self, params: Params) -> Json:
        chat = self._administered(params, "can_manage_chat")
        if not chat.public.get("is_forum"):
            raise self._bad("the chat is not a forum")
        number = self.world.topic(chat.id, params.text("name"))
        return {"message_thread_id": number, "name": params.text("name"), "icon_color": 7322096}

    def closeForumTopic(self, params: Params) -> bool:
        chat = self._administered(params, "can_manage_chat")
        topic = chat.topics.get(params.number("message_thread_id"))
        if topic is None:
            raise self._bad("message thread not found")
        topic["closed"] = True
        return True

    def leaveChat(self, params: Params) -> bool:
        chat = self._reachable(self._chat(params))
        self.world._move(chat, self.world.me, {"status": "left"}, TELEGRAM, {})
        return True
