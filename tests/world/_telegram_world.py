"""What a Telegram server knows, and what people do there: chats, people, rights, messages, pending updates.

Plain dictionaries in the Bot API's own shape, so that what a bot is told is what stands here.
"""

from __future__ import annotations

import asyncio
import copy
import itertools
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.world._telegram_moves import Moves
from tests.world._telegram_stars import Stars

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

_COMMAND = re.compile(r"(?<![\w/<>\[\]])/([A-Za-z0-9_]{1,64})(?:@(\w{3,32}))?")
_MENTION = re.compile(r"(?<![\w`/])@([A-Za-z]\w{3,31})", re.ASCII)


def utf16(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, Telegram's own measure."""
    return len(text.encode("utf-16-le")) // 2


def found_entities(text: str) -> list[Json]:
    """Return the commands and mentions that Telegram itself finds in a plain text."""
    found = []
    for kind, pattern in (("bot_command", _COMMAND), ("mention", _MENTION)):
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


class World(Moves, Stars):
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

    # --- what people do ----------------------------------------------------------------

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
        command = _COMMAND.match(text or "")
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
