"""The Bot API's methods on a `World`: what each checks, changes and answers."""

from __future__ import annotations

import copy
import json
import re
import struct
from typing import Any

from tests.world._telegram_chats import ChatMethods
from tests.world._telegram_ephemeral import EphemeralMethods
from tests.world._telegram_markup import parse_html
from tests.world._telegram_params import ApiError, Params, bad
from tests.world._telegram_polls import PollMethods
from tests.world._telegram_stars import StarMethods
from tests.world._telegram_things import PRESENT, Chat, Json, found_entities, utf16
from tests.world._telegram_world import World

_MESSAGE_LIMIT, _CAPTION_LIMIT = 4096, 1024
_GONE = {
    "group": "Forbidden: bot was kicked from the group chat",
    "supergroup": "Forbidden: bot was kicked from the supergroup chat",
    "channel": "Forbidden: bot was kicked from the channel chat",
}


class Methods(ChatMethods, EphemeralMethods, PollMethods, StarMethods):
    """One method here for each of the Bot API's, by its own name."""

    def __init__(self, world: World) -> None:
        self.world = world

    def call(self, name: str, params: Params) -> Any:
        """Run a method by name; raises ApiError, also for one that is unknown."""
        method = getattr(self, name, None)
        unknown = "Ephemeral" in name and not self.world.ephemeral
        if name.startswith("_") or name == "call" or method is None or unknown:
            raise ApiError(404, "Not Found")
        return method(params)

    # --- about itself ------------------------------------------------------------------

    def getMe(self, _: Params) -> Json:
        return self.world.me

    def setMyCommands(self, params: Params) -> bool:
        commands = params.json("commands") or []
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for one in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(one["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.world.commands[self._menu_key(params)] = commands
        return True

    def getMyCommands(self, params: Params) -> list[Json]:
        return self.world.commands.get(self._menu_key(params), [])

    def deleteMyCommands(self, params: Params) -> bool:
        self.world.commands.pop(self._menu_key(params), None)
        return True

    def _menu_key(self, params: Params) -> tuple[str, str]:
        scope = params.json("scope") or {"type": "default"}
        if "chat_id" in scope:
            self._reachable(self._find(scope["chat_id"]))
        parts = [scope["type"], *(str(scope[key]) for key in ("chat_id", "user_id") if key in scope)]
        return ":".join(parts), params.text("language_code")

    # --- sending -----------------------------------------------------------------------

    def sendMessage(self, params: Params) -> Json:
        chat = self._writable(params)
        text, entities = self._formatted(params, "text", "parse_mode", "entities", _MESSAGE_LIMIT)
        return self._send(params, chat, text=text, entities=entities)

    def sendPhoto(self, params: Params) -> Json:
        chat = self._writable(params)
        name, content = self._file(params, "photo")
        if not content.startswith((b"\x89PNG", b"\xff\xd8")):
            raise bad("IMAGE_PROCESS_FAILED")
        if len(content) > 10 * 1024 * 1024:
            raise bad("file is too big")
        width, height = struct.unpack(">II", content[16:24]) if content.startswith(b"\x89PNG") else (640, 480)
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        size = self._stored(name, content) | {"width": width, "height": height}
        return self._send(params, chat, photo=[size], **self._caption(params))

    def sendDocument(self, params: Params) -> Json:
        chat = self._writable(params)
        name, content = self._file(params, "document")
        return self._send(
            params, chat, document=self._stored(name, content) | {"file_name": name}, **self._caption(params)
        )

    def sendChatAction(self, params: Params) -> bool:
        self._writable(params)
        return True

    def setMessageReaction(self, params: Params) -> bool:
        chat = self._reachable(self._chat(params))
        if params.number("message_id") not in chat.messages:
            raise bad("message to react not found")
        chat.reactions[params.number("message_id"), self.world.me["id"]] = params.json("reaction") or []
        return True

    def _caption(self, params: Params) -> Json:
        if not params.text("caption"):
            return {}
        text, entities = self._formatted(params, "caption", "parse_mode", "caption_entities", _CAPTION_LIMIT)
        return {"caption": text, "caption_entities": entities}

    def _send(self, params: Params, chat: Chat, **content: Any) -> Json:
        content = {key: value for key, value in content.items() if value}
        if self.world.ephemeral and self.world.ephemeral != "half" and params.json("ephemeral_message_parameters"):
            return self._send_ephemeral(params, chat, content)
        markup = self._keyboard(params)
        parent, topic = self._parent(params, chat), self._topic(params, chat)
        channel = chat.type == "channel"
        message = self.world._message(chat, None if channel else self.world.me, **content)
        if channel:
            message["sender_chat"] = dict(chat.public)
        self.world._place(chat, message, parent, topic)
        if markup:
            message["reply_markup"] = markup
        return copy.deepcopy(message)

    def _parent(self, params: Params, chat: Chat) -> int | None:
        reply = params.json("reply_parameters")
        if not reply or "message_id" not in reply:
            return None
        if int(reply["message_id"]) in chat.messages:
            return int(reply["message_id"])
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")

    @staticmethod
    def _topic(params: Params, chat: Chat) -> int | None:
        topic = params.number("message_thread_id") or None
        if topic is None or (chat.type == "private" and not chat.topics):
            return None
        if topic not in chat.topics:
            raise bad("message thread not found")
        if chat.topics[topic]["closed"]:
            raise bad("TOPIC_CLOSED")
        return topic

    def _formatted(
        self, params: Params, name: str, mode: str, entities_name: str, limit: int
    ) -> tuple[str, list[Json]]:
        text, entities = params.text(name), params.json(entities_name) or []
        if params.text(mode):
            if params.text(mode).lower() != "html":
                raise bad("unsupported parse_mode")
            try:
                text, entities = parse_html(text)
            except ValueError as error:
                raise bad(str(error)) from None
        if not text.strip():
            raise bad(f"message {name} is empty")
        if utf16(text) > limit:
            raise bad("message is too long" if limit == _MESSAGE_LIMIT else "message caption is too long")
        self._check_bounds(text, entities)
        known = [self._with_user(entity) for entity in entities]
        plain = [one for one in found_entities(text) if not self._inside_code(one, entities)]
        return text, sorted(known + plain, key=lambda entity: (entity["offset"], -entity["length"]))

    @staticmethod
    def _check_bounds(text: str, entities: list[Json]) -> None:
        units = text.encode("utf-16-le")
        for entity in entities:
            start, end = entity["offset"], entity["offset"] + entity["length"]
            edges = (units[2 * edge : 2 * edge + 2] for edge in (start, end))
            halved = any(len(unit) == 2 and 0xDC <= unit[1] <= 0xDF for unit in edges)
            if start < 0 or end > len(units) // 2 or end <= start or halved:
                raise bad(f"can't parse entities: ENTITY_BOUNDS_INVALID at {start}")

    @staticmethod
    def _inside_code(found: Json, entities: list[Json]) -> bool:
        return any(
            one["type"] in ("code", "pre", "text_link", "text_mention")
            and one["offset"] <= found["offset"] < one["offset"] + one["length"]
            for one in entities
        )

    def _with_user(self, entity: Json) -> Json:
        if entity["type"] != "text_mention":
            return entity
        number = int(entity["user"]["id"])
        if number not in self.world.people:
            return {"type": "bold"} | {key: entity[key] for key in ("offset", "length")}
        return entity | {"user": self.world.people[number].user}

    @staticmethod
    def _keyboard(params: Params) -> Json | None:
        markup = params.json("reply_markup")
        for row in (markup or {}).get("inline_keyboard", []):
            for button in row:
                if not button.get("text"):
                    raise bad("can't parse inline keyboard button: Text buttons are unallowed")
                data = button.get("callback_data")
                if data is not None and not 1 <= len(data.encode()) <= 64:
                    raise bad("BUTTON_DATA_INVALID")
                if data is None and not ({"url", "copy_text", "pay", "web_app"} & button.keys()):
                    raise bad("can't parse inline keyboard button: Text buttons are unallowed")
                if "url" in button and not re.match(r"(https?|tg)://", button["url"]):
                    raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
        return dict(markup) if markup else None

    def _file(self, params: Params, field: str) -> tuple[str, bytes]:
        given = params.text(field)
        if given.startswith("attach://"):
            return params.files[given.removeprefix("attach://")]
        if field in params.files:
            return params.files[field]
        if given in self.world.files:
            return self.world.files[given]
        raise bad("wrong remote file identifier specified: can't unserialize it")

    def _stored(self, name: str, content: bytes) -> Json:
        if not content:
            raise bad("file must be non-empty")
        key = f"file-{len(self.world.files) + 1}"
        self.world.files[key] = (name, content)
        return {"file_id": key, "file_unique_id": f"u{key}", "file_size": len(content)}

    def getFile(self, params: Params) -> Json:
        key = params.text("file_id")
        if key not in self.world.files:
            raise bad("invalid file_id")
        size = len(self.world.files[key][1])
        return {"file_id": key, "file_unique_id": f"u{key}", "file_size": size, "file_path": f"files/{key}"}

    # --- changing what was sent --------------------------------------------------------

    def editMessageText(self, params: Params) -> Json:
        message = self._own(params)
        if "text" not in message:
            raise bad("there is no text in the message to edit")
        text, entities = self._formatted(params, "text", "parse_mode", "entities", _MESSAGE_LIMIT)
        return self._change(params, message, text=text, entities=entities)

    def editMessageCaption(self, params: Params) -> Json:
        return self._change(params, self._own(params), **self._caption(params))

    def editMessageReplyMarkup(self, params: Params) -> Json:
        return self._change(params, self._own(params))

    def editMessageMedia(self, params: Params) -> Json:
        return self._change_media(params, self._own(params))

    def _change_media(self, params: Params, message: Json) -> Json:
        media = params.json("media")
        name, content = self._file(Params({"media": media["media"]}, params.files), "media")
        size = self._stored(name, content) | {"width": 640, "height": 480}
        inner = Params({key: value for key, value in media.items() if isinstance(value, str)})
        inner.fields["caption_entities"] = json.dumps(media.get("caption_entities", []))
        message.pop("text", None)
        message.pop("entities", None)
        return self._change(params, message, photo=[size], **({"caption": None} | self._caption(inner)))

    def deleteMessage(self, params: Params) -> bool:
        chat, number = self._reachable(self._chat(params)), params.number("message_id")
        message = chat.messages.get(number)
        if message is None:
            raise bad("message to delete not found")
        mine = message.get("from", {}).get("id") == self.world.me["id"]
        if not mine and chat.type != "private" and not self._right(chat, "can_delete_messages"):
            raise bad("message can't be deleted")
        if self.world.now() - message["date"] > 48 * 3600 and not self._right(chat, "can_delete_messages"):
            raise bad("message can't be deleted for everyone")
        del chat.messages[number]
        return True

    def answerCallbackQuery(self, params: Params) -> bool:
        key = params.text("callback_query_id")
        query = self.world.queries.get(key)
        if query is None or self.world.now() - query["at"] > 150:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(params.text("text")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self.world.answers[key] = {"text": params.text("text"), "show_alert": params.flag("show_alert")}
        return True

    def pinChatMessage(self, params: Params) -> bool:
        chat = self._reachable(self._chat(params))
        if params.number("message_id") not in chat.messages:
            raise bad("message to pin not found")
        return True

    unpinChatMessage = pinChatMessage

    _bad = staticmethod(bad)

    def _own(self, params: Params) -> Json:
        message = self._reachable(self._chat(params)).messages.get(params.number("message_id"))
        if message is None:
            raise bad("message to edit not found")
        if message.get("from", {}).get("id") != self.world.me["id"] and "sender_chat" not in message:
            raise bad("message can't be edited")
        return message

    def _change(self, params: Params, message: Json, **content: Any) -> Json:
        before = copy.deepcopy(message)
        for key in ("reply_markup", *(("entities",) if "text" in content else ())):
            message.pop(key, None)
        message |= {key: value for key, value in content.items() if value}
        if "caption" in content and not content["caption"]:
            message.pop("caption", None)
        markup = self._keyboard(params)
        if markup and markup.get("inline_keyboard"):
            message["reply_markup"] = markup
        if message == before:
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message"
            )
        message["edit_date"] = int(self.world.now())
        return copy.deepcopy(message)

    # --- who may what ------------------------------------------------------------------

    def _find(self, given: Any) -> Chat:
        try:
            return self.world.chats[int(given)]
        except (ValueError, KeyError):
            pass
        try:
            if str(given).startswith("@"):
                return self.world.chat(str(given))
        except KeyError:
            pass
        raise bad("chat not found" if str(given).strip() else "chat_id is empty")

    def _chat(self, params: Params) -> Chat:
        return self._find(params.text("chat_id"))

    def _reachable(self, chat: Chat) -> Chat:
        """Return the chat if the bot may act in it at all."""
        if chat.migrated_to:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        if chat.type == "private":
            self._speaks_with(chat.id)
        elif chat.status(self.world.me["id"]) == "kicked":
            raise ApiError(403, _GONE[chat.type])
        elif chat.status(self.world.me["id"]) not in PRESENT:
            if self.world.me["id"] not in chat.members:
                raise bad("chat not found")
            raise ApiError(403, f"Forbidden: bot is not a member of the {chat.type} chat")
        return chat

    def _speaks_with(self, user: int) -> None:
        person = self.world.people[user]
        if person.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if person.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not person.open and self.world.now() >= person.open_until:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")

    def _writable(self, params: Params) -> Chat:
        chat = self._reachable(self._chat(params))
        member = chat.members.get(self.world.me["id"], {})
        if member.get("status") == "restricted" and not member.get("can_send_messages"):
            raise bad("not enough rights to send text messages to the chat")
        if chat.type == "channel" and member.get("status") != "administrator":
            raise bad("need administrator rights in the channel chat")
        return chat

    def _right(self, chat: Chat, right: str) -> bool:
        member = chat.members.get(self.world.me["id"], {})
        return member.get("status") == "administrator" and bool(member.get(right))

    def _administered(self, params: Params, right: str) -> Chat:
        chat = self._reachable(self._chat(params))
        if not self._right(chat, right):
            raise bad("not enough rights" if right == "can_promote_members" else "CHAT_ADMIN_REQUIRED")
        return chat
