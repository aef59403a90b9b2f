"""What a Telegram server knows, and what people do there: chats, people, rights, messages, pending updates.

Plain dictionaries in the Bot API's own shape, so that what a bot is told is what stands here.
"""

from __future__ import annotations

import asyncio
import copy
import itertools
import time
from collections.abc import Callable, Iterable
from typing import Any

from tests.world._telegram_deeds import Deeds
from tests.world._telegram_moves import Moves
from tests.world._telegram_stars import Stars
from tests.world._telegram_things import ADMIN_RIGHTS, ASKED_FOR_ONLY, COMMAND, FOR_ADMINS, PRESENT, Chat, Json, Person


class World(Moves, Deeds, Stars):
    """State of the server, the people who act in it, and the updates that wait for the bot.

    Wherever a method takes a user or a chat, its id, its name or title, or its dictionary will do.
    `now` gives the seconds since the epoch that messages are stamped with and floods end by.
    """

    def __init__(
        self, token: str = "4242:TEST-token", *, privacy: bool = False, now: Callable[[], float] = time.time
    ) -> None:
        self.token = token
        self.now = now
        self.me: Json = {
            "id": int(token.split(":", maxsplit=1)[0]),
            "is_bot": True,
            "first_name": "Kith",
            "username": "kith_test_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": not privacy,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.updates: list[Json] = []
        self.told: list[Json] = []
        self.confirmed: set[int] = set()
        self.again: list[Json] = []
        self.allowed: list[str] = []
        self.queries: dict[str, Json] = {}
        self.answers: dict[str, Json] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.polls: dict[str, Json] = {}
        self.invoices: dict[str, Json] = {}
        self.checkouts: dict[str, Json] = {}
        self.transactions: list[Json] = []
        self.stopped: dict[str, bool] = {}
        self._votes: dict[tuple[str, int], tuple[int, ...]] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.ephemeral: bool | str = True  # False: a server of before; "half": one that knows the methods alone
        self.news = asyncio.Event()
        self._update_ids = itertools.count(100_001)
        self._user_ids = itertools.count(501)
        self._group_ids = itertools.count(4_001)
        self._super_ids = itertools.count(1_000_000_001)
        self._query_ids = itertools.count(7_000_000_000_000_001)

    # --- who and where -----------------------------------------------------------------

    def user(
        self,
        first_name: str,
        *,
        username: str | None = None,
        language_code: str | None = None,
        user_id: int | None = None,
        is_bot: bool = False,
        last_name: str | None = None,
        started: bool = False,
    ) -> Json:
        """Make a person and return their user object."""
        user: Json = {"id": user_id or next(self._user_ids), "is_bot": is_bot, "first_name": first_name}
        if last_name:
            user["last_name"] = last_name
        if username:
            user["username"] = username
        if language_code:
            user["language_code"] = language_code
        self.people[user["id"]] = Person(user, open=started)
        private = {"id": user["id"], "type": "private", "first_name": first_name}
        if username:
            private["username"] = username
        self.chats[user["id"]] = Chat(private, members={user["id"]: {"status": "member"}})
        return user

    def group(
        self,
        title: str,
        members: Iterable[Any] = (),
        *,
        kind: str = "supergroup",
        owner: Any = None,
        admins: Iterable[Any] = (),
        bot: str | None = "administrator",
        forum: bool = False,
        username: str | None = None,
    ) -> Json:
        """Make a group (`kind` group, supergroup or channel) quietly, no update sent; return the chat."""
        number = -next(self._group_ids) if kind == "group" else -1_000_000_000_000 - next(self._super_ids)
        public: Json = {"id": number, "type": kind, "title": title}
        if forum:
            public["is_forum"] = True
        if username:
            public["username"] = username
        chat = self.chats[number] = Chat(public)
        for one in members:
            chat.members[self.person(one).user["id"]] = {"status": "member"}
        for one in admins:
            chat.members[self.person(one).user["id"]] = self._admin_fields()
        if owner is not None:
            chat.members[self.person(owner).user["id"]] = {"status": "creator", "is_anonymous": False}
        if bot:
            chat.members[self.me["id"]] = self._admin_fields() if bot == "administrator" else {"status": bot}
        return dict(public)

    def link_channel(self, channel: Any, group: Any) -> None:
        """Tie a channel to its discussion group: its posts appear there by themselves."""
        self.chat(channel).linked = self.chat(group).id
        self.chat(group).linked = self.chat(channel).id

    def topic(self, chat: Any, name: str, by: Any = None) -> int:
        """Open a forum topic and return its id."""
        room = self.chat(chat)
        sender = self.person(by).user if by is not None else self.me
        made = self._message(
            room, sender, forum_topic_created={"name": name, "icon_color": 7322096}, is_topic_message=True
        )
        made["message_thread_id"] = made["message_id"]
        room.topics[made["message_id"]] = {"name": name, "closed": False, "created": made}
        self._tell("message", made, room)
        return int(made["message_id"])

    def person(self, who: Any) -> Person:
        """Find a person by id, first name, username or user object."""
        if isinstance(who, dict):
            who = who["id"]
        if isinstance(who, int):
            return self.people[who]
        for one in self.people.values():
            if who in (one.user["first_name"], one.user.get("username")):
                return one
        raise KeyError(who)

    def chat(self, which: Any) -> Chat:
        """Find a chat by id, title, @username or chat object; a person's name means the direct chat."""
        if isinstance(which, dict):
            which = which["id"]
        if isinstance(which, int):
            return self.chats[which]
        for one in self.chats.values():
            if which in (one.public.get("title"), f"@{one.public.get('username')}"):
                return one
        return self.chats[self.person(which).user["id"]]

    # --- updates -----------------------------------------------------------------------

    def push(self, update: Json) -> Json:
        """Queue an update as it is, whatever it holds; an id is added where it has none."""
        ready = {"update_id": next(self._update_ids)} | update
        self.updates.append(ready)
        self.told.append(ready)
        self.news.set()
        return ready

    def poison(self, kind: str = "message") -> Json:
        """Queue an update that the SDK cannot decode."""
        return self.push({kind: {"message_id": "seven", "date": "yesterday", "chat": 5, "from": []}})

    def redeliver(self, update_id: int | None = None) -> int:
        """Send one update (or all that ever were) once more, confirmed or not; return how many."""
        chosen = [one for one in self.told if update_id is None or one["update_id"] == update_id]
        self.again.extend(copy.deepcopy(chosen))
        self.news.set()
        return len(chosen)

    def confirm(self, offset: int) -> None:
        """Forget the updates below `offset`."""
        self.confirmed |= {one["update_id"] for one in self.updates if one["update_id"] < offset}
        self.updates = [one for one in self.updates if one["update_id"] >= offset]

    def _tell(self, kind: str, payload: Json, chat: Chat) -> None:
        """Queue an update, if Telegram would send it to this bot."""
        if kind not in self.allowed if self.allowed else kind in ASKED_FOR_ONLY:
            return
        status = chat.status(self.me["id"])
        if chat.type != "private" and kind != "my_chat_member":
            if status not in PRESENT or (kind in FOR_ADMINS and status != "administrator"):
                return
            if kind in ("message", "edited_message") and not self._may_read(chat, payload, status):
                return
        self.push({kind: copy.deepcopy(payload)})

    def _may_read(self, chat: Chat, message: Json, status: str) -> bool:
        """Tell whether privacy mode lets the bot see a group's message."""
        if self.me["can_read_all_group_messages"] or status == "administrator":
            return True
        text, name = message.get("text"), self.me["username"]
        if text is None and not message.get("caption"):
            return True
        to_me = message.get("reply_to_message", {}).get("from", {}).get("id") == self.me["id"]
        command = COMMAND.match(text or "")
        return to_me or (command is not None and command.group(2) in (None, name))

    # --- helpers -----------------------------------------------------------------------

    def _me_user(self) -> Json:
        return {key: self.me[key] for key in ("id", "is_bot", "first_name", "username")}

    @staticmethod
    def _admin_fields() -> Json:
        rights = dict.fromkeys(ADMIN_RIGHTS, True)
        return {"status": "administrator", "can_be_edited": False, "is_anonymous": False} | rights

    def _owner(self, chat: Chat) -> Json:
        for number, member in chat.members.items():
            if member["status"] == "creator":
                return self.people[number].user
        return next(self.people[number].user for number in chat.members if number in self.people)

    @staticmethod
    def _message_id(message: Any) -> int:
        return int(message["message_id"] if isinstance(message, dict) else message)

    def _message(self, chat: Chat, sender: Json | None, **content: Any) -> Json:
        """Store a new message; `sender` is None for channel posts."""
        chat.last_message += 1
        message: Json = {"message_id": chat.last_message, "date": int(self.now()), "chat": dict(chat.public)}
        if sender is not None:
            message["from"] = self._me_user() if sender is self.me else sender
        message |= content
        chat.messages[chat.last_message] = message
        return message

    def _place(self, chat: Chat, message: Json, reply_to: Any, topic: int | None) -> None:
        """Set thread and parent as Telegram does: a topic's plain message replies to the topic's opening."""
        if reply_to is not None:
            parent = chat.messages[self._message_id(reply_to)]
            message["reply_to_message"] = {
                key: value for key, value in parent.items() if key not in ("reply_to_message", "reply_markup")
            }
            if topic is None and parent.get("is_topic_message"):
                topic = parent["message_thread_id"]
            elif chat.type == "supergroup" and not chat.public.get("is_forum"):
                message["message_thread_id"] = parent.get("message_thread_id", parent["message_id"])
        if topic is not None:
            message |= {"message_thread_id": topic, "is_topic_message": True}
            message.setdefault("reply_to_message", chat.topics[topic]["created"])

    @staticmethod
    def _counts(chat: Chat, message: int) -> list[Json]:
        totals: dict[str, int] = {}
        for (number, _), chosen in chat.reactions.items():
            for one in chosen if number == message else ():
                totals[one["emoji"]] = totals.get(one["emoji"], 0) + 1
        return [{"type": {"type": "emoji", "emoji": emoji}, "total_count": total} for emoji, total in totals.items()]
