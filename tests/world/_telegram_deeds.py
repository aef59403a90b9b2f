"""What people do in the chats of a Bot API server, and what the bot is told of it."""

from __future__ import annotations

import copy
from typing import Any

from tests.world._telegram_things import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, TELEGRAM, Chat, Json, found_entities


class Deeds:
    """People write, press, react, vote, and block the bot."""

    def say(
        self,
        user: Any,
        chat: Any = None,
        text: str = "",
        *,
        reply_to: Any = None,
        topic: int | None = None,
        anonymous: bool = False,
        entities: list[Json] | None = None,
        **content: Any,
    ) -> Json:
        """Write a message (into the direct chat where `chat` is None) and return it.

        `content` holds other fields of the message (`photo`, `caption`, `via_bot`, …).
        """
        person = self.person(user)
        room = self.chat(chat) if chat is not None else self.chats[person.user["id"]]
        if room.type == "private":
            person.open, person.blocked = True, False
        message = self._message(room, GROUP_ANONYMOUS_BOT if anonymous else person.user, **content)
        if anonymous:
            message["sender_chat"] = dict(room.public)
            title = room.members.get(person.user["id"], {}).get("custom_title")
            if title:
                message["author_signature"] = title
        if text:
            message["text"] = text
            found = found_entities(text) if entities is None else entities
            if found:
                message["entities"] = found
        self._place(room, message, reply_to, topic)
        self._tell("message", message, room)
        return message

    def say_alone(self, user: Any, chat: Any, text: str, *, topic: int | None = None) -> Json:
        """Call an ephemeral command, or answer an ephemeral message: nobody but the bot sees it."""
        room, who = self.chat(chat), self.person(user).user
        number = max((each for _, each in room.ephemeral), default=0) + 1
        message: Json = {
            "message_id": 0,
            "ephemeral_message_id": number,
            "date": int(self.now()),
            "chat": dict(room.public),
            "from": who,
            "receiver_user": self._me_user(),
            "text": text,
            "entities": found_entities(text),
        }
        if topic is not None:
            message |= {"message_thread_id": topic, "is_topic_message": True}
        room.ephemeral[who["id"], number] = message
        self._tell("message", message, room)
        return message

    def say_as_channel(self, channel: Any, chat: Any, text: str, *, reply_to: Any = None) -> Json:
        """Write into a group in the name of a channel, as Telegram lets a channel's owner do."""
        room = self.chat(chat)
        message = self._message(room, CHANNEL_BOT, text=text)
        message["sender_chat"] = dict(self.chat(channel).public)
        found = found_entities(text)
        if found:
            message["entities"] = found
        self._place(room, message, reply_to, None)
        self._tell("message", message, room)
        return message

    def post(self, channel: Any, text: str) -> Json:
        """Post in a channel; where a group is linked, the post is forwarded there by itself."""
        room = self.chat(channel)
        post = self._message(room, None, text=text, sender_chat=dict(room.public))
        self._tell("channel_post", post, room)
        if room.linked:
            group = self.chats[room.linked]
            origin = {
                "type": "channel",
                "chat": dict(room.public),
                "message_id": post["message_id"],
                "date": post["date"],
            }
            forward = self._message(
                group,
                TELEGRAM,
                text=text,
                sender_chat=dict(room.public),
                is_automatic_forward=True,
                forward_origin=origin,
            )
            self._tell("message", forward, group)
        return post

    def edit(self, user: Any, chat: Any, message: Any, text: str) -> Json:
        """Change the text of a message, and return it."""
        room = self.chat(chat)
        edited = room.messages[self._message_id(message)]
        edited["text"], edited["edit_date"] = text, int(self.now())
        found = found_entities(text)
        edited.pop("entities", None)
        if found:
            edited["entities"] = found
        self._tell("edited_channel_post" if room.type == "channel" else "edited_message", edited, room)
        return edited

    def press(self, user: Any, message: Any, data: str, *, chat: Any = None, forged: bool = False) -> str:
        """Press the inline button that carries `data`, and return the query's id.

        `forged` presses data that no button carries (a client may send what it wants).
        """
        room = self.chat(chat if chat is not None else message["chat"])
        if number := message.get("ephemeral_message_id"):
            pressed = room.ephemeral[self.person(user).user["id"], number]  # nobody else has it
        else:
            pressed = room.messages[self._message_id(message)]
        rows = pressed.get("reply_markup", {}).get("inline_keyboard", [])
        if not forged and data not in [one.get("callback_data") for row in rows for one in row]:
            raise LookupError(f"no button with {data!r} in message {pressed['message_id']}")
        query = {
            "id": str(next(self._query_ids)),
            "from": self.person(user).user,
            "message": pressed,
            "chat_instance": str(-room.id * 7919),
            "data": data,
        }
        self.queries[query["id"]] = {"at": self.now(), "user": query["from"]["id"]}
        self._tell("callback_query", query, room)
        return str(query["id"])

    def react(self, user: Any, chat: Any, message: Any, *emoji: str, anonymous: bool = False) -> None:
        """Set a person's reactions on a message; without emoji they are taken back."""
        room = self.chat(chat)
        number, who = self._message_id(message), self.person(user).user
        new = [{"type": "emoji", "emoji": one} for one in emoji]
        old = room.reactions.get((number, who["id"]), [])
        room.reactions[number, who["id"]] = new
        head = {"chat": dict(room.public), "message_id": number, "date": int(self.now())}
        if room.type == "channel":
            self._tell("message_reaction_count", head | {"reactions": self._counts(room, number)}, room)
            return
        actor = {"actor_chat": dict(room.public)} if anonymous else {"user": who}
        self._tell("message_reaction", head | actor | {"old_reaction": old, "new_reaction": new}, room)

    def start(self, user: Any, payload: str = "") -> Json:
        """Say /start in the direct chat, with a deep link's payload where given."""
        return self.say(user, None, f"/start {payload}".strip())

    def block(self, user: Any) -> None:
        """Block the bot."""
        person = self.person(user)
        person.blocked = True
        self._own_move(self.chats[person.user["id"]], person.user, "member", "kicked")

    def migrate(self, chat: Any, by: Any = None) -> int:
        """Turn a group into a supergroup with a new id, which is returned."""
        old = self.chat(chat)
        number = -1_000_000_000_000 - next(self._super_ids)
        new = self.chats[number] = Chat(
            {"id": number, "type": "supergroup", "title": old.public["title"]}, members=old.members
        )
        boss = self.person(by).user if by is not None else self._owner(old)
        gone = self._message(old, boss, migrate_to_chat_id=number)
        old.migrated_to = number
        self._tell("message", gone, old)
        come = self._message(new, GROUP_ANONYMOUS_BOT, migrate_from_chat_id=old.id)
        come["sender_chat"] = dict(new.public)
        self._tell("message", come, new)
        return number

    def vote(self, user: Any, poll_id: str, *options: int) -> None:
        """Vote on an open poll, without options take the vote back; only one that isn't anonymous says who it was."""
        poll, who = self.polls[poll_id], self.person(user).user
        before = self._votes.get((poll_id, who["id"]), ())
        if poll["is_closed"] or (before and poll["type"] == "quiz"):
            raise LookupError("nobody can vote here any more")
        if len(options) > 1 and not poll["allows_multiple_answers"]:
            raise LookupError("one answer only")
        self._votes[poll_id, who["id"]] = options
        for place, option in enumerate(poll["options"]):
            option["voter_count"] += (place in options) - (place in before)
        poll["total_voter_count"] += bool(options) - bool(before)
        if not poll["is_anonymous"]:
            answer = {"poll_id": poll_id, "user": who, "option_ids": list(options)}
            self.push({"poll_answer": answer | {"option_persistent_ids": [str(one) for one in options]}})
        self.push({"poll": copy.deepcopy(poll)})
