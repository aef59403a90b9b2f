"""Polls of a Bot API server: asked and stopped by the bot, voted on by people."""

from __future__ import annotations

import copy
import secrets
from typing import TYPE_CHECKING, Any

from tests.world._telegram_things import Chat, Json
from tests.world._telegram_world import World

if TYPE_CHECKING:
    from tests.world._telegram_params import Params


class PollMethods:
    """The methods for polls."""

    world: World

    def sendPoll(self, params: Params) -> Json:
        chat = self._writable(params)
        options = [one if isinstance(one, str) else one["text"] for one in params.json("options")]
        anonymous, quiz = params.text("is_anonymous", "true") == "true", params.text("type", "regular") == "quiz"
        right = params.json("correct_option_ids") or []
        if not 1 <= len(options) <= 12:
            raise self._bad("poll must have at least 1 option")
        if not all(1 <= len(each) <= 100 for each in options):
            raise self._bad("poll options length must not exceed 100")
        if not 1 <= len(params.text("question")) <= 300:
            raise self._bad("poll question length must not exceed 300")
        if quiz and (not right or not set(right) <= set(range(len(options)))):
            raise self._bad("wrong correct option ID specified")
        if chat.type == "channel" and not anonymous:
            raise self._bad("non-anonymous polls can't be sent to channel chats")
        poll: Json = {
            "id": str(secrets.randbits(62)),
            "question": params.text("question"),
            "options": [
                {"text": one, "voter_count": 0, "persistent_id": str(number)} for number, one in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": anonymous,
            "type": params.text("type", "regular"),
            "allows_multiple_answers": params.flag("allows_multiple_answers"),
            "allows_revoting": not quiz,
            "members_only": False,
        }
        if quiz:
            poll |= {"correct_option_ids": right, "explanation": params.text("explanation")}
        self.world.polls[poll["id"]] = poll
        sent: Json = self._send(params, chat, poll=poll)
        chat.messages[sent["message_id"]]["poll"] = poll
        return sent

    def stopPoll(self, params: Params) -> Json:
        message = self._own(params)
        if "poll" not in message:
            raise self._bad("message with poll to stop not found")
        if message["poll"]["is_closed"]:
            raise self._bad("poll has already been closed")
        message["poll"]["is_closed"] = True
        chat: Chat = self._chat(params)
        self.world._tell("poll", message["poll"], chat)
        return copy.deepcopy(dict(message["poll"]))

    _bad: Any
    _writable: Any
    _send: Any
    _own: Any
    _chat: Any
