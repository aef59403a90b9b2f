"""Ephemeral messages of a Bot API server: shown to one person of a group, under numbers of their own."""

from __future__ import annotations

import copy
import itertools
from typing import TYPE_CHECKING, Any

from tests.world._telegram_things import Chat, Json
from tests.world._telegram_world import World

if TYPE_CHECKING:
    from tests.world._telegram_params import Params

_IN_TIME = 15  # seconds after a press or an ephemeral command
_numbers = itertools.count(31)


class EphemeralMethods:
    """The methods for them, and what the sending ones check where a message is to be one."""

    world: World

    def editEphemeralMessageText(self, params: Params) -> bool:
        message = self._ephemeral(params)
        if "text" not in message:
            raise self._bad("there is no text in the message to edit")
        text, entities = self._formatted(params, "text", "parse_mode", "entities", 4096)
        self._change(params, message, text=text, entities=entities)
        return True

    def editEphemeralMessageMedia(self, params: Params) -> bool:
        self._change_media(params, self._ephemeral(params))
        return True

    def editEphemeralMessageCaption(self, params: Params) -> bool:
        self._change(params, self._ephemeral(params), **self._caption(params))
        return True

    def editEphemeralMessageReplyMarkup(self, params: Params) -> bool:
        self._change(params, self._ephemeral(params))
        return True

    def deleteEphemeralMessage(self, params: Params) -> bool:
        message = self._ephemeral(params)
        del self._chat(params).ephemeral[params.number("receiver_user_id"), message["ephemeral_message_id"]]
        return True

    def _send_ephemeral(self, params: Params, chat: Chat, content: Json) -> Json:
        shown = params.json("ephemeral_message_parameters")
        to = int(shown["receiver_user_id"])
        reply = params.json("reply_parameters") or {}
        if chat.type not in ("group", "supergroup"):
            raise self._bad("ephemeral messages can be sent only to groups")
        if to not in self.world.people or chat.status(to) in ("left", "kicked") or self._is_bot(to):
            raise self._bad("USER_NOT_PARTICIPANT")
        if (query := shown.get("callback_query_id")) is not None:
            self._check_in_time(self.world.queries.get(str(query)), to, "query is too old")
        elif (command := reply.get("ephemeral_message_id")) is not None:
            asked = chat.ephemeral.get((to, int(command)))
            self._check_in_time(asked and {"at": asked["date"], "user": to}, to, "message to be replied is too old")
        elif chat.status(self.world.me["id"]) != "administrator":
            raise self._bad("CHAT_ADMIN_REQUIRED")
        message = {
            "message_id": 0,
            "ephemeral_message_id": next(_numbers),
            "date": int(self.world.now()),
            "chat": dict(chat.public),
            "from": self.world._me_user(),
            "receiver_user": self.world.people[to].user,
        } | content
        if markup := self._keyboard(params):
            message["reply_markup"] = markup
        if topic := self._topic(params, chat):
            message |= {"message_thread_id": topic, "is_topic_message": True}
        chat.ephemeral[to, message["ephemeral_message_id"]] = message
        return copy.deepcopy(message)

    def _check_in_time(self, asked: Json | None, user: int, complaint: str) -> None:
        if asked is None or asked["user"] != user or self.world.now() - asked["at"] > _IN_TIME:
            raise self._bad(complaint)

    def _is_bot(self, user: int) -> bool:
        return bool(self.world.people[user].user["is_bot"])

    def _ephemeral(self, params: Params) -> Json:
        chat = self._reachable(self._chat(params))
        found = chat.ephemeral.get((params.number("receiver_user_id"), params.number("ephemeral_message_id")))
        if found is None:
            raise self._bad("ephemeral message not found")
        return found

    _bad: Any
    _formatted: Any
    _change: Any
    _change_media: Any
    _caption: Any
    _chat: Any
    _reachable: Any
    _keyboard: Any
    _topic: Any
